//! The statistical period and the date of publication, as printed.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use jiff::civil::Date;
use memchr::memmem;
use regex::{Captures, Regex};

/// First and last day of the statistical period.
type Period = (Date, Date);

/// Dates of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Dates {
    /// First and last day of the statistical period.
    pub period: Option<(Date, Date)>,
    /// Date of publication.
    pub published: Option<Date>,
}

// The expressions are constants that a test compiles.
static PERIOD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"\A([12][0-9]{3})年度?([0-9]{1,2})月([0-9]{1,2})日?(?:起算|起|开始)?(?:统计|计算)?[，,、]?(?:截?至|截?止?到|截至|—|－|-|~|～)(?:([12][0-9]{3})年)?([0-9]{1,2})月([0-9]{1,2})日",
    )
    .expect("a constant expression")
});
static TAG: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?i)<publishtime>\s*([12][0-9]{3})-([0-9]{1,2})-([0-9]{1,2})|name="?pubdate"?\s+content="([12][0-9]{3})-([0-9]{1,2})-([0-9]{1,2})"#)
        .expect("a constant expression")
});

/// The words that names of dates end in.
static DAY: LazyLock<memmem::Finder<'static>> = LazyLock::new(|| memmem::Finder::new("日期"));
static TIME: LazyLock<memmem::Finder<'static>> = LazyLock::new(|| memmem::Finder::new("时间"));
static YEAR: LazyLock<memmem::Finder<'static>> = LazyLock::new(|| memmem::Finder::new("年"));

/// No statement of a period is longer (bytes, its digits plain).
const LONGEST_PERIOD: usize = 150;

/// The first period that the prose states, and where.
pub(super) fn period(prose: &str) -> Option<(Period, Range<usize>)> {
    // A first period with a date that the calendar has not is the report's all the same.
    let (dates, at) = first_days(prose).find_map(|from| period_at(prose, from))?;
    Some((dates?, at))
}

/// The period that begins at a year, and where it stands; no days if the calendar does not have them.
fn period_at(prose: &str, from: usize) -> Option<(Option<Period>, Range<usize>)> {
    // A digit of full width takes three bytes.
    let stated = &prose[from..floor(prose, from + 3 * LONGEST_PERIOD)];
    let narrow = narrowed(stated);
    let found = PERIOD.captures(&narrow[..floor(&narrow, LONGEST_PERIOD)])?;
    let length = found.get(0).map_or(0, |whole| length_before(stated, &narrow, whole.end()));
    let dates = || {
        let start = date(&found, 1, 2, 3)?;
        let end_year = found.get(4).and_then(|y| y.as_str().parse().ok()).unwrap_or(start.year());
        let end = Date::new(end_year, number(&found, 5)?, number(&found, 6)?).ok()?;
        Some((start, end))
    };
    Some((dates(), from..from + length))
}

/// Where years with a month after them stand: a period begins at one of them.
fn first_days(prose: &str) -> impl Iterator<Item = usize> + '_ {
    let bytes = prose.as_bytes();
    YEAR.find_iter(bytes).filter_map(|at| {
        let after = &bytes[at + "年".len()..];
        let after = after.strip_prefix("度".as_bytes()).unwrap_or(after);
        digit(after)?;
        let year = (0..4).try_fold(at, |end, _| digit_before(&bytes[..end]))?;
        matches!(digit(&bytes[year..]), Some((1 | 2, _))).then_some(year)
    })
}

/// The digit that a text begins with, plain or of full width, and its length.
fn digit(bytes: &[u8]) -> Option<(i8, usize)> {
    match bytes {
        [plain @ b'0'..=b'9', ..] => Some(((plain - b'0') as i8, 1)),
        [0xef, 0xbc, wide @ 0x90..=0x99, ..] => Some(((wide - 0x90) as i8, '０'.len_utf8())),
        _ => None,
    }
}

/// Where the digit that a text ends with begins.
fn digit_before(bytes: &[u8]) -> Option<usize> {
    match bytes {
        [before @ .., b'0'..=b'9'] | [before @ .., 0xef, 0xbc, 0x90..=0x99] => Some(before.len()),
        _ => None,
    }
}

/// The text with plain digits in place of those of full width.
fn narrowed(text: &str) -> Cow<'_, str> {
    if memchr::memchr(0xef, text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let plain = |c: char| u32::from(c).checked_sub('０'.into()).and_then(|digit| char::from_digit(digit, 10));
    text.chars().map(|c| plain(c).unwrap_or(c)).collect()
}

/// How many bytes of a text stand for so many bytes of it with plain digits.
fn length_before(text: &str, narrow: &str, length: usize) -> usize {
    text.chars().zip(narrow[..length].chars()).map(|(c, _)| c.len_utf8()).sum()
}

fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The date of publication that stands in the page's chrome (with its place) or in its markup.
pub(super) fn published(page: &str, source: &str) -> Option<(Date, Option<Range<usize>>)> {
    // 成文日期, 生效日期 beside 发布日期 are others.
    let is_release = |named: &&Named| ["发布", "公布", "公开"].iter().any(|w| page[..named.at].ends_with(w));
    let all: Vec<Named> = named(page, &DAY).chain(named(page, &TIME)).collect();
    let first = all.iter().filter(is_release).min_by_key(|n| n.at).or_else(|| all.iter().min_by_key(|n| n.at));
    let in_text = first.and_then(|named| Some((named.date()?, Some(named.at..named.end))));
    in_text.or_else(|| {
        let has_tags = memchr::memchr(b'<', source.as_bytes()).is_some();
        let found = has_tags.then(|| TAG.captures(source)).flatten()?;
        Some((date(&found, 1, 2, 3).or_else(|| date(&found, 4, 5, 6))?, None))
    })
}

/// Every date with a name (发布日期, 成文日期 ...) at the head of a page.
pub fn named_dates(page: &str) -> impl Iterator<Item = Date> {
    let head = &page[..floor(page, 3000)];
    named(head, &DAY).chain(named(head, &TIME)).filter_map(|named| named.date())
}

/// What stands before 日期 or 时间 where it is no date of the report: that of its data, or of the visit to the page.
const OTHER_DATES: [&str; 15] = [
    "统计", "截止", "截至", "起止", "办理", "所属", "打印", "当前", "访问", "下载", "更新", "现在", "系统", "今天",
    "浏览",
];

/// A date with a name, as printed: from the last word of the name to the day.
struct Named {
    at: usize,
    end: usize,
    year: i16,
    month: i8,
    day: i8,
}

impl Named {
    /// The date, if the calendar has it.
    fn date(&self) -> Option<Date> {
        Date::new(self.year, self.month, self.day).ok()
    }

    /// The date behind the word of a name at a place: 日期：2022-02-07, 时间 | 2022年2月7日.
    fn read(page: &str, at: usize, name: &str) -> Option<Named> {
        let is_between = |c: char| matches!(c, ':' | '：' | '|') || c.is_whitespace();
        let mut rest = page[at + name.len()..].trim_start_matches(is_between);
        let mut take = |most: usize, separators: &[char]| -> Option<i16> {
            let (mut number, mut taken) = (0, 0);
            while taken < most
                && let Some((digit, length)) = digit(rest.as_bytes())
            {
                number = number * 10 + i16::from(digit);
                rest = &rest[length..];
                taken += 1;
            }
            if !separators.is_empty() {
                rest = rest.strip_prefix(separators)?;
            }
            (taken > 0).then_some(number)
        };
        let year = take(4, &['-', '年', '/', '.']).filter(|year| (1000..3000).contains(year))?;
        let month = take(2, &['-', '月', '/', '.'])? as i8;
        let day = take(2, &[])? as i8;
        Some(Named { at, end: page.len() - rest.len(), year, month, day })
    }
}

/// Named dates: 发布日期, 发布时间 and the others all end in one of two words.
fn named<'t>(page: &'t str, name: &'static memmem::Finder<'static>) -> impl Iterator<Item = Named> + 't {
    // 统计时间：2022年1月1日 is no date of publication.
    let is_other = |at: usize| OTHER_DATES.iter().any(|w| page[..at].ends_with(w));
    let word = std::str::from_utf8(name.needle()).unwrap_or_default();
    name.find_iter(page.as_bytes())
        .filter_map(move |at| Named::read(page, at, word))
        .filter(move |named| !is_other(named.at))
}

fn number(found: &Captures<'_>, group: usize) -> Option<i8> {
    found.get(group)?.as_str().parse().ok()
}

fn date(found: &Captures<'_>, year: usize, month: usize, day: usize) -> Option<Date> {
    Date::new(found.get(year)?.as_str().parse().ok()?, number(found, month)?, number(found, day)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_and_dates_are_read() {
        let period = |t| period(t).map(|((a, b), _)| format!("{a} {b}"));
        assert_eq!(period("统计期限自2022年1月1日起至2022年12月31日止"), Some("2022-01-01 2022-12-31".into()));
        assert_eq!(period("从2019年1月1日到12月31日止"), Some("2019-01-01 2019-12-31".into()));
        assert_eq!(period("自２０２２年１月１日起至２０２２年１２月31日止"), Some("2022-01-01 2022-12-31".into()));
        assert_eq!(period("2月30日"), None);
        assert_eq!(period("2022年1月1日至2022年2月30日，2022年1月1日至2022年12月31日"), None);
        assert_eq!(published("统计时间：2022年1月1日至2022年12月31日", "").map(|(d, _)| d.to_string()), None);
        let released = |t| published(t, "").map(|(d, _)| d.to_string());
        assert_eq!(released("生效日期：2022-01-01 发布日期：2023-02-07"), Some("2023-02-07".into()));
        assert_eq!(released("打印时间：2023-09-15"), None);
        assert_eq!(published("发布日期:\n2023-02-07 10:19", "").map(|(d, _)| d.to_string()), Some("2023-02-07".into()));
    }
}
