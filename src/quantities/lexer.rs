//! The lexer: one pass over the prose.

use std::borrow::Cow;
use std::ops::Range;

use super::{Interval, Lexed, Quantity, YearMention, chinese, fraction, guard};
use crate::dictionary::{Hedge, NumberWords, UnitClass};
use crate::form::Number;

/// A report has about one quantity in so many bytes of its prose.
const BYTES_OF_QUANTITY: usize = 160;

/// Finds the quantities of a text; `masked` ranges (planted phrases) are skipped.
#[must_use]
pub fn lex(text: &str, words: &NumberWords, masked: &[Range<usize>]) -> Lexed {
    let out = Lexed { quantities: Vec::with_capacity(text.len() / BYTES_OF_QUANTITY), ..Lexed::default() };
    let mut lexer = Lexer { text, words, masked, titles: guard::Titles::default(), out };
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        at = match byte {
            0xe3..=0xe9 if may_begin_numeral(bytes, at) => lexer.numeral(at),
            0xe0..=0xee => at + 3,
            b'0'..=b'9' => lexer.digits(at),
            0..0x80 => at + 1,
            0xef if is_wide_digit(&bytes[at..]) => lexer.digits(at),
            0xef => at + 3,
            0x80..0xe0 => at + 2,
            0xf0.. => at + 4,
        };
    }
    lexer.out
}

/// The characters that begin a numeral, as bits by the second and third byte of their UTF-8 form under its first.
static NUMERAL_STARTS: [u64; 1024] = {
    const NUMERALS: [char; 15] =
        ['零', '〇', '一', '二', '两', '三', '四', '五', '六', '七', '八', '九', '十', '百', '千'];
    let mut bits = [0; 1024];
    let mut i = 0;
    while i < NUMERALS.len() {
        bits[NUMERALS[i] as usize / 64] |= 1 << (NUMERALS[i] as usize % 64);
        i += 1;
    }
    bits
};

/// The second bytes of these characters, as bits: few enough to tell most characters apart at once.
const NUMERAL_SECONDS: u64 = {
    let mut bits = 0;
    let mut word = 0;
    while word < NUMERAL_STARTS.len() {
        if NUMERAL_STARTS[word] != 0 {
            bits |= 1 << (word % 64);
        }
        word += 1;
    }
    bits
};

/// A quick look at the bytes of a character of three.
#[inline]
fn may_begin_numeral(bytes: &[u8], at: usize) -> bool {
    let Some(second) = bytes.get(at + 1) else { return false };
    if NUMERAL_SECONDS >> (second & 0x3f) & 1 == 0 {
        return false;
    }
    let Some(third) = bytes.get(at + 2) else { return false };
    let word = usize::from(bytes[at] & 0x0f) << 6 | usize::from(second & 0x3f);
    NUMERAL_STARTS[word] >> (third & 0x3f) & 1 != 0
}

/// Whether a character of three bytes is a full-width digit.
fn is_wide_digit(bytes: &[u8]) -> bool {
    matches!(bytes, [0xef, 0xbc, 0x90..=0x99, ..])
}

struct Lexer<'t> {
    text: &'t str,
    words: &'t NumberWords,
    masked: &'t [Range<usize>],
    titles: guard::Titles,
    out: Lexed,
}

/// Digits of a broken number without a unit are no more than these on either side.
const LONGEST_BROKEN: usize = 3;

/// A number as printed: its bytes, its ASCII digits, and the power of ten of its last digit.
struct Printed<'t> {
    range: Range<usize>,
    digits: Cow<'t, str>,
    decimals: i32,
}

impl<'t> Lexer<'t> {
    fn char_at(&self, at: usize) -> Option<char> {
        self.text[at..].chars().next()
    }

    /// The end of the first masked range that a number overlaps. The ranges stand in order, none in another.
    fn mask_over(&self, range: &Range<usize>) -> Option<usize> {
        let mask = self.masked.get(self.masked.partition_point(|m| m.end <= range.start))?;
        (mask.start < range.end).then_some(mask.end)
    }

    fn skip_to(&mut self, range: Range<usize>) -> usize {
        let end = range.end;
        self.out.skipped.push(range);
        end
    }

    /// Handles a number that begins with a digit; says where to go on.
    fn digits(&mut self, at: usize) -> usize {
        let printed = self.read_digits(at);
        let range = printed.range.clone();
        if let Some(end) = self.mask_over(&range) {
            return self.skip_to(at..end.max(range.end));
        }
        if let Some(end) = self.titles.end(self.text, at) {
            return self.skip_to(at..end);
        }
        if let Some(end) = self.year(&printed) {
            return end;
        }
        if let Some(end) = guard::skip(self.text, &range, self.words) {
            return self.skip_to(at..end.max(range.end));
        }
        if self.words.is_in_digit_phrase(self.text, &range) {
            return self.skip_to(range);
        }
        if let Some(rest) = self.broken(&printed) {
            return self.two_in_one(&printed, &rest);
        }
        if let Some(end) = self.not_one(&range) {
            return end;
        }
        if let Some(end) = self.range_of_two(&printed) {
            return end;
        }
        self.quantity(&printed)
    }

    /// Reads digits, thousands groups and decimals, full-width or not.
    fn read_digits(&self, at: usize) -> Printed<'t> {
        let (text, bytes) = (self.text, self.text.as_bytes());
        let run = bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count();
        // Full-width digits and marks begin with 0xef.
        if run > 0 && !matches!(bytes.get(at + run), Some(b'.' | b',' | b' ' | 0xef)) {
            return Printed { range: at..at + run, digits: Cow::Borrowed(&text[at..at + run]), decimals: 0 };
        }
        let mut digits = String::new();
        let mut end = at;
        let (mut decimals, mut in_fraction) = (0, false);
        while let Some(c) = self.char_at(end) {
            if let Some(d) = ascii_digit(c) {
                digits.push(d);
                decimals += i32::from(in_fraction);
                end += c.len_utf8();
            } else if matches!(c, '.' | '．')
                && !in_fraction
                && self.digit_follows(end + c.len_utf8())
                && !guard::is_year(&text[end + c.len_utf8()..])
            {
                digits.push('.');
                in_fraction = true;
                end += c.len_utf8();
            } else if matches!(c, ',' | '，' | ' ')
                && !in_fraction
                && digits.len() <= 3 + 3 * (digits.len() / 4)
                && self.group_follows(at, end, c)
            {
                end += c.len_utf8();
            } else {
                break;
            }
        }
        Printed { range: at..end, digits: Cow::Owned(digits), decimals }
    }

    /// 申请6 7件, 申请6⏎7件: the digits behind those that a line or a page broke.
    fn broken(&self, printed: &Printed<'_>) -> Option<Printed<'t>> {
        let end = printed.range.end;
        let next = end + self.text[end..].strip_prefix([' ', '\n']).map(|_| 1)?;
        if !self.digit_follows(next) || guard::is_year(&self.text[next..]) {
            return None;
        }
        let rest = self.read_digits(next);
        let after = &self.text[rest.range.end..];
        let unit = self.words.unit(after).map(|(_, class)| class);
        let counts = matches!(
            unit,
            Some(UnitClass::Case | UnitClass::Item | UnitClass::Times | UnitClass::People | UnitClass::Percent)
        );
        // 答复总数为6⏎0。
        let ends = || {
            let is_short = |digits: &str| digits.len() <= LONGEST_BROKEN;
            is_short(&printed.digits) && is_short(&rest.digits) && after.starts_with(['。', '，', '；', '、'])
        };
        (counts || after.starts_with(['%', '％']) || ends()).then_some(rest)
    }

    /// Reads digits that a line broke as the one number that they make: what is known of it is that it is no more than that
    /// and no less than the first of them.
    fn two_in_one(&mut self, first: &Printed<'_>, rest: &Printed<'_>) -> usize {
        if self.text[first.range.end..].starts_with('\n') {
            // A page ended there, and nothing is read over the end of a paragraph.
            return self.skip_to(first.range.start..rest.range.end);
        }
        let digits = Cow::Owned(format!("{}{}", first.digits, rest.digits));
        let before = self.out.quantities.len();
        let end = self.quantity(&Printed { range: first.range.start..rest.range.end, digits, decimals: rest.decimals });
        if let Some(made) = self.out.quantities.get_mut(before) {
            let exponent = if made.class == UnitClass::Percent { -2 } else { 0 };
            let low = Number::parse(&first.digits, exponent).unwrap_or_default();
            made.hedge = Some(Hedge::Between);
            made.interval = Interval { low, high: Some(made.value) };
        }
        end
    }

    /// 没有一件, 未发生1起: one past the unit.
    fn not_one(&mut self, one: &Range<usize>) -> Option<usize> {
        let (before, after) = (&self.text[..one.start], &self.text[one.end..]);
        let end = one.end + self.words.not_one(before, &self.text[one.clone()], after)?;
        self.out.denied.push(one.start..end);
        Some(end)
    }

    fn digit_follows(&self, at: usize) -> bool {
        self.char_at(at).is_some_and(|c| ascii_digit(c).is_some())
    }

    /// A separator of thousands: at most three digits before the first one, just three after each.
    fn group_follows(&self, start: usize, at: usize, separator: char) -> bool {
        let group_before = self.text[start..at].rsplit([',', '，', ' ']).next().unwrap_or_default().chars().count();
        let is_first = !self.text[start..at].contains([',', '，', ' ']);
        let begins_with_zero = self.text[start..].starts_with(['0', '０']);
        let mut after = self.text[at + separator.len_utf8()..].chars();
        let three = after.by_ref().take(3).filter(|c| ascii_digit(*c).is_some()).count() == 3;
        let then = after.next();
        let ends = then.is_none_or(|c| ascii_digit(c).is_none());
        three && ends && !begins_with_zero && (if is_first { group_before <= 3 } else { group_before == 3 })
    }

    fn year(&mut self, printed: &Printed<'_>) -> Option<usize> {
        if printed.digits.len() != 4 || printed.decimals != 0 {
            return None;
        }
        let year: i16 = printed.digits.parse().ok().filter(|y| (1949..=2099).contains(y))?;
        let after = &self.text[printed.range.end..];
        if after.starts_with("年") {
            let len = if after.starts_with("年度") { 6 } else { 3 };
            let range = printed.range.start..printed.range.end + len;
            self.out.years.push(YearMention { range: range.clone(), year });
            return Some(range.end);
        }
        // 2022、2023两年; 2022全年
        if ["两年", "三年", "四年", "五年", "全年"].iter().any(|count| after.starts_with(count)) {
            self.out.years.push(YearMention { range: printed.range.clone(), year });
            return Some(printed.range.end);
        }
        // 2021-2035, 2022至2023年: a span of years; 2022/2023.
        let rest = after.trim_start_matches(['-', '－', '—', '~', '～', '至', '、', '/', '–']);
        if rest.len() == after.len() {
            return None;
        }
        let next: String = rest.chars().take(4).filter_map(ascii_digit).collect();
        let is_span = next.len() == 4 && next.parse::<i16>().is_ok_and(|y| (1949..=2099).contains(&y));
        if is_span && printed.digits.starts_with(['1', '2']) && !self.has_unit_after(rest) {
            self.out.skipped.push(printed.range.clone());
            return Some(printed.range.end);
        }
        None
    }

    fn has_unit_after(&self, rest: &str) -> bool {
        let after: String = rest.chars().skip(4).take(3).collect();
        self.words.unit(&after).is_some_and(|(_, class)| class != UnitClass::Duration)
    }

    /// 50至60件, 3-5日, 1～2名.
    fn range_of_two(&mut self, first: &Printed<'_>) -> Option<usize> {
        let after = &self.text[first.range.end..];
        let dash = after.chars().next().filter(|c| matches!(c, '至' | '到' | '-' | '－' | '—' | '~' | '～' | '–'))?;
        let second_at = first.range.end + dash.len_utf8();
        if !self.digit_follows(second_at) || first.digits.len() > 7 {
            return None;
        }
        let second = self.read_digits(second_at);
        if guard::skip(self.text, &second.range, self.words).is_some() {
            self.out.skipped.push(first.range.start..second.range.end);
            return Some(second.range.end);
        }
        let low = Number::parse(&first.digits, 0)?;
        let end = self.quantity(&second);
        let last = self.out.quantities.last_mut()?;
        // The scale and unit of the second number hold for the first.
        let scale = last.value.ratio(Number::parse(&second.digits, 0)?).unwrap_or(Number::ONE);
        let low = low.to_whole().map_or(low, |n| scale * n);
        if low > last.value {
            return Some(end);
        }
        last.range.start = first.range.start;
        last.whole.start = last.whole.start.min(first.range.start);
        last.interval.low = low;
        last.hedge = Some(Hedge::Between);
        Some(end)
    }

    /// A number that counts: scale, percent sign, hedges and unit.
    fn quantity(&mut self, printed: &Printed<'_>) -> usize {
        let mut range = printed.range.clone();
        let after = &self.text[range.end..];
        let mut exponent = 0;
        let mut class = UnitClass::None;
        let next = after.chars().next();
        if let Some(sign) = next.filter(|c| matches!(c, '%' | '％' | '﹪')) {
            range.end += sign.len_utf8();
            exponent = -2;
            class = UnitClass::Percent;
        } else if self.text[..range.start].ends_with("百分之") {
            range.start -= "百分之".len();
            exponent = -2;
            class = UnitClass::Percent;
        } else if let Some((len, power)) = scale(after) {
            range.end += len;
            exponent = power;
        }
        let blurred = if exponent == 0 { self.blurred_scale(after) } else { None };
        if let Some((len, power)) = blurred {
            range.end += len;
            exponent = power;
        }
        let Some(value) = Number::parse(&printed.digits, exponent) else {
            return self.skip_to(range);
        };
        let is_whole = printed.decimals == 0 && exponent == 0;
        let step = if is_whole { Number::ZERO } else { Number::power_of_ten(exponent - printed.decimals) };
        let end = self.finish(range, value, step, class);
        if blurred.is_some() {
            self.and_some();
        }
        end
    }

    /// 余万 in 100余万次: a scale behind the word that blurs the number; its bytes and its power of ten.
    fn blurred_scale(&self, after: &str) -> Option<(usize, i32)> {
        if !after.starts_with(['余', '多']) {
            return None;
        }
        let (hedge, _) = self.words.hedge_after(after).filter(|(_, h)| *h == Hedge::AndSome)?;
        let (len, power) = scale(&after[hedge..]).filter(|(_, power)| *power >= 4)?;
        Some((hedge + len, power))
    }

    /// The last quantity was blurred within its own words.
    fn and_some(&mut self) {
        if let Some(last) = self.out.quantities.last_mut() {
            last.hedge = last.hedge.or(Some(Hedge::AndSome));
            last.interval = Interval::printed(last.value, last.step, last.hedge);
        }
    }

    fn finish(&mut self, mut range: Range<usize>, value: Number, step: Number, class: UnitClass) -> usize {
        let mut value = value;
        let mut step = step;
        let before = &self.text[..range.start];
        let is_signed = before.chars().next_back().is_some_and(|c| matches!(c, '-' | '－' | '−'))
            && before.chars().rev().nth(1).is_none_or(|c| !c.is_ascii_alphanumeric() && !c.is_whitespace());
        if is_signed {
            range.start -= before.chars().next_back().map_or(0, char::len_utf8);
            value = -value;
        }
        let before = &self.text[..range.start];
        let (mut start, mut hedge) = (range.start, None);
        if let Some((len, h)) = self.words.hedge_before(before)
            && !before[..before.len() - len].ends_with(['最', '附', '临', '制', '集', '节'])
        {
            start -= len;
            hedge = Some(h);
        }
        let mut end = range.end;
        if let Some((len, h)) = self.words.hedge_after(&self.text[end..]) {
            end += len;
            hedge = hedge.or(Some(h));
        }
        let mut unit = end..end;
        let mut class = class;
        if class == UnitClass::None
            && let Some((len, unit_class)) = self.words.unit(&self.text[end..])
            // 87分别为
            && !self.text[end..].starts_with("分别")
        {
            unit = end..end + len;
            end += len;
            class = unit_class;
            if let Some((len, h)) = self.words.hedge_after(&self.text[end..])
                && h != Hedge::AndSome
            {
                end += len;
                hedge = hedge.or(Some(h));
            }
        }
        if class == UnitClass::Money {
            let power = match &self.text[unit.clone()] {
                "万元" => 4,
                "亿元" => 8,
                "千元" => 3,
                _ => 0,
            };
            if power > 0 {
                let scale = Number::power_of_ten(power).to_whole().unwrap_or(1);
                value = value * scale;
                step = if step == Number::ZERO { Number::ONE * scale } else { step * scale };
            }
        }
        if class == UnitClass::Point {
            value = value.ratio(Number::whole(100)).unwrap_or(value);
            step = step.ratio(Number::whole(100)).unwrap_or(step);
        }
        let interval = Interval::printed(value, step, hedge);
        self.out.quantities.push(Quantity { range, whole: start..end, unit, class, value, interval, step, hedge });
        end
    }

    /// Handles a run of Chinese numerals; says where to go on.
    fn numeral(&mut self, at: usize) -> usize {
        let run: usize = self.text[at..].chars().take_while(|c| chinese::is_numeral(*c)).map(char::len_utf8).sum();
        let range = at..at + run;
        let (text, before, after) = (&self.text[range.clone()], &self.text[..at], &self.text[range.end..]);
        // 一是, 三审, 统一: most numerals count nothing, and what follows tells.
        let may_count = self.words.may_follow_number(after) || after.starts_with(['年', '成', '分']);
        if text == "零" && before.ends_with('为') && after.chars().next().is_none_or(ends_clause) {
            return self.finish(range, Number::ZERO, Number::ZERO, UnitClass::None);
        }
        if !may_count && !before.ends_with("百分之") {
            return range.end;
        }
        if self.mask_over(&range).is_some() || before.ends_with("第") {
            return range.end;
        }
        if before.ends_with("百分之") {
            return self.percent_in_words(range);
        }
        if let Some(end) = self.year_in_words(&range).or_else(|| self.not_one(&range)) {
            return end;
        }
        if let Some(end) = self.fraction_in_words(&range) {
            return end;
        }
        let blurred = self.blurred_scale(after);
        let hedge_len = blurred.map(|(len, _)| len).or_else(|| self.words.hedge_after(after).map(|(len, _)| len));
        let hedge_len = hedge_len.unwrap_or(0);
        let unit = self.words.unit(&after[hedge_len..]);
        let counts = unit.is_some_and(|(len, class)| {
            let unit = &after[hedge_len..hedge_len + len];
            is_counted(text, class, unit, &after[hedge_len + len..])
        });
        let is_vague = before.ends_with([
            '数', '几', '上', '成', '每', '这', '某', '另', '任', '统', '同', '逐', '唯', '单', '之', '进', '“', '〔',
            '、',
        ]);
        let value = chinese::parse(text);
        match value {
            Some(value)
                if counts
                    && !is_vague
                    && self.titles.end(self.text, at).is_none()
                    && !guard::in_phrase(self.text, &range, self.words) =>
            {
                let has_scale = text.chars().count() > 1 && text.ends_with(['万', '亿']);
                let step = match (has_scale, text.chars().next_back()) {
                    (true, Some('万')) => Number::whole(10_000),
                    (true, _) => Number::whole(100_000_000),
                    _ => Number::ZERO,
                };
                let Some((len, power)) = blurred else { return self.finish(range, value, step, UnitClass::None) };
                let scale = Number::power_of_ten(power).to_whole().unwrap_or(1);
                let end =
                    self.finish(range.start..range.end + len, value * scale, Number::ONE * scale, UnitClass::None);
                self.and_some();
                end
            }
            _ => range.end,
        }
    }

    /// 二〇二二年
    fn year_in_words(&mut self, range: &Range<usize>) -> Option<usize> {
        let text = &self.text[range.clone()];
        if !self.text[range.end..].starts_with("年") {
            return None;
        }
        let digits: Option<Vec<i64>> = text.chars().map(chinese::digit).collect();
        let digits = digits.filter(|d| d.len() == 4)?;
        let year = digits.iter().fold(0, |y, d| y * 10 + d);
        let end = range.end + if self.text[range.end..].starts_with("年度") { 6 } else { 3 };
        self.out.years.push(YearMention { range: range.start..end, year: i16::try_from(year).ok()? });
        Some(end)
    }

    /// 六成, 三分之一: rough by nature.
    fn fraction_in_words(&mut self, numeral: &Range<usize>) -> Option<usize> {
        let found = fraction::after_numeral(&self.text[numeral.clone()], &self.text[numeral.end..])?;
        let range = numeral.start..numeral.end + found.len;
        let is_name =
            self.titles.end(self.text, numeral.start).is_some() || guard::in_phrase(self.text, &range, self.words);
        if is_name {
            return None;
        }
        let end = self.finish(range, found.value, found.step, UnitClass::Percent);
        if let Some(last) = self.out.quantities.last_mut()
            && last.hedge.is_none()
        {
            last.hedge = Some(Hedge::About);
        }
        Some(end)
    }

    /// 百分之十二点五
    fn percent_in_words(&mut self, whole: Range<usize>) -> usize {
        let after = &self.text[whole.end..];
        let mut end = whole.end;
        let mut decimals = String::new();
        if let Some(rest) = after.strip_prefix('点') {
            decimals = rest.chars().map_while(chinese::digit).map(|d| d.to_string()).collect();
            if !decimals.is_empty() {
                end += '点'.len_utf8()
                    + rest.chars().take_while(|c| chinese::digit(*c).is_some()).map(char::len_utf8).sum::<usize>();
            }
        }
        let start = whole.start - "百分之".len();
        let Some(value) = chinese::parse(&self.text[whole]).and_then(Number::to_whole) else { return end };
        let Some(value) = Number::parse(&format!("{value}.{decimals}0"), -2) else { return end };
        let step = Number::power_of_ten(-2 - decimals.len() as i32);
        self.finish(start..end, value, step, UnitClass::Percent).max(end)
    }
}

/// 行政复议为零。: whether a clause ends with the character.
fn ends_clause(c: char) -> bool {
    matches!(c, '，' | '。' | '；' | '、' | '）' | ',' | ';' | ')' | '\n')
}

fn ascii_digit(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '０'..='９' => char::from_u32(c as u32 - 0xfee0),
        _ => None,
    }
}

/// A scale word: its bytes and its power of ten. 万元 and 亿元 are units.
fn scale(after: &str) -> Option<(usize, i32)> {
    const SCALES: [(&str, i32); 8] =
        [("十万", 5), ("百万", 6), ("千万", 7), ("万亿", 12), ("万", 4), ("亿", 8), ("千", 3), ("百", 2)];
    // Most numbers are followed by a unit.
    if !after.starts_with(['十', '百', '千', '万', '亿']) {
        return None;
    }
    let (word, power) = SCALES.iter().find(|(word, _)| after.starts_with(word))?;
    let rest = &after[word.len()..];
    let is_unit = matches!(*word, "万" | "亿" | "千") && rest.starts_with('元');
    let is_word =
        matches!(*word, "千" | "百") && !rest.starts_with(['余', '多', '件', '条', '次', '人', '元', '篇', '份', '个']);
    (!is_unit && !is_word).then_some((word.len(), *power))
}

/// Whether a numeral with a unit counts something, as 两件 does and 一次性 does not.
fn is_counted(numeral: &str, class: UnitClass, unit: &str, after: &str) -> bool {
    let is_one = numeral == "一";
    let is_fixed = after.starts_with([
        '事', '性', '些', '体', '切', '律', '定', '直', '样', '般', '线', '面', '道', '流', '手', '方', '头', '类',
    ]);
    match class {
        UnitClass::Case => !is_fixed,
        UnitClass::Item if unit == "个" || unit == "项" => numeral.chars().count() > 1,
        UnitClass::Item => !is_one || matches!(unit, "份" | "篇" | "条") && !is_fixed,
        UnitClass::Times => !is_one || matches!(unit, "场" | "轮" | "次") && !is_fixed,
        UnitClass::People => !is_one && unit != "户",
        UnitClass::Money => true,
        UnitClass::None
        | UnitClass::Percent
        | UnitClass::Point
        | UnitClass::Multiple
        | UnitClass::Other
        | UnitClass::Duration => false,
    }
}
