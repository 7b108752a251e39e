//! Values as the sheet prints them.

/// A number in the format of its cell. What a format asks for beyond decimals, grouping, percent and fixed words is
/// left out, and nothing is ever printed in powers of ten.
pub(super) fn number(value: f64, format: &str) -> String {
    if format.is_empty() {
        return plain(value);
    }
    let sections = sections(format);
    let section = match sections.as_slice() {
        [_, _, zero, ..] if value == 0.0 => zero,
        [_, negative, ..] if value < 0.0 && !negative.pattern.is_empty() => {
            // Such a section says itself how less than nothing is shown.
            return negative.print(value.abs(), is_marked(negative));
        }
        [first, ..] => first,
        [] => return plain(value),
    };
    section.print(value, false)
}

/// Whether a section for negative numbers shows that they are.
fn is_marked(section: &Section) -> bool {
    !section.before.contains(['-', '(', '（', '△', '▲', '－', '负'])
}

/// A part of a format: words, digits, words.
#[derive(Debug, Default)]
struct Section {
    before: String,
    pattern: String,
    after: String,
}

impl Section {
    fn print(&self, value: f64, needs_sign: bool) -> String {
        let number = if self.pattern.is_empty() {
            // Words alone stand for the number, and no words hide it.
            return format!("{}{}", self.before, self.after);
        } else {
            self.digits(value)
        };
        let sign = if needs_sign { "-" } else { "" };
        format!("{sign}{}{number}{}", self.before, self.after)
    }

    /// A character that stands for itself.
    fn word(&mut self, c: char) {
        if self.pattern.is_empty() { self.before.push(c) } else { self.after.push(c) }
    }

    fn digits(&self, value: f64) -> String {
        let pattern = self.pattern.as_str();
        if pattern.eq_ignore_ascii_case("general") || pattern.contains(['E', 'e', '?', '/']) {
            return plain(value);
        }
        let value = if self.after.starts_with('%') { value * 100.0 } else { value };
        let (whole, decimals) = pattern.split_once('.').unwrap_or((pattern, ""));
        let most = decimals.chars().filter(|c| matches!(c, '0' | '#')).count().min(15);
        let least = decimals.chars().filter(|c| *c == '0').count().min(15);
        let mut text = rounded(value, most);
        while text.contains('.') && text.len() - text.find('.').unwrap_or(0) - 1 > least && text.ends_with('0') {
            text.pop();
        }
        let text = text.trim_end_matches('.').to_string();
        let width = whole.chars().filter(|c| *c == '0').count();
        let text = padded(&text, width);
        if whole.contains(',') { grouped(&text) } else { text }
    }
}

/// Rounded half away from zero, as sheets do: 0.125 to two places is 0.13.
fn rounded(value: f64, places: usize) -> String {
    // Fifteen digits are what a sheet keeps; the rest is noise of binary fractions.
    let nudged = value * (1.0 + 4.0 * f64::EPSILON);
    let text = format!("{nudged:.places$}");
    let is_nothing = text.chars().all(|c| matches!(c, '-' | '0' | '.'));
    if is_nothing { text.trim_start_matches('-').to_string() } else { text }
}

/// A number with the fifteen digits that a sheet keeps.
fn plain(value: f64) -> String {
    if value == 0.0 {
        return "0".to_string();
    }
    let size = value.abs().log10().floor() as i32;
    let places = (14 - size).clamp(0, 17) as usize;
    let text = format!("{value:.places$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_string() } else { text }
}

fn padded(text: &str, width: usize) -> String {
    let (sign, rest) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
    let have = rest.find('.').unwrap_or(rest.len());
    format!("{sign}{}{rest}", "0".repeat(width.min(20).saturating_sub(have)))
}

fn grouped(text: &str) -> String {
    let (sign, rest) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
    let (whole, decimals) = rest.find('.').map_or((rest, ""), |at| rest.split_at(at));
    let mut out = String::from(sign);
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out + decimals
}

/// The parts of a format between semicolons, without colours, conditions and padding.
fn sections(format: &str) -> Vec<Section> {
    let mut found = vec![Section::default()];
    let mut characters = format.chars();
    while let Some(c) = characters.next() {
        let Some(section) = found.last_mut() else { break };
        match c {
            ';' => found.push(Section::default()),
            '"' => characters.by_ref().take_while(|c| *c != '"').for_each(|c| section.word(c)),
            '\\' | '!' => characters.next().into_iter().for_each(|c| section.word(c)),
            '_' | '*' => drop(characters.next()),
            '[' => characters.by_ref().take_while(|c| *c != ']').for_each(drop),
            '0' | '#' | '?' | '.' | ',' | '/' if section.after.is_empty() => section.pattern.push(c),
            'E' | 'e' if !section.pattern.is_empty() && section.after.is_empty() => {
                section.pattern.push(c);
                while characters.clone().next().is_some_and(|c| matches!(c, '+' | '-' | '0' | '#')) {
                    characters.next();
                }
            }
            'G' | 'g' if section.pattern.is_empty() => {
                section.pattern.push_str("general");
                characters.by_ref().take(6).for_each(drop);
            }
            '@' => section.pattern.push_str("general"),
            c => section.word(c),
        }
    }
    found
}

/// A date as people write it here, by the words of its format.
pub(super) fn date((year, month, day): (u16, u8, u8), format: &str) -> String {
    if format.contains('年') { format!("{year}年{month}月{day}日") } else { format!("{year}-{month:02}-{day:02}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_printed_as_in_the_sheet() {
        for (value, format, printed) in [
            (379.0, "General", "379"),
            (379.0, "", "379"),
            (6018.42, "General", "6018.42"),
            (0.1 + 0.2, "General", "0.3"),
            (1.0e15, "General", "1000000000000000"),
            (1234567.0, "0.00E+00", "1234567"),
            (0.1147, "0.00%", "11.47%"),
            (0.125, "0%", "13%"),
            (0.145, "0.0%", "14.5%"),
            (6018.4, "0.00", "6018.40"),
            (6018.425, "#,##0.00", "6,018.43"),
            (1234567.0, "#,##0", "1,234,567"),
            (-2.0, "0_);(0)", "(2)"),
            (-2.0, "0;[Red]-0", "-2"),
            (-2.0, "0;[Red]0", "-2"),
            (0.0, "0;-0;\"-\"", "-"),
            (0.0, "0;-0;;@", ""),
            (12.0, "0\"件\"", "12件"),
            (7.0, "000", "007"),
            (-0.4, "0", "0"),
            (12.5, "0.##", "12.5"),
            (12.0, "0.##", "12"),
            (5.0, "@", "5"),
            (5.0, "_ * #,##0_ ;_ * -#,##0_ ;_ * \"-\"_ ;_ @_ ", "5"),
        ] {
            assert_eq!(number(value, format).trim(), printed, "{value} as {format}");
        }
    }

    #[test]
    fn dates_are_dates() {
        assert_eq!(date((2024, 2, 6), "yyyy\"年\"m\"月\"d\"日\""), "2024年2月6日");
        assert_eq!(date((2024, 2, 6), "yyyy/m/d"), "2024-02-06");
    }
}
