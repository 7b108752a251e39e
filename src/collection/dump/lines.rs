//! JSON Lines: an object a line.

use std::fmt;
use std::io::BufReader;

use serde::Deserialize;
use serde::de::{MapAccess, Visitor};
use serde_json::value::RawValue;

use super::{Columns, Row, TEXTS, without_text};
use crate::collection::budget::{Line, read_line, skip_line};
use crate::collection::error::CollectionError;
use crate::collection::stream::{Bytes, Flow, Place, Stream};
use crate::source::Limit;

/// The fields of an object in their order, values as they are written.
struct Object(Vec<(String, Box<RawValue>)>);

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;
        impl<'de> Visitor<'de> for Fields {
            type Value = Object;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Object(fields))
            }
        }
        deserializer.deserialize_map(Fields)
    }
}

/// A value as a column shows it: strings without quotes, null as nothing, all else as written.
fn shown(value: &RawValue) -> String {
    match value.get() {
        "null" => String::new(),
        text if text.starts_with('"') => serde_json::from_str(text).unwrap_or_else(|_| text.to_string()),
        text => text.to_string(),
    }
}

/// Reads the lines.
pub(in crate::collection) fn json_lines(stream: &mut Stream<'_>, place: &Place, mut bytes: Bytes<'_>) -> Flow {
    let (before, mut number, mut members) = (stream.given, 0, 0);
    let mut read = BufReader::with_capacity(1 << 16, bytes.stream());
    let most = stream.options.limits.bytes;
    let mut line = Vec::new();
    let mut columns: Option<Columns> = None;
    let mut wrong: Option<(u64, u64, String)> = None;
    loop {
        match read_line(&mut read, &mut line, most) {
            Ok(Line::End) => break,
            Ok(Line::Read) => {}
            // One line that has no end: some other file under this name.
            Ok(Line::TooLong) if number == 0 => {
                return stream.fail(place, CollectionError::limit(Limit::Bytes, &stream.options.limits));
            }
            Ok(Line::TooLong) => {
                number += 1;
                if let Err(error) = skip_line(&mut read) {
                    return stream.broken(place, "JSONL", before, &error.to_string());
                }
                let row = place.member(&number.to_string(), true);
                stream.fail(&row, CollectionError::limit(Limit::Bytes, &stream.options.limits))?;
                continue;
            }
            Err(error) => return stream.broken(place, "JSONL", before, &error.to_string()),
        }
        number += 1;
        let text = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line);
        if text.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        stream.one_more(place, &mut members)?;
        let fields = match serde_json::from_slice::<Object>(text) {
            Ok(Object(fields)) => fields,
            Err(error) => {
                let first = wrong.get_or_insert((0, number, error.to_string()));
                first.0 += 1;
                continue;
            }
        };
        if columns.is_none() {
            let names = fields.iter().map(|(name, _)| name.clone()).collect();
            match Columns::choose(names, stream.options) {
                Ok(chosen) => columns = Some(chosen),
                Err(names) => return without_text(stream, place, names),
            }
        }
        if let Some(columns) = &columns {
            row(columns, number, fields).give(stream, place)?;
        }
    }
    match wrong {
        None => Ok(()),
        // Not one object: some other file under this name.
        Some(_) if columns.is_none() && !place.is_named => {
            stream.passed.ignored += 1;
            Ok(())
        }
        Some((lines, first, why)) => {
            // It names a place in the line as one in line 1.
            let why = why.split(" at line ").next().unwrap_or_default().to_string();
            stream.fail(place, CollectionError::Lines { lines, first, why })
        }
    }
}

fn row(columns: &Columns, number: u64, fields: Vec<(String, Box<RawValue>)>) -> Row {
    let text_name = columns.names[columns.text].as_str();
    let id_name = columns.id.map(|id| columns.names[id].as_str());
    let is_other_text = |name: &str| TEXTS.iter().any(|text| name.trim().eq_ignore_ascii_case(text));
    let (mut id, mut text, mut other, mut carried) = (String::new(), None, None, Vec::new());
    for (name, value) in fields {
        if name == text_name {
            text = Some(shown(&value));
        } else if Some(name.as_str()) == id_name {
            id = shown(&value);
        } else if is_other_text(&name) {
            // Objects need not be alike: one without the column may have another.
            other = other.or_else(|| Some(shown(&value)).filter(|text| !text.trim().is_empty()));
        } else {
            carried.push((name, shown(&value)));
        }
    }
    let text = text.filter(|text| !text.trim().is_empty()).or(other).unwrap_or_default();
    Row { number, id, text: text.into_bytes(), declared: Some("utf-8".to_string()), carried }
}
