//! The report's own organ where the prose calls it by its name: 梁州市人民政府共受理申请21件.

use crate::claims::called::{AREAS, called};
use crate::claims::scope::rank;
use crate::claims::tokens::Token;
use crate::dictionary::{ClaimWords, Lexicon, symbol};
use crate::document::Organ;

/// Symbols of what may not follow a name that is whole.
#[derive(Debug)]
pub(super) struct NameSymbols {
    own: char,
    office: char,
    parts: [char; 8],
    /// What may stand before a word for the organ's kind: only time, and words that say nothing.
    before_kinds: [char; 4],
}

impl NameSymbols {
    pub(super) fn new(lexicon: &Lexicon) -> Self {
        let of = |name| lexicon.symbol_of(name);
        NameSymbols {
            own: of("own"),
            office: of("office"),
            before_kinds: [of("time_own"), of("fill"), symbol::YEAR_OWN, symbol::DATE],
            parts: [
                of("office"),
                of("own_level"),
                of("elsewhere"),
                of("wide"),
                of("reviewer"),
                of("each"),
                symbol::ORGAN,
                symbol::UNKNOWN,
            ],
        }
    }
}

/// The names by which a report may call its own organ, the longest first.
#[derive(Debug, Default)]
pub(super) struct OwnNames {
    /// As the title has it.
    name: String,
    called: Vec<String>,
    /// Those that only say what kind of organ it is: 管委会.
    kinds: Vec<String>,
    /// How these begin: most words begin no name.
    firsts: Vec<char>,
}

impl OwnNames {
    /// From the name in the title.
    pub(super) fn new(organ: &Organ, words: &ClaimWords) -> Self {
        let name = organ.name.as_str();
        let names = called(name, words);
        let mut firsts: Vec<char> = names.iter().filter_map(|name| name.chars().next()).collect();
        firsts.sort_unstable();
        firsts.dedup();
        let kinds = words.own_kinds.iter().filter(|kind| names.contains(kind)).cloned().collect();
        OwnNames { name: name.to_string(), called: names, kinds, firsts }
    }

    /// Makes one word of a name that stands whole: another organ's may begin with it (梁州市自然资源局).
    pub(super) fn join(&self, tokens: &mut Vec<Token>, text: &str, symbols: &NameSymbols) {
        let mut at = 0;
        while at < tokens.len() {
            let is_whole =
                |last: &usize| tokens.get(last + 1).is_some_and(|next| !symbols.parts.contains(&next.symbol));
            let named = || self.short(tokens, at, text).or_else(|| self.end(tokens, at, text).filter(is_whole));
            // 全市各开发区, 6个分局: of the kind, but others.
            let may_be = |last: &usize| {
                let word = &text[tokens[at].range.start..tokens[*last].range.end];
                let says_nothing = |t: &Token| t.number.is_none() && symbols.before_kinds.contains(&t.symbol);
                !self.kinds.iter().any(|kind| kind == word) || tokens[..at].iter().all(says_nothing)
            };
            // 各自然资源局, 下属自然资源局: not this one.
            if !is_led(tokens, at, symbols) {
                // 县政府办公室 is a word for offices already.
                let is_new = |last: &usize| *last > at || tokens[at].symbol != symbols.office;
                if let Some(last) = named().filter(may_be).filter(is_new) {
                    make_one(tokens, at, last, symbols);
                }
            } else if let Some((first, last)) = self.with_areas(tokens, at, text, symbols) {
                make_one(tokens, first, last, symbols);
                at = first;
            }
            at += 1;
        }
    }

    /// 临江市渠溪县教育局, in a report of 渠溪县教育局: the words of its name with the areas before it that it lies in.
    fn with_areas(&self, tokens: &[Token], at: usize, text: &str, symbols: &NameSymbols) -> Option<(usize, usize)> {
        let last = self.end(tokens, at, text)?;
        if tokens.get(last + 1).is_none_or(|next| symbols.parts.contains(&next.symbol)) {
            return None;
        }
        let start = tokens[at].range.start;
        let named = &text[start..tokens[last].range.end];
        let own = place_rank(&self.name).filter(|_| named == self.name || place_rank(named).is_some())?;
        let first = (0..at).rev().take_while(|i| is_led(tokens, i + 1, symbols)).last()?;
        is_path_to(&text[tokens[first].range.start..start], own).then_some((first, last))
    }

    /// The last word of what is short for the name: 省|机关|事务局.
    fn short(&self, tokens: &[Token], at: usize, text: &str) -> Option<usize> {
        /// Words that a short name may be cut into.
        const WORDS: usize = 4;
        let is_one = |last: &usize| {
            let parts = &tokens[at..=*last];
            parts[parts.len() - 1].symbol == symbol::ORGAN
                && parts.windows(2).all(|two| two[0].range.end == two[1].range.start && two[0].number.is_none())
                && is_short_for(&text[tokens[at].range.start..tokens[*last].range.end], &self.name)
        };
        (at..tokens.len().min(at + WORDS)).find(is_one)
    }

    /// The last word of a name that begins with a word.
    fn end(&self, tokens: &[Token], at: usize, text: &str) -> Option<usize> {
        if tokens[at].number.is_some() {
            return None;
        }
        let start = tokens[at].range.start;
        text[start..].chars().next().filter(|first| self.firsts.contains(first))?;
        let rest = &text[start..tokens[tokens.len() - 1].range.end];
        let name = self.called.iter().find(|name| rest.starts_with(name.as_str()))?;
        tokens[at..].iter().position(|t| t.range.end == start + name.len()).map(|n| at + n)
    }
}

/// Whether a word stands right behind another.
fn is_adjacent(tokens: &[Token], at: usize) -> bool {
    at > 0 && tokens[at - 1].range.end == tokens[at].range.start
}

/// Whether a word stands right behind one that makes it another's name.
fn is_led(tokens: &[Token], at: usize, symbols: &NameSymbols) -> bool {
    is_adjacent(tokens, at) && symbols.parts.contains(&tokens[at - 1].symbol)
}

fn make_one(tokens: &mut Vec<Token>, at: usize, last: usize, symbols: &NameSymbols) {
    tokens[at].range.end = tokens[last].range.end;
    tokens[at].symbol = symbols.own;
    tokens.drain(at + 1..=last);
}

/// The level of the place that a name begins with: 渠溪县教育局. 县教育局 names none.
fn place_rank(name: &str) -> Option<u8> {
    let is_end = |c: char| AREAS.contains(&c) || matches!(c, '乡' | '道');
    let (at, end) = name.char_indices().skip(1).find(|(_, c)| is_end(*c))?;
    rank(&name[..at + end.len_utf8()])
}

/// Whether a text names areas, each of the one before, that hold one of a level: 北京市东城区人民政府 before 东华门街道.
fn is_path_to(text: &str, own: u8) -> bool {
    let (mut rest, mut above) = (text, u8::MAX);
    while !rest.is_empty() {
        let end = rest.char_indices().skip(1).find(|(_, c)| AREAS.contains(c)).map(|(at, c)| at + c.len_utf8());
        let Some(level) = end.and_then(|end| rank(&rest[..end])).filter(|level| (own + 1..above).contains(level))
        else {
            return false;
        };
        rest = &rest[end.unwrap_or_default()..];
        rest = rest.strip_prefix("人民政府").unwrap_or(rest);
        above = level;
    }
    above < u8::MAX
}

/// Whether a word is short for a name: 区医保局 for 安南区医疗保障局, 住建委 for 住房和城市建设委员会. The area before it, where
/// there is one, must be the one that stands before it in the name: 市医保局 is the one above.
pub(super) fn is_short_for(word: &str, name: &str) -> bool {
    /// Of fewer characters (医保局) nothing is told.
    const CHARACTERS: usize = 3;
    // 市公安局 of 临江市公安局安南区分局 is the one above.
    const BRANCH: &str = "分局";
    if name.ends_with(BRANCH) && !word.ends_with(BRANCH) {
        return false;
    }
    let area = word.chars().next().filter(|c| AREAS.contains(c));
    let bare = area.map_or(word, |c| &word[c.len_utf8()..]);
    if matches!(bare, "局" | "厅" | "委") {
        // 省厅: the one of the area that the name has last.
        let last = name.char_indices().rev().find(|(at, c)| AREAS.contains(c) && !name[..*at].ends_with('城'));
        return area.is_some() && area == last.map(|(_, c)| c) && (name.ends_with(bare) || name.ends_with("委员会"));
    }
    if bare.chars().count() < CHARACTERS {
        return false;
    }
    let is_short = |rest: &str| {
        let (first, end) = (bare.chars().next(), bare.chars().next_back());
        let is_framed = first == rest.chars().next()
            && (end == rest.chars().next_back() || rest.ends_with("委员会") && end == Some('委'));
        let mut left = rest.chars();
        is_framed && bare.chars().all(|c| left.any(|own| own == c))
    };
    // What the name has after an area: after any, as 城市 has the character too.
    let mut after_areas =
        name.char_indices().filter(|(_, c)| AREAS.contains(c)).map(|(at, c)| (c, &name[at + c.len_utf8()..]));
    let is_own = |c: char, rest: &str| area.is_none_or(|own| own == c || rest.contains(own));
    area.is_none() && is_short(name) || after_areas.any(|(c, rest)| is_own(c, rest) && is_short(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_before_a_name() {
        for (text, own, is_path) in [
            ("临江市", 2, true),
            ("北京市东城区人民政府", 1, true),
            ("安东省临江市", 2, true),
            ("临江市", 3, false),
            ("渠溪县临江市", 1, false),
            ("下属", 1, false),
            ("", 1, false),
        ] {
            assert_eq!(is_path_to(text, own), is_path, "{text}");
        }
    }

    #[test]
    fn short_names() {
        for (word, name, is_short) in [
            ("区医保局", "临江市安南区医疗保障局", true),
            ("医保局", "安南区医疗保障局", true),
            ("应急局", "安南区应急管理局", true),
            ("住建委", "临江市住房和城市建设委员会", true),
            ("文旅局", "临江市文化和旅游局", true),
            ("市医保局", "临江市安南区医疗保障局", false),
            ("区公安分局", "临江市公安局安南区分局", true),
            ("省机关事务局", "安东省机关事务管理局", true),
            ("区教育局", "安南区医疗保障局", false),
            ("市局", "临江市公安局", true),
            ("市局", "临江市安南区公安局", false),
            ("省厅", "安东省交通运输厅", true),
            ("公安局", "临江市交通运输局", false),
            ("市公安局", "临江市公安局安南区分局", false),
        ] {
            assert_eq!(is_short_for(word, name), is_short, "{word} for {name}");
        }
    }
}
