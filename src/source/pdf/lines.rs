//! Characters to lines of text.

use super::layer::{Frame, Glyph};

/// A line, or what stands of it in one cell.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) text: String,
    /// Its parts, set apart by wide gaps.
    pub(super) pieces: Vec<Piece>,
    pub(super) frame: Frame,
    /// The size of most of its characters.
    pub(super) size: f64,
    /// The width of what would have to fit at the end of the line before, had it been set there.
    pub(super) first_word: f64,
}

/// A part of a line without a wide gap in it.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) frame: Frame,
    /// Where the digits at its end begin, if words stand before them.
    pub(super) digits_from: Option<f64>,
}

/// A gap wider than this many sizes parts two pieces.
const WIDE: f64 = 1.2;
/// The same before or behind a digit: columns of numbers stand close.
const WIDE_AT_NUMBERS: f64 = 0.7;
/// A gap wider than this many sizes between letters or digits is a space.
const SPACE: f64 = 0.25;
/// Two characters belong to one line if their middles are no further apart than this part of the lower one's height.
const SAME_LINE: f64 = 0.45;

/// The lines that characters make, from above; each in reading order. Where most are turned, as in a label set along
/// the side of a table, the lines run along the page.
pub(super) fn lines(glyphs: &[Glyph]) -> Vec<Line> {
    for turn in [90, 270] {
        if glyphs.iter().filter(|g| g.turn == turn).count() * 2 > glyphs.len() {
            let turned: Vec<Glyph> =
                glyphs.iter().map(|g| Glyph { frame: upright(g.frame, turn), turn: 0, ..*g }).collect();
            // Places on the page stay those of the page; only order and gaps are those of the turned text.
            let whole = glyphs.iter().map(|g| g.frame).reduce(Frame::around);
            return lines(&turned).into_iter().map(|l| Line { frame: whole.unwrap_or(l.frame), ..l }).collect();
        }
    }
    upright_lines(glyphs)
}

/// Where a turned character would stand if the page were turned so that it is upright.
fn upright(frame: Frame, turn: i32) -> Frame {
    let Frame { left, right, top, bottom } = frame;
    if turn == 90 {
        Frame { left: -bottom, right: -top, top: left, bottom: right }
    } else {
        Frame { left: top, right: bottom, top: -right, bottom: -left }
    }
}

fn upright_lines(glyphs: &[Glyph]) -> Vec<Line> {
    let mut rows: Vec<(f64, f64, Vec<Glyph>)> = Vec::new();
    let mut sorted: Vec<Glyph> = glyphs.iter().copied().filter(|g| g.frame.height() > 0.0 || !is_space(g)).collect();
    sorted.sort_by(|a, b| a.frame.middle().1.total_cmp(&b.frame.middle().1));
    for glyph in sorted {
        let (middle, height) = (glyph.frame.middle().1, glyph.frame.height().max(1.0));
        match rows.last_mut() {
            Some((mean, lowest, row)) if middle - *mean <= SAME_LINE * height.min(*lowest) => {
                *mean += (middle - *mean) / (row.len() + 1) as f64;
                *lowest = lowest.min(height);
                row.push(glyph);
            }
            _ => rows.push((middle, height, vec![glyph])),
        }
    }
    rows.into_iter().filter_map(|(_, _, row)| line(row)).collect()
}

/// White space says nothing of where a line is.
fn is_space(glyph: &Glyph) -> bool {
    glyph.character.is_whitespace()
}

fn line(mut glyphs: Vec<Glyph>) -> Option<Line> {
    glyphs.sort_by(|a, b| a.frame.left.total_cmp(&b.frame.left));
    let mut pieces: Vec<Piece> = Vec::new();
    let mut last: Option<Glyph> = None;
    let mut spaced = false;
    for glyph in &glyphs {
        if is_space(glyph) {
            spaced = true;
            continue;
        }
        let Some(before) = last else {
            pieces.push(piece(glyph));
            (last, spaced) = (Some(*glyph), false);
            continue;
        };
        if is_twin(&before, glyph) {
            continue;
        }
        let gap = glyph.frame.left - before.frame.right;
        let size = glyph.size.min(before.size);
        let is_beside_number = before.character.is_ascii_digit() || glyph.character.is_ascii_digit();
        let wide = if is_beside_number { WIDE_AT_NUMBERS } else { WIDE };
        if gap > wide * glyph.size.max(before.size) {
            pieces.push(piece(glyph));
        } else if let Some(open) = pieces.last_mut() {
            let is_parted = gap > SPACE * size || spaced && gap > 0.05 * size;
            if is_parted && is_western(before.character) && is_western(glyph.character) {
                open.text.push(' ');
            }
            open.digits_from = match glyph.character.is_ascii_digit() {
                true if before.character.is_ascii_digit() => open.digits_from,
                true => Some(glyph.frame.left),
                false => None,
            };
            open.text.push(glyph.character);
            open.frame = open.frame.around(glyph.frame);
        }
        (last, spaced) = (Some(*glyph), false);
    }
    let frame = pieces.iter().map(|p| p.frame).reduce(Frame::around)?;
    let solid: Vec<&Glyph> = glyphs.iter().filter(|g| !is_space(g)).collect();
    Some(Line { text: joined(&pieces), frame, size: usual_size(&solid), first_word: first_word(&solid), pieces })
}

fn piece(glyph: &Glyph) -> Piece {
    Piece { text: glyph.character.to_string(), frame: glyph.frame, digits_from: None }
}

/// The same character printed again a little aside, to look bold.
fn is_twin(a: &Glyph, b: &Glyph) -> bool {
    let near = 0.3 * a.frame.width().max(0.1);
    a.character == b.character
        && (a.frame.left - b.frame.left).abs() < near
        && (a.frame.right - b.frame.right).abs() < near
}

/// The text of a line: pieces are words of their own.
fn joined(pieces: &[Piece]) -> String {
    let mut text = String::new();
    let mut end = f64::NEG_INFINITY;
    for piece in pieces {
        let is_wide = piece.frame.left - end > WIDE * piece.frame.height();
        if !text.is_empty() && (is_wide || text.ends_with(is_western) && piece.text.starts_with(is_western)) {
            text.push(' ');
        }
        text.push_str(&piece.text);
        end = piece.frame.right;
    }
    text
}

/// Letters, digits and signs of the western kind, between which a space means something.
pub(super) fn is_western(c: char) -> bool {
    c.is_ascii_graphic() || c.is_alphabetic() && u32::from(c) < 0x2e80 || ('０'..='９').contains(&c)
}

fn usual_size(glyphs: &[&Glyph]) -> f64 {
    let mut sizes: Vec<f64> = glyphs.iter().map(|g| g.size).collect();
    sizes.sort_by(f64::total_cmp);
    sizes.get(sizes.len() / 2).copied().unwrap_or(1.0)
}

/// A number or word is not broken, and no line begins with a comma.
fn first_word(glyphs: &[&Glyph]) -> f64 {
    let Some(first) = glyphs.first() else { return 0.0 };
    let is_tied = |pair: &[&Glyph]| {
        let (a, b) = (pair[0].character, pair[1].character);
        is_western(a) && is_western(b) && pair[1].frame.left - pair[0].frame.right < SPACE * pair[0].size
            || "，。、；：！？）》”’％,.;:!?)".contains(b)
            || "（《“‘(".contains(a)
    };
    let tied = glyphs.windows(2).take_while(|pair| is_tied(pair)).count();
    glyphs[tied.min(glyphs.len() - 1)].frame.right - first.frame.left
}
