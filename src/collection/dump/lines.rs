//! JSON Lines: an object a line.

use std::collections::HashSet;
use std::fmt;
use std::io::{BufRead, BufReader};

use serde::Deserialize;
use serde::de::{MapAccess, Visitor};
use serde_json::value::RawValue;

use super::{Columns, Row, TEXTS, without_text};
use crate::collection::budget::{Line, read_line, skip_line};
use crate::collection::error::CollectionError;
use crate::collection::stream::{Bytes, Flow, Place, Stop, Stream};
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

/// Objects looked at before the column of texts is chosen: the first of a dump often say something of the dump.
const AHEAD: usize = 1_000;
/// And bytes of them, which are in memory until then.
const AHEAD_BYTES: usize = 8_000_000;

/// The rows of a dump: the first ones wait until the columns are chosen.
#[derive(Default)]
struct Rows {
    columns: Option<Columns>,
    waiting: Vec<(u64, Object)>,
    bytes: usize,
}

impl Rows {
    /// Takes an object. Says which columns there are if none of them holds texts.
    fn take(
        &mut self,
        stream: &mut Stream<'_>,
        place: &Place,
        number: u64,
        object: Object,
    ) -> Result<Flow, Vec<String>> {
        if let Some(columns) = &self.columns {
            return Ok(give(columns, stream, place, number, object));
        }
        self.bytes += object.0.iter().map(|(name, value)| name.len() + value.get().len()).sum::<usize>();
        self.waiting.push((number, object));
        if self.waiting.len() < AHEAD && self.bytes < AHEAD_BYTES { Ok(Ok(())) } else { self.settle(stream, place) }
    }

    /// Chooses among the columns of all objects that wait, and gives them.
    fn settle(&mut self, stream: &mut Stream<'_>, place: &Place) -> Result<Flow, Vec<String>> {
        if self.columns.is_some() || self.waiting.is_empty() {
            return Ok(Ok(()));
        }
        let mut names: Vec<String> = Vec::new();
        let mut seen = HashSet::new();
        for (name, _) in self.waiting.iter().flat_map(|(_, object)| &object.0) {
            if seen.insert(name.as_str()) {
                names.push(name.clone());
            }
        }
        let columns = Columns::choose(names, stream.options)?;
        let mut flow = Ok(());
        for (number, object) in std::mem::take(&mut self.waiting) {
            flow = flow.and_then(|()| give(&columns, stream, place, number, object));
        }
        self.columns = Some(columns);
        Ok(flow)
    }
}

/// Gives the row of an object; one without a text is counted.
fn give(columns: &Columns, stream: &mut Stream<'_>, place: &Place, number: u64, object: Object) -> Flow {
    match row(columns, number, object.0) {
        Some(row) => row.give(stream, place, columns.text_name()),
        None => {
            stream.passed.without_text += 1;
            Ok(())
        }
    }
}

/// How the lines of a dump end.
enum End {
    Whole,
    /// One line that has no end: some other file under this name.
    NoLines,
    /// More objects than allowed.
    TooMany,
    Damaged(String),
    /// Its columns, none of which holds texts.
    WithoutText(Vec<String>),
}

/// Lines that are no objects: how many, the first, and what is wrong with it.
type Wrong = Option<(u64, u64, String)>;

/// Reads the lines.
pub(in crate::collection) fn json_lines(stream: &mut Stream<'_>, place: &Place, mut bytes: Bytes<'_>) -> Flow {
    let before = stream.given;
    let (mut rows, mut wrong): (Rows, Wrong) = Default::default();
    let mut read = BufReader::with_capacity(1 << 16, bytes.stream());
    let end = objects(stream, place, &mut read, &mut rows, &mut wrong)?;
    // However it ended, what was read before is given.
    let end = match rows.settle(stream, place) {
        Ok(flow) => flow.map(|()| end)?,
        Err(names) => End::WithoutText(names),
    };
    match end {
        End::Whole => {}
        End::NoLines => return stream.fail(place, CollectionError::limit(Limit::Bytes, &stream.options.limits)),
        End::TooMany => return stream.give_up(place, Limit::Members),
        End::Damaged(why) => return stream.broken(place, "JSONL", before, &why),
        End::WithoutText(names) => return without_text(stream, place, names),
    }
    match wrong {
        None => Ok(()),
        // Not one object: some other file under this name.
        Some(_) if rows.columns.is_none() && !place.is_named => {
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

fn objects(
    stream: &mut Stream<'_>,
    place: &Place,
    read: &mut dyn BufRead,
    rows: &mut Rows,
    wrong: &mut Wrong,
) -> Result<End, Stop> {
    let (mut number, mut members) = (0, 0);
    let limits = stream.options.limits.clone();
    let mut line = Vec::new();
    loop {
        match read_line(read, &mut line, limits.bytes) {
            Ok(Line::End) => return Ok(End::Whole),
            Ok(Line::Read) => {}
            Ok(Line::TooLong) if number == 0 => return Ok(End::NoLines),
            Ok(Line::TooLong) => {
                number += 1;
                if let Err(error) = skip_line(read) {
                    return Ok(End::Damaged(error.to_string()));
                }
                let row = place.member(&number.to_string(), true);
                stream.fail(&row, CollectionError::limit(Limit::Bytes, &limits))?;
                continue;
            }
            Err(error) => return Ok(End::Damaged(error.to_string())),
        }
        number += 1;
        let text = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line);
        if text.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        members += 1;
        if members > limits.members {
            return Ok(End::TooMany);
        }
        match serde_json::from_slice::<Object>(text) {
            Ok(object) => match rows.take(stream, place, number, object) {
                Ok(flow) => flow?,
                Err(names) => return Ok(End::WithoutText(names)),
            },
            Err(error) => {
                let first = wrong.get_or_insert((0, number, error.to_string()));
                first.0 += 1;
            }
        }
    }
}

/// The row of an object; none if it has no field of texts.
fn row(columns: &Columns, number: u64, fields: Vec<(String, Box<RawValue>)>) -> Option<Row> {
    let text_name = columns.names[columns.text].as_str();
    let id_name = columns.id.map(|id| columns.names[id].as_str());
    let is_other_text = |name: &str| TEXTS.iter().any(|text| name.trim().eq_ignore_ascii_case(text));
    let (mut id, mut text, mut other, mut carried) = (String::new(), None::<String>, None::<String>, Vec::new());
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
    // A text that is empty is said; a field that is not there is nothing that was lost.
    let text = match text {
        Some(text) if !text.trim().is_empty() => text,
        empty => other.or(empty)?,
    };
    Some(Row { number, id, text: text.into_bytes(), declared: Some("utf-8".to_string()), carried })
}
