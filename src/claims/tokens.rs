//! Clauses to tokens: one symbol for every word, number, year and bracket.

use std::cell::RefCell;
use std::ops::Range;

use super::clauses::Clause;
use super::grammar::Symbols;
use super::memo::Memo;
use super::names::{NameSymbols, OwnNames};
use super::segment::Segmenter;
use crate::dictionary::{ClaimWords, Lexicon, symbol};
use crate::quantities::{Lexed, YearMention};

/// One word of a clause. Ranges are bytes of the prose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Its class as a symbol.
    pub symbol: char,
    /// Where it stands.
    pub range: Range<usize>,
    /// The quantity, for a number.
    pub number: Option<usize>,
}

/// 区|医保局: the kind of area before the name of an organ that ends a list of words is a part of it.
fn join_area(words: &mut Vec<Word>, text: &str) {
    let [.., area, name] = words.as_slice() else { return };
    let is_area =
        matches!(&text[area.start as usize..area.end as usize], "省" | "市" | "县" | "区" | "旗" | "州" | "盟");
    if is_area && area.end == name.start {
        let start = area.start;
        words.remove(words.len() - 2);
        if let Some(name) = words.last_mut() {
            name.start = start;
        }
    }
}

/// Symbols of the words for anyone who may apply.
#[derive(Debug, Clone, Copy)]
pub(super) struct Persons {
    person: char,
    organisation: char,
    other: char,
    and: char,
}

impl Persons {
    pub(super) fn new(lexicon: &Lexicon) -> Self {
        let of = |name| lexicon.symbol_of(name);
        Persons {
            person: of("person"),
            organisation: of("organisation"),
            other: of("other_organisation"),
            and: of("and"),
        }
    }
}

/// A word of a piece of text: its class as a symbol, and where it stands in the piece.
#[derive(Debug)]
struct Word {
    symbol: char,
    start: u32,
    end: u32,
}

thread_local! {
    static WORDS: RefCell<Memo<Word>> = const { Memo::new() };
}

/// No row of table three is called longer in a bracket (bytes).
const LONGEST_ROW: usize = 90;
/// No group of outcomes has a longer name (characters).
const LONGEST_GROUP: usize = 6;

/// A word is seldom shorter.
const BYTES_OF_WORD: usize = 6;

/// What tokenising needs.
pub(super) struct Tokenizer<'a> {
    /// The grammar's number, for what is remembered.
    pub(super) grammar: u32,
    pub(super) text: &'a str,
    pub(super) lexicon: &'a Lexicon,
    pub(super) words: &'a ClaimWords,
    pub(super) segmenter: &'a Segmenter,
    pub(super) persons: Persons,
    pub(super) symbols: &'a Symbols,
    pub(super) lexed: &'a Lexed,
    pub(super) year: Option<i16>,
    /// What the report calls its own organ.
    pub(super) names: OwnNames,
    pub(super) name_symbols: &'a NameSymbols,
}

impl Tokenizer<'_> {
    /// The class of a text that is one word.
    pub(super) fn word(&self, text: &str) -> Option<char> {
        self.lexicon.class(text).map(|class| class.symbol())
    }

    /// The classes of the words of a text without numbers.
    pub(super) fn classes(&self, text: &str) -> Vec<char> {
        self.cut(text).into_iter().map(|word| word.symbol).collect()
    }

    /// The tokens of a clause.
    pub(super) fn clause(&self, clause: &Clause) -> Vec<Token> {
        let mut tokens = Vec::with_capacity(16);
        let mut at = clause.range.start;
        for (range, symbol, number) in self.fixed(clause) {
            if range.start > at {
                self.words(at..range.start, &mut tokens);
            }
            at = range.end.max(at);
            tokens.push(Token { symbol, range, number });
        }
        if at < clause.range.end {
            self.words(at..clause.range.end, &mut tokens);
        }
        self.names.join(&mut tokens, self.text, self.name_symbols);
        self.join_persons(tokens)
    }

    /// 公民、法人或者其他组织 is anyone, not a list of applicants.
    fn join_persons(&self, tokens: Vec<Token>) -> Vec<Token> {
        let Persons { person, organisation, other, and } = self.persons;
        if !tokens.iter().any(|t| t.symbol == person) {
            return tokens;
        }
        let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
        for token in tokens {
            let joins = matches!(out.as_slice(), [.., a, b] if a.symbol == person && (b.symbol == symbol::SEPARATOR || b.symbol == and));
            if joins && [organisation, other, person].contains(&token.symbol) {
                out.pop();
                if let Some(last) = out.last_mut() {
                    last.range.end = token.range.end;
                }
            } else {
                out.push(token);
            }
        }
        out
    }

    /// What is not cut: numbers, years, brackets without numbers, titles; in order, without overlap.
    fn fixed(&self, clause: &Clause) -> Vec<(Range<usize>, char, Option<usize>)> {
        let quantities =
            clause.quantities.clone().map(|i| (self.lexed.quantities[i].whole.clone(), symbol::NUMBER, Some(i)));
        let first_year = self.lexed.years.partition_point(|y| y.range.start < clause.range.start);
        let years = self.lexed.years[first_year..].iter().take_while(|y| y.range.start < clause.range.end);
        let years = years.map(|y| (y.range.clone(), self.year_symbol(y), None));
        let notes = clause.notes.iter().map(|n| {
            let is_partly = self.text[n.clone()].contains("部分公开") && self.text[n.clone()].contains(['含', '括']);
            let symbol =
                if is_partly { symbol::INCLUDING_PARTLY } else { self.row_in(n, clause).unwrap_or(symbol::PAREN) };
            (n.clone(), symbol, None)
        });
        let first_skipped = self.lexed.skipped.partition_point(|r| r.start < clause.range.start);
        let dates = self.lexed.skipped[first_skipped..].iter().take_while(|r| r.start < clause.range.end);
        let dates = dates.map(|r| (r.start..self.date_end(r.end), symbol::DATE, None));
        let first_denied = self.lexed.denied.partition_point(|r| r.start < clause.range.start);
        let ones = self.lexed.denied[first_denied..].iter().take_while(|r| r.start < clause.range.end);
        let ones = ones.map(|r| (r.clone(), self.symbols.fill, None));
        let mut fixed = Vec::with_capacity(8);
        fixed.extend(quantities);
        fixed.extend(ones);
        fixed.extend(years.chain(notes));
        fixed.extend(self.titles(clause));
        fixed.extend(dates);
        fixed.sort_by_key(|(range, ..)| range.start);
        let mut end = clause.range.start;
        fixed.retain(|(range, ..)| {
            let fits = range.start >= end && range.end <= clause.range.end;
            if fits {
                end = range.end;
            }
            fits
        });
        fixed
    }

    /// 不予处理（重复申请）1件: the row of the table that a bracket names behind the group, where its number follows.
    fn row_in(&self, note: &Range<usize>, clause: &Clause) -> Option<char> {
        let inner = self.text[note.clone()].trim_matches(['（', '）', '(', ')']);
        if inner.len() > LONGEST_ROW
            || !clause.quantities.clone().any(|i| self.lexed.quantities[i].whole.start == note.end)
            || self.words.inclusions.stand_in(inner)
            || !self.ends_with_a_group(clause.range.start..note.start)
        {
            return None;
        }
        let classes = self.classes(inner);
        let is_row = |symbol: &&char| self.symbols.reasons.contains(symbol) && !self.symbols.is_group(**symbol);
        let is_idle = |symbol: &&char| **symbol == self.symbols.fill || self.symbols.applications.contains(symbol);
        let (rows, others): (Vec<&char>, Vec<&char>) = classes.iter().partition(is_row);
        match rows.as_slice() {
            [row, more @ ..] if more.iter().all(|other| other == row) && others.iter().all(is_idle) => Some(**row),
            _ => None,
        }
    }

    /// Whether a text ends with the name of a group of outcomes: 不予公开, 无法提供, 不予处理, 其他处理.
    fn ends_with_a_group(&self, range: Range<usize>) -> bool {
        let text = &self.text[range];
        let mut ends = text.char_indices().rev().take(LONGEST_GROUP).map(|(at, _)| &text[at..]);
        ends.any(|end| self.word(end).is_some_and(|symbol| self.symbols.is_group(symbol)))
    }

    /// One past the 月, 日 or 号 after a number of a date.
    fn date_end(&self, end: usize) -> usize {
        let mark = self.text[end..].chars().next().filter(|c| matches!(c, '月' | '日' | '号'));
        end + mark.map_or(0, char::len_utf8)
    }

    fn titles(&self, clause: &Clause) -> Vec<(Range<usize>, char, Option<usize>)> {
        let text = &self.text[clause.range.clone()];
        let mut titles = Vec::new();
        for (open, _) in text.match_indices('《') {
            if let Some(close) = text[open..].find('》') {
                let start = clause.range.start + open;
                titles.push((start..start + close + '》'.len_utf8(), symbol::TITLE, None));
            }
        }
        titles
    }

    fn year_symbol(&self, mention: &YearMention) -> char {
        match self.year.map(|own| mention.year - own) {
            Some(0) => symbol::YEAR_OWN,
            Some(-1) => symbol::YEAR_LAST,
            Some(1) => symbol::YEAR_NEXT,
            _ => symbol::YEAR_OTHER,
        }
    }

    /// Appends the words of a piece of text without numbers.
    fn words(&self, range: Range<usize>, tokens: &mut Vec<Token>) {
        let text = &self.text[range.clone()];
        let words = WORDS.with(|memo| Memo::get(memo, self.grammar, text, || self.cut(text)));
        tokens.extend(words.iter().map(|word| {
            let range = range.start + word.start as usize..range.start + word.end as usize;
            Token { symbol: word.symbol, range, number: None }
        }));
    }

    /// The words of a piece of text without numbers.
    fn cut(&self, text: &str) -> Vec<Word> {
        let mut words: Vec<Word> = Vec::with_capacity(text.len() / BYTES_OF_WORD + 1);
        self.segmenter.cut(self.lexicon, text, |found| {
            let piece = &text[found.clone()];
            let (start, end) = (found.start as u32, found.end as u32);
            let follows_name = || {
                matches!(words.last(), Some(w) if w.end == start
                    && w.symbol == symbol::UNKNOWN
                    && !self.words.no_organs.has(&text[w.start as usize..w.end as usize]))
            };
            match self.symbol(piece) {
                // 住建|局: a name that the segmenter cut.
                Some(symbol::UNKNOWN) if self.words.organ_ends.has(piece) && follows_name() => {
                    if let Some(name) = words.last_mut() {
                        name.symbol = symbol::ORGAN;
                        name.end = end;
                    }
                    join_area(&mut words, text);
                }
                Some(symbol) => {
                    words.push(Word { symbol, start, end });
                    if symbol == symbol::ORGAN {
                        join_area(&mut words, text);
                    }
                }
                None => {}
            }
        });
        self.join_marked(&mut words, text);
        words
    }

    /// Makes words that hold a 、 one: 法律、行政法规禁止公开.
    fn join_marked(&self, words: &mut Vec<Word>, text: &str) {
        let mut at = 0;
        while let Some(mark) = words[at..].iter().position(|w| w.symbol == symbol::SEPARATOR).map(|n| at + n) {
            at = mark + 1;
            let place = |of: &Range<usize>| {
                let first = words.iter().position(|w| w.start as usize == of.start)?;
                let last = words.iter().position(|w| w.end as usize == of.end)?;
                Some(first..last + 1)
            };
            let found = self.lexicon.around_mark(text, words[mark].start as usize, |range| place(range).is_some());
            let Some((class, joined)) = found.and_then(|(class, range)| Some((class, place(&range)?))) else {
                continue;
            };
            let word =
                Word { symbol: class.symbol(), start: words[joined.start].start, end: words[joined.end - 1].end };
            at = joined.start + 1;
            words.splice(joined, [word]);
        }
    }

    fn symbol(&self, word: &str) -> Option<char> {
        if let Some(class) = self.lexicon.class(word) {
            return Some(class.symbol());
        }
        match word {
            "、" | "/" => return Some(symbol::SEPARATOR),
            "“" | "”" | "\"" | "‘" | "’" | " " | "\n" | "·" | "*" => return None,
            _ => {}
        }
        let is_organ =
            self.words.organ_ends.end(word) && word.chars().nth(1).is_some() && !self.words.no_organs.has(word);
        Some(if is_organ { symbol::ORGAN } else { symbol::UNKNOWN })
    }
}
