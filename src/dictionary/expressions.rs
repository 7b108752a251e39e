//! Regular expressions over the symbols of words, searched together.
//!
//! An expression matches nothing that lacks a symbol which it needs. Each is filed under the symbols of which it
//! needs one, so that a row of words is tried against a few expressions of hundreds; and an expression is compiled
//! when it is first tried. A set that follows all expressions at once is slower on words that it has not seen.

use std::ops::Range;
use std::sync::OnceLock;

use regex::Regex;
use regex_syntax::hir::{Class, Hir, HirKind};

use super::lexicon::symbol;

/// Expressions, each with its owner's number.
#[derive(Debug, Default)]
pub(super) struct Expressions {
    list: Vec<Expression>,
    /// For each place in [`Symbols`], the expressions that are tried if a symbol of that place is there.
    by_place: Vec<Vec<u32>>,
    /// Those that need no symbol.
    always: Vec<u32>,
}

#[derive(Debug)]
struct Expression {
    owner: usize,
    source: String,
    compiled: OnceLock<Option<Regex>>,
    /// One symbol of each of these is in all that it matches.
    needs: Vec<Symbols>,
}

impl Expressions {
    /// Adds an expression.
    ///
    /// # Errors
    /// It is none.
    pub(super) fn add(&mut self, owner: usize, source: String) -> Result<(), Box<regex_syntax::Error>> {
        let needs = needs(&regex_syntax::parse(&source)?);
        let index = self.list.len() as u32;
        self.by_place.resize(Symbols::PLACES, Vec::new());
        match needs.iter().min_by_key(|symbols| symbols.count()) {
            Some(fewest) => fewest.places().for_each(|place| self.by_place[place].push(index)),
            None => self.always.push(index),
        }
        self.list.push(Expression { owner, source, compiled: OnceLock::new(), needs });
        Ok(())
    }

    /// The owners of the expressions that match a row of symbols, in the order in which they were added, and what
    /// each first matches, in bytes.
    pub(super) fn matches<'s>(&'s self, row: &'s str) -> impl Iterator<Item = (usize, Range<usize>)> + use<'s> {
        let there = row.chars().collect::<Symbols>();
        let filed = there.places().flat_map(|place| self.by_place.get(place).map_or(&[][..], Vec::as_slice));
        let is_possible = move |i: &u32| self.list[*i as usize].needs.iter().all(|need| need.meets(&there));
        let mut candidates: Vec<u32> = self.always.iter().chain(filed).copied().filter(is_possible).collect();
        candidates.sort_unstable();
        candidates.dedup();
        candidates.into_iter().filter_map(move |i| {
            let expression = &self.list[i as usize];
            Some((expression.owner, expression.regex()?.find(row)?.range()))
        })
    }
}

#[cfg(test)]
impl Expressions {
    /// The expressions that do not compile.
    pub(super) fn broken(&self) -> Vec<&str> {
        self.list.iter().filter(|e| e.regex().is_none()).map(|e| e.source.as_str()).collect()
    }
}

impl Expression {
    /// It was parsed when it was added; that it compiles for those of ours is tested.
    fn regex(&self) -> Option<&Regex> {
        self.compiled.get_or_init(|| Regex::new(&self.source).ok()).as_ref()
    }
}

/// A set of symbols. Two of them may share a place: what the set seems to hold it may not, what it lacks it lacks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Symbols([u64; 4]);

impl Symbols {
    const PLACES: usize = 256;

    /// The symbols of classes count up from their first, the special ones down from the last place.
    fn place(symbol: char) -> usize {
        let code = symbol as usize;
        let last = Self::PLACES - 1;
        if symbol >= symbol::SELF { last - code % Self::PLACES } else { code % Self::PLACES }
    }

    fn insert(&mut self, symbol: char) {
        let place = Symbols::place(symbol);
        self.0[place / 64] |= 1 << (place % 64);
    }

    fn union(self, other: Symbols) -> Symbols {
        Symbols(std::array::from_fn(|i| self.0[i] | other.0[i]))
    }

    fn meets(&self, other: &Symbols) -> bool {
        (0..4).any(|i| self.0[i] & other.0[i] != 0)
    }

    fn count(&self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum()
    }

    fn places(self) -> impl Iterator<Item = usize> {
        (0..4).flat_map(move |word| {
            let mut left = self.0[word];
            std::iter::from_fn(move || {
                let place = (left != 0).then(|| word * 64 + left.trailing_zeros() as usize);
                left &= left.wrapping_sub(1);
                place
            })
        })
    }
}

impl FromIterator<char> for Symbols {
    fn from_iter<T: IntoIterator<Item = char>>(symbols: T) -> Self {
        let mut set = Symbols::default();
        symbols.into_iter().for_each(|symbol| set.insert(symbol));
        set
    }
}

/// Sets of symbols of which all that an expression matches holds one each. The number that is read is in every row
/// and says nothing.
fn needs(expression: &Hir) -> Vec<Symbols> {
    match expression.kind() {
        HirKind::Literal(literal) => {
            let text = std::str::from_utf8(&literal.0).unwrap_or_default();
            text.chars().filter(|c| *c != symbol::SELF).map(|c| Symbols::from_iter([c])).collect()
        }
        HirKind::Class(Class::Unicode(class)) => {
            let size: usize = class.iter().map(|range| range.len()).sum();
            let symbols = || class.iter().flat_map(|range| range.start()..=range.end());
            if size > Symbols::PLACES || symbols().any(|c| c == symbol::SELF) {
                return Vec::new();
            }
            vec![symbols().collect()]
        }
        HirKind::Repetition(repetition) if repetition.min > 0 => needs(&repetition.sub),
        HirKind::Capture(capture) => needs(&capture.sub),
        HirKind::Concat(parts) => parts.iter().flat_map(needs).collect(),
        HirKind::Alternation(ways) => {
            // Of each way the need that tells most; a way without needs leaves none.
            let fewest = ways.iter().map(|way| needs(way).into_iter().min_by_key(Symbols::count));
            fewest.reduce(|all, way| Some(all?.union(way?))).flatten().into_iter().collect()
        }
        HirKind::Empty | HirKind::Look(_) | HirKind::Class(Class::Bytes(_)) | HirKind::Repetition(_) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(sources: &[&str], row: &str) -> Vec<(usize, Range<usize>)> {
        let mut expressions = Expressions::default();
        for (owner, source) in sources.iter().enumerate() {
            expressions.add(owner, (*source).to_string()).unwrap();
        }
        expressions.matches(row).collect()
    }

    #[test]
    fn the_same_is_found_as_one_by_one() {
        let sources = ["ab", "a|b", "(?:ab)+c?", "a{0,2}d", "[abc]e", ".f", "(?:a|b*)g", "\\Ah", "", "é\u{f000}"];
        for row in ["ab", "abab", "xd", "ce", "éf", "g", "xh", "ha", "é\u{f000}é", "", "ae\u{f001}b"] {
            let expected: Vec<_> = (sources.iter().enumerate())
                .filter_map(|(i, source)| Some((i, Regex::new(source).unwrap().find(row)?.range())))
                .collect();
            assert_eq!(found(&sources, row), expected, "{row}");
        }
    }

    #[test]
    fn what_is_needed_is_what_every_way_has() {
        let of = |source: &str| needs(&regex_syntax::parse(source).unwrap());
        let set = |symbols: &str| symbols.chars().collect::<Symbols>();
        assert_eq!(of("ab?c*d+"), [set("a"), set("d")]);
        assert_eq!(of("(?:xa|bx)\u{f000}"), [set("xb")]);
        assert_eq!(of("(?:a|b?)c"), [set("c")]);
        assert!(of(".*").is_empty());
    }
}
