//! What one line is by itself: the number of a page, a header, a label with its numbers, the beginning of an item.

use std::ops::Range;

use super::glued;
use super::headings::{compacted, is_longer, is_minor};
use crate::dictionary::{Headers, Labels, bare_label};

/// Lines longer than this (bytes) are searched for headings inside them.
pub(super) const LONG_LINE: usize = 120;
/// Table text is not longer than this (characters) in one line.
pub(super) const LONGEST_TABLE_TEXT: usize = 60;
/// A label with a note is no longer than this without it (characters).
const LONGEST_NOTED_LABEL: usize = 16;

/// The length of a line in bytes, of the spaces that set columns apart only one counted.
pub(super) fn length(line: &str) -> usize {
    let length = line.len();
    if length <= LONG_LINE || memchr::memmem::find(line.as_bytes(), b"  ").is_none() {
        return length;
    }
    line.split_ascii_whitespace().map(|word| word.len() + 1).sum::<usize>().saturating_sub(1)
}

/// A line that begins a new item does not go on the line before.
pub(super) fn starts_item(line: &str) -> bool {
    line.starts_with(['（', '(']) && is_minor(line)
        || line.starts_with("一是")
        || line.starts_with("●")
        || line.starts_with("- ")
        || is_numbered(line)
}

/// 四、结转下年度继续办理; 2.制发规范性文件; not 2.5万元.
fn is_numbered(line: &str) -> bool {
    let digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let numerals = line.trim_start_matches(['一', '二', '三', '四', '五', '六', '七', '八', '九', '十']);
    let is_short = |rest: &str| (1..=6).contains(&(line.len() - rest.len()));
    let by_digits = (1..=2).contains(&(line.len() - digits.len()))
        && digits.strip_prefix(['.', '．', '、']).is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()));
    by_digits || is_short(numerals) && numerals.starts_with('、') || is_in_brackets(line)
}

/// （七）总计; not the （八）项 of an article.
fn is_in_brackets(line: &str) -> bool {
    let Some((number, rest)) = line.strip_prefix(['（', '(']).and_then(|rest| rest.split_once(['）', ')'])) else {
        return false;
    };
    let is_numeral = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    !number.is_empty()
        && number.chars().all(is_numeral)
        && !rest.starts_with(['项', '款', '条', '目', '、', '至', '和', '，'])
}

#[inline]
pub(super) fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let slice = &text[range.clone()];
    // Lines and cells of a page mostly come trimmed, and visible ASCII and Chinese characters are no white space.
    let is_solid = |byte: u8| matches!(byte, 0x21..=0x7e | 0xe4..=0xe9);
    let is_kept = match slice.as_bytes() {
        [first, .., last] if is_solid(*first) && matches!(last, 0x21..=0x7e) => true,
        [first, .., 0xe4..=0xe9, _, _] if is_solid(*first) => true,
        [only] => is_solid(*only),
        _ => !slice.starts_with(char::is_whitespace) && !slice.ends_with(char::is_whitespace),
    };
    if is_kept {
        return range;
    }
    let left = slice.len() - slice.trim_start().len();
    range.start + left..range.start + left + slice.trim().len()
}

/// Whether a number stands on both sides of what may be a page number: it may be digits of that number as well, and
/// what the three lines say is not known.
pub(super) fn is_inside_number(before: &str, after: &str) -> bool {
    let is_part = |c: char| {
        is_value(c.encode_utf8(&mut [0; 4])) && c != '件' || "〇零一二两三四五六七八九十百千万亿%％.．".contains(c)
    };
    before.trim_end().ends_with(is_part) && after.starts_with(is_part)
}

/// What stands around the number of a page.
pub(super) const AROUND_PAGE: [char; 9] = ['—', '-', '－', '–', '_', '―', '·', '第', '页'];

pub(super) fn is_page_number(line: &str) -> bool {
    if !line.starts_with(|c: char| c.is_ascii_digit() || AROUND_PAGE.contains(&c)) {
        return false;
    }
    // 第3页共9页
    let line = match line.split_once("页") {
        Some((page, of)) if of.trim_matches(['共', '页', '，', ',', '/']).bytes().all(|b| b.is_ascii_digit()) => {
            page
        }
        _ => line,
    };
    let digits = line.trim_matches(AROUND_PAGE);
    !digits.is_empty() && digits.len() <= 3 && digits.bytes().all(|b| b.is_ascii_digit())
}

/// A header word, alone or several in a row.
pub(super) fn is_header_line(line: &str, headers: &Headers) -> bool {
    headers.is_header(line)
        || line.starts_with("信息内容")
        || line.starts_with("申请人情况")
        || line.contains("勾稽关系")
        || line.starts_with("行政复议行政诉讼")
        || line.starts_with("行政诉讼行政复议")
}

/// 第二十条第（一）项 and nothing else.
pub(super) fn is_item_of_article(line: &str) -> bool {
    let rest = line.strip_prefix("第二十条第").and_then(|rest| rest.strip_suffix('项'));
    rest.is_some_and(|rest| !rest.is_empty() && rest.chars().all(|c| matches!(c, '（' | '）' | '(' | ')' | '一')))
}

/// A number, a blank mark or a run of them.
pub(super) fn is_value(line: &str) -> bool {
    line.chars().all(|c| {
        c.is_ascii_digit()
            || ('０'..='９').contains(&c)
            || matches!(c, '.' | ',' | '-' | '+' | '/' | '|' | '—' | '－' | '＋' | '元' | '万' | '件')
    })
}

/// The label before the numbers of a line.
pub(super) fn label_part(line: &str) -> &str {
    line.trim_end_matches(|c: char| {
        c.is_ascii_digit() || c.is_whitespace() || matches!(c, '.' | ',' | '-' | '+' | '/' | '|')
    })
}

pub(super) fn is_labelled(line: &str, labels: &Labels) -> bool {
    let label = label_part(line);
    if has_clauses(label) {
        // 1.申请人无正当理由逾期不补正，行政机关不再处理其政府信息公开申请; but 行政许可，300 is a list.
        return !label.ends_with(['，', '；', ',', ';']) && labels.whole(label).is_some();
    }
    // 行政许可,300
    if line[label.len()..].starts_with(',') {
        return false;
    }
    !label.is_empty()
        && !is_longer(&compacted(label), LONGEST_TABLE_TEXT)
        && (labels.row(label).is_some() || labels.row(glued::numbered_part(label)).is_some())
}

/// Whether a long cell is a short label with a note in brackets on what is to be counted.
pub(super) fn is_label_with_note(text: &str) -> bool {
    let bare = bare_label(text);
    text.ends_with(['）', ')']) && !bare.is_empty() && !is_longer(&bare, LONGEST_NOTED_LABEL)
}

/// Whether a comma or a full stop stands outside brackets: a sentence, no label.
fn has_clauses(line: &str) -> bool {
    let mut depth = 0_i32;
    line.chars().any(|c| {
        depth += i32::from(matches!(c, '（' | '(')) - i32::from(matches!(c, '）' | ')'));
        depth <= 0 && matches!(c, '，' | '。' | '；' | ',' | ';')
    })
}
