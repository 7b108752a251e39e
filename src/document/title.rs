//! The title line, and what it says: the organ and the year.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use memchr::{memchr3, memmem};

use super::build::floor;
use super::dates;
use super::headings::{compacted, find as place_of, holds, of_line};
use super::organ::{Organ, OrganKind, kind};
use crate::dictionary::{Naming, Sections};
use crate::source::{LineKind, Page};

/// The years that a text names: 2022, 二〇二二.
fn years(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        // Every year begins with one of these, and no character goes on with one.
        while let Some(next) = memchr3(b'1', b'2', 0xe4, &text.as_bytes()[at..]) {
            let start = at + next;
            let length = year_at(&text[start..]).filter(|length| stands_alone(text, start..start + length));
            at = start + length.unwrap_or(1);
            if length.is_some() {
                return Some(start..at);
            }
        }
        None
    })
}

/// Whether no digit goes on with a year on either side: 620702074 is the number of a page.
fn stands_alone(text: &str, year: Range<usize>) -> bool {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    !is_digit(year.end) && !year.start.checked_sub(1).is_some_and(is_digit)
}

/// The length of the year that a text begins with.
fn year_at(text: &str) -> Option<usize> {
    match text.as_bytes() {
        [b'1', b'9', a, b, ..] | [b'2', b'0', a, b, ..] if a.is_ascii_digit() && b.is_ascii_digit() => Some(4),
        [0xe4, ..] => {
            let mut rest = text.strip_prefix('二')?.strip_prefix(['〇', '○', '零', 'Ο', '０'])?;
            for _ in 0..2 {
                rest = rest.strip_prefix(['〇', '○', '零', '一', '二', '三', '四', '五', '六', '七', '八', '九'])?;
            }
            Some(text.len() - rest.len())
        }
        _ => None,
    }
}

/// What every title holds.
static NAME: LazyLock<memmem::Finder<'static>> = LazyLock::new(|| memmem::Finder::new("信息公开"));

/// Lines that are looked at for a title.
const LOOKED_AT: usize = 40;
/// Lines longer than this (bytes) are body text.
const LONGEST_LINE: usize = 600;
/// The name of an organ alone on its line is not longer than this (characters).
const LONGEST_NAME: usize = 30;
/// A title is not longer than this (characters).
const LONGEST_TITLE: usize = 60;
/// The period of a report is stated in its first bytes.
const HEAD: usize = 6000;

/// A line with more characters is text.
const LONGEST_ENTRY: usize = 40;

/// The title of a page.
#[derive(Debug, Default)]
pub(super) struct Title {
    /// Without white space; empty if there is none.
    pub(super) text: String,
    /// Titles of several organs of the same year stand before the body: whose report it is they do not tell.
    pub(super) is_contested: bool,
    /// Titles of several years do, and none of the year of the stated period: which year's it is they do not tell.
    pub(super) is_of_other_years: bool,
}

/// The lines that may be a title: short ones before the body. What stands behind the body are links to others.
fn looked_at<'p>(page: &'p Page<'_>, sections: &Sections) -> Vec<&'p str> {
    let short = page.lines.iter().filter(|l| l.kind == LineKind::Text && l.bytes().len() <= LONGEST_LINE);
    let mut lines: Vec<&str> = short.take(LOOKED_AT).map(|l| &page.text[l.bytes()]).collect();
    lines.truncate(body(&lines, sections).unwrap_or(lines.len()));
    lines
}

/// The heading at which the body begins: its first section has text. A table of contents may stand before the title.
fn body(lines: &[&str], sections: &Sections) -> Option<usize> {
    let section = |at: &usize| of_line(lines[*at].trim(), sections);
    let headings: Vec<usize> = (0..lines.len()).filter(|at| section(at).is_some()).collect();
    let is_text = |line: &&str| line.contains('。') || line.chars().nth(LONGEST_ENTRY).is_some();
    let has_text = |n: usize| {
        let end = headings.get(n + 1).copied().unwrap_or(lines.len());
        lines[headings[n]..end].iter().any(is_text)
    };
    let mut firsts = (0..headings.len()).filter(|n| section(&headings[*n]) == Some(1)).peekable();
    match firsts.peek() {
        None => headings.first().copied(),
        Some(_) => firsts.find(|n| has_text(*n)).map(|n| headings[n]),
    }
}

/// The year of the period that the head of a page states.
fn year_of_period(page: &Page<'_>) -> Option<i16> {
    let (period, _) = dates::period(&page.text[..floor(&page.text, HEAD)])?;
    (period.0.year() == period.1.year()).then(|| period.0.year())
}

/// The likeliest of several titles with years; links to the reports of other years and of others stand among them. The
/// first of the year of the stated period that names an organ, the first of all where no period is stated.
fn likeliest(titles: &[String], page: &Page<'_>, naming: &Naming) -> Option<Title> {
    let organ = |title: &str| organ(title, naming);
    let is_notice = |title: &str| is_notice(title, naming);
    let year = |title: &str| year(title, naming);
    let is_alone = titles.iter().all(|title| *title == titles[0]);
    let of_period = if is_alone { None } else { year_of_period(page) };
    let rank = |title: &&String| {
        let is_of_period = of_period.is_some() && year(title) == of_period;
        (is_of_period, is_of_period && !organ(title).name.is_empty(), !is_notice(title))
    };
    // Of equals the last is taken, so they are looked through from the end.
    let text = titles.iter().rev().max_by_key(rank)?;
    if is_alone {
        return Some(Title { text: text.clone(), ..Title::default() });
    }
    let of_short_name = organ(text);
    let has_whole_name =
        |title: &&String| rank(title) == rank(&text) && organ(title).is_whole_name_of(&of_short_name, naming);
    let text = titles.iter().filter(|t| year(t) == year(text)).find(has_whole_name).unwrap_or(text);
    let own = organ(text);
    let is_another = |title: &&String| {
        let other = organ(title);
        let is_named = other.kind != OrganKind::Unknown && own.kind != OrganKind::Unknown && !is_notice(title);
        let is_one = || {
            other.bare_name(naming) == own.bare_name(naming)
                || own.is_whole_name_of(&other, naming)
                || other.is_whole_name_of(&own, naming)
        };
        is_named && year(title) == year(text) && !is_one()
    };
    let is_contested = titles.iter().any(|title| is_another(&title));
    let differs = |title: &String| of_period.is_some() && year(title) != of_period;
    let is_of_other_years = titles.iter().all(differs) && titles.iter().any(|title| year(title) != year(text));
    Some(Title { text: text.clone(), is_contested, is_of_other_years })
}

/// 关于公布…年度报告: a notice, and not the report's title.
fn is_notice(title: &str, naming: &Naming) -> bool {
    holds_any(title, &naming.titles.notices)
}

/// Whether a text has one of some words in it.
fn holds_any(text: &str, words: &[String]) -> bool {
    words.iter().any(|word| holds(text, word))
}

/// The title of a page.
pub(super) fn find(page: &Page<'_>, sections: &Sections, naming: &Naming) -> Title {
    let as_title = |text: &str| as_title(text, naming);
    let organ = |title: &str| organ(title, naming);
    let looked_at = looked_at(page, sections);
    let lines = || looked_at.iter().copied();
    // A long line is not worth taking the spaces out of unless it has the words as they are.
    let may_be = |t: &&str| t.len() <= LONGEST_TITLE * 4 || NAME.find(t.as_bytes()).is_some();
    let titles = || lines().filter(may_be).filter_map(|t| as_title(&compacted(t)));
    // 渠溪县人民政府, and on the next line 2023年政府信息公开工作年度报告.
    let under_name = |title: &String| {
        let at = lines().position(|t| as_title(&compacted(t)).as_ref() == Some(title))?;
        let above = compacted(looked_at[..at].iter().rfind(|t| !t.trim().is_empty())?);
        let whole = (above.chars().count() <= LONGEST_NAME).then(|| as_title(&format!("{above}{title}"))).flatten()?;
        (organ(&whole).kind != OrganKind::Unknown).then_some(whole)
    };
    // A title that does not say whose report it is may stand under the name.
    let whole = |title: String| match organ(&title).name.is_empty() {
        true => under_name(&title).unwrap_or(title),
        false => title,
    };
    // 政府信息公开年报 alone is the name of a column of the site.
    let dated: Vec<String> = titles().filter(|t| year(t, naming).is_some()).map(whole).collect();
    if let Some(title) = likeliest(&dated, page, naming) {
        return title;
    }
    let alone = || titles().next().map(whole).filter(|t| !organ(t).name.is_empty());
    let telling = || -> Vec<Cow<'_, str>> {
        let tells = |t: &&str| holds_any(t, &naming.titles.parts);
        lines().filter(tells).map(compacted).collect()
    };
    let broken = || telling().windows(2).find_map(|w| as_title(&format!("{}{}", w[0], w[1])));
    let of_page = || page.title.as_ref().and_then(|t| as_title(&compacted(page.slice(t))));
    let in_cells = || page.cells.iter().take(LOOKED_AT).find_map(|c| as_title(&compacted(page.slice(c))));
    // A crawl may run the title together with all that follows.
    let heads = || {
        let texts = page.lines.iter().filter(|l| l.kind == LineKind::Text && l.bytes().len() > LONGEST_LINE);
        texts.take(LOOKED_AT).find_map(|l| as_title(&compacted(head(&page.text[l.bytes()]))))
    };
    let text = alone().or_else(of_page).or_else(broken).or_else(in_cells).or_else(heads).unwrap_or_default();
    Title { text, ..Title::default() }
}

/// The beginning of a line, long enough for a title.
fn head(line: &str) -> &str {
    line.char_indices().nth(LONGEST_TITLE + 20).map_or(line, |(at, _)| &line[..at])
}

/// The title that a line is or holds, without white space.
pub(super) fn as_title(text: &str, naming: &Naming) -> Option<String> {
    let words = &naming.titles;
    // Most lines say nothing of it.
    NAME.find(text.as_bytes())?;
    // 首页>政务公开>…年度报告: only one step of a path of pages is a title.
    let steps = || text.rsplit(['>', '»', '›', '＞']);
    let text = steps().find(|s| holds(s, "信息公开") && holds(s, "报")).unwrap_or(text);
    let text = text.trim_start_matches(['#', '*']).trim_end_matches('*');
    // 【年度报告】渠溪县2023年…: what kind of page it is.
    let bracket = text.strip_prefix('【').and_then(|t| t.split_once('】'));
    let is_kind = |name: &str| kind(name, &naming.organs) == OrganKind::Unknown && years(name).next().is_none();
    let text = bracket.filter(|(name, _)| is_kind(name)).map_or(text, |(_, rest)| rest);
    let without =
        |text, before: &[String]| before.iter().find_map(|w| str::strip_prefix(text, w.as_str())).unwrap_or(text);
    let text = without(without(text, &words.labels), &words.leads);
    // A page's title goes on with the site's name; a line that a crawl ran together with the body.
    let end = words.reports.iter().filter_map(|w| place_of(text, w).map(|at| at + w.len())).min()?;
    let text = &text[..end];
    let is_title = holds(text, "信息公开")
        && text.chars().count() <= LONGEST_TITLE
        && !text.contains(['。', '，', ',', '；', '《', '》', '：'])
        && !words.links.iter().any(|w| text.starts_with(w.as_str()))
        && !holds_any(text, &words.no_titles);
    is_title.then(|| text.to_string())
}

/// The year that a title names: the last one said of the report; dates, numbers of documents and menus may stand on
/// the same line before it.
pub(super) fn year(title: &str, naming: &Naming) -> Option<i16> {
    let title = &*with_plain_digits(title);
    let head = &title[..memmem::rfind(title.as_bytes(), "信息公开".as_bytes()).unwrap_or(title.len())];
    let of_report = years(head).filter(|found| is_of_report(&head[found.end..], naming)).last();
    // 2024-00047 and 〔2024〕1号 are numbers of documents.
    let is_plain = |found: &Range<usize>| !title[found.end..].starts_with(['-', '/', '.', '〕', ']', '】']);
    number(&title[of_report.or_else(|| years(title).find(is_plain))?])
}

/// ２０２３年 is 2023年.
fn with_plain_digits(title: &str) -> Cow<'_, str> {
    if !title.contains(|c| ('０'..='９').contains(&c)) {
        return Cow::Borrowed(title);
    }
    let plain = |c: char| match c {
        '０'..='９' => char::from(b'0' + (c as u32 - '０' as u32) as u8),
        other => other,
    };
    Cow::Owned(title.chars().map(plain).collect())
}

/// Whether what follows a year says that it is more than the year of a date (2024年1月) or a number (2024年第1号).
fn is_of_report(after: &str, naming: &Naming) -> bool {
    after.strip_prefix('年').is_some_and(|rest| {
        let is_date = rest.starts_with(|c: char| c.is_ascii_digit());
        !is_date && !naming.titles.behind_other_years.iter().any(|w| rest.starts_with(w.as_str()))
    })
}

fn number(found: &str) -> Option<i16> {
    if let Ok(year) = found.parse() {
        return Some(year);
    }
    let digits = found.chars().map(|c| "〇一二三四五六七八九".chars().position(|d| d == c).unwrap_or(0) as i16);
    Some(digits.fold(0, |year, digit| year * 10 + digit))
}

/// Whether a short line before the body names reports and this year among them: in a menu of several years, or
/// beside the titles of other reports, the first title is not always that of the page.
pub(super) fn names(page: &Page<'_>, year: i16, naming: &Naming) -> bool {
    let name = format!("{year}年");
    let lines = page.lines.iter().filter(|l| l.kind == LineKind::Text && l.bytes().len() <= LONGEST_LINE);
    lines.take(LOOKED_AT).map(|l| compacted(&page.text[l.bytes()])).any(|line| {
        line.contains("信息公开")
            && holds_any(&line, &naming.titles.reports)
            && line.contains(&name)
            && !line.contains(['。', '，', '；', '《'])
            && !holds_any(&line, &naming.titles.sentences)
    })
}

/// Whether a page has titles of several years, as a list of links does.
pub(super) fn lists_years(page: &Page<'_>, naming: &Naming) -> bool {
    const FEWEST: usize = 3;
    let short = page.lines.iter().filter(|line| line.kind == LineKind::Text && line.bytes().len() <= LONGEST_LINE);
    let titles = short.filter_map(|line| as_title(&compacted(&page.text[line.bytes()]), naming));
    let years: BTreeSet<i16> = titles.filter_map(|title| year(&title, naming)).collect();
    // A report without headings has sentences.
    years.len() >= FEWEST && !page.text.contains('。')
}

/// The organ that a title names.
pub(super) fn organ(title: &str, naming: &Naming) -> Organ {
    let title = &*with_plain_digits(title);
    // 【渠溪县教育局】2022年…
    let names_organ = |found: &regex::Captures<'_>| {
        found.get(1).is_some_and(|inside| {
            let inside = inside.as_str().trim_matches(|c: char| !c.is_alphanumeric());
            kind(inside, &naming.organs) != OrganKind::Unknown
        })
    };
    let before = naming.titles.before_name.get().and_then(|before| before.captures(title));
    let lead = before.filter(|found| !names_organ(found));
    let title = &title[lead.and_then(|found| found.get(0)).map_or(0, |found| found.end())..];
    let mut without_year = String::with_capacity(title.len());
    let mut from = 0;
    for year in years(title) {
        without_year.push_str(&title[from..year.start]);
        without_year.push('\u{0}');
        from = year.end;
    }
    without_year.push_str(&title[from..]);
    let end = naming.titles.matters.iter().find_map(|w| place_of(&without_year, w));
    let Some(end) = end else { return Organ::default() };
    let head = &without_year[..end];
    let mut name = String::with_capacity(head.len());
    for (at, piece) in head.split('\u{0}').enumerate() {
        let rest = || piece.strip_prefix("年度").or_else(|| piece.strip_prefix('年'));
        name.push_str(if at == 0 { piece } else { rest().unwrap_or(piece) });
    }
    if holds(&name, "关于") {
        name = name.replace("关于", "");
    }
    // 庆元县人民政府信息公开工作年度报告: the name shares 政府 with what follows.
    let shared = if head.ends_with("人民") { "政府" } else { "" };
    let name =
        name.trim_matches(|c: char| matches!(c, '【' | '】' | '-' | '—' | '_' | '(' | '（' | '"' | '“' | '度' | '的'));
    let behind = naming.titles.behind_name.get().and_then(|behind| behind.find(name));
    let name = &name[..behind.map_or(name.len(), |end| end.start())];
    Organ::new(&format!("{name}{shared}"), naming)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::Dictionary;

    fn naming() -> &'static Naming {
        &Dictionary::built_in().naming
    }

    #[test]
    fn organ_and_year_are_read_in_every_order() {
        let cases = [
            ("2022年庆元县政府信息公开工作年度报告", "庆元县", Some(2022)),
            ("宿迁市2023年政府信息公开工作年度报告", "宿迁市", Some(2023)),
            ("白榆县人民政府信息公开工作2021年度报告", "白榆县人民政府", Some(2021)),
            ("二〇二三年柳坪镇政府信息公开年度报告", "柳坪镇", Some(2023)),
            ("某某局政府信息公开年报", "某某局", None),
            ("渠溪县２０２３年政府信息公开工作年度报告", "渠溪县", Some(2023)),
        ];
        for (title, name, expected) in cases {
            assert_eq!((organ(title, naming()).name.as_str(), year(title, naming())), (name, expected), "{title}");
        }
    }

    #[test]
    fn the_year_is_that_of_the_report_and_not_of_a_date_or_number_beside_it() {
        for title in [
            "2024-01-15白榆县2023年政府信息公开工作年度报告",
            "白政公开〔2024〕1号白榆县2023年政府信息公开工作年度报告",
            "2024年第1号白榆县2023年政府信息公开工作年度报告",
            "2024年1月15日白榆县2023年政府信息公开工作年度报告",
            "白榆县2024年公布2023年政府信息公开工作年度报告",
        ] {
            assert_eq!(year(title, naming()), Some(2023), "{title}");
        }
    }

    #[test]
    fn a_sentence_that_mentions_the_report_is_no_title() {
        assert_eq!(as_title("根据《条例》要求，编制本政府信息公开工作年度报告", naming()), None);
        assert_eq!(
            as_title("白榆县2022年政府信息公开工作年度报告_白榆县人民政府门户网站", naming()).as_deref(),
            Some("白榆县2022年政府信息公开工作年度报告")
        );
        assert_eq!(
            as_title("【年度报告】渠溪县2023年政府信息公开工作年度报告", naming()).as_deref(),
            Some("渠溪县2023年政府信息公开工作年度报告")
        );
    }
}
