//! A page that holds another report behind the first: of another organ, or of another year. Its sentences are not held
//! to the tables of the first.

use std::ops::Range;

use super::headings::{compacted, of_line};
use super::{Block, BlockLine, Heading, title};
use crate::dictionary::Sections;
use crate::source::{Line, LineKind, Page};

/// A report has so many sections at least.
const FEWEST_SECTIONS: usize = 4;
/// A longer line (bytes) is no title and no heading.
const LONGEST_LINE: usize = 240;

/// The lines of another report, from its title to the end of the page.
pub(super) fn find(
    page: &Page<'_>,
    first: &str,
    (headings, blocks): (&[Heading], &[Block]),
    sections: &Sections,
) -> Option<Range<usize>> {
    let known = headings.get(FEWEST_SECTIONS - 1)?;
    let behind = page.lines.partition_point(|line| line.bytes().end <= known.range.start);
    let is_short = |line: &Line| line.kind == LineKind::Text && line.bytes().len() <= LONGEST_LINE;
    let is_other_title = |line: &Line| {
        let found = title::as_title(&compacted(&page.text[line.bytes()]));
        found.is_some_and(|found| {
            let (own_year, own_name) = (title::year(first), title::organ(first).name);
            let (year, name) = (title::year(&found), title::organ(&found).name);
            // 渠溪县 and 渠溪县人民政府 are one.
            let is_same_name = name.contains(&own_name) || own_name.contains(&name);
            year.is_some() && !name.is_empty() && (year != own_year || !is_same_name)
        })
    };
    let from = (behind..page.lines.len()).find(|at| is_short(&page.lines[*at]) && is_other_title(&page.lines[*at]))?;
    // A table of contents names all sections, too: a report has its tables before the next one begins.
    let at = page.lines[from].bytes().start;
    let has_table =
        blocks.iter().any(|b| b.opened_by.is_some() && b.lines.first().is_some_and(|l| start(page, l) < at));
    if !has_table {
        return None;
    }
    // Links to other reports have titles, too: only a report has its sections behind its title.
    let mut found: Vec<u8> = Vec::with_capacity(FEWEST_SECTIONS);
    for line in page.lines[from + 1..].iter().filter(|line| is_short(line)) {
        let section = of_line(page.text[line.bytes()].trim(), sections);
        found.extend(section.filter(|section| !found.contains(section)));
        if found.len() >= FEWEST_SECTIONS {
            return Some(from..page.lines.len());
        }
    }
    None
}

/// Where a line of a block begins, in bytes of the page.
fn start(page: &Page<'_>, line: &BlockLine) -> usize {
    match line {
        BlockLine::Row(index) => page.lines[*index].bytes().start,
        BlockLine::Text(range) => range.start,
    }
}
