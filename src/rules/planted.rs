//! X001: a betting phrase where 关于 or a name should stand. It damages the copy, not the agency.

use super::{Context, Draft, Sink};
use crate::lang::say;

pub(super) fn check(context: &Context<'_>, sink: &mut Sink) {
    for range in context.planted {
        let phrase = context.prose(range.clone());
        sink.report(
            "X001",
            Draft {
                message: say!(
                    context.lang,
                    "“{phrase}”是转载网站植入的词，占了“关于”或名称的位置；这是此份文本的损坏，不是机关的差错。",
                    "“{phrase}” was planted by a copying site where 关于 or a name should stand; it damages this copy and is no error of the agency.",
                    phrase = phrase
                ),
                span: context.prose_span(range.clone()),
                stated: phrase.to_string(),
                ..Draft::default()
            },
        );
    }
}
