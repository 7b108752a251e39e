//! Parquet, row group by row group, by its record API: columns of strings or bytes hold the texts.

use std::panic::{AssertUnwindSafe, catch_unwind};

use bytes::Bytes as Memory;
use parquet::basic::Compression;
use parquet::file::reader::{ChunkReader, FileReader, SerializedFileReader};
use parquet::record::{Field, Row as Record, reader::RowIter};

use super::{Columns, Row, without_text};
use crate::collection::budget::read_all;
use crate::collection::error::CollectionError;
use crate::collection::stream::{Bytes, Flow, Place, Stop, Stream};
use crate::source::Limit;

/// Rows decoded at a time: a text may be large.
const ROWS: usize = 16;

/// Reads the rows.
pub(in crate::collection) fn parquet(stream: &mut Stream<'_>, place: &Place, bytes: Bytes<'_>) -> Flow {
    match bytes {
        Bytes::File(file) => guarded(stream, place, file),
        Bytes::Stream(read) => {
            // Its directory stands at its end: all of it has to be at hand.
            let most = stream.options.limits.bytes.saturating_sub(stream.held);
            let before = stream.given;
            let bytes = match read_all(read, most) {
                Ok(Some(bytes)) => bytes,
                Ok(None) => return stream.fail(place, CollectionError::limit(Limit::Bytes, &stream.options.limits)),
                Err(error) => return stream.broken(place, "Parquet", before, &error.to_string()),
            };
            let held = bytes.len() as u64;
            stream.held += held;
            let flow = guarded(stream, place, Memory::from(bytes));
            stream.held -= held;
            flow
        }
    }
}

/// The library gives up on some damaged files with a panic.
fn guarded<R: ChunkReader + 'static>(stream: &mut Stream<'_>, place: &Place, source: R) -> Flow {
    let before = stream.given;
    match catch_unwind(AssertUnwindSafe(|| rows(stream, place, source))) {
        Ok(Ok(())) => Ok(()),
        Ok(Err(Fault::Stop(stop))) => Err(stop),
        Ok(Err(Fault::Broken(why))) => stream.broken(place, "Parquet", before, &why),
        Err(_) => stream.broken(place, "Parquet", before, "its reader gave up"),
    }
}

enum Fault {
    Stop(Stop),
    Broken(String),
}

impl From<Stop> for Fault {
    fn from(stop: Stop) -> Self {
        Fault::Stop(stop)
    }
}

impl From<parquet::errors::ParquetError> for Fault {
    fn from(error: parquet::errors::ParquetError) -> Self {
        Fault::Broken(error.to_string())
    }
}

impl From<std::io::Error> for Fault {
    fn from(error: std::io::Error) -> Self {
        Fault::Broken(error.to_string())
    }
}

fn rows<R: ChunkReader + 'static>(stream: &mut Stream<'_>, place: &Place, source: R) -> Result<(), Fault> {
    let reader = SerializedFileReader::new(source)?;
    let schema = reader.metadata().file_metadata().schema();
    let names: Vec<String> = schema.get_fields().iter().map(|field| field.name().to_string()).collect();
    let columns = match Columns::choose(names, stream.options) {
        Ok(columns) => columns,
        Err(names) => return Ok(without_text(stream, place, names)?),
    };
    if let Some(codec) =
        reader.metadata().row_groups().iter().flat_map(|g| g.columns()).find_map(|c| unread(c.compression()))
    {
        return Ok(stream.fail(place, CollectionError::Codec { codec })?);
    }
    let (mut number, mut members) = (0, 0);
    for group in 0..reader.num_row_groups() {
        let group = reader.get_row_group(group)?;
        for record in RowIter::from_row_group(None, group.as_ref())?.with_batch_size(ROWS) {
            number += 1;
            stream.one_more(place, &mut members)?;
            let row = row(&columns, number, record?);
            stream.budget.take(row.text.len())?;
            row.give(stream, place, columns.text_name())?;
        }
    }
    Ok(())
}

/// The name of a codec that this program was built without.
fn unread(codec: Compression) -> Option<&'static str> {
    match codec {
        Compression::UNCOMPRESSED | Compression::SNAPPY | Compression::GZIP(_) | Compression::ZSTD(_) => None,
        Compression::BROTLI(_) => Some("Brotli"),
        Compression::LZO => Some("LZO"),
        Compression::LZ4 | Compression::LZ4_RAW => Some("LZ4"),
    }
}

fn row(columns: &Columns, number: u64, record: Record) -> Row {
    let (mut id, mut text, mut declared, mut carried) = (String::new(), Vec::new(), None, Vec::new());
    for (column, (name, field)) in record.into_columns().into_iter().enumerate() {
        if column == columns.text {
            (text, declared) = match field {
                Field::Bytes(bytes) => {
                    let is_utf8 = std::str::from_utf8(bytes.data()).is_ok();
                    (bytes.data().to_vec(), is_utf8.then(|| "utf-8".to_string()))
                }
                other => (shown(other).into_bytes(), Some("utf-8".to_string())),
            };
        } else if Some(column) == columns.id {
            id = shown(field);
        } else if columns.is_carried(column) {
            carried.push((name, shown(field)));
        }
    }
    Row { number, id, text, declared, carried }
}

/// A value as a column shows it.
fn shown(field: Field) -> String {
    match field {
        Field::Null => String::new(),
        Field::Str(text) => text,
        Field::Bytes(bytes) => crate::collection::names::decoded(bytes.data()).into_owned(),
        other => other.to_string(),
    }
}
