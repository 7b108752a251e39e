//! How organs and reports are named: ends of names, who says whose report it is, and lines that may be titles.

use std::collections::HashSet;
use std::sync::OnceLock;

use regex::Regex;
use serde::Deserialize;
use toml::Spanned;

use super::DictionaryError;
use super::files::{File, Mode};
use super::word_list::EMPTY_WORD;

/// An expression, compiled when it is first needed: few reports need any of these.
#[derive(Debug, Default)]
pub struct Expression {
    source: String,
    compiled: OnceLock<Option<Regex>>,
}

impl Expression {
    /// The expression; none if the dictionaries have none.
    #[must_use]
    pub fn get(&self) -> Option<&Regex> {
        let compile = || (!self.source.is_empty()).then(|| Regex::new(&self.source).ok()).flatten();
        self.compiled.get_or_init(compile).as_ref()
    }
}

/// A table of lists of words and of expressions: each user's list adds to ours, each user's expression replaces ours.
macro_rules! table {
    (
        $(#[doc = $about:expr])* $table:ident, $file:ident, $name:literal:
        $($(#[doc = $doc:expr])* $list:ident,)* ;
        $($(#[doc = $told:expr])* $expression:ident,)*
    ) => {
        $(#[doc = $about])*
        #[derive(Debug, Default)]
        pub struct $table {
            $($(#[doc = $doc])* pub $list: Vec<String>,)*
            $($(#[doc = $told])* pub $expression: Expression,)*
        }

        #[derive(Default, Deserialize)]
        #[serde(deny_unknown_fields, default)]
        struct $file {
            $($list: Vec<Spanned<String>>,)*
            $($expression: Option<Spanned<String>>,)*
        }

        impl $table {
            #[allow(unused_variables, reason = "a table without expressions has nothing to check")]
            fn add(&mut self, table: $file, file: &File) -> Result<(), DictionaryError> {
                $(for word in table.$list {
                    if word.get_ref().is_empty() {
                        let key = concat!($name, ".", stringify!($list));
                        return Err(file.value_error(&word.span(), key, EMPTY_WORD));
                    }
                    self.$list.push(word.into_inner());
                })*
                $(if let Some(source) = table.$expression.filter(|_| self.$expression.source.is_empty()) {
                    // Ours are compiled by a test.
                    if !file.is_built_in && let Err(error) = Regex::new(source.get_ref()) {
                        let key = concat!($name, ".", stringify!($expression));
                        return Err(file.value_error(&source.span(), key, error.to_string()));
                    }
                    self.$expression.source = source.into_inner();
                })*
                Ok(())
            }

            #[cfg(test)]
            fn expressions(&self) -> Vec<(&'static str, &Expression)> {
                vec![$((stringify!($expression), &self.$expression),)*]
            }
        }
    };
}

table! {
    /// What names of organs tell.
    OrganNames, OrganNamesFile, "organs":
    /// Ends of the offices of governments.
    offices,
    /// Ends of governments and areas.
    areas,
    /// Ends of departments.
    departments,
    /// Ends of organs of justice, to which reviews of all others come.
    justice,
    /// Ends that an area's name goes without.
    governments,
    /// Ends of townships.
    townships,
    /// Ends of branches in the districts of a city.
    branches,
    /// Cities of the level of a province.
    municipalities,
    /// Words in names of prefectures.
    prefectures,
    /// Ends of names of prefectures.
    prefecture_ends,
    /// What stands before 区 where it is of no district.
    no_districts,
    /// Ends of names of central organs.
    central_ends,
    /// What names begin with that leave out the place: 省教育厅.
    levels,
    /// What names of national organs begin with.
    national,
    /// What words begin with that refer to an organ without naming it.
    unnamed,
    /// Words of a sentence, which no name has.
    sentence,
    ;
}

table! {
    /// Where a page or a text tells whose report it is.
    Told, ToldFile, "told":
    /// 我局: how departments call themselves.
    departments,
    /// Ends of those who may be said to have drawn a report up.
    authors,
    /// 我: what stands before the end of one's own name.
    own,
    /// 现公布: what announces a report.
    announcing,
    ;
    /// What the report is called where it is announced.
    report,
    /// Who publishes the page, or where its text is from.
    publisher,
    /// Who publishes the page.
    published_by,
    /// Who has drawn the report up, or is responsible for the page.
    said_by,
    /// Whom to ask, or who has drawn the report up.
    contact,
    /// Whom to ask.
    asked,
    /// 本报告由……编制
    author,
    /// 2024年，某某局认真贯彻……: the year, and the name.
    first,
}

table! {
    /// What lines are titles.
    TitleWords, TitleWordsFile, "titles":
    /// 年度报告: what the name of a report ends with.
    reports,
    /// 政府信息公开: what it is about.
    matters,
    /// 现公布: what may stand before a title.
    leads,
    /// 标题： the same, as labels of fields.
    labels,
    /// 上一篇: what links to other pages begin with.
    links,
    /// Words that a title has not.
    no_titles,
    /// 关于印发: notices that pass a report on.
    notices,
    /// Words of a title that is broken over lines.
    parts,
    /// Words of a sentence that names reports.
    sentences,
    /// What stands behind the year of a number or a date.
    behind_other_years,
    /// 统计期限: words of a title or a preamble.
    opening,
    ;
    /// What lists and archives put before a name.
    before_name,
    /// What may stand between a name and the words for the report.
    behind_name,
}

/// How organs and reports are named.
#[derive(Debug, Default)]
pub struct Naming {
    /// What names of organs tell.
    pub organs: OrganNames,
    /// Where a page or a text tells whose report it is.
    pub told: Told,
    /// What lines are titles.
    pub titles: TitleWords,
    county_cities: HashSet<String>,
    /// The length of the longest of them, in characters.
    longest_city: usize,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct PlacesFile {
    county_cities: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NamingFile {
    #[serde(default, rename = "mode")]
    _mode: Mode,
    #[serde(default)]
    organs: OrganNamesFile,
    #[serde(default)]
    told: ToldFile,
    #[serde(default)]
    titles: TitleWordsFile,
    #[serde(default)]
    places: PlacesFile,
}

impl Naming {
    /// Whether a name is that of a city of county level (县级市), or of an organ of one: 江阴市财政局, 浙江省诸暨市.
    #[must_use]
    pub fn names_county_city(&self, name: &str) -> bool {
        name.match_indices('市').any(|(at, city)| {
            let whole = &name[..at + city.len()];
            let starts = whole.char_indices().rev().take(self.longest_city);
            starts.map(|(start, _)| &whole[start..]).any(|end| self.county_cities.contains(end))
        })
    }
}

pub(super) fn compile(files: &[File]) -> Result<Naming, DictionaryError> {
    let mut naming = Naming::default();
    for file in files {
        let content: NamingFile = file.parse()?;
        naming.organs.add(content.organs, file)?;
        naming.told.add(content.told, file)?;
        naming.titles.add(content.titles, file)?;
        for city in content.places.county_cities {
            if !city.get_ref().ends_with('市') {
                return Err(file.value_error(&city.span(), "places.county_cities", "the name of a city ends in 市"));
            }
            naming.county_cities.insert(city.into_inner());
        }
    }
    naming.longest_city = naming.county_cities.iter().map(|name| name.chars().count()).max().unwrap_or(0);
    Ok(naming)
}

#[cfg(test)]
mod tests {
    use crate::dictionary::Dictionary;

    #[test]
    fn every_expression_compiles() {
        let naming = &Dictionary::built_in().naming;
        let tables = [naming.organs.expressions(), naming.told.expressions(), naming.titles.expressions()];
        for (name, expression) in tables.concat() {
            assert!(expression.get().is_some(), "{name}");
        }
    }

    #[test]
    fn a_city_is_found_by_its_whole_name() {
        let naming = &Dictionary::built_in().naming;
        for name in ["江阴市", "江阴市财政局", "浙江省诸暨市", "芒市人民政府", "新疆图木舒克市"]
        {
            assert!(naming.names_county_city(name), "{name}");
        }
        for name in ["杭州市", "连云港市", "马鞍山市财政局", "江阴县", "市财政局", ""] {
            assert!(!naming.names_county_city(name), "{name}");
        }
    }
}
