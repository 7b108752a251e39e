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

/// A title and a preamble have no more lines.
const LONGEST_OPENING: usize = 6;

/// The lines of another report, from its title to the end of the page.
pub(super) fn find(
    page: &Page<'_>,
    first: &str,
    (headings, blocks): (&[Heading], &[Block]),
    sections: &Sections,
) -> Option<Range<usize>> {
    by_title(page, first, (headings, blocks), sections).or_else(|| by_headings(page, headings, blocks))
}

/// The sections begin once more behind a whole report: the title of the second is missing, or broken over lines.
fn by_headings(page: &Page<'_>, headings: &[Heading], blocks: &[Block]) -> Option<Range<usize>> {
    let again = (FEWEST_SECTIONS..headings.len()).find(|at| {
        let sections = |of: &[Heading]| of.iter().fold(0_u8, |seen, h| seen | 1 << h.section.min(7)).count_ones();
        let begins = headings[*at].section == headings[0].section && headings[at - 1].section > headings[*at].section;
        begins && [&headings[..*at], &headings[*at..]].iter().all(|of| sections(of) as usize >= FEWEST_SECTIONS)
    })?;
    let at = headings[again].range.start;
    let line = page.lines.partition_point(|line| line.bytes().end <= at);
    // Inside a long line nothing can be told apart.
    let opens_its_line = page.text[page.lines.get(line)?.bytes().start..at].trim().is_empty();
    let last = headings[again - 1].range.end;
    let tells = |line: &Line| ["统计期限", "年度报告"].iter().any(|word| page.text[line.bytes()].contains(word));
    let is_of_second = |line: &&Line| line.kind == LineKind::Text && line.bytes().start >= last && tells(line);
    let opening = page.lines[..line].iter().rev().take(LONGEST_OPENING).take_while(is_of_second).count();
    (opens_its_line && has_table_before(page, blocks, at)).then_some(line - opening..page.lines.len())
}

/// Whether a table stands before a place. A table of contents names all sections, too: a report has its tables before the
/// next one begins.
fn has_table_before(page: &Page<'_>, blocks: &[Block], at: usize) -> bool {
    blocks.iter().any(|b| b.opened_by.is_some() && b.lines.first().is_some_and(|l| start(page, l) < at))
}

/// Another report by its title.
fn by_title(
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
    if !has_table_before(page, blocks, page.lines[from].bytes().start) {
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
