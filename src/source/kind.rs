//! What a file is, by its first bytes; its name decides only what bytes cannot.

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// Lines of text; tables as `a | b |` rows, one cell a line, or space-separated.
    Text,
    /// The same, from a `.md` file.
    Markdown,
    /// A web page or a piece of one.
    Html,
    /// PDF.
    Pdf,
    /// Word since 2007.
    Docx,
    /// Word before 2007, and what WPS writes in its place.
    Doc,
    /// Excel since 2007.
    Xlsx,
    /// Excel before 2007, and what WPS writes in its place.
    Xls,
    /// Rich Text Format.
    Rtf,
    /// A web page saved in one file, often under the name of a `.doc`.
    Mhtml,
    /// Word 2003 XML, or a package of Word in one XML file.
    WordXml,
    /// Excel 2003 XML.
    ExcelXml,
    /// OFD, the national fixed-layout format (GB/T 33190).
    Ofd,
    /// A picture; its format's name.
    Picture(&'static str),
}

impl Kind {
    /// Its usual name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Kind::Text => "TXT",
            Kind::Markdown => "Markdown",
            Kind::Html => "HTML",
            Kind::Pdf => "PDF",
            Kind::Docx => "DOCX",
            Kind::Doc => "DOC/WPS",
            Kind::Xlsx => "XLSX",
            Kind::Xls => "XLS/ET",
            Kind::Rtf => "RTF",
            Kind::Mhtml => "MHTML",
            Kind::WordXml => "Word XML",
            Kind::ExcelXml => "Excel XML",
            Kind::Ofd => "OFD",
            Kind::Picture(name) => name,
        }
    }

    /// Whether its bytes are text of some encoding.
    #[must_use]
    pub fn is_text(self) -> bool {
        matches!(self, Kind::Text | Kind::Markdown | Kind::Html)
    }
}

/// Tells the kind of some bytes; none for what is neither text nor a known format. Text and web pages are told apart
/// only once they are decoded: both come out as [`Kind::Text`] here, or as [`Kind::Markdown`] by name.
#[must_use]
pub fn sniff(bytes: &[u8], name: &str) -> Option<Kind> {
    let extension = extension(name);
    if let Some((_, kind)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Some(*kind);
    }
    // Some writers put a line of their own before it.
    let head = &bytes[..bytes.len().min(1024)];
    if memchr::memchr_iter(b'%', head).any(|at| head[at..].starts_with(b"%PDF-")) {
        return Some(Kind::Pdf);
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return package(bytes, &extension);
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Some(compound(bytes, &extension));
    }
    if let Some(kind) = wrapped(bytes) {
        return Some(kind);
    }
    Some(if matches!(extension.as_str(), "md" | "markdown") { Kind::Markdown } else { Kind::Text })
}

const MAGIC: [(&[u8], Kind); 8] = [
    (b"%PDF-", Kind::Pdf),
    (b"{\\rtf", Kind::Rtf),
    (b"\x89PNG", Kind::Picture("PNG")),
    (b"\xff\xd8\xff", Kind::Picture("JPEG")),
    (b"GIF8", Kind::Picture("GIF")),
    (b"II*\0", Kind::Picture("TIFF")),
    (b"MM\0*", Kind::Picture("TIFF")),
    (b"BM\0\0", Kind::Picture("BMP")),
];

/// Text that wraps a document: a mail around a web page, or XML of an office program.
fn wrapped(bytes: &[u8]) -> Option<Kind> {
    let head = &bytes[..bytes.len().min(4096)];
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let has = |words: &str| memchr::memmem::find(head, words.as_bytes()).is_some();
    let begins = |words: &str| head.get(..words.len()).is_some_and(|b| b.eq_ignore_ascii_case(words.as_bytes()));
    if begins("mime-version:") || begins("from: <saved by ") {
        return Some(Kind::Mhtml);
    }
    if !begins("<?xml") || has("<html") {
        return None;
    }
    if has("progid=\"Word.Document\"") || has("<w:wordDocument") || has("<pkg:package") {
        return Some(Kind::WordXml);
    }
    let is_sheet = has("progid=\"Excel.Sheet\"") || has("<Workbook") && has("office:spreadsheet");
    is_sheet.then_some(Kind::ExcelXml)
}

/// A ZIP package of an office program: by the names of its parts, which stand in the file as they are.
fn package(bytes: &[u8], extension: &str) -> Option<Kind> {
    let has = |part: &str| memchr::memmem::find(bytes, part.as_bytes()).is_some();
    if has("word/document") {
        Some(Kind::Docx)
    } else if has("xl/workbook") {
        Some(Kind::Xlsx)
    } else if has("OFD.xml") {
        Some(Kind::Ofd)
    } else {
        match extension {
            "docx" | "docm" | "dotx" => Some(Kind::Docx),
            "xlsx" | "xlsm" => Some(Kind::Xlsx),
            "ofd" => Some(Kind::Ofd),
            _ => None,
        }
    }
}

/// A compound file: by the names of its streams, which stand in it in UTF-16.
fn compound(bytes: &[u8], extension: &str) -> Kind {
    let utf16 = |name: &str| name.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let has = |name: &str| memchr::memmem::find(bytes, &utf16(name)).is_some();
    if has("WordDocument") {
        Kind::Doc
    } else if has("Workbook") || matches!(extension, "xls" | "et") {
        Kind::Xls
    } else {
        Kind::Doc
    }
}

/// The extension of a name in lower case, without its dot; empty if it has none.
#[must_use]
pub fn extension(name: &str) -> String {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    file.rsplit_once('.').map(|(_, e)| e.to_ascii_lowercase()).unwrap_or_default()
}
