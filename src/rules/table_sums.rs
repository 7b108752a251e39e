//! T301–T305, T401, T402: the tables must add up. One wrong cell gives one finding, with its cause if shown.

mod pair;

use std::collections::BTreeSet;

use self::pair::Pair;
use super::{Context, Draft, Sink, explain};
use crate::form::{CellId, Column, Formula, Number, Row, TableId};
use crate::lang::{Lang, say};
use crate::tables::{Cell, CellState, Spent, Tables, outcome_rows};

/// One side of a relation must equal the other.
struct Relation {
    code: &'static str,
    left: Side,
    right: Side,
}

/// The cells of one side: rows of one column, or columns of one row.
#[derive(Clone, Copy)]
enum Side {
    Rows(&'static [Row], Column),
    Columns(Row, &'static [Column]),
}

impl Side {
    fn cells(self) -> impl Iterator<Item = CellId> + Clone {
        let count = match self {
            Side::Rows(rows, _) => rows.len(),
            Side::Columns(_, columns) => columns.len(),
        };
        (0..count).map(move |at| match self {
            Side::Rows(rows, column) => CellId::new(rows[at], column),
            Side::Columns(row, columns) => CellId::new(row, columns[at]),
        })
    }

    fn contains(self, cell: CellId) -> bool {
        match self {
            Side::Rows(rows, column) => cell.column == column && rows.contains(&cell.row),
            Side::Columns(row, columns) => cell.row == row && columns.contains(&cell.column),
        }
    }
}

impl Relation {
    fn cells(&self) -> impl Iterator<Item = CellId> + Clone {
        self.left.cells().chain(self.right.cells())
    }

    /// Whether it went into reading glued digits: that it holds proves nothing then.
    fn is_spent(&self, context: &Context<'_>) -> bool {
        let spent = match (self.code, self.left) {
            ("T301", _) => Spent::Balance,
            ("T302", _) => Spent::Sums,
            (_, Side::Columns(row, _)) => Spent::Row(row),
            _ => return false,
        };
        context.tables.is_spent(spent)
    }
}

/// A relation that does not hold.
struct Failure {
    relation: Relation,
    left: Number,
    right: Number,
}

pub(super) fn check(context: &Context<'_>, sink: &mut Sink) {
    let blank = blank_totals(context.tables);
    for (table, code) in [(TableId::Requests, "T304"), (TableId::Disputes, "T402")] {
        left_blank(context, blank.iter().copied().filter(|id| id.row.table() == table).collect(), code, sink);
    }
    if context.tables.report(TableId::Requests).is_shifted {
        return;
    }
    if all_hold(context.tables) {
        return;
    }
    let (mut failures, mut holding) = (Vec::new(), Vec::new());
    for relation in relations(context) {
        if relation.is_spent(context) {
            continue;
        }
        let sum = |side: Side| side.cells().map(|id| value_or_blank(context, id)).sum::<Option<Number>>();
        let (Some(left), Some(right)) = (sum(relation.left), sum(relation.right)) else {
            exceeding(context, &relation, sink);
            continue;
        };
        if left == right {
            holding.push(relation);
        } else {
            failures.push(Failure { relation, left, right });
        }
    }
    if let Some(pair) = Pair::of(&failures) {
        let (same, rest): (Vec<_>, Vec<_>) =
            failures.into_iter().partition(|f| matches!(f.relation.right, Side::Rows(..)));
        pair::report(context, &same, pair, sink);
        failures = rest;
    }
    while !failures.is_empty() {
        let cause = suspect(context, &failures, &holding);
        let (same, rest): (Vec<_>, Vec<_>) =
            failures.into_iter().partition(|f| cause.as_ref().is_some_and(|c| f.repaired_by(c)));
        let (same, rest) = if same.is_empty() { first_of(rest) } else { (same, rest) };
        report(context, &same, cause.as_ref(), sink);
        failures = rest;
    }
}

/// Whether every relation of [`relations`] holds over values that checks may use, in one pass over the cells: so it is
/// in most reports, and the rest is then not worth doing. A cell that is missing or out of order is for the others.
fn all_hold(tables: &Tables) -> bool {
    const WIDTH: usize = Column::REQUESTS.len();
    let outcomes = outcome_rows(tables);
    let mut rows = 0;
    let [mut intake, mut carried_out, mut parts, mut handled] = [[Number::ZERO; WIDTH]; 4];
    // Disputes have no sums but their rows'.
    let mut disputes = [Number::ZERO; WIDTH];
    let (mut cells, mut values) = (tables.cells(), tables.values());
    while let Some(first) = cells.first() {
        let row = first.id.row;
        let columns: &[Column] = match row.table() {
            TableId::Requests => &Column::REQUESTS,
            TableId::Disputes => &Column::DISPUTES,
            TableId::Proactive | TableId::Statistics => {
                cells = &cells[1..];
                values.next();
                continue;
            }
        };
        let down = match row {
            Row::Received | Row::CarriedIn => &mut intake,
            Row::CarriedOut => &mut carried_out,
            Row::Handled => &mut handled,
            Row::Review | Row::LitigationDirect | Row::LitigationAfterReview => &mut disputes,
            _ if outcomes.contains(&row) => &mut parts,
            _ => return false,
        };
        let Some((of_row, rest)) = cells.split_at_checked(columns.len()) else { return false };
        let across = columns.iter().map(|column| CellId::new(row, *column)).zip(of_row).zip(&mut values);
        if !adds_up(across, down) {
            return false;
        }
        rows += 1;
        cells = rest;
    }
    let outcome = handled.iter().zip(&carried_out).map(|(a, b)| *a + *b);
    rows == outcomes.len() + 4 + 3 && outcome.eq(intake) && parts == handled
}

/// Adds the values of a row to the sums of the columns. False if its total is not their sum, or a cell is missing or
/// out of order.
fn adds_up<'c>(
    row: impl Iterator<Item = ((CellId, &'c Cell), Option<Number>)>,
    down: &mut [Number; Column::REQUESTS.len()],
) -> bool {
    let mut across = Number::ZERO;
    for (((id, cell), value), down) in row.zip(down) {
        let Some(value) = value.filter(|_| cell.id == id) else { return false };
        let is_total = id.column == Column::Total;
        if is_total && value != across {
            return false;
        }
        // Most cells are 0.
        if value != Number::ZERO {
            across = if is_total { across } else { across + value };
            *down = *down + value;
        }
    }
    true
}

fn first_of(mut failures: Vec<Failure>) -> (Vec<Failure>, Vec<Failure>) {
    let rest = failures.split_off(1);
    (failures, rest)
}

/// The value; a blank in a sum that does not close counts as 0, and the finding says so.
fn value_or_blank(context: &Context<'_>, id: CellId) -> Option<Number> {
    context.tables.value(id).or_else(|| {
        let cell = context.tables.cell(id)?;
        let is_blank = matches!(cell.state, CellState::Blank | CellState::NotApplicable);
        (is_blank && id.column != Column::Total).then_some(Number::ZERO)
    })
}

fn relations(context: &Context<'_>) -> Vec<Relation> {
    const INTAKE: &[Row] = &[Row::Received, Row::CarriedIn];
    const OUTCOME: &[Row] = &[Row::Handled, Row::CarriedOut];
    const TOTAL: &[Column] = &[Column::Total];
    const REQUESTS: &[Column] = &Column::REQUESTS;
    const DISPUTES: &[Column] = &Column::DISPUTES;
    let rows = outcome_rows(context.tables);
    let mut list = Vec::with_capacity(2 * REQUESTS.len() + rows.len() + 7);
    for column in Column::REQUESTS {
        list.push(Relation { code: "T301", left: Side::Rows(INTAKE, column), right: Side::Rows(OUTCOME, column) });
    }
    for column in Column::REQUESTS {
        list.push(Relation { code: "T302", left: Side::Rows(rows, column), right: Side::Rows(&OUTCOME[..1], column) });
    }
    // Where only totals are filled in, six blanks are not six zeros.
    let is_blank = |id: CellId| {
        context.tables.cell(id).is_some_and(|c| matches!(c.state, CellState::Blank | CellState::NotApplicable))
    };
    let is_divided = |row: &&Row| !REQUESTS[..6].iter().all(|column| is_blank(CellId::new(**row, *column)));
    for row in INTAKE.iter().chain(rows).chain(OUTCOME).filter(is_divided) {
        list.push(Relation {
            code: "T303",
            left: Side::Columns(*row, &REQUESTS[..6]),
            right: Side::Columns(*row, TOTAL),
        });
    }
    for row in [Row::Review, Row::LitigationDirect, Row::LitigationAfterReview] {
        list.push(Relation {
            code: "T401",
            left: Side::Columns(row, &DISPUTES[..4]),
            right: Side::Columns(row, TOTAL),
        });
    }
    list
}

/// A cell, and the value with which everything that it broke closes.
struct Suspect {
    cell: CellId,
    printed: Number,
    repaired: Number,
}

impl Failure {
    /// What would have to be added to a cell for this relation to hold.
    fn lack(&self, cell: CellId) -> Option<Number> {
        if self.relation.left.contains(cell) {
            Some(self.right - self.left)
        } else {
            self.relation.right.contains(cell).then(|| self.left - self.right)
        }
    }

    fn repaired_by(&self, suspect: &Suspect) -> bool {
        self.lack(suspect.cell) == Some(suspect.repaired - suspect.printed)
    }
}

/// The one cell whose change repairs the most failures, at least two, and breaks nothing that holds.
fn suspect(context: &Context<'_>, failures: &[Failure], holding: &[Relation]) -> Option<Suspect> {
    let cells: BTreeSet<CellId> = failures.iter().flat_map(|f| f.relation.cells()).collect();
    let candidates = cells.into_iter().filter_map(|cell| {
        let printed = context.tables.cell(cell)?.value.or_else(|| value_or_blank(context, cell))?;
        let lacks: Vec<Number> = failures.iter().filter_map(|f| f.lack(cell)).collect();
        let first = *lacks.first()?;
        let repairs = lacks.iter().filter(|l| **l == first).count();
        let breaks = holding.iter().filter(|r| r.left.contains(cell) || r.right.contains(cell)).count();
        let is_count = printed + first >= Number::ZERO;
        (is_count && repairs >= 2).then_some((
            breaks,
            usize::MAX - repairs,
            Suspect { cell, printed, repaired: printed + first },
        ))
    });
    let best = candidates.min_by_key(|(breaks, repairs, s)| (*breaks, *repairs, s.cell))?;
    (best.0 == 0).then_some(best.2)
}

fn report(context: &Context<'_>, failures: &[Failure], suspect: Option<&Suspect>, sink: &mut Sink) {
    let Some(failure) = failures.iter().min_by_key(|f| f.relation.code) else { return };
    let lang = context.lang;
    let mut message = opening(context, failure);
    if let Some(s) = suspect {
        let name = cell_name(s.cell, lang);
        let (printed, repaired) = (s.printed, s.repaired);
        message.push_str(&say!(
            lang,
            "若{name}由{printed}改为{repaired}，{count}处不闭合同时闭合。",
            " With {repaired} instead of {printed} in {name}, all {count} sums that fail close.",
            name = name,
            printed = printed,
            repaired = repaired,
            count = failures.len()
        ));
    } else if let Some(hint) = hint(context, &failure.relation, failure.left, failure.right) {
        message.push_str(&hint);
    }
    place(context, failure, message, suspect.map(|s| s.cell), sink);
}

/// What fails, and whether blanks were counted.
fn opening(context: &Context<'_>, failure: &Failure) -> String {
    let relation = &failure.relation;
    let mut message = describe(context, relation, failure.left, failure.right);
    let blanks = relation.cells().filter(|id| context.tables.value(*id).is_none()).count();
    if blanks > 0 {
        message.push_str(&say!(
            context.lang,
            "（{blanks}个空白格按0计仍不闭合。）",
            " ({blanks} blank cells counted as 0 do not close it.)",
            blanks = blanks
        ));
    }
    message
}

/// Reports a failure at its total.
fn place(context: &Context<'_>, failure: &Failure, message: String, suspected: Option<CellId>, sink: &mut Sink) {
    let relation = &failure.relation;
    let (sum, total) = (failure.left, failure.right);
    let left = Formula::sum_of(relation.left.cells());
    // The finding stands at the total that does not close; the cell under suspicion is the first place beside it.
    let place = relation.right.cells().next();
    let cells: Vec<CellId> = relation.cells().collect();
    let span = place.and_then(|id| context.tables.cell(id)).and_then(|c| c.span);
    let span =
        span.or_else(|| cells.iter().find_map(|id| context.tables.cell(*id).and_then(|c| c.span))).unwrap_or_default();
    let others = cells.iter().copied().filter(|id| Some(*id) != suspected);
    let filled = others.filter(|id| context.tables.value(*id).is_some_and(|v| v != Number::ZERO));
    let shown: Vec<CellId> = suspected.into_iter().chain(filled).take(12).collect();
    sink.report(
        relation.code,
        Draft {
            message,
            span,
            stated: total.to_string(),
            expected: sum.to_string(),
            formula: Some(left),
            related: context.places(&shown).into_iter().filter(|(s, _)| *s != span).collect(),
            cells,
        },
    );
}

fn describe(context: &Context<'_>, relation: &Relation, sum: Number, total: Number) -> String {
    let lang = context.lang;
    let first = relation.right.cells().next();
    let column = first.map_or("", |id| match lang {
        Lang::Zh => id.column.chinese(),
        Lang::En => id.column.name(),
    });
    let row = first.map_or("", |id| match lang {
        Lang::Zh => id.row.chinese(),
        Lang::En => id.row.name(),
    });
    match relation.code {
        "T301" => say!(
            lang,
            "{column}一列：本年新收＋上年结转＝{sum}，而办理结果总计＋结转下年度＝{total}。",
            "Column {column}: received + carried_in = {sum}, but handled + carried_out = {total}.",
            column = column,
            sum = sum,
            total = total
        ),
        "T302" => say!(
            lang,
            "{column}一列：各项办理结果之和为{sum}，而总计为{total}。",
            "Column {column}: the outcome rows add to {sum}, but the total row has {total}.",
            column = column,
            sum = sum,
            total = total
        ),
        _ => say!(
            lang,
            "{row}一行：各栏之和为{sum}，而总计为{total}。",
            "Row {row}: its cells add to {sum}, but its total has {total}.",
            row = row,
            sum = sum,
            total = total
        ),
    }
}

/// The difference may be one cell counted twice or left out, a sign, digits swapped, a factor of ten.
fn hint(context: &Context<'_>, relation: &Relation, sum: Number, total: Number) -> Option<String> {
    let lang = context.lang;
    let difference = (sum - total).abs();
    // A small number, or the only one of its sum, is the difference by chance.
    let filled =
        relation.left.cells().filter(|id| context.tables.value(*id).is_some_and(|v| v != Number::ZERO)).count();
    let is_telling = explain::is_telling_difference(difference) && filled > 1;
    let same = relation.left.cells().find(|id| is_telling && context.tables.value(*id) == Some(difference));
    if let Some(id) = same {
        let name = cell_name(id, lang);
        return Some(say!(
            lang,
            "两者之差{difference}恰为{name}的数。",
            " The difference {difference} is just the value of {name}.",
            difference = difference,
            name = name
        ));
    }
    let nine = difference.to_whole().is_some_and(|d| d % 9 == 0)
        && explain::cause(context, &Formula::sum_of(relation.right.cells()), total, Some(sum)).is_some();
    nine.then(|| say!(lang, "两数像是数字颠倒。", " The digits look swapped."))
}

fn cell_name(id: CellId, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{}·{}", id.row.chinese(), id.column.chinese()),
        Lang::En => id.full_name(),
    }
}

/// 总计 or 结转下年 beyond 新收 + 结转, where the balance itself cannot be computed.
fn exceeding(context: &Context<'_>, relation: &Relation, sink: &mut Sink) {
    if relation.code != "T301" {
        return;
    }
    let value = |id: CellId| context.tables.value(id);
    let intake: Option<Number> = relation.left.cells().map(value).sum();
    let Some(intake) = intake else { return };
    let Some((id, most)) =
        relation.right.cells().filter_map(|id| value(id).map(|v| (id, v))).find(|(_, v)| *v > intake)
    else {
        return;
    };
    let name = cell_name(id, context.lang);
    sink.report(
        "T305",
        Draft {
            message: say!(
                context.lang,
                "{name}为{most}，大于本年新收与上年结转之和{intake}。",
                "{name} is {most}, more than received + carried_in = {intake}.",
                name = name,
                most = most,
                intake = intake
            ),
            span: context.tables.cell(id).and_then(|c| c.span).unwrap_or_default(),
            stated: most.to_string(),
            expected: intake.to_string(),
            formula: Some(Formula::sum_of(relation.left.cells())),
            cells: relation.left.cells().chain([id]).collect(),
            related: context.places(&relation.left.cells().collect::<Vec<_>>()),
        },
    );
}

/// 总计 cells printed blank over filled cells.
fn blank_totals(tables: &Tables) -> Vec<CellId> {
    let cells = || tables.cells().iter();
    let is_filled = |row: Row| {
        cells().any(|c| c.id.row == row && c.id.column != Column::Total && c.value.is_some_and(|v| v != Number::ZERO))
    };
    let is_blank = |c: &Cell| c.state == CellState::Blank && c.id.column == Column::Total;
    cells().filter(|c| is_blank(c) && is_filled(c.id.row)).map(|c| c.id).collect()
}

/// One finding a table for its blank totals.
fn left_blank(context: &Context<'_>, blank: Vec<CellId>, code: &str, sink: &mut Sink) {
    let Some(first) = blank.first() else { return };
    let lang = context.lang;
    let names: Vec<&str> = blank
        .iter()
        .map(|id| match lang {
            Lang::Zh => id.row.chinese(),
            Lang::En => id.row.name(),
        })
        .collect();
    let names = names.join(match lang {
        Lang::Zh => "、",
        Lang::En => ", ",
    });
    sink.report(
        code,
        Draft {
            message: say!(
                lang,
                "{count}行有数而总计栏空白：{names}。核对时按各栏之和计。",
                "Rows with numbers and a blank total: {count} ({names}). The sums of their cells are used in checks.",
                count = blank.len(),
                names = names
            ),
            span: context.tables.cell(*first).and_then(|c| c.span).map(|s| visible(context, s)).unwrap_or_default(),
            cells: blank,
            ..Draft::default()
        },
    );
}

/// A blank cell has no width; the finding points at the character before it so that something shows.
fn visible(context: &Context<'_>, span: crate::source::Span) -> crate::source::Span {
    if span.start < span.end || span.start == 0 {
        return span;
    }
    let _ = context;
    crate::source::Span { start: span.start - 1, end: span.start }
}
