//! Patterns over word classes, compiled to regular expressions over symbols.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::lexicon::{Lexicon, symbol};

/// Turns a pattern into a regular expression over one character a word.
///
/// # Errors
/// A name that is neither class nor macro, in words.
pub(super) fn to_regex(pattern: &str, lexicon: &Lexicon, macros: &BTreeMap<String, String>) -> Result<String, String> {
    to_regex_at_depth(pattern, lexicon, macros, 0)
}

fn to_regex_at_depth(
    pattern: &str,
    lexicon: &Lexicon,
    macros: &BTreeMap<String, String>,
    depth: usize,
) -> Result<String, String> {
    if depth > 4 {
        return Err("macros are nested too deep".to_string());
    }
    let mut out = String::new();
    let mut rest = pattern;
    while let Some(c) = rest.chars().next() {
        let name_len = rest.find(|c: char| !(c.is_ascii_alphabetic() || c == '_')).unwrap_or(rest.len());
        let name = &rest[..name_len];
        let taken = match (c, name) {
            (' ', _) => 1,
            ('(', _) => {
                out.push_str("(?:");
                1
            }
            (')' | '|' | '?' | '*' | '+', _) => {
                out.push(c);
                1
            }
            ('{', _) => {
                let end = rest.find('}').ok_or("a { is not closed")?;
                out.push_str(&rest[..=end]);
                end + 1
            }
            ('^', _) => {
                out.push_str("\\A");
                1
            }
            ('$', _) => {
                out.push_str("\\z");
                1
            }
            ('#', _) => {
                out.push(symbol::SELF);
                1
            }
            (_, "N") => {
                out.push(symbol::NUMBER);
                1
            }
            (_, "_") => {
                out.push('.');
                1
            }
            _ if name.is_empty() => return Err(format!("{c} has no meaning in a pattern")),
            _ => {
                push_name(&mut out, name, lexicon, macros, depth)?;
                name_len
            }
        };
        rest = &rest[taken..];
    }
    Ok(out)
}

fn push_name(
    out: &mut String,
    name: &str,
    lexicon: &Lexicon,
    macros: &BTreeMap<String, String>,
    depth: usize,
) -> Result<(), String> {
    if let Some(body) = macros.get(name) {
        // Writing to a string cannot fail.
        let _ = write!(out, "(?:{})", to_regex_at_depth(body, lexicon, macros, depth + 1)?);
        return Ok(());
    }
    let special = symbol::NAMES.iter().find(|(n, _)| *n == name).map(|(_, s)| *s);
    let symbol = special.or_else(|| lexicon.by_name(name).map(super::ClassId::symbol));
    out.push(symbol.ok_or_else(|| format!("no class or macro is called {name}"))?);
    Ok(())
}
