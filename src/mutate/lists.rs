//! Totals with their parts.

use super::class::Class;
use super::dice::swaps;
use super::site::{Change, Site};
use crate::claims::{List, ListKind};
use crate::form::{Formula, Number};

pub(super) fn changes(site: &Site<'_>) -> Vec<Change> {
    site.view.claims.lists.iter().flat_map(|list| of_list(site, list)).collect()
}

fn of_list(site: &Site<'_>, list: &List) -> Vec<Change> {
    let parts: Vec<usize> = list.parts().collect();
    let is_exact = |i: &usize| site.quantity(*i).is_some_and(|q| q.is_exact());
    let sum: Number = parts.iter().filter_map(|i| site.value(*i)).sum();
    let is_one_list = list.groups.len() == 1 || list.groups.iter().all(|g| g.len() == 1);
    let closes = parts.len() >= 2
        && is_one_list
        && parts.iter().chain([&list.total]).all(is_exact)
        && site.value(list.total) == Some(sum);
    if !closes {
        return Vec::new();
    }
    match list.kind {
        ListKind::Exhaustive => {
            let own = parts.iter().filter_map(|i| changed(site, list, *i, Class::SumPart));
            own.chain(changed(site, list, list.total, Class::SumTotal)).collect()
        }
        ListKind::Open => parts.iter().filter_map(|i| changed(site, list, *i, Class::OpenSumPart)).collect(),
        ListKind::Loose => Vec::new(),
    }
}

fn changed(site: &Site<'_>, list: &List, index: usize, class: Class) -> Option<Change> {
    // What a cell contradicts would be caught without the list.
    if class == Class::OpenSumPart && site.is_on_cells(index) {
        return None;
    }
    let text = site.printed(index);
    let value = site.value(index)?.to_whole().filter(|_| text.bytes().all(|b| b.is_ascii_digit()))?;
    let quantity = site.quantity(index)?;
    let mut ways = vec![value + 1, value - 1, value + 10, value * 10];
    ways.extend(swaps(text).iter().filter_map(|s| s.parse::<i64>().ok()));
    ways.retain(|new| *new > 0 && *new != value && (class != Class::OpenSumPart || *new > value));
    // Without the change the parts are the total; with it some of them alone may be.
    ways.retain(|new| class != Class::SumTotal || !subset(site, list, *new));
    let new = site.dice(class, quantity.range.start).pick(&ways)?;
    let stated = |i: usize| Formula::Stated(site.printed(i).to_string(), site.value(i).unwrap_or_default());
    Some(Change {
        class,
        span: site.verbatim(quantity.range.clone())?,
        new: new.to_string(),
        is_firm: true,
        subject: Formula::Sum(list.parts().map(stated).collect()).to_string(),
        value: site.value(list.total),
        quote: site.prose(site.view.claims.sentences[site.claim(list.total).sentence].range.clone()).to_string(),
        places: site.related(index),
        cells: Vec::new(),
    })
}

/// Whether all parts but one add up to a number: one of them may be no part.
fn subset(site: &Site<'_>, list: &List, total: i64) -> bool {
    let sum: Number = list.parts().filter_map(|i| site.value(i)).sum();
    list.parts().filter_map(|i| site.value(i)).any(|left_out| sum - left_out == Number::whole(total))
}
