//! Tables without rules: numbers that stand in columns.
//!
//! A line that ends with numbers set apart is a row. Rows that follow each other share their columns, so that a blank
//! shows as a column without a number. Words between two rows are a wrapped label of one of them.

use super::layer::Frame;
use super::lines::{Line, Piece};
use super::page::Item;
use super::table::{Row, Table, TableCell, begins_a_row, holds_a_row, is_number};

/// A header has so many lines at most.
const HEADER_LINES: usize = 4;
/// Half a line, in sizes, with some room.
const HALF_LINE: f64 = 1.0;
/// Lines of one label are not further apart than this, in sizes.
const LABEL_PITCH: f64 = 1.7;

/// Lines as they are, and as tables where they are tables.
pub(super) fn items(lines: Vec<Line>) -> Vec<Item> {
    let lines = with_middles(lines);
    let mut out: Vec<Item> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        if row(&lines[at]).is_none() {
            out.push(Item::Line(lines[at].clone()));
            at += 1;
            continue;
        }
        let end = block_end(&lines, at);
        // A label may begin in the line above its numbers.
        let lead = match out.last() {
            Some(Item::Line(line)) if leads(line, &lines[at], zone(&lines[at..end])) => out.pop(),
            _ => None,
        };
        let mut header = Vec::new();
        while header.len() < HEADER_LINES {
            match out.pop() {
                Some(Item::Line(line)) if is_header(&line) => header.push(line),
                Some(other) => {
                    out.push(other);
                    break;
                }
                None => break,
            }
        }
        header.reverse();
        let mut block: Vec<&Line> = Vec::new();
        if let Some(Item::Line(line)) = &lead {
            block.push(line);
        }
        block.extend(&lines[at..end]);
        out.push(Item::Table(table(&header, &block)));
        at = end;
    }
    out
}

/// Where numbers stand beside the middle of a label of two lines, half a line lower than the one and higher than the
/// other, the three are one row.
fn with_middles(lines: Vec<Line>) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::with_capacity(lines.len());
    let mut lines = lines.into_iter().peekable();
    while let Some(mut line) = lines.next() {
        let is_near = |a: &Line, b: &Line| b.frame.middle().1 - a.frame.middle().1 < HALF_LINE * a.size.max(b.size);
        let is_label = |label: &Line, line: &Line| {
            label.frame.right < line.frame.left && label.pieces.iter().all(|p| !is_value(&p.text))
        };
        if line.pieces.iter().all(|p| is_value(&p.text))
            && let (Some(above), Some(below)) = (out.last(), lines.peek())
            && is_near(above, &line)
            && is_near(&line, below)
            && is_label(above, &line)
            && is_label(below, &line)
            // The label of the next row stands as near where rows are close.
            && !below.pieces.iter().any(|p| holds_a_row(&p.text))
            && let (Some(above), Some(below)) = (out.pop(), lines.next())
        {
            line = around_middle(above, line, &below);
        }
        out.push(line);
    }
    out
}

fn around_middle(above: Line, mut middle: Line, below: &Line) -> Line {
    let mut pieces = above.pieces;
    for piece in &below.pieces {
        match pieces.iter_mut().find(|p| overlap(&p.frame, &piece.frame)) {
            Some(label) => {
                label.text.push_str(&piece.text);
                label.frame = label.frame.around(piece.frame);
            }
            None => pieces.push(piece.clone()),
        }
    }
    pieces.sort_by(|a, b| a.frame.left.total_cmp(&b.frame.left));
    pieces.append(&mut middle.pieces);
    let text = pieces.iter().map(|p| p.text.as_str()).collect::<Vec<_>>().join(" ");
    Line { text, pieces, frame: above.frame.around(middle.frame).around(below.frame), ..middle }
}

/// The place of the first number of a row of a table.
fn row(line: &Line) -> Option<usize> {
    let first = line.pieces.iter().position(|p| is_value(&p.text))?;
    let are_values = line.pieces[first..].iter().all(|p| is_value(&p.text));
    (are_values && (first > 0 || line.pieces.len() >= 5)).then_some(first)
}

fn is_value(text: &str) -> bool {
    is_number(text) || matches!(text, "/" | "-" | "—" | "无")
}

fn is_header(line: &Line) -> bool {
    line.pieces.len() >= 2 && !line.text.contains(['。', '；']) && row(line).is_none()
}

/// Where the numbers begin.
fn zone(lines: &[Line]) -> f64 {
    let starts = lines.iter().filter_map(|l| row(l).map(|first| l.pieces[first].frame.left));
    starts.fold(f64::INFINITY, f64::min)
}

/// The end of the rows that begin here, with what there is of labels between them.
fn block_end(lines: &[Line], start: usize) -> usize {
    let mut end = start + 1;
    let mut at = end;
    let mut zone = zone(&lines[start..end]);
    while at < lines.len() {
        let line = &lines[at];
        if let Some(first) = row(line) {
            zone = zone.min(line.pieces[first].frame.left);
            end = at + 1;
        } else if line.frame.right > zone || line.frame.top - lines[at - 1].frame.top > LABEL_PITCH * line.size * 1.5 {
            break;
        } else if at == end && continues(line, &lines[at - 1]) {
            end = at + 1;
        }
        at += 1;
    }
    end
}

/// Whether a line of words goes on with the labels of the row above.
fn continues(line: &Line, above: &Line) -> bool {
    let is_under = |p: &Piece| above.pieces.iter().any(|a| overlap(&a.frame, &p.frame));
    line.frame.top - above.frame.top <= LABEL_PITCH * line.size
        && line.pieces.iter().all(|p| !holds_a_row(&p.text) && is_under(p))
}

/// Whether two things stand over each other.
fn overlap(a: &Frame, b: &Frame) -> bool {
    a.left < b.right && a.right > b.left
}

/// Whether a line of words is the beginning of the label of the row below.
fn leads(line: &Line, below: &Line, zone: f64) -> bool {
    let is_unlabelled = row(below).is_some_and(|first| first == 0 || !begins_a_row(&below.pieces[first - 1].text));
    is_unlabelled
        && begins_a_row(&line.text)
        && line.frame.right < zone
        && below.frame.top - line.frame.top <= LABEL_PITCH * line.size
        && (row(below) == Some(0) || (below.pieces[0].frame.left - line.frame.left).abs() < 1.1 * line.size)
}

fn table(header: &[Line], block: &[&Line]) -> Table {
    let columns = columns(block);
    let mut rows: Vec<Row> = header.iter().map(|l| Row { cells: l.pieces.iter().map(cell).collect() }).collect();
    let mut lead: Option<&Line> = None;
    for (at, line) in block.iter().enumerate() {
        if let Some(first) = row(line) {
            let apart = apart(line, first, &columns);
            let line = apart.as_ref().unwrap_or(line);
            let mut labels: Vec<TableCell> = line.pieces[..first].iter().map(cell).collect();
            if let Some(lead) = lead.take() {
                begin(&mut labels, lead);
            }
            labels.extend(values(&line.pieces[first..], &columns));
            rows.push(Row { cells: labels });
            continue;
        }
        let next = block.get(at + 1).copied();
        let zone = columns.first().map_or(f64::INFINITY, |c| c.left);
        if lead.is_none() && next.is_some_and(|next| leads(line, next, zone)) {
            lead = Some(line);
        } else {
            let cells: Vec<TableCell> = line.pieces.iter().map(cell).collect();
            if !wrap(rows.last_mut(), &cells) {
                rows.push(Row { cells });
            }
        }
    }
    let frames = header.iter().chain(block.iter().copied()).map(|l| l.frame);
    let frame = frames.reduce(Frame::around).unwrap_or(Frame { left: 0.0, right: 0.0, top: 0.0, bottom: 0.0 });
    Table { frame, is_ruled: false, rows }
}

/// The line with its label and its first number apart, where these stand so close that they read as one: the digits at
/// the end of the label stand in a column of numbers, and nothing else of the line does.
fn apart(line: &Line, first: usize, columns: &[Frame]) -> Option<Line> {
    let label = line.pieces.get(first.checked_sub(1)?)?;
    let left = label.digits_from?;
    let digits = Frame { left, ..label.frame };
    let column = columns.iter().find(|column| overlap(column, &digits))?;
    if line.pieces[first..].iter().any(|piece| overlap(column, &piece.frame)) {
        return None;
    }
    let words = label.text.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = label.text[words.len()..].to_string();
    let words =
        Piece { text: words.trim_end().to_string(), frame: Frame { right: left, ..label.frame }, digits_from: None };
    let mut pieces = line.pieces.clone();
    pieces.splice(first - 1..first, [words, Piece { text: number, frame: digits, digits_from: None }]);
    Some(Line { pieces, ..line.clone() })
}

/// Puts the first line of labels before what stands of them beside the numbers.
fn begin(labels: &mut Vec<TableCell>, lead: &Line) {
    let mut alone = Vec::new();
    for piece in &lead.pieces {
        match labels.iter_mut().find(|label| overlap(&label.frame, &piece.frame)) {
            Some(label) => label.text.insert_str(0, &piece.text),
            None => alone.push(cell(piece)),
        }
    }
    labels.splice(0..0, alone);
}

/// Adds the first lines of a page to the labels of a row that the page break cut; only what stands within them.
pub(super) fn wrap_over_page(table: &mut Table, line: &Line) -> bool {
    let parts: Vec<TableCell> = line.pieces.iter().map(cell).collect();
    !table.is_ruled && is_within_labels(table, line.frame, line.size) && wrap(table.rows.last_mut(), &parts)
}

/// The same for the first rows of the table that the page begins with; gives how many they are.
pub(super) fn wrapped_rows(table: &mut Table, next: &Table) -> usize {
    if table.is_ruled || next.is_ruled {
        return 0;
    }
    let mut count = 0;
    for row in &next.rows {
        let is_label = |c: &TableCell| !is_value(&c.text) && is_within_labels(table, c.frame, c.frame.height());
        if !row.cells.iter().all(is_label) || !wrap(table.rows.last_mut(), &row.cells) {
            break;
        }
        count += 1;
    }
    count
}

fn is_within_labels(table: &Table, frame: Frame, size: f64) -> bool {
    let Some(row) = table.rows.last() else { return false };
    let labels = row.cells.iter().filter(|c| !c.text.is_empty() && !is_value(&c.text));
    labels
        .map(|c| c.frame)
        .reduce(Frame::around)
        .is_some_and(|all| frame.left > all.left - size && frame.right < all.right + size)
}

/// Adds words to the labels that they go on with, if they stand under labels of the row above.
fn wrap(row: Option<&mut Row>, parts: &[TableCell]) -> bool {
    let Some(row) = row else { return false };
    let label = |part: &TableCell| {
        let is_label = |c: &TableCell| !c.text.is_empty() && !is_value(&c.text) && overlap(&c.frame, &part.frame);
        row.cells.iter().position(is_label).filter(|_| !holds_a_row(&part.text))
    };
    let Some(places) = parts.iter().map(label).collect::<Option<Vec<usize>>>() else { return false };
    for (part, place) in parts.iter().zip(places) {
        row.cells[place].text.push_str(&part.text);
        row.cells[place].frame = row.cells[place].frame.around(part.frame);
    }
    true
}

fn cell(piece: &Piece) -> TableCell {
    TableCell { frame: piece.frame, text: piece.text.clone(), is_full: false }
}

/// The columns of the numbers: where numbers of several rows stand over each other.
fn columns(block: &[&Line]) -> Vec<Frame> {
    let mut pieces: Vec<Frame> = Vec::new();
    for line in block {
        if let Some(first) = row(line) {
            pieces.extend(line.pieces[first..].iter().map(|p| p.frame));
        }
    }
    pieces.sort_by(|a, b| a.left.total_cmp(&b.left));
    let mut columns: Vec<Frame> = Vec::new();
    for frame in pieces {
        match columns.last_mut() {
            Some(last) if frame.left < last.right => *last = last.around(frame),
            _ => columns.push(frame),
        }
    }
    columns
}

/// The numbers of a row in their columns, blanks between them. Where two fall into one column nothing tells which
/// column is blank: they stay as they are.
fn values(pieces: &[Piece], columns: &[Frame]) -> Vec<TableCell> {
    let place = |piece: &Piece| columns.iter().position(|c| piece.frame.left < c.right && piece.frame.right > c.left);
    let places: Vec<Option<usize>> = pieces.iter().map(place).collect();
    let are_apart = places.windows(2).all(|pair| pair[0] < pair[1]) && places.iter().all(Option::is_some);
    if !are_apart {
        return pieces.iter().map(cell).collect();
    }
    let blank = |frame: &Frame| TableCell { frame: *frame, text: String::new(), is_full: false };
    let mut cells: Vec<TableCell> = columns.iter().map(blank).collect();
    for (piece, place) in pieces.iter().zip(places) {
        if let Some(place) = place {
            cells[place] = cell(piece);
        }
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::super::layer::Glyph;
    use super::super::lines::lines;
    use super::*;

    /// Words at places of a row, ten points a character and half of it a digit.
    fn glyphs(top: f64, words: &[(f64, &str)]) -> Vec<Glyph> {
        let mut out = Vec::new();
        for (left, word) in words {
            let mut left = *left;
            for character in word.chars() {
                let width = if character.is_ascii() { 5.0 } else { 10.0 };
                let frame = Frame { left, right: left + width, top, bottom: top + 10.0 };
                out.push(Glyph { character, frame, size: 10.0, turn: 0 });
                left += width;
            }
        }
        out
    }

    #[test]
    fn a_number_close_to_its_label_is_in_its_column() {
        let rows = [
            glyphs(0.0, &[(0.0, "6.过程性信息"), (112.0, "7"), (140.0, "1"), (170.0, "8")]),
            glyphs(20.0, &[(0.0, "7.属于行政执法的案卷"), (108.0, "11"), (140.0, "0"), (170.0, "11")]),
            // Nothing of the second column is glued to this label, which ends in a digit of its own.
            glyphs(40.0, &[(0.0, "8.附件2"), (140.0, "3"), (170.0, "3")]),
        ];
        let all: Vec<Glyph> = rows.into_iter().flatten().collect();
        let items = items(lines(&all));
        let [Item::Table(table)] = items.as_slice() else { panic!("one table") };
        let texts: Vec<Vec<&str>> =
            table.rows.iter().map(|row| row.cells.iter().map(|cell| cell.text.as_str()).collect()).collect();
        assert_eq!(texts[0], ["6.过程性信息", "7", "1", "8"]);
        assert_eq!(texts[1], ["7.属于行政执法的案卷", "11", "0", "11"]);
        assert_eq!(texts[2], ["8.附件2", "", "3", "3"]);
    }
}
