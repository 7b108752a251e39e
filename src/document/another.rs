//! A page that holds another report behind the first: of another organ, or of another year. Its sentences are not held
//! to the tables of the first.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::headings::{compacted, of_line};
use super::organ::{OrganKind, kind};
use super::{Block, BlockLine, Heading, title};
use crate::dictionary::{Dictionary, Naming};
use crate::source::{Line, LineKind, Page};

/// A report has so many sections at least.
const FEWEST_SECTIONS: usize = 4;
/// A shorter line (bytes) may stand in any report.
const SHORTEST_TEXT: usize = 90;
/// A longer line (bytes) is no title and no heading.
const LONGEST_LINE: usize = 240;

/// The name of an organ alone on its line is not longer than this (characters).
const LONGEST_NAME: usize = 30;

/// The lines of another report, from its title to the end of the page.
pub(super) fn find(
    page: &Page<'_>,
    first: &str,
    (headings, blocks): (&[Heading], &[Block]),
    dictionary: &Dictionary,
) -> Option<Range<usize>> {
    let by_headings = || by_headings(page, headings, blocks, &dictionary.naming);
    by_title(page, first, (headings, blocks), dictionary).or_else(by_headings)
}

/// The sections begin once more behind a whole report: the title of the second is missing, or broken over lines.
fn by_headings(page: &Page<'_>, headings: &[Heading], blocks: &[Block], naming: &Naming) -> Option<Range<usize>> {
    let again = begins_again(headings)?;
    let at = headings[again].range.start;
    let line = page.lines.partition_point(|line| line.bytes().end <= at);
    // Inside a long line nothing can be told apart.
    let opens_its_line = page.text[page.lines.get(line)?.bytes().start..at].trim().is_empty();
    if !opens_its_line || !has_tables_around(page, blocks, at) || is_copy(page, line) {
        return None;
    }
    let last = headings[again - 1].range.end;
    let is_of_second = |line: &Line| {
        line.kind == LineKind::Text && line.bytes().start >= last && opens_report(&page.text[line.bytes()], naming)
    };
    let from = page.lines[..line].partition_point(|line| line.bytes().start < last);
    let opening = (from..line).find(|at| is_of_second(&page.lines[*at]));
    Some(opening.unwrap_or(line)..page.lines.len())
}

/// The heading from which on the sections are told again, after a report has told its own.
fn begins_again(headings: &[Heading]) -> Option<usize> {
    let first = headings.first()?.section;
    let bit = |heading: &Heading| 1_u8 << heading.section.min(7);
    let mut behind = vec![0_u8; headings.len() + 1];
    for at in (0..headings.len()).rev() {
        behind[at] = behind[at + 1] | bit(&headings[at]);
    }
    let is_whole = |seen: u8| seen.count_ones() as usize >= FEWEST_SECTIONS;
    let mut before = 0;
    (0..headings.len()).find(|at| {
        let begins = headings[*at].section == first && *at > 0 && headings[at - 1].section > first;
        let is_again = begins && is_whole(before) && is_whole(behind[*at]);
        before |= bit(&headings[*at]);
        is_again
    })
}

/// Whether most of the running text from a line on stands before it as well: the same report once more, in which a number
/// differs. Nothing of it is given up.
fn is_copy(page: &Page<'_>, line: usize) -> bool {
    let texts = |lines: &[Line]| -> Vec<String> {
        let long = lines.iter().filter(|l| l.kind == LineKind::Text && l.bytes().len() >= SHORTEST_TEXT);
        long.map(|l| compacted(&page.text[l.bytes()]).into_owned()).collect()
    };
    let (before, behind) = (texts(&page.lines[..line]), texts(&page.lines[line..]));
    let before: FxHashSet<&String> = before.iter().collect();
    let known = behind.iter().filter(|text| before.contains(text)).count();
    known * 2 > behind.len()
}

/// Whether a line is of the title or the preamble of a report: 渠溪县教育局; 本报告的统计期限为….
fn opens_report(line: &str, naming: &Naming) -> bool {
    let line = compacted(line);
    let names_organ = || line.chars().count() <= LONGEST_NAME && kind(&line, &naming.organs) != OrganKind::Unknown;
    naming.titles.opening.iter().any(|word| line.contains(word.as_str())) || names_organ()
}

/// Whether tables stand before a place and behind it. A table of contents names all sections, too.
fn has_tables_around(page: &Page<'_>, blocks: &[Block], at: usize) -> bool {
    let mut tables = blocks.iter().filter(|b| b.opened_by.is_some()).filter_map(|b| b.lines.first());
    has_table_before(page, blocks, at) && tables.any(|line| start(page, line) > at)
}

/// Whether a table stands before a place: a report has its tables before the next one begins.
fn has_table_before(page: &Page<'_>, blocks: &[Block], at: usize) -> bool {
    blocks.iter().any(|b| b.opened_by.is_some() && b.lines.first().is_some_and(|l| start(page, l) < at))
}

/// Whether something is said in the first sections: a report without tables, and no table of contents.
fn are_told(page: &Page<'_>, headings: &[Heading]) -> bool {
    let says = |two: &&[Heading]| {
        let between = &page.text[two[0].range.end..two[1].range.start.max(two[0].range.end)];
        between.contains('。')
    };
    headings.windows(2).take(FEWEST_SECTIONS).filter(says).count() >= FEWEST_SECTIONS - 1
}

/// Whether the text behind a title speaks of its year, and not of that of the first title: where the text of a report comes
/// before its tables, these have a title too, and perhaps one with an error.
fn is_of_another_year(page: &Page<'_>, first: &str, from: usize, naming: &Naming) -> bool {
    let title = title::as_title(&compacted(&page.text[page.lines[from].bytes()]), naming);
    let year = |title: &str| title::year(title, naming);
    let Some((own, other)) = year(first).zip(title.as_deref().and_then(year)) else { return false };
    let named = |lines: &[Line], year: i16| {
        let year = format!("{year}年");
        let texts = lines.iter().filter(|l| l.kind == LineKind::Text && l.bytes().len() > year.len());
        texts.map(|l| page.text[l.bytes()].matches(&year).count()).sum::<usize>()
    };
    let (before, behind) = (&page.lines[..from], &page.lines[from + 1..]);
    own != other && named(before, own) > named(before, other) && named(behind, other) > named(behind, own)
}

/// Another report by its title.
fn by_title(
    page: &Page<'_>,
    first: &str,
    (headings, blocks): (&[Heading], &[Block]),
    Dictionary { sections, naming, .. }: &Dictionary,
) -> Option<Range<usize>> {
    let known = headings.get(FEWEST_SECTIONS - 1)?;
    let behind = page.lines.partition_point(|line| line.bytes().end <= known.range.start);
    let is_short = |line: &Line| line.kind == LineKind::Text && line.bytes().len() <= LONGEST_LINE;
    let is_other_title = |line: &Line| {
        let found = title::as_title(&compacted(&page.text[line.bytes()]), naming);
        found.is_some_and(|found| {
            let (own_year, own_name) = (title::year(first, naming), title::organ(first, naming).name);
            let (year, name) = (title::year(&found, naming), title::organ(&found, naming).name);
            // 渠溪县 and 渠溪县人民政府 are one.
            let is_same_name = name.contains(&own_name) || own_name.contains(&name);
            year.is_some() && !name.is_empty() && (year != own_year || !is_same_name)
        })
    };
    let from = (behind..page.lines.len()).find(|at| is_short(&page.lines[*at]) && is_other_title(&page.lines[*at]))?;
    let has_own_tables = has_table_before(page, blocks, page.lines[from].bytes().start);
    let is_told = || are_told(page, headings) && is_of_another_year(page, first, from, naming);
    if !(has_own_tables || is_told()) {
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
