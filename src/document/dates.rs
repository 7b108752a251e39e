//! The statistical period and the date of publication, as printed.

use std::ops::Range;
use std::sync::LazyLock;

use jiff::civil::Date;
use memchr::memmem;
use regex::{Captures, Regex};

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
static PUBLISHED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\A(?:日期|时间)[:：\s|]*([12][0-9]{3})[-年/.]([0-9]{1,2})[-月/.]([0-9]{1,2})")
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

/// The first period that the prose states, and where.
pub(super) fn period(prose: &str) -> Option<((Date, Date), Range<usize>)> {
    let Some((narrow, places)) = narrowed(prose) else { return period_in(prose) };
    period_in(&narrow).map(|(period, at)| (period, places[at.start]..places[at.end]))
}

/// The text with plain digits in place of those of full width, and where each byte of it and its end stood; none if
/// there are no such digits.
fn narrowed(text: &str) -> Option<(String, Vec<usize>)> {
    const ZERO: u32 = '０' as u32;
    if !text.contains(|c| ('０'..='９').contains(&c)) {
        return None;
    }
    let (mut narrow, mut places) = (String::with_capacity(text.len()), Vec::with_capacity(text.len() + 1));
    for (at, c) in text.char_indices() {
        let digit = u32::from(c).checked_sub(ZERO).and_then(|digit| char::from_digit(digit, 10));
        narrow.push(digit.unwrap_or(c));
        places.resize(narrow.len(), at);
    }
    places.push(text.len());
    Some((narrow, places))
}

fn period_in(prose: &str) -> Option<((Date, Date), Range<usize>)> {
    let (found, from) =
        first_days(prose).find_map(|at| Some((PERIOD.captures(&prose[at..floor(prose, at + LONGEST_PERIOD)])?, at)))?;
    let whole = found.get(0)?.range();
    let start = date(&found, 1, 2, 3)?;
    let end_year = found.get(4).and_then(|y| y.as_str().parse().ok()).unwrap_or(start.year());
    let end = Date::new(end_year, number(&found, 5)?, number(&found, 6)?).ok()?;
    Some(((start, end), from + whole.start..from + whole.end))
}

/// No statement of a period is longer (bytes).
const LONGEST_PERIOD: usize = 150;

fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Where years with a month after them stand: a period begins at one of them.
fn first_days(prose: &str) -> impl Iterator<Item = usize> + '_ {
    let bytes = prose.as_bytes();
    YEAR.find_iter(bytes).filter_map(|at| {
        let start = at.checked_sub(4)?;
        let after = &bytes[at + "年".len()..];
        let after = after.strip_prefix("度".as_bytes()).unwrap_or(after);
        let is_year = matches!(bytes[start], b'1' | b'2') && bytes[start..at].iter().all(u8::is_ascii_digit);
        (is_year && after.first().is_some_and(u8::is_ascii_digit)).then_some(start)
    })
}

/// The date of publication that stands in the page's chrome (with its place) or in its markup.
pub(super) fn published(page: &str, source: &str) -> Option<(Date, Option<Range<usize>>)> {
    let Some((narrow, places)) = narrowed(page) else { return published_in(page, source) };
    published_in(&narrow, source).map(|(date, at)| (date, at.map(|at| places[at.start]..places[at.end])))
}

fn published_in(page: &str, source: &str) -> Option<(Date, Option<Range<usize>>)> {
    // 成文日期, 生效日期 beside 发布日期 are others.
    let is_release = |at: usize| ["发布", "公布", "公开"].iter().any(|w| page[..at].ends_with(w));
    let all: Vec<_> = named(page, &DAY).chain(named(page, &TIME)).collect();
    let first = |released: bool| all.iter().filter(|(at, _)| !released || is_release(*at)).min_by_key(|(at, _)| *at);
    let in_text = first(true).or_else(|| first(false));
    let in_text =
        in_text.and_then(|(at, c)| Some((date(c, 1, 2, 3)?, Some(*at..at + c.get(0).map_or(0, |whole| whole.end())))));
    in_text.or_else(|| {
        let has_tags = memchr::memchr(b'<', source.as_bytes()).is_some();
        let found = has_tags.then(|| TAG.captures(source)).flatten()?;
        Some((date(&found, 1, 2, 3).or_else(|| date(&found, 4, 5, 6))?, None))
    })
}

/// Every date with a name (发布日期, 成文日期 ...) at the head of a page.
pub fn named_dates(page: &str) -> impl Iterator<Item = Date> {
    let head = &page[..floor(page, 3000)];
    named(head, &DAY).chain(named(head, &TIME)).filter_map(|(_, found)| date(&found, 1, 2, 3))
}

/// What stands before 日期 or 时间 where it is no date of the report: that of its data, or of the visit to the page.
const OTHER_DATES: [&str; 15] = [
    "统计", "截止", "截至", "起止", "办理", "所属", "打印", "当前", "访问", "下载", "更新", "现在", "系统", "今天",
    "浏览",
];

/// Named dates: 发布日期, 发布时间 and the others all end in one of two words.
fn named<'t>(page: &'t str, name: &'static memmem::Finder<'static>) -> impl Iterator<Item = (usize, Captures<'t>)> {
    // 统计时间：2022年1月1日 is no date of publication.
    let is_other = |at: &usize| OTHER_DATES.iter().any(|w| page[..*at].ends_with(w));
    name.find_iter(page.as_bytes())
        .filter(move |at| is_before_year(&page[at + name.needle().len()..]))
        .filter_map(|at| Some((at, PUBLISHED.captures(&page[at..])?)))
        .filter(move |(at, _)| !is_other(at))
}

/// A quick look whether a year may follow a name.
fn is_before_year(after: &str) -> bool {
    let is_between = |c: char| matches!(c, ':' | '：' | '|') || c.is_whitespace();
    after.trim_start_matches(is_between).starts_with(['1', '2'])
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
        assert_eq!(published("统计时间：2022年1月1日至2022年12月31日", "").map(|(d, _)| d.to_string()), None);
        let released = |t| published(t, "").map(|(d, _)| d.to_string());
        assert_eq!(released("生效日期：2022-01-01 发布日期：2023-02-07"), Some("2023-02-07".into()));
        assert_eq!(released("打印时间：2023-09-15"), None);
        assert_eq!(published("发布日期:\n2023-02-07 10:19", "").map(|(d, _)| d.to_string()), Some("2023-02-07".into()));
    }
}
