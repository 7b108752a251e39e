//! Lines to labelled runs of values, whatever way the table was printed.

mod found;
mod labels;
mod lines;
mod spans;

use std::borrow::Cow;
use std::ops::Range;

pub(super) use found::{Blocks, BlocksOf, Entry, EntryOf, Found, FoundOf, Item};

use super::CELLS;
use super::apart::{Apart, Values};
use super::value::read_value;
use crate::dictionary::Dictionary;
use crate::document::{BlockLine, Document, glued};
use crate::form::{Column, Row, TableId};
use crate::source::Page;

/// A longer text (bytes) is a label or a remark, no mark that stands for a value.
const LONGEST_WORD: usize = 12;

/// A label longer than this (bytes) is prose.
const LONGEST_LABEL: usize = 240;

/// Reads the blocks of a document: the values of all runs one after the other, and the runs of each table.
pub(super) fn collect(
    page: &Page<'_>,
    document: &Document,
    dictionary: &Dictionary,
) -> (Vec<Item>, BlocksOf<Range<usize>>) {
    let mut blocks = BlocksOf { tables: std::array::from_fn(|_| FoundOf::default()) };
    let items = Vec::with_capacity(CELLS);
    let mut reader = Reader {
        page,
        dictionary,
        year: document.year,
        items,
        table: None,
        found: FoundOf::default(),
        pending: None,
        apart: Apart::default(),
        pieces: Vec::new(),
        broken: None,
        below_labels: Vec::new(),
        has_values_first: false,
        spans: spans::Spans::default(),
    };
    for block in &document.blocks {
        reader.table = block.opened_by;
        reader.pieces.clear();
        (reader.broken, reader.has_values_first) = (None, false);
        for line in &block.lines {
            match line {
                BlockLine::Row(index) => reader.row(*index),
                BlockLine::Text(range) => reader.text(range.clone()),
            }
        }
        reader.flush();
        reader.forget_labels_above();
        let headers = std::mem::take(&mut reader.found.headers);
        let order = std::mem::take(&mut reader.found.order);
        let is_in_yuan = std::mem::take(&mut reader.found.is_in_yuan);
        let names_sixth = std::mem::take(&mut reader.found.names_sixth);
        let entries = &mut reader.found.entries;
        let Some(table) = block.opened_by.or_else(|| entries.iter().find_map(|e| e.row).map(Row::table)) else {
            entries.clear();
            continue;
        };
        let target = &mut blocks.tables[table as usize];
        target.entries.append(entries);
        target.headers.append(headers);
        target.order = target.order.and(order);
        target.is_in_yuan |= is_in_yuan;
        target.names_sixth |= names_sixth;
        if target.start.is_none() {
            target.start = block.lines.first().map(|l| match l {
                BlockLine::Row(index) => page.lines[*index].bytes(),
                BlockLine::Text(range) => range.clone(),
            });
        }
    }
    // A block may hold rows of a table whose header was lost: they belong where their labels say.
    rehome(&mut blocks);
    (reader.items, blocks)
}

fn rehome<I>(blocks: &mut BlocksOf<I>) {
    let is_home =
        |table: TableId| blocks.tables[table as usize].entries.iter().all(|e| e.row.is_none_or(|r| r.table() == table));
    if TableId::ALL.iter().all(|t| is_home(*t)) {
        return;
    }
    for from in TableId::ALL {
        let entries = std::mem::take(&mut blocks.tables[*from as usize].entries);
        for entry in entries {
            let to = entry.row.map_or(*from, Row::table);
            blocks.tables[to as usize].entries.push(entry);
        }
    }
}

struct Reader<'a> {
    page: &'a Page<'a>,
    dictionary: &'a Dictionary,
    /// The values of all runs.
    items: Vec<Item>,
    /// The table that the block is of.
    table: Option<TableId>,
    /// What was found in the block.
    found: FoundOf<Range<usize>>,
    /// A run of one-a-line values that is still growing; its values are the last.
    pending: Option<EntryOf<Range<usize>>>,
    /// The report's year.
    year: Option<i16>,
    /// What the headings of table four have told.
    apart: Apart,
    /// The lines of words since the last values: they may be pieces of the next label.
    pieces: Vec<Range<usize>>,
    /// A row on one line of which the label goes on below: its entry, and what the label may be so far.
    broken: Option<(usize, Vec<String>)>,
    /// The rows of numbers that stand on the line below their label.
    below_labels: Vec<usize>,
    /// A row without any label stood before the first label.
    has_values_first: bool,
    /// What the last header of table two repeats.
    spans: spans::Spans,
}

impl Reader<'_> {
    fn row(&mut self, index: usize) {
        let cells = self.page.lines[index].cells.clone();
        let cells = &self.page.cells[cells.start as usize..cells.end as usize];
        self.note_order(cells);
        if let [only] = cells {
            return self.single(only.start as usize..only.end as usize);
        }
        if self.goes_on(cells) {
            return;
        }
        self.flush();
        // A label counts only if no other comes before the numbers: most need not be looked up.
        let (mut label, mut label_text, mut label_before) = (None, None, None);
        let from = self.items.len();
        let headers = self.found.headers.len();
        for (at, cell) in cells.iter().enumerate() {
            let text = self.page.slice(cell);
            let value = read_value(text);
            if value.is_value() || is_long_run(text) {
                self.items.push(Item { value, range: cell.start as usize..cell.end as usize });
                continue;
            }
            self.note_header(text, cell.start as usize);
            // What stands before the last label is a group's label and blanks left by merged cells.
            if !self.items[from..].iter().any(|i| i.value.number.is_some()) {
                if !self.stands_for_a_value(label_text, text, &cells[at + 1..]) {
                    (label_before, label_text) = (label_text, Some(cell));
                    self.items.truncate(from);
                    continue;
                }
                self.items.push(Item { value, range: cell.start as usize..cell.end as usize });
                continue;
            }
            let row = self.label(text);
            if row.is_some() {
                (label, label_text) = (row, None);
                self.items.truncate(from);
            } else {
                self.items.push(Item { value, range: cell.start as usize..cell.end as usize });
            }
        }
        self.note_spans(cells, self.found.headers.len() - headers);
        self.without_spans(from, cells.len());
        let items = from..self.items.len();
        if items.is_empty() {
            // Only the border between label and digits may be lost.
            if let Some(cell) = label_text.filter(|c| self.page.slice(c).ends_with(|c: char| c.is_ascii_digit())) {
                self.glued(cell.start as usize..cell.end as usize);
            }
            return;
        }
        if let Some(cell) = label_text {
            label = self.label(self.page.slice(cell));
            // （三）不予公开 | 合计 | 3 …: the sum of a group is no row of the form; （六）其他处理 | 合计 is.
            let group = label_before.map(|cell| self.page.slice(cell)).filter(|text| self.is_group(text));
            if label == Some(Row::Handled)
                && let Some(group) = group.filter(|_| !glued::begins_with_numbering(self.page.slice(cell)))
            {
                label = self.label(group);
                if label.is_none() {
                    return self.items.truncate(from);
                }
            }
        }
        let is_number = |i: &Item| i.value.number.is_some() || is_long_run(&self.page.text[i.range.clone()]);
        let has_number = self.items[from..].iter().any(is_number);
        // 自然人 | 法人或其他组织 | 总计 | | | padded with blanks is a header, not the row 总计.
        // Before the first row of the table, so is 总计 alone.
        let headers = if self.found.entries.iter().any(|e| e.row.is_some()) { 2 } else { 1 };
        let is_header = !has_number && self.header_cells(cells) >= headers
            || label_text.is_some_and(|cell| self.is_of_another_year(self.page.slice(cell)));
        let is_data = (has_number || label.is_some()) && !is_header;
        let is_blank_disputes = self.table == Some(TableId::Disputes) && items.len() >= 15 && !is_header;
        if is_data || is_blank_disputes {
            if self.table == Some(TableId::Disputes) && self.blocks_apart(&items) {
                return;
            }
            let may_be_glued = items.len() == 1;
            let is_bare = label_text.is_none_or(|cell| self.page.slice(cell).trim().is_empty());
            self.found.entries.push(EntryOf { row: label, items, is_row: true, is_bare, may_be_glued });
        } else {
            self.items.truncate(from);
        }
    }

    /// Takes the last values as those of blocks of table four that stand apart; whether they are.
    fn blocks_apart(&mut self, items: &Range<usize>) -> bool {
        let blocks = self.apart.blocks_of(items);
        let is_any = !blocks.is_empty();
        for Values { row, places, step } in blocks {
            let items = if step == 1 {
                places
            } else {
                let from = self.items.len();
                let column: Vec<Item> = self.items[places].iter().step_by(step).cloned().collect();
                self.items.extend(column);
                from..self.items.len()
            };
            self.found.entries.push(EntryOf {
                row: Some(row),
                items,
                is_row: true,
                is_bare: false,
                may_be_glued: false,
            });
        }
        is_any
    }

    /// 部分公开 | 见附件 | 4 …: whether a short text behind the label of a row is no label itself: its cell is kept, so that
    /// those behind it stay in their columns.
    fn stands_for_a_value(&self, label: Option<&Range<u32>>, text: &str, rest: &[Range<u32>]) -> bool {
        let width = match self.table {
            Some(TableId::Requests) => Column::REQUESTS.len(),
            Some(TableId::Disputes) => 3 * Column::DISPUTES.len(),
            _ => return false,
        };
        if text.len() > LONGEST_WORD || label.is_none() && self.table == Some(TableId::Requests) {
            return false;
        }
        // 数量 | 3 | 1 …: the row is whole without it.
        let is_value = |cell: &&Range<u32>| !cell.is_empty() && read_value(self.page.slice(cell)).is_value();
        let is_whole = || rest.iter().filter(is_value).count() >= width;
        let is_label = || match self.table {
            Some(TableId::Disputes) => self.dictionary.headers.is_header(&compact(text)),
            _ => self.dictionary.labels.row(text).is_some() || self.dictionary.headers.is_header(&compact(text)),
        };
        let has_label = || match self.table {
            Some(TableId::Disputes) => true,
            _ => {
                label.is_some_and(|cell| self.label(self.page.slice(cell)).is_some_and(|row| row.members().is_empty()))
            }
        };
        has_label() && !is_label() && !is_whole()
    }

    /// Whether a row is the last value of those that stand one a line, and what its row is padded with: then they are
    /// taken as such.
    fn goes_on(&mut self, cells: &[Range<u32>]) -> bool {
        let Some((first, padding)) = cells.split_first() else { return false };
        let Some(entry) = self.pending.as_mut().filter(|e| e.row.is_some() || !e.items.is_empty()) else {
            return false;
        };
        let value = read_value(self.page.slice(first));
        if !value.is_value() || !padding.iter().all(|c| c.is_empty()) {
            return false;
        }
        let blanks = padding.iter().map(|c| (read_value(""), c));
        let items = std::iter::once((value, first)).chain(blanks);
        self.items.extend(items.map(|(value, c)| Item { value, range: c.start as usize..c.end as usize }));
        entry.items.end = self.items.len();
        true
    }

    /// How many cells are words of a table header.
    fn header_cells(&self, cells: &[Range<u32>]) -> usize {
        let is_header = |cell: &&Range<u32>| {
            let text = self.page.slice(cell);
            let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
            !compact.is_empty() && self.dictionary.headers.is_header(&compact)
        };
        cells.iter().filter(is_header).count()
    }

    /// Takes note of the order in which a row of headers names the blocks of table four.
    fn note_order(&mut self, cells: &[Range<u32>]) {
        if self.table == Some(TableId::Disputes) {
            let texts: Vec<_> = cells.iter().map(|cell| compact(self.page.slice(cell))).collect();
            let short = texts.iter().map(|text| &**text).filter(|text| text.len() < LONGEST_LABEL);
            self.found.order.note(short, || 0, &self.dictionary.headers);
        }
    }

    /// Takes note of what a header tells.
    fn note_header(&mut self, text: &str, at: usize) {
        if self.table == Some(TableId::Disputes) && text.len() < LONGEST_LABEL {
            self.apart.note(&compact(text), &self.dictionary.headers);
        }
        let may_tell_unit = self.table == Some(TableId::Proactive) && text.ends_with(['）', ')']);
        self.found.is_in_yuan |= may_tell_unit && self.dictionary.headers.is_in_yuan(&compact(text));
        let may_tell = matches!(self.table, None | Some(TableId::Proactive));
        if may_tell
            && text.len() < LONGEST_LABEL
            && let Some(generation) = self.dictionary.headers.generation(&compact(text))
        {
            self.found.headers.note(at, generation);
        }
    }

    /// A cell on a line of its own.
    fn single(&mut self, range: Range<usize>) {
        let text = &self.page.text[range.clone()];
        let value = read_value(text);
        if value.is_value() || is_long_run(text) {
            self.pieces.clear();
            let at = self.items.len();
            self.items.push(Item { value, range });
            let pending = self.pending.get_or_insert(EntryOf::pending(None, at));
            pending.items.end = at + 1;
            return;
        }
        if text.ends_with(|c: char| c.is_ascii_digit()) && self.glued(range.clone()) {
            return;
        }
        self.note_header(text, range.start);
        if !glued::begins_with_numbering(text) && self.ends_a_label(text) {
            return;
        }
        self.flush();
        let row = self.label(text);
        let is_header_only =
            row.is_some() && !text.contains(['（', '(', '.']) && self.dictionary.headers.is_header(&compact(text));
        // 其他 is the last header, too: no row before the first one of its table.
        let is_first = !self.found.entries.iter().any(|e| e.row.is_some());
        let row = if is_header_only && (row != Some(Row::OtherOther) || is_first) {
            row.filter(|r| r.table() != TableId::Requests)
        } else {
            row
        };
        let row = self.row_over_cells(text).or(row);
        // A note that says what 其他处理 includes has no numbering.
        self.found.names_sixth |=
            matches!(row, Some(Row::NotCorrected | Row::FeeUnpaid)) && glued::begins_with_numbering(text);
        self.pending = Some(EntryOf::pending(row, self.items.len()));
        self.pieces.push(range);
    }

    /// Rows of which label and digits run together; whether there are any.
    fn glued(&mut self, range: Range<usize>) -> bool {
        let text = &self.page.text[range.clone()];
        let rows = glued::rows(text, self.table.unwrap_or(TableId::Requests), &self.dictionary.labels);
        if rows.is_empty() {
            return false;
        }
        self.note_generation_within(text, range.start);
        self.flush();
        for found in rows {
            self.values(found.row, range.start, &found.pieces);
        }
        true
    }

    /// A row of values at these places of a text that begins at `start`.
    fn values(&mut self, row: Option<Row>, start: usize, places: &[Range<usize>]) {
        self.pieces.clear();
        let from = self.items.len();
        let text = &self.page.text[start..];
        let items =
            places.iter().map(|p| Item { value: read_value(&text[p.clone()]), range: start + p.start..start + p.end });
        self.items.extend(items);
        let items = from..self.items.len();
        self.found.entries.push(EntryOf { row, items, is_row: true, is_bare: false, may_be_glued: true });
    }

    fn note_generation_within(&mut self, text: &str, at: usize) {
        if matches!(self.table, None | Some(TableId::Proactive))
            && self.found.headers.len() == 0
            && let Some(generation) = self.dictionary.headers.generation(&compact(text))
        {
            self.found.headers.note(at, generation);
        }
    }

    fn flush(&mut self) {
        if let Some(entry) = self.pending.take()
            && !entry.items.is_empty()
        {
            self.found.entries.push(entry);
        }
    }
}

/// Digits that are too many for one number, or parted: those of a row, glued together, or several numbers in one cell.
fn is_long_run(text: &str) -> bool {
    let is_gap = |b: u8| matches!(b, b' ' | b'\n');
    (text.len() > 20 || text.len() > 2 && text.bytes().any(is_gap))
        && text.bytes().all(|b| b.is_ascii_digit() || is_gap(b))
}

/// The text without white space, copied only if it has any.
fn compact(text: &str) -> Cow<'_, str> {
    if text.contains(char::is_whitespace) {
        Cow::Owned(text.chars().filter(|c| !c.is_whitespace()).collect())
    } else {
        Cow::Borrowed(text)
    }
}
