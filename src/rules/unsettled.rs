//! C004: a number that differs from the cell its words may mean. It may as well be another number: an observation.

use super::{Assessment, Context, Sink, Verdict, doubts, explain, fees, neighbours};
use crate::claims::Claim;
use crate::dictionary::{ClaimKind, Matter, UnitClass};
use crate::form::Number;
use crate::lang::say;

/// So many times the cell's value and more are another number, not a slip.
const FAR: i64 = 20;

pub(super) fn check(context: &Context<'_>, assessments: &[Assessment], sink: &mut Sink) {
    for (at, (claim, assessed)) in context.claims.list.iter().zip(assessments).enumerate() {
        let is_made_up = || neighbours::is_made_up(context, assessments, at, neighbours::TELLING);
        let is_other = || {
            is_far(context, claim, assessed)
                || counts_entries(context, claim)
                || fees::slipped_unit(context, claim).is_some()
                || is_counted_apart(context, assessments, at)
        };
        let is_number = || neighbours::differs_plainly(context, claim, assessed) && !is_other() && !is_made_up();
        if !is_number() && !is_denied(claim, assessed) {
            continue;
        }
        if let Some(mut draft) = explain::draft(context, claim, assessed) {
            draft.message.push_str(&please_look(context, claim));
            sink.report("C004", draft);
        }
    }
}

/// 未制发行政规范性文件, and the table has seven.
fn is_denied(claim: &Claim, assessed: &Assessment) -> bool {
    // Of applications and disputes such words are often said in passing.
    claim.kind == ClaimKind::Zero
        && matches!(claim.matter, Some(Matter::Documents | Matter::CarriedOver))
        && claim.quantity.is_none()
        && claim.scope.is_none()
        && assessed.verdict == Verdict::Undetermined
        && assessed.expected.is_some_and(|n| n > Number::ZERO)
}

fn please_look(context: &Context<'_>, claim: &Claim) -> String {
    let lang = context.lang;
    match claim.doubt {
        Some(doubt) => say!(lang, "不过{}，请核对。", " But {}: please look.", doubts::text(doubt, lang)),
        None => say!(
            lang,
            "这类说法也可能指表格以外的数，请核对。",
            " Such words may also mean a number outside the tables: please look."
        ),
    }
}

/// 行政复议60件（信息公开6件）: the sentence gives the disputes that the table has beside all of them.
fn is_counted_apart(context: &Context<'_>, assessments: &[Assessment], at: usize) -> bool {
    let claims = &context.claims.list;
    let is_dispute = |c: &Claim| matches!(c.matter, Some(Matter::Reviews | Matter::Suits));
    let is_table = |j: usize| {
        let assessed = &assessments[j];
        j != at && assessed.verdict == Verdict::Confirmed && assessed.subject == assessments[at].subject
    };
    is_dispute(&claims[at])
        && context.claims.of_sentence(claims[at].sentence).any(|j| is_dispute(&claims[j]) && is_table(j))
}

/// 行政许可262条: entries on a web site, not decisions.
fn counts_entries(context: &Context<'_>, claim: &Claim) -> bool {
    let class = claim.quantity.map(|q| context.lexed.quantities[q].class);
    claim.matter == Some(Matter::Decisions) && class == Some(UnitClass::Item)
}

fn is_far(context: &Context<'_>, claim: &Claim, assessed: &Assessment) -> bool {
    let own = claim.quantity.map(|q| context.lexed.quantities[q].value).unwrap_or_default();
    let expected = assessed.expected.unwrap_or_default();
    own >= expected.max(Number::ONE) * FAR
}
