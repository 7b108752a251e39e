//! Files under names that say something else, or nothing: they are read as what they are, or it is said.

mod common;

use std::path::Path;

use common::root;
use common::runs::{audit, folder, gzip, tar, zip};

fn form(name: &str) -> Vec<u8> {
    std::fs::read(root().join("tests/forms").join(name)).expect("a form of a report")
}

fn report(name: &str) -> Vec<u8> {
    std::fs::read(root().join("corpus/reports").join(name)).expect("a report of the corpus")
}

/// What was found in one file in a folder, and whether it was a report.
fn contents(name: &str, bytes: &[u8]) -> Vec<String> {
    let folder = folder(&[(name, bytes)]);
    let run = audit(&[folder.path()], &[]);
    assert_eq!(run.failures(), [], "{name}");
    assert_eq!(run.column("reports.csv", "report").len(), 1, "{name}: {}", run.stderr());
    // By its own name, too.
    let own = audit(&[&folder.path().join(name)], &[]);
    assert!(own.contents() == run.contents(), "{name}");
    run.contents()
}

#[test]
fn a_document_under_the_name_of_an_archive_is_a_document() {
    let docx = form("office/python.docx");
    let xlsx = form("office/tables.xlsx");
    for (bytes, name) in [(&docx, "a.docx"), (&xlsx, "a.xlsx")] {
        let expected = contents(name, bytes);
        assert!(expected.len() > 100, "{name}");
        for other in ["年报.zip", "年报", "年报.txt", "年报.csv"] {
            assert!(contents(other, bytes) == expected, "{name} as {other}");
        }
        for archive in [
            zip(&["年报".as_bytes(), b"a.zip"].map(|n| (n, bytes.as_slice()))),
            tar(&[("x/a.zip", bytes), ("b", bytes)]),
        ] {
            let folder = folder(&[("all.zip", &archive)]);
            let run = audit(&[folder.path()], &[]);
            assert_eq!(run.failures(), [], "{name}");
            assert_eq!(run.column("reports.csv", "report").len(), 2, "{name}: {}", run.stderr());
        }
    }
    let cut = &docx[..docx.len() / 2];
    let cut = folder(&[("a.zip", cut)]);
    assert_eq!(audit(&[cut.path()], &[]).failures(), [("a.zip".to_string(), "E015".to_string())]);
}

#[test]
fn an_archive_under_the_name_of_a_text_is_an_archive() {
    let page = report("huaijiang-housing-2022.html");
    let expected = contents("a.html", &page);
    assert!(contents("a.txt", &zip(&[(b"b.html", &page)])) == expected);
    assert!(contents("a.html", &gzip(&page)) == expected, "a page that a server packed");
    assert!(contents("a.zip", &tar(&[("b.html", &page)])) == expected);
    let folder =
        folder(&[("a.txt", &zip(&[(b"b.html", &page)])), ("a/b.html", &page), ("c.txt", b"Rar!\x1a\x07\x00rest")]);
    let run = audit(&[folder.path()], &[]);
    assert_eq!(run.column("reports.csv", "report"), ["a.txt/b", "a/b", "c.txt"]);
    assert_eq!(run.failures(), [("c.txt".to_string(), "E003".to_string())]);
}

#[test]
fn what_is_packed_in_itself_ends() {
    let mut bytes = report("qiwu-county-2022.txt");
    for _ in 0..12 {
        bytes = gzip(&bytes);
    }
    let folder = folder(&[("a.txt", &bytes)]);
    assert_eq!(audit(&[folder.path()], &[]).failures(), [("a.txt".to_string(), "E014".to_string())]);
}

#[test]
fn files_without_an_extension_are_read_if_they_are_reports_and_counted_if_not() {
    let page = report("huaijiang-housing-2022.html");
    let text = report("qiwu-county-2022.txt");
    let news = "<html><body><p>政府信息公开工作会议召开，会议听取了报告。</p></body></html>".as_bytes();
    let picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice();
    let files: [(&str, &[u8]); 8] = [
        ("page", &page),
        ("1.政府信息公开年度报告", &text),
        ("content_post_12.34", &page),
        ("pdf", &form("pdf/libreoffice.pdf")),
        ("Makefile", b"all:\n\techo\n"),
        ("picture", picture),
        ("news", news),
        ("README", &text),
    ];
    let plain = folder(&files);
    let members: Vec<(&[u8], &[u8])> = files.iter().map(|(name, bytes)| (name.as_bytes(), *bytes)).collect();
    let packed = folder(&[("a.zip", &zip(&members))]);
    for folder in [plain.path(), packed.path()] {
        let run = audit(&[folder], &[]);
        assert_eq!(run.failures(), []);
        assert_eq!(run.column("reports.csv", "report").len(), 4, "{}", run.stderr());
        assert!(run.stderr().contains("files of other kinds: 4"), "{}", run.stderr());
    }
    // Who names a file means it.
    let named: &Path = &plain.path().join("news");
    assert_eq!(audit(&[named], &[]).failures(), [("news".to_string(), "E002".to_string())]);
}

#[test]
fn the_organ_and_the_year_are_told_from_titles_as_pages_print_them() {
    let text = String::from_utf8(report("qiwu-county-2022.txt")).expect("text");
    let (_, body) = text.split_once('\n').expect("a title and a body");
    let titles = [
        ("渠溪县２０２２年政府信息公开工作年度报告", "渠溪县"),
        ("渠溪县人民政府\n2022年政府信息公开工作年度报告", "渠溪县人民政府"),
        ("渠溪县2022年政府信息\n公开工作年度报告", "渠溪县"),
        ("渠溪县住房和城乡建设局2022年\n政府信息公开年报", "渠溪县住房和城乡建设局"),
        ("渠溪县教育局\n政府信息公开工作年度报告\n（2022年）", "渠溪县教育局"),
        ("【年度报告】清溪街2022年政府信息公开工作年度报告", "清溪街"),
    ];
    for (title, organ) in titles {
        let page = format!("{title}\n{body}");
        let run = audit(&[folder(&[("a.txt", page.as_bytes())]).path()], &[]);
        assert_eq!(run.column("reports.csv", "organ"), [organ], "{title}");
        assert_eq!(run.column("reports.csv", "year"), ["2022"], "{title}");
    }
}

#[test]
fn a_dump_is_read_although_its_first_objects_lack_the_text() {
    let text = String::from_utf8(report("qiwu-county-2022.txt")).expect("text");
    let row = |id: &str| serde_json::json!({"id": id, "site": "x", "正文": text}).to_string();
    let head = "{\"dump\":\"年报\",\"rows\":3}\n{\"id\":\"meta\"}\n";
    let dump = format!("{head}{}\n{}\n{{\"id\":\"empty\",\"正文\":\"\"}}\n{{\"id\":\"none\"}}\n", row("a"), row("b"));
    let files = folder(&[("a.jsonl", dump.as_bytes())]);
    for path in [files.path(), &files.path().join("a.jsonl")] {
        let run = audit(&[path], &[]);
        assert_eq!(run.column("reports.csv", "report"), ["a.jsonl/a", "a.jsonl/b", "a.jsonl/empty"]);
        assert!(run.stderr().contains("objects passed over, without a field of text: 3"), "{}", run.stderr());
        assert!(run.stderr().contains("The text column (正文) of"), "{}", run.stderr());
        assert!(run.read("run.json").contains("\"objects_without_text\": 3"));
    }
    // A limit or damage does not cost what came before it.
    let few = audit(&[files.path()], &["--max-members", "3"]);
    assert!(few.column("reports.csv", "report").contains(&"a.jsonl/a".to_string()));
    let mut cut = gzip(dump.repeat(40).as_bytes());
    cut.truncate(cut.len() - 30);
    let cut = folder(&[("a.jsonl.gz", &cut)]);
    assert!(audit(&[cut.path()], &[]).column("reports.csv", "report").len() > 20);
}

#[test]
fn an_empty_text_in_a_table_names_its_column() {
    let files = folder(&[("a.csv", b"id,text\n7,\n")]);
    let said = audit(&[files.path()], &[]).stderr();
    assert!(said.contains("The text column (text) of") && said.contains("a.csv!7"), "{said}");
}

#[cfg(feature = "parquet")]
#[test]
fn a_codec_that_is_not_read_is_named() {
    let bytes = std::fs::read(root().join("tests/inputs/brotli.parquet")).expect("a dump");
    let files = folder(&[("a.parquet", &bytes)]);
    let run = audit(&[files.path()], &[]);
    assert_eq!(run.failures(), [("a.parquet".to_string(), "E003".to_string())]);
    assert!(run.stderr().contains("packed with Brotli"), "{}", run.stderr());
}

#[test]
fn a_manifest_says_what_it_lacks() {
    let text = report("qiwu-county-2022.txt");
    let said = |manifest: &str| {
        let files = folder(&[("manifest.csv", manifest.as_bytes()), ("a.txt", &text), ("b.txt", &text)]);
        let run = audit(&[files.path()], &[]);
        let of_manifest = run.failures().into_iter().filter(|(id, _)| id.starts_with("manifest")).count();
        (run.column("reports.csv", "report"), of_manifest, run.stderr())
    };
    let (ids, count, message) = said("id,file\nx,a.txt\n");
    assert_eq!((ids.contains(&"a".to_string()), count), (true, 1));
    assert!(message.contains("has no column path") && message.contains("id, file"), "{message}");
    let (ids, count, message) = said("id,path\nx,a.txt\ny,b.txt\nz,./a.txt\n");
    assert_eq!((ids.contains(&"x".to_string()), ids.contains(&"z".to_string()), count), (true, false, 1));
    assert!(message.contains("./a.txt is on lines 2 and 4"), "{message}");
    let (_, count, message) = said("id,path\nx,a.txt\ny,\n,\n");
    assert_eq!(count, 1);
    assert!(message.contains("which were not used: 1;") && message.contains("line 3"), "{message}");
    let (_, count, _) = said("id,path\nx,a.txt\nx,a.txt\n,\n");
    assert_eq!(count, 0, "the same said twice, and rows of nothing");
}

#[test]
fn files_of_the_same_name_in_two_folders_have_ids_of_their_own() {
    let (text, page) = (report("qiwu-county-2022.txt"), report("huaijiang-housing-2022.html"));
    let files =
        folder(&[("甲/2022.txt", &text), ("乙/2022.txt", &page), ("乙/2021.txt", &text), ("x/甲/2022.txt", &text)]);
    let at = |name: &str| files.path().join(name);
    let run = audit(&[&at("甲"), &at("乙")], &[]);
    assert_eq!(run.column("reports.csv", "report"), ["2021", "乙/2022", "甲/2022"]);
    let turned = audit(&[&at("乙"), &at("甲")], &[]);
    assert_eq!(run.read("reports.csv"), turned.read("reports.csv"), "the order of the paths does not matter");
    for paths in [[at("乙"), at("乙/2022.txt")], [at("乙/2022.txt"), at("乙")]] {
        let twice = audit(&[&paths[0], &paths[1]], &[]);
        assert_eq!(twice.column("reports.csv", "report"), ["2021", "2022"], "given twice, read once");
    }
    let ids = audit(&[&at("甲"), &at("x/甲")], &[]).column("reports.csv", "report");
    assert!(ids.len() == 2 && ids.iter().all(|id| id.ends_with("甲/2022.txt")) && ids[0] != ids[1], "{ids:?}");
}

#[test]
fn a_period_in_digits_of_full_width_is_read() {
    let text = String::from_utf8(report("qiwu-county-2022.txt")).expect("text");
    assert!(text.contains("2022年1月1日") && text.contains("12月31日"));
    let wide = text.replace("2022年1月1日", "２０２２年１月１日").replace("12月31日", "１２月３１日");
    common::audit_text(&wide, |view| {
        let dates = view.document.dates.period.map(|(a, b)| format!("{a} {b}"));
        assert_eq!(dates.as_deref(), Some("2022-01-01 2022-12-31"));
        let at = view.document.period_at.clone().expect("a place");
        let quote = &view.document.prose.text[at];
        assert!(quote.starts_with("２０２２年") && quote.ends_with('日'), "{quote}");
        assert!(view.findings.iter().all(|f| !["S015", "D001"].contains(&f.code)));
    });
}

fn gouji(args: &[&str]) -> (i32, String, String) {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_gouji")).args(args).output().expect("the command runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap_or(-1), text(&output.stdout), text(&output.stderr))
}

#[test]
fn show_takes_a_member_by_its_name_and_says_which_there_are() {
    let (text, page) = (report("qiwu-county-2022.txt"), report("huaijiang-housing-2022.html"));
    let one = zip(&[("内/年报.txt".as_bytes(), &text), (b"other.txt", "会议通知".as_bytes())]);
    let files = folder(&[("one.zip", &one), ("two.zip", &zip(&[(b"a/b.html", &page), (b"c.txt", &text)]))]);
    let at = |name: &str| files.path().join(name).to_string_lossy().into_owned();
    let (_, expected, _) =
        gouji(&["show", "cells", &root().join("corpus/reports/qiwu-county-2022.txt").to_string_lossy()]);
    assert!(expected.contains("requests.received.total"));
    let (code, cells, said) = gouji(&["show", "cells", &at("one.zip")]);
    assert_eq!((code, cells == expected), (0, true), "the only report: {said}");
    let (code, cells, said) = gouji(&["--lang", "en", "show", "cells", &at("two.zip")]);
    assert_eq!((code, cells.as_str()), (2, ""));
    assert!(said.contains("two.zip!a/b.html") && said.contains("two.zip!c.txt"), "{said}");
    let (code, cells, said) = gouji(&["show", "cells", &at("two.zip!c.txt")]);
    assert_eq!((code, cells == expected), (0, true), "{said}");
    let (code, _, said) = gouji(&["--lang", "en", "show", "cells", &at("two.zip!d.txt")]);
    assert!(code == 2 && said.contains("there is no") && said.contains("d.txt"), "{said}");
}

/// What stands in a message outside quotations, names of files, formats and options.
fn latin_words(message: &str) -> Vec<String> {
    const NAMES: [&str; 26] = [
        "ZIP",
        "TAR",
        "gzip",
        "JSONL",
        "CSV",
        "WARC",
        "PDF",
        "DOCX",
        "XLSX",
        "MHTML",
        "RTF",
        "JSON",
        "LibreOffice",
        "DOC",
        "WPS",
        "XLS",
        "ET",
        "path",
        "manifest",
        "csv",
        "gouji",
        "Parquet",
        "Word",
        "Excel",
        "id",
        "EOF",
    ];
    let outside: String = message.split('“').map(|part| part.rsplit('”').next().unwrap_or_default()).collect();
    let words = outside.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| word.len() > 1);
    words.filter(|word| !NAMES.contains(word)).map(ToString::to_string).collect()
}

#[test]
fn messages_in_chinese_hold_no_english() {
    let docx = form("office/python.docx");
    let files: [(&str, &[u8]); 11] = [
        ("1.mht", b"MIME-Version: 1.0\nContent-Type: text/plain\n\nx"),
        ("2.rtf", b"{\\rtf1 half a document"),
        ("3.docx", &docx[..docx.len() / 2]),
        ("4.zip", b"PK\x03\x04 and nothing"),
        ("5.tar", b"no archive"),
        ("6.html.gz", b"no gzip"),
        ("7.jsonl", b"{\"text\":\"x\"}\n[1]\n{\"text\":\n"),
        ("8.warc", b"WARC/1.0\r\nno: length\r\n\r\n"),
        ("9.pdf", b"%PDF-1.4 and nothing"),
        ("a.xlsx", b"PK\x03\x04xl/workbook"),
        ("manifest.csv", b"id,path\nx,gone.html\n"),
    ];
    let files = folder(&files);
    let out = tempfile::tempdir().expect("a folder");
    let at = files.path().to_string_lossy().into_owned();
    let (_, _, said) = gouji(&["audit", &at, "--out", &out.path().to_string_lossy(), "--fail-on", "never"]);
    let messages: Vec<String> = said.lines().filter(|l| l.starts_with("未读")).map(|l| l.replace(&at, "")).collect();
    assert!(messages.len() >= 10, "{said}");
    for message in messages {
        // The name of the file stands first: `/1.mht 是…`, `/8.warc（WARC）…`, `清单 /manifest.csv …`.
        let name = message.split(['（', ' ', '，', '：']).find(|part| part.starts_with('/')).unwrap_or_default();
        let words = latin_words(&message.replace(name, ""));
        assert!(words.is_empty(), "{words:?} in {message}");
    }
}

#[test]
fn another_report_behind_the_first_is_not_held_to_its_tables() {
    let report = |name: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/reports").join(name);
        std::fs::read_to_string(path).expect("a report")
    };
    // The same organ in the year after, and another organ.
    let first = report("qiwu-county-2022.txt");
    let said = |text: &str| {
        let files = folder(&[("a.txt", text.as_bytes())]);
        let run = audit(&[files.path()], &[]);
        (run.column("claims.csv", "text"), run.column("findings.csv", "code"))
    };
    let (claims, codes) = said(&first);
    for second in ["qiwu-county-2023.txt", "jizhou-city-2023.txt"] {
        let (of_both, mut all) = said(&format!("{first}\n{}", report(second)));
        assert!(!claims.is_empty() && all.contains(&"E020".to_string()), "{all:?}");
        all.retain(|code| code != "E020");
        assert_eq!((&of_both, &all), (&claims, &codes));
    }
}

#[test]
fn a_page_that_holds_its_report_twice_is_read_once() {
    let page = String::from_utf8(form("html/plain.html")).expect("UTF-8");
    let start = page.find("<body").and_then(|at| Some(at + page[at..].find('>')? + 1)).expect("a body");
    let end = page.find("</body>").expect("a body");
    let body = &page[start..end];
    let twice = |other: &str| {
        format!("{}<div class=\"pc\">{body}</div>\n<div class=\"wap\">{other}</div>{}", &page[..start], &page[end..])
    };
    let said = |text: &str| {
        let files = folder(&[("a.html", text.as_bytes())]);
        let run = audit(&[files.path()], &[]);
        (run.column("claims.csv", "text"), run.column("findings.csv", "code"))
    };
    let (claims, codes) = said(&page);
    assert!(claims.len() > 50 && !codes.contains(&"E019".to_string()));
    let (of_twice, mut of_copy) = said(&twice(body));
    assert_eq!(of_twice, claims);
    of_copy.retain(|code| code != "E019");
    assert_eq!(of_copy, codes);
    assert!(said(&twice(body)).1.contains(&"E019".to_string()));
    // The same with other markup around the same words.
    assert_eq!(said(&twice(&body.replace("<p>", "<p class=\"m\">\n  "))).0, claims);
    // A copy with another number is no copy: nothing of it is passed over.
    for (number, other) in [("379件", "378件"), ("151", "152"), ("64个", "65个")] {
        assert!(body.contains(number), "{number}");
        let changed = body.replacen(number, other, 1);
        let (all, codes) = said(&twice(&changed));
        assert!(all.len() > 2 * claims.len() - 5 && !codes.contains(&"E019".to_string()), "{number}: {}", all.len());
    }
}
