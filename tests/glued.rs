//! Tables whose digits are glued together: what is read is right, whatever the numbers are.

#![allow(clippy::print_stdout, reason = "tests say what they measured")]

mod common;

use std::collections::BTreeMap;

use common::{Made, audit_text};
use gouji::audit::View;
use gouji::form::{CellId, Column, Generation, Number, Row, TableId};
use gouji::tables::CellState;
use proptest::prelude::*;
use proptest::strategy::ValueTree;

/// How a crawl loses the borders.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Loss {
    /// Each row keeps its line.
    Rows,
    /// Each table becomes one line.
    Tables,
    /// So does the whole report.
    Report,
    /// The digits of a row keep one cell behind the label's.
    Cell,
    /// The digits of a row stand on a line below the label.
    Below,
}

const LOSSES: [Loss; 5] = [Loss::Rows, Loss::Tables, Loss::Report, Loss::Cell, Loss::Below];

/// A report whose cells have lost their borders; `spaces` tells, border by border, whether a space was left.
fn glue(text: &str, loss: Loss, spaces: &[bool]) -> String {
    let mut borders = spaces.iter().copied().cycle();
    let mut out = String::new();
    let mut was_row = false;
    for line in text.lines() {
        let is_row = line.ends_with('|');
        let joins = match loss {
            Loss::Rows | Loss::Cell | Loss::Below => false,
            Loss::Tables => is_row && was_row,
            Loss::Report => !out.is_empty(),
        };
        if !joins && !out.is_empty() {
            out.push('\n');
        }
        // The numbers of table four have no label before them.
        let mut is_value = is_row && line.starts_with(|c: char| c.is_ascii_digit()) && !line.contains('.');
        for (i, cell) in line.trim_end_matches('|').split('|').enumerate() {
            let is_number = !cell.trim().is_empty() && cell.trim().bytes().all(|b| b.is_ascii_digit());
            let begins_values = is_row && !is_value && is_number && i > 0;
            is_value |= begins_values;
            match loss {
                Loss::Cell if i > 0 && (begins_values || !is_value) => out.push_str(" | "),
                Loss::Below if i > 0 && (begins_values || !is_value) => out.push('\n'),
                _ if i > 0 && borders.next() == Some(true) => out.push(' '),
                _ => {}
            }
            out.push_str(if is_row { cell.trim() } else { cell });
        }
        if is_row && loss == Loss::Cell {
            out.push_str(" |");
        }
        was_row = is_row;
    }
    out
}

type Cells = BTreeMap<CellId, i64>;

/// Tables three and four that keep every relation, from seeds for their cells.
fn consistent(generation: Generation, seeds: &[u32], left: &[u32], disputes: &[u32]) -> Cells {
    let mut cells = Cells::new();
    let mut seeds = seeds.iter().map(|s| i64::from(*s)).cycle();
    let parts = &Column::REQUESTS[..6];
    for column in parts.iter().copied() {
        let mut handled = 0;
        for row in Row::outcomes(generation) {
            let value = seeds.next().unwrap_or(0);
            cells.insert(CellId::new(*row, column), value);
            handled += value;
        }
        let at = column as usize % left.len();
        let carried_out = i64::from(left[at] % 9);
        let carried_in = i64::from(left[(at + 1) % left.len()]) % (handled + carried_out + 1);
        cells.insert(CellId::new(Row::Handled, column), handled);
        cells.insert(CellId::new(Row::CarriedOut, column), carried_out);
        cells.insert(CellId::new(Row::CarriedIn, column), carried_in);
        cells.insert(CellId::new(Row::Received, column), handled + carried_out - carried_in);
    }
    for row in Row::of_requests(generation) {
        let total = parts.iter().map(|c| cells[&CellId::new(*row, *c)]).sum();
        cells.insert(CellId::total(*row), total);
    }
    for (r, row) in [Row::Review, Row::LitigationDirect, Row::LitigationAfterReview].into_iter().enumerate() {
        let mut total = 0;
        for (c, column) in Column::DISPUTES[..4].iter().enumerate() {
            let value = i64::from(disputes[r * 4 + c]);
            cells.insert(CellId::new(row, *column), value);
            total += value;
        }
        cells.insert(CellId::total(row), total);
    }
    cells
}

fn report(cells: &Cells, generation: Generation, blank_zeros: bool) -> String {
    let printed = |v: &i64| if blank_zeros && *v == 0 { "blank".to_string() } else { v.to_string() };
    Made {
        organ: "白榆县".to_string(),
        year: 2022,
        generation,
        cells: cells.iter().map(|(id, v)| (id.full_name(), printed(v))).collect(),
        prose: "全县政府信息公开工作有序开展。".to_string(),
    }
    .text()
}

/// How many cells were read, how many should have been, and which are wrong.
fn compare(view: &View<'_>, cells: &Cells) -> (usize, usize, Vec<String>) {
    let (mut read, mut wrong) = (0, Vec::new());
    for (id, expected) in cells {
        let Some(cell) = view.tables.cell(*id) else { continue };
        let Some(value) = cell.value else { continue };
        read += 1;
        if value != Number::whole(*expected) {
            wrong.push(format!("{id}: {value}, should be {expected}"));
        }
    }
    (read, cells.len(), wrong)
}

/// Mostly zeros and small numbers, as in most reports; some large.
fn seed() -> impl Strategy<Value = u32> {
    prop_oneof![12 => Just(0_u32), 4 => 0_u32..10, 2 => 10_u32..100, 1 => 100_u32..3000]
}

/// How a number comes to be wrong.
#[derive(Debug, Clone, Copy)]
enum Slip {
    By(i64),
    /// 58 for 85.
    Turned,
    LastDigitLost,
}

/// Many of them by a multiple of nine, which another border can hide.
const SLIPS: [Slip; 11] = [
    Slip::By(-10),
    Slip::By(-9),
    Slip::By(-1),
    Slip::By(1),
    Slip::By(9),
    Slip::By(10),
    Slip::By(18),
    Slip::By(27),
    Slip::By(100),
    Slip::Turned,
    Slip::LastDigitLost,
];

impl Slip {
    fn of(self, value: i64) -> i64 {
        match self {
            Slip::By(n) => (value + n).max(0),
            Slip::Turned => value.to_string().chars().rev().collect::<String>().parse().unwrap_or(0),
            Slip::LastDigitLost => value / 10,
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_cell_of_a_glued_table_is_read_wrong(
        seeds in prop::collection::vec(seed(), 126),
        left in prop::collection::vec(0_u32..40, 7),
        disputes in prop::collection::vec(seed(), 12),
        spaces in prop::collection::vec(prop::bool::weighted(0.1), 31),
        is_older in any::<bool>(),
        blank_zeros in prop::bool::weighted(0.2),
        loss in prop::sample::select(&LOSSES),
    ) {
        let generation = if is_older { Generation::Form2019 } else { Generation::Form2021 };
        let cells = consistent(generation, &seeds, &left, &disputes);
        let text = glue(&report(&cells, generation, blank_zeros), loss, &spaces);
        let (_, _, wrong) = audit_text(&text, |view| compare(view, &cells));
        prop_assert!(wrong.is_empty(), "{:?}\n{}", wrong, text);
    }

    #[test]
    fn no_cell_of_a_glued_table_with_a_wrong_number_is_read_wrong(
        seeds in prop::collection::vec(seed(), 126),
        left in prop::collection::vec(0_u32..40, 7),
        disputes in prop::collection::vec(seed(), 12),
        spaces in prop::collection::vec(prop::bool::weighted(0.1), 31),
        at in 0_usize..210,
        slip in prop::sample::select(&SLIPS),
        blank_zeros in prop::bool::weighted(0.2),
        loss in prop::sample::select(&LOSSES),
    ) {
        let mut cells = consistent(Generation::Form2021, &seeds, &left, &disputes);
        let id = *cells.keys().nth(at % cells.len()).expect("a cell");
        cells.insert(id, slip.of(cells[&id]));
        let text = glue(&report(&cells, Generation::Form2021, blank_zeros), loss, &spaces);
        let (_, _, wrong) = audit_text(&text, |view| compare(view, &cells));
        prop_assert!(wrong.is_empty(), "{:?}\n{}", wrong, text);
    }

    #[test]
    fn a_wrong_table_accuses_only_cells_as_printed(
        seeds in prop::collection::vec(seed(), 126),
        left in prop::collection::vec(0_u32..40, 7),
        at in 0_usize..190,
        by in prop::sample::select(&[-10_i64, -2, -1, 1, 2, 9, 10, 100]),
        loss in prop::sample::select(&LOSSES),
    ) {
        let mut cells = consistent(Generation::Form2021, &seeds, &left, &[0; 12]);
        let id = *cells.keys().nth(at % cells.len()).expect("a cell");
        let value = (cells[&id] + by).max(0);
        cells.insert(id, value);
        let text = glue(&report(&cells, Generation::Form2021, false), loss, &[false]);
        let accused = audit_text(&text, |view| {
            let wrong = compare(view, &cells).2;
            let sums = view.findings.iter().filter(|f| f.code.starts_with('T')).flat_map(|f| f.cells.clone());
            let names: Vec<String> = sums.map(|id| id.to_string()).collect();
            wrong.into_iter().filter(|w| names.iter().any(|n| w.starts_with(&format!("{n}:")))).collect::<Vec<_>>()
        });
        prop_assert!(accused.is_empty(), "{:?}\n{}", accused, text);
    }

    #[test]
    fn digits_without_end_are_given_up_and_nothing_is_read(digits in "[0-9]{20,400}", rows in 1_usize..4) {
        let mut text = String::from("白榆县2022年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况\n申请人情况自然人法人或其他组织总计");
        for label in ["一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量", "（一）予以公开"].iter().take(rows) {
            text.push_str(label);
            text.push_str(&digits);
        }
        text.push_str("\n四、政府信息公开行政复议、行政诉讼情况\n结果维持结果纠正其他结果尚未审结总计");
        text.push_str(&digits);
        let recovered = audit_text(&text, |view| {
            view.tables.cells().iter().filter(|c| c.state == CellState::Recovered && c.id.row.table() == TableId::Requests && digits.len() > 49).count()
        });
        prop_assert_eq!(recovered, 0);
    }
}

#[test]
fn most_cells_of_ordinary_glued_tables_are_read() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let strategy =
        (prop::collection::vec(seed(), 126), prop::collection::vec(0_u32..40, 7), prop::collection::vec(seed(), 12));
    let (mut read, mut due, mut tables) = (0, 0, 0);
    for i in 0..40 {
        let (seeds, left, disputes) = strategy.new_tree(&mut runner).expect("a table").current();
        let cells = consistent(Generation::Form2021, &seeds, &left, &disputes);
        let loss = LOSSES[i % LOSSES.len()];
        let text = glue(&report(&cells, Generation::Form2021, false), loss, &[false]);
        let (r, d, wrong) = audit_text(&text, |view| compare(view, &cells));
        assert!(wrong.is_empty(), "{wrong:?}");
        read += r;
        due += d;
        tables += usize::from(r == d);
        if r != d {
            println!("  {loss:?}: {r} of {d}");
        }
    }
    println!("glued tables: {read} of {due} cells read, {tables} of 40 reports wholly");
    assert!(read as f64 >= 0.95 * due as f64, "{read} of {due}");
}

/// A glued report of an invented county, with the cells that are not 0.
fn small(cells: &[(&str, &str)]) -> String {
    let made = Made {
        organ: "白榆县".to_string(),
        year: 2022,
        generation: Generation::Form2021,
        cells: cells.iter().map(|(k, v)| ((*k).to_string(), (*v).to_string())).collect(),
        prose: "全县共收到政府信息公开申请40件，办结40件。".to_string(),
    };
    glue(&made.text(), Loss::Tables, &[false])
}

fn codes(text: &str) -> Vec<&'static str> {
    audit_text(text, |view| view.findings.iter().map(|f| f.code).collect())
}

#[test]
fn claims_are_checked_against_recovered_cells() {
    let cells = [
        ("requests.received.natural_person", "38"),
        ("requests.received.business", "2"),
        ("requests.received.total", "40"),
        ("requests.granted.natural_person", "38"),
        ("requests.granted.business", "2"),
        ("requests.granted.total", "40"),
        ("requests.handled.natural_person", "38"),
        ("requests.handled.business", "2"),
        ("requests.handled.total", "40"),
    ];
    let text = small(&cells);
    assert_eq!(codes(&text), ["E005"]);
    let wrong = text.replace("申请40件", "申请41件");
    assert!(codes(&wrong).contains(&"C301"), "{:?}", codes(&wrong));
}

#[test]
fn several_readings_are_no_reading() {
    // 1|11|0|0|0|0|12, 11|1|0|0|0|0|12 or 1|1|10|0|0|0|12: all keep every relation, in every row alike.
    let cells = [
        ("requests.received.natural_person", "1"),
        ("requests.received.business", "11"),
        ("requests.received.total", "12"),
        ("requests.granted.natural_person", "1"),
        ("requests.granted.business", "11"),
        ("requests.granted.total", "12"),
        ("requests.handled.natural_person", "1"),
        ("requests.handled.business", "11"),
        ("requests.handled.total", "12"),
    ];
    let text = small(&cells);
    assert!(codes(&text).contains(&"E006"), "{:?}", codes(&text));
    audit_text(&text, |view| {
        let report = view.tables.report(TableId::Requests);
        assert_eq!(report.recovery.readings, 3);
        let value = |name: &str| view.tables.cell(name.parse().expect("a name")).and_then(|c| c.value);
        // All readings agree on the total.
        assert_eq!(value("requests.received.total"), Some(Number::whole(12)));
        assert_eq!(value("requests.received.natural_person"), None);
        assert_eq!(value("requests.received.business"), None);
    });
}

/// A table of zeros but for one outcome row, which makes up what came in and what was handled as well.
fn with_one_row(row: Row, values: [u32; 6]) -> Cells {
    let rows = Row::outcomes(Generation::Form2021);
    let mut seeds = vec![0; rows.len() * values.len()];
    let at = rows.iter().position(|r| *r == row).expect("an outcome");
    for (c, value) in values.into_iter().enumerate() {
        seeds[c * rows.len() + at] = value;
    }
    consistent(Generation::Form2021, &seeds, &[0; 7], &[0; 12])
}

#[test]
fn blanks_beside_a_row_warn_that_it_may_have_lost_some() {
    // 15|80|20|5|30|blank|150 is printed; 15|80|2|0|53|0|150 closes as well, and is the only cut that does.
    let cells = with_one_row(Row::Excessive, [15, 80, 20, 5, 30, 0]);
    for loss in LOSSES {
        let text = glue(&report(&cells, Generation::Form2021, true), loss, &[false]);
        assert!(text.contains("158020530150"), "{text}");
        let (read, _, wrong) = audit_text(&text, |view| compare(view, &cells));
        assert_eq!((read, wrong), (0, vec![]), "{loss:?}");
    }
}

#[test]
fn a_row_that_closes_by_itself_is_not_enough() {
    // 67 is printed for 76, and 6|78|0|0|0|0|84 closes. Without all rows nothing else tells.
    let mut cells = with_one_row(Row::Granted, [76, 8, 0, 0, 0, 0]);
    cells.insert(CellId::new(Row::Granted, Column::NaturalPerson), 67);
    let text = glue(&report(&cells, Generation::Form2021, false), Loss::Rows, &[false]);
    let text = text.replace("不计其他情形）0000000", "不计其他情形）");
    assert!(text.contains("（一）予以公开678000084") && text.contains("不计其他情形）\n"), "{text}");
    audit_text(&text, |view| {
        assert_eq!(compare(view, &cells).2, Vec::<String>::new());
        let received = CellId::new(Row::Received, Column::NaturalPerson);
        assert_eq!(view.tables.cell(received).and_then(|c| c.value), Some(Number::whole(76)));
    });
}

#[test]
fn a_block_of_table_four_that_closes_by_itself_is_not_enough() {
    // 67|8 is printed for 76|8, and 6|78 closes.
    let mut disputes = [0; 12];
    disputes[9..11].copy_from_slice(&[76, 8]);
    let mut cells = consistent(Generation::Form2021, &[0], &[0; 7], &disputes);
    cells.insert(CellId::new(Row::LitigationAfterReview, Column::Corrected), 67);
    let text = glue(&report(&cells, Generation::Form2021, false), Loss::Rows, &[false]);
    assert!(text.contains("0678084"), "{text}");
    let (_, _, wrong) = audit_text(&text, |view| compare(view, &cells));
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn a_total_that_was_turned_round_is_not_explained_by_another_cut() {
    // 177||| 771 is printed for 177||| 177, and 1|770||771 closes.
    let mut disputes = [0; 12];
    disputes[1] = 177;
    let mut cells = consistent(Generation::Form2021, &[0], &[0; 7], &disputes);
    cells.insert(CellId::new(Row::Review, Column::Total), 771);
    let text = glue(&report(&cells, Generation::Form2021, false), Loss::Rows, &[false]);
    assert!(text.contains("017700771000"), "{text}");
    let (_, _, wrong) = audit_text(&text, |view| compare(view, &cells));
    assert_eq!(wrong, Vec::<String>::new());
}
