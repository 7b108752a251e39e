//! What a reader of PDF files has to give: characters and rules with their places, page by page.
//!
//! The rest of this folder works on these alone, so that another reader can stand in for the one in use.

use crate::source::decode::SourceError;
use crate::source::limits::Limits;

/// A reader of the text layer.
pub(super) trait TextLayer {
    /// The pages of a file, in order.
    fn sheets(&self, bytes: &[u8], limits: &Limits) -> Result<Vec<Sheet>, SourceError>;
}

/// One page. Lengths are in points, from the upper left corner.
#[derive(Debug, Clone, Default)]
pub(super) struct Sheet {
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) glyphs: Vec<Glyph>,
    pub(super) rules: Vec<Rule>,
    /// Whether shapes are drawn on it besides: letters may be drawn as such.
    pub(super) has_shapes: bool,
}

impl Sheet {
    /// Whether nothing is on it but perhaps pictures, which are not told.
    pub(super) fn is_bare(&self) -> bool {
        self.glyphs.is_empty() && self.rules.is_empty() && !self.has_shapes
    }
}

/// A rectangle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Frame {
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) top: f64,
    pub(super) bottom: f64,
}

impl Frame {
    pub(super) fn width(&self) -> f64 {
        self.right - self.left
    }

    pub(super) fn height(&self) -> f64 {
        self.bottom - self.top
    }

    pub(super) fn middle(&self) -> (f64, f64) {
        (f64::midpoint(self.left, self.right), f64::midpoint(self.top, self.bottom))
    }

    /// Whether a point lies in it.
    pub(super) fn holds(&self, (x, y): (f64, f64)) -> bool {
        x >= self.left && x <= self.right && y >= self.top && y <= self.bottom
    }

    /// The smallest one around both.
    pub(super) fn around(self, other: Frame) -> Frame {
        Frame {
            left: self.left.min(other.left),
            right: self.right.max(other.right),
            top: self.top.min(other.top),
            bottom: self.bottom.max(other.bottom),
        }
    }
}

/// One character.
#[derive(Debug, Clone, Copy)]
pub(super) struct Glyph {
    pub(super) character: char,
    pub(super) frame: Frame,
    /// The size of its font.
    pub(super) size: f64,
    /// Its turn in degrees, counter-clockwise: 0, 90, 180 or 270.
    pub(super) turn: i32,
}

/// A horizontal or vertical line: the border of something.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rule {
    pub(super) is_horizontal: bool,
    /// Its y if horizontal, else its x.
    pub(super) at: f64,
    pub(super) from: f64,
    pub(super) to: f64,
}
