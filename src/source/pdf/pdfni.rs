//! The reader in use: the crate `pdfni`. Only its characters and lines are taken, not its tables.

use pdfni::{EdgePart, Error, GlyphPart, Orientation, PagePart, ReaderSettings, read_pages_with};

use super::layer::{Frame, Glyph, Rule, Sheet, TextLayer};
use crate::source::decode::SourceError;
use crate::source::limits::{Limit, Limits};

/// A packed stream may always unpack to so many bytes, however small the file.
const LEAST_ALLOWED: u64 = 4_000_000;
/// Entries of the character maps inside a file; a whole Chinese font has 30,000.
const MAP_ENTRIES: usize = 400_000;

/// Reads with `pdfni`.
pub(super) struct Pdfni;

impl TextLayer for Pdfni {
    fn sheets(&self, bytes: &[u8], limits: &Limits) -> Result<Vec<Sheet>, SourceError> {
        let allowed = (bytes.len() as u64).saturating_mul(limits.ratio).max(LEAST_ALLOWED).min(limits.text);
        let settings = ReaderSettings {
            max_decoded_bytes: usize::try_from(allowed).unwrap_or(usize::MAX),
            max_cmap_entries: MAP_ENTRIES,
        };
        // It unwraps here and there; what a broken file does to it ends here.
        let pages = std::panic::catch_unwind(|| read_pages_with(bytes, None, &settings))
            .map_err(|_| damaged("the reader failed"))?
            .map_err(|error| refused(&error, allowed, limits))?;
        Ok(pages.into_iter().map(sheet).collect())
    }
}

fn damaged(why: &str) -> SourceError {
    SourceError::Damaged { kind: "PDF", why: why.to_string() }
}

fn refused(error: &Error, allowed: u64, limits: &Limits) -> SourceError {
    match error {
        Error::BadPassword | Error::SecurityRestricted => SourceError::Encrypted("PDF"),
        Error::Reader(why) | Error::PageRead(why) if why.contains("exceeds limit") => {
            SourceError::limit(if allowed == limits.text { Limit::Text } else { Limit::Ratio }, limits)
        }
        Error::Reader(why) | Error::PageRead(why) => damaged(why),
        other => damaged(&other.to_string()),
    }
}

fn sheet(part: PagePart) -> Sheet {
    Sheet {
        width: part.width,
        height: part.height,
        glyphs: part.glyphs.iter().filter_map(glyph).collect(),
        rules: part.edges.iter().filter_map(rule).collect(),
        has_shapes: !part.graphics.is_empty(),
    }
}

fn glyph(part: &GlyphPart) -> Option<Glyph> {
    let frame = Frame {
        left: part.left.min(part.right),
        right: part.left.max(part.right),
        top: part.top.min(part.bottom),
        bottom: part.top.max(part.bottom),
    };
    let is_sound = [frame.left, frame.right, frame.top, frame.bottom].iter().all(|v| v.is_finite() && v.abs() < 1e6);
    let size = part.font_size.filter(|s| s.is_finite() && *s > 0.0).unwrap_or(frame.height());
    is_sound.then_some(Glyph {
        character: part.ch,
        frame,
        size: size.clamp(0.5, 500.0),
        turn: part.rot.rem_euclid(360),
    })
}

fn rule(edge: &EdgePart) -> Option<Rule> {
    let is_horizontal = edge.orientation == Orientation::Horizontal;
    let (at, from, to) =
        if is_horizontal { (edge.top, edge.left, edge.right) } else { (edge.left, edge.top, edge.bottom) };
    let is_sound = [at, from, to].iter().all(|v| v.is_finite() && v.abs() < 1e6);
    is_sound.then_some(Rule { is_horizontal, at, from: from.min(to), to: from.max(to) })
}
