//! Styles: only what decides whether and with which number a paragraph shows.

use quick_xml::events::Event;
use rustc_hash::FxHashMap;

use super::super::xml::{attribute, is_on, reader};
use super::numbering::Place;

/// Styles that are based on each other are followed this far.
const LONGEST_CHAIN: usize = 20;

/// Word itself has some four thousand.
const MOST_STYLES: usize = 20_000;

/// The styles of a document, by id.
#[derive(Debug, Default)]
pub(super) struct Styles(FxHashMap<String, Style>);

#[derive(Debug, Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    list: Option<String>,
    level: Option<u8>,
    is_hidden: Option<bool>,
}

impl Styles {
    /// Reads the part; what follows a fault is left out.
    pub(super) fn read(xml: &str) -> Self {
        let mut styles = Styles::default();
        let mut open: Option<(String, Style)> = None;
        let mut reader = reader(xml);
        while let Ok(event) = reader.read_event() {
            let (Event::Start(tag) | Event::Empty(tag)) = &event else {
                match event {
                    Event::End(tag) if tag.local_name().as_ref() == "style" => styles.0.extend(open.take()),
                    Event::Eof => break,
                    _ if styles.0.len() > MOST_STYLES => break,
                    _ => {}
                }
                continue;
            };
            let value = || attribute(tag, "val");
            let name = tag.local_name();
            if name.as_ref() == "style" {
                open = attribute(tag, "styleId").map(|id| (id, Style::default()));
            }
            let Some((_, style)) = &mut open else { continue };
            match name.as_ref() {
                "name" => style.name = value().unwrap_or_default().to_ascii_lowercase(),
                "basedOn" => style.based_on = value(),
                "numId" => style.list = value(),
                "ilvl" => style.level = value().and_then(|v| v.parse().ok()),
                "vanish" => style.is_hidden = Some(is_on(tag)),
                _ => {}
            }
        }
        styles
    }

    /// The list that a style puts its paragraphs into.
    pub(super) fn place(&self, style: &str) -> Option<Place> {
        let list = self.first(style, |s| s.list.clone())?;
        Some(Place { list, level: self.first(style, |s| s.level).unwrap_or(0) })
    }

    /// Whether text of a style is hidden, if the style says.
    pub(super) fn is_hidden(&self, style: &str) -> Option<bool> {
        self.first(style, |s| s.is_hidden)
    }

    /// Whether a style is one of a table of contents, whose lines repeat the headings.
    pub(super) fn is_contents(&self, style: &str) -> bool {
        let name = self.0.get(style).map_or("", |s| s.name.as_str());
        ["toc ", "contents "].iter().any(|word| name.starts_with(word)) && name.ends_with(|c: char| c.is_ascii_digit())
    }

    fn first<T>(&self, style: &str, get: impl Fn(&Style) -> Option<T>) -> Option<T> {
        let chain = std::iter::successors(self.0.get(style), |s| self.0.get(s.based_on.as_ref()?));
        chain.take(LONGEST_CHAIN).find_map(get)
    }
}
