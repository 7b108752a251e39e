//! The statistical period and the date of publication, as printed.

use std::sync::LazyLock;

use jiff::civil::Date;
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
        r"([12][0-9]{3})年度?([0-9]{1,2})月([0-9]{1,2})日?(?:起算|起|开始)?(?:统计|计算)?[，,、]?(?:截?至|截?止?到|截至|—|－|-|~|～)(?:([12][0-9]{3})年)?([0-9]{1,2})月([0-9]{1,2})日",
    )
    .expect("a constant expression")
});
static PUBLISHED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?:发布日期|发布时间|公开日期|成文日期|发文日期|日期|时间)[:：\s|]*([12][0-9]{3})[-年/.]([0-9]{1,2})[-月/.]([0-9]{1,2})",
    )
    .expect("a constant expression")
});
static TAG: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?i)<publishtime>\s*([12][0-9]{3})-([0-9]{1,2})-([0-9]{1,2})|name="?pubdate"?\s+content="([12][0-9]{3})-([0-9]{1,2})-([0-9]{1,2})"#)
        .expect("a constant expression")
});

/// The first period that the prose states.
pub(super) fn period(prose: &str) -> Option<(Date, Date)> {
    let found = PERIOD.captures(&prose[first_day(prose)?..])?;
    let start = date(&found, 1, 2, 3)?;
    let end_year = found.get(4).and_then(|y| y.as_str().parse().ok()).unwrap_or(start.year());
    let end = Date::new(end_year, number(&found, 5)?, number(&found, 6)?).ok()?;
    Some((start, end))
}

/// Where the first year with a month after it stands: the expression can match no earlier.
fn first_day(prose: &str) -> Option<usize> {
    let bytes = prose.as_bytes();
    memchr::memmem::find_iter(bytes, "年").find_map(|at| {
        let start = at.checked_sub(4)?;
        let after = &bytes[at + "年".len()..];
        let after = after.strip_prefix("度".as_bytes()).unwrap_or(after);
        let is_year = matches!(bytes[start], b'1' | b'2') && bytes[start..at].iter().all(u8::is_ascii_digit);
        (is_year && after.first().is_some_and(u8::is_ascii_digit)).then_some(start)
    })
}

/// The date of publication that stands in the page's chrome or in its markup.
pub(super) fn published(page: &str, source: &str) -> Option<Date> {
    // Every name of the date ends in 期 or 时间; a page of years without a name has none.
    let in_text = first_name(page).and_then(|at| PUBLISHED.captures(&page[at..])).and_then(|c| date(&c, 1, 2, 3));
    let has_tags = source.contains('<');
    in_text.or_else(|| {
        has_tags.then(|| TAG.captures(source)).flatten().and_then(|c| date(&c, 1, 2, 3).or_else(|| date(&c, 4, 5, 6)))
    })
}

/// Where the first name of a date stands.
fn first_name(page: &str) -> Option<usize> {
    let first = |word: &str| memchr::memmem::find(page.as_bytes(), word.as_bytes());
    let (date, time) = (first("日期"), first("时间"));
    let at = date.into_iter().chain(time).min()?;
    // 发布日期 begins two characters earlier; the last two are a name as well.
    Some(at)
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
        let period = |t| period(t).map(|(a, b)| format!("{a} {b}"));
        assert_eq!(period("统计期限自2022年1月1日起至2022年12月31日止"), Some("2022-01-01 2022-12-31".into()));
        assert_eq!(period("从2019年1月1日到12月31日止"), Some("2019-01-01 2019-12-31".into()));
        assert_eq!(period("2月30日"), None);
        assert_eq!(published("发布日期:\n2023-02-07 10:19", "").map(|d| d.to_string()), Some("2023-02-07".into()));
    }
}
