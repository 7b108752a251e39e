//! What looks like a number and is none.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem;

use crate::dictionary::{NumberWords, UnitClass};

/// Bytes looked at on either side of a number for a fixed phrase.
const PHRASE_WINDOW: usize = 48;

/// Why digits count nothing, as the end of what to skip.
pub(super) fn skip(text: &str, digits: &Range<usize>, words: &NumberWords) -> Option<usize> {
    let (before, after) = (&text[..digits.start], &text[digits.end..]);
    let printed = &text[digits.clone()];
    let previous = before.chars().next_back();
    let next = after.chars().next();
    // The character beside it was lost when the file was decoded, and may have been a digit.
    if previous == Some(char::REPLACEMENT_CHARACTER) || next == Some(char::REPLACEMENT_CHARACTER) {
        return Some(digits.end);
    }
    // 邮政EMS7件 is a count all the same.
    let unit = words.unit(after);
    let is_case = unit.is_some_and(|(_, class)| class == UnitClass::Case);
    if is_plain(previous) && is_plain(next) {
        return named(before, after, printed, digits.end, (words, unit.map(|(_, class)| class)));
    }
    let letter_before = previous.filter(|c| !(is_case && c.is_ascii_alphabetic()));
    identifier(text, digits, letter_before, next)
        .or_else(|| ordinal(previous, next, digits.end))
        .or_else(|| clock_or_date(text, digits, previous))
        .or_else(|| list_marker(before, after, printed, digits.end))
        .or_else(|| named(before, after, printed, digits.end, (words, unit.map(|(_, class)| class))))
}

/// Whether a character beside a number is Chinese and makes it neither an ordinal nor a date: most are so.
fn is_plain(beside: Option<char>) -> bool {
    is_han(beside) && !matches!(beside, Some('第' | '年' | '月' | '日'))
}

/// Letters and digits in one word, addresses, telephone numbers: 5G, 365bet, 1+X, 0591-2316, www.x.cn/2022.
fn identifier(text: &str, digits: &Range<usize>, previous: Option<char>, next: Option<char>) -> Option<usize> {
    let joins =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '/' | '.' | ':' | '@' | '+' | '=' | '&' | '?');
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '_' | '@'));
    let glue = |c: Option<char>| c.is_some_and(|c| matches!(c, '+' | '×' | '＋' | 'X' | 'x' | '*'));
    let run_end = || digits.end + text[digits.end..].find(|c: char| !joins(c)).unwrap_or(text.len() - digits.end);
    if letter(previous) || letter(next) || glue(next) || glue(previous) {
        return Some(run_end());
    }
    // A word with letters before a slash, a dot or a hyphen: stcsm.sh.gov.cn/2024, GB-2312, 014314799/2024-00002.
    if previous.is_some_and(|c| matches!(c, '/' | '=' | '&' | '-' | '.')) {
        let head = text[..digits.start].trim_end_matches(joins);
        let run = &text[head.len()..digits.start];
        if run.chars().any(|c| c.is_ascii_alphabetic()) || run.len() > 4 {
            return Some(run_end());
        }
    }
    // 0578-6123456 and the like.
    let tail = &text[digits.end..];
    let dashed = tail.strip_prefix('-').or_else(|| tail.strip_prefix('－')).or_else(|| tail.strip_prefix('—'));
    let following = dashed.map_or(0, |t| t.bytes().take_while(u8::is_ascii_digit).count());
    if following >= 6 || (following >= 4 && text[digits.clone()].starts_with('0')) {
        return Some(digits.end + (tail.len() - dashed.map_or(0, str::len)) + following);
    }
    None
}

fn ordinal(previous: Option<char>, next: Option<char>, end: usize) -> Option<usize> {
    let is_bracketed = previous.is_some_and(|c| matches!(c, '〔' | '〕' | '[' | ']' | '【'))
        || next.is_some_and(|c| matches!(c, '〕' | ']'));
    (previous == Some('第') || is_bracketed).then_some(end)
}

/// Times of day and dates, also those whose 年, 月 or 日 a crawl lost.
fn clock_or_date(text: &str, digits: &Range<usize>, previous: Option<char>) -> Option<usize> {
    let after = &text[digits.end..];
    let printed = &text[digits.clone()];
    let len = printed.len();
    let number_at = |t: &str| t.bytes().take_while(u8::is_ascii_digit).count();
    if let Some(rest) = after.strip_prefix([':', '：']) {
        let minutes = number_at(rest);
        if len <= 2 && minutes == 2 {
            let end = digits.end + (after.len() - rest.len()) + minutes;
            let seconds = text[end..].strip_prefix([':', '：']).filter(|rest| number_at(rest) == 2);
            return Some(seconds.map_or(end, |rest| text.len() - rest.len() + 2));
        }
    }
    // 2023-02-07, 2023.2.7, 2023/02/07
    if len == 4 {
        for separator in ['-', '/', '.', '－'] {
            let Some(rest) = after.strip_prefix(separator) else { continue };
            let month = number_at(rest);
            let Some(day) = rest[month..].strip_prefix(separator) else { continue };
            if (1..=2).contains(&month) && (1..=2).contains(&number_at(day)) {
                return Some(text.len() - day.len() + number_at(day));
            }
        }
    }
    let is_dotted_tail = previous == Some('.') && len <= 2;
    if is_dotted_tail && after.starts_with('.') {
        return Some(digits.end);
    }
    let lost_marks = len >= 5 && printed.starts_with("20") && after.starts_with(['年', '月', '日']);
    let month = len <= 2 && after.starts_with('月') && printed.parse::<u8>().is_ok_and(|m| (1..=12).contains(&m));
    let day = len <= 2
        && after.starts_with('日')
        && (previous == Some('月') || previous.is_some_and(|c| matches!(c, '至' | '-' | '—')));
    (lost_marks || month || day).then_some(digits.end)
}

/// No heading has more items than this.
const MOST_ITEMS: u32 = 20;

/// `1.`, `2、`, `(3)` at the beginning of an item.
fn list_marker(before: &str, after: &str, printed: &str, end: usize) -> Option<usize> {
    if printed.chars().count() > 2 || printed.contains('.') {
        return None;
    }
    let mark = after.chars().next().filter(|c| matches!(c, '.' | '、' | '．' | '）' | ')'))?;
    let then = after[mark.len_utf8()..].chars().next();
    let is_bracketed = matches!(mark, '）' | ')');
    let edge = before.chars().next_back();
    let begins = match edge {
        None => true,
        Some('（' | '(') => is_bracketed,
        Some('\n' | '。') => true,
        Some('；' | ';' | '：' | ':' | '！' | ' ' | '…' | '”') => !is_bracketed,
        // 不予公开1.属于国家秘密: a heading ran into its first item.
        Some(c) => {
            let counts = matches!(c, '为' | '共' | '计' | '达' | '有' | '是' | '约' | '到' | '了' | '申' | '请');
            let is_item = printed.parse().is_ok_and(|number: u32| number <= MOST_ITEMS);
            [Some(c), then].into_iter().all(is_han) && matches!(mark, '.' | '．') && is_item && !counts
        }
    };
    let rest = &after[mark.len_utf8()..];
    let ends = then.is_none_or(|c| !c.is_ascii_digit()) || is_year(rest);
    (begins && ends).then_some(end + mark.len_utf8())
}

fn is_han(character: Option<char>) -> bool {
    character.is_some_and(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

/// Whether a text begins with a year, as behind the number of an item: 2.2022年.
pub(super) fn is_year(text: &str) -> bool {
    let mut chars = text.chars();
    let is_digit = |c: char| matches!(c, '0'..='9' | '０'..='９');
    text.starts_with(['1', '2', '１', '２']) && chars.by_ref().take(4).all(is_digit) && chars.next() == Some('年')
}

fn named(
    before: &str,
    after: &str,
    printed: &str,
    end: usize,
    (words, unit): (&NumberWords, Option<UnitClass>),
) -> Option<usize> {
    let is_quoted = before.ends_with(['“', '"', '‘']) && after.starts_with(['”', '"', '’']);
    let is_hotline = words.is_hotline(printed) && unit.is_none();
    let is_mobile = printed.len() == 11 && printed.starts_with('1') && unit.is_none();
    // 传真2件、信函20件: ways of applying, not their numbers.
    let is_counted = matches!(unit, Some(UnitClass::Case | UnitClass::Item | UnitClass::Times | UnitClass::People));
    let is_named = !is_counted && words.identifies_after(before) || words.identifies_before(after);
    (is_quoted || is_hotline || is_mobile || is_named).then_some(end)
}

/// Whether a number stands inside a fixed phrase or a title in 《》.
pub(super) fn in_phrase(text: &str, at: &Range<usize>, words: &NumberWords) -> bool {
    let mut from = at.start.saturating_sub(PHRASE_WINDOW);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let mut to = (at.end + PHRASE_WINDOW).min(text.len());
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    words.phrases(&text[from..to]).any(|p| from + p.start < at.end && at.start < from + p.end)
}

/// Titles in 《》 are not longer than this (bytes).
const LONGEST_TITLE: usize = 300;

/// Where the titles in 《》 stand, read along with the lexer: every byte is looked at once.
#[derive(Debug, Default)]
pub(super) struct Titles {
    /// How far the text was read.
    read: usize,
    /// Whether a title is open there.
    is_open: bool,
    /// Where the next title opens that was not read yet, once it was looked for; the end of the text if none does.
    next: Option<usize>,
}

static OPENING: LazyLock<memmem::Finder<'static>> = LazyLock::new(|| memmem::Finder::new("《"));

impl Titles {
    /// The end of the title in 《》 around a position, if it stands in one. Positions must not go back.
    pub(super) fn end(&mut self, text: &str, at: usize) -> Option<usize> {
        let bytes = text.as_bytes();
        while self.read < at {
            let read = self.read;
            if self.is_open {
                let unread = &bytes[read..at];
                let mut marks = memchr::memchr2_iter(b'\n', 0xe3, unread);
                let close = marks.find(|mark| matches!(unread[*mark..], [b'\n', ..] | [0xe3, 0x80, 0x8b, ..]));
                self.is_open = close.is_none();
                self.read = close.map_or(at, |close| read + close + 1);
            } else {
                // Nothing between two titles matters.
                let find = || OPENING.find(&bytes[read..]).map_or(bytes.len(), |next| read + next);
                let next = self.next.filter(|next| *next >= read).unwrap_or_else(find);
                self.next = Some(next);
                self.is_open = next < at;
                self.read = if self.is_open { next + 1 } else { at };
            }
        }
        if !self.is_open {
            return None;
        }
        let mut to = (at + LONGEST_TITLE).min(text.len());
        while !text.is_char_boundary(to) {
            to -= 1;
        }
        let rest = &text[at..to];
        let close = rest.find('》')?;
        (!rest[..close].contains('\n')).then_some(at + close + '》'.len_utf8())
    }
}
