//! Two columns of table three that fail alike: one cause, one finding.

use super::{Failure, opening, place};
use crate::form::{CellId, Column, Number, Row};
use crate::lang::{Lang, say};
use crate::rules::{Context, Sink};

/// Two columns that fail in the same way, while every row adds up: one row is wrong in both.
#[derive(Clone, Copy)]
pub(super) struct Pair {
    column: Column,
    other: Column,
}

impl Pair {
    /// Where all who applied are natural persons, a number that is wrong stands in 总计 too; a number in the wrong column is
    /// missing in another.
    pub(super) fn of(failures: &[Failure]) -> Option<Pair> {
        let down = |f: &&Failure| matches!(f.relation.code, "T301" | "T302");
        let column = |f: &Failure| f.relation.right.cells().next().map(|id| id.column);
        let first = column(failures.iter().find(down)?)?;
        let (own, others): (Vec<&Failure>, Vec<&Failure>) =
            failures.iter().filter(down).partition(|f| column(f) == Some(first));
        let other = column(others.first()?)?;
        let is_with_total = other == Column::Total;
        let is_same = |(a, b): (&&Failure, &&Failure)| {
            let by = |f: &Failure| f.right - f.left;
            let sum = if is_with_total { by(a) } else { Number::ZERO - by(a) };
            a.relation.code == b.relation.code && sum == by(b)
        };
        let is_across = |f: &Failure| f.relation.code == "T303";
        let is_pair = own.len() == others.len()
            && others.iter().all(|f| column(f) == Some(other))
            && own.iter().zip(&others).all(is_same);
        (is_pair && !failures.iter().any(is_across)).then_some(Pair { column: first, other })
    }
}

/// Of such failures the first is reported, with the row that repairs them all, if there is one.
pub(super) fn report(context: &Context<'_>, failures: &[Failure], pair: Pair, sink: &mut Sink) {
    let lang = context.lang;
    let of_column = |f: &&Failure| f.relation.right.cells().any(|id| id.column == pair.column);
    let own: Vec<&Failure> = failures.iter().filter(of_column).collect();
    let Some(first) = own.first() else { return };
    let difference = (first.right - first.left).abs();
    let (name, other) = match lang {
        Lang::Zh => (pair.column.chinese(), pair.other.chinese()),
        Lang::En => (pair.column.name(), pair.other.name()),
    };
    let is_with_total = pair.other == Column::Total;
    let mut message = opening(context, first);
    message.push_str(&if is_with_total {
        say!(
            lang,
            "{other}一列同样相差{difference}，而各行合计都闭合：应是同一行的{name}与{other}两格有误。",
            " Column {other} fails by the same {difference}, and every row adds up: one row is wrong in both {name} and {other}.",
            difference = difference,
            other = other,
            name = name
        )
    } else {
        say!(
            lang,
            "{other}一列反向相差{difference}，而各行合计都闭合：像是同一行的数填错了栏。",
            " Column {other} fails by the same {difference} the other way, and every row adds up: a number seems to stand in the wrong column.",
            difference = difference,
            other = other
        )
    });
    // Both relations fail by the same number, and 办理结果总计 is in both of them.
    let handled = CellId::new(Row::Handled, pair.column);
    if let [balance, sum] = own.as_slice()
        && is_with_total
        && balance.lack(handled) == sum.lack(handled)
        && let Some((lack, printed)) = balance.lack(handled).zip(context.tables.value(handled))
    {
        message.push_str(&say!(
            lang,
            "若{row}一行的{name}由{printed}改为{repaired}，总计照改，各列同时闭合。",
            " With {repaired} instead of {printed} in {name} of row {row}, and the total changed alike, all columns close.",
            row = match lang {
                Lang::Zh => Row::Handled.chinese(),
                Lang::En => Row::Handled.name(),
            },
            name = name,
            printed = printed,
            repaired = printed + lack
        ));
    }
    place(context, first, message, None, sink);
}
