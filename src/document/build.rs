//! One walk over the lines: which are headings, which running text, which tables, which chrome.

use std::borrow::Cow;
use std::ops::Range;

use super::announced::{self, Announced};
use super::headings::{
    compact, compacted, has_layout, holds, holds_stop, is_longer, is_minor, is_of_contents, of_line, within_line,
};
use super::lines::{
    AROUND_PAGE, LONG_LINE, LONGEST_TABLE_TEXT, is_header_line, is_inside_number, is_item_of_article,
    is_label_with_note, is_labelled, is_page_number, is_value, label_part, length, starts_item, trim,
};
use super::{Block, BlockLine, Dates, Document, Heading, Prose, another, copies, dates, glued, organ, title};
use crate::dictionary::Dictionary;
use crate::form::TableId;
use crate::source::{Format, Line, LineKind, Page, Source};

/// A page holds no more copies of its report than this.
const MOST_COPIES: usize = 3;
/// A line shorter than this (characters) was not broken because it was full.
const SHORTEST_FULL_LINE: usize = 15;
/// Table text that is no word of the form is not longer than this (characters) in one line.
const LONGEST_OTHER_TEXT: usize = 24;

/// About as many lines as a table has.
const LINES_OF_TABLE: usize = 32;
/// About as many headings as a report has.
const HEADINGS: usize = 8;

/// Reads a page.
#[must_use]
pub fn read(source: &Source, page: &Page<'_>, dictionary: &Dictionary) -> Document {
    let naming = &dictionary.naming;
    let title::Title { text: title, is_contested, is_of_other_years } = title::find(page, &dictionary.sections, naming);
    let mut copies: Vec<Range<usize>> = Vec::new();
    let mut builder = walk(source, page, dictionary, &title, &copies);
    while copies.len() < MOST_COPIES
        && let Some(copy) = copies::later_copy(page, &builder.headings)
    {
        copies.push(copy);
        builder = walk(source, page, dictionary, &title, &copies);
    }
    let another = another::find(page, &title, (&builder.headings, &builder.blocks), dictionary);
    if let Some(lines) = &another {
        let mut passed = copies.clone();
        passed.push(lines.clone());
        builder = walk(source, page, dictionary, &title, &passed);
    }
    // A list of the reports of several years is none of them, and 政府信息公开年报 alone is the name of a column of the site.
    let is_bare = builder.headings.is_empty() && builder.blocks.is_empty() && builder.statistics.is_empty();
    let is_list =
        is_bare && (title::lists_years(page, naming) || page.lines.is_empty() && title::year(&title, naming).is_none());
    let bytes = |lines: &Range<usize>| page.lines[lines.start].bytes().start..page.lines[lines.end - 1].bytes().end;
    let another = another.as_ref().map(bytes);
    let copies = copies.iter().map(bytes).collect();
    let Builder { prose, headings, blocks, statistics, .. } = builder;
    let title = if is_list { String::new() } else { title };
    let head: &str = &page.text[..floor(&page.text, 3000)];
    let dated = title::year(&title, naming).filter(|_| !is_of_other_years);
    let mut organ = if is_contested { organ::Organ::default() } else { title::organ(&title, naming) };
    if dictionary.spam.is_in(&organ.name) {
        organ = organ::elsewhere(page, &prose.text, |name| dictionary.spam.is_in(name), naming);
    }
    let (period, period_at) = dates::period(&prose.text[..floor(&prose.text, 6000)]).unzip();
    let (published, published_at) = dates::published(head, &source.text[..floor(&source.text, 12_000)]).unzip();
    let published_at = published_at.flatten();
    let dates = Dates { period, published };
    // Beside the titles of other years the first one need not be this report's.
    let of_period = period.filter(|(start, end)| start.year() == end.year()).map(|(start, _)| start.year());
    let dated = match of_period.filter(|y| dated.is_some_and(|d| d != *y) && title::names(page, *y, naming)) {
        Some(year) => Some(year),
        None => dated,
    };
    let of_dates = dated.or_else(|| dates.period.map(|(start, _)| start.year()));
    // What stands behind the first section may be the title of another report.
    let opening = prose.paragraphs.iter().find(|p| p.section > 1).map_or(prose.text.len(), |p| p.range.start);
    let needs_telling = organ.name.is_empty() || of_dates.is_none();
    let told = if needs_telling { announced::read(&prose.text, opening, naming) } else { Announced::default() };
    if organ.name.is_empty() && !is_contested {
        organ = told.organ;
    }
    if organ.name.is_empty() {
        organ = organ::publisher(head, &prose.text, naming);
    }
    let year = of_dates
        .or(told.year)
        .or_else(|| dates.published.map(|d| d.year() - 1))
        .or_else(|| announced::only_year(&prose.text));
    Document {
        organ,
        title,
        year,
        title_year: dated,
        dates,
        period_at,
        published_at,
        headings,
        prose,
        blocks,
        statistics,
        copies,
        another,
    }
}

/// Walks over the lines, but for those of later copies.
fn walk<'a>(
    source: &Source,
    page: &'a Page<'a>,
    dictionary: &'a Dictionary,
    title: &'a str,
    copies: &[Range<usize>],
) -> Builder<'a> {
    let mut builder = Builder {
        page,
        dictionary,
        may_open_statistics: dictionary.older.may_open_within(&page.text),
        may_be_wrapped: matches!(source.format, Format::Text | Format::Markdown | Format::Mixed),
        section: 0,
        prose: Prose::with_capacity(page.text.len()),
        headings: Vec::with_capacity(HEADINGS),
        blocks: Vec::new(),
        in_table: None,
        in_statistics: false,
        statistics: Vec::new(),
        last: Last::Other,
        read_until: 0,
        ended: false,
        title,
    };
    for (index, line) in page.lines.iter().enumerate() {
        if !copies.iter().any(|copy| copy.contains(&index)) {
            builder.line(index, line);
        }
    }
    builder
}

pub(super) fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// What the line before was.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    /// Running text that may go on: its last character and its length.
    Open,
    /// The same, and a page ended after it.
    OpenOverPage,
    Other,
}

struct Builder<'a> {
    page: &'a Page<'a>,
    dictionary: &'a Dictionary,
    /// Whether the page has a header of the indicator table in running text.
    may_open_statistics: bool,
    may_be_wrapped: bool,
    section: u8,
    prose: Prose,
    headings: Vec<Heading>,
    blocks: Vec<Block>,
    in_table: Option<TableId>,
    /// Inside the indicator table of an older form.
    in_statistics: bool,
    statistics: Vec<BlockLine>,
    last: Last,
    /// Where the running text that was read last ends on the page.
    read_until: usize,
    ended: bool,
    title: &'a str,
}

impl Builder<'_> {
    fn line(&mut self, index: usize, line: &Line) {
        if self.ended {
            return;
        }
        let range = line.bytes();
        match line.kind {
            LineKind::Row(_) => self.row(index, line),
            LineKind::Text if length(&self.page.text[range.clone()]) > LONG_LINE => self.long_text(range),
            LineKind::Text if self.names_a_block(index, line) => {
                self.open_table(Some(TableId::Disputes));
                self.push_block(BlockLine::Text(range));
            }
            LineKind::Text => self.text(range),
        }
    }

    /// Whether only a table of contents was read so far: links and buttons behind it do not end the report.
    fn is_in_contents(&self, end: usize) -> bool {
        /// The body begins so many lines behind a title at most.
        const FARTHEST: usize = 40;
        let behind = self.page.lines.partition_point(|line| line.bytes().start < end);
        let begins = |line: &Line| {
            let is_short = line.kind == LineKind::Text && line.bytes().len() <= LONG_LINE;
            is_short && of_line(self.page.text[line.bytes()].trim(), &self.dictionary.sections) == Some(1)
        };
        !self.blocks.iter().any(|b| b.opened_by.is_some())
            && self.page.lines[behind..].iter().take(FARTHEST).any(begins)
    }

    /// `1.行政复议` over a table of its own, of which the next line names the columns: a block of table four.
    fn names_a_block(&self, index: usize, line: &Line) -> bool {
        if self.section != 4 {
            return false;
        }
        let headers = &self.dictionary.headers;
        let begins = |cell: &Range<u32>| headers.dispute_column(&compacted(self.page.slice(cell))) == Some(0);
        let cells = |line: &Line| &self.page.cells[line.cells.start as usize..line.cells.end as usize];
        let is_over_columns = self.page.lines.get(index + 1).is_some_and(|next| cells(next).iter().any(begins));
        is_over_columns && headers.dispute_block(&compacted(self.page.slice(&line.range))).is_some()
    }

    fn row(&mut self, index: usize, line: &Line) {
        let cells = &self.page.cells[line.cells.start as usize..line.cells.end as usize];
        if self.is_statistics_row(cells) {
            self.in_statistics = true;
            self.in_table = None;
            return self.statistics.push(BlockLine::Row(index));
        }
        // A one-celled row may be a heading or a sentence that someone put into a table.
        if let [only] = cells {
            let text = self.page.slice(only);
            let is_noted = || self.in_table.is_some() && is_label_with_note(text);
            let is_prose = holds_stop(text) || is_longer(text, LONGEST_TABLE_TEXT) && !is_noted();
            if is_prose || of_line(text, &self.dictionary.sections).is_some() {
                let range = only.start as usize..only.end as usize;
                // A border stands between it and the line before.
                self.last = Last::Other;
                return if range.len() > LONG_LINE { self.long_text(range) } else { self.text(range) };
            }
        }
        let opened = cells.iter().find_map(|c| self.opens(self.page.slice(c)));
        if self.in_table.is_none() && opened.is_none() && !self.is_form_row(cells) {
            for cell in cells {
                // What stands in two cells is not one sentence.
                self.last = Last::Other;
                self.text(cell.start as usize..cell.end as usize);
            }
            self.last = Last::Other;
            return;
        }
        self.open_table(opened);
        self.push_block(BlockLine::Row(index));
    }

    /// Whether a row is in the indicator table of an older form, or begins it: by its header, or as a row of it with
    /// its unit.
    fn is_statistics_row(&self, cells: &[Range<u32>]) -> bool {
        let older = &self.dictionary.older;
        let Some(first) = cells.first().map(|c| self.page.slice(c)) else { return false };
        if self.in_statistics {
            // A sentence in a cell of its own, or a heading, is no row.
            return cells.len() > 1
                || older.is_label(first)
                || !holds_stop(first) && of_line(first, &self.dictionary.sections).is_none();
        }
        if self.in_table.is_some() || first.len() > LONG_LINE {
            return false;
        }
        let opens = |cell: &Range<u32>| {
            let text = self.page.slice(cell);
            older.may_open(text) && older.opens(&compacted(text))
        };
        cells[..cells.len().min(2)].iter().any(opens)
            || matches!(cells, [_, unit, _, ..] if older.is_unit(self.page.slice(unit)))
                && older.row(first, None).is_some()
    }

    /// The table that a cell opens, by its first words.
    fn opens(&self, cell: &str) -> Option<TableId> {
        // Most cells are numbers, and most others begin otherwise.
        let is_number = cell.as_bytes().first().is_none_or(u8::is_ascii_digit);
        if is_number || !self.dictionary.headers.may_open(cell) {
            return None;
        }
        self.dictionary.headers.opens(cell).or_else(|| {
            let has_space = cell.len() < LONG_LINE && has_layout(cell);
            has_space.then(|| self.dictionary.headers.opens(&compact(cell))).flatten()
        })
    }

    fn is_form_row(&self, cells: &[Range<u32>]) -> bool {
        cells.iter().any(|c| {
            let text = self.page.slice(c);
            !is_longer(text, LONGEST_TABLE_TEXT) && self.dictionary.labels.row(text).is_some()
        }) || self.section >= 2 && self.section <= 4
    }

    fn open_table(&mut self, opened: Option<TableId>) {
        let section_table = match self.section {
            2 => Some(TableId::Proactive),
            3 => Some(TableId::Requests),
            4 => Some(TableId::Disputes),
            _ => None,
        };
        let table = match (self.in_table, opened) {
            // 行政复议 may head a column of table four only; inside another table it is text.
            (Some(current), Some(new)) if new > current => Some(new),
            (Some(current), _) => Some(current),
            (None, Some(new)) => Some(section_table.map_or(new, |s| s.max(new))),
            (None, None) => section_table,
        };
        if table != self.in_table || self.blocks.is_empty() {
            let lines = Vec::with_capacity(LINES_OF_TABLE);
            self.blocks.push(Block { section: self.section, opened_by: table, lines });
        }
        self.in_table = table.or(self.in_table);
        self.last = Last::Other;
    }

    fn push_block(&mut self, line: BlockLine) {
        if self.blocks.is_empty() {
            self.blocks.push(Block { section: self.section, ..Block::default() });
        }
        if let Some(block) = self.blocks.last_mut() {
            block.lines.push(line);
        }
    }

    /// A line that may hold headings inside it.
    fn long_text(&mut self, range: Range<usize>) {
        let line = &self.page.text[range.clone()];
        let mut found = within_line(line, &self.dictionary.sections);
        if !found.is_empty() && (self.in_statistics || self.opens_statistics(line).is_some()) {
            found.retain(|(heading, _)| !self.dictionary.older.is_chapter(&line[heading.clone()]));
        }
        if found.is_empty() {
            return if self.is_form_section() { self.run_on(range, true) } else { self.text(range) };
        }
        let mut at = 0;
        for (heading, section) in found {
            self.run_on(range.start + at..range.start + heading.start, false);
            self.heading(section, range.start + heading.start..range.start + heading.end);
            at = heading.end;
        }
        self.run_on(range.start + at..range.end, false);
    }

    /// Where in running text the indicator table begins.
    fn opens_statistics(&self, text: &str) -> Option<usize> {
        self.may_open_statistics.then(|| self.dictionary.older.opens_within(text)).flatten()
    }

    fn is_form_section(&self) -> bool {
        (2..=4).contains(&self.section)
    }

    /// Text between headings of a long line, or a long line: prose, or a table whose borders are lost. The table may
    /// go on in the lines after it.
    fn run_on(&mut self, range: Range<usize>, goes_on: bool) {
        let text = &self.page.text[range.clone()];
        if text.trim_start().is_empty() {
            return;
        }
        let table = match self.section {
            _ if self.in_statistics || self.opens_statistics(text).is_some() => None,
            2 => Some(TableId::Proactive),
            3 => Some(TableId::Requests),
            4 => Some(TableId::Disputes),
            _ => None,
        };
        let (headers, labels) = (&self.dictionary.headers, &self.dictionary.labels);
        let found = table.and_then(|t| glued::extent(text, t, headers, labels).map(|at| (t, at)));
        let Some((table, at)) = found else { return self.text(range) };
        if !text[..at.start].trim().is_empty() {
            self.text(range.start..range.start + at.start);
        }
        if !goes_on {
            self.in_table = None;
        }
        self.open_table(Some(table));
        self.push_block(BlockLine::Text(range.start + at.start..range.start + at.end));
        if !goes_on {
            self.in_table = None;
        }
        if range.start + at.end < range.end {
            self.text(range.start + at.end..range.end);
        }
    }

    fn heading(&mut self, section: u8, range: Range<usize>) {
        self.section = section;
        self.in_table = None;
        self.in_statistics = false;
        self.last = Last::Other;
        let numeral = super::headings::numeral(&self.page.text[range.clone()]);
        self.headings.push(Heading { section, numeral, range });
    }

    fn text(&mut self, range: Range<usize>) {
        let trimmed = trim(&self.page.text, range);
        let line = &self.page.text[trimmed.clone()];
        if line.is_empty() || line.starts_with("<!--") {
            return;
        }
        let is_short = length(line) <= LONG_LINE * 2;
        if self.in_statistics && is_short && self.dictionary.older.is_label(line) {
            return self.statistics.push(BlockLine::Text(trimmed));
        }
        if is_short && let Some(section) = of_line(line, &self.dictionary.sections) {
            return self.heading(section, trimmed);
        }
        let compact_line = if is_short { compacted(line) } else { Cow::Borrowed("") };
        if is_short && self.in_table.is_none() && self.dictionary.older.opens(&compact_line) {
            self.in_statistics = true;
            return self.statistics.push(BlockLine::Text(trimmed));
        }
        // Without headings that are known, all but the last sections are over with table four.
        let may_end = || {
            let is_past_tables = || self.blocks.iter().any(|b| b.opened_by == Some(TableId::Disputes));
            self.section == 6 || self.in_statistics || self.section == 0 && is_past_tables()
        };
        if self.dictionary.sections.is_end(line) && may_end() && !self.is_in_contents(trimmed.end) {
            self.ended = true;
            return;
        }
        // - 5 - between the cells of a row
        if is_short && self.in_table.is_some() && is_page_number(&compact_line) && compact_line.ends_with(AROUND_PAGE) {
            return;
        }
        if is_short && !self.in_statistics && self.is_table_text(&compact_line, line) {
            return self.push_block(BlockLine::Text(trimmed));
        }
        self.in_table = None;
        self.running_text(trimmed, &compact_line);
    }

    /// Whether a text line belongs to the table that is open, or opens one.
    fn is_table_text(&mut self, compact_line: &str, line: &str) -> bool {
        let headers = &self.dictionary.headers;
        let in_form_section = (2..=4).contains(&self.section);
        if let Some(table) = headers.opens(compact_line) {
            let is_bare = !is_longer(compact_line, LONGEST_TABLE_TEXT) && !holds_stop(compact_line);
            // Where the heading is not known, as 二、主动公开情况: a header that is said nowhere else.
            let is_sure = || self.section <= 1 && table == TableId::Proactive && is_item_of_article(compact_line);
            let fits = in_form_section
                && (table != TableId::Disputes || self.section == 4 || self.in_table == Some(TableId::Disputes))
                || is_sure();
            if is_bare && (fits || self.in_table.is_some()) && is_header_line(compact_line, headers) {
                self.open_table(Some(table));
                return true;
            }
        }
        if self.in_table.is_none() {
            // Crawls of PDF pages lose the header but keep the rows.
            return in_form_section && self.opens_by_label(compact_line, line);
        }
        if is_longer(compact_line, LONGEST_TABLE_TEXT) {
            return false;
        }
        let is_other = || {
            is_labelled(line, &self.dictionary.labels)
                || headers.is_header(compact_line)
                || headers.is_headers(compact_line)
                || !compact_line.contains(['，', '：', '；'])
                    && !is_longer(label_part(compact_line), LONGEST_OTHER_TEXT)
        };
        is_value(compact_line)
            || !holds_stop(compact_line) && (headers.is_within_a_note(label_part(compact_line)) || is_other())
    }

    fn opens_by_label(&mut self, compact_line: &str, line: &str) -> bool {
        let is_row = !is_longer(compact_line, LONGEST_TABLE_TEXT)
            && !holds_stop(compact_line)
            && is_labelled(line, &self.dictionary.labels)
            && self.dictionary.labels.row(label_part(line)).is_some_and(|r| r.table().section() == self.section);
        if is_row {
            self.open_table(None);
        }
        is_row
    }

    fn running_text(&mut self, range: Range<usize>, compact_line: &str) {
        let mut range = range;
        if self.in_statistics {
            return self.statistics.push(BlockLine::Text(range));
        }
        if let Some(at) = self.opens_statistics(&self.page.text[range.clone()]) {
            self.in_statistics = true;
            self.statistics.push(BlockLine::Text(range.start + at..range.end));
            range.end = range.start + at;
        }
        let line = &self.page.text[range.clone()];
        if line.trim_start().is_empty() {
            return;
        }
        if is_page_number(compact_line) {
            // The page broke inside a sentence, however short the line before.
            let ends_open = self
                .prose
                .text
                .trim_end()
                .chars()
                .next_back()
                .is_some_and(|c| !matches!(c, '。' | '！' | '？' | '；' | '：'));
            let is_sentence = self.prose.paragraphs.last().is_some_and(|p| !p.is_heading && p.section == self.section);
            if ends_open && is_sentence {
                self.last = Last::OpenOverPage;
            }
            return;
        }
        let is_short = !compact_line.is_empty() && !is_longer(compact_line, 60);
        let is_chrome =
            is_short && (self.section == 0 || self.section == 6) && self.dictionary.sections.is_chrome(line);
        let is_title = is_short && self.section == 0 && holds(self.title, compact_line.trim_start_matches(['#', '*']));
        if is_chrome || is_title || is_short && is_of_contents(line.trim(), &self.dictionary.sections) {
            self.last = Last::Other;
            return;
        }
        let is_heading = is_short && is_minor(compact_line);
        let goes_on = match self.last {
            // A border of a cell, which is no text, may stand between.
            Last::Open => !is_inside_number(&self.prose.text, line) || !self.is_parted(range.start),
            Last::OpenOverPage => !is_inside_number(&self.prose.text, line),
            Last::Other => false,
        };
        // 分别为1、⏎2、3件
        let is_item = || starts_item(line) && !self.prose.text.trim_end().ends_with('、');
        let join = self.may_be_wrapped && goes_on && !is_heading && !is_item();
        self.prose.push(self.page, range.clone(), self.section, is_heading, join);
        self.read_until = range.end;
        let last = line.chars().next_back();
        let ends_open = !last
            .is_some_and(|c| matches!(c, '。' | '！' | '？' | '；' | '：' | ':' | ';' | '!' | '?' | '”' | '…' | '.'));
        let is_full = line.chars().nth(SHORTEST_FULL_LINE).is_some();
        self.last = if ends_open && !is_heading && (is_full || join) { Last::Open } else { Last::Other };
    }

    /// Whether anything but white space stands on the page before a place, since the last running text.
    fn is_parted(&self, start: usize) -> bool {
        self.page.text.get(self.read_until..start).is_some_and(|between| !between.trim().is_empty())
    }
}
