//! What is rare in a text, told in one pass: most reports hold none of it, and nothing later has to look for it.

/// What a text holds beyond the plain: besides ASCII most hold Chinese, marks of full width, and the dashes and
/// quotation marks of Chinese print.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Beyond {
    /// No white space but that of ASCII, no character without width and no line to draw tables with.
    Nothing,
    /// The wide space, and nothing else of these.
    WideSpaces,
    /// Perhaps all of these.
    More,
}

impl Beyond {
    /// What a text holds; written without branches, so that sixteen bytes are compared at a time.
    pub(super) fn of(text: &str) -> Beyond {
        let bytes = text.as_bytes();
        let seconds = bytes.get(1..).unwrap_or_default();
        let thirds = bytes.get(2..).unwrap_or_default();
        let (mut wide, mut more) = (0, 0);
        for ((first, second), third) in bytes.iter().zip(seconds).zip(thirds) {
            wide |= is_wide_space(*first, *second, *third);
            more |= is_more(*first, *second, *third);
        }
        // The last two bytes begin no character of three.
        let last = &bytes[bytes.len().saturating_sub(2)..];
        more |= last.iter().fold(0, |more, first| more | is_more(*first, 0, 0));
        match (wide, more) {
            (_, 1) => Beyond::More,
            (1, _) => Beyond::WideSpaces,
            _ => Beyond::Nothing,
        }
    }
}

/// Whether a text holds a wide space.
pub(crate) fn has_wide_space(text: &[u8]) -> bool {
    let seconds = text.get(1..).unwrap_or_default();
    let thirds = text.get(2..).unwrap_or_default();
    let found = text.iter().zip(seconds).zip(thirds).fold(0, |wide, ((a, b), c)| wide | is_wide_space(*a, *b, *c));
    found != 0
}

/// Whether these bytes are the wide space; 1 if they are.
fn is_wide_space(first: u8, second: u8, third: u8) -> u8 {
    u8::from(first == 0xe3) & u8::from(second == 0x80) & u8::from(third == 0x80)
}

/// Whether a character with these first bytes is rare, and not the wide space; 1 if it is.
fn is_more(first: u8, second: u8, third: u8) -> u8 {
    // With 0xe2 begin dashes and quotation marks (U+2010 to U+201F), and also spaces and drawn lines. In no other
    // character from 0xc2 on do such bytes follow but in letters.
    let is_mark = u8::from(second == 0x80) & u8::from(third & 0xf0 == 0x90);
    let is_early = u8::from(first.wrapping_sub(0xc2) < 0x21) & !is_mark;
    let is_byte_order = u8::from(first == 0xef) & u8::from(second == 0xbb);
    is_early | is_byte_order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_later_stages_look_for_is_rare() {
        for plain in ["", "件", "年报 12件（“一网通办”——）\n| 规章 | 3 |\t\r\n", "𠀀《〇》％"]
        {
            assert_eq!(Beyond::of(plain), Beyond::Nothing, "{plain:?}");
        }
        for rare in
            ["\u{3000}", "1\u{a0}2", "字\u{200b}", "\u{feff}字", "│", "字\u{ad}", "\u{2028}", "\u{205f}", "\u{1680}"]
        {
            assert_ne!(Beyond::of(rare), Beyond::Nothing, "{rare:?}");
        }
    }

    #[test]
    fn a_plain_text_has_no_white_space_beyond_ascii() {
        let odd = |c: &char| !c.is_ascii() && (super::super::page::is_blank(*c) || super::super::repair::is_unseen(*c));
        for c in ('\0'..=char::MAX).filter(odd) {
            let expected = if c == '\u{3000}' { Beyond::WideSpaces } else { Beyond::More };
            assert_eq!([Beyond::of(&format!("字{c}字")), Beyond::of(&c.to_string())], [expected; 2], "{c:?}");
        }
    }
}
