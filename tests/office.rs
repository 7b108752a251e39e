//! One report in the forms of office programs gives the same cells, claims and findings. Hand-made documents hold what
//! real ones do, and what nobody should be harmed by.

mod common;

use std::io::{Cursor, Write};
use std::time::{Duration, Instant};

use common::{engine, has_libreoffice, root, seen, squeeze};
use gouji::audit::View;
use gouji::form::Formula;
use gouji::source::{Format, Limit, Limits, Note, Options, Source, SourceError};
use zip::write::SimpleFileOptions;

fn fixture(name: &str) -> Vec<u8> {
    let path = root().join("tests/forms/documents").join(name);
    std::fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// What a user sees of an audit, without positions.
#[derive(Debug, PartialEq, Eq)]
struct Seen {
    cells: Vec<String>,
    claims: Vec<String>,
    findings: Vec<String>,
}

fn look(view: &View<'_>) -> Seen {
    let cell = |c: &gouji::tables::Cell| {
        format!("{} {:?} {:?} {}", c.id.full_name(), view.tables.raw(c), c.value, c.state.name())
    };
    let finding = |f: &gouji::findings::Finding| {
        let formula = f.formula.as_ref().map(Formula::canonical).unwrap_or_default();
        format!("{} {} / {} / {formula} / {:?}", f.code, f.stated, f.expected, f.cells)
    };
    for claim in &view.claims.list {
        assert!(!view.document.prose.text[claim.range.clone()].is_empty());
    }
    Seen {
        cells: view.tables.cells().iter().map(cell).collect(),
        claims: seen(view)
            .iter()
            .map(|c| format!("{} / {} / {} / {}", squeeze(&c.clause), c.text, c.subject, c.verdict))
            .collect(),
        findings: view.findings.iter().map(finding).collect(),
    }
}

fn read(bytes: Vec<u8>, name: &str) -> Result<Source, SourceError> {
    // A converter takes its time on a busy machine.
    let limits = Limits { time: Duration::from_secs(120), conversion: Duration::from_secs(120), ..Limits::default() };
    Source::read(bytes, name, &Options { limits, ..Options::default() })
}

fn audit(bytes: Vec<u8>, name: &str) -> Seen {
    let source = read(bytes, name).unwrap_or_else(|e| panic!("{name}: {e}"));
    engine().audit(&source, look)
}

fn expected() -> Seen {
    let path = root().join("corpus/reports/yanchi-district-2023.txt");
    audit(std::fs::read(&path).expect("the report"), "yanchi-district-2023.txt")
}

fn assert_same(name: &str) {
    let (seen, expected) = (audit(fixture(name), name), expected());
    assert_eq!(seen.cells, expected.cells, "{name}");
    assert_eq!(seen.claims, expected.claims, "{name}");
    assert_eq!(seen.findings, expected.findings, "{name}");
}

#[test]
fn a_word_document_is_the_report() {
    for name in ["merged.docx", "numbered.docx", "framed.docx", "writer.docx", "word2003.xml"] {
        assert_same(name);
    }
}

#[test]
fn an_old_word_document_is_the_report() {
    assert_same("word97.doc");
    // WPS writes the same under its own name.
    let seen = audit(fixture("word97.doc"), "report.wps");
    assert_eq!(seen, expected());
}

#[test]
fn a_page_under_the_name_of_a_document_is_the_report() {
    assert_same("mail.doc");
    assert_same("mail64.mht");
}

#[test]
fn a_workbook_is_the_report() {
    for name in ["whole.xlsx", "whole.xls"] {
        assert_same(name);
    }
}

#[test]
fn a_workbook_of_tables_gives_the_cells() {
    for name in ["tables.xlsx", "tables.xls"] {
        let seen = audit(fixture(name), name);
        assert_eq!(seen.cells, expected().cells, "{name}");
        assert!(seen.claims.is_empty(), "{name}: {:?}", seen.claims);
    }
    assert_eq!(audit(fixture("tables.xls"), "tables.et").cells, expected().cells);
}

/// What comes of a file where no converter is to be had.
fn read_alone(bytes: Vec<u8>, name: &str) -> Result<Source, SourceError> {
    let limits = Limits { converter: false, ..Limits::default() };
    Source::read(bytes, name, &Options { limits, ..Options::default() })
}

#[test]
fn without_a_converter_nothing_is_guessed() {
    for (name, kind) in [("../office/libreoffice.rtf", "RTF"), ("framed.doc", "DOC/WPS"), ("tracked.doc", "DOC/WPS")] {
        let error = read_alone(fixture(name), name).expect_err(name);
        assert_eq!(error, SourceError::NeedsConverter(kind), "{name}");
    }
    let error = read_alone(fixture("corner.xls"), "corner.xls").expect_err("a sheet of 16 million places");
    assert!(matches!(error, SourceError::Limit { .. }), "{error:?}");
    let mut half = fixture("../office/libreoffice.rtf");
    half.truncate(half.len() / 2);
    assert!(matches!(read(half, "a.rtf"), Err(SourceError::Damaged { kind: "RTF", .. })));
}

#[test]
fn a_converter_that_is_late_is_stopped() {
    if !has_libreoffice() {
        return;
    }
    let limits = Limits { conversion: Duration::from_millis(100), ..Limits::default() };
    let options = Options { limits, ..Options::default() };
    let begun = Instant::now();
    let error = Source::read(fixture("../office/libreoffice.rtf"), "a.rtf", &options).expect_err("no time");
    assert!(matches!(error, SourceError::Limit { limit: Limit::Time, .. }), "{error:?}");
    // It waits for the conversions of the other tests.
    assert!(begun.elapsed() < Duration::from_secs(60));
}

#[test]
fn a_number_in_a_numbered_cell_is_that_number() {
    let numbering = format!(
        "<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"decimal\"/>\
        <w:lvlText w:val=\"%1.\"/></w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>"
    );
    let listed = |text: &str| {
        format!(
            "<w:tc><w:p><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"
        )
    };
    let body = format!("<w:tbl><w:tr>{}{}{}</w:tr></w:tbl>", listed("属于国家秘密"), listed("12"), listed(""));
    let bytes = package(&[("word/document.xml", &document(&body)), ("word/numbering.xml", &numbering)]);
    assert_eq!(lines(bytes), ["| 1. 属于国家秘密 | 12 | |"]);
}

#[test]
fn damage_of_any_kind_ends_in_a_result() {
    let mut state = 12_345_u32;
    let mut dice = |below: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as usize % below
    };
    for name in ["numbered.docx", "word97.doc", "tables.xls", "tables.xlsx", "mail.doc", "word2003.xml"] {
        let whole = fixture(name);
        for _ in 0..12 {
            let mut bytes = whole.clone();
            for _ in 0..=dice(30) {
                let at = dice(bytes.len());
                bytes[at] = dice(256) as u8;
            }
            if let Ok(source) = read_alone(bytes, name) {
                engine().audit(&source, |view| assert_eq!(view.source.text, source.text));
            }
        }
    }
}

#[test]
fn what_only_a_converter_reads_is_read() {
    if has_libreoffice() {
        assert_same("../office/libreoffice.rtf");
        assert_same("framed.doc");
        assert_eq!(lines(fixture("tracked.doc")), ["新收申请379件"]);
        assert_eq!(lines(fixture("corner.xls")), ["| 行政许可 | 58364 |", "| 1 |"]);
    }
}

const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
    xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\" \
    xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
    xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" xmlns:v=\"urn:schemas-microsoft-com:vml\"";

fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(text.as_bytes()).expect("its bytes");
    }
    zip.finish().expect("a package").into_inner()
}

fn document(body: &str) -> String {
    format!("<?xml version=\"1.0\"?><w:document {NAMESPACES}><w:body>{body}</w:body></w:document>")
}

fn docx(body: &str) -> Vec<u8> {
    package(&[("word/document.xml", &document(body))])
}

fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn cell(text: &str) -> String {
    format!("<w:tc>{}</w:tc>", p(text))
}

fn row(cells: &[&str]) -> String {
    format!("<w:tr>{}</w:tr>", cells.iter().map(|c| cell(c)).collect::<String>())
}

fn lines(bytes: Vec<u8>) -> Vec<String> {
    let source = read(bytes, "test.docx").unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(source.format, Format::Document);
    source.text.lines().filter(|l| !l.is_empty()).map(str::to_string).collect()
}

#[test]
fn cells_are_those_that_are_drawn() {
    let table = "<w:tbl>\
        <w:tr><w:tc><w:tcPr><w:vMerge w:val=\"restart\"/></w:tcPr><w:p><w:r><w:t>（三）不予</w:t></w:r></w:p><w:p><w:r><w:t>公开</w:t></w:r></w:p></w:tc>\
        <w:tc><w:p><w:r><w:t>1.属于国家秘密</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc><w:tc><w:p><w:r><w:t>１２</w:t></w:r></w:p></w:tc></w:tr>\
        <w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc><w:tc><w:p><w:r><w:t>2.其他</w:t></w:r></w:p></w:tc>\
        <w:tc><w:p><w:r><w:t>3</w:t></w:r></w:p><w:p><w:r><w:t>4</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>5</w:t><w:br/></w:r></w:p></w:tc></w:tr>\
        <w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"3\"/></w:tcPr><w:p><w:r><w:t>（七）总计</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>9</w:t></w:r></w:p></w:tc></w:tr>\
        <w:tr><w:trPr><w:del w:id=\"1\"/></w:trPr><w:tc><w:p><w:del><w:r><w:delText>old</w:delText></w:r></w:del></w:p></w:tc></w:tr>\
        </w:tbl>";
    assert_eq!(
        lines(docx(table)),
        ["| （三）不予公开 | 1.属于国家秘密 | | １２ |", "| 2.其他 | 3；4 | 5 |", "| （七）总计 | 9 |"]
    );
}

#[test]
fn a_merge_that_begins_nowhere_keeps_its_text() {
    let table = "<w:tbl><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p><w:r><w:t>续表</w:t></w:r></w:p></w:tc>\
        <w:tc><w:p><w:r><w:t>7</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
    assert_eq!(lines(docx(table)), ["| 续表 | 7 |"]);
}

#[test]
fn a_table_around_tables_is_a_frame() {
    let inner = format!("<w:tbl>{}{}</w:tbl>", row(&["规章", "0"]), row(&["规范性文件", "14"]));
    let frame = format!(
        "<w:tbl><w:tr>{}<w:tc>{}{inner}{}</w:tc></w:tr>{}</w:tbl>",
        cell("索引号"),
        p("二、主动公开政府信息情况"),
        p("三、收到和处理"),
        row(&["末行", "完"]),
    );
    assert_eq!(
        lines(docx(&frame)),
        ["索引号", "二、主动公开政府信息情况", "| 规章 | 0 |", "| 规范性文件 | 14 |", "三、收到和处理", "末行", "完"]
    );
}

#[test]
fn text_boxes_come_once_and_after_their_paragraph() {
    let boxed = |text: &str| format!("<w:txbxContent>{text}</w:txbxContent>");
    let table = format!("<w:tbl>{}</w:tbl>", row(&["规章", "0"]));
    let body = format!(
        "<w:p><w:r><w:t>二、主动公开</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing>\
        <wps:txbx>{0}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{0}</v:textbox></w:pict>\
        </mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>情况</w:t></w:r></w:p>{1}",
        boxed(&(p("框内") + &table)),
        p("后文")
    );
    assert_eq!(lines(docx(&body)), ["二、主动公开情况", "框内", "| 规章 | 0 |", "后文"]);
    let fallback = format!(
        "<w:p><w:r><mc:AlternateContent><mc:Fallback>{}</mc:Fallback></mc:AlternateContent></w:r></w:p>",
        boxed(&p("只有替代"))
    );
    assert_eq!(lines(docx(&fallback)), ["只有替代"]);
}

#[test]
fn changes_are_taken_as_accepted_and_hidden_text_is_not_there() {
    let body = "<w:p><w:r><w:t>新收申请</w:t></w:r><w:del w:id=\"1\"><w:r><w:delText>64</w:delText></w:r></w:del>\
        <w:ins w:id=\"2\"><w:r><w:t>379</w:t></w:r></w:ins><w:r><w:t>件</w:t></w:r>\
        <w:moveFrom w:id=\"3\"><w:r><w:t>移走</w:t></w:r></w:moveFrom><w:moveTo w:id=\"4\"><w:r><w:t>。移来</w:t></w:r></w:moveTo>\
        <w:r><w:rPr><w:vanish/></w:rPr><w:t>不可见</w:t></w:r><w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>可见</w:t></w:r>\
        <w:r><w:rPr><w:b/><w:rPrChange w:id=\"5\"><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>。</w:t></w:r></w:p>\
        <w:p><w:pPr><w:rPr><w:del w:id=\"6\"/></w:rPr></w:pPr><w:r><w:t>前半</w:t></w:r></w:p><w:p><w:r><w:t>后半</w:t></w:r></w:p>";
    assert_eq!(lines(docx(body)), ["新收申请379件。移来可见。", "前半后半"]);
}

#[test]
fn struck_numbers_and_signs_of_footnotes_lengthen_no_number() {
    let body = "<w:p><w:r><w:rPr><w:strike/></w:rPr><w:t>99</w:t></w:r><w:r><w:t>100</w:t></w:r>\
        <w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:t>1</w:t></w:r><w:r><w:t>件，10</w:t></w:r>\
        <w:r><w:rPr><w:vertAlign w:val=\"subscript\"/></w:rPr><w:t>2</w:t></w:r>\
        <w:r><w:rPr><w:strike w:val=\"false\"/></w:rPr><w:t>项</w:t></w:r></w:p>";
    assert_eq!(lines(docx(body)), ["100件，102项"]);
}

#[test]
fn fields_show_their_results_and_breaks_end_lines() {
    let body = "<w:p><w:r><w:t>共</w:t></w:r><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>\
        <w:r><w:instrText> =SUM(A1:A9) </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>\
        <w:r><w:t>12</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r><w:fldSimple w:instr=\"PAGE\"><w:r><w:t>件</w:t></w:r></w:fldSimple>\
        <w:r><w:br/><w:t>（二）依申请公开&#12290;A&amp;B</w:t><w:tab/><w:t>完</w:t></w:r></w:p>";
    assert_eq!(lines(docx(body)), ["共12件", "（二）依申请公开。A&B\t完"]);
}

#[test]
fn numbers_of_lists_are_printed() {
    let numbering = format!(
        "<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId=\"0\">\
        <w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"chineseCounting\"/><w:lvlText w:val=\"%1、\"/></w:lvl>\
        <w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt w:val=\"chineseCounting\"/><w:lvlText w:val=\"（%2）\"/></w:lvl>\
        <w:lvl w:ilvl=\"2\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%3.\"/></w:lvl></w:abstractNum>\
        <w:abstractNum w:abstractNumId=\"1\"><w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"bullet\"/><w:lvlText w:val=\"\u{f0b7}\"/></w:lvl></w:abstractNum>\
        <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num><w:num w:numId=\"2\"><w:abstractNumId w:val=\"1\"/></w:num>\
        <w:num w:numId=\"3\"><w:abstractNumId w:val=\"0\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"4\"/></w:lvlOverride></w:num></w:numbering>"
    );
    let styles = format!(
        "<w:styles {NAMESPACES}><w:style w:type=\"paragraph\" w:styleId=\"a1\"><w:name w:val=\"heading 1\"/><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"a2\"><w:basedOn w:val=\"a1\"/></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"11\"><w:name w:val=\"toc 1\"/></w:style>\
        <w:style w:type=\"character\" w:styleId=\"h\"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>"
    );
    let styled = |style: &str, text: &str| {
        format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
    };
    let listed = |list: u8, level: u8, text: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
        )
    };
    let body = [
        styled("11", "总体情况……1"),
        styled("a1", "总体情况"),
        listed(1, 1, "主动公开"),
        listed(1, 1, "依申请公开"),
        listed(1, 2, "2023年"),
        listed(2, 0, "要点"),
        styled("a2", "主动公开政府信息情况"),
        listed(1, 1, "又一"),
        "<w:p><w:pPr><w:pStyle w:val=\"a1\"/><w:numPr><w:numId w:val=\"0\"/></w:numPr></w:pPr><w:r><w:t>没有号</w:t></w:r></w:p>".to_string(),
        listed(3, 0, "从四起"),
        "<w:p><w:r><w:rPr><w:rStyle w:val=\"h\"/></w:rPr><w:t>隐</w:t></w:r><w:r><w:t>显</w:t></w:r></w:p>".to_string(),
    ]
    .concat();
    let bytes = package(&[
        ("word/document.xml", &document(&body)),
        ("word/numbering.xml", &numbering),
        ("word/styles.xml", &styles),
    ]);
    assert_eq!(
        lines(bytes),
        [
            "一、总体情况",
            "（一）主动公开",
            "（二）依申请公开",
            "1. 2023年",
            "要点",
            "二、主动公开政府信息情况",
            "（一）又一",
            "没有号",
            "四、从四起",
            "显"
        ]
    );
}

#[test]
fn notes_follow_the_text_and_headers_stay_away() {
    let notes = format!(
        "<w:footnotes {NAMESPACES}><w:footnote w:type=\"separator\" w:id=\"-1\">{}</w:footnote>\
        <w:footnote w:id=\"2\">{}</w:footnote><w:footnote w:id=\"3\">{}</w:footnote></w:footnotes>",
        p("—"),
        p("含结转"),
        p("无人提到")
    );
    let body = "<w:p><w:r><w:t>受理396</w:t></w:r><w:r><w:footnoteReference w:id=\"2\"/></w:r><w:r><w:t>件</w:t></w:r></w:p>\
        <w:p><w:r><w:t>完</w:t></w:r></w:p>";
    let bytes = package(&[
        ("word/document.xml", &document(body)),
        ("word/footnotes.xml", &notes),
        ("word/header1.xml", &p("页眉")),
    ]);
    assert_eq!(lines(bytes), ["受理396件", "完", "含结转"]);
}

#[test]
fn pictures_that_may_be_tables_are_noted() {
    let picture = |width: u32| {
        format!(
            "<w:p><w:r><w:drawing><wp:inline><wp:extent cx=\"{width}\" cy=\"2000000\"/><a:blip r:embed=\"rId1\"/></wp:inline></w:drawing></w:r></w:p>"
        )
    };
    let links =
        "<Relationships><Relationship Id=\"rId1\" Type=\"http://x/image\" Target=\"media/表三.png\"/></Relationships>";
    let body = [p("三、收到和处理政府信息公开申请情况"), picture(5_000_000), picture(300_000), p("完")].concat();
    let bytes = package(&[("word/document.xml", &document(&body)), ("word/_rels/document.xml.rels", links)]);
    let source = read(bytes, "a.docx").expect("a document");
    let [Note::PictureTable { name, at }] = source.notes.as_slice() else { panic!("{:?}", source.notes) };
    assert_eq!(name, "表三.png");
    assert!(source.text[*at..].starts_with("完"), "{:?}", &source.text[*at..]);
}

#[test]
fn nothing_outside_is_opened() {
    // The addresses lead nowhere: reading ends at once and without them.
    let links = "<Relationships>\
        <Relationship Id=\"rId1\" Type=\"http://x/attachedTemplate\" Target=\"http://192.0.2.1/t.dotm\" TargetMode=\"External\"/>\
        <Relationship Id=\"rId2\" Type=\"http://x/styles\" Target=\"file:///etc/passwd\" TargetMode=\"External\"/>\
        <Relationship Id=\"rId3\" Type=\"http://x/numbering\" Target=\"../../../etc/passwd\"/></Relationships>";
    let begun = Instant::now();
    let bytes = package(&[("word/document.xml", &document(&p("正文"))), ("word/_rels/document.xml.rels", links)]);
    assert_eq!(lines(bytes), ["正文"]);
    assert!(begun.elapsed() < Duration::from_secs(5));
}

#[test]
fn entities_of_the_document_do_not_grow() {
    let mut dtd = String::from("<!DOCTYPE w [<!ENTITY a0 \"哈\">");
    for level in 1..10 {
        let before = format!("&a{};", level - 1).repeat(10);
        dtd.push_str(&format!("<!ENTITY a{level} \"{before}\">"));
    }
    let xml = document(&p("前&a9;后")).replacen("?>", &format!("?>{dtd}]>"), 1);
    assert_eq!(lines(package(&[("word/document.xml", &xml)])), ["前后"]);
}

#[test]
fn bombs_meet_a_limit() {
    let blown = document(&p(&"大".repeat(20_000_000)));
    let error = read(docx_of(&blown), "a.docx").expect_err("a bomb");
    assert!(matches!(error, SourceError::Limit { limit: Limit::Ratio, .. }), "{error:?}");
    let sheet = format!("<worksheet><sheetData/>{}</worksheet>", " ".repeat(50_000_000));
    let bytes = package(&[("xl/workbook.xml", "<workbook/>"), ("xl/worksheets/sheet1.xml", &sheet)]);
    let error = read(bytes, "a.xlsx").expect_err("a bomb");
    assert!(matches!(error, SourceError::Limit { limit: Limit::Ratio, .. }), "{error:?}");
}

fn docx_of(xml: &str) -> Vec<u8> {
    package(&[("word/document.xml", xml)])
}

#[test]
fn nesting_is_no_matter() {
    let depth = 10_000;
    let tables =
        format!("{}{}{}", "<w:tbl><w:tr><w:tc>".repeat(depth), p("深处"), "</w:tc></w:tr></w:tbl>".repeat(depth));
    assert_eq!(lines(docx(&tables)), ["| 深处 |"]);
    let boxes = format!(
        "{}{}{}",
        "<w:p><w:r><w:txbxContent>".repeat(depth),
        p("深处"),
        "</w:txbxContent></w:r></w:p>".repeat(depth)
    );
    assert_eq!(lines(docx(&boxes)), ["深处"]);
    let wide = format!(
        "<w:tbl><w:tr>{}</w:tr></w:tbl>",
        "<w:tc><w:tcPr><w:gridSpan w:val=\"4294967295\"/></w:tcPr><w:p/></w:tc>".repeat(100_000)
    );
    assert_eq!(lines(docx(&wide)).len(), 1);
}

#[test]
fn damaged_and_locked_documents_are_named() {
    for name in ["merged.docx", "tables.xlsx", "tables.xls", "word97.doc"] {
        let whole = fixture(name);
        for share in [3, 10, 50, 90, 99] {
            // Whatever comes of it, it comes as a result.
            let cut = whole[..whole.len() * share / 100].to_vec();
            if name.ends_with('x') {
                let error = read(cut, name).expect_err("half a package");
                assert!(matches!(error, SourceError::Damaged { .. }), "{name} {share}: {error:?}");
            }
        }
    }
    let broken = docx_of(&document("<w:p><w:r><w:t>一半"));
    assert!(matches!(read(broken, "a.docx"), Err(SourceError::Damaged { kind: "DOCX", .. })));
    let mut locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    locked.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(read(locked.clone(), "a.docx").expect_err("locked"), SourceError::Encrypted("DOCX"));
    assert_eq!(read(locked, "a.xlsx").expect_err("locked"), SourceError::Encrypted("XLSX"));
    // The marks that Word 97 and Excel 97 set in their first records.
    let find = |bytes: &[u8], what: &[u8]| bytes.windows(what.len()).position(|w| w == what).expect("the record");
    let mut locked = fixture("word97.doc");
    let at = find(&locked, &[0xec, 0xa5]);
    locked[at + 0x0b] |= 1;
    assert_eq!(read(locked, "a.doc").expect_err("locked"), SourceError::Encrypted("DOC"));
    let mut locked = fixture("tables.xls");
    let at = find(&locked, &[0x09, 0x08, 0x10, 0x00, 0x00, 0x06]) + 20;
    locked[at] = 0x2f;
    locked[at + 4] = 1;
    assert_eq!(read(locked, "a.xls").expect_err("locked"), SourceError::Encrypted("XLS"));
}

#[test]
fn a_document_of_pictures_is_a_scan() {
    let picture = "<w:p><w:r><w:drawing><wp:inline><wp:extent cx=\"5000000\" cy=\"7000000\"/><a:blip r:embed=\"rId1\"/></wp:inline></w:drawing></w:r></w:p>";
    assert_eq!(read(docx(&picture.repeat(3)), "a.docx").expect_err("no text"), SourceError::Scan { pages: 3 });
    let chunk = "<w:altChunk r:id=\"rId1\"/>";
    assert!(matches!(read(docx(chunk), "a.docx"), Err(SourceError::Unsupported(_))));
}

#[test]
fn sizes_beyond_reason_are_named() {
    let cells = format!("<w:tbl><w:tr>{}</w:tr></w:tbl>", "<w:tc/>".repeat(1_100_000));
    let deep = "<w:tbl><w:tr><w:tc>".repeat(30_000);
    for body in [cells, deep] {
        let error = read(docx(&body), "a.docx").expect_err("a table of no document");
        assert!(matches!(error, SourceError::Damaged { .. } | SourceError::Limit { .. }), "{error:?}");
    }
}

#[test]
fn a_sheet_with_a_cell_in_the_last_corner_is_read() {
    let sheet = "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><dimension ref=\"A1:XFD1048576\"/><sheetData>\
        <row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>行政许可</t></is></c><c r=\"B1\" s=\"1\"><v>0.1147</v></c><c r=\"C1\"><f>SUM(D1)</f><v>58364</v></c></row>\
        <row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row></sheetData></worksheet>";
    let bytes = package(&[
        ("[Content_Types].xml", "<Types/>"),
        (
            "_rels/.rels",
            "<Relationships><Relationship Id=\"r\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
        ),
        (
            "xl/workbook.xml",
            "<workbook xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"Sheet1\" sheetId=\"1\" r:id=\"rId1\"/><sheet name=\"底稿\" sheetId=\"2\" state=\"hidden\" r:id=\"rId1\"/></sheets></workbook>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>",
        ),
        ("xl/styles.xml", "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"10\"/></cellXfs></styleSheet>"),
        ("xl/worksheets/sheet1.xml", sheet),
    ]);
    let source = read(bytes, "a.xlsx").expect("a workbook");
    let lines: Vec<&str> = source.text.lines().filter(|l| !l.is_empty()).collect();
    assert_eq!(lines, ["| 行政许可 | 11.47% | 58364 |", "| 1 |"]);
}
