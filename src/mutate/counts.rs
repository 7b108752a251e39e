//! Counts and amounts of the prose that a cell confirms.

use super::class::Class;
use super::dice::swaps;
use super::site::{Change, Site};
use crate::dictionary::{ClaimKind, Mismatch};
use crate::form::{CellId, Column, Formula, Number};

pub(super) fn changes(site: &Site<'_>) -> Vec<Change> {
    let claims = 0..site.view.claims.list.len();
    claims.flat_map(|i| of_claim(site, i)).collect()
}

fn of_claim(site: &Site<'_>, index: usize) -> Vec<Change> {
    let Some(formula) = site.confirmed(index).filter(|f| f.cell_count() > 0) else { return Vec::new() };
    match site.claim(index).kind {
        ClaimKind::Count => count(site, index, formula),
        ClaimKind::Amount => unit(site, index, formula).into_iter().collect(),
        _ => Vec::new(),
    }
}

fn count(site: &Site<'_>, index: usize, formula: &Formula) -> Vec<Change> {
    let text = site.printed(index);
    let Some(quantity) = site.quantity(index).filter(|q| q.is_exact()) else { return Vec::new() };
    let Some(value) = quantity.value.to_whole().filter(|_| text.bytes().all(|b| b.is_ascii_digit())) else {
        return Vec::new();
    };
    let at = quantity.range.start;
    let pick = |class: Class, from: &[i64]| {
        let right: Vec<i64> = from.iter().copied().filter(|v| is_error(site, index, formula, *v)).collect();
        site.dice(class, at).pick(&right).map(|v| (class, v))
    };
    let swapped: Vec<i64> = swaps(text).iter().filter_map(|s| s.parse().ok()).collect();
    let cells = |list: Vec<CellId>| {
        let values = list.into_iter().filter_map(|id| site.view.tables.value(id)?.to_whole());
        values.filter(|v| *v != 0).collect::<Vec<i64>>()
    };
    let last_year = last_year(site, formula);
    let mut chosen = vec![
        pick(Class::CountPlusOne, &[value + 1]),
        pick(Class::CountMinusOne, &[value - 1]),
        pick(Class::CountDigitsSwapped, &swapped),
        pick(Class::CountTimesTen, &[value * 10]),
        pick(Class::CountOtherColumn, &cells(other_columns(formula))),
        pick(Class::CountRowForGroup, &cells(rows_of_group(formula))),
    ];
    chosen.push(match last_year {
        Some(other) => pick(Class::CountLastYear, &[other]),
        None => pick(Class::CountOtherValue, &like(site, at, value)),
    });
    let Some(span) = site.verbatim(quantity.range.clone()) else { return Vec::new() };
    let change = |(class, new): (Class, i64)| Change {
        class,
        span,
        new: new.to_string(),
        is_firm: site.claim(index).mismatch == Mismatch::Contradicted,
        subject: formula.to_string(),
        value: Some(quantity.value),
        quote: site.clause(index),
        places: site.related(index),
        cells: Vec::new(),
    };
    chosen.into_iter().flatten().map(change).collect()
}

/// Whether another number is wrong under every reading of the words that is in use.
fn is_error(site: &Site<'_>, index: usize, formula: &Formula, new: i64) -> bool {
    let claim = site.claim(index);
    let new_value = Number::whole(new);
    let fits = |f: &Formula| site.evaluate(f, None) == Some(new_value);
    // A reading whose cells could not be read may be the right one.
    let is_unread = |f: &Formula| site.evaluate(f, None).is_none() && site.has_form(f);
    let is_within = claim.at_most.as_ref().and_then(|f| site.evaluate(f, None)).is_some_and(|most| new_value <= most);
    // Fewer may be accepted than were received.
    let is_accepted = site.prose(claim.clause.clone()).contains("受理")
        && site.evaluate(formula, None).is_some_and(|v| new_value < v);
    new >= 0 && !fits(formula) && !claim.readings.iter().any(|f| fits(f) || is_unread(f)) && !is_within && !is_accepted
}

/// The other columns of the row that a formula names, if it names one cell.
fn other_columns(formula: &Formula) -> Vec<CellId> {
    let Formula::Cell(own) = formula else { return Vec::new() };
    Column::ALL.iter().map(|c| CellId::new(own.row, *c)).filter(|id| id != own).collect()
}

/// The rows of the group that a formula names.
fn rows_of_group(formula: &Formula) -> Vec<CellId> {
    let Formula::Cell(own) = formula else { return Vec::new() };
    own.row.members().iter().map(|r| CellId::new(*r, own.column)).collect()
}

/// The same formula over the organ's report of the year before, where that is given.
fn last_year(site: &Site<'_>, formula: &Formula) -> Option<i64> {
    let document = site.view.document;
    let cells = site.years.of(&document.organ.name, document.year? - 1)?;
    let value = |id: CellId| {
        let members = id.row.members();
        let own = cells.get(&id).copied();
        own.or_else(|| {
            (!members.is_empty())
                .then(|| members.iter().map(|r| cells.get(&CellId::new(*r, id.column)).copied()).sum())?
        })
    };
    formula.evaluate(&value).ok()?.to_whole()
}

/// Numbers of like size, such as another year may have had.
fn like(site: &Site<'_>, at: usize, value: i64) -> Vec<i64> {
    let mut dice = site.dice(Class::CountOtherValue, at);
    let spread = (value / 2).max(3);
    (0..4).map(|_| value - spread + dice.below(2 * spread as usize + 1) as i64).filter(|v| *v > 0).collect()
}

/// 万元 to 元.
fn unit(site: &Site<'_>, index: usize, formula: &Formula) -> Option<Change> {
    let quantity = site.quantity(index)?;
    let text = site.printed(index);
    let wan = text.strip_suffix('万').map(|_| quantity.range.end - '万'.len_utf8()..quantity.range.end)?;
    if quantity.value == Number::ZERO {
        return None;
    }
    Some(Change {
        class: Class::AmountUnit,
        span: site.verbatim(wan)?,
        new: String::new(),
        is_firm: site.claim(index).mismatch == Mismatch::Contradicted,
        subject: formula.to_string(),
        value: site.evaluate(formula, None),
        quote: site.clause(index),
        places: [vec![site.place(index)], site.related(index)].concat(),
        cells: Vec::new(),
    })
}
