//! Phrases that rules look for, and words that rules compare a place with.

use std::collections::BTreeMap;
use std::ops::Range;
use std::str::FromStr;

use rustc_hash::FxHashSet;
use serde::Deserialize;
use toml::Spanned;

use super::DictionaryError;
use super::files::{File, Mode};

/// What a marked phrase tells; the rules that use it are named in `dictionaries/marks.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// 部分组成: how many parts a report says it has.
    Parts,
    /// 国务院令第492号
    Law2007,
    /// 国办公开办函〔2019〕60号
    Format2019,
    /// 国办公开办函〔2021〕30号
    Format2021,
    /// A template that nobody filled in.
    Template,
    /// A misprint.
    Typo,
    /// 三个方面：一是
    Counter,
    /// 考核、评议、责任追究
    Accountability,
    /// 统计期限
    Period,
    /// ……
    LeftOut,
}

impl Mark {
    /// All of them.
    pub(super) const ALL: [Mark; 10] = [
        Mark::Parts,
        Mark::Law2007,
        Mark::Format2019,
        Mark::Format2021,
        Mark::Template,
        Mark::Typo,
        Mark::Counter,
        Mark::Accountability,
        Mark::Period,
        Mark::LeftOut,
    ];
    const NAMES: [(&'static str, Mark); 10] = [
        ("parts", Mark::Parts),
        ("law_2007", Mark::Law2007),
        ("format_2019", Mark::Format2019),
        ("format_2021", Mark::Format2021),
        ("template", Mark::Template),
        ("typo", Mark::Typo),
        ("counter", Mark::Counter),
        ("accountability", Mark::Accountability),
        ("period", Mark::Period),
        ("left_out", Mark::LeftOut),
    ];
}

impl FromStr for Mark {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Mark::NAMES.iter().find(|(name, _)| *name == text).map(|(_, mark)| *mark).ok_or(())
    }
}

/// A marked phrase, in bytes of the prose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    /// What it tells.
    pub mark: Mark,
    /// Where it stands.
    pub range: Range<usize>,
}

/// The marks, and words that rules compare a place with.
pub struct Marks {
    examples: Vec<(Mark, Vec<String>, Vec<String>)>,
    /// Words that rules compare a place with.
    pub words: RuleWords,
}

/// Words that rules compare a place in the text with, once they have found it; their use is told in
/// `dictionaries/marks.toml`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RuleWords {
    /// How an organ speaks of itself.
    pub own: Vec<String>,
    /// What makes a sentence on the year before a comparison.
    pub looks_back: Vec<String>,
    /// 将 with a word that can only mean what is to come.
    pub to_come: Vec<String>,
    /// How titles of parts end.
    pub title_ends: Vec<String>,
    /// What only section five speaks of.
    pub problem_traces: Vec<String>,
    /// What only section six speaks of.
    pub other_traces: Vec<String>,
    /// What makes a span of days the statistical period.
    pub period_words: Vec<String>,
    /// How names of central organs end that write regulations.
    pub ministry_ends: Vec<String>,
    /// What a number is compared with: 较, 比.
    pub against: Vec<String>,
    /// How words end at a number that may be the rest of what the one beside it counts.
    pub dividers: Vec<String>,
    /// What is said of applications that came in and are not counted.
    pub not_counted: Vec<String>,
    /// Answers that no cell is named for, beside a reason.
    pub other_answers: Vec<String>,
    /// What was disclosed.
    pub disclosed: Vec<String>,
    /// What was not.
    pub refused: Vec<String>,
    /// Words of time before a count.
    pub times: Vec<String>,
    /// Documents issued once more.
    pub revising: Vec<String>,
    /// How a report is said to be drawn up.
    pub drawn_up: Vec<String>,
    /// What is said of all the time since some year.
    pub since_some_year: Vec<String>,
    /// What tells that a sentence speaks of the report.
    pub this_report: Vec<String>,
    /// What is said of notices that were issued.
    pub sent: Vec<String>,
    /// What denies it.
    pub denying: Vec<String>,
    /// What says that disputes are over disclosure.
    pub names_disclosure: Vec<String>,
    /// Information that was public already, beside what was disclosed.
    pub ways_to_find: Vec<String>,
    /// What is left of some count: 其余.
    pub rest: Vec<String>,
    /// Rates of a whole.
    pub rates: Vec<String>,
    /// Notes of the form, which a page break repeats.
    pub form_notes: Vec<String>,
    /// What is said of all of a count.
    pub all_of: Vec<String>,
    /// Channels of application that are all of a clause but its number.
    pub channels: Vec<String>,
    /// What became of an application that nobody asks for any more: 撤销.
    pub given_up: Vec<String>,
    /// What is said of applications taken up, of which there may be fewer than came in: 受理.
    pub accepted: Vec<String>,
    /// What is said of applications answered, beside which others were refused: 答复.
    pub answered: Vec<String>,
    /// What is said of things counted twice.
    pub overlapping: Vec<String>,
    /// Words of results that stand in another column, of other disputes or of several stages.
    pub mixing: Vec<String>,
    /// What says that disputes are not over disclosure.
    pub not_over_disclosure: Vec<String>,
    /// Words for getting better.
    pub better: Vec<String>,
    /// Steps of handling, of which one application may take several.
    pub steps: Vec<String>,
    /// Behind a year they make a number none of that year.
    pub not_of_the_year: Vec<String>,
    /// What opens a comparison.
    pub compares: Vec<String>,
    /// Words for one number being so many times another.
    pub is_as_much: Vec<String>,
    /// Units of time that are no durations of the table of units.
    pub short_times: Vec<String>,
    /// Units of ranks: less is more.
    pub ranks: Vec<String>,
    /// The year before.
    pub last_year: Vec<String>,
    /// The year reported on.
    pub this_year: Vec<String>,
    /// How a sentence goes on that tells what came in.
    pub comes_in: Vec<String>,
    /// What is said of one year beside another.
    pub compares_years: Vec<String>,
    /// 同比
    pub year_on_year: Vec<String>,
    /// More.
    pub rise: Vec<String>,
    /// Less.
    pub fall: Vec<String>,
    /// From a smaller number to this.
    pub rise_to: Vec<String>,
    /// From a greater number to this.
    pub fall_to: Vec<String>,
    /// A count and the share that it makes.
    pub share_of: Vec<String>,
    /// The 条例 as revised in 2019.
    pub law_2019: Vec<String>,
    /// What speaks of fees in section six.
    pub fee_words: Vec<String>,
    /// 信息处理费
    pub processing_fee: Vec<String>,
    /// No notice to pay was issued.
    pub no_fee_notice: Vec<String>,
    /// What ends an organ within the year.
    pub dissolved: Vec<String>,
    /// What stands before 日期 where it is not that of publication.
    pub not_published: Vec<String>,
    /// What says that a report was published again.
    pub reissued: Vec<String>,
    /// Words of work in general, which a report has every year.
    pub general_work: Vec<String>,
    /// What shows that a paragraph tells of the year before on purpose.
    pub of_another_year: Vec<String>,
    /// What names a basis.
    pub basis: Vec<String>,
    /// What tells of an act as history.
    pub past_basis: Vec<String>,
    /// Where the content of a section is said to stand.
    pub elsewhere: Vec<String>,
    /// What may stand between 信息处理费 and its amount.
    pub fee_joins: Vec<String>,
    /// What stands before 信息处理费 that was not charged.
    pub fee_off: Vec<String>,
    /// Parts of an organ or of its applications.
    pub parts_of_organ: Vec<String>,
    /// What makes an amount of 行政事业性收费 another than that of the table.
    pub other_fees: Vec<String>,
    /// The year of issue.
    pub within_the_year: Vec<String>,
    /// What ends a document.
    pub ended: Vec<String>,
    /// What tells of the rest after a list of shares, or that they overlap.
    pub rest_follows: Vec<String>,
    /// P009: before a list of shares: only the largest of them.
    pub only_the_largest: Vec<String>,
    /// The last characters of the words for changes and shares.
    #[serde(skip)]
    change_ends: FxHashSet<char>,
}

impl RuleWords {
    /// Whether a text ends like a word for a change or a share: a quick look before the words are compared.
    #[must_use]
    pub fn may_end_change(&self, text: &str) -> bool {
        text.chars().next_back().is_some_and(|c| self.change_ends.contains(&c))
    }

    fn finish(&mut self) {
        let words = self.rise.iter().chain(&self.fall).chain(&self.share_of);
        self.change_ends = words.filter_map(|w| w.chars().next_back()).collect();
    }

    fn extend(&mut self, other: RuleWords) {
        self.own.extend(other.own);
        self.looks_back.extend(other.looks_back);
        self.to_come.extend(other.to_come);
        self.title_ends.extend(other.title_ends);
        self.problem_traces.extend(other.problem_traces);
        self.other_traces.extend(other.other_traces);
        self.period_words.extend(other.period_words);
        self.ministry_ends.extend(other.ministry_ends);
        self.against.extend(other.against);
        self.dividers.extend(other.dividers);
        self.not_counted.extend(other.not_counted);
        self.ways_to_find.extend(other.ways_to_find);
        self.other_answers.extend(other.other_answers);
        self.disclosed.extend(other.disclosed);
        self.refused.extend(other.refused);
        self.times.extend(other.times);
        self.revising.extend(other.revising);
        self.drawn_up.extend(other.drawn_up);
        self.since_some_year.extend(other.since_some_year);
        self.this_report.extend(other.this_report);
        self.sent.extend(other.sent);
        self.denying.extend(other.denying);
        self.names_disclosure.extend(other.names_disclosure);
        self.rest.extend(other.rest);
        self.overlapping.extend(other.overlapping);
        self.mixing.extend(other.mixing);
        self.not_over_disclosure.extend(other.not_over_disclosure);
        self.all_of.extend(other.all_of);
        self.channels.extend(other.channels);
        self.given_up.extend(other.given_up);
        self.accepted.extend(other.accepted);
        self.answered.extend(other.answered);
        self.rates.extend(other.rates);
        self.form_notes.extend(other.form_notes);
        self.better.extend(other.better);
        self.steps.extend(other.steps);
        self.not_of_the_year.extend(other.not_of_the_year);
        self.compares.extend(other.compares);
        self.is_as_much.extend(other.is_as_much);
        self.short_times.extend(other.short_times);
        self.ranks.extend(other.ranks);
        self.last_year.extend(other.last_year);
        self.this_year.extend(other.this_year);
        self.comes_in.extend(other.comes_in);
        self.compares_years.extend(other.compares_years);
        self.year_on_year.extend(other.year_on_year);
        self.rise.extend(other.rise);
        self.fall.extend(other.fall);
        self.rise_to.extend(other.rise_to);
        self.fall_to.extend(other.fall_to);
        self.share_of.extend(other.share_of);
        self.law_2019.extend(other.law_2019);
        self.fee_words.extend(other.fee_words);
        self.processing_fee.extend(other.processing_fee);
        self.no_fee_notice.extend(other.no_fee_notice);
        self.dissolved.extend(other.dissolved);
        self.not_published.extend(other.not_published);
        self.reissued.extend(other.reissued);
        self.general_work.extend(other.general_work);
        self.of_another_year.extend(other.of_another_year);
        self.basis.extend(other.basis);
        self.past_basis.extend(other.past_basis);
        self.elsewhere.extend(other.elsewhere);
        self.fee_joins.extend(other.fee_joins);
        self.fee_off.extend(other.fee_off);
        self.parts_of_organ.extend(other.parts_of_organ);
        self.other_fees.extend(other.other_fees);
        self.within_the_year.extend(other.within_the_year);
        self.ended.extend(other.ended);
        self.rest_follows.extend(other.rest_follows);
        self.only_the_largest.extend(other.only_the_largest);
    }
}

impl Marks {
    /// Every mark with texts that hold it and texts that do not.
    #[must_use]
    pub fn examples(&self) -> &[(Mark, Vec<String>, Vec<String>)] {
        &self.examples
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MarksFile {
    #[serde(default, rename = "mode")]
    _mode: Mode,
    #[serde(default)]
    mark: Vec<MarkEntry>,
    #[serde(default)]
    words: RuleWords,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MarkEntry {
    name: Spanned<String>,
    words: Vec<String>,
    #[serde(default)]
    matches: Vec<String>,
    #[serde(default)]
    rejects: Vec<String>,
}

/// The marks, and their words in order.
pub(super) fn compile(files: &[File]) -> Result<(Marks, Vec<(String, Mark)>), DictionaryError> {
    let mut words: BTreeMap<String, Mark> = BTreeMap::new();
    let mut examples = Vec::new();
    let mut rule_words = RuleWords::default();
    for file in files {
        let content: MarksFile = file.parse()?;
        rule_words.extend(content.words);
        for entry in content.mark {
            let name = entry.name.get_ref();
            let unknown = || file.value_error(&entry.name.span(), "mark.name", format!("no mark is called {name}"));
            let mark = Mark::from_str(name).map_err(|()| unknown())?;
            words.extend(entry.words.into_iter().map(|w| (w, mark)));
            examples.push((mark, entry.matches, entry.rejects));
        }
    }
    rule_words.finish();
    Ok((Marks { examples, words: rule_words }, words.into_iter().collect()))
}
