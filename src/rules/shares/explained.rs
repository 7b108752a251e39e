//! Whether anything near a share explains it: some counts of the paragraph over some total.

use super::agreement;
use crate::claims::Claim;
use crate::dictionary::ClaimKind;
use crate::form::{CellId, Number, Row};
use crate::quantities::Quantity;
use crate::rules::Context;

/// Counts on either side of a share that it may be of.
const NEAR: usize = 24;

/// Totals of the tables, and what came in or went out in all.
fn totals(context: &Context<'_>) -> Vec<Number> {
    let value = |row| context.tables.value(CellId::total(row));
    let mut totals: Vec<Number> =
        [Row::Received, Row::CarriedIn, Row::Handled, Row::CarriedOut].into_iter().filter_map(value).collect();
    let both = |a, b| Some(value(a)? + value(b)?);
    totals.extend(both(Row::Received, Row::CarriedIn));
    totals.extend(both(Row::Handled, Row::CarriedOut));
    totals
}

/// The counts of the paragraph beside a share.
fn counts(context: &Context<'_>, share: usize) -> Vec<Number> {
    let claims = &context.claims.list;
    let paragraph = |c: &Claim| context.claims.sentences[c.sentence].paragraph;
    let own = paragraph(&claims[share]);
    let value = |c: &Claim| {
        let quantity = c.quantity.map(|q| &context.lexed.quantities[q])?;
        (c.kind != ClaimKind::Share && paragraph(c) == own).then_some(quantity.value)
    };
    let before = claims[..share].iter().rev().take(NEAR).filter_map(value);
    before.chain(claims[share + 1..].iter().take(NEAR).filter_map(value)).collect()
}

/// Whether one of some parts makes up the share of some count of the paragraph or of a total of the tables.
pub(super) fn by_count(context: &Context<'_>, share: usize, printed: &Quantity, parts: &[Number]) -> bool {
    let bases = [totals(context), counts(context, share)].concat();
    bases.into_iter().any(|base| fits(printed, parts, base))
}

/// Whether a part makes up the share of some count of the paragraph, rounded.
pub(super) fn by_rounding(context: &Context<'_>, share: usize, printed: &Quantity, part: Number) -> bool {
    let bases = counts(context, share);
    bases.into_iter().any(|base| part.ratio(base).is_some_and(|r| printed.interval.contains(r)))
}

/// The same as [`by_count`] of two counts together, or of all.
pub(super) fn by_counts(context: &Context<'_>, share: usize, printed: &Quantity, parts: &[Number]) -> bool {
    let counts = counts(context, share);
    let of_two = |(at, a): (usize, &Number)| counts[at + 1..].iter().any(|b| fits(printed, parts, *a + *b));
    by_count(context, share, printed, parts)
        || fits(printed, parts, counts.iter().copied().sum())
        || counts.iter().enumerate().any(of_two)
}

fn fits(printed: &Quantity, parts: &[Number], base: Number) -> bool {
    parts.iter().any(|p| p.ratio(base).is_some_and(|r| agreement(printed, r).is_some()))
}

/// Whether some of the last six counts before a share in its sentence, up to three or a run of them, are together this
/// share of a total of the tables or of a count of the paragraph.
pub(super) fn by_parts(context: &Context<'_>, share: usize, printed: &Quantity) -> bool {
    let claims = &context.claims.list;
    let sentence = claims[share].sentence;
    let value = |c: &Claim| c.quantity.map(|q| context.lexed.quantities[q].value);
    let before = claims[..share].iter().rev().take_while(|c| c.sentence == sentence);
    let own: Vec<Number> = before.filter(|c| c.kind == ClaimKind::Count).filter_map(value).take(6).collect();
    let bases = [totals(context), counts(context, share)].concat();
    let fits = |part: Number| bases.iter().any(|base| fits(printed, &[part], *base));
    (1_u32..1 << own.len())
        .filter(|chosen| chosen.count_ones() <= 3 || is_run(*chosen))
        .any(|chosen| fits(own.iter().enumerate().filter(|(i, _)| chosen >> i & 1 != 0).map(|(_, n)| *n).sum()))
}

/// Whether the ones of a number stand next to each other.
fn is_run(bits: u32) -> bool {
    let bits = bits >> bits.trailing_zeros();
    bits & (bits + 1) == 0
}
