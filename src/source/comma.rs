//! Table rows whose cells commas part, as in a CSV file: `"一、本年新收政府信息公开申请数量",37,3,0,0,0,0,40`.

use std::ops::Range;

use super::page::trimmed;

/// So many rows must show that commas part cells.
const FEWEST: usize = 10;
/// So many numbers or blanks stand side by side in such a row.
const NUMBERS: usize = 7;
/// No row is longer (bytes).
const LONGEST: usize = 2000;

/// Whether the tables of a text are written so: a sentence may hold commas and numbers, but hardly seven numbers between
/// commas, and not ten times.
pub(super) fn may_be_in(text: &str) -> bool {
    // Rows of noughts or blanks stand in every table three.
    let has = |row: &str| memchr::memmem::find(text.as_bytes(), row.as_bytes()).is_some();
    let is_row = |line: &&str| {
        let cells = line.trim_end().rsplit(',').take(NUMBERS);
        let is_value = |cell: &str| cell.trim().trim_matches('"').bytes().all(|b| b.is_ascii_digit());
        line.len() < LONGEST && cells.filter(|cell| is_value(cell)).count() == NUMBERS
    };
    (has(",0,0,") || has("\"0\",\"0\"") || has(",,,")) && text.lines().filter(is_row).nth(FEWEST - 1).is_some()
}

/// The cells of a line that is such a row; quotation marks around a cell are no part of it.
pub(super) fn cells(text: &str, line: &Range<u32>) -> Option<Vec<Range<u32>>> {
    let range = line.start as usize..line.end as usize;
    let slice = &text[range.clone()];
    if slice.len() > LONGEST || !slice.contains(',') || slice.contains(['。', '|']) {
        return None;
    }
    let (mut cells, mut from, mut is_quoted) = (Vec::new(), 0, false);
    let mut push = |from: usize, to: usize| {
        let cell = &slice[from..to];
        let is_quoted = cell.len() > 1 && cell.starts_with('"') && cell.ends_with('"');
        let inner = if is_quoted { from + 1..to - 1 } else { from..to };
        cells.push(trimmed(text, range.start + inner.start..range.start + inner.end));
    };
    for (at, byte) in slice.bytes().enumerate() {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b',' if !is_quoted => {
                push(from, at);
                from = at + 1;
            }
            _ => {}
        }
    }
    push(from, slice.len());
    (cells.len() > 1).then_some(cells)
}
