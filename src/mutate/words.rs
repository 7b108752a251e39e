//! Negations added to counts and taken from claims in words.

use super::class::Class;
use super::site::{Change, Site};
use crate::dictionary::{ClaimKind, Mismatch};
use crate::form::{Column, Number, Row};

/// What is negated by 未 before it.
const VERBS: [&str; 5] = ["收到", "受理", "发生", "产生", "引发"];
/// Negations, with what is left of them.
const NEGATIONS: [(&str, &str); 3] = [("没有", "有"), ("未", ""), ("无", "有")];
/// Words between the verb and the number that only a number can follow.
const BEFORE_NUMBERS: [&str; 4] = ["共计", "共", "各类", "计"];

pub(super) fn changes(site: &Site<'_>) -> Vec<Change> {
    let claims = 0..site.view.claims.list.len();
    claims
        .filter_map(|i| match site.claim(i).kind {
            ClaimKind::Count => added(site, i),
            ClaimKind::Zero => dropped(site, i),
            _ => None,
        })
        .collect()
}

/// 收到申请3件 to 未收到申请.
fn added(site: &Site<'_>, index: usize) -> Option<Change> {
    let formula = site.confirmed(index)?;
    let is_whole = formula.cells().iter().all(|c| {
        matches!(c.row, Row::Received | Row::Review | Row::LitigationDirect | Row::LitigationAfterReview)
            && c.column == Column::Total
    });
    let quantity = site.quantity(index).filter(|q| is_whole && q.value > Number::ZERO && q.is_exact())?;
    let clause = site.claim(index).clause.clone();
    let before = site.prose(clause.start..quantity.range.start);
    let (at, verb) = VERBS.iter().filter_map(|v| before.rfind(v).map(|at| (at, *v))).max()?;
    let mut noun = &before[at + verb.len()..];
    for word in BEFORE_NUMBERS {
        noun = noun.trim_end_matches(word);
    }
    let after = site.prose(quantity.whole.end..clause.end);
    let follows = after.chars().next().is_some_and(char::is_alphabetic);
    if noun.chars().any(|c| !c.is_alphabetic()) || (noun.chars().count() < 2 && !follows) {
        return None;
    }
    Some(Change {
        class: Class::NegationAdded,
        span: site.verbatim(clause.start + at..quantity.whole.end)?,
        new: format!("未{verb}{noun}"),
        is_firm: site.claim(index).mismatch == Mismatch::Contradicted,
        subject: formula.to_string(),
        value: Some(quantity.value),
        quote: site.clause(index),
        places: site.related(index),
        cells: Vec::new(),
    })
}

/// 未收到申请 to 收到申请.
fn dropped(site: &Site<'_>, index: usize) -> Option<Change> {
    let formula = site.confirmed(index)?;
    let claim = site.claim(index);
    let text = site.prose(claim.range.clone());
    let (at, old, new) = NEGATIONS
        .iter()
        .filter_map(|(old, new)| text.find(old).map(|at| (at, *old, *new)))
        .min_by_key(|(at, ..)| *at)?;
    let start = claim.range.start + at;
    // Nothing in the words but the negation makes them a claim: what is left must still say something.
    if text.len() - old.len() < 2 * '一'.len_utf8() {
        return None;
    }
    Some(Change {
        class: Class::NegationDropped,
        span: site.verbatim(start..start + old.len())?,
        new: new.to_string(),
        is_firm: claim.mismatch == Mismatch::Contradicted,
        subject: formula.to_string(),
        value: site.evaluate(formula, None).or(Some(Number::ZERO)),
        quote: site.clause(index),
        places: vec![site.place(index)],
        cells: Vec::new(),
    })
}
