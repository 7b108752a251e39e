//! The base of a share from the shares beside it: those of one list are of one total.

use super::{agreement, claim_text, explained, is_on_applications, names_no_base};
use crate::claims::{BaseHint, Claim, ScopeKind, ShareLink};
use crate::form::{Formula, Number};
use crate::lang::pick;
use crate::rules::{Assessment, Context, Verdict, explain};

/// Sentences on either side whose shares may be of the same total.
const SENTENCES: usize = 2;

/// A share that agrees with some base.
struct Agreeing<'a> {
    base: &'a Formula,
    total: Number,
    part: Number,
    /// In the same sentence as the share in question.
    is_beside: bool,
    /// Of the same body and period.
    has_same_scope: bool,
}

/// A total that other shares nearby agree with is the base of them all: two others of the sentence, or one whose part
/// makes up the whole with this one.
pub(super) fn settle(context: &Context<'_>, out: &mut [Assessment]) {
    let plain = context.claims.shares.iter().filter(|l| l.with.is_empty() && l.base != BaseHint::Unknown);
    for link in plain.filter(|l| out[l.share].verdict == Verdict::Undetermined).collect::<Vec<_>>() {
        if let Some(assessed) = of_peers(context, link, out) {
            out[link.share] = assessed;
        }
    }
}

fn of_peers(context: &Context<'_>, link: &ShareLink, out: &[Assessment]) -> Option<Assessment> {
    let claims = &context.claims.list;
    let printed = |i: usize| claims[i].quantity.map(|q| &context.lexed.quantities[q]);
    let share = printed(link.share).filter(|q| q.hedge.is_none())?;
    let part = printed(link.part)?.value;
    if !names_no_base(claim_text(context, link.share)) {
        return None;
    }
    let peers = agreeing(context, link, out);
    // 部门公开3259条，占60%，乡镇公开2173条，占40%: the two divide the whole.
    let divides = |p: &Agreeing<'_>| p.part + part == p.total;
    let is_base = |total: Number| {
        let mut others = peers.iter().filter(|p| p.total == total);
        let is_alike = |p: &&Agreeing<'_>| p.is_beside && p.has_same_scope;
        others.clone().filter(is_alike).count() >= 2 || others.any(divides)
    };
    let peer = peers.iter().find(|p| part <= p.total && is_base(p.total))?;
    let ratio = part.ratio(peer.total)?;
    let stated = Formula::Stated(explain::stated_text(context, &claims[link.part]), part);
    let subject = stated.over(peer.base.clone());
    // 部分公开67，占4.61%: a count without a unit, of which the total was not tried.
    if agreement(share, ratio).is_some() {
        let reading =
            pick!(context.lang, "以旁边的比例所用的总数为基数，相符", "agrees over the total of the shares beside it");
        return Some(Assessment::new(Verdict::Compatible, reading).about(subject, Some(ratio)));
    }
    // The total that the list itself states, and the sentence agrees: nothing else can be meant.
    let is_plain = peer.is_beside && peer.has_same_scope && matches!(peer.base, Formula::Stated(..));
    let is_explained = || {
        let by_any = if divides(peer) { explained::by_count } else { explained::by_counts };
        by_any(context, link.share, share, &[part])
    };
    if !is_plain && (is_explained() || !is_sure(context, out, link) || fills_up(context, link, out, ratio)) {
        return None;
    }
    let reading = pick!(
        context.lang,
        "旁边的比例与这一总数相符，此处不符",
        "the shares beside it agree with this total, this one does not"
    );
    let code = if is_plain { "P003" } else { "P015" };
    let assessed = Assessment::new(Verdict::Contradicted, reading).about(subject, Some(ratio));
    Some(assessed.reported_by(Some(code)))
}

/// Whether the count that the share is of is no wrong number of the tables itself: the share may be of the right one.
fn is_sure(context: &Context<'_>, out: &[Assessment], link: &ShareLink) -> bool {
    let is_agreed = matches!(out[link.part].verdict, Verdict::Confirmed | Verdict::Compatible);
    is_agreed || !is_on_applications(&context.claims.list[link.part])
}

/// The shares near a share that agree with a base.
fn agreeing<'a>(context: &'a Context<'_>, link: &ShareLink, out: &'a [Assessment]) -> Vec<Agreeing<'a>> {
    let claims = &context.claims.list;
    let own = &claims[link.share];
    let paragraph = |c: &Claim| context.claims.sentences[c.sentence].paragraph;
    let near = own.sentence.saturating_sub(SENTENCES)..=own.sentence + SENTENCES;
    let links = near.flat_map(|sentence| context.claims.shares_of(sentence));
    let is_peer = |l: &&ShareLink| {
        let claim = &claims[l.share];
        let is_of_now = [own, claim].iter().all(|c| c.scope.as_ref().is_none_or(|s| s.kind == ScopeKind::Narrower));
        let is_other = l.share != link.share && l.with.is_empty() && paragraph(claim) == paragraph(own);
        is_other && (claim.scope == own.scope || is_of_now)
    };
    links
        .filter(is_peer)
        .filter(|l| matches!(out[l.share].verdict, Verdict::Confirmed | Verdict::Compatible))
        .filter_map(|l| {
            let Some(Formula::Ratio(_, base)) = &out[l.share].subject else { return None };
            Some(Agreeing {
                base,
                total: context.value_of(base)?,
                part: claims[l.part].quantity.map(|q| context.lexed.quantities[q].value)?,
                is_beside: claims[l.share].sentence == own.sentence,
                has_same_scope: claims[l.share].scope == own.scope,
            })
        })
        .collect()
}

/// Forgives shares whose last digit was bent so that all of the sentence make 100%: the difference is meant.
pub(super) fn forgive_bent(context: &Context<'_>, out: &mut [Assessment]) {
    for link in &context.claims.shares {
        let is_wrong = out[link.share].verdict == Verdict::Contradicted;
        if is_wrong && out[link.share].expected.is_some_and(|ratio| fills_up(context, link, out, ratio)) {
            let assessed = &mut out[link.share];
            let reading = pick!(
                context.lang,
                "末位有调整，各项合计恰为100%",
                "its last digit is bent so that the shares of the sentence make 100%"
            );
            assessed.taken_back(Verdict::Compatible, reading);
        }
    }
}

/// Whether the share was bent by a unit of its last digit so that all of the sentence make the whole: 33.3%, 33.3%, 33.4%.
fn fills_up(context: &Context<'_>, link: &ShareLink, out: &[Assessment], ratio: Number) -> bool {
    let claims = &context.claims.list;
    let printed = |i: usize| claims[i].quantity.map(|q| &context.lexed.quantities[q]);
    let Some(share) = printed(link.share) else { return false };
    let is_near = agreement(share, ratio).is_none() && (share.value - ratio).abs() <= share.step * 2;
    let all = context.claims.shares_of(claims[link.share].sentence);
    let is_one = |l: &&ShareLink| {
        l.share == link.share || matches!(out[l.share].verdict, Verdict::Confirmed | Verdict::Compatible)
    };
    let sum: Number = all.iter().filter(is_one).filter_map(|l| printed(l.share)).map(|q| q.value).sum();
    is_near && sum == Number::ONE
}
