//! Who reports: the name, what kind of organ it is, and at which level.

use crate::dictionary::{Expression, Naming, OrganNames, without_ends};
use crate::source::Page;

/// The reporting organ.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Organ {
    /// As the title prints it; empty if the title names none.
    pub name: String,
    /// What it is.
    pub kind: OrganKind,
    /// At which level, if the name tells it.
    pub level: Option<Level>,
    /// Whether it is the organ of justice, to which the reviews of all others come.
    pub is_of_justice: bool,
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

/// Whether a text is or ends with one of some words.
fn ends(text: &str, words: &[String]) -> bool {
    words.iter().any(|word| text.ends_with(word.as_str()))
}

/// Whether a text begins with one of some words.
fn begins(text: &str, words: &[String]) -> bool {
    words.iter().any(|word| text.starts_with(word.as_str()))
}

/// What kind of organ a name is of.
pub(super) fn kind(name: &str, names: &OrganNames) -> OrganKind {
    match name {
        "" => OrganKind::Unknown,
        _ if ends(name, &names.offices) => OrganKind::Office,
        _ if ends(name, &names.areas) => OrganKind::Area,
        _ if ends(name, &names.departments) => OrganKind::Department,
        _ => OrganKind::Unknown,
    }
}

/// Whether a text refers to an organ without naming it: 本机关, 各有关部门.
pub(super) fn is_unnamed(text: &str, names: &OrganNames) -> bool {
    begins(text, &names.unnamed)
}

/// The first group of an expression's match that takes part.
fn told<'t>(found: &regex::Captures<'t>) -> Option<&'t str> {
    found.iter().skip(1).flatten().next().map(|group| group.as_str())
}

/// All that an expression names in a text.
pub(super) fn named_by<'t>(expression: &'t Expression, text: &'t str) -> impl Iterator<Item = &'t str> + 't {
    let found = expression.get().into_iter().flat_map(move |regex| regex.captures_iter(text));
    found.filter_map(|found| told(&found))
}

/// The organ where a clone site put a phrase of its own in place of the name in the title: the page's publisher, else
/// the one whom the report names for questions. Unknown if neither is told.
pub(super) fn elsewhere(page: &Page<'_>, prose: &str, is_planted: impl Fn(&str) -> bool, naming: &Naming) -> Organ {
    let is_organ = |name: &&str| {
        let is_name = !is_planted(name) && !is_unnamed(name, &naming.organs);
        is_name && kind(name, &naming.organs) != OrganKind::Unknown
    };
    let publisher = named_by(&naming.told.publisher, &page.text).find(is_organ);
    let name = publisher.or_else(|| named_by(&naming.told.contact, prose).find(is_organ));
    name.map(|name| Organ::new(name, naming)).unwrap_or_default()
}

/// A shorter name (characters) is hardly one: 本局.
const SHORTEST_NAME: usize = 4;

/// The organ that the head of a page gives as its publisher. A portal is none where the report says 我局.
pub(super) fn publisher(head: &str, prose: &str, naming: &Naming) -> Organ {
    let is_department = naming.told.departments.iter().any(|own| prose.contains(own.as_str()));
    let is_author = |name: &&str| {
        let is_long_enough = name.chars().count() >= SHORTEST_NAME;
        let is_name = is_long_enough && ends(name, &naming.told.authors) && !is_unnamed(name, &naming.organs);
        // A government or its office may only publish the page.
        is_name && kind(name, &naming.organs) == OrganKind::Department
    };
    let mut names =
        named_by(&naming.told.published_by, head).chain(named_by(&naming.told.said_by, head).filter(is_author));
    let told = names.find(|name| kind(name, &naming.organs) != OrganKind::Unknown);
    let told = told.map(|name| Organ::new(name, naming)).unwrap_or_default();
    if is_department && told.kind != OrganKind::Department { Organ::default() } else { told }
}

/// A place before a name is not longer (characters).
const LONGEST_PLACE: usize = 10;

/// 中国民用航空局: names of national bureaus that begin with 中国 are not longer (characters).
const LONGEST_NATIONAL: usize = 7;

impl Organ {
    /// Reads a name.
    #[must_use]
    pub fn new(name: &str, naming: &Naming) -> Self {
        let kind = kind(name, &naming.organs);
        let is_of_justice = ends(name, &naming.organs.justice);
        Organ { name: name.to_string(), kind, level: level(name, kind, naming), is_of_justice }
    }

    /// 渠溪县 and 渠溪县人民政府 are one.
    pub(super) fn bare_name<'s>(&'s self, naming: &Naming) -> &'s str {
        without_ends(&self.name, &naming.organs.governments)
    }

    /// 湖北省教育厅 for 省教育厅 and 教育厅: whether its name is that of another with the place before it.
    pub(super) fn is_whole_name_of(&self, short: &Organ, naming: &Naming) -> bool {
        let Some(place) = self.name.strip_suffix(short.name.as_str()).filter(|_| short.kind != OrganKind::Unknown)
        else {
            return false;
        };
        let says_its_level = begins(&short.name, &naming.organs.levels);
        let is_name = (1..=LONGEST_PLACE).contains(&place.chars().count())
            && place.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        is_name
            && (says_its_level
                || kind(place, &naming.organs) == OrganKind::Area
                || begins(place, &naming.organs.national))
    }
}

/// The level, if a name tells it. A lone 某某市 is taken for a city of districts, unless it is known to be of county level
/// or what stands behind it shows otherwise.
fn level(name: &str, kind: OrganKind, naming: &Naming) -> Option<Level> {
    let names = &naming.organs;
    let name = name.strip_suffix('）').and_then(|name| name.rsplit_once('（')).map_or(name, |(name, _)| name);
    let name = without_ends(name, &names.governments);
    let has = |words: &[String]| words.iter().any(|word| name.contains(word.as_str()));
    if name.is_empty() {
        return None;
    }
    if names.municipalities.iter().any(|city| city == name) {
        return Some(Level::Province);
    }
    let inside = names.municipalities.iter().any(|city| name.starts_with(city.as_str()));
    if ends(name, &names.townships) {
        return Some(Level::Township);
    }
    if name.contains('县') || name.contains('旗') || has_district(name, names) || naming.names_county_city(name) {
        return Some(Level::County);
    }
    if name.contains('省') || name.contains("自治区") || inside {
        return Some(if name.contains('市') && !inside { Level::City } else { Level::Province });
    }
    // 公安局城东分局: of a district of the city.
    if ends(name, &names.branches) {
        return Some(Level::County);
    }
    if has(&names.prefectures) || ends(name, &names.prefecture_ends) {
        return Some(Level::City);
    }
    if kind == OrganKind::Area && name.ends_with('市') || name.contains('市') {
        return Some(Level::City);
    }
    // 国家统计局云河调查队 is in some place, which the name does not tell the level of.
    let is_whole = name.find('局').is_none_or(|at| name[at..].chars().count() == 1);
    let is_chinas = name.starts_with("中国") && name.ends_with('局') && name.chars().count() <= LONGEST_NATIONAL;
    let is_national = (name.starts_with("国家") || is_chinas) && is_whole;
    (is_national || ends(name, &names.central_ends)).then_some(Level::Central)
}

fn has_district(name: &str, names: &OrganNames) -> bool {
    let mut places = name.match_indices('区').map(|(at, _)| &name[..at]);
    places.any(|before| !ends(before, &names.no_districts))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::Dictionary;

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
            ("诸暨市人民政府", OrganKind::Area, Some(Level::County)),
            ("浙江省诸暨市财政局", OrganKind::Department, Some(Level::County)),
            ("杭州市财政局", OrganKind::Department, Some(Level::City)),
            ("听澜街道办事处", OrganKind::Area, Some(Level::Township)),
            ("西藏自治区云河市城关区人民政府", OrganKind::Area, Some(Level::County)),
            ("国家统计局云河调查队", OrganKind::Department, None),
            ("云河地区行政公署", OrganKind::Area, Some(Level::City)),
            ("", OrganKind::Unknown, None),
        ];
        let naming = &Dictionary::built_in().naming;
        for (name, kind, level) in cases {
            let organ = Organ::new(name, naming);
            assert_eq!((organ.kind, organ.level), (kind, level), "{name}");
        }
    }
}
