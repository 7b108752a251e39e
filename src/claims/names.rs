//! The report's own organ where the prose calls it by its name: 灵宝市人民政府共受理申请21件.

use crate::claims::tokens::Token;
use crate::dictionary::{Lexicon, symbol};
use crate::document::Organ;

/// Shorter names (characters) are words of other meanings too.
const SHORTEST: usize = 3;
/// What the names of governments may end with or go without.
const SEATS: [&str; 4] = ["人民政府", "街道办事处", "办事处", "行政公署"];
/// What the names of areas end with.
const AREAS: [char; 8] = ['省', '市', '县', '区', '旗', '州', '盟', '镇'];

/// Symbols of what may not follow a name that is whole.
#[derive(Debug)]
pub(super) struct NameSymbols {
    own: char,
    parts: [char; 5],
}

impl NameSymbols {
    pub(super) fn new(lexicon: &Lexicon) -> Self {
        let of = |name| lexicon.symbol_of(name);
        NameSymbols {
            own: of("own"),
            parts: [of("office"), of("elsewhere"), of("wide"), symbol::ORGAN, symbol::UNKNOWN],
        }
    }
}

/// The names by which a report may call its own organ, the longest first.
#[derive(Debug, Default)]
pub(super) struct OwnNames(Vec<String>);

impl OwnNames {
    /// From the name in the title: as it is, without the areas before it, with and without 人民政府 or 办事处.
    pub(super) fn new(organ: &Organ) -> Self {
        let name = organ.name.as_str();
        let mut names: Vec<String> = Vec::new();
        // 义乌市廿三里街道办事处: also 廿三里街道办事处, and 市自然资源局 of 海门市自然资源局.
        for (at, c) in name.char_indices() {
            if at == 0 {
                names.push(name.to_string());
            } else if AREAS.contains(&c) {
                names.extend([name[at..].to_string(), name[at + c.len_utf8()..].to_string()]);
            }
        }
        // 县 of 澜浦县: 县政府 may be the government itself, without its departments.
        names.retain(|name| name.chars().nth(1).is_some());
        let seats: Vec<String> = names.iter().flat_map(|name| with_seats(name)).collect();
        names.extend(seats);
        names.retain(|name| name.chars().count() >= SHORTEST && !SEATS.contains(&name.as_str()));
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        names.dedup();
        OwnNames(names)
    }

    /// Makes one word of a name that stands whole: another organ's may begin with it (灵宝市自然资源局).
    pub(super) fn join(&self, tokens: &mut Vec<Token>, text: &str, symbols: &NameSymbols) {
        let mut at = 0;
        while at < tokens.len() {
            // 各自然资源局, 下属自然资源局: not this one.
            let is_led = at > 0
                && tokens[at - 1].range.end == tokens[at].range.start
                && symbols.parts.contains(&tokens[at - 1].symbol);
            if !is_led
                && tokens[at].number.is_none()
                && let Some(last) = self.end(tokens, at, text)
                && tokens.get(last + 1).is_some_and(|next| !symbols.parts.contains(&next.symbol))
            {
                tokens[at].range.end = tokens[last].range.end;
                tokens[at].symbol = symbols.own;
                tokens.drain(at + 1..=last);
            }
            at += 1;
        }
    }

    /// The last word of a name that begins with a word.
    fn end(&self, tokens: &[Token], at: usize, text: &str) -> Option<usize> {
        let start = tokens[at].range.start;
        let rest = &text[start..tokens[tokens.len() - 1].range.end];
        let name = self.0.iter().find(|name| rest.starts_with(name.as_str()))?;
        tokens[at..].iter().position(|t| t.range.end == start + name.len()).map(|n| at + n)
    }
}

/// A name with and without what governments are called: 龙山镇人民政府 and 龙山镇, 新城街道 and 新城街道办事处.
fn with_seats(name: &str) -> Vec<String> {
    if let Some(bare) = SEATS.iter().find_map(|seat| name.strip_suffix(seat)) {
        // 新城街道办事处 less 街道办事处 is no name.
        return if name.ends_with("街道办事处") { vec![format!("{bare}街道")] } else { vec![bare.to_string()] };
    }
    match name {
        name if name.ends_with("街道") => vec![format!("{name}办事处")],
        name if name.ends_with(AREAS) || name.ends_with('乡') => {
            vec![format!("{name}人民政府"), format!("{name}政府")]
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(title: &str) -> Vec<String> {
        OwnNames::new(&Organ::new(title)).0
    }

    #[test]
    fn names_with_and_without_areas_and_seats() {
        for (title, called) in [
            ("梁州市清溪街道办事处", &["清溪街道办事处", "清溪街道", "梁州市清溪街道"][..]),
            ("龙湾镇人民政府", &["龙湾镇人民政府", "龙湾镇"]),
            ("梁州市", &["梁州市", "梁州市人民政府"]),
            ("梁州市自然资源局", &["梁州市自然资源局", "市自然资源局", "自然资源局"]),
            ("梁州市清溪街道", &["清溪街道", "清溪街道办事处"]),
        ] {
            let names = names(title);
            for name in called {
                assert!(names.iter().any(|n| n == name), "{name} of {title}: {names:?}");
            }
            assert!(!names.iter().any(|n| n == "人民政府" || n == "办事处" || n == "街道"), "{names:?}");
        }
    }
}
