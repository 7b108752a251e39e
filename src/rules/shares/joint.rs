//! Shares of several counts taken together: 两项合计占50%.

use super::{agreement, bases, bases_read, explained, is_on_applications, of_nothing};
use crate::claims::{BaseHint, ShareLink};
use crate::form::{Formula, Number};
use crate::lang::{pick, say};
use crate::quantities::Quantity;
use crate::rules::{Assessment, Context, Verdict, explain, together as beside};

pub(super) fn assess(context: &Context<'_>, link: &ShareLink, out: &[Assessment]) -> Assessment {
    let claims = &context.claims.list;
    let quantity = |i: usize| claims[i].quantity.map(|q| &context.lexed.quantities[q]);
    let Some(share) = quantity(link.share) else { return unclear(context) };
    let members: Vec<usize> = link.with.iter().copied().chain([link.part]).collect();
    // The last count may be the sum already: 不予公开和无法提供共84件，共占35.29%.
    let tried = [&members[..], &members[members.len() - 1..]];
    let agreed = tried.into_iter().find_map(|some| agreed(context, link, some, (share, out)));
    agreed.unwrap_or_else(|| differing(context, link, &members, (share, out)))
}

/// 予以公开2件、部分公开2件，占44.44%: the verdict if the share is, rounded, that of its count with those just before it.
pub(super) fn of_those_before(
    context: &Context<'_>,
    link: &ShareLink,
    share: &Quantity,
    out: &[Assessment],
) -> Option<Assessment> {
    let runs = 1..=beside::counts_before(context, link.part);
    let mut agreed = runs.filter_map(|more| {
        let members: Vec<usize> = (link.part - more..=link.part).collect();
        agreed(context, link, &members, (share, out))
    });
    let agreed = agreed.find(|a| a.expected.is_some_and(|ratio| share.interval.contains(ratio)))?;
    // No word says that they are taken together.
    Some(Assessment { verdict: Verdict::Compatible, ..agreed })
}

/// The verdict if the counts together make up the share of a total.
fn agreed(
    context: &Context<'_>,
    link: &ShareLink,
    members: &[usize],
    (share, out): (&Quantity, &[Assessment]),
) -> Option<Assessment> {
    let (part, sum, on_cells) = together(context, members, out);
    let fits = |base: Number| sum.ratio(base).is_some_and(|r| agreement(share, r).is_some());
    let base = bases(context, link, on_cells).into_iter().find(|b| fits(b.value))?;
    let name = explain::name_of(&base.formula, context.lang);
    let reading =
        say!(context.lang, "各项合计以{name}为基数相符", "the counts together agree over {name}", name = name);
    Some(Assessment::new(Verdict::Confirmed, reading).about(part.over(base.formula), sum.ratio(base.value)))
}

/// Some counts as one: in cells where all of them agree with cells.
fn together(context: &Context<'_>, members: &[usize], out: &[Assessment]) -> (Formula, Number, bool) {
    let claims = &context.claims.list;
    let value = |i: usize| claims[i].quantity.map(|q| context.lexed.quantities[q].value).unwrap_or_default();
    let is_cell = |i: &usize| {
        is_on_applications(&claims[*i]) && matches!(out[*i].verdict, Verdict::Confirmed | Verdict::Compatible)
    };
    let on_cells = members.iter().all(is_cell);
    let formula = |i: &usize| match &out[*i].subject {
        Some(subject) if on_cells => subject.clone(),
        _ => Formula::Stated(explain::stated_text(context, &claims[*i]), value(*i)),
    };
    let mut formulas: Vec<Formula> = members.iter().map(formula).collect();
    let part = if formulas.len() == 1 { formulas.remove(0) } else { Formula::Sum(formulas) };
    (part, members.iter().map(|i| value(*i)).sum(), on_cells)
}

/// The counts together do not make up the share. Which counts are meant is not certain; where no choice of those before
/// it fits any total, it is wrong whichever they are.
fn differing(
    context: &Context<'_>,
    link: &ShareLink,
    members: &[usize],
    (share, out): (&Quantity, &[Assessment]),
) -> Assessment {
    let claims = &context.claims.list;
    let (part, sum, on_cells) = together(context, members, out);
    let bases = bases(context, link, on_cells);
    if let Some(assessment) = of_nothing(context, &bases) {
        return assessment;
    }
    let is_own =
        link.base != BaseHint::Unknown && members.iter().chain([&link.share]).all(|i| claims[*i].scope.is_none());
    let (Some(first), true) = (bases.first(), is_own && share.hedge.is_none()) else { return unclear(context) };
    if explained::by_parts(context, link.share, share) {
        return unclear(context);
    }
    let (subject, ratio) = (part.over(first.formula.clone()), sum.ratio(first.value));
    if on_cells && first.is_cell && bases_read(context) {
        let reading = pick!(
            context.lang,
            "前面各件数无论取哪几项合计，以各种通行的总数为基数均不相符",
            "no choice of the counts before it agrees over any total in use"
        );
        return Assessment::new(Verdict::Contradicted, reading).about(subject, ratio).reported_by(Some("P015"));
    }
    super::base_unclear(context).about(subject, ratio)
}

fn unclear(context: &Context<'_>) -> Assessment {
    Assessment::new(
        Verdict::NotComparable,
        pick!(context.lang, "合计的各项未写明", "which counts are taken together is not stated"),
    )
}
