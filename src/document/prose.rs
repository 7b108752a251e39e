//! The running text: paragraphs joined over line ends, layout spaces taken out, every byte mapped back.

use std::ops::Range;

use super::headings::next_doubt;
use crate::source::{OffsetMap, Page, Source, Span};

/// The prose of a report.
#[derive(Debug, Default)]
pub struct Prose {
    /// All paragraphs, each ended by a line end.
    pub text: String,
    /// The paragraphs, in order.
    pub paragraphs: Vec<Paragraph>,
    /// Where a line goes on with the one before it, in bytes of [`Prose::text`].
    pub joins: Vec<usize>,
    /// Those that are headings.
    headings: Vec<usize>,
    map: OffsetMap,
}

/// One paragraph.
#[derive(Debug, Clone)]
pub struct Paragraph {
    /// Its bytes in [`Prose::text`], without the line end.
    pub range: Range<usize>,
    /// 1 to 6, 0 before the first heading.
    pub section: u8,
    /// A heading of any level, such as （二）依申请公开.
    pub is_heading: bool,
}

impl Prose {
    /// With room for so many bytes of text.
    pub(super) fn with_capacity(bytes: usize) -> Prose {
        Prose { text: String::with_capacity(bytes), ..Prose::default() }
    }

    /// Appends a piece of the page; `join` to go on in the last paragraph.
    pub(super) fn push(&mut self, page: &Page<'_>, range: Range<usize>, section: u8, is_heading: bool, join: bool) {
        if join && !self.paragraphs.is_empty() {
            // Take the line end back; its entry in the map points at nothing and does no harm.
            self.text.pop();
            self.joins.push(self.text.len());
        } else {
            let start = self.text.len();
            if is_heading {
                self.headings.push(self.paragraphs.len());
            }
            self.paragraphs.push(Paragraph { range: start..start, section, is_heading });
        }
        self.copy(page, range);
        if let Some(last) = self.paragraphs.last_mut() {
            last.range.end = self.text.len();
        }
        self.text.push('\n');
    }

    fn copy(&mut self, page: &Page<'_>, range: Range<usize>) {
        let is_whole = page.is_solid(range.clone());
        let page: &str = &page.text;
        if is_whole && !range.is_empty() {
            return self.copy_piece(page, range);
        }
        let bytes = &page.as_bytes()[..range.end];
        let (mut start, mut at) = (range.start, range.start);
        // Chinese characters and visible ASCII, most of a text, are no spaces.
        while let Some(doubt) = next_doubt(bytes, at) {
            at = doubt;
            let Some(c) = page[at..range.end].chars().next() else { break };
            let after = at + c.len_utf8();
            if c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}' | '\u{2060}') {
                if start < at {
                    self.copy_piece(page, start..at);
                }
                start = after;
            }
            at = after;
        }
        if start < range.end {
            self.copy_piece(page, start..range.end);
        }
    }

    fn copy_piece(&mut self, page: &str, range: Range<usize>) {
        let piece = &page[range.clone()];
        let word_like = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        // A space between two Latin words or two numbers separates them; any other is layout.
        let is_border = word_like(self.text.chars().next_back()) && word_like(piece.chars().next());
        if is_border && !is_split_number(&self.text, &page[range.start..]) {
            self.map.rewritten(self.text.len(), range.start, 0);
            self.text.push(' ');
        }
        self.map.copied(self.text.len(), range.start, range.len());
        self.text.push_str(piece);
    }

    /// The last heading before a paragraph.
    #[must_use]
    pub fn heading_above(&self, paragraph: usize) -> Option<&Paragraph> {
        let before = self.headings.partition_point(|heading| *heading < paragraph);
        before.checked_sub(1).map(|at| &self.paragraphs[self.headings[at]])
    }

    /// The bytes of the page behind bytes of the prose.
    #[must_use]
    pub fn origin(&self, bytes: Range<usize>) -> Range<usize> {
        self.map.origin(bytes)
    }

    /// The span in the source behind bytes of the prose.
    #[must_use]
    pub fn span(&self, source: &Source, page: &Page<'_>, bytes: Range<usize>) -> Span {
        page.span(source, self.origin(bytes))
    }
}

/// Whether white space stands inside one number: `12 95 件` counts once. Two numbers would have a word between them, or
/// the first would belong to a name (附件1 2022年).
fn is_split_number(before: &str, after: &str) -> bool {
    const LONGEST: usize = 6;
    const NAMED: [char; 18] =
        ['第', '表', '图', '件', '号', '章', '节', '条', '款', '项', '年', '月', '日', '至', '和', '与', '及', '到'];
    const UNITS: [char; 16] =
        ['件', '条', '次', '人', '个', '项', '份', '宗', '起', '篇', '例', '元', '万', '亿', '%', '％'];
    let head = before.trim_end_matches(|c: char| c.is_ascii_digit());
    let tail = after.trim_start_matches(|c: char| c.is_ascii_digit());
    let lengths = [before.len() - head.len(), after.len() - tail.len()];
    let is_ideograph = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    // A group of three is a thousand (1 064), which the lexer reads.
    lengths.iter().all(|n| (1..=LONGEST).contains(n))
        && lengths[1] != 3
        && head
            .chars()
            .next_back()
            .is_some_and(|c| (is_ideograph(c) || c == '，') && (!NAMED.contains(&c) || head.ends_with("收到")))
        && tail.trim_start().starts_with(UNITS)
}
