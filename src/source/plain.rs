//! Plain text and Markdown: one line a line, `a | b |` a table row.

use std::ops::Range;

use super::drawn;
use super::page::{Line, LineKind, Page, is_blank, trimmed};

/// Reads the lines. The page text is the source text itself.
pub(super) fn page(text: &str, is_plain: bool) -> Page<'_> {
    lines(text, is_plain, |slice, borders| {
        let is_row = match (borders.bars.len(), borders.tabs.len()) {
            (0, 0 | 1) => false,
            // Tabs that part cells, of which most are short, and no sentence.
            (0, _) => !slice.contains('。'),
            (bars, _) => !is_prose_with_a_bar(slice, bars),
        };
        is_row.then(|| borders.stronger())
    })
}

/// Reads text made from a document: a row begins and ends with a bar, and nothing else is one.
pub(super) fn document(text: &str, is_plain: bool) -> Page<'_> {
    lines(text, is_plain, |slice, borders| {
        let is_row = slice.len() > 1 && slice.starts_with('|') && slice.ends_with('|');
        is_row.then_some(borders.bars.as_slice())
    })
}

/// Reads the lines; `row` says what parts the cells of one, if it is a row.
fn lines(text: &str, is_plain: bool, row: impl for<'b> Fn(&str, &'b Borders) -> Option<&'b [u32]>) -> Page<'_> {
    let is_drawn = !is_plain && drawn::may_be_in(text);
    let mut reader = Reader {
        page: Page::of(text, is_plain),
        is_drawn,
        table: 0,
        in_table: false,
        after_text: false,
        bars_open: None,
    };
    let (mut borders, mut start) = (Borders::default(), 0);
    each_mark(text.as_bytes(), |at, mark| match mark {
        b'|' => borders.bars.push(at as u32),
        b'\t' => borders.tabs.push(at as u32),
        _ => {
            let range = trimmed(text, start..at);
            start = at + 1;
            if !range.is_empty() {
                if !borders.tabs.is_empty() {
                    borders.tabs.retain(|at| range.contains(at));
                }
                reader.line(text, range, |slice| row(slice, &borders));
            }
            borders.clear();
        }
    });
    reader.page
}

/// Where the bars and the tabs of a line stand, those in the white space at its ends left out.
#[derive(Default)]
struct Borders {
    bars: Vec<u32>,
    tabs: Vec<u32>,
}

impl Borders {
    /// Bars, else tabs.
    fn stronger(&self) -> &[u32] {
        if self.bars.is_empty() { &self.tabs } else { &self.bars }
    }

    fn clear(&mut self) {
        self.bars.clear();
        self.tabs.clear();
    }
}

struct Reader<'t> {
    page: Page<'t>,
    is_drawn: bool,
    /// The number of the table last seen.
    table: u32,
    in_table: bool,
    /// The line before had no border: the next bar may close the cell that it is.
    after_text: bool,
    /// Whether bars stand before the cells of lines with one cell each, once that was asked.
    bars_open: Option<bool>,
}

impl Reader<'_> {
    fn line<'b>(&mut self, text: &str, range: Range<u32>, row: impl FnOnce(&str) -> Option<&'b [u32]>) {
        if self.is_drawn
            && let Some(cells) = drawn::cells(text, &range)
        {
            // A border between rows is one of none.
            if cells.is_empty() {
                self.in_table = true;
            } else {
                self.row(range, |all| all.extend(cells));
            }
            return;
        }
        let slice = &text[range.start as usize..range.end as usize];
        let was_text = std::mem::take(&mut self.after_text);
        match row(slice) {
            // Crawls that break the line behind the text of each cell: a bar alone closes the cell above it, and is
            // no blank cell of its own.
            Some(_) if was_text && slice == "|" && !self.bars_open(text) => {}
            None => {
                self.in_table = false;
                self.after_text = true;
                self.page.lines.push(Line { kind: LineKind::Text, range, cells: 0..0 });
            }
            Some(_) if is_markdown_rule(slice) => {}
            Some(borders) => {
                let line = range.clone();
                self.row(range, |all| push_cells(all, text, &line, borders));
            }
        }
    }

    /// Whether a line of the text is a bar and the cell behind it: then a bar alone opens a blank cell.
    fn bars_open(&mut self, text: &str) -> bool {
        let opens =
            |line: &str| line.trim().strip_prefix('|').is_some_and(|cell| !cell.is_empty() && !cell.contains('|'));
        *self.bars_open.get_or_insert_with(|| text.lines().any(opens))
    }

    fn row(&mut self, range: Range<u32>, push: impl FnOnce(&mut Vec<Range<u32>>)) {
        self.table += u32::from(!self.in_table);
        self.in_table = true;
        let first = self.page.cells.len() as u32;
        push(&mut self.page.cells);
        let cells = first..self.page.cells.len() as u32;
        self.page.lines.push(Line { kind: LineKind::Row(self.table), range, cells });
    }
}

/// Calls `found` with every bar, tab and line end, and with the end of the text as if it were a line end; eight bytes
/// at a time, most of which hold none.
fn each_mark(bytes: &[u8], mut found: impl FnMut(usize, u8)) {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const TOPS: u64 = ONES << 7;
    let (words, rest) = bytes.as_chunks::<8>();
    for (i, word) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*word);
        let bars = word ^ (ONES * b'|' as u64);
        // The top bit of every byte that is a bar or below a space, and perhaps of one beside it.
        let controls = word.wrapping_sub(ONES * 0x20) & !word;
        let mut marks = (controls | bars.wrapping_sub(ONES) & !bars) & TOPS;
        while marks != 0 {
            let at = i * 8 + marks.trailing_zeros() as usize / 8;
            if is_mark(bytes[at]) {
                found(at, bytes[at]);
            }
            marks &= marks - 1;
        }
    }
    let start = bytes.len() - rest.len();
    for (i, byte) in rest.iter().enumerate().filter(|(_, b)| is_mark(**b)) {
        found(start + i, *byte);
    }
    found(bytes.len(), b'\n');
}

fn is_mark(byte: u8) -> bool {
    matches!(byte, b'|' | b'\t' | b'\n' | b'\r' | b'\x0c')
}

/// A sentence that happens to hold a bar is no row.
fn is_prose_with_a_bar(line: &str, bars: usize) -> bool {
    bars == 1 && !line.ends_with('|') && !line.starts_with('|') && line.contains('。')
}

fn is_markdown_rule(line: &str) -> bool {
    matches!(line.as_bytes(), [b'|' | b'-' | b':', ..])
        && line.chars().all(|c| matches!(c, '|' | '-' | ':') || is_blank(c))
        && line.contains("--")
}

/// Splits at borders. The one that only closes the row opens no cell; one before the first cell neither.
fn push_cells(cells: &mut Vec<Range<u32>>, text: &str, line: &Range<u32>, borders: &[u32]) {
    let (mut from, mut end, mut inner) = (line.start as usize, line.end as usize, borders);
    if let Some((last, others)) = inner.split_last()
        && *last as usize == end - 1
    {
        (end, inner) = (end - 1, others);
    }
    if let Some((first, others)) = inner.split_first()
        && *first as usize == from
    {
        (from, inner) = (from + 1, others);
    }
    for at in inner {
        cells.push(trimmed(text, from..*at as usize));
        from = *at as usize + 1;
    }
    cells.push(trimmed(text, from..end.max(from)));
}
