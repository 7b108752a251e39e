//! Why something could not be read, in the language of the message. The stages and the libraries below them say it in
//! short English phrases; those known here are said in both languages, any other stands as a quotation.

use super::{Lang, say};

/// Phrases of the readers, of the libraries and of the system; `#` stands for a number.
const PHRASES: [(&str, &str); 45] = [
    ("its reader gave up", "读取程序中途放弃"),
    ("its reader broke off", "读取程序中途停止"),
    ("the reader failed", "读取程序出错"),
    ("it is nested too deep for its reader", "嵌套过深"),
    ("it holds no page", "其中没有网页"),
    ("it holds no workbook", "其中没有工作簿"),
    ("it ends in the middle", "内容在中途结束"),
    ("the document ends in the middle", "内容在中途结束"),
    ("it is missing", "文件中缺少这一部分"),
    ("a document of another format inside the document", "是嵌在文档中的另一种格式的文档"),
    ("the file ends before its end mark", "文件在结尾标记之前就结束了"),
    ("a table runs over the edge of the page, digits are cut off", "表格超出页边，数字被截去"),
    ("no pages", "其中没有页面"),
    ("no members", "其中没有文件"),
    ("no directory at its end", "末尾缺少目录"),
    ("no name", "没有名称"),
    ("no text", "不是文本"),
    ("a row is too long", "有一行过长"),
    ("no record begins where one is due", "该有记录的位置没有记录"),
    ("a header is too long", "有一个头部字段过长"),
    ("the headers of a record are too long", "有一条记录的头部过长"),
    ("a record does not say how long it is", "有一条记录没有写明长度"),
    ("the limit of expansion is met", "展开倍数达到上限"),
    ("more than # table cells", "表格单元格超过#个"),
    ("more than # tables or text boxes inside each other", "表格或文本框嵌套超过#层"),
    // The system and the standard library.
    ("No such file or directory (os error #)", "没有这个文件"),
    ("entity not found", "没有这个文件"),
    ("Permission denied (os error #)", "没有读取权限"),
    ("permission denied", "没有读取权限"),
    ("Is a directory (os error #)", "这是目录"),
    ("Not a directory (os error #)", "上级路径不是目录"),
    ("Too many levels of symbolic links (os error #)", "链接绕成了圈"),
    ("Input/output error (os error #)", "磁盘读取出错"),
    ("unexpected end of file", "内容在中途结束"),
    ("unexpected EOF", "内容在中途结束"),
    ("failed to fill whole buffer", "内容在中途结束"),
    // What archives and dumps are damaged by most.
    ("corrupt deflate stream", "压缩数据已损坏"),
    ("corrupt gzip stream does not have a matching checksum", "压缩数据的校验和不符"),
    ("invalid gzip header", "不是 gzip 数据"),
    ("Invalid checksum", "校验和不符"),
    ("expected value", "应有一个值"),
    ("invalid type: sequence, expected an object", "这是数组，不是对象"),
    ("trailing characters", "对象之后还有别的字符"),
    ("EOF while parsing a string", "字符串没有结束"),
    ("EOF while parsing an object", "对象没有结束"),
];

/// Why something could not be read: in the language of the message, or in the words of whoever said it.
#[must_use]
pub fn reason(why: &str, lang: Lang) -> String {
    if let Some((error, records)) = why.rsplit_once(", after ").filter(|(_, rest)| rest.ends_with(" records")) {
        let records = records.trim_end_matches(" records");
        return say!(
            lang,
            "{}，此前已读{records}条记录",
            "{}, after {records} records",
            reason(error, lang),
            records = records
        );
    }
    if let Some(part) = why.strip_suffix(" is not in it") {
        return say!(lang, "其中缺少 {part}", "{part} is not in it", part = part);
    }
    match (known(why), lang) {
        (Some(zh), Lang::Zh) => zh,
        (Some(_), Lang::En) => why.to_string(),
        (None, _) => say!(lang, "读取程序的原话：“{why}”", "in the words of its reader: “{why}”", why = why),
    }
}

/// The part of a document that was not read.
#[must_use]
pub fn part(name: &str, lang: Lang) -> String {
    match (name.strip_prefix("page "), lang) {
        (Some(pages), Lang::Zh) => format!("第{}页", pages.replace(", ", "、")),
        (None, _) if name == "%%EOF" => say!(lang, "文件末尾", "the end of the file"),
        _ => name.to_string(),
    }
}

fn known(why: &str) -> Option<String> {
    let is_digit = |c: char| c.is_ascii_digit();
    let mut template = String::new();
    let mut last = ' ';
    for c in why.chars() {
        match (is_digit(c), is_digit(last)) {
            (true, true) => {}
            (true, false) => template.push('#'),
            (false, _) => template.push(c),
        }
        last = c;
    }
    let (_, zh) = PHRASES.iter().find(|(english, _)| *english == template)?;
    let mut numbers = why.split(|c| !is_digit(c)).filter(|number| !number.is_empty());
    Some(
        zh.chars()
            .map(|c| if c == '#' { numbers.next().unwrap_or_default().to_string() } else { c.to_string() })
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_whole_in_their_language() {
        for (why, zh, en) in [
            ("it holds no page", "其中没有网页", "it holds no page"),
            ("more than 300000 table cells", "表格单元格超过300000个", "more than 300000 table cells"),
            ("Permission denied (os error 13)", "没有读取权限", "Permission denied (os error 13)"),
            (
                "unexpected end of file, after 3 records",
                "内容在中途结束，此前已读3条记录",
                "unexpected end of file, after 3 records",
            ),
            ("bad xref", "读取程序的原话：“bad xref”", "in the words of its reader: “bad xref”"),
        ] {
            assert_eq!(reason(why, Lang::Zh), zh);
            assert_eq!(reason(why, Lang::En), en);
        }
        assert_eq!(part("page 1, 3", Lang::Zh), "第1、3页");
    }
}
