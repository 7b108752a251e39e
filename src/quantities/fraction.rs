//! Shares in words: 六成, 七成半, 三分之一, 半数以上.

use super::chinese;
use crate::form::Number;

/// A share in words: its bytes after the numeral, its value and one step of its precision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fraction {
    pub(super) len: usize,
    pub(super) value: Number,
    pub(super) step: Number,
}

/// Reads what follows a numeral: 成 after one of 一 to 九, or 分之 and another numeral.
pub(super) fn after_numeral(numeral: &str, after: &str) -> Option<Fraction> {
    tenths(numeral, after).or_else(|| part_of(numeral, after))
}

/// 六成, 七成半. 成立, 成效 and the like are words of their own.
fn tenths(numeral: &str, after: &str) -> Option<Fraction> {
    let mut characters = numeral.chars();
    let digit = characters.next().and_then(chinese::digit).filter(|d| (1..=9).contains(d))?;
    let rest = after.strip_prefix('成').filter(|_| characters.next().is_none())?;
    let (rest, half) = rest.strip_prefix('半').map_or((rest, 0), |rest| (rest, 5));
    let stands_alone = rest.chars().next().is_none_or(|c| {
        matches!(
            c,
            '，' | ',' | '。' | '、' | '；' | ';' | '）' | ')' | '以' | '左' | '多' | '余' | '的' | '是' | '为' | '\n'
        )
    });
    let value = Number::whole(digit * 10 + half).ratio(Number::whole(100))?;
    let step = Number::whole(if half == 0 { 10 } else { 5 }).ratio(Number::whole(100))?;
    stands_alone.then_some(Fraction { len: after.len() - rest.len(), value, step })
}

/// 三分之一. 百分之 is a percentage, read elsewhere.
fn part_of(numeral: &str, after: &str) -> Option<Fraction> {
    let rest = after.strip_prefix("分之").filter(|_| !matches!(numeral, "百" | "千" | "万"))?;
    let len: usize = rest.chars().take_while(|c| chinese::is_numeral(*c)).map(char::len_utf8).sum();
    let (base, part) = (chinese::parse(numeral)?, chinese::parse(&rest[..len])?);
    let value = part.ratio(base).filter(|v| *v <= Number::ONE)?;
    let step = Number::ONE.ratio(Number::whole(20))?;
    (len > 0).then_some(Fraction { len: "分之".len() + len, value, step })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_in_words_have_their_value() {
        let value = |numeral, after| after_numeral(numeral, after).map(|f| f.value.to_string());
        assert_eq!(value("六", "成以上"), Some("0.6".into()));
        assert_eq!(value("七", "成半，"), Some("0.75".into()));
        assert_eq!(value("四", "分之一"), Some("0.25".into()));
        assert_eq!(value("三", "成员"), None);
        assert_eq!(value("十", "成"), None);
        assert_eq!(value("百", "分之三"), None);
    }
}
