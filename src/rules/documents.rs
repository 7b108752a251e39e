//! C201, C202: claims about documents, licences and penalties against table two.

use super::{Assessment, Context, Sink, Verdict, explain};

const CODES: [&str; 2] = ["C201", "C202"];

pub(super) fn check(context: &Context<'_>, assessments: &[Assessment], sink: &mut Sink) {
    for (claim, assessment) in context.claims.list.iter().zip(assessments) {
        if assessment.verdict != Verdict::Contradicted {
            continue;
        }
        let is_ours = assessment.code.is_some_and(|c| CODES.contains(&c));
        if is_ours {
            explain::report(context, claim, assessment, None, sink);
        }
    }
}
