//! Words around numbers, and phrases that clone sites plant.

use std::str::FromStr;

use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use toml::Spanned;

use super::DictionaryError;
use super::files::{File, Mode};
use super::firsts::Firsts;
use super::word_list::{Word, WordList};

/// What a unit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UnitClass {
    /// Applications and cases: 件 起 宗 例
    Case,
    /// Pieces of information: 条 份 项 个
    Item,
    /// Occasions: 次 场
    Times,
    /// People and firms: 人 名 家
    People,
    /// 元 万元 亿元
    Money,
    /// 年 天 小时
    Duration,
    /// 个百分点
    Point,
    /// 倍
    Multiple,
    /// % and 百分之
    Percent,
    /// Any other unit.
    Other,
    /// No unit.
    None,
}

impl UnitClass {
    const NAMES: [(&'static str, UnitClass); 11] = [
        ("case", UnitClass::Case),
        ("item", UnitClass::Item),
        ("times", UnitClass::Times),
        ("people", UnitClass::People),
        ("money", UnitClass::Money),
        ("duration", UnitClass::Duration),
        ("point", UnitClass::Point),
        ("multiple", UnitClass::Multiple),
        ("percent", UnitClass::Percent),
        ("other", UnitClass::Other),
        ("none", UnitClass::None),
    ];
}

impl FromStr for UnitClass {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        UnitClass::NAMES.iter().find(|(name, _)| *name == text).map(|(_, class)| *class).ok_or(())
    }
}

/// How a word blurs the number next to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Hedge {
    /// 约, 左右: a tenth either way.
    About,
    /// 近, 不足: up to a tenth less, never more.
    Nearly,
    /// 超, 逾: more.
    Over,
    /// 至少, 以上: at least.
    AtLeast,
    /// 至多, 不超过: at most.
    AtMost,
    /// 余, 多: more, up to the next step of the last digit that is not zero.
    AndSome,
    /// 50至60: a printed range.
    Between,
}

/// Words by the character next to the number, the longest first: most characters begin none of them.
struct Affixes<T> {
    words: FxHashMap<char, Vec<(String, T)>>,
    /// The characters of `words`.
    firsts: Firsts,
}

impl<T: Copy + Ord> Affixes<T> {
    fn new(words: impl IntoIterator<Item = (String, T)>, key: impl Fn(&str) -> Option<char>) -> Self {
        let mut by_key: FxHashMap<char, Vec<(String, T)>> = FxHashMap::default();
        let mut sorted: Vec<(String, T)> = words.into_iter().collect();
        sorted.sort_by_key(|(word, value)| std::cmp::Reverse((word.len(), *value)));
        for (word, value) in sorted {
            if let Some(c) = key(&word) {
                by_key.entry(c).or_default().push((word, value));
            }
        }
        let firsts = by_key.keys().copied().collect();
        Affixes { words: by_key, firsts }
    }

    fn prefixes(words: impl IntoIterator<Item = (String, T)>) -> Self {
        Affixes::new(words, |w| w.chars().next())
    }

    fn suffixes(words: impl IntoIterator<Item = (String, T)>) -> Self {
        Affixes::new(words, |w| w.chars().next_back())
    }

    /// The longest word that a text begins with: its length in bytes.
    fn at_start(&self, text: &str) -> Option<(usize, T)> {
        let first = text.chars().next().filter(|c| self.firsts.has(*c))?;
        let list = self.words.get(&first)?;
        list.iter().find(|(w, _)| text.starts_with(w.as_str())).map(|(w, v)| (w.len(), *v))
    }

    /// The longest word that a text ends with: its length in bytes.
    fn at_end(&self, text: &str) -> Option<(usize, T)> {
        let last = text.chars().next_back().filter(|c| self.firsts.has(*c))?;
        let list = self.words.get(&last)?;
        list.iter().find(|(w, _)| text.ends_with(w.as_str())).map(|(w, v)| (w.len(), *v))
    }
}

/// Units, hedges and what is no number.
pub struct NumberWords {
    units: Affixes<UnitClass>,
    before: Affixes<Hedge>,
    after: Affixes<Hedge>,
    phrases: CharwiseDoubleArrayAhoCorasick<u32>,
    /// The phrases that hold an ASCII digit, and all that a number in one of them can look like.
    digit_phrases: Vec<String>,
    phrase_numbers: FxHashSet<Vec<u8>>,
    hotlines: Vec<String>,
    /// The lengths (bytes) of `hotlines`: most numbers are shorter.
    hotline_lengths: std::ops::RangeInclusive<usize>,
    identifier_after: Affixes<()>,
    identifier_before: Affixes<()>,
    /// What comes before 一起 where it means not one.
    not_one: NotOne,
}

/// What denies any before a one: 没有一件, 未发生1起, 未因政府信息公开引发一起.
struct NotOne {
    /// The denials, alone and with each verb behind them.
    openers: Affixes<()>,
    verbs: Affixes<()>,
    /// The denials with the word for a cause behind them.
    of_causes: Vec<String>,
    /// Words between the verb and the one: 未发生任何一起.
    between: Vec<String>,
}

impl NotOne {
    fn new(words: &NotNumbers) -> Self {
        let denials = || words.denials_of_one.iter();
        let opened = denials().flat_map(|d| words.verbs_of_one.iter().map(move |verb| format!("{d}{verb}")));
        let affixes = |words: Vec<String>| Affixes::suffixes(words.into_iter().map(|w| (w, ())));
        NotOne {
            openers: affixes(denials().cloned().chain(opened).collect()),
            verbs: affixes(words.verbs_of_one.clone()),
            of_causes: denials().flat_map(|d| words.causes_of_one.iter().map(move |c| format!("{d}{c}"))).collect(),
            between: words.between_of_one.clone(),
        }
    }

    /// Whether a text ends with words that deny any.
    fn ends(&self, before: &str) -> bool {
        let mut before = before;
        for word in &self.between {
            before = before.strip_suffix(word.as_str()).unwrap_or(before);
        }
        let is_for_a_cause = || {
            let clause = &before[before.rfind(['，', '。', '；', '：', '、', '\n']).unwrap_or(0)..];
            self.of_causes.iter().any(|denial| clause.contains(denial.as_str()))
        };
        self.openers.at_end(before).is_some() || self.verbs.at_end(before).is_some() && is_for_a_cause()
    }
}

impl NumberWords {
    /// The unit at the start of a text: its length in bytes and its class.
    #[must_use]
    pub fn unit(&self, text: &str) -> Option<(usize, UnitClass)> {
        self.units.at_start(text)
    }

    /// The hedge at the end of a text: its length in bytes.
    #[must_use]
    pub fn hedge_before(&self, text: &str) -> Option<(usize, Hedge)> {
        self.before.at_end(text)
    }

    /// The hedge at the start of a text: its length in bytes.
    #[must_use]
    pub fn hedge_after(&self, text: &str) -> Option<(usize, Hedge)> {
        self.after.at_start(text)
    }

    /// The ranges of fixed phrases, in order, without overlap.
    pub fn phrases<'t>(&'t self, text: &'t str) -> impl Iterator<Item = std::ops::Range<usize>> + 't {
        self.phrases.leftmost_find_iter(text).map(|m| m.start()..m.end())
    }

    /// Whether the digits at a place belong to a fixed phrase such as 7×24.
    #[must_use]
    pub fn is_in_digit_phrase(&self, text: &str, digits: &std::ops::Range<usize>) -> bool {
        let (bytes, printed) = (text.as_bytes(), &text.as_bytes()[digits.clone()]);
        if !self.phrase_numbers.contains(printed) {
            return false;
        }
        self.digit_phrases.iter().map(String::as_bytes).any(|phrase| {
            let Some(last) = phrase.len().checked_sub(printed.len()) else { return false };
            (0..=last.min(digits.start))
                .any(|at| phrase[at..].starts_with(printed) && bytes[digits.start - at..].starts_with(phrase))
        })
    }

    /// Whether a unit or a hedge may begin with the first character of a text.
    #[must_use]
    pub fn may_follow_number(&self, text: &str) -> bool {
        self.units.firsts.begin(text) || self.after.firsts.begin(text)
    }

    /// Whether digits are the number of a telephone service.
    #[must_use]
    pub fn is_hotline(&self, digits: &str) -> bool {
        self.hotline_lengths.contains(&digits.len()) && self.hotlines.iter().any(|h| h == digits)
    }

    /// Whether what stands before a number makes it an identifier.
    #[must_use]
    pub fn identifies_after(&self, before: &str) -> bool {
        self.identifier_after.at_end(before).is_some()
    }

    /// The unit of a one that is no count but denies any, in bytes: 没有一件, 未发生1起. The text `before` ends at the
    /// one, the text `after` begins behind it.
    #[must_use]
    pub fn not_one(&self, before: &str, one: &str, after: &str) -> Option<usize> {
        if !matches!(one, "1" | "１" | "一") {
            return None;
        }
        let (len, class) = self.unit(after)?;
        let is_denied = matches!(class, UnitClass::Case | UnitClass::Item) && self.not_one.ends(before);
        is_denied.then_some(len)
    }

    /// Whether what stands after a number makes it an identifier.
    #[must_use]
    pub fn identifies_before(&self, after: &str) -> bool {
        self.identifier_before.at_start(after).is_some()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NumbersFile {
    #[serde(default, rename = "mode")]
    _mode: Mode,
    #[serde(default)]
    units: std::collections::BTreeMap<String, Vec<Spanned<String>>>,
    #[serde(default)]
    hedges: Hedges,
    #[serde(default)]
    not_numbers: NotNumbers,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Hedges {
    about: Vec<String>,
    nearly: Vec<String>,
    over: Vec<String>,
    at_least: Vec<String>,
    at_most: Vec<String>,
    and_some: Vec<String>,
    or_more: Vec<String>,
    or_so: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct NotNumbers {
    phrases: Vec<String>,
    hotlines: Vec<String>,
    after: Vec<String>,
    before: Vec<String>,
    denials_of_one: Vec<String>,
    verbs_of_one: Vec<String>,
    causes_of_one: Vec<String>,
    between_of_one: Vec<String>,
}

pub(super) fn compile_numbers(files: &[File]) -> Result<NumberWords, DictionaryError> {
    let mut units: FxHashMap<String, UnitClass> = FxHashMap::default();
    let (mut before, mut after) = (Vec::new(), Vec::new());
    let mut merged = NotNumbers::default();
    for file in files {
        let content: NumbersFile = file.parse()?;
        for (class, words) in content.units {
            let class = UnitClass::from_str(&class)
                .map_err(|()| file.value_error(&(0..0), "units", format!("no unit class is called {class}")))?;
            for word in words {
                let before = units.insert(word.get_ref().clone(), class);
                if before.is_some_and(|other| other != class) {
                    let (word, span) = (word.get_ref(), word.span());
                    let message = format!("the unit {word} is in two classes");
                    return Err(file.value_error(&span, "units", message));
                }
            }
        }
        let hedges = content.hedges;
        let add = |words: Vec<String>, hedge, list: &mut Vec<(String, Hedge)>| {
            list.extend(words.into_iter().map(|w| (w, hedge)));
        };
        add(hedges.about, Hedge::About, &mut before);
        add(hedges.nearly, Hedge::Nearly, &mut before);
        add(hedges.over, Hedge::Over, &mut before);
        add(hedges.at_least, Hedge::AtLeast, &mut before);
        add(hedges.at_most, Hedge::AtMost, &mut before);
        add(hedges.and_some, Hedge::AndSome, &mut after);
        add(hedges.or_more, Hedge::AtLeast, &mut after);
        add(hedges.or_so, Hedge::About, &mut after);
        let no = content.not_numbers;
        merged.phrases.extend(no.phrases);
        merged.hotlines.extend(no.hotlines);
        merged.after.extend(no.after);
        merged.before.extend(no.before);
        merged.denials_of_one.extend(no.denials_of_one);
        merged.verbs_of_one.extend(no.verbs_of_one);
        merged.causes_of_one.extend(no.causes_of_one);
        merged.between_of_one.extend(no.between_of_one);
    }
    let digit_phrases: Vec<String> =
        merged.phrases.iter().filter(|p| p.bytes().any(|b| b.is_ascii_digit())).cloned().collect();
    let identifiers = |words: Vec<String>| words.into_iter().map(|w| (w, ()));
    Ok(NumberWords {
        not_one: NotOne::new(&merged),
        units: Affixes::prefixes(units),
        before: Affixes::suffixes(before),
        after: Affixes::prefixes(after),
        phrase_numbers: digit_phrases.iter().flat_map(|p| numbers_in(p.as_bytes())).collect(),
        digit_phrases,
        phrases: search(files, "not_numbers.phrases", merged.phrases)?,
        hotline_lengths: lengths(&merged.hotlines),
        hotlines: merged.hotlines,
        identifier_after: Affixes::suffixes(identifiers(merged.after)),
        identifier_before: Affixes::prefixes(identifiers(merged.before)),
    })
}

/// The lengths of words, from the shortest on.
fn lengths(words: &[String]) -> std::ops::RangeInclusive<usize> {
    let shortest = words.iter().map(String::len).min().unwrap_or(1);
    shortest..=words.iter().map(String::len).max().unwrap_or(0)
}

/// Everything that begins with a digit inside a phrase.
fn numbers_in(phrase: &[u8]) -> impl Iterator<Item = Vec<u8>> + '_ {
    let starts = (0..phrase.len()).filter(|at| phrase[*at].is_ascii_digit());
    starts.flat_map(move |start| (start + 1..=phrase.len()).map(move |end| phrase[start..end].to_vec()))
}

fn search(
    files: &[File],
    key: &str,
    mut words: Vec<String>,
) -> Result<CharwiseDoubleArrayAhoCorasick<u32>, DictionaryError> {
    words.sort();
    words.dedup();
    words.retain(|w| !w.is_empty());
    CharwiseDoubleArrayAhoCorasickBuilder::new()
        .match_kind(MatchKind::LeftmostLongest)
        .build(words)
        .map_err(|e| files[0].value_error(&(0..0), key, e.to_string()))
}

/// Phrases that clone sites put where 关于 or a name should stand.
pub struct Spam {
    search: CharwiseDoubleArrayAhoCorasick<u32>,
    words: Vec<String>,
    brands: Vec<String>,
    chain: WordList,
    frames_after: Vec<String>,
    frames_before: Vec<String>,
    /// Examples that match.
    pub matches: Vec<String>,
    /// Examples that do not.
    pub rejects: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct SpamFile {
    #[serde(default, rename = "mode")]
    _mode: Mode,
    #[serde(default)]
    brands: Vec<Word>,
    #[serde(default)]
    words: Vec<Word>,
    #[serde(default)]
    chain: Vec<Word>,
    #[serde(default)]
    frames_after: Vec<Word>,
    #[serde(default)]
    frames_before: Vec<Word>,
    #[serde(default)]
    matches: Vec<String>,
    #[serde(default)]
    rejects: Vec<String>,
}

pub(super) fn compile_spam(files: &[File]) -> Result<Spam, DictionaryError> {
    let mut all = SpamFile::default();
    for file in files {
        let content: SpamFile = file.parse()?;
        all.brands.extend(content.brands);
        all.words.extend(content.words);
        all.chain.extend(content.chain);
        all.frames_after.extend(content.frames_after);
        all.frames_before.extend(content.frames_before);
        all.matches.extend(content.matches);
        all.rejects.extend(content.rejects);
    }
    let plain = |words: Vec<Word>| words.into_iter().map(|word| word.0).collect::<Vec<_>>();
    let brands = plain(all.brands);
    let words = [brands.clone(), plain(all.words)].concat();
    Ok(Spam {
        search: search(files, "brands", words.clone())?,
        words,
        brands,
        chain: all.chain.into(),
        frames_after: plain(all.frames_after),
        frames_before: plain(all.frames_before),
        matches: all.matches,
        rejects: all.rejects,
    })
}

/// The letters, digits and marks that a text begins with, without the year of what follows: 2022 of 2022年.
fn glued(text: &str) -> usize {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'));
    let run = &text[..text.len() - rest.len()];
    let digits = run.len() - run.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    run.len() - if rest.starts_with('年') { digits.min(DIGITS_OF_YEAR) } else { 0 }
}

/// A year has so many digits.
const DIGITS_OF_YEAR: usize = 4;

/// How far phrases joined by `_` reach: to the word after the last one.
fn joined(after: &str) -> usize {
    const LONGEST: usize = 60;
    let is_end = |c: char| c.is_whitespace() || matches!(c, '，' | '。' | '；' | '、' | '：' | '“' | '”' | '《' | '》');
    let run = after.char_indices().take(LONGEST).take_while(|(_, c)| !is_end(*c));
    let Some(last) = run.filter(|(_, c)| *c == '_').map(|(at, _)| at + 1).last() else { return 0 };
    let rest = &after[last..];
    last + rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric()).len()
}

/// A made-up name of at most this many characters may stand before a planted word (鸿运 before 比分网).
const LONGEST_NAME: usize = 4;

impl Spam {
    /// The ranges of planted phrases, with the name before and the letters and digits glued to them.
    #[must_use]
    pub fn find(&self, text: &str) -> Vec<std::ops::Range<usize>> {
        let mut found: Vec<_> =
            self.search.leftmost_find_iter(text).filter_map(|m| self.phrase(text, m.start()..m.end())).collect();
        self.settle(text, &mut found);
        found
    }

    /// Every brand and word, for a search together with others.
    pub(super) fn words(&self) -> &[String] {
        &self.words
    }

    /// Gives each planted phrase its longest form.
    pub(super) fn settle(&self, text: &str, found: &mut Vec<std::ops::Range<usize>>) {
        // A phrase planted twice is the same phrase: the longest form found stands for all that end like it.
        let mut forms: Vec<String> = found.iter().map(|r| text[r.clone()].to_string()).collect();
        forms.sort_unstable();
        forms.dedup();
        for range in found.iter_mut() {
            let own = &text[range.clone()];
            let longer = forms.iter().filter(|f| f.len() > own.len() && f.ends_with(own)).max_by_key(|f| f.len());
            if let Some(form) = longer.filter(|f| text[..range.end].ends_with(f.as_str())) {
                range.start = range.end - form.len();
            }
        }
        // Two words of one phrase (pg电子 and 麻将胡了) are planted once.
        found.dedup_by(|next, kept| {
            let is_one = next.start <= kept.end;
            kept.end = if is_one { kept.end.max(next.end) } else { kept.end };
            is_one
        });
    }

    /// Whether a name holds a planted word: no organ is called so.
    #[must_use]
    pub fn is_in(&self, name: &str) -> bool {
        self.search.leftmost_find_iter(name).next().is_some()
    }

    /// The planted phrase around a brand or word, if it is one.
    pub(super) fn phrase(&self, text: &str, word: std::ops::Range<usize>) -> Option<std::ops::Range<usize>> {
        let is_brand = self.brands.iter().any(|b| *b == text[word.clone()]);
        let after = &text[word.end..];
        let frame = self.frame_start(&text[..word.start]);
        let is_framed = frame.is_some()
            && self.frames_after.iter().any(|f| after.trim_start_matches([':', '：']).starts_with(f.as_str()));
        if !is_brand && !is_framed {
            return None;
        }
        let end = word.end + if is_brand { self.chained(after) } else { glued(after) };
        Some(if is_framed { frame.unwrap_or(word.start) } else { word.start }..end)
    }

    /// How far a phrase goes on behind its brand: letters, digits and marks, words of such phrases, and all up to the word
    /// after the last `_`, 下载_便民365中心_365提款.
    fn chained(&self, after: &str) -> usize {
        let mut end = glued(after);
        loop {
            let rest = &after[end..];
            let run = glued(rest);
            // 365下载 goes on; 官网12件 does not.
            let is_number = run > 0 && rest[..run].bytes().all(|b| b.is_ascii_digit());
            let goes_on = |run: &usize| !is_number || self.chain.begin(&rest[*run..]) || rest.len() == *run;
            let next = self.chain.longest_start(rest).unwrap_or(0).max(Some(run).filter(goes_on).unwrap_or(0));
            // mobile 365365051: digits on their own are the text's.
            let is_spelt = after[..end].ends_with(|c: char| c.is_ascii_alphabetic());
            let spaced = rest.strip_prefix(' ').filter(|_| is_spelt).map_or(0, glued);
            match (next, spaced) {
                (0, 0) => break,
                (0, spaced) => end += ' '.len_utf8() + spaced,
                (next, _) => end += next,
            }
        }
        end.max(joined(after))
    }

    /// Where the planted phrase begins, if the sentence breaks at most [`LONGEST_NAME`] characters earlier.
    fn frame_start(&self, before: &str) -> Option<usize> {
        let ends = before.char_indices().rev().map(|(i, _)| i).take(LONGEST_NAME);
        std::iter::once(before.len()).chain(ends).find(|end| {
            let head = &before[..*end];
            self.frames_before.iter().any(|f| head.ends_with(f.as_str()))
                || head.ends_with(['、', '，', ',', '》', '《', '。', '”'])
        })
    }
}
