//! Numbers that only the indicator table of an older form has: channels, staff, meetings, charges.
//!
//! After the patterns of `claims.toml`, what is still unread is held against the expressions of `older.toml`, each
//! of which spells out all words of the clause: what says more is no match. Reports in newer forms do not come here.

use std::ops::Range;

use super::{Claim, Claims, ScopeKind};
use crate::dictionary::{ClaimKind, ClaimWords, Matter, Mismatch, Older, OlderClaim, WordList};
use crate::document::Prose;
use crate::form::{CellId, Column, Formula, Generation, Row};
use crate::quantities::Lexed;

/// Words longer than this (bytes) spell out no indicator.
const LONGEST_WORDS: usize = 180;

/// Binds what the patterns left unread.
pub(super) fn bind(
    (prose, claim_words): (&Prose, &ClaimWords),
    lexed: &Lexed,
    older: &Older,
    (form, year): (Generation, Option<i16>),
    claims: &mut Claims,
) {
    if form == Generation::Form2008 {
        soften_local(claims);
    }
    let names_whole = |clause: &Range<usize>| names_whole(&prose.text[clause.clone()], year, &claim_words.whole);
    for index in 0..claims.list.len() {
        let claim = &claims.list[index];
        let Some(q) = claim.quantity else { continue };
        // What is spelled out here in full says more than a pattern that fits a part of it: 按时办结43件.
        if !matches!(claim.kind, ClaimKind::Count | ClaimKind::Amount) {
            continue;
        }
        let Some(words) = words_around(prose, lexed, claim, q, (year, older)) else { continue };
        let class = lexed.quantities[q].class;
        let found = older.claim(&words, class).or_else(|| {
            // 各乡镇主动公开政府信息856条: a part of the report's own number.
            let scope = claim.scope.as_ref().filter(|s| s.kind == ScopeKind::Narrower)?;
            older.claim(after_scope(&words, &scope.text)?, class)
        });
        let Some(found) = found else { continue };
        let before = &prose.text[claims.sentences[claim.sentence].range.start..claim.range.start];
        let is_of_all_years = older.speaks_of_all_years(before);
        let is_unclear = is_of_all_years
            || claim.scope.is_none()
                && !names_whole(&claim.clause)
                && follows_another(prose, claims, index, (year, older))
            || is_on_disclosed(found) && !names_whole(&claim.clause)
            || is_on_requests(found) && !is_on_disclosure((prose, &claim_words.disclosure), claims, index);
        let mut readings = found.subject.clone();
        if is_of_all_years {
            readings.extend(
                found
                    .subject
                    .iter()
                    .map(|f| f.map_cells(&|cell| Formula::Cell(CellId::new(cell.row, Column::Cumulative)))),
            );
        }
        let mismatch = if is_unclear { found.mismatch.min(Mismatch::Undetermined) } else { found.mismatch };
        let claim = &mut claims.list[index];
        claim.pattern = Some(found.id.clone());
        claim.matter = Some(Matter::Indicator);
        claim.readings = readings;
        claim.mismatch = mismatch;
        claim.because = None;
    }
}

/// What 否决公开 and 部分公开 take in differs from place to place before 2014: a difference settles nothing.
fn soften_local(claims: &mut Claims) {
    let is_unsettled =
        |f: &Formula| f.cells().iter().any(|c| matches!(c.row, Row::AnsweredRefused | Row::AnsweredPartly));
    for claim in claims.list.iter_mut().filter(|c| c.readings.first().is_some_and(is_unsettled)) {
        claim.mismatch = claim.mismatch.min(Mismatch::Undetermined);
    }
}

/// The words of the clause around a number back to the number before it, with `#` for the number.
fn words_around(
    prose: &Prose,
    lexed: &Lexed,
    claim: &Claim,
    q: usize,
    (year, older): (Option<i16>, &Older),
) -> Option<String> {
    let own = &lexed.quantities[q].whole;
    let before = q.checked_sub(1).map(|p| lexed.quantities[p].whole.end).filter(|end| *end > claim.clause.start);
    let after = lexed.quantities.get(q + 1).map(|n| n.whole.start).filter(|start| *start < claim.clause.end);
    let start = before.unwrap_or(claim.clause.start);
    let end = after.unwrap_or(claim.clause.end).max(own.end);
    if end - start > LONGEST_WORDS || start > own.start {
        return None;
    }
    let mut words = format!("{}#", &prose.text[start..own.start]);
    // What stands between two numbers belongs to the second.
    if after.is_none() {
        words.push_str(&prose.text[own.end..end]);
    }
    words.retain(|c| !c.is_whitespace());
    if let Some(year) = year {
        // A crawl runs a heading into the sentence that opens with the year.
        let opening = format!("{year}年");
        if let Some((heading, rest)) = words.split_once(&opening)
            && older.ends_like_heading(heading)
        {
            words = rest.trim_start_matches('度').to_string();
        }
        words = words.replace(&format!("{year}年度"), "").replace(&format!("{year}年"), "");
    }
    Some(words.trim_end_matches(['，', '。', '；', '、', ',', ';']).to_string())
}

fn after_scope<'w>(words: &'w str, scope: &str) -> Option<&'w str> {
    words.split_once(scope).filter(|(before, _)| before.chars().count() <= 8).map(|(_, after)| after)
}

/// Whether a claim is about applications, their closing or their answers.
fn is_on_requests(found: &OlderClaim) -> bool {
    let is_on = |row: Row| row >= Row::Applications && row <= Row::AnsweredOther;
    found.subject.first().is_some_and(|f| f.cells().iter().any(|c| is_on(c.row)))
}

/// Whether a claim is about all that was disclosed: 主动公开信息12条 is also said of one field, under its heading.
fn is_on_disclosed(found: &OlderClaim) -> bool {
    found.subject.first().is_some_and(|f| f.cells().iter().any(|c| c.row == Row::Disclosed))
}

/// Whether the paragraph speaks of disclosure, and the sentence of no other applications.
fn is_on_disclosure((prose, disclosure): (&Prose, &WordList), claims: &Claims, index: usize) -> bool {
    let claim = &claims.list[index];
    let sentence = &claims.sentences[claim.sentence];
    let before = &prose.text[prose.paragraphs[sentence.paragraph].range.start..claim.range.end];
    let is_other = |c: &Claim| c.readings.is_empty() && prose.text[c.clause.clone()].contains("申请");
    let own = claims.list[..index].iter().rev().take_while(|c| c.sentence == claim.sentence);
    disclosure.stand_in(before) && !own.into_iter().any(is_other)
}

/// Whether a clause says itself that it speaks of the whole report: 2016年, 全县.
fn names_whole(clause: &str, year: Option<i16>, whole: &WordList) -> bool {
    whole.stand_in(clause) || year.is_some_and(|y| clause.contains(&format!("{y}年")))
}

/// Whether an earlier clause of the sentence, which states nothing of the table, may say whose number this is.
fn follows_another(prose: &Prose, claims: &Claims, index: usize, (year, older): (Option<i16>, &Older)) -> bool {
    let claim = &claims.list[index];
    let sentence = &claims.sentences[claim.sentence];
    let mut earlier = sentence.clauses.iter().take_while(|c| c.range.end <= claim.clause.start);
    earlier.any(|clause| {
        let is_read = claims.list[..index].iter().any(|c| c.clause == clause.range && !c.readings.is_empty());
        !is_read && !older.is_lead(&without_year(&prose.text[clause.range.clone()], year))
    })
}

/// A text without white space, the report's own year and the marks at its ends.
fn without_year(text: &str, year: Option<i16>) -> String {
    let mut words: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if let Some(year) = year {
        words = words.replace(&format!("{year}年度"), "").replace(&format!("{year}年"), "");
    }
    words.trim_matches(['，', '。', '；', '、', ',', ';', '：', ':']).to_string()
}
