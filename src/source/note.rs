//! What a reader should know of how a source was read. Notes become findings.

/// One thing noticed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Note {
    /// Bytes that are no characters of the encoding stand as U+FFFD (E010).
    CharactersLost {
        /// The encoding used.
        encoding: &'static str,
        /// Replacement characters in the text.
        lost: u32,
        /// All characters of the text.
        of: u32,
    },
    /// The declared encoding could not be true (E016).
    EncodingOverruled {
        /// As declared.
        declared: String,
        /// The one used.
        used: &'static str,
    },
    /// A picture stands where a table is due (E011).
    PictureTable {
        /// The picture's name, as far as it is known.
        name: String,
        /// Byte of the decoded text where it stands.
        at: usize,
    },
    /// Tables or the report itself are said to be in an attachment, which was not read (E011).
    Attachment {
        /// The attachment's name.
        name: String,
        /// Byte of the decoded text where it is named.
        at: usize,
    },
    /// Pages of a document that hold no text (E012).
    PagesWithoutText {
        /// Their numbers, from 1.
        pages: Vec<u32>,
        /// Pages of the document.
        of: u32,
    },
    /// A part of the document was not read (E015): which, and why.
    PartNotRead {
        /// The part's name.
        part: String,
        /// Why, in the words of the library that gave up.
        why: String,
    },
    /// One of several files that are one report was not read (E015).
    PieceNotRead {
        /// Its name.
        piece: String,
        /// The sentence that says why, in the language of the run.
        message: String,
    },
}

impl Note {
    /// Moves it to where it stands in another text.
    pub(super) fn moved(&mut self, to: impl Fn(usize) -> usize) {
        if let Note::PictureTable { at, .. } | Note::Attachment { at, .. } = self {
            *at = to(*at);
        }
    }
}
