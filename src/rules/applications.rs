//! C301–C307, C309: claims about applications against table three.

use super::{Assessment, Context, Sink, Verdict, explain};

const CODES: [&str; 8] = ["C301", "C302", "C303", "C304", "C305", "C306", "C307", "C309"];

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
