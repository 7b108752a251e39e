//! Lines of text with markup among them: Markdown whose tables are written as HTML because cells are merged, a text
//! that begins with a comment or a `<div align="center">`.
//!
//! Tags are no proof of a web page. What tells is where the text stands: in a page between tags, in such a text on
//! lines that have none.

use memchr::{memchr, memmem};

/// So many lines without a tag must there be.
const FEWEST: usize = 3;

/// Markup that texts are found to hold.
const TAGS: [&str; 12] =
    ["<table", "<TABLE", "<tr", "<TR", "<br", "<BR", "<p>", "<p ", "<div", "<center", "<!--", "<span"];
/// What only a page has.
const PAGE: [&str; 12] = [
    "<!doctype",
    "<!DOCTYPE",
    "<html",
    "<HTML",
    "<body",
    "<BODY",
    "<head>",
    "<HEAD>",
    "<script",
    "<SCRIPT",
    "<iframe",
    "<IFRAME",
];

/// Whether a text is one of lines with markup among them.
pub(super) fn is_mixed(text: &str) -> bool {
    let has = |tag: &&str| memmem::find(text.as_bytes(), tag.as_bytes()).is_some();
    // Fenced markup is an example, and a table without an end would take in all that follows.
    let count = |tag: &str| memmem::find_iter(text.as_bytes(), tag.as_bytes()).count();
    let tables_end = || count("<table") == count("</table") && count("<TABLE") == count("</TABLE");
    memchr(b'<', text.as_bytes()).is_some()
        && TAGS.iter().any(has)
        && !PAGE.iter().any(has)
        && !has(&"```")
        && tables_end()
        && is_lined(text)
}

/// Whether most text outside tables stands on lines that have no tag and that no tag was opened for.
fn is_lined(text: &str) -> bool {
    let mut place = Place::default();
    let (mut count, mut lined, mut others) = (0_usize, 0_usize, 0_usize);
    for line in text.lines() {
        let line = line.trim();
        if line.is_empty() {
            // In Markdown a blank line ends the markup before it.
            place.is_inside = false;
        } else if place.is_comment || memchr(b'<', line.as_bytes()).is_some() {
            others += place.pass(line);
        } else if place.tables == 0 && place.is_inside {
            others += line.len();
        } else if place.tables == 0 {
            lined += line.len();
            count += 1;
        }
    }
    count >= FEWEST && lined > others
}

/// What is open at some place of a text.
#[derive(Default)]
struct Place {
    tables: usize,
    /// A tag was opened, and no other came since.
    is_inside: bool,
    is_comment: bool,
}

impl Place {
    /// Goes over a line with tags; the bytes of text in it that are in no table.
    fn pass(&mut self, line: &str) -> usize {
        let mut rest = line;
        if self.is_comment {
            let Some(end) = memmem::find(rest.as_bytes(), b"-->") else { return 0 };
            self.is_comment = false;
            rest = &rest[end + 3..];
        }
        let mut words = 0;
        while let Some(at) = memchr(b'<', rest.as_bytes()) {
            words += if self.tables == 0 { rest[..at].trim().len() } else { 0 };
            rest = &rest[at..];
            if let Some(comment) = rest.strip_prefix("<!--") {
                self.is_inside = false;
                let Some(end) = memmem::find(comment.as_bytes(), b"-->") else {
                    self.is_comment = true;
                    return words;
                };
                rest = &comment[end + 3..];
                continue;
            }
            self.tag(rest);
            rest = memchr(b'>', rest.as_bytes()).map_or("", |end| &rest[end + 1..]);
        }
        words + if self.tables == 0 { rest.trim().len() } else { 0 }
    }

    /// Takes note of the tag that a text begins with.
    fn tag(&mut self, text: &str) {
        let begins = |name: &str| text.get(..name.len()).is_some_and(|t| t.eq_ignore_ascii_case(name));
        let is_void = ["<br", "<hr", "<img", "<col", "<input"].iter().any(|name| begins(name));
        if begins("<table") {
            self.tables += 1;
        } else if begins("</table") {
            self.tables = self.tables.saturating_sub(1);
        }
        self.is_inside = !is_void && text[1..].starts_with(|c: char| c.is_ascii_alphabetic());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_told_from_a_text_with_tags() {
        let lines = "白榆县报告\n一、总体情况\n全年收到申请3件。\n";
        for mixed in [
            format!("<!-- page 1 -->\n{lines}"),
            format!("<div align=\"center\">\n\n{lines}</div>\n"),
            format!("<p align=\"center\"><b>2022</b></p>\n\n{lines}"),
            format!(
                "{lines}<table><tr><td>规章</td>\n<td>行政规范性文件\n很长的一格很长的一格很长的一格</td></tr></table>\n"
            ),
            format!("{lines}| 规章<br>其他 | 3 |\n"),
        ] {
            assert!(is_mixed(&mixed), "{mixed}");
        }
        let paragraphs = lines.lines().map(|line| format!("<p>{line}</p>\n")).collect::<String>();
        for other in [
            lines.to_string(),
            format!("甲<乙\n{lines}"),
            paragraphs,
            format!("<p>{lines}</p>"),
            format!("<div>{lines}</div>"),
            lines.replace('\n', "<br>\n"),
            format!("<html>\n{lines}"),
        ] {
            assert!(!is_mixed(&other), "{other}");
        }
    }
}
