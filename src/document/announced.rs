//! The organ and the year where no title names them: the sentences that announce the report, say who drew it up or
//! whom to ask, and the first sentence of the report.

use std::sync::LazyLock;

use regex::Regex;

use super::organ::{Organ, OrganKind, is_unnamed, named_by};
use super::title;
use crate::dictionary::Naming;

// The expression is a constant that a test compiles.
/// The year at the head of a clause.
static HEAD: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?:^|[\n。，,；;：:、（(])\s*((?:19|20)[0-9]{2})年").expect("a constant expression"));

/// The report announces itself in so many bytes.
const LOOKED_AT: usize = 6000;

/// What a report says of itself without a title.
#[derive(Debug, Default)]
pub(super) struct Announced {
    /// The organ; its name is empty if none is told.
    pub(super) organ: Organ,
    /// The year.
    pub(super) year: Option<i16>,
}

/// What the prose tells of the organ and the year; a report announces itself in its `opening` (bytes).
pub(super) fn read(prose: &str, opening: usize, naming: &Naming) -> Announced {
    let head = &prose[..super::build::floor(prose, LOOKED_AT.min(opening))];
    let expressions = &naming.told;
    let mut told = sentence(head, naming);
    if told.organ.name.is_empty() {
        told.organ = named_by(&expressions.author, head).next().map(|name| named(name, naming)).unwrap_or_default();
    }
    if let Some(first) = expressions.first.get().and_then(|first| first.captures(head)) {
        let group = |n: usize| first.get(n).map(|group| group.as_str());
        if told.organ.name.is_empty() {
            told.organ = group(2).map(|name| named(name, naming)).unwrap_or_default();
        }
        told.year = told.year.or_else(|| group(1)?.parse().ok());
    }
    if told.organ.name.is_empty() {
        // The one who answers questions need not be the one who reports: it is when the report says 我局, too.
        let is_own = |organ: &Organ| {
            let end = organ.name.chars().next_back().unwrap_or(' ');
            expressions.own.iter().any(|own| prose.contains(&format!("{own}{end}")))
        };
        let asked = named_by(&expressions.asked, prose).next().map(|name| named(name, naming));
        told.organ = asked.filter(is_own).unwrap_or_default();
    }
    told
}

/// The year that clauses begin with, if it is the only one.
pub(super) fn only_year(prose: &str) -> Option<i16> {
    let mut years = HEAD.captures_iter(prose).filter_map(|c| c[1].parse::<i16>().ok());
    let first = years.next()?;
    years.all(|year| year == first).then_some(first)
}

/// The sentence that announces the report: 现公布某某局2021年政府信息公开工作年度报告.
fn sentence(head: &str, naming: &Naming) -> Announced {
    let mut told = Announced::default();
    let reports = naming.told.report.get().into_iter().flat_map(|report| report.find_iter(head));
    for found in reports {
        let before = &head[..found.start()];
        let clause = &before[before
            .rfind(['。', '；', '，', ',', ';', '：', ':', '\n', '《', '（', '('])
            .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8))..];
        let announcing = naming.told.announcing.iter();
        let verb = announcing.filter_map(|w| clause.rfind(w.as_str()).map(|at| at + w.len())).max();
        let clause = clause[verb.unwrap_or(0)..].trim();
        let title = format!("{clause}政府信息公开");
        let year = title::year(&title, naming);
        // 按照……政府信息公开年度报告格式 names no report unless it says which.
        if verb.is_none() && year.is_none() {
            continue;
        }
        told.year = told.year.or(year);
        if told.organ.name.is_empty() {
            told.organ = named(&title::organ(&title, naming).name, naming);
        }
        if told.year.is_some() && !told.organ.name.is_empty() {
            break;
        }
    }
    told
}

/// The organ of a name, if it is one that names somebody.
fn named(name: &str, naming: &Naming) -> Organ {
    let is_long_enough = (3..=24).contains(&name.chars().count());
    let is_han = name.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c) || c == '、');
    let is_sentence = || naming.organs.sentence.iter().any(|word| name.contains(word.as_str()));
    let is_name = is_long_enough && is_han && !is_unnamed(name, &naming.organs) && !is_sentence();
    let organ = Organ::new(name, naming);
    if is_name && organ.kind != OrganKind::Unknown { organ } else { Organ::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::Dictionary;

    #[test]
    fn the_organ_is_told_where_no_title_names_it() {
        let cases = [
            ("根据条例规定，现公布白榆县教育局2021年政府信息公开工作年度报告。", "白榆县教育局", Some(2021)),
            ("按照要求，特编制白榆经济开发区2022年度政府信息公开工作报告。", "白榆经济开发区", Some(2022)),
            ("现将2022年度白榆市统计局政府信息公开工作情况报告如下：", "白榆市统计局", Some(2022)),
            ("现将我局2023年度政府信息公开工作情况报告如下：", "", Some(2023)),
            ("现发布《听澜区2024年政府信息公开工作年度报告》。", "听澜区", Some(2024)),
            ("本报告由白榆市统计局根据条例编制。", "白榆市统计局", None),
            ("一、总体情况\n2024年，听澜区人民政府深入贯彻条例。", "听澜区人民政府", Some(2024)),
            ("我局依法公开。如有疑问，请与白榆市公安局（地址：河边路）联系。", "白榆市公安局", None),
            ("如有疑问，请与白榆市公安局（地址：河边路）联系。", "", None),
            ("按照省政府办公厅政府信息公开年度报告格式要求编写。", "", None),
            ("2024年，全县各级行政机关认真贯彻条例。", "", Some(2024)),
        ];
        for (prose, name, year) in cases {
            let told = read(prose, prose.len(), &Dictionary::built_in().naming);
            assert_eq!((told.organ.name.as_str(), told.year), (name, year), "{prose}");
        }
    }

    #[test]
    fn the_only_year_is_that_of_the_report() {
        assert_eq!(only_year("2022年共收到8件。\n2022年，未收取费用。"), Some(2022));
        assert_eq!(only_year("2022年共收到8件，2021年收到5件。"), None);
        assert_eq!(only_year("共收到8件。"), None);
    }
}
