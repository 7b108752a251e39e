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

/// Codes of the findings, seconds, and the peak of memory in KB, with that of its processes, where the system tells it.
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
        peak_kb = peak_kb.max(with_children(child.id()));
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

/// The same of a process and those that it has started.
fn with_children(process: u32) -> u64 {
    let tasks = std::fs::read_dir(format!("/proc/{process}/task")).into_iter().flatten().flatten();
    let children = tasks.filter_map(|task| std::fs::read_to_string(task.path().join("children")).ok());
    let of_children: u64 = children
        .flat_map(|list| list.split_whitespace().filter_map(|id| id.parse().ok()).collect::<Vec<u32>>())
        .map(with_children)
        .sum();
    high_water(process) + of_children
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
    expect("unclosed.html", format!("<html><!--{}", "<".repeat(3_000_000)).as_bytes(), &["E001", "E002"]);
    expect("brackets.html", format!("<html>{}", "<".repeat(3_000_000)).as_bytes(), &["E001", "E002"]);
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

/// A PDF of these objects, numbered from 1; the first is its catalogue.
fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(objects) {
        places.push(out.len());
        out.extend(format!("{number} 0 obj\n").bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    let xref = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    places.iter().for_each(|place| out.extend(format!("{place:010} 00000 n \n").bytes()));
    out.extend(format!("trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{xref}\n%%EOF\n", objects.len() + 1).bytes());
    out
}

fn packed(dictionary: &str, content: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(content).expect("memory");
    let bytes = encoder.finish().expect("memory");
    let mut out = format!("<<{dictionary}/Filter/FlateDecode/Length {}>>\nstream\n", bytes.len()).into_bytes();
    out.extend(bytes);
    out.extend(b"\nendstream");
    out
}

const FONT: &str = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>";

/// Pages that all draw the same content.
fn pages(count: usize, content: &[u8]) -> Vec<u8> {
    let kids: String = (0..count).map(|page| format!("{} 0 R ", page + 5)).collect();
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        format!("<</Type/Pages/Count {count}/Kids[{kids}]>>").into_bytes(),
        FONT.as_bytes().to_vec(),
        packed("", content),
    ];
    let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents 4 0 R>>";
    objects.extend((0..count).map(|_| page.as_bytes().to_vec()));
    pdf(&objects)
}

/// Forms that each draw the next one some times.
fn forms(levels: usize, times: usize) -> Vec<u8> {
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>".to_vec(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</X 6 0 R>>>>/Contents 5 0 R>>".to_vec(),
        FONT.as_bytes().to_vec(),
        packed("", b"/X Do"),
    ];
    let form = "/Type/XObject/Subtype/Form/BBox[0 0 595 842]";
    for level in 1..levels {
        let next = format!("{form}/Resources<</XObject<</X {} 0 R>>>>", level + 6);
        objects.push(packed(&next, "/X Do ".repeat(times).as_bytes()));
    }
    objects.push(packed(&format!("{form}/Resources<</Font<</F1 4 0 R>>>>"), b"BT /F1 9 Tf 50 700 Td (1) Tj ET"));
    pdf(&objects)
}

#[test]
fn documents_that_use_one_content_over_and_over() {
    let line = "BT /F1 9 Tf 50 700 Td (0123456789 0123456789 0123456789) Tj ET\n";
    expect("shared.pdf", &pages(400, line.repeat(4_000).as_bytes()), &["E014"]);
    expect("forms.pdf", &forms(8, 10), &["E014"]);
    expect("expands.pdf", &pages(1, &vec![b' '; 120_000_000]), &["E014"]);
    expect("arrays.pdf", &pages(1, "[".repeat(3_000_000).as_bytes()), &["E013", "E014", "E015"]);
}

#[test]
fn one_such_document_leaves_the_others_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let shared = pages(400, "BT /F1 9 Tf 50 700 Td (0123456789 0123456789) Tj ET\n".repeat(6_000).as_bytes());
    std::fs::write(folder.path().join("a.pdf"), shared).expect("a file");
    std::fs::copy(root().join("tests/forms/pdf/libreoffice.pdf"), folder.path().join("b.pdf")).expect("a file");
    let alone = audit(&folder.path().join("b.pdf")).codes;
    let both = audit(folder.path()).codes;
    assert_eq!(both.len(), alone.len() + 1, "{both:?}");
    assert_eq!((both[0].as_str(), &both[1..]), ("E014", alone.as_slice()));
}

/// The process that reads a document dies of an interrupt to the command, and of its end.
#[test]
#[cfg(target_os = "linux")]
fn no_process_is_left_behind() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("forms.pdf");
    std::fs::write(&path, forms(30, 10)).expect("a file");
    let mut command = Command::new(env!("CARGO_BIN_EXE_gouji"))
        .args(["show", "sections", "--"])
        .arg(&path)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the command runs");
    let children = |process: u32| {
        let tasks = std::fs::read_dir(format!("/proc/{process}/task")).into_iter().flatten().flatten();
        let lists = tasks.filter_map(|task| std::fs::read_to_string(task.path().join("children")).ok());
        lists.flat_map(|l| l.split_whitespace().map(str::to_string).collect::<Vec<_>>()).collect::<Vec<_>>()
    };
    let clock = Instant::now();
    let mut started = Vec::new();
    while started.is_empty() && clock.elapsed() < LONGEST {
        started = children(command.id());
        std::thread::sleep(Duration::from_millis(2));
    }
    command.kill().expect("a process");
    command.wait().expect("a process");
    assert!(!started.is_empty());
    let is_there = |id: &String| {
        let status = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
        !status.is_empty() && !status.contains("State:\tZ")
    };
    let clock = Instant::now();
    while started.iter().any(is_there) {
        assert!(clock.elapsed() < 2 * LONGEST, "{started:?}");
        std::thread::sleep(Duration::from_millis(2));
    }
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
