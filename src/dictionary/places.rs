//! Places whose name alone does not tell their level.

use std::collections::HashSet;

use serde::Deserialize;

use super::DictionaryError;
use super::files::{File, Mode};

/// What is known of places.
#[derive(Debug, Default)]
pub struct Places {
    county_cities: HashSet<String>,
    /// The length of the longest of them, in characters.
    longest: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PlacesFile {
    #[serde(default, rename = "mode")]
    _mode: Mode,
    #[serde(default)]
    county_cities: Vec<toml::Spanned<String>>,
}

impl Places {
    /// Whether a name is that of a city of county level (县级市), or of an organ of one: 江阴市财政局, 浙江省诸暨市.
    #[must_use]
    pub fn names_county_city(&self, name: &str) -> bool {
        name.match_indices('市').any(|(at, city)| {
            let whole = &name[..at + city.len()];
            let starts = whole.char_indices().rev().take(self.longest);
            starts.map(|(start, _)| &whole[start..]).any(|end| self.county_cities.contains(end))
        })
    }
}

pub(super) fn compile(files: &[File]) -> Result<Places, DictionaryError> {
    let mut places = Places::default();
    for file in files {
        let content: PlacesFile = file.parse()?;
        for name in content.county_cities {
            if !name.get_ref().ends_with('市') {
                return Err(file.value_error(&name.span(), "county_cities", "the name of a city ends in 市"));
            }
            places.county_cities.insert(name.into_inner());
        }
    }
    places.longest = places.county_cities.iter().map(|name| name.chars().count()).max().unwrap_or(0);
    Ok(places)
}

#[cfg(test)]
mod tests {
    use crate::dictionary::Dictionary;

    #[test]
    fn a_city_is_found_by_its_whole_name() {
        let places = &Dictionary::built_in().places;
        for name in ["江阴市", "江阴市财政局", "浙江省诸暨市", "芒市人民政府", "新疆图木舒克市"]
        {
            assert!(places.names_county_city(name), "{name}");
        }
        for name in ["杭州市", "连云港市", "马鞍山市财政局", "江阴县", "市财政局", ""] {
            assert!(!places.names_county_city(name), "{name}");
        }
    }
}
