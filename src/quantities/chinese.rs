//! Chinese numerals: 两, 十二, 二百一十六, 一千零五, 三万五, 〇.

use crate::form::Number;

/// The value of a digit character.
pub(super) fn digit(c: char) -> Option<i64> {
    Some(match c {
        '零' | '〇' | '○' => 0,
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

fn multiplier(c: char) -> Option<i64> {
    Some(match c {
        '十' => 10,
        '百' => 100,
        '千' => 1000,
        '万' => 10_000,
        '亿' => 100_000_000,
        _ => return None,
    })
}

/// Whether a character may stand in a numeral.
pub(super) fn is_numeral(c: char) -> bool {
    digit(c).is_some() || multiplier(c).is_some()
}

/// Reads a numeral; 三万五 is 35000, as spoken. `None` for a run that is none.
pub(super) fn parse(text: &str) -> Option<Number> {
    let mut total = 0_i64; // closed 万 and 亿 sections
    let mut section = 0_i64; // below 万
    let mut pending: Option<i64> = None;
    let mut last = 1_i64; // the multiplier that closed the last digit
    let mut saw_zero = false;
    for c in text.chars() {
        if let Some(d) = digit(c) {
            if pending.is_some_and(|p| p != 0) {
                return None; // 二三 is no number; a year is read elsewhere
            }
            saw_zero |= d == 0;
            pending = Some(d);
            continue;
        }
        let m = multiplier(c)?;
        if m >= 10_000 {
            section += pending.take().unwrap_or(0);
            if section == 0 {
                return None;
            }
            total = match m {
                10_000 => total.checked_add(section.checked_mul(m)?)?,
                _ => total.checked_add(section)?.checked_mul(m)?,
            };
            section = 0;
        } else {
            let d = pending.take().unwrap_or(1);
            if d == 0 && m != 10 {
                return None;
            }
            section = section.checked_add(if d == 0 { m } else { d * m })?;
        }
        last = m;
        saw_zero = false;
    }
    let tail = pending.unwrap_or(0);
    // 三百五 is 350: a lone digit after a multiplier above 十 takes the next place, unless 零 stands between.
    let spoken = if last > 10 && tail > 0 && !saw_zero && text.chars().count() > 1 { tail * last / 10 } else { tail };
    Some(Number::whole(total.checked_add(section)?.checked_add(spoken)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_are_read_as_spoken() {
        let cases = [
            ("一", 1),
            ("两", 2),
            ("十", 10),
            ("十二", 12),
            ("二十", 20),
            ("二十六", 26),
            ("一百", 100),
            ("一百零五", 105),
            ("二百一十六", 216),
            ("一百二", 120),
            ("三千五", 3500),
            ("一千零五十", 1050),
            ("三万五千", 35_000),
            ("十二万", 120_000),
            ("零", 0),
            ("〇", 0),
            ("一亿两千万", 120_000_000),
        ];
        for (text, value) in cases {
            assert_eq!(parse(text), Some(Number::whole(value)), "{text}");
        }
        assert_eq!(parse("二三"), None);
        assert_eq!(parse("万"), None);
        // More than a number holds.
        assert_eq!(parse("九百二十二亿三千三百七十二万零三百六十八亿五千四百七十七万九千九百九十九"), None);
    }
}
