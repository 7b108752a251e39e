//! C401–C404: claims about review and litigation against table four.

use super::{Assessment, Context, Sink, Verdict, explain};
use crate::dictionary::ClaimKind;
use crate::findings::Severity;

const CODES: [&str; 4] = ["C401", "C402", "C403", "C404"];

pub(super) fn check(context: &Context<'_>, assessments: &[Assessment], sink: &mut Sink) {
    for (claim, assessment) in context.claims.list.iter().zip(assessments) {
        if assessment.verdict != Verdict::Contradicted {
            continue;
        }
        let is_ours = assessment.code.is_some_and(|c| CODES.contains(&c));
        if is_ours {
            // 均 may mean the decided cases only; 零纠错 with a correction leaves no such way out.
            let severity = (claim.kind == ClaimKind::Zero).then_some(Severity::Error);
            explain::report(context, claim, assessment, severity, sink);
        }
    }
}
