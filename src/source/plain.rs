//! Plain text and Markdown: one line a line, `a | b |` a table row.

use std::ops::Range;

use super::page::{Line, LineKind, Page, is_blank, trimmed, trimmed_of_ascii};
use super::{Beyond, comma, drawn, unclosed};

/// So many tabs behind a label, or a label and a number, part blank cells.
const FEWEST_BLANKS: usize = 3;

/// Reads the lines. The page text is the source text itself.
pub(super) fn page(text: &str, beyond: Beyond) -> Page<'_> {
    let mut page = lines(text, beyond, Drawn::of(text, beyond), |slice, borders| {
        let is_row = match (borders.bars.len(), borders.tabs.len()) {
            (0, 0 | 1) if borders.behind < FEWEST_BLANKS => false,
            // Tabs that part cells, of which most are short, and no sentence.
            (0, _) => !slice.contains('。'),
            (bars, _) => !is_prose_with_a_bar(slice, bars),
        };
        is_row.then(|| borders.stronger())
    });
    unclosed::complete(&mut page);
    page
}

/// Reads text made from a document: a row begins and ends with a bar, and nothing else is one.
pub(super) fn document(text: &str, beyond: Beyond) -> Page<'_> {
    let drawn = Drawn { is_drawn: beyond == Beyond::More && drawn::may_be_in(text), ..Drawn::default() };
    lines(text, beyond, drawn, |slice, borders| {
        let is_row = slice.len() > 1 && slice.starts_with('|') && slice.ends_with('|');
        is_row.then_some(borders.bars)
    })
}

/// Reads the lines; `row` says what parts the cells of one, if it is a row.
fn lines(
    text: &str,
    beyond: Beyond,
    drawn: Drawn,
    row: impl for<'b> Fn(&str, Borders<'b>) -> Option<&'b [u32]>,
) -> Page<'_> {
    let mut reader = Reader {
        page: Page::of(text, beyond),
        drawn,
        table: 0,
        in_table: false,
        after_text: false,
        bars_open: None,
        bars_close: None,
    };
    let marks = marks(text.as_bytes());
    let mut parted = Parted::default();
    let (mut start, mut first, mut has_tab) = (0, 0, false);
    for (i, at) in marks.iter().map(|at| *at as usize).enumerate() {
        match text.as_bytes().get(at) {
            Some(b'|') => continue,
            Some(b'\t') => {
                has_tab = true;
                continue;
            }
            _ => {}
        }
        let range = reader.trimmed(text, start..at);
        if !range.is_empty() {
            let inside = &marks[first..i];
            let borders =
                if has_tab { parted.of(text, &range, inside) } else { Borders { bars: inside, tabs: &[], behind: 0 } };
            reader.line(text, range, |slice| row(slice, borders));
        }
        (start, first, has_tab) = (at + 1, i + 1, false);
    }
    reader.page
}

/// Where the bars and the tabs of a line stand, those in the white space at its ends left out.
#[derive(Clone, Copy)]
struct Borders<'b> {
    bars: &'b [u32],
    tabs: &'b [u32],
    /// How many tabs stand behind the last cell.
    behind: usize,
}

impl<'b> Borders<'b> {
    /// Bars, else tabs.
    fn stronger(self) -> &'b [u32] {
        if self.bars.is_empty() { self.tabs } else { self.bars }
    }
}

/// The borders of a line that has tabs, bars and tabs apart.
#[derive(Default)]
struct Parted {
    bars: Vec<u32>,
    tabs: Vec<u32>,
}

impl Parted {
    fn of(&mut self, text: &str, line: &Range<u32>, borders: &[u32]) -> Borders<'_> {
        self.bars.clear();
        self.tabs.clear();
        let mut behind = 0;
        for at in borders {
            match text.as_bytes()[*at as usize] {
                b'|' => self.bars.push(*at),
                _ if line.contains(at) => self.tabs.push(*at),
                _ => behind += usize::from(*at >= line.end),
            }
        }
        Borders { bars: &self.bars, tabs: &self.tabs, behind }
    }
}

/// What a text parts cells with besides bars and tabs.
#[derive(Clone, Copy, Default)]
struct Drawn {
    /// Lines of characters that nothing else is written with.
    is_drawn: bool,
    /// `｜`
    has_wide_bars: bool,
    has_commas: bool,
}

impl Drawn {
    fn of(text: &str, beyond: Beyond) -> Drawn {
        Drawn {
            is_drawn: beyond == Beyond::More && drawn::may_be_in(text),
            has_wide_bars: memchr::memmem::find(text.as_bytes(), "｜".as_bytes()).is_some(),
            has_commas: comma::may_be_in(text),
        }
    }

    /// The cells of a line that is such a row; none of a border between rows; nothing if it is neither.
    fn cells(self, text: &str, line: &Range<u32>) -> Option<Vec<Range<u32>>> {
        if self.is_drawn
            && let Some(cells) = drawn::cells(text, line)
        {
            return Some(cells);
        }
        let wide = if self.has_wide_bars { drawn::wide_cells(text, line) } else { None };
        wide.or_else(|| if self.has_commas { comma::cells(text, line) } else { None })
    }
}

struct Reader<'t> {
    page: Page<'t>,
    drawn: Drawn,
    /// The number of the table last seen.
    table: u32,
    in_table: bool,
    /// The line before had no border: the next bar may close the cell that it is.
    after_text: bool,
    /// Whether bars stand before the cells of lines with one cell each, once that was asked.
    bars_open: Option<bool>,
    /// The rows of this table so far end with a bar and begin with none: where one of blanks begins with a bar, a blank cell
    /// stands before it. (One with numbers may be framed on both sides, and would be shifted by a cell that is none.)
    bars_close: Option<bool>,
}

impl Reader<'_> {
    /// The range without white space at its ends.
    fn trimmed(&self, text: &str, range: Range<usize>) -> Range<u32> {
        if self.page.beyond == Beyond::Nothing { trimmed_of_ascii(text, range) } else { trimmed(text, range) }
    }

    fn line<'b>(&mut self, text: &str, range: Range<u32>, row: impl FnOnce(&str) -> Option<&'b [u32]>) {
        if let Some(cells) = self.drawn.cells(text, &range) {
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
            Some(borders) if self.page.beyond == Beyond::Nothing => {
                self.bordered_row(text, range, borders, trimmed_of_ascii)
            }
            Some(borders) => self.bordered_row(text, range, borders, trimmed),
        }
    }

    /// Whether a line of the text is a bar and the cell behind it: then a bar alone opens a blank cell.
    fn bars_open(&mut self, text: &str) -> bool {
        let opens =
            |line: &str| line.trim().strip_prefix('|').is_some_and(|cell| !cell.is_empty() && !cell.contains('|'));
        *self.bars_open.get_or_insert_with(|| text.lines().any(opens))
    }

    fn bordered_row(
        &mut self,
        text: &str,
        line: Range<u32>,
        borders: &[u32],
        trimmed: impl Fn(&str, Range<usize>) -> Range<u32>,
    ) {
        let opens = borders.first() == Some(&line.start);
        let closes = borders.last().is_some_and(|last| *last + 1 == line.end);
        if !self.in_table {
            self.bars_close = None;
        }
        let is_of_blanks =
            || text[line.start as usize..line.end as usize].chars().all(|c| c == '|' || c.is_whitespace());
        let is_row = borders.len() > 1;
        let has_blank_first = is_row && opens && closes && self.bars_close == Some(true) && is_of_blanks();
        if is_row {
            let only_close = closes && (!opens || has_blank_first);
            self.bars_close = Some(only_close && self.bars_close != Some(false));
        }
        self.row(line.clone(), |all| {
            if has_blank_first {
                all.push(line.start..line.start);
            }
            push_cells(all, text, &line, borders, trimmed);
        });
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

/// A mark stands in about so many bytes of a report.
const BYTES_OF_MARK: usize = 16;

/// Where bars, tabs and line ends stand, and the end of the text as if it were a line end; eight bytes at a time, and
/// most prose in wider steps.
fn marks(bytes: &[u8]) -> Vec<u32> {
    let mut found = Vec::with_capacity(bytes.len() / BYTES_OF_MARK + 1);
    let (steps, rest) = bytes.as_chunks::<STEP>();
    for (i, step) in steps.iter().enumerate().filter(|(_, step)| may_hold_mark(step)) {
        let (words, _) = step.as_chunks::<8>();
        for (k, word) in words.iter().enumerate() {
            let mut marks = marks_of(u64::from_le_bytes(*word));
            while marks != 0 {
                let place = marks.trailing_zeros() as usize / 8;
                if is_mark(word[place]) {
                    found.push((i * STEP + k * 8 + place) as u32);
                }
                marks &= marks - 1;
            }
        }
    }
    let start = bytes.len() - rest.len();
    found.extend(rest.iter().enumerate().filter(|(_, byte)| is_mark(**byte)).map(|(i, _)| (start + i) as u32));
    found.push(bytes.len() as u32);
    found
}

/// Bytes of prose that are passed over at once.
const STEP: usize = 64;

/// Whether a step holds bars or control characters; written so that it becomes a few wide instructions.
fn may_hold_mark(step: &[u8; STEP]) -> bool {
    step.iter().map(|byte| u8::from(*byte < b' ') | u8::from(*byte == b'|')).sum::<u8>() != 0
}

/// The top bit of every byte that may be a mark: a bar, below a space, or one of a few others beside these.
fn marks_of(word: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const TOPS: u64 = ONES << 7;
    // No byte of a text is so large that the sum would spill into the next.
    let bars = word.wrapping_add(ONES * (0x80 - b'|' as u64));
    let controls = word.wrapping_sub(ONES * b' ' as u64);
    (bars | controls) & !word & TOPS
}

fn is_mark(byte: u8) -> bool {
    matches!(byte, b'|' | b'\t' | b'\n' | b'\r' | b'\x0c')
}

/// A sentence that happens to hold a bar is no row.
fn is_prose_with_a_bar(line: &str, bars: usize) -> bool {
    bars == 1 && !line.ends_with('|') && !line.starts_with('|') && line.contains('。')
}

#[inline]
fn is_markdown_rule(line: &str) -> bool {
    matches!(line.as_bytes(), [b'|' | b'-' | b':', ..]) && is_rule(line) && !is_one_mark(line)
}

/// `-- |` on a line of its own: a mark for zero in a page with one cell a line.
fn is_one_mark(line: &str) -> bool {
    line.starts_with('-') && line.split('|').filter(|cell| !cell.trim().is_empty()).count() == 1 && line.contains('|')
}

fn is_rule(line: &str) -> bool {
    line.chars().all(|c| matches!(c, '|' | '-' | ':') || is_blank(c)) && line.contains("--")
}

/// Splits at borders. The one that only closes the row opens no cell; one before the first cell neither.
fn push_cells(
    cells: &mut Vec<Range<u32>>,
    text: &str,
    line: &Range<u32>,
    borders: &[u32],
    trimmed: impl Fn(&str, Range<usize>) -> Range<u32>,
) {
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
