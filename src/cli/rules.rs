//! `gouji rules` and `gouji explain`.

use std::fmt::Write;

use crate::lang::{Lang, say};
use crate::rules::{RULES, by_code, page_part};

pub(super) fn list(lang: Lang) -> anyhow::Result<u8> {
    let mut out = String::new();
    for rule in RULES {
        writeln!(
            out,
            "{}  {:<8} {:<28} {}",
            rule.code,
            rule.severity.name(),
            rule.name,
            first_sentence(rule.page, lang)
        )?;
    }
    super::print(&out)?;
    Ok(super::CLEAN)
}

pub(super) fn explain(rule: &str, lang: Lang) -> anyhow::Result<u8> {
    let Some(rule) = by_code(rule) else {
        anyhow::bail!(say!(
            lang,
            "没有规则 {rule}；gouji rules 列出全部规则",
            "no rule is called {rule}; gouji rules lists them",
            rule = rule
        ));
    };
    super::print(&page_part(rule.page, lang))?;
    Ok(super::CLEAN)
}

/// The first sentence of what a rule checks.
fn first_sentence(page: &str, lang: Lang) -> String {
    let heading = match lang {
        Lang::Zh => "### 检查什么",
        Lang::En => "### What it checks",
    };
    let mut lines = page.lines().skip_while(|l| !l.starts_with(heading)).skip(1).skip_while(|l| l.trim().is_empty());
    let line = lines.next().unwrap_or_default();
    let end = line
        .find(['。', '；'])
        .map(|n| n + '。'.len_utf8())
        .or_else(|| line.find(". ").map(|n| n + 1))
        .unwrap_or(line.len());
    line[..end].to_string()
}
