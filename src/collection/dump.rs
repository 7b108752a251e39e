//! Dumps: files whose rows hold a text each, with columns that say what it is.

mod lines;
#[cfg(feature = "parquet")]
mod parquet;
mod table;

pub(super) use lines::json_lines;
#[cfg(feature = "parquet")]
pub(super) use parquet::parquet;
pub(super) use table::table;

use super::error::CollectionError;
use super::item::{Content, Item};
use super::names::plain;
use super::stream::{Flow, Options, Place, Stream};
use crate::source::Limit;

/// Columns of texts where none is named, the most telling first.
const TEXTS: [&str; 14] = [
    "text",
    "html",
    "content",
    "body",
    "正文",
    "内容",
    "全文",
    "raw_html",
    "fulltext",
    "full_text",
    "raw_text",
    "raw",
    "网页内容",
    "文本",
];
/// Columns that name rows where none is named.
const IDS: [&str; 8] = ["id", "url", "uri", "编号", "网址", "链接", "link", "序号"];

/// A Parquet file, in a program built without what reads it.
#[cfg(not(feature = "parquet"))]
pub(super) fn parquet(stream: &mut Stream<'_>, place: &Place, _: super::stream::Bytes<'_>) -> Flow {
    stream.fail(place, CollectionError::NoParquet)
}

/// Which columns of a dump say what.
#[derive(Debug, Clone)]
pub(super) struct Columns {
    names: Vec<String>,
    text: usize,
    id: Option<usize>,
}

impl Columns {
    /// Chooses among the columns of a dump; none without one of texts.
    fn choose(names: Vec<String>, options: &Options) -> Result<Columns, Vec<String>> {
        let position = |name: &str| names.iter().position(|n| n.trim().eq_ignore_ascii_case(name));
        let first_of = |candidates: &[&str]| candidates.iter().find_map(|name| position(name));
        let text = match &options.text_column {
            Some(name) => position(name),
            None => first_of(&TEXTS),
        };
        let id = match &options.id_column {
            Some(name) => position(name),
            None => first_of(&IDS),
        };
        match text {
            Some(text) => Ok(Columns { names, text, id: id.filter(|id| *id != text) }),
            None => Err(names),
        }
    }

    /// The name of the column of texts.
    fn text_name(&self) -> &str {
        &self.names[self.text]
    }

    /// Whether a column is carried: every one but the text, what names the row, and other forms of the text.
    fn is_carried(&self, column: usize) -> bool {
        let is_text = || TEXTS.iter().any(|name| self.names[column].trim().eq_ignore_ascii_case(name));
        column != self.text && Some(column) != self.id && !is_text()
    }
}

/// One row of a dump.
struct Row {
    /// Its number, from 1.
    number: u64,
    id: String,
    text: Vec<u8>,
    /// The encoding, where the dump is of one that is known.
    declared: Option<String>,
    carried: Vec<(String, String)>,
}

impl Row {
    fn give(self, stream: &mut Stream<'_>, place: &Place, column: &str) -> Flow {
        let id = plain(self.id.trim());
        let name = if id.is_empty() { self.number.to_string() } else { id };
        let is_large = self.text.len() as u64 > stream.options.limits.bytes;
        let content = if is_large {
            Content::Failed(CollectionError::limit(Limit::Bytes, &stream.options.limits))
        } else if is_empty(&self.text) {
            Content::Failed(CollectionError::EmptyText { column: column.to_string() })
        } else {
            Content::Bytes(self.text)
        };
        stream.give(Item {
            id: format!("{}/{name}", place.id),
            path: format!("{}!{name}", place.shown),
            // Rows hold text or pages: both are told by their bytes.
            name: "row.txt".to_string(),
            manifest: place.manifest.clone(),
            carried: self.carried,
            declared: self.declared,
            is_crawled: false,
            is_guess: false,
            content,
        })
    }
}

/// Whether a field holds nothing; one of white space is not long.
fn is_empty(text: &[u8]) -> bool {
    text.len() < 1_000 && std::str::from_utf8(text).is_ok_and(|text| text.trim().is_empty())
}

/// A dump without a column of texts: in a folder or an archive it is some other data; where a user named it, it is an
/// error.
fn without_text(stream: &mut Stream<'_>, place: &Place, columns: Vec<String>) -> Flow {
    if place.is_named {
        return stream.fail(place, CollectionError::NoTextColumn { columns });
    }
    stream.passed.ignored += 1;
    Ok(())
}
