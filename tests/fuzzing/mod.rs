//! What must hold of any bytes. The fuzz targets in `fuzz/` and the short random run of `tests/fuzz.rs` call these.
#![allow(dead_code, unreachable_pub, missing_docs, reason = "shared by the fuzz targets, each of which uses one")]

use std::sync::OnceLock;
use std::time::Duration;

use gouji::audit::Engine;
use gouji::dictionary::Dictionary;
use gouji::lang::Lang;
use gouji::quantities;
use gouji::source::{Format, Limits, Options, Source};

pub fn engine() -> &'static Engine<'static> {
    static ENGINE: OnceLock<Engine<'static>> = OnceLock::new();
    ENGINE.get_or_init(|| Engine::new(Dictionary::built_in(), Lang::Zh))
}

/// A panic in a library that reads documents is caught and reported as a damaged document. The runner of the fuzz
/// targets would end at it: it is told of our own panics only.
fn forgive_libraries() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        let hook = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            let is_of_a_library = info.location().is_some_and(|l| l.file().contains("/registry/src/"));
            if !is_of_a_library {
                hook(info);
            }
        }));
    });
}

/// Small limits, so that a run spends its time on structure and not on size.
fn options() -> Options {
    let limits = Limits {
        bytes: 1 << 20,
        text: 1 << 20,
        members: 1000,
        time: Duration::from_secs(5),
        converter: false,
        ..Limits::default()
    };
    Options { limits, ..Options::default() }
}

/// Bytes of any encoding: a text comes out, and its places are inside it. What the first bytes show to be a document is
/// read as one, whatever its name.
pub fn decoder(data: &[u8]) {
    forgive_libraries();
    if let Ok(source) = Source::read(data.to_vec(), "a.txt", &options()) {
        places(&source);
    }
}

/// A page: every line and cell lies inside its text, and leads back into the source.
pub fn html(data: &[u8]) {
    let text = String::from_utf8_lossy(data).into_owned();
    places(&Source::new(text.clone(), Format::Html));
    places(&Source::new(text, Format::Mixed));
}

/// A PDF.
pub fn pdf(data: &[u8]) {
    document(data, "a.pdf", b"%PDF-");
}

/// A DOCX, an XLSX or an old document, as its bytes say.
pub fn office(data: &[u8]) {
    let magic: &[u8] = if data.starts_with(b"\xd0\xcf") { b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" } else { b"PK\x03\x04" };
    document(data, "a.docx", magic);
}

/// Rows of a table under a heading of the form: the table reader takes any of them.
pub fn tables(data: &[u8]) {
    let rows = String::from_utf8_lossy(data);
    let text = format!("甲县2023年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况\n{rows}\n四、其他\n");
    for format in [Format::Text, Format::Document, Format::Html, Format::Mixed] {
        whole(&Source::new(text.clone(), format));
    }
}

/// The quantity lexer: every quantity lies inside the text, on character borders, in order.
pub fn quantities(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let lexed = quantities::lex(&text, &Dictionary::built_in().numbers, &[]);
    let mut last = 0;
    for quantity in &lexed.quantities {
        assert!(text.get(quantity.range.clone()).is_some(), "{:?} cuts a character", quantity.range);
        assert!(text.get(quantity.unit.clone()).is_some(), "{:?} cuts a character", quantity.unit);
        assert!(quantity.range.start >= last, "{:?} goes back", quantity.range);
        last = quantity.range.start;
        assert!(quantity.interval.high.is_none_or(|high| high >= quantity.interval.low), "{:?}", quantity.interval);
    }
}

/// The whole audit of any bytes.
pub fn audit(data: &[u8]) {
    forgive_libraries();
    let name = if data.first().is_some_and(|b| b % 2 == 0) { "a.txt" } else { "a.html" };
    if let Ok(source) = Source::read(data.to_vec(), name, &options()) {
        places(&source);
        whole(&source);
    }
}

fn document(data: &[u8], name: &str, magic: &[u8]) {
    forgive_libraries();
    let mut bytes = data.to_vec();
    let head = magic.len().min(bytes.len());
    bytes[..head].copy_from_slice(&magic[..head]);
    if let Ok(source) = Source::read(bytes, name, &options()) {
        places(&source);
        whole(&source);
    }
}

fn places(source: &Source) {
    let page = source.page();
    for range in page.lines.iter().map(|l| &l.range).chain(&page.cells) {
        let bytes = range.start as usize..range.end as usize;
        assert!(page.text.get(bytes.clone()).is_some(), "{bytes:?} is no text of the page");
        let origin = page.origin(bytes);
        assert!(source.text.get(origin.clone()).is_some(), "{origin:?} is no text of the source");
        let span = source.span(origin);
        assert!(span.start <= span.end && span.end <= source.characters(), "{span:?}");
    }
}

fn whole(source: &Source) {
    engine().audit(source, |view| {
        for finding in view.findings {
            assert!(finding.span.start <= finding.span.end && finding.span.end <= source.characters(), "{finding:?}");
        }
    });
}
