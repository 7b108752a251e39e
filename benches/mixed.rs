//! A folder of reports in mixed forms through the command: reports a second and core for each form, then all of them in
//! one run with its peak of memory.
//!
//! Texts, pages, Word documents and collections hold the generated corpus of the other benches. PDF, DOC and sheets are
//! copies of the fixtures in `tests/forms`, each with a byte of its own: nothing here can write them.
//! `GOUJI_REPORTS` sets how many (20,000).

#![allow(clippy::print_stdout, missing_docs, reason = "a benchmark reports on the terminal")]

mod corpus;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use encoding_rs::GB18030;
use jieba_rs::Jieba;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Generated texts; more reports repeat them under other numbers.
const TEXTS: usize = 1000;

/// Writes a report of a form into a folder; the number tells reports apart.
type Writer = fn(&Path, usize, &str);

/// Of a hundred reports, so many of each form.
const SHARES: [(&str, usize, Writer); 9] = [
    ("txt", 30, |folder, n, text| write(folder, n, "txt", text.as_bytes())),
    ("txt-gb18030", 10, |folder, n, text| write(folder, n, "txt", &GB18030.encode(text).0)),
    ("html", 25, |folder, n, text| write(folder, n, "html", corpus::page(text).as_bytes())),
    ("html-gbk", 10, |folder, n, text| {
        let page = corpus::page(text).replace("charset=\"utf-8\"", "charset=\"gb2312\"");
        write(folder, n, "html", &GB18030.encode(&page).0);
    }),
    ("docx", 10, |folder, n, text| write(folder, n, "docx", &docx(text))),
    ("pdf", 5, |folder, n, _| copy(folder, n, PDFS[n % PDFS.len()])),
    ("doc", 2, |folder, n, _| copy(folder, n, "office/libreoffice.doc")),
    ("xlsx", 1, |folder, n, _| copy(folder, n, "office/tables.xlsx")),
    ("jsonl-gz", 7, jsonl),
];

const PDFS: [&str; 3] =
    ["pdf/libreoffice.pdf", "pdf/yanchi-district-2023.aligned.pdf", "pdf/tingyuan-district-2021.typst.pdf"];

fn main() {
    let reports = std::env::var("GOUJI_REPORTS").ok().and_then(|n| n.parse().ok()).unwrap_or(20_000);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("mixed");
    let _ = std::fs::remove_dir_all(&folder);
    let texts = corpus::corpus(&Jieba::new(), TEXTS.min(reports));
    let mut all = 0;
    for (form, share, writer) in SHARES {
        let own = folder.join(form);
        std::fs::create_dir_all(&own).expect("a folder");
        let count = reports * share / 100;
        for n in 0..count {
            writer(&own, n, &texts[(all + n) % texts.len()]);
        }
        all += count;
    }
    println!("{all} reports; one thread for each form, then all cores for the whole folder");
    for (form, _, _) in SHARES {
        let run = audit(&folder.join(form), 1);
        println!(
            "{form:<12} {:>6} reports {:>8.1} s {:>8.0} a second and core, peak {:>4} MB",
            run.reports,
            run.time.as_secs_f64(),
            run.reports as f64 / run.time.as_secs_f64(),
            run.peak_kb / 1000
        );
    }
    let run = audit(&folder, 0);
    println!(
        "{:<12} {:>6} reports {:>8.1} s {:>8.0} a second, peak {:>4} MB",
        "all",
        run.reports,
        run.time.as_secs_f64(),
        run.reports as f64 / run.time.as_secs_f64(),
        run.peak_kb / 1000
    );
    let _ = std::fs::remove_dir_all(&folder);
}

struct Run {
    reports: usize,
    time: Duration,
    peak_kb: u64,
}

fn audit(folder: &Path, threads: usize) -> Run {
    let out = tempfile::tempdir().expect("a folder");
    let clock = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_gouji"))
        .args(["audit", "--fail-on", "never", "--threads", &threads.to_string(), "--out"])
        .arg(out.path())
        .arg(folder)
        .stderr(Stdio::null())
        .spawn()
        .expect("the command runs");
    let mut peak_kb = 0;
    while child.try_wait().expect("a child").is_none() {
        peak_kb = peak_kb.max(peak(child.id()));
        std::thread::sleep(Duration::from_millis(20));
    }
    let time = clock.elapsed();
    let run: serde_json::Value =
        serde_json::from_slice(&std::fs::read(out.path().join("run.json")).expect("run.json")).expect("run.json");
    let reports = run["counts"]["reports"].as_u64().expect("a count") as usize;
    Run { reports, time, peak_kb }
}

/// The most memory that a process and its children hold; 0 where the system does not tell.
fn peak(process: u32) -> u64 {
    let read = |name: &str| std::fs::read_to_string(format!("/proc/{process}/{name}")).unwrap_or_default();
    let own = read("status").lines().find_map(|l| l.strip_prefix("VmHWM:").map(str::to_string)).unwrap_or_default();
    let children = read(&format!("task/{process}/children"));
    let of_children: u64 = children.split_whitespace().filter_map(|id| id.parse().ok()).map(peak).sum();
    own.trim().trim_end_matches(" kB").parse().unwrap_or(0) + of_children
}

fn place(folder: &Path, n: usize, extension: &str) -> PathBuf {
    // A thousand files a folder, as crawlers keep them.
    let folder = folder.join(format!("{:03}", n / 1000));
    std::fs::create_dir_all(&folder).expect("a folder");
    folder.join(format!("report-{n:05}.{extension}"))
}

fn write(folder: &Path, n: usize, extension: &str, bytes: &[u8]) {
    std::fs::write(place(folder, n, extension), bytes).expect("a file");
}

/// A fixture with its number at the end, where no format looks.
fn copy(folder: &Path, n: usize, name: &str) {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/forms").join(name);
    let mut bytes = std::fs::read(&source).expect("a fixture");
    let extension = name.rsplit('.').next().unwrap_or_default();
    if extension == "pdf" {
        bytes.extend_from_slice(format!("\n%{n}\n").as_bytes());
    }
    write(folder, n, extension, &bytes);
}

/// Five hundred reports a file.
fn jsonl(folder: &Path, n: usize, text: &str) {
    let path = folder.join(format!("dump-{:03}.jsonl.gz", n / 500));
    let file = std::fs::OpenOptions::new().create(true).append(true).open(path).expect("a file");
    let mut writer = flate2::write::GzEncoder::new(file, flate2::Compression::fast());
    writeln!(writer, "{}", serde_json::json!({ "id": n, "site": "example.org", "text": text })).expect("a row");
    writer.finish().expect("a row");
}

/// A text report as a plain Word document.
fn docx(text: &str) -> Vec<u8> {
    const TYPES: &str = r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
    const RELATIONS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;
    let paragraph = |text: &str| {
        let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
        format!(
            "<w:p><w:pPr><w:ind w:firstLine=\"640\"/></w:pPr><w:r><w:rPr><w:sz w:val=\"32\"/></w:rPr><w:t>{escaped}</w:t></w:r></w:p>"
        )
    };
    let mut body = String::new();
    let mut in_table = false;
    for line in text.lines() {
        let is_row = line.ends_with('|');
        if is_row != in_table {
            body.push_str(if is_row { "<w:tbl>" } else { "</w:tbl>" });
            in_table = is_row;
        }
        if is_row {
            let cells = line.trim_end_matches('|').split('|').map(|c| format!("<w:tc>{}</w:tc>", paragraph(c.trim())));
            body.push_str(&format!("<w:tr>{}</w:tr>", cells.collect::<String>()));
        } else {
            body.push_str(&paragraph(line));
        }
    }
    let document = format!(
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>"
    );
    let mut writer = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let parts = [("[Content_Types].xml", TYPES), ("_rels/.rels", RELATIONS), ("word/document.xml", &document)];
    for (name, content) in parts {
        writer.start_file(name, options).expect("a part");
        writer.write_all(content.as_bytes()).expect("a part");
    }
    writer.finish().expect("a package").into_inner()
}
