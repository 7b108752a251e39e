//! The page around a report: menus, paths of pages, lists of related pages, footers.
//!
//! Three things tell it: the element (`nav`, `footer`), the name that the site gave a box (`class="sidebar"`), and a
//! line that is nothing but links. None is believed where the words of a report stand inside.

use std::ops::Range;

use memchr::memmem;

use super::super::page::Line;
use super::tags::attribute;

/// Words of the form that stand in every report of its generation and in no menu.
const REPORT_WORDS: [&str; 9] = [
    "总体情况",
    "结转下年度",
    "勾稽",
    "统计期限",
    "收到和处理政府信息公开申请",
    "其他需要报告的事项",
    "第二十条第",
    "本年新收",
    "依申请公开情况",
];

/// Names of boxes that are never part of a report.
const AROUND: [&str; 18] = [
    "nav",
    "navbar",
    "navigation",
    "menu",
    "footer",
    "foot",
    "breadcrumb",
    "breadcrumbs",
    "crumb",
    "crumbs",
    "sidebar",
    "aside",
    "related",
    "relate",
    "relation",
    "recommend",
    "copyright",
    "pagination",
];
/// Names of boxes that may hold the title as well.
const PERHAPS_AROUND: [&str; 10] =
    ["header", "topbar", "share", "toolbar", "search", "login", "friendlink", "friendlinks", "pager", "bottom"];
/// A box with more sentences than this holds text that somebody wrote.
const MOST_SENTENCES: usize = 6;
/// A link of more bytes than this was never closed.
pub(super) const LONGEST_LINK: usize = 300;
/// A line of links is not longer than this (bytes).
const LONGEST_LINE: usize = 400;
/// The heading that every report of the present forms begins with.
const FIRST_HEADING: &str = "总体情况";
/// Words beside the links of a line, at most (characters).
const MOST_BESIDE: usize = 8;

/// How many different words of the form a text has, up to two.
pub(super) fn report_words(text: &str) -> usize {
    REPORT_WORDS.iter().filter(|w| memmem::find(text.as_bytes(), w.as_bytes()).is_some()).take(2).count()
}

/// Whether some markup has a word of the form that the text lacks.
pub(super) fn has_more_words(markup: &str, text: &str) -> bool {
    let has = |hay: &str, word: &str| memmem::find(hay.as_bytes(), word.as_bytes()).is_some();
    REPORT_WORDS.iter().any(|word| has(markup, word) && !has(text, word))
}

/// Whether a tag names its box as one around the report, and if so whether it may hold the title.
pub(super) fn is_named_so(tag: &str) -> Option<bool> {
    let names = ["class", "id"].into_iter().filter_map(|a| attribute(tag, a));
    let tokens = names.flat_map(|(value, _)| value.split(|c: char| !c.is_ascii_alphanumeric()));
    let is_one_of = |token: &str, list: &[&str]| list.iter().any(|name| token.eq_ignore_ascii_case(name));
    let found = tokens.map(|t| t.trim_end_matches(|c: char| c.is_ascii_digit())).filter_map(|token| {
        if is_one_of(token, &AROUND) { Some(false) } else { is_one_of(token, &PERHAPS_AROUND).then_some(true) }
    });
    found.min()
}

/// Whether the markup of a box holds nothing of a report.
pub(super) fn is_around(markup: &str, may_hold_title: bool) -> bool {
    let sentences = memmem::find_iter(markup.as_bytes(), "。").take(MOST_SENTENCES + 1).count();
    let has = |word: &&str| memmem::find(markup.as_bytes(), word.as_bytes()).is_some();
    let has_heading = || ["报告", "政府信息", "主要问题", "行政复议、"].iter().any(&has);
    sentences <= MOST_SENTENCES && !(may_hold_title && has_heading()) && report_words(markup) < 2
}

/// Takes out the lines that are nothing but links, with a date, a number in a list or a word beside them.
pub(super) fn drop_link_lines(lines: &mut Vec<Line>, text: &str, links: &[Range<u32>]) {
    if links.is_empty() {
        return;
    }
    let is_around = |line: &Line| line.cells.is_empty() && is_link_line(line.bytes(), text, links);
    // A report may have its headings linked to a list of them; then the lines of links are not only around it.
    let begins = |line: &&Line| memmem::find(text[line.bytes()].as_bytes(), FIRST_HEADING.as_bytes()).is_some();
    let mut heads = lines.iter().filter(begins).map(is_around);
    let is_believed = heads.next().is_none_or(|first| !first || heads.any(|around| !around));
    if is_believed {
        lines.retain(|line| !is_around(line));
    }
}

fn is_link_line(line: Range<usize>, text: &str, links: &[Range<u32>]) -> bool {
    if line.len() > LONGEST_LINE {
        return false;
    }
    let first = links.partition_point(|l| l.end as usize <= line.start);
    let (mut linked, mut beside, mut at) = (0, Beside::default(), line.start);
    for link in links[first..].iter().take_while(|l| (l.start as usize) < line.end) {
        let (start, end) = ((link.start as usize).max(at), (link.end as usize).min(line.end));
        beside.add(&text[at..start.max(at)]);
        if end > start {
            linked += text[start..end].chars().filter(|c| c.is_alphanumeric()).count();
            at = end;
        }
    }
    if linked == 0 {
        return false;
    }
    beside.add(&text[at..line.end]);
    !beside.is_said && beside.words <= MOST_BESIDE && beside.words <= linked
}

/// What stands beside the links of a line.
#[derive(Default)]
struct Beside {
    /// Letters and characters that are no part of a date.
    words: usize,
    /// A sentence, or a number of something.
    is_said: bool,
}

impl Beside {
    fn add(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '年' | '月' | '日' => {}
                '件' | '条' | '次' | '个' | '项' | '份' | '宗' | '%' | '％' | '万' | '元' | '。' => {
                    self.is_said = true
                }
                c if c.is_alphabetic() => self.words += 1,
                _ => {}
            }
        }
    }
}
