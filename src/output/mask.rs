//! Private numbers are never repeated: where X011 found one, what is quoted around it is masked.

use std::borrow::Cow;

use crate::audit::View;

/// Masks quoted text of one report, if there is anything to mask.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Mask {
    is_needed: bool,
}

impl Mask {
    /// The mask for a report.
    pub(super) fn of(view: &View<'_>) -> Self {
        Mask { is_needed: view.findings.iter().any(|f| f.code == "X011") }
    }

    /// The text with the inner digits of private numbers replaced one by one, so that its length stays.
    pub(super) fn apply<'t>(self, text: &'t str) -> Cow<'t, str> {
        if !self.is_needed {
            return Cow::Borrowed(text);
        }
        let mut out = text.as_bytes().to_vec();
        let mut at = 0;
        while at < out.len() {
            let run = out[at..].iter().take_while(|b| b.is_ascii_digit()).count();
            let is_private = run == 11 && out[at] == b'1' || (17..=18).contains(&run);
            if is_private {
                out[at + 3..at + run].fill(b'*');
            }
            at += run.max(1);
        }
        // Only ASCII digits were replaced, by ASCII.
        Cow::Owned(String::from_utf8_lossy(&out).into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_numbers_are_masked_and_others_stay() {
        let mask = Mask { is_needed: true };
        assert_eq!(mask.apply("手机13900001111，件数12345"), "手机139********，件数12345");
        assert_eq!(Mask { is_needed: false }.apply("手机13900001111"), "手机13900001111");
    }
}
