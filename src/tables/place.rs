//! Runs of values to cells: by label, and where a label was broken off, by order.

use super::entries::{Blocks, Entry, Found, Item};
use super::glued::{self, GluedRow, Recovery};
use super::{Cell, CellState, TableReport, Tables, Value, cut, edges, read_value, surplus};
use crate::form::{CellId, Column, Generation, Number, Row, TableId};
use crate::source::{Page, Source, Span};
use std::ops::Range;

/// Table two.
pub(super) fn proactive(tables: &mut Tables, source: &Source, page: &Page<'_>, blocks: &Blocks<'_>) {
    let found = &blocks.tables[TableId::Proactive as usize];
    let generation = tables.form();
    let (mut missing, mut recovery) = (Vec::new(), Recovery::default());
    for (line, (row, columns)) in (1..).zip(layout(generation)) {
        let of_row = || found.entries.iter().filter(|e| e.row == Some(*row));
        // A report may mix the forms: the columns of a row are those of the header over it.
        let header = of_row().find_map(|e| found.header_over(e)).filter(|header| *header != generation);
        let columns = header.and_then(|header| columns_of(*row, header)).unwrap_or(columns);
        let is_own = |at: &usize| {
            found.entries[*at].row == Some(*row)
                && !cut::stands_beside_values(found, *at, columns.len())
                && !cut::may_go_on_below(&page.text, found, *at)
        };
        let own = (0..found.entries.len()).filter(is_own);
        let fitting = own.into_iter().find_map(|at| fit(found.entries[at].items, columns.len()));
        let repeated = || of_row().find_map(|e| without_repeats(page, e, columns.len(), line));
        if let Some(items) = fitting.or_else(|| repeated().filter(|_| tables.generation.is_some())) {
            if *row == Row::Fees && found.is_in_yuan {
                insert_row(tables, source, page, *row, columns, &in_yuan(items));
            } else {
                insert_row(tables, source, page, *row, columns, items);
            }
        } else if let Some(glued) = glued::proactive(&page.text, found, *row, columns, &mut recovery) {
            insert_glued(tables, source, page, columns, &glued);
        } else {
            missing.push(*row);
            insert_missing(tables, *row, columns, found);
        }
    }
    finish(tables, TableId::Proactive, source, page, found, missing, Vec::new(), recovery);
}

/// The values with the unit of their header, where they print none themselves.
fn in_yuan(items: &[Item]) -> Vec<Item> {
    let with_unit = |i: &Item| Item { value: Value { money: i.value.money.or(Some(0)), ..i.value }, ..i.clone() };
    items.iter().map(with_unit).collect()
}

/// The columns of a row of table two in one of the forms.
fn columns_of(row: Row, generation: Generation) -> Option<&'static [Column]> {
    layout(generation).iter().find(|(own, _)| *own == row).map(|(_, columns)| *columns)
}

/// The rows of table two and their columns.
fn layout(generation: Generation) -> &'static [(Row, &'static [Column])] {
    use Column::*;
    const STOCK: &[Column] = &[Issued, Repealed, InForce];
    const MADE: &[Column] = &[Made, Disclosed, DisclosedTotal];
    const ITEMS: &[Column] = &[ItemsLastYear, ItemsChange, Decisions];
    match generation {
        Generation::Form2008 | Generation::Form2014 => &[],
        Generation::Form2021 => &[
            (Row::Regulations, STOCK),
            (Row::NormativeDocuments, STOCK),
            (Row::Licences, &[Decisions]),
            (Row::Penalties, &[Decisions]),
            (Row::CoerciveMeasures, &[Decisions]),
            (Row::Fees, &[Amount]),
        ],
        Generation::Form2019 => &[
            (Row::Regulations, MADE),
            (Row::NormativeDocuments, MADE),
            (Row::Licences, ITEMS),
            (Row::OtherServices, ITEMS),
            (Row::Penalties, ITEMS),
            (Row::CoerciveMeasures, ITEMS),
            (Row::Fees, &[ItemsLastYear, ItemsChange]),
            (Row::Procurement, &[Items, Amount]),
        ],
    }
}

/// Table three.
pub(super) fn requests(tables: &mut Tables, source: &Source, page: &Page<'_>, blocks: &Blocks<'_>) {
    let found = &blocks.tables[TableId::Requests as usize];
    let width = Column::REQUESTS.len();
    let kept = surplus::without(found);
    let without_surplus = kept.as_deref().map(|rows| surplus::over(found, rows));
    let found = without_surplus.as_ref().unwrap_or(found);
    let settled = edges::settled(found);
    let found = settled.as_ref().unwrap_or(found);
    // 其他 alone is a column, too.
    let is_member = |e: &Entry<'_>| {
        matches!(e.row, Some(Row::NotCorrected | Row::FeeUnpaid))
            || e.row == Some(Row::OtherOther) && has_values(e, width)
    };
    let has_members = found.entries.iter().any(is_member);
    let mended = cut::mended(found);
    let found = mended.as_ref().unwrap_or(found);
    let mut rows: Vec<&Entry<'_>> =
        found.entries.iter().filter(|e| is_left_out(e) || fit(e.items, width).is_some()).collect();
    let other = another_table(&mut rows, width);
    // Rows 合计 of groups may stand before （七）总计, and one of all that is in hand behind the last row.
    let end = rows.iter().position(|e| e.row == Some(Row::CarriedOut)).unwrap_or(rows.len());
    let is_total = |e: &&Entry<'_>| e.row == Some(Row::Handled);
    let last_total = rows[..end].iter().rposition(is_total).or_else(|| rows.iter().rposition(is_total));
    let mut at = 0..;
    rows.retain(|e| at.next() == last_total || e.row != Some(Row::Handled));
    let labelled = |row: Row| found.entries.iter().any(|e| e.row == Some(row) && has_values(e, width));
    let has_sixth = has_members || found.names_sixth;
    let has_group_row = labelled(Row::Other) && !has_sixth;
    let generation = if has_group_row { Generation::Form2019 } else { tables.form_of_requests(has_sixth) };
    let expected = Row::of_requests(generation);
    let (mut placed, by_order) = align(expected, &rows);
    placed.iter_mut().filter(|e| e.is_some_and(is_left_out)).for_each(|e| *e = None);
    let (mut missing, mut recovery) = (Vec::new(), Recovery::default());
    let mut glued = Vec::new();
    if placed.iter().any(Option::is_none) {
        glued = glued::requests(&page.text, found, expected, &placed, &mut recovery);
    }
    for (row, entry) in expected.iter().zip(placed) {
        if let Some(items) = entry.and_then(|e| fit(e.items, width)) {
            insert_row(tables, source, page, *row, &Column::REQUESTS, items);
        } else if let Some(glued) = glued.iter().find(|g| g.row == *row) {
            insert_glued(tables, source, page, &Column::REQUESTS, glued);
        } else {
            missing.push(*row);
            insert_missing(tables, *row, &Column::REQUESTS, found);
        }
    }
    finish(tables, TableId::Requests, source, page, found, missing, by_order, recovery);
    tables.reports[TableId::Requests as usize].other = other.map(|range| page.span(source, range));
}

/// Leaves out the rows from the second first row on, if there is a second total behind it: those of another table, such as
/// last year's. The place of its first value, if its figures are others.
fn another_table(rows: &mut Vec<&Entry<'_>>, width: usize) -> Option<Range<usize>> {
    let place = |row: Row, from: usize| Some(from + rows[from..].iter().position(|e| e.row == Some(row))?);
    let begins = place(Row::Received, place(Row::Handled, 0)?)?;
    place(Row::Handled, begins)?;
    let other = rows.split_off(begins);
    let numbers =
        |e: &Entry<'_>| fit(e.items, width).map(|items| items.iter().map(|i| i.value.number).collect::<Vec<_>>());
    let of_the_first = |row: Option<Row>| rows.iter().find(|e| e.row == row && row != Some(Row::Handled));
    let differs = |e: &&Entry<'_>| of_the_first(e.row).is_some_and(|own| numbers(own) != numbers(e));
    other.iter().any(differs).then(|| other.first()?.items.first().map(|i| i.range.clone()))?
}

impl Tables {
    fn form_of_requests(&self, has_sixth: bool) -> Generation {
        match self.generation {
            // A report may mix the forms; the rows of table three decide for table three.
            Some(Generation::Form2019) if !has_sixth => Generation::Form2019,
            _ => Generation::Form2021,
        }
    }
}

/// A row that keeps its place without its values.
fn is_left_out(entry: &Entry<'_>) -> bool {
    entry.is_row && entry.items.is_empty()
}

/// A row of seven values, or of digits that may hold as many.
fn has_values(entry: &Entry<'_>, width: usize) -> bool {
    fit(entry.items, width).is_some() || entry.may_be_glued && entry.items.iter().any(|i| i.value.number.is_some())
}

/// Gives every expected row its entry: labelled entries by label; between two of them, entries without a label
/// only where they are exactly as many as the rows left open.
fn align<'e, 'i>(expected: &[Row], entries: &[&'e Entry<'i>]) -> (Vec<Option<&'e Entry<'i>>>, Vec<Row>) {
    let mut placed: Vec<Option<&Entry<'_>>> = vec![None; expected.len()];
    let mut by_order = Vec::new();
    let mut anchors: Vec<(usize, usize)> = Vec::with_capacity(expected.len()); // (row index, entry index), both rising
    for (e, entry) in entries.iter().enumerate() {
        let Some(r) = entry.row.and_then(|row| expected.iter().position(|x| *x == row)) else { continue };
        if placed[r].is_none() {
            placed[r] = Some(entry);
            if anchors.last().is_none_or(|(last, _)| *last < r) {
                anchors.push((r, e));
            }
        }
    }
    // One past the last anchor, as row and as entry.
    let mut from = (0, 0);
    for to in anchors.into_iter().chain([(expected.len(), entries.len())]) {
        let (rows, between) = (from.0..to.0, &entries[from.1..to.1]);
        let is_bounded = from.0 > 0 && to.0 < expected.len();
        from = (to.0 + 1, to.1 + 1);
        if rows.is_empty() || between.is_empty() {
            continue;
        }
        let loose = || between.iter().filter(|e| e.row.is_none() && e.is_row);
        let open: Vec<usize> = rows.filter(|r| placed[*r].is_none()).collect();
        let count = loose().count();
        if open.len() == count && (is_bounded || count == 1) {
            for (r, entry) in open.into_iter().zip(loose()) {
                placed[r] = Some(entry);
                by_order.extend((!is_left_out(entry)).then_some(expected[r]));
            }
        }
    }
    (placed, by_order)
}

/// Table four: fifteen values in a row are the anchor; its headers are too often scrambled, but where they tell another
/// order of the blocks it is that of the values.
pub(super) fn disputes(tables: &mut Tables, source: &Source, page: &Page<'_>, blocks: &Blocks<'_>) {
    const ROWS: [Row; 3] = [Row::Review, Row::LitigationDirect, Row::LitigationAfterReview];
    let found = &blocks.tables[TableId::Disputes as usize];
    let width = ROWS.len() * Column::DISPUTES.len();
    let whole = (0..found.entries.len()).filter(|at| !cut::overflows(&found.entries, *at, width));
    let rows = whole.map(|at| found.entries[at].items);
    let rows = rows.filter_map(|items| edges::disputes(items).or_else(|| without_serial(items, width)));
    let mut candidates: Vec<&[Item]> = rows.filter(|items| !are_column_numbers(items)).collect();
    candidates.sort_by_key(|items| std::cmp::Reverse(items.iter().any(|i| i.value.number.is_some())));
    let (mut missing, mut recovery) = (Vec::new(), Recovery::default());
    let apart = ROWS.map(|row| block_apart(found, row));
    let order = found.order.blocks();
    if candidates.is_empty()
        && let [Some(review), Some(direct), Some(after)] = apart
        && are_blocks([review, direct, after])
    {
        for (row, items) in ROWS.iter().zip([review, direct, after]) {
            insert_row(tables, source, page, *row, &Column::DISPUTES, items);
        }
    } else if let Some((items, blocks)) = candidates.first().zip(order) {
        for (row, items) in blocks.iter().zip(items.chunks(Column::DISPUTES.len())) {
            insert_row(tables, source, page, *row, &Column::DISPUTES, items);
        }
    } else {
        let is_blank = |c: &Cell| c.state == CellState::Blank && c.id.row.table() == TableId::Requests;
        let loses_blanks = tables.report(TableId::Requests).recovery.loses_blanks || tables.cells.iter().any(is_blank);
        let is_usual = candidates.is_empty() && order == Some(ROWS);
        let glued = is_usual.then(|| glued::disputes(&page.text, found, ROWS, loses_blanks, &mut recovery));
        let glued = glued.unwrap_or_default();
        for row in ROWS {
            if let Some(glued) = glued.iter().find(|g| g.row == row) {
                insert_glued(tables, source, page, &Column::DISPUTES, glued);
            } else {
                missing.push(row);
                insert_missing(tables, row, &Column::DISPUTES, found);
            }
        }
    }
    finish(tables, TableId::Disputes, source, page, found, missing, Vec::new(), recovery);
}

/// The values of a block of table four that stands apart. A block that is found twice is not read.
fn block_apart<'i>(found: &Found<'i>, row: Row) -> Option<&'i [Item]> {
    let mut blocks = found.entries.iter().filter(|e| e.row == Some(row));
    let first = blocks.next()?;
    (blocks.next().is_none() && first.items.len() == Column::DISPUTES.len()).then_some(first.items)
}

/// Whether rows of five are blocks of table four, and not the numbers of its columns, or serial numbers and four values: two
/// of three must close.
fn are_blocks(blocks: [&[Item]; 3]) -> bool {
    blocks.into_iter().filter(|block| !are_column_numbers(block) && adds_up(block, true)).count() >= 2
}

/// 1 2 3 … 15 under a header number its columns; data frames count from 0.
pub(super) fn are_column_numbers(items: &[Item]) -> bool {
    let numbered_from =
        |first: i64| items.iter().zip(first..).all(|(item, at)| item.value.number == Some(Number::whole(at)));
    numbered_from(1) || numbered_from(0)
}

/// The values of table four behind the number of their line.
fn without_serial(items: &[Item], width: usize) -> Option<&[Item]> {
    let (serial, values) = items.split_first()?;
    let last_left = &items[..items.len() - 1];
    (values.len() == width && serial.value.number.is_some() && closes(values) && !closes(last_left)).then_some(values)
}

/// The items when there are just `width` of them, blanks left by merged cells at the ends aside. Where such blanks may
/// as well be values, the row is cut so that its last value is the sum of those before.
pub(super) fn fit(items: &[Item], width: usize) -> Option<&[Item]> {
    let extra = items.len().checked_sub(width)?;
    if extra == 0 {
        return Some(items);
    }
    let is_blank = |item: &Item| item.value.state == CellState::Blank;
    // Remarks stand in a column of their own at the end.
    let is_beyond = |item: &Item| is_blank(item) || item.value.number.is_none();
    let are_values = |at: usize| items[at..at + width].iter().all(|i| i.value.is_value());
    let may_begin = |at: &usize| {
        let beyond = &items[at + width..];
        items[..*at].iter().all(is_blank)
            && (beyond.iter().all(is_blank) || beyond.iter().all(is_beyond) && are_values(*at))
    };
    let mut begins = (0..=extra).filter(may_begin);
    let first = begins.next()?;
    let cut = |at: usize| &items[at..at + width];
    if begins.next().is_none() || closes(cut(first)) {
        return Some(cut(first));
    }
    let closing = (first + 1..=extra).filter(may_begin).map(cut).find(|row| closes(row));
    // Where nothing tells, it is all the same only to blanks and zeros.
    let is_any = items.iter().any(|i| i.value.number.is_some_and(|n| n != Number::ZERO));
    closing
        .or_else(|| (!is_any).then(|| cut(if first == 0 { 0 } else { (0..=extra).rfind(may_begin).unwrap_or(first) })))
}

/// The first values of a row whose last cell was written out once for each column that it spans, as converters of
/// pages do: 行政许可 | 5293 | 5293 | 5293. Where the first of several may be the number of the line (规章 | 1 | 0 | 0 | 0 in
/// the first), nobody knows.
fn without_repeats<'i>(page: &Page<'_>, entry: &Entry<'i>, width: usize, line: i64) -> Option<&'i [Item]> {
    let (values, more) = entry.items.split_at_checked(width)?;
    let last = &page.text[values.last()?.range.clone()];
    let is_repeated = entry.is_row && !more.is_empty() && more.iter().all(|i| &page.text[i.range.clone()] == last);
    let may_be_numbered = width > 1 && values[0].value.number == Some(Number::whole(line));
    // 4 | 4 | 1 | 1 under three columns: the first may be the one written out twice.
    let text = |item: &Item| &page.text[item.range.clone()];
    let is_any_other =
        values.windows(2).any(|two| text(&two[0]) == text(&two[1])) && values.iter().any(|item| text(item) != last);
    (is_repeated && !may_be_numbered && !is_any_other).then_some(values)
}

/// Whether the last of some values is the sum of the others; where it may be blank, that of none.
pub(super) fn adds_up(values: &[Item], may_be_blank: bool) -> bool {
    let Some((total, parts)) = values.split_last() else { return false };
    let sum: Number = parts.iter().filter_map(|i| i.value.number).sum();
    total.value.number == Some(sum) || may_be_blank && total.value.number.is_none() && sum == Number::ZERO
}

/// Whether the last value of a row of table three is the sum of the others, and in each block of table four the last that
/// of its block. Rows of other tables have no totals.
fn closes(row: &[Item]) -> bool {
    const REQUESTS: usize = Column::REQUESTS.len();
    const BLOCK: usize = Column::DISPUTES.len();
    match row.len() {
        REQUESTS => adds_up(row, false),
        length if length == 3 * BLOCK => row.chunks(BLOCK).all(|block| adds_up(block, true)),
        _ => false,
    }
}

fn insert_row(tables: &mut Tables, source: &Source, page: &Page<'_>, row: Row, columns: &[Column], items: &[Item]) {
    let value = |column: Column, value: &Value| match row {
        Row::Fees => value.number.map(|n| in_column_unit(n, value.money, row, column)),
        _ => value.number,
    };
    let plain = plain_row(source, page, items);
    // Such a row is kept as a whole, and the places in it are counted on from its start.
    let kept = plain.as_ref().map_or(0, |(_, text, _)| tables.keep(text));
    for (column, item) in columns.iter().zip(items) {
        let (id, state, value) = (CellId::new(row, *column), item.value.state, value(*column, &item.value));
        let place = plain.as_ref().and_then(|(start, text, at)| Some((*start, place_in(text, *at, &item.range)?)));
        if let Some((start, Range { start: from, end: to })) = place {
            let span = Some(Span { start: start + from, end: start + to });
            tables.put(Cell { id, raw: kept + from..kept + to, value, state, span });
        } else {
            let (raw, span) = (page.text[item.range.clone()].trim(), Some(page.span(source, item.range.clone())));
            tables.insert(Cell { id, raw: 0..0, value, state, span }, raw);
        }
    }
}

/// A row of digits and bars, as most are, of which every byte is a character of the source: the first of these, its
/// text, and the byte of the page at which it begins.
fn plain_row<'p>(source: &Source, page: &'p Page<'_>, items: &[Item]) -> Option<(u32, &'p str, usize)> {
    let whole = items.first()?.range.start..items.last()?.range.end;
    let text = page.text.get(whole.clone())?;
    Some((page.plain_start(source, whole.clone())?, text, whole.start))
}

/// Where an item stands in the text of its row, unless it has white space at its ends.
fn place_in(text: &str, start: usize, range: &Range<usize>) -> Option<Range<u32>> {
    let (from, to) = (range.start.checked_sub(start)?, range.end.checked_sub(start)?);
    match text.as_bytes().get(from..to)? {
        [] => {}
        [only] if *only > b' ' => {}
        [first, .., last] if *first > b' ' && *last > b' ' => {}
        _ => return None,
    }
    Some(from as u32..to as u32)
}

/// A row cut out of glued digits. A cell that is not settled is missing.
fn insert_glued(tables: &mut Tables, source: &Source, page: &Page<'_>, columns: &[Column], glued: &GluedRow) {
    for (column, place) in columns.iter().zip(&glued.cells) {
        let id = CellId::new(glued.row, *column);
        let Some(place) = place else {
            tables.insert(Cell { id, raw: 0..0, value: None, state: CellState::Missing, span: None }, "");
            continue;
        };
        let raw = &page.text[place.clone()];
        let value = read_value(raw);
        let state = if glued.is_recovered { CellState::Recovered } else { value.state };
        let span = Some(page.span(source, place.clone()));
        tables.insert(Cell { id, raw: 0..0, value: value.number, state, span }, raw);
    }
}

/// Fees are told in 万元; where the cell prints another unit the number is brought to it.
fn in_column_unit(number: Number, money: Option<i32>, row: Row, column: Column) -> Number {
    match (row, column, money) {
        (Row::Fees, Column::Amount, Some(0)) => number.ratio(Number::whole(10_000)).unwrap_or(number),
        (Row::Fees, Column::Amount, Some(8)) => number * 10_000,
        _ => number,
    }
}

fn insert_missing(tables: &mut Tables, row: Row, columns: &[Column], found: &Found<'_>) {
    if found.start.is_none() && found.entries.is_empty() {
        return;
    }
    for column in columns {
        let id = CellId::new(row, *column);
        tables.insert(Cell { id, raw: 0..0, value: None, state: CellState::Missing, span: None }, "");
    }
}

#[allow(clippy::too_many_arguments, reason = "all that the three tables end with")]
fn finish(
    tables: &mut Tables,
    table: TableId,
    source: &Source,
    page: &Page<'_>,
    found: &Found<'_>,
    mut missing_rows: Vec<Row>,
    placed_by_order: Vec<Row>,
    recovery: Recovery,
) {
    let start =
        found.start.clone().or_else(|| found.entries.first().and_then(|e| e.items.first()).map(|i| i.range.clone()));
    // Rows whose digits are there, but not settled, are told apart from rows that were not found.
    missing_rows.retain(|row| !recovery.undetermined.contains(row));
    let glued = recovery.start.clone().map(|range| page.span(source, range));
    tables.reports[table as usize] = TableReport {
        is_found: start.is_some(),
        missing_rows,
        placed_by_order,
        is_shifted: false,
        span: start.map(|range| page.span(source, range)),
        other: None,
        glued,
        recovery,
    };
}
