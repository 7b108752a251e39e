//! Sentences and clauses, with brackets that hold numbers as clauses of their own.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::context::Marks;
use crate::dictionary::{ClaimWords, UnitClass, says};
use crate::document::Prose;
use crate::quantities::{Lexed, Quantity};

/// A sentence that holds a number or may hold a claim in words.
#[derive(Debug, Clone)]
pub struct Sentence {
    /// Its bytes in the prose, the full stop left out.
    pub range: Range<usize>,
    /// Its paragraph.
    pub paragraph: usize,
    /// The section of the form.
    pub section: u8,
    /// Its clauses, in order.
    pub clauses: Vec<Clause>,
    /// Its quantities in [`Lexed::quantities`].
    pub quantities: Range<usize>,
}

/// A piece of a sentence between commas, semicolons, colons or brackets.
#[derive(Debug, Clone)]
pub struct Clause {
    /// Its bytes in the prose.
    pub range: Range<usize>,
    /// What stands before it: `，`, `；`, `：`, `（`, `）`, or nothing at the start.
    pub opened_by: Option<char>,
    /// How many brackets are open around it.
    pub depth: u8,
    /// Brackets inside it that hold no number.
    pub notes: Vec<Range<usize>>,
    /// Its quantities in [`Lexed::quantities`].
    pub quantities: Range<usize>,
    /// What its words say, as bits of [`says`].
    pub(super) says: u32,
    /// A line ends in it behind a number, without a mark: what its words are about is open.
    pub is_run_together: bool,
}

impl Sentence {
    /// Whether a clause of it lost the mark between two lines.
    #[must_use]
    pub fn is_run_together(&self) -> bool {
        self.clauses.iter().any(|clause| clause.is_run_together)
    }

    /// Whether just a full stop stands between it and another.
    pub(super) fn is_followed_by(&self, next: &Self) -> bool {
        self.paragraph == next.paragraph && next.range.start == self.range.end + FULL_STOP.needle().len()
    }

    /// It and the next as one, as if a comma stood between them.
    pub(super) fn joined_with(&self, next: &Self) -> Self {
        let mut joined = self.clone();
        joined.range.end = next.range.end;
        joined.quantities.end = next.quantities.end;
        let first = joined.clauses.len();
        joined.clauses.extend_from_slice(&next.clauses);
        joined.clauses[first..].iter_mut().take(1).for_each(|clause| clause.opened_by = Some('，'));
        joined
    }
}

impl Clause {
    /// A text without numbers, such as that of a bracket, as a clause of its own.
    pub(super) fn of_text(range: Range<usize>, depth: u8, marks: Marks<'_>) -> Self {
        let says = marks.said_in(range.clone());
        Self { range, opened_by: Some('（'), depth, notes: Vec::new(), quantities: 0..0, says, is_run_together: false }
    }

    /// Whether it holds a word that a number pattern needs.
    pub(super) fn has_trigger(&self) -> bool {
        self.says & says::TRIGGER != 0
    }

    /// Whether it can hold a claim in words.
    pub(super) fn has_denial(&self) -> bool {
        const BOTH: u32 = says::DENIAL | says::DENIED;
        self.says & BOTH == BOTH
    }
}

/// The sentences of a prose that are worth reading.
pub(super) fn split(prose: &Prose, lexed: &Lexed, marks: Marks<'_>, words: &ClaimWords) -> Vec<Sentence> {
    let mut sentences = Vec::with_capacity(STOPS);
    let (mut next, mut said) = (0, marks.cursor());
    let mut stops = Stops::of(&prose.text);
    let (lines, years) = ends_of_lines(prose, lexed, words);
    for (index, paragraph) in prose.paragraphs.iter().enumerate() {
        let mut start = paragraph.range.start;
        while start < paragraph.range.end {
            let (end, after) = sentence_end(&prose.text, start..paragraph.range.end, &mut stops, lexed);
            let year = years.get(years.partition_point(|year| *year <= start)).filter(|year| **year < end);
            let (end, after) = year.map_or((end, after), |year| (*year, *year));
            let range = start..end;
            start = after;
            let first = next;
            while lexed.quantities.get(next).is_some_and(|q| q.range.start < range.end) {
                next += 1;
            }
            let own = said.inside(&range);
            let is_bare_none = || paragraph.section == 4 && prose.text[range.clone()].chars().take(3).count() <= 2;
            let is_worth_reading = || own.said_in(&range) & says::WORTH_READING != 0;
            if first < next || is_worth_reading() || is_bare_none() {
                let mut clauses = clauses(&prose.text, range.clone(), &lexed.quantities, first..next);
                let mut said = own;
                for clause in &mut clauses {
                    clause.says = said.inside(&clause.range).said_in(&clause.range);
                    let next = lines.partition_point(|line| *line <= clause.range.start);
                    clause.is_run_together = lines.get(next).is_some_and(|line| *line < clause.range.end);
                }
                let section = paragraph.section;
                sentences.push(Sentence { range, paragraph: index, section, clauses, quantities: first..next });
            }
        }
    }
    sentences
}

/// 较上年减少2件⏎延期答复2件: where a line ends with a number and its unit and the next goes on without a mark, bytes of the
/// prose. It is an end of its own, or the line was broken between a number and its words. Behind them the lines that go
/// on with a year, 行政诉讼0件⏎2022年，我局…: these are sentences of their own.
fn ends_of_lines(prose: &Prose, lexed: &Lexed, words: &ClaimWords) -> (Vec<usize>, Vec<usize>) {
    let ends_with_a_number = |at: usize| {
        let number = lexed.quantities.partition_point(|q| q.whole.end < at);
        lexed.quantities.get(number).is_some_and(|q| q.whole.end == at && q.class != UnitClass::None)
    };
    let begins_with_a_word = |at: usize| {
        let rest = &prose.text[at..];
        let going_on = [&words.going_on, &words.list_openers, &words.comparisons, &words.of_all, &words.counted];
        let goes_on = || going_on.iter().any(|list| list.begin(rest));
        rest.starts_with(char::is_alphabetic) && !goes_on()
    };
    let begins_with_a_year = |at: usize| {
        let year = lexed.years.partition_point(|year| year.range.start < at);
        lexed.years.get(year).is_some_and(|year| year.range.start == at)
    };
    let ends: Vec<usize> = prose.joins.iter().copied().filter(|at| ends_with_a_number(*at)).collect();
    let beginning = |begins: &dyn Fn(usize) -> bool| ends.iter().copied().filter(|at| begins(*at)).collect();
    (beginning(&begins_with_a_word), beginning(&begins_with_a_year))
}

/// No sentence is longer than this (bytes): text without full stops is cut, so that work stays linear.
const LONGEST_SENTENCE: usize = 6000;

/// Where the first sentence of a part of a text ends, and where the next begins.
fn sentence_end(text: &str, part: Range<usize>, stops: &mut Stops, lexed: &Lexed) -> (usize, usize) {
    let mut limit = part.end.min(part.start + LONGEST_SENTENCE);
    while !text.is_char_boundary(limit) {
        limit -= 1;
    }
    if let Some(stop) = stops.from(part.start).filter(|stop| stop.start < limit) {
        return (stop.start, stop.end);
    }
    if limit == part.end {
        return (limit, limit);
    }
    let head = &text[part.start..limit];
    let comma = head.rfind(['，', ',', '；', ';']).map(|at| part.start + at);
    let cut = comma.map_or(limit, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    let cut = before_a_number(cut, lexed).filter(|start| *start > part.start).unwrap_or(cut);
    (cut, cut)
}

/// Where the number or the year begins that a place is inside of: 1,234件 has a comma of its own.
fn before_a_number(place: usize, lexed: &Lexed) -> Option<usize> {
    let inside = |range: &Range<usize>| (range.start < place && place < range.end).then_some(range.start);
    let number = lexed.quantities.partition_point(|q| q.whole.end <= place);
    let year = lexed.years.partition_point(|y| y.range.end <= place);
    let number = lexed.quantities.get(number).and_then(|q| inside(&q.whole));
    number.or_else(|| lexed.years.get(year).and_then(|y| inside(&y.range)))
}

/// About as many sentences as a report has.
const STOPS: usize = 64;

/// 收到5件. 办结5件, and 未收到申请. at the end of a paragraph: a point behind a number with its unit, or behind the last word.
fn is_full_stop(text: &str, at: usize) -> bool {
    let is_word = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    let mut before = text[..at].chars().rev();
    let (unit, digit) = (before.next(), before.next());
    let after = text[at + 1..].trim_start_matches(' ').chars().next();
    let is_last = after.is_none_or(|c| c == '\n');
    unit.is_some_and(is_word) && (is_last || digit.is_some_and(|c| c.is_ascii_digit()) && after.is_some_and(is_word))
}

static FULL_STOP: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("。"));

/// The marks that end sentences, in order.
struct Stops(Vec<Range<usize>>);

impl Stops {
    /// The marks of a text; the last comes first.
    fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut stops = Vec::with_capacity(STOPS);
        stops.extend(FULL_STOP.find_iter(bytes).map(|at| at..at + FULL_STOP.needle().len()));
        let usual = stops.len();
        for mark in ["！", "？"] {
            stops.extend(memchr::memmem::find_iter(bytes, mark).map(|at| at..at + mark.len()));
        }
        stops.extend(memchr::memchr2_iter(b'!', b'?', bytes).map(|at| at..at + 1));
        stops.extend(memchr::memchr_iter(b'.', bytes).filter(|at| is_full_stop(text, *at)).map(|at| at..at + 1));
        if stops.len() > usual {
            stops.sort_unstable_by_key(|stop| stop.start);
        }
        stops.reverse();
        Stops(stops)
    }

    /// The first at or after a place; places rise.
    fn from(&mut self, place: usize) -> Option<&Range<usize>> {
        while self.0.last().is_some_and(|stop| stop.start < place) {
            self.0.pop();
        }
        self.0.last()
    }
}

struct Splitter<'a> {
    text: &'a str,
    quantities: &'a [Quantity],
    clauses: Vec<Clause>,
    start: usize,
    opened_by: Option<char>,
    depth: u8,
    notes: Vec<Range<usize>>,
    /// The next quantity not yet given to a clause.
    next: usize,
}

/// About as many clauses as a sentence has.
const CLAUSES: usize = 8;

fn clauses(text: &str, sentence: Range<usize>, quantities: &[Quantity], own: Range<usize>) -> Vec<Clause> {
    let mut splitter = Splitter {
        text,
        quantities: &quantities[..own.end],
        clauses: Vec::with_capacity(CLAUSES),
        start: sentence.start,
        opened_by: None,
        depth: 0,
        notes: Vec::new(),
        next: own.start,
    };
    let mut at = sentence.start;
    while at < sentence.end {
        // Chinese characters, most of a text, are no marks.
        if (0xe4..=0xe9).contains(&text.as_bytes()[at]) {
            at += 3;
            continue;
        }
        let Some(c) = text[at..sentence.end].chars().next() else { break };
        at = splitter.step(at, c, sentence.end);
    }
    splitter.close(sentence.end, None);
    splitter.clauses
}

impl Splitter<'_> {
    fn step(&mut self, at: usize, c: char, end: usize) -> usize {
        let after = at + c.len_utf8();
        match c {
            '，' | ',' | '；' | ';' | '：' | ':' => {
                // A comma inside 1,234 belongs to the number.
                if self.is_inside_number(at) {
                    return after;
                }
                let mark = match c {
                    ',' => '，',
                    ';' => '；',
                    ':' => '：',
                    other => other,
                };
                self.close(at, Some(mark));
                self.start = after;
            }
            '（' | '(' | '〔' | '[' => {
                let close = matching(&self.text[after..end]).map(|n| after + n);
                let Some(close) = close else { return after };
                if !self.has_number(at..close) {
                    self.notes.push(at..close + closing_len(self.text, close));
                    return close + closing_len(self.text, close);
                }
                self.close(at, Some('（'));
                self.depth = self.depth.saturating_add(1);
                self.start = after;
            }
            '）' | ')' | '〕' | ']' if self.depth > 0 => {
                self.close(at, Some('）'));
                self.depth -= 1;
                self.start = after;
            }
            _ => {}
        }
        after
    }

    fn is_inside_number(&self, at: usize) -> bool {
        self.quantities[self.next.min(self.quantities.len())..]
            .iter()
            .take(4)
            .any(|q| q.range.start < at && at < q.range.end)
    }

    fn has_number(&self, range: Range<usize>) -> bool {
        self.quantities[self.next.min(self.quantities.len())..]
            .iter()
            .any(|q| q.range.start >= range.start && q.range.end <= range.end)
    }

    fn close(&mut self, end: usize, mark: Option<char>) {
        let first = self.next;
        while self.quantities.get(self.next).is_some_and(|q| q.range.start < end) {
            self.next += 1;
        }
        if end > self.start {
            self.clauses.push(Clause {
                range: self.start..end,
                opened_by: self.opened_by,
                depth: self.depth,
                notes: std::mem::take(&mut self.notes),
                quantities: first..self.next,
                says: 0,
                is_run_together: false,
            });
        }
        self.opened_by = mark.or(self.opened_by);
    }
}

fn closing_len(text: &str, at: usize) -> usize {
    text[at..].chars().next().map_or(0, char::len_utf8)
}

/// Where the bracket that was just opened closes.
fn matching(text: &str) -> Option<usize> {
    let mut depth = 1;
    for (i, c) in text.char_indices() {
        match c {
            '（' | '(' | '〔' | '[' => depth += 1,
            '）' | ')' | '〕' | ']' => {
                depth -= 1;
                if depth == 0 {
                    return Some(i);
                }
            }
            _ => {}
        }
    }
    None
}
