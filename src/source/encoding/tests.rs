use super::super::{Format, Note, Options, Source, SourceError};
use super::*;

const REPORT: &str =
    "白榆县2022年政府信息公开工作年度报告\r\n一、总体情况\r\n全年收到政府信息公开申请64件，办结60件。\r\n";

fn read(bytes: &[u8]) -> Source {
    Source::from_bytes(bytes.to_vec(), "x.txt").unwrap_or_else(|e| panic!("{e}"))
}

fn encoded(text: &str, encoding: &'static encoding_rs::Encoding) -> Vec<u8> {
    let (bytes, _, is_lossy) = encoding.encode(text);
    assert!(!is_lossy);
    bytes.into_owned()
}

fn utf16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(order).collect()
}

fn page(charset: &str) -> String {
    format!("<html><head><meta charset=\"{charset}\"></head><body><p>{REPORT}</p></body></html>")
}

#[test]
fn undeclared_texts_are_read_in_every_encoding_in_use() {
    for bytes in [
        REPORT.as_bytes().to_vec(),
        [b"\xef\xbb\xbf", REPORT.as_bytes()].concat(),
        encoded(REPORT, GB18030),
        [b"\x84\x31\x95\x33".to_vec(), encoded(REPORT, GB18030)].concat(),
        utf16(REPORT, u16::to_le_bytes),
        utf16(REPORT, u16::to_be_bytes),
        [vec![0xff, 0xfe], utf16(REPORT, u16::to_le_bytes)].concat(),
        [vec![0xfe, 0xff], utf16(REPORT, u16::to_be_bytes)].concat(),
    ] {
        let source = read(&bytes);
        assert_eq!(source.text, REPORT);
        assert!(source.notes.is_empty(), "{:?}", source.notes);
    }
    let traditional = "臺地縣2022年政府資訊公開工作年度報告，全年收到申請64件。";
    assert_eq!(read(&encoded(traditional, encoding_rs::BIG5)).text, traditional);
}

#[test]
fn characters_of_four_bytes_survive_under_the_label_of_the_old_standard() {
    let text = page("gb2312").replace("白榆县", "㙍𠮷县");
    let source = read(&encoded(&text, GB18030));
    assert!(source.text.contains("㙍𠮷县"));
    assert!(source.notes.is_empty(), "{:?}", source.notes);
}

#[test]
fn every_way_to_declare_is_understood_and_no_other() {
    for (head, expected) in [
        ("<meta charset=gbk>", Some("gbk")),
        ("<META CHARSET = 'GB2312' />", Some("GB2312")),
        ("<meta http-equiv=\"Content-Type\" content=\"text/html; charset=big5\">", Some("big5")),
        ("<?xml version=\"1.0\" encoding=\"gb18030\"?>", Some("gb18030")),
        ("<script charset=\"gbk\"></script>", None),
        ("<meta charset=\"no-such\">", None),
        ("charset=gbk", None),
    ] {
        assert_eq!(declared::find(head.as_bytes()).map(|(_, label)| label).as_deref(), expected, "{head}");
    }
}

#[test]
fn a_declaration_that_cannot_be_true_is_overruled_and_said() {
    for (declared, actual, used) in [
        ("utf-8", GB18030, "GB18030"),
        ("gb2312", UTF_8, "UTF-8"),
        ("big5", GB18030, "GB18030"),
        ("iso-8859-1", GB18030, "GB18030"),
    ] {
        let text = page(declared);
        let source = read(&encoded(&text, actual));
        assert_eq!(source.text, text, "{declared}");
        assert_eq!(source.notes, [Note::EncodingOverruled { declared: declared.to_string(), used }]);
        assert_eq!(source.format, Format::Html);
    }
    // A mark before a text of another encoding, as pages put together from pieces have it.
    let source = read(&[b"\xef\xbb\xbf".to_vec(), encoded(REPORT, GB18030)].concat());
    assert_eq!(source.text, REPORT);
    assert!(matches!(source.notes[..], [Note::EncodingOverruled { used: "GB18030", .. }]), "{:?}", source.notes);
}

#[test]
fn a_few_bad_bytes_do_not_change_the_encoding_and_are_counted() {
    for encoding in [UTF_8, GB18030] {
        for declared in [None, Some("utf-8"), Some("gbk")] {
            let text = declared.map_or_else(|| REPORT.repeat(3), page);
            let mut bytes = encoded(&text, encoding);
            let mut cut = encoded("。", encoding);
            cut.pop();
            bytes.extend(cut);
            let source = read(&bytes);
            assert!(source.text.contains("收到政府信息公开申请64件"), "{declared:?} {}", source.text);
            let lost = source.notes.iter().find_map(|n| match n {
                Note::CharactersLost { encoding, lost, .. } => Some((*encoding, *lost)),
                _ => None,
            });
            assert_eq!(lost, Some((name(encoding), 1)), "{declared:?}");
        }
    }
}

#[test]
fn the_user_has_the_last_word() {
    let bytes = encoded(&page("utf-8"), GB18030);
    let forced = |label: &str| Options { encoding: label.parse().ok(), ..Options::default() };
    let source = Source::read(bytes.clone(), "x.html", &forced("gbk")).expect("text");
    assert_eq!((source.text.contains("白榆县"), source.notes.len()), (true, 0));
    let source = Source::read(bytes, "x.html", &forced("utf-8")).expect("text");
    assert!(
        matches!(source.notes[..], [Note::CharactersLost { encoding: "UTF-8", lost: 10.., .. }]),
        "{:?}",
        source.notes
    );
    let error = "gb19030".parse::<Encoding>().expect_err("no such encoding");
    assert!(error.to_string().contains("gb19030"));
}

#[test]
fn nul_bytes_are_blanks_in_a_text_and_a_file_of_them_is_none() {
    let text = REPORT.replacen('，', "\0", 1) + &REPORT.repeat(3);
    let source = read(text.as_bytes());
    assert_eq!(source.text, text.replace('\0', " "));
    let source = read(&encoded(&text, GB18030));
    assert_eq!(source.text, text.replace('\0', " "));
    let binary = |bytes: Vec<u8>| Source::from_bytes(bytes, "x.txt").expect_err("no text");
    assert_eq!(binary(vec![0; 100_000]), SourceError::Binary);
    let mut state = 1_u32;
    let noise = std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    });
    assert_eq!(binary(noise.take(50_000).collect()), SourceError::Binary);
}

#[test]
fn positions_count_in_the_decoded_text() {
    let source = read(&encoded(REPORT, GB18030));
    let at = source.text.find("64").expect("the number");
    let (span, line, column) = source.place(at..at + 2);
    assert_eq!((source.quote(span), line, column), ("64", 3, 13));
}
