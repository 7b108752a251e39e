//! PDF with a text layer: the same report, whatever made the file; and what is said of files that cannot be read.

#![allow(clippy::print_stdout, reason = "tests say what they measured")]

mod common;

use std::path::PathBuf;

use common::{audit_file, root, seen, squeeze};
use gouji::source::{Note, Options, Source, SourceError};

/// The files named after the report that they were made from.
fn fixtures() -> Vec<PathBuf> {
    let folder = root().join("tests/forms/pdf");
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("tests/forms/pdf").map(|e| e.expect("an entry").path()).collect();
    paths.retain(|p| p.file_stem().is_some_and(|stem| stem.to_string_lossy().contains('.')));
    paths.sort();
    paths
}

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(root().join("tests/forms/pdf").join(name)).expect("a fixture")
}

fn read(bytes: Vec<u8>) -> Result<Source, SourceError> {
    Source::read(bytes, "report.pdf", &Options::default())
}

/// What a report says: organ, cells, claims with their verdicts, findings.
fn said(path: &std::path::Path) -> [Vec<String>; 4] {
    audit_file(path, |view| {
        let cells = view.tables.cells().iter().map(|c| format!("{} {:?} {:?}", c.id, c.state, c.value)).collect();
        let claim = |s: common::Seen| format!("{} {} {}", squeeze(&s.text), s.subject, s.verdict);
        let codes = view.findings.iter().map(|f| f.code.to_string()).collect();
        [vec![view.document.organ.name.clone()], cells, seen(view).into_iter().map(claim).collect(), codes]
    })
}

#[test]
fn every_way_of_making_a_pdf_gives_the_same_report() {
    let fixtures = fixtures();
    assert!(fixtures.len() >= 5, "{fixtures:?}");
    let mut wrong = Vec::new();
    for path in fixtures {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let report = name.split('.').next().expect("a report");
        let due = said(&root().join("corpus/reports").join(format!("{report}.txt")));
        for ((what, due), got) in ["organ", "cells", "claims", "findings"].into_iter().zip(due).zip(said(&path)) {
            println!("{name}: {} {what}", got.len());
            let lacks: Vec<&String> = due.iter().filter(|d| !got.contains(d)).collect();
            let more: Vec<&String> = got.iter().filter(|g| !due.contains(g)).collect();
            if due != got {
                wrong.push(format!("{name}: {what}: lacks {lacks:?}, has more {more:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// A file of objects, with its table of references.
fn pdf(objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n", number + 1).into_bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    let start = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).into_bytes());
    for place in places {
        out.extend(format!("{place:010} 00000 n \n").into_bytes());
    }
    out.extend(
        format!("trailer\n<< /Size {} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1)
            .into_bytes(),
    );
    out
}

fn stream(dictionary: &str, body: &[u8]) -> Vec<u8> {
    let mut out = format!("<< {dictionary} /Length {} >>\nstream\n", body.len()).into_bytes();
    out.extend(body);
    out.extend(b"\nendstream");
    out
}

/// A file of pages with these contents. Font F1 is SimSun, not embedded, in the encoding of Windows.
fn pages(contents: &[Vec<u8>]) -> Vec<u8> {
    let first = 7;
    let kids: Vec<String> = (0..contents.len()).map(|n| format!("{} 0 R", first + 2 * n)).collect();
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.join(" "), contents.len()).into_bytes(),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /GBK-EUC-H /DescendantFonts [4 0 R] >>".to_vec(),
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /SimSun /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /DW 1000 /W [814 939 500] /FontDescriptor 5 0 R >>".to_vec(),
        b"<< /Type /FontDescriptor /FontName /SimSun /Flags 6 /Ascent 859 /Descent -141 /CapHeight 683 /ItalicAngle 0 /StemV 80 /FontBBox [0 -141 1000 859] >>".to_vec(),
        stream("/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8", &[200]),
    ];
    for (n, body) in contents.iter().enumerate() {
        objects.push(format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {} 0 R /Resources << /Font << /F1 3 0 R >> /XObject << /I1 6 0 R >> >> >>", first + 2 * n + 1).into_bytes());
        objects.push(stream("", body));
    }
    pdf(&objects, "")
}

/// Lines of text, each at its place.
fn content(lines: &[(f64, f64, &str)]) -> Vec<u8> {
    let mut out = String::new();
    for (x, y, text) in lines {
        let (bytes, _, _) = encoding_rs::GBK.encode(text);
        let hex: String = bytes.iter().map(|b| format!("{b:02x}")).collect();
        out.push_str(&format!("BT /F1 12 Tf {x} {y} Td <{hex}> Tj ET\n"));
    }
    out.into_bytes()
}

const PICTURE: &[u8] = b"q 595 0 0 842 0 0 cm /I1 Do Q";

#[test]
fn a_sentence_goes_on_over_line_and_page_ends() {
    let full = "　　二〇二三年全县共收到政府信息公开申请的数量为一千二百件";
    let filler: Vec<(f64, f64, &str)> = (0..12)
        .map(|n| {
            let text = if n % 3 == 0 {
                "　　各乡镇和各部门按照要求认真做好各项工作取得了新的成效全"
            } else {
                "县各乡镇和各部门按照要求认真做好各项工作取得了新的成效全年"
            };
            (100.0, 760.0 - 20.0 * f64::from(n), text)
        })
        .collect();
    let mut first = filler.clone();
    first.push((100.0, 520.0, full));
    first.push((100.0, 500.0, "全县各乡镇和各部门按照要求认真做好各项工作，全年共办结12"));
    first.push((280.0, 40.0, "— 1 —"));
    let mut second = vec![(100.0, 760.0, "34件，其余结转。")];
    second.push((280.0, 40.0, "— 2 —"));
    let source = read(pages(&[content(&first), content(&second)])).expect("two pages");
    assert!(source.text.contains("全年共办结1234件，其余结转。"), "{}", source.text);
    assert!(!source.text.contains('—'), "{}", source.text);
}

#[test]
fn a_cell_without_text_is_blank_and_shifts_nothing() {
    // Three columns; the second cell of the second row has no text, the fourth row is cut by the page.
    let mut rules = String::new();
    for y in [700, 680, 660, 640] {
        rules.push_str(&format!("100 {y} m 400 {y} l S\n"));
    }
    for x in [100, 200, 300, 400] {
        rules.push_str(&format!("{x} 700 m {x} 640 l S\n"));
    }
    let mut body = rules.into_bytes();
    body.extend(content(&[
        (110.0, 684.0, "信息内容"),
        (210.0, 684.0, "甲"),
        (310.0, 684.0, "乙"),
        (110.0, 664.0, "规章"),
        (310.0, 664.0, "12"),
        (110.0, 644.0, "许可"),
        (210.0, 644.0, "３４"),
    ]));
    let source = read(pages(&[body])).expect("a page");
    assert_eq!(source.text.trim(), "| 信息内容 | 甲 | 乙 |\n| 规章 | | 12 |\n| 许可 | ３４ | |");
}

#[test]
fn a_number_that_the_edge_of_the_page_cuts_is_not_read_as_what_is_left_of_it() {
    // The last column reaches over the edge (595): 1234 shows as 1, 12 as nothing.
    let mut body = String::new();
    for y in [700, 680, 660, 640] {
        body.push_str(&format!("100 {y} m 615 {y} l S\n"));
    }
    for x in [100, 300, 580, 615] {
        body.push_str(&format!("{x} 700 m {x} 640 l S\n"));
    }
    let mut body = body.into_bytes();
    body.extend(content(&[
        (110.0, 684.0, "一、总体情况"),
        (310.0, 684.0, "甲"),
        (582.0, 684.0, "总"),
        (110.0, 664.0, "规章"),
        (310.0, 664.0, "12"),
        (583.0, 664.0, "1"),
        (110.0, 644.0, "许可"),
        (310.0, 644.0, "34"),
    ]));
    let source = read(pages(&[body])).expect("a page");
    assert_eq!(source.text.trim(), "| 一、总体情况 | 甲 | 总 |\n| 规章 | 12 | \u{fffd} |\n| 许可 | 34 | \u{fffd} |");
    let is_said = |n: &Note| matches!(n, Note::PartNotRead { part, .. } if part == "page 1");
    assert!(source.notes.len() == 1 && source.notes.iter().all(is_said), "{:?}", source.notes);
}

#[test]
fn the_label_of_the_next_row_is_not_read_into_the_row_above() {
    // No borders, rows so close that both labels stand half a line from the numbers of the first.
    let mut lines = vec![(100.0, 700.0, "三、本年（一）予以公开"), (100.0, 686.0, "度办理结（二）部分公开")];
    let columns = [300.0, 340.0, 380.0, 420.0, 460.0, 500.0, 540.0];
    for (y, numbers) in
        [(693.0, ["127", "16", "1", "2", "4", "1", "151"]), (672.0, ["38", "4", "0", "0", "1", "0", "43"])]
    {
        lines.extend(columns.iter().zip(numbers).map(|(x, number)| (*x, y, number)));
    }
    let source = read(pages(&[content(&lines)])).expect("a page");
    let wrong = source.text.lines().find(|line| line.contains("部分公开") && line.contains("151"));
    assert_eq!(wrong, None, "{}", source.text);
    assert!(source.text.contains("151") && source.text.contains("部分公开"), "{}", source.text);
}

#[test]
fn a_scan_is_said_to_be_one() {
    let scan = read(pages(&[PICTURE.to_vec(), PICTURE.to_vec()])).expect_err("a scan");
    assert_eq!(scan, SourceError::Scan { pages: 2 });
    let half = read(pages(&[content(&[(100.0, 700.0, "一、总体情况")]), PICTURE.to_vec()])).expect("one page of text");
    assert_eq!(half.notes, [Note::PagesWithoutText { pages: vec![2], of: 2 }]);
}

#[test]
fn a_blank_page_of_a_file_without_pictures_is_nothing_to_say() {
    let text = content(&[(100.0, 700.0, "一、总体情况")]);
    let without = |content: Vec<u8>| {
        let file = pages(&[text.clone(), content]);
        // The same length, so that everything stays in its place.
        let at = memchr::memmem::find(&file, b"/Subtype /Image").expect("a picture");
        [&file[..at], b"/Subtype /Blank", &file[at + 15..]].concat()
    };
    assert_eq!(read(without(Vec::new())).expect("a page").notes, []);
    // Letters may be drawn.
    let drawn = read(without(b"100 100 m 150 300 200 300 250 100 c 130 180 l f".to_vec())).expect("a page");
    assert_eq!(drawn.notes, [Note::PagesWithoutText { pages: vec![2], of: 2 }]);
}

#[test]
fn an_encrypted_file_is_said_to_be_one() {
    let key = "00".repeat(32);
    let trailer = format!("/Encrypt << /Filter /Standard /V 1 /R 2 /O <{key}> /U <{key}> /P -4 >> /ID [<00> <00>]");
    let catalog = b"<< /Type /Catalog /Pages 2 0 R >>".to_vec();
    let list = b"<< /Type /Pages /Kids [] /Count 0 >>".to_vec();
    let refused = read(pdf(&[catalog, list], &trailer)).expect_err("no password");
    assert_eq!(refused, SourceError::Encrypted("PDF"));
}

#[test]
fn a_file_that_breaks_off_is_read_as_far_as_it_goes_or_said_to_be_damaged() {
    for name in ["linlan-water-2020.reportlab.pdf", "yanchi-district-2023.libreoffice.pdf"] {
        let whole = fixture(name);
        for share in [5, 20, 40, 60, 80, 95] {
            let cut = whole[..whole.len() * share / 100].to_vec();
            match read(cut) {
                Ok(source) => {
                    let is_said = source.notes.iter().any(|n| matches!(n, Note::PartNotRead { .. }));
                    assert!(is_said, "{name} to {share}%: nothing is said");
                }
                Err(error) => {
                    let is_clear = matches!(
                        error,
                        SourceError::Damaged { .. } | SourceError::Scan { .. } | SourceError::Encrypted(_)
                    );
                    assert!(is_clear, "{name} to {share}%: {error}");
                }
            }
        }
    }
}

#[test]
fn a_stream_that_unpacks_to_too_much_is_refused() {
    use std::io::Write;
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    let block = vec![b' '; 1 << 20];
    for _ in 0..80 {
        packer.write_all(&block).expect("memory");
    }
    let packed = packer.finish().expect("memory");
    let objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>".to_vec(),
        stream("/Filter /FlateDecode", &packed),
    ];
    let refused = read(pdf(&objects, "")).expect_err("80 MB of spaces");
    assert!(matches!(refused, SourceError::Limit { .. }), "{refused}");
}

#[test]
fn characters_without_a_name_are_counted_not_guessed() {
    let map = b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange 2 beginbfchar <41> <e001> <42> <4e00> endbfchar endcmap end";
    let objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".to_vec(),
        stream("", b"BT /F1 12 Tf 100 700 Td (AABB) Tj ET"),
        b"<< /Type /Font /Subtype /TrueType /BaseFont /X /FirstChar 65 /LastChar 66 /Widths [1000 1000] /ToUnicode 6 0 R >>".to_vec(),
        stream("", map),
    ];
    let source = read(pdf(&objects, "")).expect("a page");
    assert_eq!(source.text.trim(), "\u{fffd}\u{fffd}一一");
    assert_eq!(source.notes, [Note::CharactersLost { encoding: "PDF", lost: 2, of: 5 }]);
}
