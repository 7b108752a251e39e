//! What is a collection, and what in one may be a report: by first bytes where they tell, else by names.

use crate::source::{Kind, extension, sniff};

/// As many first bytes tell what a file is: the mark of a TAR archive stands behind its first name.
pub(super) const HEAD: usize = 512;

/// A kind of collection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Container {
    /// ZIP.
    Zip,
    /// TAR.
    Tar,
    /// gzip around one file, which may be a collection.
    Gzip,
    /// Zstandard around one file, which may be a collection.
    Zstd,
    /// One JSON object a line.
    JsonLines,
    /// Values with commas or tabs between them.
    Table(char),
    /// Apache Parquet.
    Parquet,
    /// A web archive: pages as they came (WARC) or their text (WET).
    Warc,
    /// A kind that is known and not read.
    Unread(&'static str),
}

/// Extensions of what may be a report.
const REPORTS: [&str; 32] = [
    "txt", "md", "markdown", "html", "htm", "shtml", "xhtml", "mht", "mhtml", "pdf", "doc", "docx", "docm", "wps",
    "rtf", "ofd", "xls", "xlsx", "xlsm", "et", "jpg", "jpeg", "png", "tif", "tiff", "text",
    // Pages under the names that sites give them.
    "asp", "aspx", "jsp", "php", "do", "action",
];
/// Names under which a ZIP file is a document.
const PACKAGES: [&str; 10] = ["docx", "docm", "dotx", "xlsx", "xlsm", "ofd", "doc", "wps", "xls", "et"];
const PAGES: [&str; 9] = ["html", "htm", "shtml", "asp", "aspx", "jsp", "php", "do", "action"];
const NEVER_REPORTS: [&str; 4] = ["readme", "license", "changelog", "contributing"];
/// What gouji itself writes.
const OWN_RESULTS: [&str; 4] = ["reports.csv", "cells.csv", "claims.csv", "findings.csv"];

impl Container {
    /// The kind that a name tells.
    #[must_use]
    pub fn of(name: &str) -> Option<Container> {
        Some(match extension(name).as_str() {
            "zip" => Container::Zip,
            "tar" => Container::Tar,
            "gz" | "tgz" => Container::Gzip,
            "zst" | "tzst" => Container::Zstd,
            "jsonl" | "ndjson" => Container::JsonLines,
            "csv" => Container::Table(','),
            "tsv" => Container::Table('\t'),
            "parquet" => Container::Parquet,
            "warc" | "wet" => Container::Warc,
            "7z" => Container::Unread("7z"),
            "rar" => Container::Unread("RAR"),
            _ => return None,
        })
    }

    /// The kind that the first bytes of a file tell. Packages of office programs begin as ZIP archives do.
    #[must_use]
    pub fn sniff(head: &[u8]) -> Option<Container> {
        const MAGIC: [(&[u8], Container); 7] = [
            (b"PK\x03\x04", Container::Zip),
            (b"\x1f\x8b", Container::Gzip),
            (b"\x28\xb5\x2f\xfd", Container::Zstd),
            (b"7z\xbc\xaf\x27\x1c", Container::Unread("7z")),
            (b"Rar!\x1a\x07", Container::Unread("RAR")),
            (b"PAR1", Container::Parquet),
            (b"WARC/", Container::Warc),
        ];
        let of_start = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)).map(|(_, container)| *container);
        of_start.or_else(|| head.get(257..262).is_some_and(|mark| mark == b"ustar").then_some(Container::Tar))
    }

    /// What a file is by its first bytes and, where these do not tell, by its name. None for a single file; so is a ZIP
    /// file under the name of a document, which its reader tells from an archive.
    #[must_use]
    pub fn told(name: &str, head: &[u8]) -> Option<Container> {
        match Container::sniff(head) {
            Some(Container::Zip) if PACKAGES.contains(&extension(name).as_str()) => None,
            Some(container) => Some(container),
            None => Container::of(name),
        }
    }

    /// The kind of a file under a name of something else; its bytes are looked at only where no reader of documents
    /// looks at them anyway.
    pub(super) fn other_than_named(name: &str, head: impl Fn() -> Vec<u8>) -> Option<Container> {
        let extension = extension(name);
        let is_document = PACKAGES.contains(&extension.as_str()) || extension == "pdf";
        if is_document { None } else { Container::told(name, &head()) }
    }

    /// Its usual name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Container::Zip => "ZIP",
            Container::Tar => "TAR",
            Container::Gzip => "gzip",
            Container::Zstd => "zstd",
            Container::JsonLines => "JSONL",
            Container::Table(_) => "CSV",
            Container::Parquet => "Parquet",
            Container::Warc => "WARC",
            Container::Unread(name) => name,
        }
    }

    /// Whether it holds rows of data, which need a column of texts to be reports.
    pub(super) fn is_dump(self) -> bool {
        matches!(self, Container::JsonLines | Container::Table(_) | Container::Parquet)
    }
}

/// The name of what gzip or zstd holds: `a.html.gz` is `a.html`, `a.tgz` is `a.tar`.
pub(super) fn unpacked(name: &str) -> String {
    let stem = super::names::without_extension(name);
    match extension(name).as_str() {
        "tgz" | "tzst" => format!("{stem}.tar"),
        "gz" | "zst" => stem.to_string(),
        _ => name.to_string(),
    }
}

/// The name without the packing around it, if what is packed is one file and no collection.
pub(super) fn single(name: &str) -> Option<String> {
    match Container::of(name) {
        None => Some(name.to_string()),
        Some(Container::Gzip | Container::Zstd) => {
            let inner = unpacked(name);
            if inner == name { Some(inner) } else { single(&inner) }
        }
        Some(_) => None,
    }
}

/// The name without any packing around it.
pub(super) fn innermost(name: &str) -> String {
    match Container::of(name) {
        Some(Container::Gzip | Container::Zstd) if unpacked(name) != name => innermost(&unpacked(name)),
        _ => name.to_string(),
    }
}

/// Whether a name in a folder or an archive is one of a report or a collection.
pub(super) fn is_candidate(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name).to_lowercase();
    if NEVER_REPORTS.iter().any(|never| file.starts_with(never)) {
        return false;
    }
    // What an office program leaves beside a document that is open.
    if file.starts_with("~$") {
        return false;
    }
    // A page of a mirror has the question that it answers in its name: `index.html?id=3`, or `@` in place of the mark.
    let file = match file.split_once(['?', '@']) {
        Some((before, _)) if PAGES.contains(&extension(before).as_str()) => before.to_string(),
        _ => file,
    };
    match single(&file) {
        Some(single) => REPORTS.contains(&extension(&single).as_str()),
        None => !OWN_RESULTS.contains(&file.as_str()) && file != "manifest.csv",
    }
}

/// Whether a name says nothing of what the file is: it has no extension, or what stands there is a number or Chinese.
pub(super) fn says_nothing(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name).to_lowercase();
    let extension = extension(&file);
    let is_none = extension.is_empty() || !extension.is_ascii() || extension.bytes().all(|b| b.is_ascii_digit());
    is_none && !file.starts_with("~$") && !NEVER_REPORTS.iter().any(|never| file.starts_with(never))
}

/// Whether the first bytes of a file whose name says nothing may be those of a report: of a document, or of text.
pub(super) fn may_begin_a_report(head: &[u8]) -> bool {
    match sniff(head, "") {
        // Which document a package is shows behind its beginning.
        None if head.starts_with(b"PK\x03\x04") => true,
        None | Some(Kind::Picture(_)) => false,
        Some(Kind::Text) => {
            is_wide(head) || !head.iter().any(|b| *b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0c))
        }
        Some(_) => true,
    }
}

/// Whether bytes are known for text only once they are decoded, so that words cannot be looked for in them.
pub(super) fn is_wide(head: &[u8]) -> bool {
    head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff")
}

/// Whether a path in an archive is hidden, or an addition of the system that packed it.
pub(super) fn is_hidden(name: &str) -> bool {
    name.split('/').any(|part| part.starts_with('.') || part == "__MACOSX")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_files_are_told_from_packed_collections() {
        assert_eq!(single("a/b.html.gz").as_deref(), Some("a/b.html"));
        assert_eq!(single("a.tar.zst"), None);
        assert_eq!(single("a.tgz"), None);
        assert_eq!(single("a.warc.gz"), None);
        assert_eq!(single("a.pdf").as_deref(), Some("a.pdf"));
    }

    #[test]
    fn candidates_are_reports_and_collections() {
        for name in [
            "a/年报.html",
            "年报.PDF",
            "b.zip",
            "c.jsonl.zst",
            "d.htm.gz",
            "e.7z",
            "dump.csv",
            "art.jsp",
            "i.html?id=3",
            "i.aspx@id=3",
        ] {
            assert!(is_candidate(name), "{name}");
        }
        for name in ["README.md", "a.py", "claims.csv", "manifest.csv", "a.json", "style.css.gz", "~$a.docx", "a@b.py"]
        {
            assert!(!is_candidate(name), "{name}");
        }
    }
}
