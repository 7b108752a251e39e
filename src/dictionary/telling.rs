//! Words that tell, before anything is segmented, what is worth reading and what a paragraph is about.

use serde::Deserialize;
use toml::Spanned;

use super::DictionaryError;
use super::files::File;
use super::lexicon::Lexicon;

/// What such a word says, as bits. The names are those of the lists in `[triggers]` and `[surroundings]`.
pub mod says {
    /// Applications for information, beyond doubt: 依申请.
    pub const REQUESTS: u32 = 1;
    /// Some application: 申请.
    pub const ANY_REQUEST: u32 = 1 << 1;
    /// Disputes over disclosure: 答复.
    pub const DISCLOSURE: u32 = 1 << 2;
    /// The surest word for them: 信息公开.
    pub const NAMED_DISCLOSURE: u32 = 1 << 3;
    /// Disputes that are not: 无关.
    pub const UNRELATED: u32 = 1 << 4;
    /// 复议
    pub const REVIEW: u32 = 1 << 5;
    /// 诉讼
    pub const SUITS: u32 = 1 << 6;
    /// 法院
    pub const COURTS: u32 = 1 << 7;
    /// 复议机关
    pub const REVIEW_ORGANS: u32 = 1 << 8;
    /// 其中
    pub const AMONG: u32 = 1 << 9;
    /// 规范性文件
    pub const DOCUMENTS: u32 = 1 << 10;
    /// Other business of the organ.
    pub const OTHER_BUSINESS: u32 = 1 << 11;
    /// A part of the number or another day follows: 涉及, 年初.
    pub const PARTS: u32 = 1 << 16;
    /// A word without which there is no claim in words: 未收到, 均.
    pub const DENIAL: u32 = 1 << 12;
    /// A word for what did not happen or holds of all.
    pub const DENIED: u32 = 1 << 13;
    /// A word that a number pattern needs.
    pub const TRIGGER: u32 = 1 << 14;
    /// A word for which a sentence without numbers is read.
    pub const WORTH_READING: u32 = 1 << 15;
    /// 直接起诉: one of the two kinds of suits.
    pub const DIRECT_SUITS: u32 = 1 << 17;
    /// 复议后起诉: the other.
    pub const SUITS_AFTER_REVIEW: u32 = 1 << 18;
    /// The two kinds of suits.
    pub const BLOCKS: u32 = DIRECT_SUITS | SUITS_AFTER_REVIEW;
    /// 新收: not what was carried over.
    pub const NEW: u32 = 1 << 19;
    /// 除: what follows, up to 外, is not meant.
    pub const EXCEPT: u32 = 1 << 20;
    /// 扣除: what follows is taken off the numbers after it.
    pub const DEDUCTED: u32 = 1 << 21;
    /// 上半年: a part of a year.
    pub const PART_OF_YEAR: u32 = 1 << 22;
    /// 月: perhaps another.
    pub const MONTHS: u32 = 1 << 23;
    /// 参与: documents named with it are others' too.
    pub const SHARED_WORK: u32 = 1 << 25;
    /// 清理: documents after it are those of a campaign.
    pub const CAMPAIGNS: u32 = 1 << 27;
    /// 发布, 立案: licences and penalties after it are notices or cases, perhaps no decisions.
    pub const NO_DECISIONS: u32 = 1 << 26;
    /// 决定: decisions, whatever stands before.
    pub const DECISIONS: u32 = 1 << 28;
    /// 近两年: other periods than the report's.
    pub const OTHER_PERIODS: u32 = 1 << 29;
    /// 主动公开: 依申请公开 with a number beside it is a kind of documents.
    pub const PROACTIVE: u32 = 1 << 30;
    /// 委托: what follows a clause that ends so is done for another body, or for others too.
    pub const OTHER_BODIES: u32 = 1 << 31;
    /// 规章: of the two kinds of documents this one.
    pub const REGULATIONS: u32 = 1 << 24;
}

/// `[triggers]`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Triggers {
    classes: Vec<Spanned<String>>,
    denials: Vec<Spanned<String>>,
    denied: Vec<Spanned<String>>,
    worth_reading: Vec<String>,
}

/// `[surroundings]`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Surroundings {
    requests: Vec<String>,
    any_request: Vec<String>,
    disclosure: Vec<String>,
    named_disclosure: Vec<String>,
    unrelated: Vec<String>,
    review: Vec<String>,
    suits: Vec<String>,
    courts: Vec<String>,
    review_organs: Vec<String>,
    direct_suits: Vec<Spanned<String>>,
    suits_after_review: Vec<Spanned<String>>,
    new: Vec<String>,
    except: Vec<String>,
    deducted: Vec<String>,
    parts_of_year: Vec<Spanned<String>>,
    other_periods: Vec<Spanned<String>>,
    other_bodies: Vec<String>,
    months: Vec<String>,
    among: Vec<String>,
    parts: Vec<String>,
    documents: Vec<String>,
    regulations: Vec<String>,
    proactive: Vec<String>,
    shared_work: Vec<String>,
    campaigns: Vec<String>,
    no_decisions: Vec<String>,
    decisions: Vec<String>,
    other_business: Vec<Spanned<String>>,
}

/// The words with what they say.
pub(super) fn compile(
    (triggers_file, triggers): (&File, &Triggers),
    (file, around): (&File, &Surroundings),
    lexicon: &Lexicon,
) -> Result<Vec<(String, u32)>, DictionaryError> {
    let lists = [
        (&around.requests, says::REQUESTS),
        (&around.any_request, says::ANY_REQUEST),
        (&around.disclosure, says::DISCLOSURE),
        (&around.named_disclosure, says::NAMED_DISCLOSURE),
        (&around.unrelated, says::UNRELATED),
        (&around.review, says::REVIEW),
        (&around.suits, says::SUITS),
        (&around.courts, says::COURTS),
        (&around.review_organs, says::REVIEW_ORGANS),
        (&around.among, says::AMONG),
        (&around.parts, says::PARTS),
        (&around.new, says::NEW),
        (&around.except, says::EXCEPT),
        (&around.deducted, says::DEDUCTED),
        (&around.months, says::MONTHS),
        (&around.other_bodies, says::OTHER_BODIES),
        (&around.documents, says::DOCUMENTS),
        (&around.regulations, says::REGULATIONS),
        (&around.proactive, says::PROACTIVE),
        (&around.shared_work, says::SHARED_WORK),
        (&around.campaigns, says::CAMPAIGNS),
        (&around.no_decisions, says::NO_DECISIONS),
        (&around.decisions, says::DECISIONS),
        (&triggers.worth_reading, says::WORTH_READING),
    ];
    let mut words = Vec::new();
    for (classes, says) in [
        (&around.other_business, says::OTHER_BUSINESS),
        (&around.direct_suits, says::DIRECT_SUITS),
        (&around.suits_after_review, says::SUITS_AFTER_REVIEW),
        (&around.parts_of_year, says::PART_OF_YEAR),
        (&around.other_periods, says::OTHER_PERIODS),
    ] {
        words.extend(of_classes((file, "surroundings"), lexicon, classes, says)?);
    }
    for (classes, says) in
        [(&triggers.classes, says::TRIGGER), (&triggers.denials, says::DENIAL), (&triggers.denied, says::DENIED)]
    {
        words.extend(of_classes((triggers_file, "triggers"), lexicon, classes, says)?);
    }
    for (list, says) in lists {
        words.extend(list.iter().map(|word| (word.clone(), says)));
    }
    Ok(words)
}

/// The words of some classes.
fn of_classes(
    (file, table): (&File, &str),
    lexicon: &Lexicon,
    names: &[Spanned<String>],
    says: u32,
) -> Result<Vec<(String, u32)>, DictionaryError> {
    let mut ids = Vec::new();
    for name in names {
        let id = lexicon.by_name(name.get_ref());
        let unknown = || file.value_error(&name.span(), table, format!("no class is called {}", name.get_ref()));
        ids.push(id.ok_or_else(unknown)?);
    }
    let words = lexicon.words().into_iter().filter(|(_, class)| ids.contains(class));
    Ok(words.map(|(word, _)| (word.to_string(), says)).collect())
}
