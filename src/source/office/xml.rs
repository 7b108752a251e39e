//! What the readers of office parts need of XML. Entities of a document type are never looked up: `&name;` beyond the
//! five of XML itself is nothing, so that none can grow.

use quick_xml::Reader;
use quick_xml::escape::{resolve_xml_entity, unescape};
use quick_xml::events::{BytesRef, BytesStart, Event};

/// The value of an attribute, whatever its prefix.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    let found = attributes.with_checks(false).flatten().find(|a| a.key.local_name().as_ref() == name)?;
    Some(unescape(&found.value).map_or_else(|_| found.value.to_string(), |value| value.into_owned()))
}

/// A reader that takes wrongly nested tags as they come.
pub(super) fn reader(xml: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(xml);
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    reader
}

/// Calls for every opening tag, up to the end or the first fault.
pub(super) fn each_tag(xml: &str, mut call: impl FnMut(&BytesStart<'_>)) {
    let mut reader = reader(xml);
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(tag) | Event::Empty(tag) => call(&tag),
            Event::Eof => return,
            _ => {}
        }
    }
}

/// Whether a tag such as `<w:vanish/>` switches something on.
pub(super) fn is_on(tag: &BytesStart<'_>) -> bool {
    !matches!(attribute(tag, "val").as_deref(), Some("0" | "false" | "off" | "none"))
}

/// The characters behind `&name;`; none for an entity that the document declares.
pub(super) fn push_reference(reference: &BytesRef<'_>, out: &mut String) {
    match reference.resolve_char_ref() {
        Ok(Some(c)) => out.push(c),
        _ => out.push_str(resolve_xml_entity(reference).unwrap_or_default()),
    }
}

/// XML as text: by its mark, or the encoding that it declares, or UTF-8.
pub(super) fn text(bytes: &[u8]) -> String {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.trim_start_matches('\u{feff}').to_string();
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]).into_owned();
    let declared = head.split_once("encoding=").map(|(_, rest)| rest.trim_start_matches(['"', '\'']));
    let label = declared.and_then(|rest| rest.split(['"', '\'']).next()).unwrap_or("utf-8");
    let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap_or(encoding_rs::UTF_8);
    encoding.decode(bytes).0.into_owned()
}
