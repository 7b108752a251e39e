//! Lists: the number that Word prints before a paragraph and that stands nowhere in its text.

use quick_xml::events::{BytesStart, Event};
use rustc_hash::FxHashMap;

use super::super::xml::{attribute, is_on, reader};
use super::numerals;

/// No document of a few pages has as many lists.
const MOST_LISTS: usize = 50_000;
/// Word has nine levels.
const LEVELS: usize = 9;

/// Where a paragraph is in the lists of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    /// `w:numId`; `0` is no list.
    pub(super) list: String,
    /// `w:ilvl`.
    pub(super) level: u8,
}

#[derive(Debug, Clone, Default)]
struct Level {
    start: u32,
    format: String,
    text: String,
    is_arabic: bool,
    never_restarts: bool,
}

#[derive(Debug, Default)]
struct Definition {
    levels: Vec<Level>,
    /// The style whose list this is, and the style whose list is used instead.
    defines: Option<String>,
    borrows: Option<String>,
}

#[derive(Debug, Default)]
struct List {
    definition: String,
    starts: FxHashMap<usize, u32>,
    levels: FxHashMap<usize, Level>,
    is_begun: bool,
}

/// The lists of a document, and how far they have been counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    definitions: FxHashMap<String, Definition>,
    lists: FxHashMap<String, List>,
    counts: FxHashMap<String, [Option<u32>; LEVELS]>,
}

/// What the tags that come next belong to.
enum Open {
    Definition(String, Definition),
    List(String, List),
}

impl Numbering {
    /// Reads the part; what follows a fault is left out.
    pub(super) fn read(xml: &str) -> Self {
        let mut numbering = Numbering::default();
        let mut open = None;
        let mut level = None;
        let mut reader = reader(xml);
        while let Ok(event) = reader.read_event() {
            match &event {
                Event::Start(tag) | Event::Empty(tag) => {
                    let is_empty = matches!(event, Event::Empty(_));
                    start(tag, &mut open, &mut level);
                    if is_empty && matches!(tag.local_name().as_ref(), "abstractNum" | "num") {
                        numbering.add(open.take());
                    }
                }
                Event::End(tag) if matches!(tag.local_name().as_ref(), "abstractNum" | "num") => {
                    numbering.add(open.take());
                }
                Event::Eof => break,
                _ if numbering.lists.len() + numbering.definitions.len() > MOST_LISTS => break,
                _ => {}
            }
        }
        numbering
    }

    fn add(&mut self, open: Option<Open>) {
        match open {
            Some(Open::Definition(id, definition)) => drop(self.definitions.insert(id, definition)),
            Some(Open::List(id, list)) => drop(self.lists.insert(id, list)),
            None => {}
        }
    }

    /// Counts a paragraph and gives what is printed before it; empty for a bullet or none.
    pub(super) fn label(&mut self, place: &Place) -> String {
        let Some(list) = self.lists.get_mut(&place.list) else { return String::new() };
        let depth = usize::from(place.level).min(LEVELS - 1);
        let own = self.definitions.get(&list.definition);
        let borrowed = own.and_then(|d| d.borrows.as_ref()).and_then(|style| {
            self.definitions.iter().find(|(_, d)| d.defines.as_ref() == Some(style)).map(|(id, _)| id.clone())
        });
        let id = borrowed.unwrap_or_else(|| list.definition.clone());
        let Some(definition) = self.definitions.get(&id) else { return String::new() };
        let level = |at: usize| list.levels.get(&at).or_else(|| definition.levels.get(at));
        let start = |at: usize| list.starts.get(&at).copied().or_else(|| level(at).map(|l| l.start)).unwrap_or(1);
        let counts = self.counts.entry(id).or_default();
        if !list.is_begun {
            for at in list.starts.keys().filter(|at| **at < LEVELS) {
                counts[*at] = None;
            }
        }
        counts[depth] = Some(counts[depth].map_or_else(|| start(depth), |n| n.saturating_add(1)));
        for (at, count) in counts.iter_mut().enumerate().skip(depth + 1) {
            if !level(at).is_some_and(|l| l.never_restarts) {
                *count = None;
            }
        }
        let Some(own) = level(depth) else { return String::new() };
        let label = printed(own, |at| {
            let count = counts[at].unwrap_or_else(|| start(at));
            let format = level(at).map_or("decimal", |l| l.format.as_str());
            numerals::format(count, if own.is_arabic { "decimal" } else { format })
        });
        list.is_begun = true;
        label
    }
}

/// `%1.%2、` with its numbers.
fn printed(level: &Level, number: impl Fn(usize) -> String) -> String {
    if level.format == "bullet" {
        return String::new();
    }
    let (mut out, mut characters) = (String::new(), level.text.chars().peekable());
    while let Some(c) = characters.next() {
        match characters.peek().and_then(|next| next.to_digit(10)) {
            Some(digit @ 1..=9) if c == '%' => {
                characters.next();
                out.push_str(&number(digit as usize - 1));
            }
            _ => out.push(c),
        }
    }
    out
}

fn start(tag: &BytesStart<'_>, open: &mut Option<Open>, level: &mut Option<usize>) {
    let name = tag.local_name();
    let value = || attribute(tag, "val");
    match name.as_ref() {
        "abstractNum" => {
            *open = attribute(tag, "abstractNumId").map(|id| Open::Definition(id, Definition::default()));
        }
        "num" => *open = attribute(tag, "numId").map(|id| Open::List(id, List::default())),
        "lvl" | "lvlOverride" => {
            *level = attribute(tag, "ilvl").and_then(|v| v.parse().ok()).filter(|l| *l < LEVELS);
        }
        _ => {}
    }
    match (open, name.as_ref()) {
        (Some(Open::Definition(_, definition)), "styleLink") => definition.defines = value(),
        (Some(Open::Definition(_, definition)), "numStyleLink") => definition.borrows = value(),
        (Some(Open::Definition(_, definition)), name) => {
            let Some(at) = *level else { return };
            if definition.levels.len() <= at {
                definition.levels.resize(at + 1, Level { start: 1, ..Level::default() });
            }
            set(&mut definition.levels[at], name, tag);
        }
        (Some(Open::List(_, list)), "abstractNumId") => list.definition = value().unwrap_or_default(),
        (Some(Open::List(_, list)), "startOverride") => {
            if let (Some(at), Some(start)) = (*level, value().and_then(|v| v.parse().ok())) {
                list.starts.insert(at, start);
            }
        }
        (Some(Open::List(_, list)), name @ ("lvl" | "start" | "numFmt" | "lvlText" | "isLgl" | "lvlRestart")) => {
            let Some(at) = *level else { return };
            set(list.levels.entry(at).or_insert_with(|| Level { start: 1, ..Level::default() }), name, tag);
        }
        _ => {}
    }
}

fn set(level: &mut Level, name: &str, tag: &BytesStart<'_>) {
    let value = || attribute(tag, "val").unwrap_or_default();
    match name {
        "start" => level.start = value().parse().unwrap_or(1),
        // Newer formats stand behind an alternative, with the nearest old one as their substitute.
        "numFmt" if level.format.is_empty() || value() != "custom" => level.format = value(),
        "lvlText" => level.text = value(),
        "isLgl" => level.is_arabic = is_on(tag),
        "lvlRestart" => level.never_restarts = value() == "0",
        _ => {}
    }
}
