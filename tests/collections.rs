//! Archives, dumps and crawls give the same results as the files in them; broken and hostile ones cost little and say so.

#![allow(clippy::print_stdout, reason = "tests say what they measured")]

mod common;

use std::path::{Path, PathBuf};
use std::process::Command;

use common::root;
use common::runs::{Run, audit, folder, gzip, tar, zip};

/// Three reports: plain text with planted errors, a page, and a clean text.
const REPORTS: [&str; 3] = ["yanchi-district-2023.txt", "huaijiang-housing-2022.html", "qiwu-county-2022.txt"];

fn report(name: &str) -> Vec<u8> {
    std::fs::read(root().join("corpus/reports").join(name)).expect("a report of the corpus")
}

fn reports() -> Vec<(&'static str, Vec<u8>)> {
    REPORTS.iter().map(|name| (*name, report(name))).collect()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

fn as_zip() -> Vec<u8> {
    let reports = reports();
    zip(&reports.iter().map(|(name, bytes)| (name.as_bytes(), bytes.as_slice())).collect::<Vec<_>>())
}

fn as_tar() -> Vec<u8> {
    let reports = reports();
    tar(&reports.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect::<Vec<_>>())
}

fn as_json_lines() -> Vec<u8> {
    let mut out = Vec::new();
    for (number, (name, bytes)) in reports().into_iter().enumerate() {
        let text = String::from_utf8(bytes).expect("UTF-8");
        let object = serde_json::json!({ "url": format!("http://example/{name}"), "text": text, "rank": number });
        out.extend_from_slice(object.to_string().as_bytes());
        out.push(b'\n');
    }
    out
}

fn as_csv(separator: u8) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().delimiter(separator).from_writer(Vec::new());
    writer.write_record(["编号", "正文", "站点"]).expect("memory");
    for (name, bytes) in reports() {
        writer.write_record([name.as_bytes(), &bytes, "某站".as_bytes()]).expect("memory");
    }
    writer.into_inner().expect("memory")
}

#[cfg(feature = "parquet")]
fn as_parquet() -> Vec<u8> {
    use parquet::data_type::{ByteArray, ByteArrayType, Int32Type};
    use parquet::file::properties::WriterProperties;
    use parquet::file::writer::SerializedFileWriter;
    let schema = "message dump { required binary id (UTF8); required binary text (UTF8); required int32 rank; }";
    let schema = std::sync::Arc::new(parquet::schema::parser::parse_message_type(schema).expect("a schema"));
    let properties = std::sync::Arc::new(WriterProperties::builder().build());
    let mut out = Vec::new();
    let mut writer = SerializedFileWriter::new(&mut out, schema, properties).expect("a writer");
    for (number, (name, bytes)) in reports().into_iter().enumerate() {
        let mut group = writer.next_row_group().expect("a group");
        for value in [name.as_bytes().to_vec(), bytes] {
            let mut column = group.next_column().expect("a column").expect("three columns");
            column.typed::<ByteArrayType>().write_batch(&[ByteArray::from(value)], None, None).expect("memory");
            column.close().expect("memory");
        }
        let mut column = group.next_column().expect("a column").expect("three columns");
        column.typed::<Int32Type>().write_batch(&[number as i32], None, None).expect("memory");
        column.close().expect("memory");
        group.close().expect("memory");
    }
    writer.close().expect("memory");
    out
}

fn warc_record(kind: &str, uri: &str, content_type: &str, block: &[u8]) -> Vec<u8> {
    let mut out = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\n\r\n",
        block.len()
    )
    .into_bytes();
    out.extend_from_slice(block);
    out.extend_from_slice(b"\r\n\r\n");
    out
}

fn response(uri: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let block = [format!("HTTP/1.1 200 OK\r\n{headers}\r\n\r\n").as_bytes(), body].concat();
    warc_record("response", uri, "application/http; msgtype=response", &block)
}

fn chunked(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    for part in bytes.chunks(1000) {
        out.extend_from_slice(format!("{:x}\r\n", part.len()).as_bytes());
        out.extend_from_slice(part);
        out.extend_from_slice(b"\r\n");
    }
    out.extend_from_slice(b"0\r\n\r\n");
    out
}

/// The three reports as a server may send them: as they are, packed and in chunks, and as a resource; and other things.
fn as_warc() -> Vec<Vec<u8>> {
    let reports = reports();
    let html = "Content-Type: text/html; charset=utf-8";
    let packed = chunked(&gzip(&reports[1].1));
    vec![
        warc_record("warcinfo", "", "application/warc-fields", b"software: test\r\n"),
        response("http://a.example/1.txt", "Content-Type: text/plain", &reports[0].1),
        warc_record(
            "request",
            "http://a.example/2.html",
            "application/http; msgtype=request",
            b"GET / HTTP/1.1\r\n\r\n",
        ),
        response(
            "http://a.example/2.html",
            &format!("{html}\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip"),
            &packed,
        ),
        response("http://a.example/logo.png", "Content-Type: image/png", b"\x89PNG"),
        response(
            "http://a.example/guide.html",
            html,
            "<html><title>政府信息公开指南</title>年度报告</html>".as_bytes(),
        ),
        warc_record("resource", "http://a.example/3.txt", "text/plain", &reports[2].1),
    ]
}

#[test]
fn every_container_gives_what_the_files_give() {
    let files = reports();
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
    let plain = folder(&files);
    let expected = audit(&[plain.path()], &[]).contents();
    assert!(expected.len() > 300, "{}", expected.len());
    let mut containers: Vec<(&str, Vec<u8>)> = vec![
        ("a.zip", as_zip()),
        ("a.tar", as_tar()),
        ("a.tar.gz", gzip(&as_tar())),
        ("a.tgz", gzip(&as_tar())),
        ("a.tar.zst", zstd(&as_tar())),
        ("nested.zip", zip(&[("内/a.zip".as_bytes(), &as_zip())])),
        ("deep.tar.gz", gzip(&tar(&[("x/a.zip", &as_zip())]))),
        ("dump.jsonl", as_json_lines()),
        ("dump.jsonl.gz", gzip(&as_json_lines())),
        ("dump.csv", as_csv(b',')),
        ("dump.tsv.zst", zstd(&as_csv(b'\t'))),
        ("crawl.warc", as_warc().concat()),
        ("crawl.warc.gz", as_warc().iter().flat_map(|record| gzip(record)).collect()),
    ];
    #[cfg(feature = "parquet")]
    containers.push(("dump.parquet", as_parquet()));
    #[cfg(feature = "parquet")]
    containers.push(("dump.parquet.gz", gzip(&as_parquet())));
    for (name, bytes) in &containers {
        let folder = folder(&[(name, bytes)]);
        // In a folder and by its own name.
        for path in [folder.path().to_path_buf(), folder.path().join(name)] {
            let run = audit(&[&path], &[]);
            assert_eq!(run.failures(), [], "{name}");
            assert!(run.contents() == expected, "{name}: {}", run.stderr());
        }
    }
}

#[test]
fn any_number_of_threads_writes_the_same_bytes() {
    let folder = folder(&[
        ("a.zip", &as_zip()),
        ("b.jsonl", &as_json_lines()),
        ("c.warc.gz", &gzip(&as_warc().concat())),
        ("d.txt", &report(REPORTS[0])),
    ]);
    let one = audit(&[folder.path()], &["--threads", "1"]);
    let two = audit(&[folder.path()], &["--threads", "2"]);
    for name in ["reports.csv", "cells.csv", "claims.csv", "findings.csv"] {
        assert!(one.read(name) == two.read(name), "{name}");
    }
}

#[test]
fn ids_tell_where_a_report_lay() {
    let inner = zip(&[
        (b"b/page.html", &report(REPORTS[1])),
        (b"b/page.txt", &report(REPORTS[0])),
        (b"c.txt", &report(REPORTS[2])),
    ]);
    let folder = folder(&[
        ("x/a.zip", &inner),
        ("x/single.html.gz", &gzip(&report(REPORTS[1]))),
        ("dump.jsonl", &as_json_lines()),
        ("rows.csv", b"text,year\nnothing,2022\n"),
    ]);
    let run = audit(&[folder.path()], &[]);
    assert_eq!(
        run.column("reports.csv", "report"),
        [
            "dump.jsonl/http://example/yanchi-district-2023.txt",
            "dump.jsonl/http://example/huaijiang-housing-2022.html",
            "dump.jsonl/http://example/qiwu-county-2022.txt",
            "rows.csv/1",
            "x/a.zip/b/page.html",
            "x/a.zip/b/page.txt",
            "x/a.zip/c",
            "x/single",
        ]
    );
    assert!(run.column("reports.csv", "path")[4].ends_with("x/a.zip!b/page.html"));
    let dump = folder.path().join("dump.jsonl");
    assert_eq!(audit(&[&dump, &dump], &[]).column("reports.csv", "report").len(), 3, "given twice, read once");
    std::fs::create_dir(folder.path().join("y")).expect("a folder");
    let copy = folder.path().join("y/dump.jsonl");
    std::fs::copy(&dump, &copy).expect("a copy");
    let ids = audit(&[&dump, &copy], &[]).column("reports.csv", "report");
    assert_eq!(ids.len(), 6);
    assert_eq!(ids.iter().collect::<std::collections::BTreeSet<_>>().len(), 6, "{ids:?}");
    let named = audit(&[&folder.path().join("dump.jsonl")], &["--id-column", "rank", "--text-column", "text"]);
    assert_eq!(named.column("reports.csv", "report"), ["dump.jsonl/0", "dump.jsonl/1", "dump.jsonl/2"]);
}

#[test]
fn names_in_gbk_are_read() {
    let name = encoding_rs::GB18030.encode("白榆县/年报.txt").0.into_owned();
    // The writer at hand writes UTF-8 only: a name of as many bytes is overwritten.
    let placeholder = vec![b'x'; name.len() - 4];
    let mut bytes = zip(&[(&[placeholder.as_slice(), b".txt"].concat(), &report(REPORTS[0]))]);
    let places: Vec<usize> = memchr::memmem::find_iter(&bytes, &placeholder).collect();
    for at in places {
        bytes[at..at + name.len()].copy_from_slice(&name);
    }
    let folder = folder(&[("a.zip", &bytes)]);
    let run = audit(&[folder.path()], &[]);
    assert_eq!(run.column("reports.csv", "report"), ["a.zip/白榆县/年报"]);
}

#[test]
fn columns_of_dumps_are_carried_and_others_see_none() {
    let folder = folder(&[
        ("a.jsonl", &as_json_lines()),
        ("b.csv", &as_csv(b',')),
        ("c.txt", &report(REPORTS[2])),
        ("d.jsonl", "{\"text\":\"一份文字\",\"year\":1.50,\"注\":\"甲,\\n\\\"乙\\\"\"}\n".as_bytes()),
    ]);
    let run = audit(&[folder.path()], &[]);
    let header = run.read("reports.csv").lines().next().unwrap_or_default().to_string();
    assert!(header.ends_with(",infos,rank,站点,source_year,注"), "{header}");
    assert_eq!(run.column("reports.csv", "rank"), ["0", "1", "2", "", "", "", "", ""]);
    assert_eq!(run.column("reports.csv", "站点"), ["", "", "", "某站", "某站", "某站", "", ""]);
    assert_eq!(run.column("reports.csv", "source_year")[7], "1.50");
    assert_eq!(run.column("reports.csv", "注")[7], "甲,\n\"乙\"");
    let alone = audit(&[&folder.path().join("c.txt")], &[]);
    assert!(alone.read("reports.csv").lines().all(|line| line.ends_with(",infos") || !line.contains("rank")));
}

#[test]
fn a_dump_without_texts_is_an_error_where_it_is_named_and_nothing_in_a_folder() {
    let folder = folder(&[("a.csv", b"name,size\nx,1\n"), ("b.txt", &report(REPORTS[2]))]);
    let named = audit(&[&folder.path().join("a.csv")], &[]);
    assert_eq!(named.code(), 2);
    assert!(named.stderr().contains("name, size") && named.stderr().contains("--text-column"), "{}", named.stderr());
    let whole = audit(&[folder.path()], &[]);
    assert_eq!((whole.code(), whole.failures().len()), (0, 0));
    assert!(whole.stderr().contains("files of other kinds: 1"), "{}", whole.stderr());
}

#[test]
fn results_of_earlier_runs_are_no_dumps() {
    let folder = folder(&[("b.txt", &report(REPORTS[0]))]);
    let first = audit(&[folder.path()], &[]);
    std::fs::create_dir(folder.path().join("results")).expect("a folder");
    for name in ["reports.csv", "cells.csv", "claims.csv", "findings.csv"] {
        std::fs::copy(first.folder.path().join(name), folder.path().join("results").join(name)).expect("a copy");
    }
    assert_eq!(audit(&[folder.path()], &[]).column("reports.csv", "report"), ["b"]);
}

#[test]
fn what_came_before_the_damage_is_kept() {
    let members =
        tar(&[("1.txt", &report(REPORTS[0])), ("2.txt", &report(REPORTS[1])), ("3.txt", &report(REPORTS[2]))]);
    let cut = |bytes: &[u8]| bytes[..bytes.len() * 3 / 4].to_vec();
    let zip = as_zip();
    let mut lines = as_json_lines();
    lines.extend_from_slice(b"{\"text\": \"cut of");
    let warc = as_warc();
    let crawl = [warc[1].clone(), warc[6][..500].to_vec()].concat();
    let cases: Vec<(&str, Vec<u8>, usize)> = vec![
        ("a.tar", cut(&members), 1),
        ("a.tar.gz", cut(&gzip(&members)), 1),
        // All of it is one block.
        ("a.tar.zst", cut(&zstd(&members)), 0),
        ("a.zip", cut(&zip), 1),
        ("a.jsonl", lines, 3),
        ("a.warc", crawl.clone(), 1),
        ("a.warc.gz", cut(&gzip(&crawl)), 0),
        ("b.zip", tar(&[("a.zip", &cut(&zip))]), 0),
        ("a.7z.txt.gz", b"no gzip at all".to_vec(), 0),
    ];
    for (name, bytes, fewest) in cases {
        let folder = folder(&[(name, &bytes)]);
        let run = audit(&[&folder.path().join(name)], &[]);
        let failures = run.failures();
        let reports = run.column("reports.csv", "report").len() - failures.len();
        assert!(reports >= fewest, "{name}: {reports} reports; {}", run.stderr());
        assert_eq!(
            failures.iter().map(|(_, code)| code.as_str()).collect::<Vec<_>>(),
            ["E018"],
            "{name}: {failures:?}"
        );
    }
}

#[test]
fn every_damaged_archive_is_named() {
    let cut = as_zip();
    let cut = &cut[..200];
    let members = tar(&[("a.zip", cut), ("b.zip", cut), ("c.txt", &report(REPORTS[2]))]);
    let folder = folder(&[("a.tar", &members)]);
    let run = audit(&[folder.path()], &[]);
    let failed: Vec<String> = run.failures().into_iter().map(|(id, _)| id).collect();
    assert_eq!(failed, ["a.tar/a.zip", "a.tar/b.zip"], "{}", run.stderr());
    assert_eq!(run.column("reports.csv", "report").len(), 3);
}

#[test]
fn one_damaged_member_of_a_zip_costs_only_itself() {
    let mut bytes = as_zip();
    let at = memchr::memmem::find(&bytes, b"qiwu").expect("a name") + 200;
    bytes[at..at + 40].fill(0xff);
    let folder = folder(&[("a.zip", &bytes)]);
    let run = audit(&[folder.path()], &[]);
    assert_eq!(run.failures(), [("a.zip/qiwu-county-2022.txt".to_string(), "E018".to_string())], "{}", run.stderr());
    assert_eq!(run.column("reports.csv", "report").len(), 3);
}

#[test]
fn crawls_say_what_they_passed_over() {
    let folder = folder(&[("crawl.warc", &as_warc().concat())]);
    let run = audit(&[folder.path()], &[]);
    let json: serde_json::Value = serde_json::from_str(&run.read("run.json")).expect("run.json");
    assert_eq!(json["counts"]["skipped_records"], serde_json::json!({ "content_type": 1, "guide": 1 }));
    assert!(run.stderr().contains("records passed over, no annual reports: 2"), "{}", run.stderr());
    let ids = run.column("reports.csv", "report");
    assert_eq!(ids[1], "crawl.warc/http://a.example/2.html");
}

#[test]
fn the_encoding_of_a_server_or_a_dump_stands_before_that_of_the_page() {
    let page = String::from_utf8(report(REPORTS[1])).expect("UTF-8");
    let undeclared = page.replace("charset", "x-charset");
    let gbk = encoding_rs::GB18030.encode(&undeclared).0.into_owned();
    let crawl = response("http://a.example/2.html", "Content-Type: text/html; charset=gb2312", &gbk);
    let lying = page.replace("<head>", "<head><meta charset=\"gb2312\">");
    let line = serde_json::json!({ "html": lying }).to_string();
    let folder = folder(&[("a.warc", &crawl), ("b.jsonl", line.as_bytes())]);
    let expected = audit(&[&root().join("corpus/reports").join(REPORTS[1])], &[]);
    let run = audit(&[folder.path()], &[]);
    assert_eq!(run.column("reports.csv", "report").len(), 2, "{}", run.stderr());
    let codes = |run: &Run| run.findings().into_iter().map(|(_, code)| code).collect::<Vec<_>>();
    assert_eq!(codes(&run), [codes(&expected), codes(&expected)].concat());
}

#[test]
fn pieces_of_one_report_are_joined_by_a_manifest() {
    let text = String::from_utf8(report(REPORTS[0])).expect("UTF-8");
    let at = text.find("三、收到").unwrap_or(text.len() / 2);
    let at = text[..at].rfind('\n').map_or(at, |n| n + 1);
    let manifest = "id,path,organ\nyanchi,b/first.txt,\nyanchi,a/rest.txt,堰池区\nother,c.txt,\n";
    let folder = folder(&[
        ("manifest.csv", manifest.as_bytes()),
        ("b/first.txt", &text.as_bytes()[..at]),
        ("a/rest.txt", &text.as_bytes()[at..]),
        ("c.txt", &report(REPORTS[2])),
    ]);
    let run = audit(&[folder.path()], &[]);
    assert_eq!(run.column("reports.csv", "report"), ["other", "yanchi"]);
    let path = &run.column("reports.csv", "path")[1];
    assert!(path.contains("b/first.txt;") && path.ends_with("a/rest.txt"), "{path}");
    assert_eq!(run.column("reports.csv", "organ")[1], "堰池区");
    let whole = audit(&[&root().join("corpus/reports").join(REPORTS[0])], &[]);
    let codes = |run: &Run, id: &str| {
        let mut codes: Vec<String> =
            run.findings().into_iter().filter(|(report, _)| report == id).map(|(_, code)| code).collect();
        codes.sort();
        codes
    };
    assert_eq!(codes(&run, "yanchi"), codes(&whole, "yanchi-district-2023"));
}

#[test]
fn archives_that_are_not_read_say_what_to_do() {
    let folder =
        folder(&[("a.7z", b"7z\xbc\xaf\x27\x1c\0\0"), ("b.rar", b"Rar!\x1a\x07\0"), ("c.txt", &report(REPORTS[2]))]);
    let run = audit(&[folder.path()], &[]);
    assert_eq!(run.failures().len(), 2);
    assert!(run.stderr().contains("Unpack it, or pack it as ZIP"), "{}", run.stderr());
}

/// Runs within seconds and memory, and says one thing.
fn assert_cheap(name: &str, path: &Path, wanted: &str) {
    let clock = std::time::Instant::now();
    let run = audit(&[path], &[]);
    let seconds = clock.elapsed().as_secs_f64();
    let codes: Vec<String> = run.failures().into_iter().map(|(_, code)| code).collect();
    println!("{name}: {codes:?} in {seconds:.2} s");
    assert_eq!(codes, [wanted], "{name}: {}", run.stderr());
    assert!(seconds < 20.0, "{name}: {seconds}");
}

#[test]
fn bombs_end_at_once_with_one_finding() {
    let zeros = vec![0; 80_000_000];
    let mut nested = zip(&[(b"a.txt", b"x")]);
    for _ in 0..6 {
        nested = zip(&[(b"a.zip", &nested)]);
    }
    let large = zip(&[(b"a.txt", &zeros)]);
    let many: Vec<(Vec<u8>, Vec<u8>)> = (0..9).map(|n| (format!("{n}.zip").into_bytes(), large.clone())).collect();
    let many = zip(&many.iter().map(|(n, b)| (n.as_slice(), b.as_slice())).collect::<Vec<_>>());
    let page = chunked(&gzip(&zeros));
    let crawl = response(
        "http://a.example/",
        "Content-Type: text/html\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip",
        &page,
    );
    for (name, bytes) in [
        ("bomb.zip", large),
        ("bomb.txt.gz", gzip(&zeros)),
        ("bomb.tar.gz", gzip(&tar(&[("a.txt", &zeros)]))),
        ("bomb.jsonl.zst", zstd(&zeros)),
        ("bomb.csv.gz", gzip(&zeros)),
        ("bomb.warc", crawl),
        ("nested.zip", nested),
        ("many.zip", many),
    ] {
        let folder = folder(&[(name, &bytes)]);
        assert_cheap(name, &folder.path().join(name), "E014");
    }
}

#[test]
fn a_large_file_of_nothing_ends_at_once() {
    for (name, wanted) in [
        ("zeros.txt", "E014"),
        ("zeros.zip", "E018"),
        ("zeros.tar", "E018"),
        ("zeros.gz", "E018"),
        ("zeros.zst", "E018"),
        ("zeros.jsonl", "E014"),
        ("zeros.csv", "E014"),
        ("zeros.warc", "E018"),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(name);
        std::fs::File::create(&path).and_then(|f| f.set_len(1 << 30)).expect("a sparse file");
        assert_cheap(name, &path, wanted);
    }
}

#[test]
fn limits_are_moved_by_options() {
    let text = report(REPORTS[2]);
    let members: Vec<(String, Vec<u8>)> = (0..5).map(|n| (format!("{n}.txt"), text.clone())).collect();
    let members: Vec<(&[u8], &[u8])> = members.iter().map(|(n, b)| (n.as_bytes(), b.as_slice())).collect();
    let folder = folder(&[("a.zip", &zip(&members)), ("b.zip", &zip(&[(b"x.zip", &zip(&members))]))]);
    let few = audit(&[&folder.path().join("a.zip")], &["--max-members", "3"]);
    assert_eq!(few.failures(), [("a.zip".to_string(), "E014".to_string())]);
    let flat = audit(&[&folder.path().join("b.zip")], &["--max-depth", "1"]);
    assert_eq!(flat.failures(), [("b.zip/x.zip".to_string(), "E014".to_string())]);
    assert!(flat.stderr().contains("--max-depth"), "{}", flat.stderr());
    assert_eq!(audit(&[folder.path()], &[]).failures(), []);
}

#[test]
fn paths_in_archives_lead_nowhere() {
    let text = report(REPORTS[2]);
    let bytes = zip(&[(b"../../../../gouji-escape.txt", &text), (b"/abs/x.txt", &text), (b"C:\\y\\z.txt", &text)]);
    let folder = folder(&[("a.zip", &bytes)]);
    let run = audit(&[folder.path()], &[]);
    let mut ids = run.column("reports.csv", "report");
    ids.sort();
    assert_eq!(ids, ["a.zip/abs/x", "a.zip/gouji-escape", "a.zip/y/z"]);
    assert!(!Path::new("/gouji-escape.txt").exists());
}

#[cfg(unix)]
#[test]
fn links_out_of_the_folder_and_pipes_are_not_opened() {
    use std::os::unix::fs::symlink;
    let outside = folder(&[("secret.txt", &report(REPORTS[0])), ("sub/more.txt", &report(REPORTS[0]))]);
    let inside = folder(&[("in/a.txt", &report(REPORTS[2]))]);
    symlink(outside.path().join("secret.txt"), inside.path().join("link.txt")).expect("a link");
    symlink(outside.path().join("sub"), inside.path().join("linked")).expect("a link");
    symlink(inside.path().join("in"), inside.path().join("also")).expect("a link");
    let pipe = inside.path().join("pipe.txt");
    let made = Command::new("mkfifo").arg(&pipe).status().is_ok_and(|s| s.success());
    let run = audit(&[inside.path()], &[]);
    assert_eq!(run.column("reports.csv", "report"), ["also/a", "in/a", "link", "linked"]);
    assert_eq!(run.failures(), [("link".to_string(), "E001".to_string()), ("linked".to_string(), "E001".to_string())]);
    assert!(run.stderr().contains("leads out of the folder"));
    if made {
        let named = audit(&[&pipe], &[]);
        assert!(named.stderr().contains("no regular file"), "{}", named.stderr());
    }
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_leaves_earlier_results_as_they_were() {
    let text = report(REPORTS[0]);
    let members: Vec<(String, Vec<u8>)> = (0..4000).map(|n| (format!("{n}.txt"), text.clone())).collect();
    let members: Vec<(&str, &[u8])> = members.iter().map(|(n, b)| (n.as_str(), b.as_slice())).collect();
    let folder = folder(&[("a.tar", &tar(&members))]);
    let out = tempfile::tempdir().expect("a folder");
    let earlier: PathBuf = out.path().join("reports.csv");
    std::fs::write(&earlier, "earlier").expect("a file");
    let mut run = Command::new(env!("CARGO_BIN_EXE_gouji"))
        .arg("audit")
        .arg(folder.path())
        .arg("--out")
        .arg(out.path())
        .stderr(std::process::Stdio::null())
        .spawn()
        .expect("the command runs");
    std::thread::sleep(std::time::Duration::from_millis(700));
    let is_running = run.try_wait().expect("its state").is_none();
    let killed = Command::new("kill").args(["-INT", &run.id().to_string()]).status().is_ok_and(|s| s.success());
    let code = run.wait().expect("an end").code();
    if is_running && killed {
        assert_eq!(code, Some(130));
        assert_eq!(std::fs::read_to_string(&earlier).expect("the earlier file"), "earlier");
        assert_eq!(std::fs::read_dir(out.path()).expect("the folder").count(), 1, "nothing half-written is left");
    }
}

#[test]
fn a_manifest_from_a_spreadsheet_is_read_in_the_encoding_of_the_system() {
    let (manifest, _, _) = encoding_rs::GB18030.encode("id,path,organ\nyanchi,.\\页面\\a.txt,堰池区\n");
    let files = folder(&[("manifest.csv", &manifest), ("页面/a.txt", &report(REPORTS[0]))]);
    let run = audit(&[files.path()], &[]);
    assert_eq!(run.column("reports.csv", "report"), ["yanchi"], "{}", run.stderr());
    assert_eq!(run.column("reports.csv", "organ"), ["堰池区"]);
}

#[test]
fn a_file_that_the_manifest_names_and_the_folder_lacks_is_said() {
    let manifest = "id,path,organ\none,a.txt,\ntwo,gone.html,某局\n";
    let files = folder(&[("manifest.csv", manifest.as_bytes()), ("a.txt", &report(REPORTS[0]))]);
    let run = audit(&[files.path()], &[]);
    assert_eq!(run.failures(), [("two".to_string(), "E001".to_string())], "{}", run.stderr());
}

#[test]
fn lines_of_a_dump_that_were_passed_over_do_not_end_it() {
    let row = serde_json::json!({"id": "last", "text": String::from_utf8(report(REPORTS[0])).expect("text")});
    let dump = format!("{{\"id\":1,\"text\":\"x\"}}\n[1,2]\nbroken\n{row}\n");
    let files = folder(&[("a.jsonl", dump.as_bytes())]);
    let run = audit(&[files.path()], &[]);
    assert!(run.column("reports.csv", "report").contains(&"a.jsonl/last".to_string()));
    let said: Vec<String> = run.column("findings.csv", "message").into_iter().filter(|m| m.contains("JSON")).collect();
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(
        said[0].contains("were not read: 2,") && said[0].contains("line 2") && said[0].contains("All others were read"),
        "{said:?}"
    );
    assert!(!said[0].contains("line 1"), "{said:?}");
}

#[test]
fn pages_under_the_names_of_a_mirror_are_taken() {
    let page = report(REPORTS[1]);
    let files =
        folder(&[("art.jsp", &page), ("index.html?id=3", &page), ("index.html?id=4", &page), ("~$a.docx", b"x")]);
    let run = audit(&[files.path()], &[]);
    assert_eq!(run.column("reports.csv", "report").len(), 3, "{}", run.stderr());
    assert!(run.failures().is_empty(), "{:?}", run.failures());
}
