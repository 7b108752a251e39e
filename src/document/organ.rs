//! Who reports: the name, what kind of organ it is, and at which level.

use std::sync::LazyLock;

use regex::Regex;

use crate::source::Page;

/// The reporting organ.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Organ {
    /// As the title prints it; empty if the title names none.
    pub name: String,
    /// What it is.
    pub kind: OrganKind,
    /// Whether it is in a city of county level, which its name alone does not tell.
    pub is_of_county_city: bool,
}

/// What kind of organ a name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OrganKind {
    /// A government that reports for its area: 庆元县, 某某区人民政府, 某某街道.
    Area,
    /// The office of a government: 办公厅, 办公室.
    Office,
    /// A department.
    Department,
    /// Not told by the name.
    #[default]
    Unknown,
}

/// The administrative level, where the name tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// 国务院部门
    Central,
    /// 省、自治区、直辖市
    Province,
    /// 设区的市、自治州
    City,
    /// 县、区、旗、县级市
    County,
    /// 乡、镇、街道
    Township,
}

impl Level {
    /// The name in `reports.csv`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Level::Central => "central",
            Level::Province => "province",
            Level::City => "city",
            Level::County => "county",
            Level::Township => "township",
        }
    }
}

const AREA_ENDS: [&str; 18] = [
    "人民政府",
    "省",
    "市",
    "县",
    "区",
    "自治州",
    "州",
    "盟",
    "旗",
    "镇",
    "乡",
    "街",
    "街道",
    "街道办事处",
    "管委会",
    "管理委员会",
    "行政公署",
    "行署",
];
const DEPARTMENT_ENDS: [&str; 16] =
    ["局", "委", "委员会", "厅", "院", "中心", "部", "署", "总队", "支队", "处", "所", "学校", "队", "会", "站"];
const MUNICIPALITIES: [&str; 4] = ["北京市", "天津市", "上海市", "重庆市"];

// The expressions are constants that a test compiles.
/// Who publishes the page.
static PUBLISHER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:发布机构|发布单位|公开主体|发文机关|编制单位|信息来源|来源)[:：\s|]*([\p{Han}]{3,30})")
        .expect("a constant expression")
});
/// The same, where it can be nobody else: news have sources, too.
static PUBLISHED_BY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:发布机构|发布单位|公开主体|发文机关|编制单位)[:：\s|]*([\p{Han}]{3,30})")
        .expect("a constant expression")
});
/// The same in words that may tell of an office that publishes for others, or of the page: only departments.
static SAID_BY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?:公开单位|责任单位|信息来源)[:：\s|]*([\p{Han}]{3,30})|(?:^|[由，。\s])([\p{Han}]{3,20}?(?:委员会|局|厅))(?:组织)?编制(?:了|形成)?[^，。；\n]{0,24}(?:本报告|年度报告|年报)",
    )
    .expect("a constant expression")
});
/// Whom to ask about the report.
static CONTACT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:请与|请向|请径与|由|联系)([\p{Han}]{2,24}?(?:人民政府|委员会|办事处|局|厅))(?:办公室|联系|咨询|编制|负责|反映|[，。（(])")
        .expect("a constant expression")
});

/// The organ where a clone site put a phrase of its own in place of the name in the title: the page's publisher, else
/// the one whom the report names for questions. Unknown if neither is told.
pub(super) fn elsewhere(page: &Page<'_>, prose: &str, is_planted: impl Fn(&str) -> bool) -> Organ {
    /// Words that refer to an organ without naming it.
    const UNNAMED: [&str; 8] = ["本", "各", "全", "该", "上级", "同级", "国务院", "有关"];
    let is_name = |name: &&str| !is_planted(name) && !UNNAMED.iter().any(|w| name.starts_with(w));
    let is_organ = |name: &&str| is_name(name) && Organ::new(name).kind != OrganKind::Unknown;
    let first = |found: regex::CaptureMatches<'_, '_>| -> Option<String> {
        found.filter_map(|c| c.get(1)).map(|m| m.as_str()).find(is_organ).map(str::to_string)
    };
    let name = first(PUBLISHER.captures_iter(&page.text)).or_else(|| first(CONTACT.captures_iter(prose)));
    name.map(|name| Organ::new(&name)).unwrap_or_default()
}

/// A shorter name (characters) is hardly one: 本局.
const SHORTEST_NAME: usize = 4;

/// The organ that the head of a page gives as its publisher. A portal is none where the report says 我局.
pub(super) fn publisher(head: &str, prose: &str) -> Organ {
    const DEPARTMENTS: [&str; 8] = ["我局", "本局", "我委", "本委", "我厅", "我院", "我中心", "我队"];
    let is_department = DEPARTMENTS.iter().any(|own| prose.contains(own));
    let said = |found: regex::Captures<'_>| {
        let name = found.get(1).or_else(|| found.get(2)).map(|m| m.as_str())?;
        // 本机关办公室, 各有关部门: no name.
        let is_name = name.chars().count() >= SHORTEST_NAME
            // News have sources, too: 融媒体中心.
            && ["委员会", "局", "厅"].iter().any(|end| name.ends_with(end))
            && !["本", "我", "各", "该", "按", "由", "根据", "国务院"].iter().any(|word| name.starts_with(word));
        // A government or its office may only publish the page.
        Some(Organ::new(name)).filter(|organ| is_name && organ.kind == OrganKind::Department)
    };
    let organs = PUBLISHED_BY.captures_iter(head).filter_map(|c| c.get(1)).map(|m| Organ::new(m.as_str()));
    let mut organs = organs.chain(SAID_BY.captures_iter(head).filter_map(said));
    let told = organs.find(|organ| organ.kind != OrganKind::Unknown).unwrap_or_default();
    if is_department && told.kind != OrganKind::Department { Organ::default() } else { told }
}

/// 中国民用航空局: names of national bureaus that begin with 中国 are not longer (characters).
const LONGEST_NATIONAL: usize = 7;

/// Organs that decide on reviews and stand in suits for others (行政复议法, 2023, 第四条).
const JUSTICE_ENDS: [&str; 4] = ["司法局", "司法厅", "司法部", "司法分局"];

impl Organ {
    /// Whether it is the organ of justice, to which the reviews of all others come.
    #[must_use]
    pub fn is_of_justice(&self) -> bool {
        JUSTICE_ENDS.iter().any(|end| self.name.ends_with(end))
    }

    /// Reads a name.
    #[must_use]
    pub fn new(name: &str) -> Self {
        let ends = |list: &[&str]| list.iter().any(|end| name.ends_with(end));
        let kind = if name.is_empty() {
            OrganKind::Unknown
        } else if ends(&["办公厅", "办公室", "政府办", "府办"]) {
            OrganKind::Office
        } else if ends(&AREA_ENDS) {
            OrganKind::Area
        } else if ends(&DEPARTMENT_ENDS) {
            OrganKind::Department
        } else {
            OrganKind::Unknown
        };
        Organ { name: name.to_string(), kind, is_of_county_city: false }
    }

    /// 渠溪县 and 渠溪县人民政府 are one.
    pub(super) fn bare_name(&self) -> &str {
        without_ends(without_ends(&self.name, "人民政府"), "办事处")
    }

    /// The level, if the name tells it. A lone 某某市 is taken for a city of districts, unless it is known to be of county
    /// level or what stands behind it shows otherwise.
    #[must_use]
    pub fn level(&self) -> Option<Level> {
        let name = self.bare_name();
        if name.is_empty() {
            return None;
        }
        if MUNICIPALITIES.contains(&name) {
            return Some(Level::Province);
        }
        let inside = MUNICIPALITIES.iter().any(|m| name.starts_with(m));
        if ["街道", "街", "镇", "乡"].iter().any(|mark| name.ends_with(mark)) {
            return Some(Level::Township);
        }
        if self.is_of_county_city || name.contains('县') || name.contains('旗') || has_district(name) {
            return Some(Level::County);
        }
        if name.contains('省') || name.contains("自治区") || inside {
            return Some(if name.contains('市') && !inside { Level::City } else { Level::Province });
        }
        // 公安局城东分局: of a district of the city.
        if name.ends_with("分局") {
            return Some(Level::County);
        }
        let is_prefecture = ["自治州", "盟", "地区行政公署", "地区行署"].iter().any(|mark| name.contains(mark));
        let is_prefecture = is_prefecture || ["州", "地区"].iter().any(|mark| name.ends_with(mark));
        if is_prefecture {
            return Some(Level::City);
        }
        if self.kind == OrganKind::Area && name.ends_with('市') || name.contains('市') {
            return Some(Level::City);
        }
        // 国家统计局云河调查队 is in some place, which the name does not tell the level of.
        let is_whole = name.find('局').is_none_or(|at| name[at..].chars().count() == 1);
        let is_chinas = name.starts_with("中国") && name.ends_with('局') && name.chars().count() <= LONGEST_NATIONAL;
        let is_national = (name.starts_with("国家") || is_chinas) && is_whole;
        (is_national || name.ends_with('部') || name.ends_with("总局")).then_some(Level::Central)
    }
}

/// A name without an ending, however often it is there.
fn without_ends<'n>(mut name: &'n str, end: &str) -> &'n str {
    while let Some(rest) = name.strip_suffix(end) {
        name = rest;
    }
    name
}

fn has_district(name: &str) -> bool {
    let mut places = name.match_indices('区').map(|(at, _)| &name[..at]);
    places.any(|before| !before.ends_with("自治") && !before.ends_with('地'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_and_levels() {
        let cases = [
            ("庆元县", OrganKind::Area, Some(Level::County)),
            ("上海市人民政府办公厅", OrganKind::Office, Some(Level::Province)),
            ("上海市科委", OrganKind::Department, Some(Level::Province)),
            ("沭阳县发展和改革局", OrganKind::Department, Some(Level::County)),
            ("白榆区人民政府", OrganKind::Area, Some(Level::County)),
            ("柳坪镇人民政府", OrganKind::Area, Some(Level::Township)),
            ("清溪街", OrganKind::Area, Some(Level::Township)),
            ("临江市公安局城东分局", OrganKind::Department, Some(Level::County)),
            ("听澜街道办事处", OrganKind::Area, Some(Level::Township)),
            ("西藏自治区云河市城关区人民政府", OrganKind::Area, Some(Level::County)),
            ("国家统计局云河调查队", OrganKind::Department, None),
            ("云河地区行政公署", OrganKind::Area, Some(Level::City)),
            ("", OrganKind::Unknown, None),
        ];
        let of_county = Organ { is_of_county_city: true, ..Organ::new("云河省临江市财政局") };
        assert_eq!(of_county.level(), Some(Level::County));
        for (name, kind, level) in cases {
            let organ = Organ::new(name);
            assert_eq!((organ.kind, organ.level()), (kind, level), "{name}");
        }
    }
}
