//! What a document is made of before it is text, and how it becomes text.

use super::super::note::Note;
use super::super::paragraphs::{Converted, Paragraphs};

/// A cell with a sentence of at least so many characters holds prose, not a label.
const SHORTEST_PROSE: usize = 60;

/// One thing after the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Block {
    /// A line of running text.
    Paragraph(String),
    /// A table row; the lines of a cell are parted by `\n`.
    Row(Vec<String>),
    /// The table ends here.
    TableEnd,
    /// A picture large enough for a table, by name.
    Picture(String),
    /// An embedded document, by name.
    Attachment(String),
}

/// Turns blocks into text.
pub(super) fn converted(blocks: &[Block], mut notes: Vec<Note>) -> Converted {
    let mut out = Paragraphs::default();
    for block in blocks {
        match block {
            Block::Paragraph(text) => out.paragraph(text),
            Block::Row(cells) if holds_prose(cells) => {
                cells.iter().flat_map(|cell| cell.split('\n')).for_each(|line| out.paragraph(line));
            }
            Block::Row(cells) => {
                let cells: Vec<String> = cells.iter().map(|cell| one_line(cell)).collect();
                out.row(cells.iter().map(String::as_str));
            }
            Block::TableEnd => out.end_table(),
            Block::Picture(name) => notes.push(Note::PictureTable { name: name.clone(), at: out.len() }),
            Block::Attachment(name) => notes.push(Note::Attachment { name: name.clone(), at: out.len() }),
        }
    }
    Converted { text: out.finish(), notes }
}

/// A sentence in a cell, and no number in a cell beside it: the table is there for its frame.
fn holds_prose(cells: &[String]) -> bool {
    let is_prose = |cell: &String| cell.contains('。') && cell.chars().nth(SHORTEST_PROSE).is_some();
    let is_number =
        |cell: &String| !cell.is_empty() && cell.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','));
    cells.iter().any(is_prose) && !cells.iter().any(is_number)
}

/// The lines of a cell as one. A label broken over lines is one label, but two numbers are not one number.
fn one_line(cell: &str) -> String {
    let mut out = String::with_capacity(cell.len());
    for line in cell.split('\n').map(str::trim).filter(|line| !line.is_empty()) {
        let is_digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
        if out.ends_with(is_digit) && line.starts_with(is_digit) {
            out.push('；');
        }
        out.push_str(line);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_a_cell_join_but_never_two_numbers() {
        assert_eq!(one_line("一、本年新收\n政府信息公开\n申请数量"), "一、本年新收政府信息公开申请数量");
        assert_eq!(one_line("12\n\n34"), "12；34");
        assert_eq!(one_line(" 12 \n"), "12");
    }

    #[test]
    fn a_report_inside_a_frame_is_running_text() {
        let long = format!("一、总体情况\n全县{}。\n（二）依申请公开", "公开".repeat(40));
        let converted = converted(&[Block::Row(vec![long]), Block::Row(vec!["a".into(), "1".into()])], Vec::new());
        let lines: Vec<&str> = converted.text.lines().collect();
        assert_eq!(lines[0], "一、总体情况");
        assert!(lines[1].starts_with("全县"));
        assert_eq!(lines.last(), Some(&"| a | 1 |"));
    }
}
