//! The organ and the year where no title names them: the sentences that announce the report, say who drew it up or
//! whom to ask, and the first sentence of the report.

use std::sync::LazyLock;

use regex::Regex;

use super::organ::{Organ, OrganKind};
use super::title;

// The expressions are constants that a test compiles.
/// What the report is called in the sentence that announces it.
static REPORT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:政府|政务)?信息公开(?:工作)?(?:情况)?(?:年度|年报|报告|情况)").expect("a constant expression")
});
/// 本报告由某某局根据……编制
static AUTHOR: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"本(?:年度)?报告(?:系|是)?由([\p{Han}]{3,24}?)(?:办公室)?(?:根据|按照|依据|依照|负责|编制|组织)")
        .expect("a constant expression")
});
/// 2024年，某某局认真贯彻……
static FIRST: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|[\n。])\s*((?:19|20)[0-9]{2})年(?:度)?[，,]?([\p{Han}]{2,24}?)(?:认真|深入|坚持|严格|全面|积极|切实|高度|持续|紧紧|始终|坚决|扎实|不断|以习近平)")
        .expect("a constant expression")
});
/// 请与某某局办公室联系
static CONTACT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:请与|请向|请径与|请直接与|请联系[:：]?)([\p{Han}]{2,24}?(?:人民政府|委员会|管委会|办事处|局|厅))(?:党政|行政|综合)?(?:办公室|办|科|处)?(?:联系|咨询|反映|[，,。（(])")
        .expect("a constant expression")
});
/// The year at the head of a clause.
static HEAD: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?:^|[\n。，,；;：:、（(])\s*((?:19|20)[0-9]{2})年").expect("a constant expression"));

/// What announces a report; the name stands after the last of these.
const ANNOUNCING: [&str; 10] = ["现将", "现公布", "现发布", "现公开", "现报告", "编制", "公布", "发布", "撰写", "形成"];
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
pub(super) fn read(prose: &str, opening: usize) -> Announced {
    let head = &prose[..super::build::floor(prose, LOOKED_AT.min(opening))];
    let mut told = sentence(head);
    if told.organ.name.is_empty() {
        told.organ = AUTHOR.captures(head).map(|c| named(&c[1])).unwrap_or_default();
    }
    if let Some(first) = FIRST.captures(head) {
        if told.organ.name.is_empty() {
            told.organ = named(&first[2]);
        }
        told.year = told.year.or_else(|| first[1].parse().ok());
    }
    if told.organ.name.is_empty() {
        // The one who answers questions need not be the one who reports: it is when the report says 我局, too.
        let is_own = |organ: &Organ| {
            let end = organ.name.chars().next_back().unwrap_or(' ');
            ["我", "本"].iter().any(|own| prose.contains(&format!("{own}{end}")))
        };
        told.organ = CONTACT.captures(prose).map(|c| named(&c[1])).filter(is_own).unwrap_or_default();
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
fn sentence(head: &str) -> Announced {
    let mut told = Announced::default();
    for found in REPORT.find_iter(head) {
        let before = &head[..found.start()];
        let clause = &before[before
            .rfind(['。', '；', '，', ',', ';', '：', ':', '\n', '《', '（', '('])
            .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8))..];
        let verb = ANNOUNCING.iter().filter_map(|w| clause.rfind(w).map(|at| at + w.len())).max();
        let clause = clause[verb.unwrap_or(0)..].trim();
        let title = format!("{clause}政府信息公开");
        let year = title::year(&title);
        // 按照……政府信息公开年度报告格式 names no report unless it says which.
        if verb.is_none() && year.is_none() {
            continue;
        }
        told.year = told.year.or(year);
        if told.organ.name.is_empty() {
            told.organ = named(&title::organ(&title).name);
        }
        if told.year.is_some() && !told.organ.name.is_empty() {
            break;
        }
    }
    told
}

/// The organ of a name, if it is one that names somebody.
fn named(name: &str) -> Organ {
    /// Words that refer to an organ without naming it.
    const UNNAMED: [&str; 12] = ["本", "各", "全", "该", "我", "上级", "同级", "国务院", "有关", "其", "以下", "年度"];
    /// Words of a sentence that a name has not.
    const SENTENCE: [&str; 10] = ["按照", "根据", "依据", "关于", "要求", "规定", "通知", "条例", "公布", "做好"];
    let is_long_enough = (3..=24).contains(&name.chars().count());
    let is_han = name.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c) || c == '、');
    let is_name = is_long_enough
        && is_han
        && !UNNAMED.iter().any(|w| name.starts_with(w))
        && !SENTENCE.iter().any(|w| name.contains(w));
    let organ = Organ::new(name);
    if is_name && organ.kind != OrganKind::Unknown { organ } else { Organ::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

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
            let told = read(prose, prose.len());
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
