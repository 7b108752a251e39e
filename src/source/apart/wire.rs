//! What goes between the two processes: a request as one argument, and an answer of one line of JSON before the text.

use std::io::{self, Write};

use serde::{Deserialize, Serialize};

use super::Reader;
use crate::source::decode::SourceError;
use crate::source::limits::{Limit, Limits};
use crate::source::note::Note;
use crate::source::paragraphs::Converted;

/// What is asked.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Request {
    pub(super) reader: Reader,
    /// The process that asks.
    pub(super) asker: u32,
    /// Bytes of the document: fewer are no document.
    pub(super) len: usize,
    pub(super) limits: Limits,
}

/// The first line of an answer.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Head {
    /// Bytes of the text that follows.
    text: usize,
    notes: Vec<Noted>,
    refused: Option<Refused>,
}

/// [`Note`], as far as readers of documents make it.
#[derive(Debug, Serialize, Deserialize)]
enum Noted {
    Lost { encoding: String, lost: u32, of: u32 },
    Picture { name: String, at: usize },
    Attachment { name: String, at: usize },
    Blank { pages: Vec<u32>, of: u32 },
    NotRead { part: String, why: String },
}

/// [`SourceError`].
#[derive(Debug, Serialize, Deserialize)]
enum Refused {
    Empty,
    Binary,
    Unsupported(String),
    Scan { pages: u32 },
    Encrypted(String),
    Damaged { kind: String, why: String },
    NeedsConverter(String),
    Limit { limit: Limit, allowed: u64 },
}

/// Writes an answer.
pub(super) fn write(result: &Result<Converted, SourceError>, out: &mut impl Write) -> io::Result<()> {
    let (head, text) = match result {
        Ok(Converted { text, notes }) => {
            (Head { text: text.len(), notes: notes.iter().filter_map(noted).collect(), refused: None }, text.as_str())
        }
        Err(error) => (Head { refused: Some(refused(error)), ..Head::default() }, ""),
    };
    serde_json::to_writer(&mut *out, &head)?;
    out.write_all(b"\n")?;
    out.write_all(text.as_bytes())
}

/// An answer as it was meant; none if it is not whole.
pub(super) fn understood(mut reply: Vec<u8>, kind: &'static str) -> Option<Result<Converted, SourceError>> {
    let end = memchr::memchr(b'\n', &reply)?;
    let head: Head = serde_json::from_slice(&reply[..end]).ok()?;
    if let Some(refused) = head.refused {
        return Some(Err(error(refused, kind)));
    }
    reply.drain(..=end);
    let text = String::from_utf8(reply).ok().filter(|text| text.len() == head.text)?;
    let notes = head.notes.into_iter().map(|noted| note(noted, kind)).collect();
    Some(Ok(Converted { text, notes }))
}

fn noted(note: &Note) -> Option<Noted> {
    Some(match note.clone() {
        Note::CharactersLost { encoding, lost, of } => Noted::Lost { encoding: encoding.to_string(), lost, of },
        Note::PictureTable { name, at } => Noted::Picture { name, at },
        Note::Attachment { name, at } => Noted::Attachment { name, at },
        Note::PagesWithoutText { pages, of } => Noted::Blank { pages, of },
        Note::PartNotRead { part, why } => Noted::NotRead { part, why },
        // Of texts, and of several files.
        Note::EncodingOverruled { .. } | Note::PieceNotRead { .. } => return None,
    })
}

fn note(noted: Noted, kind: &'static str) -> Note {
    match noted {
        Noted::Lost { encoding, lost, of } => Note::CharactersLost { encoding: known(&encoding, kind), lost, of },
        Noted::Picture { name, at } => Note::PictureTable { name, at },
        Noted::Attachment { name, at } => Note::Attachment { name, at },
        Noted::Blank { pages, of } => Note::PagesWithoutText { pages, of },
        Noted::NotRead { part, why } => Note::PartNotRead { part, why },
    }
}

fn refused(error: &SourceError) -> Refused {
    match error.clone() {
        SourceError::Empty => Refused::Empty,
        SourceError::Binary => Refused::Binary,
        SourceError::Unsupported(kind) => Refused::Unsupported(kind.to_string()),
        SourceError::Scan { pages } => Refused::Scan { pages },
        SourceError::Encrypted(kind) => Refused::Encrypted(kind.to_string()),
        SourceError::Damaged { kind, why } => Refused::Damaged { kind: kind.to_string(), why },
        SourceError::NeedsConverter(kind) => Refused::NeedsConverter(kind.to_string()),
        SourceError::Limit { limit, allowed } => Refused::Limit { limit, allowed },
    }
}

fn error(refused: Refused, of: &'static str) -> SourceError {
    match refused {
        Refused::Empty => SourceError::Empty,
        Refused::Binary => SourceError::Binary,
        Refused::Unsupported(kind) => SourceError::Unsupported(known(&kind, of)),
        Refused::Scan { pages } => SourceError::Scan { pages },
        Refused::Encrypted(kind) => SourceError::Encrypted(known(&kind, of)),
        Refused::Damaged { kind, why } => SourceError::Damaged { kind: known(&kind, of), why },
        Refused::NeedsConverter(kind) => SourceError::NeedsConverter(known(&kind, of)),
        Refused::Limit { limit, allowed } => SourceError::Limit { limit, allowed },
    }
}

/// The name of a kind as the program has it; that of the reader for any other.
fn known(name: &str, otherwise: &'static str) -> &'static str {
    ["PDF", "DOC/WPS", "DOC", "XLS/ET", "XLS", "XLSX"].into_iter().find(|known| *known == name).unwrap_or(otherwise)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn there_and_back(result: &Result<Converted, SourceError>) -> Option<Result<Converted, SourceError>> {
        let mut reply = Vec::new();
        write(result, &mut reply).expect("memory");
        understood(reply, "PDF")
    }

    #[test]
    fn text_and_notes_arrive_as_they_were() {
        let notes = vec![
            Note::CharactersLost { encoding: "PDF", lost: 1, of: 9 },
            Note::PictureTable { name: "表.png".into(), at: 3 },
            Note::Attachment { name: "附件.xls".into(), at: 4 },
            Note::PagesWithoutText { pages: vec![2, 5], of: 6 },
            Note::PartNotRead { part: "Sheet2".into(), why: "broken\nin two".into() },
        ];
        let sent = Converted { text: "甲县\n| 1 | 2 |\n".into(), notes };
        let came = there_and_back(&Ok(Converted { text: sent.text.clone(), notes: sent.notes.clone() }));
        let came = came.expect("an answer").expect("a document");
        assert_eq!((came.text, came.notes), (sent.text, sent.notes));
    }

    #[test]
    fn refusals_arrive_as_they_were() {
        let errors = [
            SourceError::Empty,
            SourceError::Scan { pages: 3 },
            SourceError::Encrypted("XLSX"),
            SourceError::Damaged { kind: "DOC/WPS", why: "no table stream".into() },
            SourceError::Limit { limit: Limit::Ratio, allowed: 200 },
        ];
        for error in errors {
            assert_eq!(there_and_back(&Err(error.clone())).expect("an answer").map(|_| ()), Err(error));
        }
    }

    #[test]
    fn half_an_answer_is_none() {
        let mut reply = Vec::new();
        write(&Ok(Converted { text: "甲县".into(), notes: Vec::new() }), &mut reply).expect("memory");
        for len in [0, 5, reply.len() - 3] {
            assert!(understood(reply[..len].to_vec(), "PDF").is_none());
        }
    }
}
