use super::super::page::LineKind;
use super::super::{Format, Source};

fn rows(html: &str) -> Vec<Vec<String>> {
    let source = Source::new(html.to_string(), Format::Html);
    let page = source.page();
    page.lines
        .iter()
        .filter(|l| matches!(l.kind, LineKind::Row(_)))
        .map(|l| {
            page.cells[l.cells.start as usize..l.cells.end as usize].iter().map(|c| page.slice(c).to_string()).collect()
        })
        .collect()
}

#[test]
fn digits_split_over_tags_are_one_text_and_keep_their_place() {
    let source = Source::new("<p>共<b>1</b><span>2</span>件&nbsp;&lt;</p>".into(), Format::Html);
    let page = source.page();
    let at = page.text.find("12").unwrap_or_default();
    assert_eq!(source.quote(page.span(&source, at..at + 2)), "1</b><span>2");
    let lt = page.text.find('<').unwrap_or_default();
    assert_eq!(source.quote(page.span(&source, lt..lt + 1)), "&lt;");
}

#[test]
fn unclosed_cells_and_rows_are_read() {
    assert_eq!(rows("<TABLE><TR><TD>a<TD>1<TR><TD>b<TD>&nbsp;</TABLE>"), [["a", "1"], ["b", ""]]);
}

#[test]
fn a_layout_table_becomes_text() {
    let html = "<table><tr><td>菜单<table><tr><td>规章</td><td>0</td></tr></table>正文</td></tr></table>";
    assert_eq!(rows(html), [["规章", "0"]]);
}

#[test]
fn a_bare_less_than_sign_is_text() {
    let source = Source::new("<p>1 < 2 & 3</p>".into(), Format::Html);
    assert_eq!(source.page().text.trim(), "1 < 2 & 3");
}

#[test]
fn scripts_are_not_read() {
    let source = Source::new("<p>a</p><script>if (1<2) {}</script><p>b</p>".into(), Format::Html);
    assert_eq!(source.page().text.replace('\n', ""), "ab");
}
