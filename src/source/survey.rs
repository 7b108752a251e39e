//! What is rare in a text, told in one pass: most reports hold none of it, and nothing later has to look for it.

/// Whether a text has no white space but that of ASCII, no character without width and no line to draw tables with:
/// besides ASCII it holds Chinese, marks of full width, and the dashes and quotation marks of Chinese print.
///
/// Written without branches, so that sixteen bytes are compared at a time.
pub(super) fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    let seconds = bytes.get(1..).unwrap_or_default();
    let thirds = bytes.get(2..).unwrap_or_default();
    let mut rare = 0;
    for ((first, second), third) in bytes.iter().zip(seconds).zip(thirds) {
        rare |= is_rare(*first, *second, *third);
    }
    // The last two bytes begin no character of three.
    let last = &bytes[bytes.len().saturating_sub(2)..];
    rare == 0 && !last.iter().any(|byte| is_of_two(*byte) != 0)
}

/// Whether a character with these first bytes is rare; 1 if it is.
fn is_rare(first: u8, second: u8, third: u8) -> u8 {
    let of_general = u8::from(second == 0x80);
    // With 0xe2 begin dashes and quotation marks (U+2010 to U+201F), and also spaces and drawn lines. In no other
    // character before them do such bytes follow but in letters.
    let is_early = u8::from(first.wrapping_sub(0xc2) < 0x21) & !(of_general & u8::from(third & 0xf0 == 0x90));
    let is_wide_space = u8::from(first == 0xe3) & of_general & u8::from(third == 0x80);
    let is_byte_order = u8::from(first == 0xef) & u8::from(second == 0xbb);
    is_early | is_wide_space | is_byte_order
}

/// Whether a byte begins a character of two bytes, or one before U+2000; 1 if it does.
fn is_of_two(first: u8) -> u8 {
    u8::from(first.wrapping_sub(0xc2) < 0x20)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_later_stages_look_for_is_rare() {
        for plain in ["", "件", "年报 12件（“一网通办”——）\n| 规章 | 3 |\t\r\n", "𠀀《〇》％"]
        {
            assert!(is_plain(plain), "{plain:?}");
        }
        for rare in
            ["\u{3000}", "1\u{a0}2", "字\u{200b}", "\u{feff}字", "│", "字\u{ad}", "\u{2028}", "\u{205f}", "\u{1680}"]
        {
            assert!(!is_plain(rare), "{rare:?}");
        }
    }

    #[test]
    fn a_plain_text_has_no_white_space_beyond_ascii() {
        let odd = |c: &char| !c.is_ascii() && (super::super::page::is_blank(*c) || super::super::repair::is_unseen(*c));
        for c in ('\0'..=char::MAX).filter(odd) {
            assert!(!is_plain(&format!("字{c}字")) && !is_plain(&c.to_string()), "{c:?}");
        }
    }
}
