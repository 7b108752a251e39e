//! Which pages of a crawl are annual reports. Most are not, and their makers never said they were: what is left out
//! here is counted by its reason and is no finding.

use crate::dictionary::{Dictionary, Kind};
use crate::document::{self, Document};
use crate::source::{LineKind, Page, Source};

/// The reason where no kind of page is known.
pub(super) const UNKNOWN: &str = "other";
/// A list of reports.
const INDEX: &str = "index";

/// Lines in which a title is looked for.
const LOOKED_AT: usize = 80;
/// A title is not longer than this (bytes).
const LONGEST_TITLE: usize = 240;
/// A report without sections and tables speaks of as many of its matters.
const FEWEST_TOPICS: usize = 4;
/// And has as much text (bytes).
const SHORTEST_REPORT: usize = 300;
/// A page that names so many reports is a list of them.
const LIST: usize = 3;

/// Whether a page is a report; if not, what else.
pub(super) fn of(source: &Source, dictionary: &Dictionary) -> Result<(), String> {
    let page = source.page();
    let document = document::read(source, &page, dictionary);
    let kinds = &dictionary.kinds;
    let titles = titles(&page, &document, dictionary);
    let kind = titles.iter().find_map(|title| kinds.of_title(title));
    let is_formed = is_formed(&document);
    match kind {
        Some(kind) if kind.always || !is_formed => return Err(name(kind)),
        _ if is_formed => return Ok(()),
        _ => {}
    }
    let said = said(&page, &document);
    let topics = kinds.topics(&said);
    if list_length(&page, dictionary) >= LIST && topics <= FEWEST_TOPICS {
        return Err(INDEX.to_string());
    }
    let is_titled = titles.iter().any(|title| kinds.ends_title(title) && has_year(title));
    if is_titled && topics >= FEWEST_TOPICS && said.len() >= SHORTEST_REPORT {
        return Ok(());
    }
    Err(UNKNOWN.to_string())
}

/// The text with its headings, without menus and tables.
fn said(page: &Page<'_>, document: &Document) -> String {
    let headings = document.headings.iter().map(|heading| &page.text[heading.range.clone()]);
    headings.chain([document.prose.text.as_str()]).collect::<Vec<_>>().join("\n")
}

fn name(kind: &Kind) -> String {
    kind.name.clone()
}

/// Whether the sections or tables of the statutory forms are there.
fn is_formed(document: &Document) -> bool {
    let tables: std::collections::BTreeSet<_> =
        document.blocks.iter().filter(|block| block.lines.len() >= 2).filter_map(|block| block.opened_by).collect();
    document.sections_found() >= 4
        || tables.len() >= 2
        || document.sections_found() >= 2 && !tables.is_empty()
        || document.statistics.len() >= 8
}

/// What may be the title of the page: the title in its markup, and the first line that names a year and a report or
/// something like it. Menus name columns of the site, without a year.
fn titles(page: &Page<'_>, document: &Document, dictionary: &Dictionary) -> Vec<String> {
    let of_markup = page.title.as_ref().map(|title| squeezed(page.slice(title))).map(|title| own_part(&title));
    let mut titles: Vec<String> = of_markup.into_iter().filter(|title| has_year(title) || is_telling(title)).collect();
    let lines = short_lines(page).map(squeezed);
    titles.extend(lines.take(LOOKED_AT).find(|line| has_year(line) && is_telling(line) && !is_menu(line)));
    if !document.title.is_empty() && !titles.iter().any(|t| dictionary.kinds.is_title(t)) {
        titles.push(document.title.clone());
    }
    titles
}

/// A line that speaks of disclosure or reports at all.
fn is_telling(line: &str) -> bool {
    ["公开", "报告", "年报", "公開", "報告"].iter().any(|word| line.contains(word))
}

/// A path of pages, or a date with the site's name.
fn is_menu(line: &str) -> bool {
    line.contains(['>', '»', '›', '＞']) || line.contains("当前位置") || line.contains('。')
}

fn has_year(line: &str) -> bool {
    let bytes = line.as_bytes();
    let is_year =
        |at: usize| matches!(&bytes[at..at + 2], b"19" | b"20") && bytes[at..at + 4].iter().all(u8::is_ascii_digit);
    (0..bytes.len().saturating_sub(3)).any(is_year)
        || line.contains("二〇")
        || line.contains("二○")
        || line.contains("二零")
}

/// The title without the name of the site.
fn own_part(title: &str) -> String {
    title.split(['_', '|', '-', '—', '－']).find(|part| is_telling(part)).unwrap_or(title).to_string()
}

fn squeezed(line: &str) -> String {
    line.chars().filter(|c| !c.is_whitespace()).collect()
}

fn short_lines<'p>(page: &'p Page<'_>) -> impl Iterator<Item = &'p str> {
    page.lines
        .iter()
        .filter(|line| line.kind == LineKind::Text && line.bytes().len() <= LONGEST_TITLE)
        .map(|line| page.slice(&line.range))
}

/// How many different reports the lines of a page name.
fn list_length(page: &Page<'_>, dictionary: &Dictionary) -> usize {
    let named: std::collections::BTreeSet<String> = short_lines(page)
        .map(squeezed)
        .filter(|line| has_year(line) && dictionary.kinds.is_title(line) && !is_menu(line) && !line.contains('《'))
        .collect();
    named.len()
}
