//! Pages to one text: lines joined to paragraphs, tables carried over page breaks.

use super::aligned::{wrap_over_page, wrapped_rows};
use super::lines::{Line, is_western};
use super::page::{Item, Page};
use super::table::{Row, Table, begins_a_row, has_heading_mark, is_number};
use crate::source::paragraphs::Paragraphs;

/// Where the lines of running text begin and end.
#[derive(Debug, Clone, Copy)]
struct Margins {
    left: f64,
    right: f64,
    /// From one line to the next.
    pitch: f64,
    /// Paragraphs begin two characters further right.
    is_indented: bool,
}

/// A line further right than this many sizes is indented.
const INDENT: f64 = 1.2;
/// A step to the next line larger than this many usual ones is a gap between paragraphs.
const GAP: f64 = 1.4;
/// Characters of different paragraphs differ in size by this part.
const OTHER_SIZE: f64 = 0.15;

/// Writes the pages.
pub(super) fn write(pages: &[Page], out: &mut Paragraphs) {
    let whole = margins(pages.iter()).unwrap_or(Margins {
        left: 0.0,
        right: f64::INFINITY,
        pitch: f64::INFINITY,
        is_indented: false,
    });
    let mut flow = Flow { out, open: None, table: None, is_cut_row: false };
    for page in pages {
        let margins = margins_of(page, whole);
        for (index, item) in page.items.iter().enumerate() {
            match item {
                Item::Line(line) => flow.line(line, margins, index == 0),
                Item::Table(table) => flow.table(table, index == 0),
            }
        }
        if !matches!(page.items.last(), Some(Item::Table(_))) {
            flow.end_table();
        }
    }
    flow.end_paragraph();
    flow.end_table();
}

struct Flow<'o> {
    out: &'o mut Paragraphs,
    open: Option<Open>,
    table: Option<Table>,
    /// The page may go on with a row of the page before.
    is_cut_row: bool,
}

/// A paragraph that may go on.
struct Open {
    text: String,
    last: Line,
    margins: Margins,
    /// Its first line is indented.
    is_indented: bool,
}

impl Flow<'_> {
    fn line(&mut self, line: &Line, margins: Margins, is_first: bool) {
        self.is_cut_row |= is_first;
        if self.is_cut_row
            && let Some(table) = &mut self.table
            && wrap_over_page(table, line)
        {
            return;
        }
        self.is_cut_row = false;
        self.end_table();
        if let Some(open) = &mut self.open {
            if goes_on(open, line, margins, is_first) {
                join(&mut open.text, &line.text);
                open.last = line.clone();
                open.margins = margins;
                return;
            }
            self.end_paragraph();
        }
        let is_indented = is_indented(line, &margins);
        self.open = Some(Open { text: line.text.clone(), last: line.clone(), margins, is_indented });
    }

    fn table(&mut self, table: &Table, is_first: bool) {
        self.end_paragraph();
        let may_be_cut = is_first || std::mem::take(&mut self.is_cut_row);
        let taken = match &mut self.table {
            Some(open) if is_first && is_same_table(open, table) => {
                carry_on(open, table);
                return;
            }
            Some(open) if may_be_cut => wrapped_rows(open, table),
            _ => 0,
        };
        self.end_table();
        self.table = Some(Table { rows: table.rows[taken..].to_vec(), ..*table });
    }

    fn end_paragraph(&mut self) {
        if let Some(open) = self.open.take() {
            self.out.paragraph(&open.text);
        }
    }

    fn end_table(&mut self) {
        let Some(table) = self.table.take() else { return };
        for row in &table.rows {
            self.out.row(row.cells.iter().map(|c| c.text.as_str()));
        }
        self.out.end_table();
    }
}

fn is_indented(line: &Line, margins: &Margins) -> bool {
    line.frame.left > margins.left + INDENT * line.size
}

/// Whether a line goes on with the paragraph: the line before had no room for its first word, and nothing sets it off.
fn goes_on(open: &Open, line: &Line, margins: Margins, is_first: bool) -> bool {
    let (last, size) = (&open.last, line.size.max(open.last.size));
    let was_aligned = !is_indented(last, &open.margins);
    // A block set further right as a whole: its lines begin alike, and none of them at the margin.
    let is_block =
        !was_aligned && !is_first && (line.frame.left - last.frame.left).abs() < 0.3 * size && open.text != last.text;
    if is_indented(line, &margins) && !is_block {
        return false;
    }
    if (line.size - last.size).abs() > OTHER_SIZE * size {
        return false;
    }
    if !is_first && line.frame.top - last.frame.top > GAP * margins.pitch {
        return false;
    }
    // Where every paragraph begins indented, a line at the margin goes on with one, however ragged its end.
    let width = open.margins.right - open.margins.left;
    let is_long = last.frame.width() > 0.5 * width;
    if margins.is_indented && open.is_indented && is_long && !has_heading_mark(&line.text) {
        return true;
    }
    let room = open.margins.right - last.frame.right;
    let ends = last.text.ends_with(['。', '！', '？', '；', '：', '!', '?', ';']);
    // Setting is never exact; a sentence that breaks off almost at the margin goes on.
    let slack = if ends { 0.6 } else { 1.6 };
    room < line.first_word + slack * size && !(ends && has_heading_mark(&line.text))
}

/// Adds a line: a space only between words of western letters.
fn join(text: &mut String, line: &str) {
    let is_letter = |c: char| is_western(c) && c.is_alphabetic();
    if text.ends_with(is_letter) && line.starts_with(is_letter) {
        text.push(' ');
    }
    text.push_str(line);
}

/// The margins of a page: its own, as left and right pages differ, if its lines are as long as those elsewhere.
fn margins_of(page: &Page, whole: Margins) -> Margins {
    let width = whole.right - whole.left;
    match margins(std::iter::once(page)) {
        Some(own) if (own.right - own.left - width).abs() < 0.03 * width => {
            Margins { is_indented: own.is_indented || whole.is_indented, ..own }
        }
        _ => whole,
    }
}

/// The margins that the long lines keep to; none if there are too few.
fn margins<'p>(pages: impl Iterator<Item = &'p Page>) -> Option<Margins> {
    let mut lines: Vec<(&Line, Option<f64>)> = Vec::new();
    for page in pages {
        let mut above: Option<&Line> = None;
        for item in &page.items {
            let Item::Line(line) = item else {
                above = None;
                continue;
            };
            lines.push((line, above.map(|a| line.frame.top - a.frame.top)));
            above = Some(line);
        }
    }
    let widest = lines.iter().map(|(l, _)| l.frame.width()).fold(0.0, f64::max);
    let long: Vec<&(&Line, Option<f64>)> = lines.iter().filter(|(l, _)| l.frame.width() > 0.75 * widest).collect();
    if long.len() < 4 {
        return None;
    }
    let mut lefts: Vec<f64> = long.iter().map(|(l, _)| l.frame.left).collect();
    lefts.sort_by(f64::total_cmp);
    let mut rights: Vec<f64> = long.iter().map(|(l, _)| l.frame.right).collect();
    rights.sort_by(f64::total_cmp);
    let mut pitches: Vec<f64> = lines.iter().filter_map(|(_, p)| *p).filter(|p| *p > 0.0).collect();
    pitches.sort_by(f64::total_cmp);
    // Not the outermost ones: a comma may hang over the margin.
    let left = lefts[lefts.len() / 10];
    let right = rights[rights.len() - 1 - rights.len() / 10];
    let pitch = pitches.get(pitches.len() / 2).copied().unwrap_or(f64::INFINITY);
    let mut margins = Margins { left, right, pitch, is_indented: false };
    // The line behind an indented one is back at the margin.
    let returns = lines.windows(2).filter(|pair| {
        let (first, second) = (pair[0].0, pair[1].0);
        is_indented(first, &margins) && !is_indented(second, &margins) && first.frame.width() > 0.5 * widest
    });
    margins.is_indented = returns.count() >= 2;
    Some(margins)
}

/// The part of a table on the next page has the same sides.
fn is_same_table(above: &Table, below: &Table) -> bool {
    const SAME: f64 = 4.0;
    (above.frame.left - below.frame.left).abs() < SAME && (above.frame.right - below.frame.right).abs() < SAME
}

/// Adds the rows of the next page: without the header that is repeated, and with a row cut in two made whole.
fn carry_on(open: &mut Table, next: &Table) {
    let is_worded = |row: &Row| row.cells.iter().all(|c| !is_number(&c.text));
    let repeated =
        open.rows.iter().zip(&next.rows).take_while(|(a, b)| is_worded(a) && a.compact() == b.compact()).count();
    let mut rows = next.rows[repeated..].to_vec();
    if let (Some(last), Some(first)) = (open.rows.last_mut(), rows.first())
        && mend(last, first)
    {
        rows.remove(0);
    }
    open.rows.extend(rows);
}

/// Makes a row whole that a page break cut: its label goes on below, or its numbers stand below only.
fn mend(above: &mut Row, below: &Row) -> bool {
    let numbers = |row: &Row| row.cells.iter().filter(|c| is_number(&c.text)).count();
    let (upper, lower) = (numbers(above), numbers(below));
    if upper > 0 && lower > 0 || upper + lower == 0 {
        return false;
    }
    let label = below.cells.iter().rfind(|c| !c.text.is_empty() && !is_number(&c.text));
    let partner = |text_of: &Row, frame: super::layer::Frame| {
        text_of
            .cells
            .iter()
            .position(|c| (c.frame.left - frame.left).abs() < 4.0 && (c.frame.right - frame.right).abs() < 4.0)
    };
    // The label that is cut: what stands above is full, what stands below begins no row of its own.
    match label {
        Some(label) if begins_a_row(&label.text) => return false,
        Some(label) => {
            let Some(at) = partner(above, label.frame) else { return false };
            if !above.cells[at].is_full || above.cells[at].text.is_empty() {
                return false;
            }
        }
        None if upper > 0 => return false,
        None => {}
    }
    let mut merged = above.clone();
    for cell in below.cells.iter().filter(|c| !c.text.is_empty()) {
        let Some(at) = partner(&merged, cell.frame) else { return false };
        if is_number(&cell.text) && !merged.cells[at].text.is_empty() {
            return false;
        }
        merged.cells[at].text.push_str(&cell.text);
    }
    *above = merged;
    true
}
