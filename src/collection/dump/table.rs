//! CSV and TSV with a column of texts.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

use csv::ByteRecord;

use super::{Columns, Row, without_text};
use crate::collection::error::CollectionError;
use crate::collection::names::decoded;
use crate::collection::stream::{Bytes, Flow, Place, Stream};
use crate::source::Limit;

/// A reader that ends a row longer than any report: without line ends or with an open quote, a row has no end.
struct Bounded<'r> {
    inner: &'r mut dyn Read,
    most: u64,
    since_row: Rc<Cell<u64>>,
}

impl Read for Bounded<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.since_row.get() > self.most {
            return Err(io::Error::other("a row is too long"));
        }
        let read = self.inner.read(buffer)?;
        self.since_row.set(self.since_row.get() + read as u64);
        Ok(read)
    }
}

/// Reads the rows. Bytes of separators are the same in UTF-8 and GB18030, so that fields are decoded one by one.
pub(in crate::collection) fn table(
    stream: &mut Stream<'_>,
    separator: u8,
    place: &Place,
    mut bytes: Bytes<'_>,
) -> Flow {
    let before = stream.given;
    let most = stream.options.limits.bytes;
    let since_row = Rc::new(Cell::new(0));
    let bounded = Bounded { inner: bytes.stream(), most, since_row: Rc::clone(&since_row) };
    let mut reader =
        csv::ReaderBuilder::new().delimiter(separator).flexible(true).buffer_capacity(1 << 16).from_reader(bounded);
    let broken = |stream: &mut Stream<'_>, error: &csv::Error, is_long: bool| {
        if is_long && stream.budget.limit().is_none() {
            return stream.fail(place, CollectionError::limit(Limit::Bytes, &stream.options.limits));
        }
        stream.broken(place, "CSV", before, &error.to_string())
    };
    let names: Vec<String> = match reader.byte_headers() {
        Ok(header) => header.iter().map(text_of).collect(),
        Err(error) => return broken(stream, &error, since_row.get() > most),
    };
    // A name that holds this is no name: the file is no text.
    if names.iter().any(|name| name.contains('\0')) {
        return if place.is_named { stream.broken(place, "CSV", before, "no text") } else { ignored(stream) };
    }
    let columns = match Columns::choose(names, stream.options) {
        Ok(columns) => columns,
        Err(names) => return without_text(stream, place, names),
    };
    let (mut number, mut members) = (0, 0);
    let mut record = ByteRecord::new();
    loop {
        since_row.set(0);
        match reader.read_byte_record(&mut record) {
            Ok(true) => {}
            Ok(false) => return Ok(()),
            Err(error) => return broken(stream, &error, since_row.get() > most),
        }
        number += 1;
        stream.one_more(place, &mut members)?;
        row(&columns, number, &record).give(stream, place, columns.text_name())?;
    }
}

fn ignored(stream: &mut Stream<'_>) -> Flow {
    stream.passed.ignored += 1;
    Ok(())
}

fn row(columns: &Columns, number: u64, record: &ByteRecord) -> Row {
    let field = |column: usize| record.get(column).unwrap_or_default();
    let text = field(columns.text).to_vec();
    let declared = std::str::from_utf8(&text).is_ok().then(|| "utf-8".to_string());
    let carried = (0..columns.names.len())
        .filter(|column| columns.is_carried(*column))
        .map(|column| (columns.names[column].clone(), text_of(field(column))))
        .collect();
    let id = columns.id.map(|id| text_of(field(id))).unwrap_or_default();
    Row { number, id, text, declared, carried }
}

/// The text of a field, without the mark that may begin a file.
fn text_of(field: &[u8]) -> String {
    decoded(field.strip_prefix(b"\xef\xbb\xbf").unwrap_or(field)).into_owned()
}
