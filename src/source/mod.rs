//! Bytes to text with one kind of position.
//!
//! In: the bytes of a file. Out: a [`Source`] (its decoded text and the two ways to name a place in it) and a
//! [`Page`]: the text a reader sees, as lines and table rows, each of which knows where it came from. This is a
//! stage of its own so that nothing later has to know about encodings, markup or byte offsets.

pub mod apart;
mod comma;
mod decode;
mod drawn;
mod encoding;
mod guard;
mod html;
mod kind;
mod limits;
mod mixed;
mod note;
mod office;
mod offsets;
mod page;
mod paragraphs;
mod pdf;
mod plain;
mod readable;
mod repair;
mod stored;
mod survey;
mod unclosed;

pub use decode::{Encoding, Format, Options, SourceError, UnknownEncoding};
pub use kind::{Kind, extension, sniff};
pub use limits::{Limit, Limits};
pub use note::Note;
pub use offsets::{OffsetMap, Span};
pub use page::{Line, LineKind, Page};
pub use readable::Place;
pub use stored::stored_name;
pub(crate) use survey::Beyond;

use offsets::CharIndex;

/// One decoded file.
#[derive(Debug)]
pub struct Source {
    /// The decoded text, without a byte order mark.
    pub text: String,
    /// How the text is marked up.
    pub format: Format,
    /// What the file is.
    pub kind: Kind,
    /// What was noticed on the way to the text.
    pub notes: Vec<Note>,
    index: CharIndex,
}

impl Source {
    /// Takes decoded text.
    #[must_use]
    pub fn new(text: String, format: Format) -> Self {
        let kind = match format {
            Format::Text | Format::Mixed | Format::Document => Kind::Text,
            Format::Markdown => Kind::Markdown,
            Format::Html => Kind::Html,
        };
        Source::of(decode::Decoded { text, format, kind, notes: Vec::new() })
    }

    fn of(decoded: decode::Decoded) -> Self {
        let decode::Decoded { text, format, kind, notes } = decoded;
        let index = CharIndex::new(&text);
        Source { text, format, kind, notes, index }
    }

    /// Reads bytes with the usual limits; `name` decides what the bytes do not, such as Markdown or text.
    ///
    /// # Errors
    /// The bytes are empty, binary, or a document that cannot be read.
    pub fn from_bytes(bytes: Vec<u8>, name: &str) -> Result<Self, SourceError> {
        Source::read(bytes, name, &Options::default())
    }

    /// Reads bytes of any kind that is read.
    ///
    /// # Errors
    /// See [`SourceError`].
    pub fn read(bytes: Vec<u8>, name: &str, options: &Options) -> Result<Self, SourceError> {
        decode::decode(bytes, name, options).map(Source::of)
    }

    /// The span in characters of a range of bytes of the decoded text.
    #[must_use]
    pub fn span(&self, bytes: std::ops::Range<usize>) -> Span {
        let chars = self.index.chars_of(&self.text, &bytes);
        Span { start: chars.start, end: chars.end }
    }

    /// The bytes a span covers.
    #[must_use]
    pub fn bytes(&self, span: Span) -> std::ops::Range<usize> {
        self.index.byte_at(&self.text, span.start)..self.index.byte_at(&self.text, span.end)
    }

    /// The text a span covers, markup and all.
    #[must_use]
    pub fn quote(&self, span: Span) -> &str {
        &self.text[self.bytes(span)]
    }

    /// Line and column of a position, both from 1, the column in characters.
    #[must_use]
    pub fn line_column(&self, position: u32) -> (u32, u32) {
        self.index.line_column(&self.text, position)
    }

    /// The span of a range of bytes, and line and column of its start.
    #[must_use]
    pub fn place(&self, bytes: std::ops::Range<usize>) -> (Span, u32, u32) {
        let start = bytes.start;
        let span = self.span(bytes);
        let (line, column) = self.index.line_column_at(&self.text, start, span.start);
        (span, line, column)
    }

    /// The number of characters.
    #[must_use]
    pub fn characters(&self) -> u32 {
        self.index.characters()
    }

    /// What a reader sees of it: lines and table rows.
    #[must_use]
    pub fn page(&self) -> Page<'_> {
        let beyond = Beyond::of(&self.text);
        let Some((text, repair)) = repair::repaired(&self.text, beyond, self.format) else {
            return read(&self.text, self.format, beyond).empty_merged();
        };
        let mut page = read(&text, self.format, Beyond::of(&text)).empty_merged().into_owned();
        page.notes.iter_mut().for_each(|note| note.moved(|at| repair.origin(at..at).start));
        Page { repair: Some(repair), ..page }
    }
}

fn read(text: &str, format: Format, beyond: Beyond) -> Page<'_> {
    match format {
        Format::Html => html::page(text),
        Format::Mixed => html::lined(text),
        Format::Text | Format::Markdown => plain::page(text, beyond),
        Format::Document => plain::document(text, beyond),
    }
}
