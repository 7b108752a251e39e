//! One fictional report with its tables laid out in ways that converters and page makers have: the cells must be those of
//! the plain text, or missing, and nobody is accused. Rows, labels and numbers that are cut in two.

mod common;

use common::audit_text;
use common::layout::{bars, is_number, laid_out, made, reads_the_same, seen, with_table_four};

#[test]
fn labels_wrapped_over_lines_with_the_numbers_beside_any_of_them() {
    type Beside = fn(usize) -> usize;
    let places: [Beside; 3] = [|_| 0, |lines| (lines - 1) / 2, |lines| lines - 1];
    for width in [8, 10, 14] {
        for place in places {
            let row = |cells: &[&str]| {
                let labels = cells.iter().take_while(|c| !is_number(c)).count();
                let (Some((label, groups)), values) = (cells[..labels].split_last(), cells[labels..].join(" ")) else {
                    return cells.join(" ");
                };
                let letters: Vec<char> = label.chars().collect();
                let mut lines: Vec<String> = letters.chunks(width).map(|piece| piece.iter().collect()).collect();
                if !values.is_empty() {
                    let at = place(lines.len());
                    lines[at] = format!("{} {values}", lines[at]);
                }
                groups.iter().map(ToString::to_string).chain(lines).collect::<Vec<_>>().join("\n")
            };
            reads_the_same(&laid_out(row));
        }
    }
}

#[test]
fn a_number_of_spaced_digits_with_a_point_is_not_read_as_its_first_digit() {
    let text = laid_out(|cells| cells.join("\t")).replace("36.5", "3 6 . 5");
    let (cells, codes) = audit_text(&text, seen);
    assert_eq!(cells["proactive.fees.amount"], None);
    assert_eq!(codes, ["E202"]);
}

#[test]
fn numbers_on_the_line_before_their_label_are_not_those_of_the_label_before() {
    let row = |cells: &[&str]| match cells.iter().position(|c| is_number(&c)) {
        Some(at) if at > 0 && cells.len() - at == 7 => format!("{}\n{}", cells[at..].join(" "), cells[..at].join(" ")),
        _ => cells.join(" "),
    };
    let (expected, _) = audit_text(&made().text(), seen);
    let (cells, codes) = audit_text(&laid_out(row), seen);
    let is_wrong = |(name, value): &(&String, &Option<f64>)| value.is_some() && expected.get(*name) != Some(*value);
    assert_eq!(cells.iter().find(is_wrong), None);
    assert_eq!(codes, ["E301"]);
}

#[test]
fn values_on_a_line_between_the_halves_of_their_label() {
    let row = |cells: &[&str]| match cells.iter().position(|c| is_number(&c)) {
        Some(at) if at > 0 && cells.len() - at == 7 => {
            let label: Vec<char> = cells[at - 1].chars().collect();
            let (head, tail) = label.split_at(if label.len() > 6 { label.len().div_ceil(2) } else { label.len() });
            let text = |part: &[char]| part.iter().collect::<String>();
            let group = if at > 1 { format!("{}\n", cells[0]) } else { String::new() };
            format!("{group}{}\n{}\n{}", text(head), cells[at..].join(" "), text(tail))
        }
        _ => cells.join(" "),
    };
    reads_the_same(&laid_out(row));
}

/// The report with the label of each row of table three for which `is_cut` holds in a row of its own, above its values or below.
fn with_labels_apart(is_cut: impl Fn(&str) -> bool, is_above: bool) -> String {
    laid_out(|cells| match cells.iter().position(|c| is_number(&c)) {
        Some(at) if at > 0 && cells.len() - at == 7 && is_cut(cells[at - 1]) => {
            let values = bars(&[&[""], &cells[at..]].concat());
            let label = bars(&[&[cells[at - 1]][..], &[""; 7]].concat());
            let group = cells[..at - 1].iter().map(|group| format!("{group} |\n")).collect::<String>();
            if is_above { format!("{group}{label}\n{values}") } else { format!("{group}{values}\n{label}") }
        }
        _ => bars(cells),
    })
}

#[test]
fn values_in_a_row_of_their_own_beside_a_blank_row_with_the_label() {
    for is_above in [true, false] {
        reads_the_same(&with_labels_apart(|_| true, is_above));
        reads_the_same(&with_labels_apart(|label| label.contains("重新出具"), is_above));
        reads_the_same(&with_labels_apart(|label| label.contains("部分公开"), is_above));
    }
}

#[test]
fn values_beside_two_labels_are_no_blanks_of_either() {
    let text = with_labels_apart(|label| label.contains("不掌握"), true);
    let two = text.replacen(
        "2.没有现成信息需要另行制作 | 0 | 0 | 0 | 0 | 0 | 0 | 0",
        "2.没有现成信息需要另行制作 |  |  |  |  |  |  | ",
        1,
    );
    assert_ne!(text, two);
    let (cells, codes) = audit_text(&two, seen);
    assert_eq!(cells["requests.unavailable.not_held"], None);
    assert_eq!(codes, ["E302"]);
}

/// The report with the row of this label blank and another row right below it.
fn with_a_row_below_a_blank(label: &str, below: &str) -> String {
    laid_out(|cells| match cells.iter().position(|c| is_number(&c)) {
        Some(at) if at > 0 && cells.len() - at == 7 && cells[at - 1].contains(label) => {
            format!("{}\n{below}", bars(&[&cells[..at], &[""; 7]].concat()))
        }
        _ => bars(cells),
    })
}

#[test]
fn a_row_with_words_beside_a_blank_row_is_not_its_values() {
    for below in [
        "其中：涉企 | 2 | 0 | 0 | 0 | 0 | 0 | 2 |",
        "6.其他情形 | 2 | 0 | 0 | 0 | 0 | 0 | 2 |",
        "栏次 | 1 | 2 | 3 | 4 | 5 | 6 | 7 |",
    ] {
        let (cells, _) = audit_text(&with_a_row_below_a_blank("公开出版物", below), seen);
        assert_eq!(cells["requests.rejected.publication"], None, "{below}");
        assert_eq!(cells["requests.rejected.repeated"], Some(3.0), "{below}");
    }
}

#[test]
fn numbers_below_a_row_that_does_not_add_up_leave_it_as_it_is() {
    let wrong = made().text().replacen("| 61 | 3 | 0 | 0 | 0 | 0 | 64 |", "| 61 | 3 | 0 | 0 | 0 | 0 | 66 |\n12", 1);
    let (cells, codes) = audit_text(&wrong, seen);
    assert_eq!(cells["requests.received"], Some(66.0));
    assert!(codes.contains(&"T303".to_string()) || codes.contains(&"T301".to_string()), "{codes:?}");
}

#[test]
fn the_last_digits_of_numbers_on_the_next_line_are_not_left_out() {
    let (text, digits) = (made().text(), |row: &str, cut: &str| made().text().replacen(row, cut, 1));
    let three = digits("| 61 | 3 | 0 | 0 | 0 | 0 | 64 |", "| 6 | 3 | 0 | 0 | 0 | 0 | 6 |\n| 1 |  |  |  |  |  | 4 |");
    let four = digits("2 | 1 | 0 | 0 | 3 |", "1 | 1 | 0 | 0 | 13 |");
    let last = four.find("五、存在").expect("a heading");
    let four = format!("{}2\n{}", &four[..last], &four[last..]);
    let words = digits("| 61 | 3 | 0 | 0 | 0 | 0 | 64 |", "61 3 0 0 0 0 6\n申请数量 4");
    let both = digits("| 5 | 0 | 0 | 0 | 0 | 0 | 5 |", "| 5 | 0 | 0 | 0 | 0 | 0 | 5 |\n| 03 |  |  |  |  |  | 03 |");
    for (cut, code) in [(three, "E302"), (four, "E401"), (words, "E302"), (both, "E302")] {
        assert_ne!(cut, text);
        let (_, codes) = audit_text(&cut, seen);
        assert_eq!(codes, [code], "{cut}");
    }
}

#[test]
fn the_last_digits_of_numbers_of_table_two_on_the_next_line() {
    let licences = |cut: &str| audit_text(&made().text().replacen("行政许可 | 1208 |", cut, 1), seen);
    for cut in ["行政许可 | 12 |\n | 08 |", "行政许可 12\n08", "行政许可 120\n8", "行政许可 | 120 |\n8 |"]
    {
        let (cells, codes) = licences(cut);
        assert_eq!(cells["proactive.licences.decisions"], None, "{cut}");
        assert_eq!(cells["proactive.penalties.decisions"], Some(94.0), "{cut}");
        assert_eq!(codes, ["E202"], "{cut}");
    }
    // The number of a page is none.
    assert_eq!(licences("行政许可 | 1208 |\n2\n\u{c}").0["proactive.licences.decisions"], Some(1208.0));
}

#[test]
fn digits_on_two_lines_of_a_cell_are_not_one_number() {
    let text = made().text().replace("| 61 | 3 | 0 | 0 | 0 | 0 | 64 |", "| 6<br>1 | 3 | 0 | 0 | 0 | 0 | 6<br>4 |");
    assert_ne!(text, made().text());
    let (cells, codes) = audit_text(&text, seen);
    assert_eq!(cells["requests.received.natural_person"], None);
    assert!(!codes.iter().any(|code| code.starts_with('T') || code.starts_with('C')), "{codes:?}");
    let page = made().text().replacen("行政许可 | 1208 |", "行政许可 | 12<br>345 |", 1);
    assert_eq!(audit_text(&page, seen).0["proactive.licences.decisions"], None);
}

#[test]
fn the_number_of_a_line_is_no_value() {
    let text = made().text();
    let row = text.lines().find(|line| line.contains("规章")).unwrap();
    let numbered = |values: &str| audit_text(&text.replacen(row, &format!("| 规章 | {values} |"), 1), seen).0;
    assert_eq!(numbered("1 | 0 | 0 | 0")["proactive.regulations.issued"], None);
    assert_eq!(numbered("4 | 0 | 2 | 2")["proactive.regulations.issued"], Some(4.0));
}

#[test]
fn several_numbers_in_one_cell_are_not_one() {
    let row = "| 61 | 3 | 0 | 0 | 0 | 0 | 64 |";
    for cells in ["| 6 1 | 3 0 | 0 0 | 0 1 | 0 0 | 0 3 | 6 4 |", "| 6 12 | 3 | 0 | 0 | 0 | 0 | 64 |"] {
        let (cells, codes) = audit_text(&made().text().replacen(row, cells, 1), seen);
        assert_eq!(cells["requests.received.natural_person"], None);
        assert!(!codes.iter().any(|code| code.starts_with('T') || code.starts_with('C')), "{codes:?}");
    }
    let thousands = made().text().replacen("行政许可 | 1208 |", "行政许可 | 1 208 |", 1);
    assert_eq!(audit_text(&thousands, seen).0["proactive.licences.decisions"], Some(1208.0));
}

#[test]
fn columns_of_table_four_cut_by_their_width() {
    let (heads, tails) = ("结果维 结果纠 其他结 尚未审 总", "持 正 果 结 计");
    let values = "2 1 0 0 3 0 0 0 1 1 1 0 0 0 1";
    let top = "行政复议 行政诉讼\n未经复议直接起诉 复议后起诉";
    let level = format!("{top}\n{heads} {heads} {heads}\n{tails} {tails} {tails}\n{values}");
    reads_the_same(&with_table_four(&level));
    let stepped = format!("{top}\n{heads}\n{tails} {heads} {heads}\n{tails} {tails}\n{values}");
    reads_the_same(&with_table_four(&stepped));
    reads_the_same(&with_table_four(&stepped.replace(' ', "     ")));
}

#[test]
fn labels_over_lines_with_one_value_a_line() {
    // The header 本年收费金额（单位：万元） stays on one line.
    let is_whole = |cell: &str| is_number(&&cell) || cell.contains('：');
    for width in [5, 8, 11, 20] {
        let row = |cells: &[&str]| {
            let wrapped = cells.iter().map(|cell| match is_whole(cell) {
                true => (*cell).to_string(),
                false => {
                    let letters: Vec<char> = cell.chars().collect();
                    letters.chunks(width).map(|piece| piece.iter().collect::<String>()).collect::<Vec<_>>().join("\n")
                }
            });
            wrapped.collect::<Vec<_>>().join("\n")
        };
        reads_the_same(&laid_out(row));
        reads_the_same(&laid_out(|cells| row(cells).replace('\n', " |\n") + " |"));
    }
}

#[test]
fn the_last_two_values_of_a_row_on_one_line() {
    let row = |cells: &[&str]| match cells {
        [.., value, total] if (8..11).contains(&cells.len()) && is_number(&value) => {
            format!("{}\n{value}\u{a0}{total}", cells[..cells.len() - 2].join("\n"))
        }
        _ => cells.join("\n"),
    };
    reads_the_same(&laid_out(row));
    // One number whose thousands are parted is not taken for two values.
    let parted = laid_out(|cells| cells.join("\n")).replace("\n61\n3\n0\n0\n0\n0\n64\n", "\n61\n3\n0\n0\n0\n1 064\n");
    let (cells, codes) = audit_text(&parted, seen);
    assert_eq!(cells["requests.received"], None);
    assert_eq!(codes, ["E302"]);
}

#[test]
fn a_total_of_disputes_that_a_cut_page_ends_with_is_not_read() {
    let text = made().text();
    let row = text.find("2 | 1 | 0 | 0 | 3 |").expect("a row");
    let end = row + text[row..].find('\n').expect("its end");
    let whole = &text[..end];
    let total = "disputes.litigation_after_review.total";
    assert!(audit_text(whole, seen).0[total].is_some());
    // 38 of which 3 is left
    let last = whole.trim_end_matches(['|', ' ']);
    let cut = format!("{}3", last.trim_end_matches(|c: char| c.is_ascii_digit()));
    let (cells, codes) = audit_text(&cut, seen);
    assert_eq!(cells.get(total).copied().flatten(), None);
    assert!(!codes.iter().any(|code| code == "T401"), "{codes:?}");
    // What adds up is whole.
    assert!(audit_text(last, seen).0[total].is_some());
}
