//! What reading claims knows besides the report: made once a run.

use super::memo;
use super::names::NameSymbols;
use super::scope::ScopeWords;
use super::segment::Segmenter;
use super::shares::ShareWords;
use super::tokens::Persons;
use crate::dictionary::Dictionary;
use crate::form::Row;

/// What reading claims needs besides the report, made once a run: the dictionaries, the segmenter, and the symbols
/// of the classes that the grammar itself knows.
#[derive(Debug)]
pub struct Grammar<'d> {
    pub(super) dictionary: &'d Dictionary,
    pub(super) segmenter: Segmenter,
    pub(super) scopes: ScopeWords,
    pub(super) shares: ShareWords,
    pub(super) symbols: Symbols,
    pub(super) persons: Persons,
    pub(super) names: NameSymbols,
    /// Tells what was remembered for this grammar from what was for another.
    pub(super) id: u32,
}

impl<'d> Grammar<'d> {
    /// The grammar of some dictionaries. The segmenter loads when a clause first needs it.
    #[must_use]
    pub fn new(dictionary: &'d Dictionary) -> Self {
        let lexicon = &dictionary.lexicon;
        Grammar {
            dictionary,
            segmenter: Segmenter::new(),
            scopes: ScopeWords::new(lexicon),
            shares: ShareWords::new(lexicon),
            symbols: Symbols::new(dictionary),
            persons: Persons::new(lexicon),
            names: NameSymbols::new(lexicon),
            id: memo::next_owner(),
        }
    }
}

#[derive(Debug)]
pub(super) struct Symbols {
    pub(super) all: char,
    pub(super) each: char,
    pub(super) fill: char,
    pub(super) and: char,
    pub(super) rate: char,
    pub(super) blocked: Vec<char>,
    pub(super) applications: [char; 2],
    /// Words for what an organ did wrong.
    pub(super) faults: [char; 2],
    /// 累计
    pub(super) so_far: char,
    pub(super) office: char,
    pub(super) own_level: char,
    /// Words for the work of others: 协助.
    pub(super) for_others: char,
    /// Who decides disputes.
    pub(super) reviewer: char,
    /// Words for taking up what others brought.
    pub(super) taking: [char; 4],
    pub(super) outcomes: Vec<(char, Row)>,
    /// Words for a sort of what is counted, for work for others and for what was left.
    pub(super) sorts: [char; 3],
    /// Words that make what is received or handled some of it: 延期.
    pub(super) restricting: char,
    pub(super) other_business: char,
    pub(super) channel: char,
    pub(super) other_word: char,
    /// Where other business comes in.
    pub(super) platforms: [char; 4],
    /// Decisions of the organ.
    pub(super) decisions: [char; 3],
    /// Who applied.
    pub(super) applicants: [char; 6],
    /// Words for what was disclosed.
    pub(super) disclosed: [char; 3],
    /// Results, causes and parties before the name of a dispute: those disputes are some of all.
    pub(super) kinds_of_disputes: Vec<char>,
    /// 一审, 二审
    pub(super) instance: char,
    /// What may stand before 答复类型 where it is of all applications.
    pub(super) of_all_answers: Vec<char>,
}

const APPLICANTS: [&str; 6] = ["natural", "organisation", "business", "research", "public_interest", "legal_service"];

const KINDS_OF_DISPUTES: [&str; 31] = [
    "upheld",
    "corrected",
    "overturned",
    "lost",
    "ended",
    "dismissed",
    "undecided",
    "decided",
    "close",
    "withdrawn",
    "no_longer",
    "first_instance",
    "money_word",
    "licence",
    "penalty",
    "coercive",
    "refused",
    "unavailable",
    "rejected",
    "granted",
    "partly",
    "not_held",
    "absent",
    "needs_creation",
    "unclear",
    "process_information",
    "internal_affairs",
    "third_party",
    "carry",
    "last_year",
    "petition",
];

const OF_ALL_ANSWERS: [&str; 17] = [
    "fill",
    "own",
    "wide",
    "time_own",
    "application",
    "plain_application",
    "disclosure_word",
    "receive",
    "accept",
    "handle",
    "close",
    "answer",
    "all",
    "total_word",
    "part_word",
    "and",
    "so_far",
];

impl Symbols {
    fn new(dictionary: &Dictionary) -> Self {
        let of = |name| dictionary.lexicon.symbol_of(name);
        Symbols {
            all: of("all"),
            each: of("each"),
            fill: of("fill"),
            and: of("and"),
            rate: of("rate"),
            applications: ["application", "plain_application"].map(of),
            faults: ["fault", "time_limit"].map(of),
            so_far: of("so_far"),
            office: of("office"),
            own_level: of("own_level"),
            for_others: of("for_others"),
            reviewer: of("reviewer"),
            taking: ["receive", "accept", "handle", "close"].map(of),
            blocked: ["complaint", "processing_fee"].map(of).to_vec(),
            outcomes: [
                ("granted", Row::Granted),
                ("partly", Row::PartlyGranted),
                ("refused", Row::Refused),
                ("unavailable", Row::Unavailable),
                ("rejected", Row::Rejected),
                ("other_handling", Row::Other),
            ]
            .map(|(name, row)| (of(name), row))
            .to_vec(),
            sorts: ["restricting", "for_others", "kept"].map(of),
            restricting: of("restricting"),
            other_business: of("other_business"),
            channel: of("channel"),
            other_word: of("other_word"),
            platforms: ["channel", "petition", "complaint", "other_business"].map(of),
            decisions: ["licence", "penalty", "coercive"].map(of),
            applicants: APPLICANTS.map(of),
            disclosed: ["granted", "partly", "publish"].map(of),
            kinds_of_disputes: KINDS_OF_DISPUTES.iter().chain(&APPLICANTS).copied().map(of).collect(),
            instance: of("first_instance"),
            of_all_answers: OF_ALL_ANSWERS.map(of).to_vec(),
        }
    }
}
