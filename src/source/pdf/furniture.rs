//! What stands on every page and belongs to none: page numbers, running heads and feet.
//!
//! They are taken out before paragraphs are joined, so that a sentence over a page break has no page number in it. A
//! running head or foot is kept once, behind the text; page numbers are dropped.

use std::collections::BTreeMap;

use super::page::{Item, Page};

/// Heads and feet stand in this part of the page's height, from either end.
const EDGE: f64 = 0.14;
/// So many lines may stand above or below the text.
const MOST_LINES: usize = 3;
/// Two lines of different pages are in one place if they are not further apart.
const SAME_PLACE: f64 = 6.0;

/// Takes them out of the pages; gives what was repeated, once each.
pub(super) fn take_out(pages: &mut [Page]) -> Vec<String> {
    let mut kept = Vec::new();
    for is_top in [true, false] {
        for _ in 0..MOST_LINES {
            let outermost: Vec<Option<Edge>> =
                pages.iter().enumerate().map(|(number, page)| edge(page, number, is_top)).collect();
            let taken = chosen(&outermost, pages.len());
            if taken.iter().all(|t| !t) {
                break;
            }
            for ((page, edge), _) in pages.iter_mut().zip(outermost).zip(taken).filter(|(_, taken)| *taken) {
                page.items.remove(if is_top { 0 } else { page.items.len() - 1 });
                let Some(edge) = edge else { continue };
                if edge.number.is_none() && !kept.iter().any(|k: &Edge| k.pattern == edge.pattern) {
                    kept.push(edge);
                }
            }
        }
    }
    kept.into_iter().map(|edge| edge.text).collect()
}

/// The first or last line of a page.
struct Edge {
    text: String,
    /// The text with every number as `#`, without white space.
    pattern: String,
    /// Where it stands, in tens of points from the end of the page.
    place: f64,
    number: Option<PageNumber>,
    page: usize,
}

/// A line that could be a page number.
#[derive(Clone, Copy, PartialEq, Eq)]
enum PageNumber {
    /// With dashes or words around it: nothing else looks so.
    Marked,
    /// Digits alone.
    Bare(u32),
}

fn edge(page: &Page, number: usize, is_top: bool) -> Option<Edge> {
    let item = if is_top { page.items.first() } else { page.items.last() }?;
    let Item::Line(line) = item else { return None };
    let place = if is_top { line.frame.bottom } else { page.height - line.frame.top };
    if place > EDGE * page.height {
        return None;
    }
    let pattern = pattern(&line.text);
    Some(Edge { number: page_number(&line.text, &pattern), text: line.text.clone(), pattern, place, page: number })
}

/// Which of the outermost lines are no part of the text.
fn chosen(edges: &[Option<Edge>], pages: usize) -> Vec<bool> {
    let mut offsets: BTreeMap<i64, usize> = BTreeMap::new();
    for edge in edges.iter().flatten() {
        if let Some(PageNumber::Bare(n)) = edge.number {
            *offsets.entry(i64::from(n) - edge.page as i64).or_default() += 1;
        }
    }
    let is_repeated = |edge: &Edge| {
        let same = edges.iter().flatten().filter(|other| {
            other.pattern == edge.pattern && (other.place - edge.place).abs() < SAME_PLACE && other.page != edge.page
        });
        // A line that stands on two pages of a long report may be chance; on a third of them it is not.
        (same.count() + 1) * 3 >= pages.max(6)
    };
    let is_taken = |edge: &Edge| match edge.number {
        Some(PageNumber::Marked) => true,
        Some(PageNumber::Bare(n)) => {
            let offset = i64::from(n) - edge.page as i64;
            offset == 1 || offsets.get(&offset).is_some_and(|count| *count > 1)
        }
        None => is_repeated(edge),
    };
    edges.iter().map(|edge| edge.as_ref().is_some_and(&is_taken)).collect()
}

fn pattern(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        if !is_digit(c) {
            out.push(c);
        } else if !out.ends_with('#') {
            out.push('#');
        }
    }
    out
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

fn page_number(text: &str, pattern: &str) -> Option<PageNumber> {
    if text.chars().filter(|c| is_digit(*c)).count() > 8 {
        return None;
    }
    if pattern == "#" {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        return digits.parse().ok().map(PageNumber::Bare);
    }
    let bare: String = pattern.chars().filter(|c| !"-—–－─―~～·•.|｜[]【】〔〕()（）".contains(*c)).collect();
    const FORMS: [&str; 10] = [
        "#",
        "第#页",
        "#页",
        "第#页共#页",
        "第#页，共#页",
        "第#页/共#页",
        "共#页第#页",
        "共#页，第#页",
        "#/#",
        "#/#页",
    ];
    let lower = bare.to_ascii_lowercase();
    (FORMS.contains(&bare.as_str()) || lower == "page#" || lower == "page#of#").then_some(PageNumber::Marked)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_in_their_ways() {
        for text in ["— 3 —", "- 12 -", "第3页", "第 3 页 共 12 页", "－３－", "3 / 12", "·3·", "Page 3 of 5"]
        {
            assert!(page_number(text, &pattern(text)) == Some(PageNumber::Marked), "{text}");
        }
        assert!(page_number("17", "#") == Some(PageNumber::Bare(17)));
        for text in ["2023年3月", "共受理申请3件", "3.重复申请", "第3项"] {
            assert!(page_number(text, &pattern(text)).is_none(), "{text}");
        }
    }
}
