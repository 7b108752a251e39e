//! The entries of `claims.toml`, read and checked.

use std::collections::BTreeMap;
use std::str::FromStr;

use regex::Regex;
use serde::Deserialize;
use toml::Spanned;

use super::{ClaimKind, FORMS, Mismatch, Objects, Pattern, Patterns, Reading, Topic, slot};
use crate::dictionary::claim_words::ClaimWords;
use crate::dictionary::compile::to_regex;
use crate::dictionary::expressions::Expressions;
use crate::dictionary::files::{File, Mode};
use crate::dictionary::groups::{self, GroupNames};
use crate::dictionary::lexicon::{Lexicon, symbol};
use crate::dictionary::older::Older;
use crate::dictionary::telling::{self, Surroundings, Triggers};
use crate::dictionary::words::UnitClass;
use crate::dictionary::{DictionaryError, Matter};
use crate::form::{Formula, Generation};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClaimsFile {
    #[serde(default, rename = "mode")]
    _mode: Mode,
    #[serde(default)]
    macros: BTreeMap<String, String>,
    #[serde(default)]
    readings: BTreeMap<String, Spanned<PerForm>>,
    triggers: Option<Triggers>,
    surroundings: Option<Surroundings>,
    groups: Option<GroupNames>,
    #[serde(default)]
    words: ClaimWords,
    #[serde(default)]
    pattern: Vec<Entry>,
}

#[derive(Deserialize, Clone)]
#[serde(untagged)]
enum PerForm {
    One(String),
    Each(BTreeMap<String, String>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: Spanned<String>,
    code: Option<Spanned<String>>,
    kind: Option<Spanned<String>>,
    #[serde(default)]
    subject: Vec<Spanned<String>>,
    #[serde(default)]
    with_carried: Vec<Spanned<String>>,
    #[serde(default)]
    of_the_received: Vec<Spanned<String>>,
    #[serde(default)]
    of_the_handled: Vec<Spanned<String>>,
    #[serde(default)]
    each: Vec<Spanned<String>>,
    at_most: Option<Spanned<String>>,
    #[serde(default)]
    newly_fewer: bool,
    #[serde(default)]
    ambiguous: bool,
    #[serde(default)]
    not_before: Vec<String>,
    equals: Option<Spanned<String>>,
    #[serde(default)]
    mismatch: Mismatch,
    #[serde(default)]
    strict: bool,
    #[serde(default)]
    anchored: bool,
    #[serde(default)]
    union: bool,
    #[serde(default)]
    spans_comma: bool,
    context: Option<Topic>,
    reading: Option<String>,
    #[serde(default)]
    unless: Vec<Spanned<String>>,
    #[serde(default)]
    units: Vec<Spanned<String>>,
    #[serde(rename = "match")]
    expressions: Vec<Spanned<String>>,
    matches: Vec<String>,
    rejects: Vec<String>,
}

/// The patterns, and the words that tell what to read.
pub(in crate::dictionary) fn compile(
    files: &[File],
    lexicon: &Lexicon,
    older: &Older,
) -> Result<(Patterns, Vec<(String, u32)>), DictionaryError> {
    let mut parsed = Vec::new();
    let (mut macros, mut readings) = (BTreeMap::new(), BTreeMap::new());
    for file in files {
        let content: ClaimsFile = file.parse()?;
        // The first file wins: a user's comes first.
        for (name, body) in &content.macros {
            macros.entry(name.clone()).or_insert_with(|| body.clone());
        }
        for (name, body) in &content.readings {
            readings.entry(name.clone()).or_insert_with(|| body.get_ref().clone());
        }
        parsed.push((file, content));
    }
    let mut builder = Builder {
        lexicon,
        macros,
        readings,
        list: Vec::new(),
        numbers: Expressions::default(),
        words: Expressions::default(),
    };
    let (mut triggers, mut around, mut groups) = (None, None, None);
    let mut claim_words = ClaimWords::default();
    for (file, content) in &parsed {
        for entry in &content.pattern {
            builder.add(file, entry)?;
        }
        claim_words.extend(&content.words);
        if let (None, Some(t)) = (&triggers, &content.triggers) {
            triggers = Some((*file, t));
        }
        if let (None, Some(s)) = (&around, &content.surroundings) {
            around = Some((*file, s));
        }
        if let (None, Some(g)) = (&groups, &content.groups) {
            groups = Some((*file, g));
        }
    }
    builder.add_older(older).map_err(|message| files[0].value_error(&(0..0), "older.toml: patterns", message))?;
    let missing = |table, message| files[0].value_error(&(0..0), table, message);
    let (file, t) =
        triggers.ok_or_else(|| missing("triggers", "no file says which classes make a clause worth reading"))?;
    let (around_file, around) =
        around.ok_or_else(|| missing("surroundings", "no file says which words tell what a paragraph is about"))?;
    let groups = groups.ok_or_else(|| missing("groups", "no file says which classes of words are taken together"))?;
    let groups = groups::compile(groups, lexicon)?;
    let telling = telling::compile((file, t), (around_file, around), lexicon)?;
    let patterns = Patterns { list: builder.list, numbers: builder.numbers, words: builder.words, claim_words, groups };
    Ok((patterns, telling))
}

struct Builder<'a> {
    lexicon: &'a Lexicon,
    macros: BTreeMap<String, String>,
    readings: BTreeMap<String, PerForm>,
    list: Vec<Pattern>,
    numbers: Expressions,
    words: Expressions,
}

impl Builder<'_> {
    fn add(&mut self, file: &File, entry: &Entry) -> Result<(), DictionaryError> {
        let id = entry.id.get_ref();
        let key = |field: &str| format!("pattern.{id}.{field}");
        if self.list.iter().any(|p| p.id == *id) {
            return Err(file.value_error(&entry.id.span(), key("id"), "two patterns have this id"));
        }
        let kind = match &entry.kind {
            None => None,
            Some(kind) => Some(parse_kind(kind.get_ref()).ok_or_else(|| {
                file.value_error(&kind.span(), key("kind"), "the kinds are count, amount, share, change, zero and all")
            })?),
        };
        for expression in &entry.expressions {
            let body = to_regex(expression.get_ref(), self.lexicon, &self.macros)
                .map_err(|message| file.value_error(&expression.span(), key("match"), message))?;
            // Ours are compiled by a test, and otherwise when they are first tried.
            if !file.is_built_in {
                Regex::new(&body).map_err(|e| file.value_error(&expression.span(), key("match"), e.to_string()))?;
            }
            let in_words = matches!(kind, Some(ClaimKind::Zero | ClaimKind::All));
            if !in_words && !body.contains(symbol::SELF) {
                let message = "# is missing: it stands for the number that is read";
                return Err(file.value_error(&expression.span(), key("match"), message));
            }
            let expressions = if in_words { &mut self.words } else { &mut self.numbers };
            expressions
                .add(self.list.len(), body)
                .map_err(|e| file.value_error(&expression.span(), key("match"), e.to_string()))?;
        }
        let readings = |field: &str, texts: &[Spanned<String>]| {
            texts
                .iter()
                .map(|t| self.reading(t.get_ref()).map_err(|m| file.value_error(&t.span(), key(field), m)))
                .collect::<Result<Vec<_>, _>>()
        };
        let one = |field: &str, text: &Option<Spanned<String>>| match text {
            None => Ok(None),
            Some(t) => self.reading(t.get_ref()).map(Some).map_err(|m| file.value_error(&t.span(), key(field), m)),
        };
        let mut unless = Vec::new();
        for name in &entry.unless {
            let class = self.lexicon.by_name(name.get_ref());
            let unknown =
                || file.value_error(&name.span(), key("unless"), format!("no class is called {}", name.get_ref()));
            unless.push(class.ok_or_else(unknown)?.symbol());
        }
        let mut units = Vec::new();
        for name in &entry.units {
            if name.get_ref() != "*" {
                let unknown = || {
                    file.value_error(&name.span(), key("units"), format!("no unit class is called {}", name.get_ref()))
                };
                units.push(UnitClass::from_str(name.get_ref()).map_err(|()| unknown())?);
            }
        }
        if entry.units.is_empty() {
            units = vec![UnitClass::Case, UnitClass::Item, UnitClass::Times, UnitClass::None];
        }
        let no_matter = |code: &Spanned<String>| {
            file.value_error(&code.span(), key("code"), format!("no rule on claims has the code {}", code.get_ref()))
        };
        let matter = |code: &Spanned<String>| Matter::from_str(code.get_ref()).map_err(|()| no_matter(code));
        let matter = entry.code.as_ref().map(matter).transpose()?;
        let pattern = Pattern {
            id: id.clone(),
            matter,
            kind,
            subject: readings("subject", &entry.subject)?,
            with_carried: readings("with_carried", &entry.with_carried)?,
            of_the_received: readings("of_the_received", &entry.of_the_received)?,
            of_the_handled: readings("of_the_handled", &entry.of_the_handled)?,
            each: readings("each", &entry.each)?,
            at_most: one("at_most", &entry.at_most)?,
            newly_fewer: entry.newly_fewer,
            ambiguous: entry.ambiguous,
            not_before: entry.not_before.clone(),
            equals: one("equals", &entry.equals)?,
            mismatch: entry.mismatch,
            strict: entry.strict,
            anchored: entry.anchored,
            union: entry.union,
            spans_comma: entry.spans_comma,
            topic: entry.context,
            because: entry.reading.clone(),
            unless,
            units,
            matches: entry.matches.clone(),
            rejects: entry.rejects.clone(),
            place: (!file.is_built_in).then(|| file.place(&entry.id.span())),
        };
        self.list.push(pattern);
        Ok(())
    }

    fn reading(&self, text: &str) -> Result<Reading, String> {
        let mut formulas = [const { [const { None }; Objects::ALL.len()] }; FORMS];
        for generation in [Generation::Form2019, Generation::Form2021] {
            for objects in Objects::ALL {
                let expanded = self.expand(text, generation, objects, 0)?;
                let formula = if expanded.trim() == "0" {
                    Formula::Stated("0".to_string(), crate::form::Number::ZERO)
                } else {
                    expanded.parse::<Formula>().map_err(|e| e.to_string())?
                };
                formulas[slot(generation)][objects as usize] = Some(formula);
            }
        }
        Ok(Reading::new(formulas))
    }

    /// A reading that holds in reports in an older form only; `statistics.@` is what the sentence disputes.
    fn older_reading(text: &str) -> Result<Reading, String> {
        let mut formulas = [const { [const { None }; Objects::ALL.len()] }; FORMS];
        for objects in Objects::ALL {
            let of = |row: &str| text.replace("statistics.@", &format!("statistics.{row}"));
            let expanded = match objects {
                Objects::Review => of("reviews"),
                Objects::Suits => of("suits"),
                Objects::Both if text.contains('@') => format!("{} + {}", of("reviews"), of("suits")),
                // These forms do not tell the two kinds of suits apart.
                Objects::DirectSuits | Objects::SuitsAfterReview if text.contains('@') => continue,
                _ => text.to_string(),
            };
            let formula = expanded.parse::<Formula>().map_err(|e| e.to_string())?;
            formulas[slot(Generation::Form2014)][objects as usize] = Some(formula);
        }
        Ok(Reading::new(formulas))
    }

    /// Adds what the patterns mean in the older forms.
    fn add_older(&mut self, older: &Older) -> Result<(), String> {
        for (id, readings) in older.readings() {
            let of = |list: &[String]| list.iter().map(|t| Self::older_reading(t)).collect::<Result<Vec<_>, _>>();
            let (subject, each) = (of(&readings.subject)?, of(&readings.each)?);
            let equals = readings.equals.as_deref().map(Self::older_reading).transpose()?;
            // A pattern that a replaced file leaves out needs no readings.
            let Some(pattern) = self.list.iter_mut().find(|p| p.id == *id) else { continue };
            if pattern.subject.is_empty() != subject.is_empty() || pattern.each.is_empty() != each.is_empty() {
                return Err(format!("{id} has no such readings in the newer forms"));
            }
            pattern.subject.extend(subject);
            pattern.each.extend(each);
            if let (Some(own), Some(older)) = (&mut pattern.equals, equals) {
                let mut formulas = own.formulas.clone();
                formulas[slot(Generation::Form2014)] = older.formulas[slot(Generation::Form2014)].clone();
                *own = Reading::new(formulas);
            }
        }
        Ok(())
    }

    fn expand(&self, text: &str, generation: Generation, objects: Objects, depth: usize) -> Result<String, String> {
        if depth > 4 {
            return Err("readings are nested too deep".to_string());
        }
        let mut out = text.to_string();
        for (name, body) in &self.readings {
            if !out.contains(name.as_str()) {
                continue;
            }
            let body = match body {
                PerForm::One(body) => body,
                PerForm::Each(per_form) => per_form
                    .get(generation.name())
                    .ok_or_else(|| format!("the reading {name} does not say what it is in the form of {generation}"))?,
            };
            let body = self.expand(body, generation, objects, depth + 1)?;
            out = out.replace(name.as_str(), &if body.contains(' ') { format!("({body})") } else { body });
        }
        while let Some(at) = out.find("disputes.@.") {
            let rest = &out[at + "disputes.@.".len()..];
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
            let column = rest[..end].to_string();
            let sum = objects.rows().iter().map(|r| format!("disputes.{r}.{column}")).collect::<Vec<_>>().join(" + ");
            let whole = format!("disputes.@.{column}");
            out = out.replacen(&whole, &if sum.contains('+') { format!("({sum})") } else { sum }, 1);
        }
        Ok(out)
    }
}

fn parse_kind(text: &str) -> Option<ClaimKind> {
    [ClaimKind::Count, ClaimKind::Amount, ClaimKind::Share, ClaimKind::Change, ClaimKind::Zero, ClaimKind::All]
        .into_iter()
        .find(|k| k.name() == text)
}
