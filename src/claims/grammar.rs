//! What reading claims knows besides the report: made once a run.

use super::memo;
use super::names::NameSymbols;
use super::scope::ScopeWords;
use super::segment::Segmenter;
use super::shares::ShareWords;
use super::tokens::{Persons, Token};
use crate::dictionary::Dictionary;
use crate::form::{Column, Row};

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
    /// 等 and what goes with it.
    pub(super) and_others: char,
    /// 废止
    pub(super) repeal: char,
    pub(super) each: char,
    pub(super) fill: char,
    pub(super) and: char,
    /// 办结率
    pub(super) rates: Vec<char>,
    pub(super) blocked: Vec<char>,
    pub(super) applications: Vec<char>,
    /// Words for what an organ did wrong.
    pub(super) faults: Vec<char>,
    /// 累计
    pub(super) so_far: char,
    pub(super) office: char,
    pub(super) own_level: char,
    /// Words for the work of others: 协助.
    pub(super) for_others: char,
    /// Who decides disputes.
    pub(super) reviewer: char,
    /// Words for taking up what others brought.
    pub(super) taking: Vec<char>,
    pub(super) receive: char,
    pub(super) total_word: char,
    pub(super) share_of: char,
    pub(super) outcomes: Vec<(char, Row)>,
    /// Kinds of applicants, with their columns.
    pub(super) columns: Vec<(char, Column)>,
    /// Words for a sort of what is counted, for work for others and for what was left.
    pub(super) sorts: Vec<char>,
    /// Words that make what is received or handled some of it: 延期.
    pub(super) restricting: char,
    pub(super) other_business: char,
    pub(super) channel: char,
    /// Words for applicants of any kind, 公民 and 群众 among them.
    pub(super) person: char,
    pub(super) other_word: char,
    /// Where other business comes in.
    pub(super) platforms: Vec<char>,
    /// Words for taking up reviews as who decides them does.
    pub(super) deciding: Vec<char>,
    /// Decisions of the organ.
    pub(super) decisions: Vec<char>,
    /// What is done to documents besides withdrawing them.
    pub(super) document_work: Vec<char>,
    /// The two kinds of documents of table two.
    pub(super) documents: Vec<char>,
    /// 现行有效
    pub(super) in_force: char,
    /// Reasons and outcomes that may be counted together.
    pub(super) reasons: Vec<char>,
    /// What came in and what was carried over.
    pub(super) moves: Vec<char>,
    /// Who applied.
    pub(super) applicants: Vec<char>,
    /// Names of reviews and of suits of any kind.
    pub(super) ways_to_dispute: Vec<char>,
    /// Words for what was disclosed.
    pub(super) disclosed: Vec<char>,
    /// Results, causes and parties before the name of a dispute: those disputes are some of all.
    pub(super) kinds_of_disputes: Vec<char>,
    /// 一审, 二审
    pub(super) instance: char,
    /// What may stand before 答复类型 where it is of all applications.
    pub(super) of_all_answers: Vec<char>,
}

impl Symbols {
    /// Whether a word names an outcome of applications: 予以公开, 不予处理.
    pub(super) fn is_outcome(&self, token: &Token) -> bool {
        self.outcomes.iter().any(|(symbol, _)| *symbol == token.symbol)
    }

    /// Whether a word names a group of rows: 不予公开, 无法提供, 不予处理, 其他处理.
    pub(super) fn is_group(&self, symbol: char) -> bool {
        self.group_row(symbol).is_some()
    }

    /// The group of rows that a word names.
    pub(super) fn group_row(&self, symbol: char) -> Option<Row> {
        let named = self.outcomes.iter().find(|(s, _)| *s == symbol).map(|(_, row)| *row)?;
        (!named.members().is_empty()).then_some(named)
    }

    fn new(dictionary: &Dictionary) -> Self {
        let of = |name| dictionary.lexicon.symbol_of(name);
        let groups = &dictionary.patterns.groups;
        Symbols {
            all: of("all"),
            and_others: of("and_others"),
            repeal: of("repeal"),
            each: of("each"),
            fill: of("fill"),
            and: of("and"),
            rates: groups.rates.clone(),
            applications: groups.applications.clone(),
            faults: groups.faults.clone(),
            so_far: of("so_far"),
            office: of("office"),
            own_level: of("own_level"),
            for_others: of("for_others"),
            reviewer: of("reviewer"),
            taking: groups.taking.clone(),
            receive: of("receive"),
            total_word: of("total_word"),
            share_of: of("share_of"),
            blocked: groups.blocked.clone(),
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
            columns: [
                ("natural", Column::NaturalPerson),
                ("business", Column::Business),
                ("legal_service", Column::LegalService),
            ]
            .map(|(name, column)| (of(name), column))
            .to_vec(),
            sorts: groups.sorts.clone(),
            restricting: of("restricting"),
            other_business: of("other_business"),
            channel: of("channel"),
            person: of("person"),
            other_word: of("other_word"),
            platforms: groups.platforms.clone(),
            deciding: groups.deciding.clone(),
            decisions: groups.decisions.clone(),
            document_work: groups.document_work.clone(),
            documents: groups.documents.clone(),
            in_force: of("in_force"),
            reasons: groups.reasons.clone(),
            moves: groups.moves.clone(),
            applicants: groups.applicants.clone(),
            ways_to_dispute: groups.ways_to_dispute.clone(),
            disclosed: groups.disclosed.clone(),
            kinds_of_disputes: groups.kinds_of_disputes.clone(),
            instance: of("first_instance"),
            of_all_answers: groups.all_answers.clone(),
        }
    }
}
