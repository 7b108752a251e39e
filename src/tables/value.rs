//! What stands in a cell: a number, a blank, a mark for "does not apply", or text.

use crate::form::Number;

/// The state of a cell, as in `cells.csv`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellState {
    /// A number other than 0.
    Number,
    /// A printed 0.
    Zero,
    /// Printed empty.
    Blank,
    /// `-`, `/`, 无, 不适用.
    NotApplicable,
    /// Something else.
    Text,
    /// Row or column not found in the source.
    Missing,
    /// Read only with the help of the arithmetic relations.
    Recovered,
}

impl CellState {
    /// The name in `cells.csv`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            CellState::Number => "number",
            CellState::Zero => "zero",
            CellState::Blank => "blank",
            CellState::NotApplicable => "not_applicable",
            CellState::Text => "text",
            CellState::Missing => "missing",
            CellState::Recovered => "recovered",
        }
    }
}

/// A cell's content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Value {
    /// Its state.
    pub state: CellState,
    /// Its number, scaled by its unit: `amount_unit` is 万元 or 元 where one is printed.
    pub number: Option<Number>,
    /// The printed unit of money, as a power of ten of 元.
    pub money: Option<i32>,
}

impl Value {
    const fn of(state: CellState) -> Self {
        Value { state, number: None, money: None }
    }

    /// Whether this can stand where a value is expected.
    #[must_use]
    pub fn is_value(&self) -> bool {
        self.state != CellState::Text
    }
}

/// Reads a cell.
#[must_use]
#[inline]
pub fn read_value(text: &str) -> Value {
    match text.as_bytes() {
        [] => Value::of(CellState::Blank),
        [b'0'] => Value { state: CellState::Zero, number: Some(Number::ZERO), money: None },
        _ => read_filled(text),
    }
}

/// Reads a cell that is not blank.
fn read_filled(text: &str) -> Value {
    let bytes = text.as_bytes();
    if let [b'0'..=b'9', ..] = bytes
        && let Some(number) = Number::short(bytes)
    {
        let state = if number == Number::ZERO { CellState::Zero } else { CellState::Number };
        return Value { state, number: Some(number), money: None };
    }
    // **64**
    let text = text.strip_prefix("**").and_then(|t| t.strip_suffix("**")).unwrap_or(text);
    let bytes = text.as_bytes();
    // Most labels begin with a Chinese character, few values do.
    if matches!(bytes, [0xe4..=0xe9, ..]) && !text.starts_with(['无', '不', '增', '减', '零', '暂']) {
        return Value::of(CellState::Text);
    }
    let first = text.chars().next().unwrap_or(' ');
    if !first.is_ascii_digit()
        && !('０'..='９').contains(&first)
        && !matches!(
            first,
            '+' | '-'
                | '－'
                | '＋'
                | '—'
                | '–'
                | '−'
                | '_'
                | '＿'
                | '/'
                | '／'
                | '\\'
                | '＼'
                | '×'
                | '○'
                | 'O'
                | 'o'
                | '〇'
                | '零'
                | '暂'
                | '无'
                | '不'
                | '增'
                | '减'
                | 'N'
                | 'n'
                | '*'
        )
    {
        return Value::of(CellState::Text);
    }
    // 1.属于国家秘密: a label with its number, by far the commonest case.
    let after_digits = text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
    let is_label = after_digits.len() < text.len()
        && after_digits.starts_with(|c: char| ('\u{4e00}'..='\u{9fff}').contains(&c) && !UNIT_STARTS.contains(&c));
    if is_label {
        return Value::of(CellState::Text);
    }
    if has_parted_digits(text) {
        return Value::of(CellState::Text);
    }
    let folded: String = text.chars().filter(|c| !c.is_whitespace()).map(fold).collect();
    if is_placeholder(&folded) {
        return Value::of(CellState::NotApplicable);
    }
    if matches!(folded.as_str(), "零" | "〇") {
        return Value { state: CellState::Zero, number: Some(Number::ZERO), money: None };
    }
    let (negative, digits) = signed(&folded);
    let end = digits.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))).unwrap_or(digits.len());
    let (number, rest) = digits.split_at(end);
    let Some((money, ())) = unit_of(rest) else { return Value::of(CellState::Text) };
    if number.contains(',') && !is_grouped(number) {
        return Value::of(CellState::Text);
    }
    match Number::parse(&number.replace(',', ""), 0) {
        Some(n) => {
            let n = if negative { -n } else { n };
            let state = if n == Number::ZERO { CellState::Zero } else { CellState::Number };
            Value { state, number: Some(n), money }
        }
        None => Value::of(CellState::Text),
    }
}

/// Whether a number is negative, and the number without its sign, which may be a word: 减4, 增加2.
fn signed(text: &str) -> (bool, &str) {
    const LESS: [&str; 3] = ["-", "减少", "减"];
    const MORE: [&str; 3] = ["+", "增加", "增"];
    let without = |signs: [&str; 3]| signs.iter().find_map(|sign| text.strip_prefix(sign));
    match without(LESS) {
        Some(rest) => (true, rest),
        None => (false, without(MORE).unwrap_or(text)),
    }
}

fn fold(c: char) -> char {
    match c {
        '０'..='９' | '．' | '，' | '＋' | '－' | '／' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '—' | '–' | '−' | '―' => '-',
        '＿' => '_',
        '＼' => '\\',
        other => other,
    }
}

fn is_placeholder(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| matches!(c, '-' | '_' | '/' | '*' | '\\' | '×'))
        || matches!(
            text,
            "无" | "不适用"
                | "N/A"
                | "n/a"
                | "NA"
                | "NaN"
                | "nan"
                | "None"
                | "暂无"
                | "null"
                | "NULL"
                | "O"
                | "o"
                | "○"
        )
}

/// Whether white space parts digits as no single number has it: `3 14 4 1` are several numbers in one cell. `56 103` has its
/// thousands apart by one space. A number goes on in the next line of its cell only behind a comma: whether `403` over `12`
/// is one number or two, nothing tells.
fn has_parted_digits(text: &str) -> bool {
    if !text.contains(char::is_whitespace) {
        return false;
    }
    let text = text.split(['(', '（', '[', '［', '〔']).next().unwrap_or_default().trim();
    let is_digit = |c: char| fold(c).is_ascii_digit();
    let digits = text.trim_start_matches(|c| !is_digit(c)).trim_end_matches(|c| !is_digit(c));
    let groups: Vec<&str> = digits.split(char::is_whitespace).filter(|group| !group.is_empty()).collect();
    let count = |group: &str| group.chars().take_while(|c| is_digit(*c)).count();
    let [first, rest @ ..] = groups.as_slice() else { return false };
    let may_go_on = |line: &str| line.trim_end().ends_with([',', '，']);
    let lines: Vec<&str> = digits.split_inclusive('\n').collect();
    let are_lines_apart = lines.split_last().is_some_and(|(_, before)| !before.iter().all(|line| may_go_on(line)));
    let are_thousands = !are_lines_apart
        && !digits.contains("  ")
        && !first.starts_with('0')
        && count(first) <= 3
        && rest.iter().all(|group| count(group) == 3 && matches!(group.as_bytes().get(3), None | Some(b'.')));
    !rest.is_empty() && !are_thousands
}

/// The first characters of the units in [`unit_of`].
const UNIT_STARTS: [char; 17] =
    ['件', '项', '条', '个', '次', '起', '宗', '元', '万', '亿', '篇', '份', '人', '名', '家', '场', '期'];

/// The unit after a number, remarks in brackets and footnote marks (15*, 12①, 12[1]) aside: its power of ten of 元 if it is
/// money.
fn unit_of(rest: &str) -> Option<(Option<i32>, ())> {
    let unit = rest.split(['(', '（', '[', '［', '〔']).next().unwrap_or_default();
    let unit = unit.trim_end_matches(|c: char| matches!(c, '*' | '※' | '†' | '①'..='⑳'));
    match unit {
        "" | "件" | "项" | "条" | "个" | "次" | "起" | "宗" | "篇" | "份" | "人" | "名" | "家" | "场" | "期"
        | "人次" => Some((None, ())),
        "元" => Some((Some(0), ())),
        "万元" | "万" => Some((Some(4), ())),
        "亿元" => Some((Some(8), ())),
        _ => None,
    }
}

fn is_grouped(number: &str) -> bool {
    let whole = number.split('.').next().unwrap_or_default();
    let mut groups = whole.split(',');
    groups.next().is_some_and(|g| (1..=3).contains(&g.len())) && groups.all(|g| g.len() == 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_as_printed() {
        let cases = [
            ("64", CellState::Number, Some("64")),
            ("0", CellState::Zero, Some("0")),
            ("", CellState::Blank, None),
            ("-", CellState::NotApplicable, None),
            ("——", CellState::NotApplicable, None),
            ("/", CellState::NotApplicable, None),
            ("／", CellState::NotApplicable, None),
            ("\\", CellState::NotApplicable, None),
            ("零", CellState::Zero, Some("0")),
            ("15*", CellState::Number, Some("15")),
            ("12①", CellState::Number, Some("12")),
            ("零星", CellState::Text, None),
            ("-2", CellState::Number, Some("-2")),
            ("减4", CellState::Number, Some("-4")),
            ("增加 12", CellState::Number, Some("12")),
            ("减", CellState::Text, None),
            ("+173", CellState::Number, Some("173")),
            ("１２", CellState::Number, Some("12")),
            ("56 103", CellState::Number, Some("56103")),
            ("1 234 567.5", CellState::Number, Some("1234567.5")),
            ("403\n12", CellState::Text, None),
            ("12\n345", CellState::Text, None),
            ("12,\n345", CellState::Number, Some("12345")),
            ("- 3", CellState::Number, Some("-3")),
            ("12 件", CellState::Number, Some("12")),
            ("27篇", CellState::Number, Some("27")),
            ("410人次", CellState::Number, Some("410")),
            ("1.人事信息", CellState::Text, None),
            ("22 （其中 3 件）", CellState::Number, Some("22")),
            ("3 14 4 1", CellState::Text, None),
            ("12 3", CellState::Text, None),
            ("2  128", CellState::Text, None),
            ("0 103", CellState::Text, None),
            ("1,234", CellState::Number, Some("1234")),
            ("1,2", CellState::Text, None),
            ("251000元", CellState::Number, Some("251000")),
            ("22（其中修订 16 件）", CellState::Number, Some("22")),
            ("59237.2449", CellState::Number, Some("59237.2449")),
            ("规章", CellState::Text, None),
            ("2648-18538", CellState::Text, None),
        ];
        for (text, state, number) in cases {
            let value = read_value(text);
            assert_eq!((value.state, value.number.map(|n| n.to_string()).as_deref()), (state, number), "{text}");
        }
    }
}
