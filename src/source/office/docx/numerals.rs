//! The number formats of lists.

/// A number in a format of `w:numFmt`; Arabic figures for a format that is not known.
pub(super) fn format(number: u32, format: &str) -> String {
    match format {
        "none" | "bullet" => String::new(),
        "decimalZero" => format!("{number:02}"),
        "decimalFullWidth" | "decimalFullWidth2" => {
            number.to_string().chars().filter_map(|c| char::from_u32(c as u32 + 0xfee0)).collect()
        }
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => enclosed(number, 0x2460, 20),
        "decimalEnclosedFullstop" => enclosed(number, 0x2488, 20),
        "decimalEnclosedParen" => enclosed(number, 0x2474, 20),
        "ideographEnclosedCircle" => enclosed(number, 0x3280, 10),
        "chineseCounting"
        | "chineseCountingThousand"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "japaneseCounting"
        | "koreanCounting" => chinese(number, "〇一二三四五六七八九", ["", "十", "百", "千"]),
        "chineseLegalSimplified" => chinese(number, "零壹贰叁肆伍陆柒捌玖", ["", "拾", "佰", "仟"]),
        "ideographLegalTraditional" => chinese(number, "零壹貳參肆伍陸柒捌玖", ["", "拾", "佰", "仟"]),
        "ideographDigital" | "taiwaneseDigital" | "japaneseDigitalTenThousand" => {
            let digits: Vec<char> = "〇一二三四五六七八九".chars().collect();
            number.to_string().bytes().filter_map(|b| digits.get(usize::from(b - b'0'))).collect()
        }
        "ideographTraditional" => cycle(number, "甲乙丙丁戊己庚辛壬癸"),
        "ideographZodiac" => cycle(number, "子丑寅卯辰巳午未申酉戌亥"),
        "lowerLetter" => letters(number, b'a'),
        "upperLetter" => letters(number, b'A'),
        "lowerRoman" => roman(number).to_lowercase(),
        "upperRoman" => roman(number),
        _ => number.to_string(),
    }
}

fn enclosed(number: u32, first: u32, last: u32) -> String {
    let character = (1..=last).contains(&number).then(|| char::from_u32(first + number - 1)).flatten();
    character.map_or_else(|| number.to_string(), String::from)
}

fn cycle(number: u32, signs: &str) -> String {
    let count = signs.chars().count();
    let sign = number.checked_sub(1).and_then(|n| signs.chars().nth(n as usize % count));
    sign.map_or_else(|| number.to_string(), String::from)
}

/// 十一, 二十, 一百零五.
fn chinese(number: u32, digits: &str, units: [&str; 4]) -> String {
    let digits: Vec<char> = digits.chars().collect();
    if number == 0 || number > 9999 {
        return number.to_string();
    }
    let printed = number.to_string();
    let (mut out, mut gap) = (String::new(), false);
    for (i, digit) in printed.bytes().map(|b| usize::from(b - b'0')).enumerate() {
        let unit = units[printed.len() - 1 - i];
        if digit == 0 {
            gap = true;
            continue;
        }
        if std::mem::take(&mut gap) {
            out.push('零');
        }
        // Ten is 十, not 一十.
        if !(out.is_empty() && digit == 1 && unit == "十") {
            out.push(digits[digit]);
        }
        out.push_str(unit);
    }
    out
}

/// a to z, then aa, bb.
fn letters(number: u32, first: u8) -> String {
    let Some(n) = number.checked_sub(1).filter(|n| *n < 260) else { return number.to_string() };
    let letter = char::from(first + (n % 26) as u8);
    std::iter::repeat_n(letter, n as usize / 26 + 1).collect()
}

fn roman(number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if number == 0 || number > 3999 {
        return number.to_string();
    }
    let (mut left, mut out) = (number, String::new());
    for (value, sign) in SIGNS {
        while left >= value {
            out.push_str(sign);
            left -= value;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::format;

    #[test]
    fn numbers_are_printed_as_word_does() {
        for (number, kind, printed) in [
            (1, "chineseCounting", "一"),
            (10, "chineseCountingThousand", "十"),
            (12, "chineseCounting", "十二"),
            (20, "japaneseCounting", "二十"),
            (105, "chineseCountingThousand", "一百零五"),
            (3, "decimalEnclosedCircle", "③"),
            (2, "ideographTraditional", "乙"),
            (12, "ideographDigital", "一二"),
            (4, "upperRoman", "IV"),
            (27, "lowerLetter", "aa"),
            (7, "decimalZero", "07"),
            (7, "somethingNew", "7"),
            (7, "bullet", ""),
        ] {
            assert_eq!(format(number, kind), printed, "{number} {kind}");
        }
    }
}
