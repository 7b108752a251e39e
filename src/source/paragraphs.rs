//! The text that a document is turned into: one paragraph a line, one `| a | b |` line a table row.
//!
//! This text is the decoded text of the source: positions count in it, `gouji convert` prints it, and it reads the
//! same when it is given back to the program as a `.txt` file.

use std::ops::Range;

/// Builds such a text.
#[derive(Debug, Default)]
pub(crate) struct Paragraphs {
    text: String,
    in_table: bool,
}

impl Paragraphs {
    /// Adds a paragraph; its line ends become spaces. An empty one is left out.
    pub(crate) fn paragraph(&mut self, text: &str) {
        self.end_table();
        let before = self.text.len();
        push_line(&mut self.text, text.trim());
        if self.text.len() > before {
            self.text.push('\n');
        }
    }

    /// Adds a table row and says where its cells stand (bytes). Line ends in a cell go, as in a label broken over two
    /// lines, but digits stay apart; a bar becomes a wide one.
    pub(crate) fn row<'t>(&mut self, cells: impl IntoIterator<Item = &'t str>) -> Vec<Range<usize>> {
        let mut places = Vec::new();
        if !self.in_table && !self.text.is_empty() {
            self.text.push('\n');
        }
        self.in_table = true;
        self.text.push('|');
        for cell in cells {
            self.text.push(' ');
            let before = self.text.len();
            for line in cell.trim().split(['\n', '\r', '\x0b', '\x0c']) {
                // Numbers above one another are not one number.
                let is_between = self.text.len() > before && self.text.ends_with(|c: char| c.is_ascii_digit());
                if is_between && line.trim_start().starts_with(|c: char| c.is_ascii_digit()) {
                    self.text.push_str("  ");
                }
                self.text.extend(line.chars().map(|c| match c {
                    '|' => '｜',
                    '\t' => ' ',
                    c => c,
                }));
            }
            places.push(before..self.text.len());
            if self.text.len() > before {
                self.text.push(' ');
            }
            self.text.push('|');
        }
        self.text.push('\n');
        places
    }

    /// Ends a table, so that the next row begins another.
    pub(crate) fn end_table(&mut self) {
        if self.in_table {
            self.text.push('\n');
        }
        self.in_table = false;
    }

    /// The bytes written so far.
    pub(crate) fn len(&self) -> usize {
        self.text.len()
    }

    /// The whole text.
    pub(crate) fn finish(self) -> String {
        self.text
    }
}

fn push_line(out: &mut String, text: &str) {
    out.extend(text.chars().map(|c| if matches!(c, '\n' | '\r' | '\x0b' | '\x0c') { ' ' } else { c }));
}

/// A document turned into text, and what was noticed.
#[derive(Debug, Default)]
pub(crate) struct Converted {
    /// The text.
    pub(crate) text: String,
    /// What a user should know.
    pub(crate) notes: Vec<super::Note>,
}
