//! Shares that agree with their part and base.

use super::class::Class;
use super::dice::swaps;
use super::site::{Change, Site};
use crate::claims::{BaseHint, ListKind, ShareLink};
use crate::dictionary::ClaimKind;
use crate::form::{CellId, Column, Formula, Number, Row};
use crate::rules::Verdict;

pub(super) fn changes(site: &Site<'_>) -> Vec<Change> {
    site.view.claims.shares.iter().flat_map(|link| of_share(site, link)).collect()
}

/// A printed share: its value and the worth of its last digit, both as parts of 1.
#[derive(Clone, Copy)]
struct Printed {
    value: Number,
    step: Number,
    decimals: usize,
}

fn of_share(site: &Site<'_>, link: &ShareLink) -> Vec<Change> {
    let assessment = site.assessment(link.share);
    let is_right = matches!(assessment.verdict, Verdict::Confirmed | Verdict::Compatible) && !assessment.is_truncated;
    let Some(formula) = assessment.subject.as_ref().filter(|_| is_right) else { return Vec::new() };
    let Some(quantity) = site.quantity(link.share).filter(|q| q.hedge.is_none()) else { return Vec::new() };
    let text = site.printed(link.share);
    let Some(printed) = read(text) else { return Vec::new() };
    let Some(span) = site.verbatim(quantity.range.clone()) else { return Vec::new() };
    let (parts, bases) = (parts(site, link), bases(site, link));
    let is_error = |new: &String| {
        read(new).is_some_and(|p| {
            let fits = |part: &Number| bases.iter().any(|b| part.ratio(*b).is_some_and(|r| agrees(p, r)));
            p.value != printed.value && p.value <= Number::ONE && !parts.iter().any(fits)
        })
    };
    // A total that could not be read may be the base.
    let totals = [Row::Received, Row::CarriedIn, Row::Handled].map(|row| site.view.tables.value(CellId::total(row)));
    if formula.cell_count() > 0 && totals.contains(&None) {
        return Vec::new();
    }
    let at = quantity.range.start;
    let pick = |class: Class, from: Vec<String>| {
        let wrong: Vec<String> = from.into_iter().filter(is_error).collect();
        site.dice(class, at).pick(&wrong).map(|new| (class, new))
    };
    let near = [printed.value + printed.step, printed.value - printed.step - printed.step];
    let near = near.into_iter().filter(|v| *v > Number::ZERO).map(|v| show(v, printed.decimals)).collect();
    let is_on_cells = formula.cell_count() > 0;
    let chosen = if is_on_cells {
        vec![
            pick(Class::ShareRounding, near),
            pick(Class::ShareBase, other_bases(site, &parts, printed.decimals)),
            pick(Class::ShareDigitsSwapped, swaps(text)),
        ]
    } else {
        vec![pick(Class::StatedShareRounding, near), pick(Class::StatedShareDigitsSwapped, swaps(text))]
    };
    let is_firm = is_firm(site, link, is_on_cells);
    let change = |(class, new): (Class, String)| Change {
        class,
        span,
        new,
        is_firm,
        subject: formula.to_string(),
        value: assessment.expected,
        quote: site.clause(link.share),
        places: site.related(link.share),
        cells: Vec::new(),
    };
    chosen.into_iter().flatten().map(change).collect()
}

/// The words leave no doubt of which part and which base: one part, and a total that is the table's or the list's own.
fn is_firm(site: &Site<'_>, link: &ShareLink, is_on_cells: bool) -> bool {
    let is_single = link.with.is_empty() && link.base != BaseHint::Unknown;
    // Whose numbers they are matters against the table, not among numbers that stand side by side.
    let is_own = site.claim(link.share).scope.is_none() && site.claim(link.part).scope.is_none();
    let in_list = || {
        let lists = &site.view.claims.lists;
        lists.iter().any(|l| l.kind != ListKind::Loose && l.parts().any(|p| p == link.part)) || has_peers(site, link)
    };
    is_single && if is_on_cells { is_own && site.is_on_cells(link.part) } else { in_list() }
}

/// Another share of the sentence is of the same stated total.
fn has_peers(site: &Site<'_>, link: &ShareLink) -> bool {
    let base = |share: usize| match site.assessment(share).subject.as_ref() {
        Some(Formula::Ratio(_, base)) if matches!(**base, Formula::Stated(..)) => Some((**base).clone()),
        _ => None,
    };
    let Some(own) = base(link.share) else { return false };
    let sentence = |share: usize| site.claim(share).sentence;
    let others = site.view.claims.shares.iter().map(|l| l.share).filter(|s| *s != link.share);
    others.filter(|s| sentence(*s) == sentence(link.share)).any(|s| base(s).as_ref() == Some(&own))
}

/// `12.5%`, nothing else.
fn read(text: &str) -> Option<Printed> {
    let digits = text.strip_suffix('%')?;
    let value = Number::parse(digits, -2)?;
    let decimals = digits.split_once('.').map_or(0, |(_, d)| d.len());
    Some(Printed { value, step: Number::power_of_ten(-2 - decimals as i32), decimals })
}

fn show(value: Number, decimals: usize) -> String {
    format!("{:.decimals$}%", (value * 100).to_f64())
}

/// By rounding or by cutting off; either is in use.
fn agrees(printed: Printed, ratio: Number) -> bool {
    let half = printed.step.ratio(Number::whole(2)).unwrap_or_default();
    let is_rounded = printed.value - half <= ratio && ratio <= printed.value + half;
    is_rounded || (printed.value <= ratio && ratio < printed.value + printed.step)
}

/// What the share may be of: the counts as stated, and as the table has them.
fn parts(site: &Site<'_>, link: &ShareLink) -> Vec<Number> {
    let members: Vec<usize> = link.with.iter().copied().chain([link.part]).collect();
    let stated: Number = members.iter().filter_map(|i| site.value(*i)).sum();
    let table =
        members.iter().map(|i| site.evaluate(site.assessment(*i).subject.as_ref()?, None)).sum::<Option<Number>>();
    [Some(stated), site.value(link.part), table].into_iter().flatten().collect()
}

/// Every total that a share may be of: those of the table, and every count of the paragraph.
fn bases(site: &Site<'_>, link: &ShareLink) -> Vec<Number> {
    let value = |row| site.view.tables.value(CellId::total(row));
    let mut bases: Vec<Number> = [Row::Received, Row::Handled, Row::CarriedIn].into_iter().filter_map(value).collect();
    let sums = [(Row::Received, Row::CarriedIn), (Row::Handled, Row::CarriedOut)];
    bases.extend(sums.into_iter().filter_map(|(a, b)| Some(value(a)? + value(b)?)));
    let claims = site.view.claims;
    let paragraph = |i: usize| claims.sentences[site.claim(i).sentence].paragraph;
    let own = paragraph(link.share);
    let counts = (0..claims.list.len()).filter(|i| paragraph(*i) == own && site.claim(*i).kind == ClaimKind::Count);
    bases.extend(counts.filter_map(|i| site.value(i)));
    // A list without a total of its own may be its base.
    let sentence = site.claim(link.share).sentence;
    let same = (0..claims.list.len()).filter(|i| site.claim(*i).sentence == sentence);
    bases.push(same.filter(|i| site.claim(*i).kind == ClaimKind::Count).filter_map(|i| site.value(i)).sum());
    bases.retain(|b| *b > Number::ZERO);
    bases
}

/// Shares of numbers that are no totals: those of natural persons, of what was granted.
fn other_bases(site: &Site<'_>, parts: &[Number], decimals: usize) -> Vec<String> {
    let cells = [
        CellId::new(Row::Handled, Column::NaturalPerson),
        CellId::new(Row::Received, Column::NaturalPerson),
        CellId::total(Row::Granted),
    ];
    let bases = cells.into_iter().filter_map(|id| site.view.tables.value(id));
    let ratio = |base: Number| parts.first()?.ratio(base).map(|r| show(r, decimals));
    bases.filter_map(ratio).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_rounding_or_cutting_off_explains_is_no_error() {
        let printed = |text: &str| read(text).unwrap();
        let third = Number::ONE.ratio(Number::whole(3)).unwrap();
        assert!(agrees(printed("33.3%"), third) && agrees(printed("33%"), third));
        assert!(!agrees(printed("33.4%"), third) && !agrees(printed("33.2%"), third));
        let cut = Number::whole(2).ratio(Number::whole(3)).unwrap();
        assert!(agrees(printed("66.66%"), cut) && agrees(printed("66.67%"), cut) && !agrees(printed("66.65%"), cut));
        assert_eq!(show(third, 1), "33.3%");
        assert!(read("三成").is_none());
    }
}
