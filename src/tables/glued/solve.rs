//! Which cuts of the rows of table three go together: the column sums and the balance.

use super::digits::Budget;

/// The numbers of a row.
pub(super) type Values = [u32; 7];

/// What the relations leave of the cuts of each row.
#[derive(Debug, Clone)]
pub(super) struct Solution {
    /// For each row, which of its cuts stand in some reading.
    pub(super) alive: Vec<Vec<bool>>,
    /// The number of readings of the rows concerned, at most `u64::MAX`.
    pub(super) readings: u64,
}

/// The rows as the relations need them, each with its cuts. `outcomes` are left out of account if none is given.
pub(super) struct Problem<'a> {
    pub(super) rows: &'a [Vec<Values>],
    /// 本年新收, 上年结转 and 结转下年, if the balance is to be used.
    pub(super) balance: Option<[usize; 3]>,
    pub(super) handled: usize,
    pub(super) outcomes: &'a [usize],
}

/// A sum of rows with the number of ways to come by it; lists of them are sorted.
type States = Vec<(Values, u64)>;

/// Finds every reading; none if the search limit ended first.
pub(super) fn solve(problem: &Problem<'_>, budget: &mut Budget) -> Option<Solution> {
    let mut alive: Vec<Vec<bool>> = problem.rows.iter().map(|r| vec![false; r.len()]).collect();
    let ways = balance_ways(problem, budget)?;
    let handled = &problem.rows[problem.handled];
    let start = merged(handled.iter().zip(&ways).filter(|(_, w)| **w > 0).map(|(v, w)| (*v, *w)).collect());
    let (good, readings) = if problem.outcomes.is_empty() {
        let readings = start.iter().fold(0_u64, |n, (_, w)| n.saturating_add(*w));
        (start, readings)
    } else {
        sums(problem, start, &mut alive, budget)?
    };
    for (i, values) in handled.iter().enumerate() {
        alive[problem.handled][i] = holds(&good, values).is_some();
    }
    if let Some(rows) = problem.balance {
        mark_balance(problem, rows, &mut alive, budget)?;
    }
    Some(Solution { alive, readings })
}

fn plus(a: &Values, b: &Values) -> Option<Values> {
    let mut out = [0; 7];
    for (o, (x, y)) in out.iter_mut().zip(a.iter().zip(b)) {
        *o = x.checked_add(*y)?;
    }
    Some(out)
}

fn minus(a: &Values, b: &Values) -> Option<Values> {
    let mut out = [0; 7];
    for (o, (x, y)) in out.iter_mut().zip(a.iter().zip(b)) {
        *o = x.checked_sub(*y)?;
    }
    Some(out)
}

fn merged(mut states: States) -> States {
    states.sort_unstable_by_key(|(v, _)| *v);
    states.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 = kept.1.saturating_add(next.1);
        }
        same
    });
    states
}

fn holds(states: &States, values: &Values) -> Option<u64> {
    states.binary_search_by_key(values, |(v, _)| *v).ok().map(|i| states[i].1)
}

/// In how many ways the balance gives each cut of 总计.
fn balance_ways(problem: &Problem<'_>, budget: &mut Budget) -> Option<Vec<u64>> {
    let handled = &problem.rows[problem.handled];
    let Some([received, carried_in, carried_out]) = problem.balance else { return Some(vec![1; handled.len()]) };
    let mut ways = vec![0_u64; handled.len()];
    for new in &problem.rows[received] {
        for held in &problem.rows[carried_in] {
            let Some(intake) = plus(new, held) else { continue };
            for left in &problem.rows[carried_out] {
                for (total, way) in handled.iter().zip(&mut ways) {
                    if !budget.step() {
                        return None;
                    }
                    *way += u64::from(plus(total, left) == Some(intake));
                }
            }
        }
    }
    Some(ways)
}

fn mark_balance(problem: &Problem<'_>, rows: [usize; 3], alive: &mut [Vec<bool>], budget: &mut Budget) -> Option<()> {
    let [received, carried_in, carried_out] = rows;
    for (n, new) in problem.rows[received].iter().enumerate() {
        for (h, held) in problem.rows[carried_in].iter().enumerate() {
            let Some(intake) = plus(new, held) else { continue };
            for (l, left) in problem.rows[carried_out].iter().enumerate() {
                for (t, total) in problem.rows[problem.handled].iter().enumerate() {
                    if !budget.step() {
                        return None;
                    }
                    if alive[problem.handled][t] && plus(total, left) == Some(intake) {
                        (alive[received][n], alive[carried_in][h], alive[carried_out][l]) = (true, true, true);
                    }
                }
            }
        }
    }
    Some(())
}

/// Least and most of each column.
type Range7 = [(u32, u32); 7];

fn within(values: &Values, range: &Range7) -> bool {
    values.iter().zip(range).all(|(v, (least, most))| least <= v && v <= most)
}

/// What the columns of the rows can add up to.
struct Bounds {
    /// For the rows from each on to the last.
    rest: Vec<Range7>,
    /// For the same rows: what the rows before them leave of 总计.
    needed: Vec<Range7>,
}

impl Bounds {
    fn new(problem: &Problem<'_>, totals: &States) -> Bounds {
        let range = |list: &mut dyn Iterator<Item = &Values>| {
            let mut out: Option<Range7> = None;
            for values in list {
                let out = out.get_or_insert_with(|| values.map(|v| (v, v)));
                out.iter_mut().zip(values).for_each(|(o, v)| *o = (o.0.min(*v), o.1.max(*v)));
            }
            out.unwrap_or_default()
        };
        let rows: Vec<Range7> = problem.outcomes.iter().map(|i| range(&mut problem.rows[*i].iter())).collect();
        let mut rest = vec![Range7::default(); rows.len() + 1];
        for (i, row) in rows.iter().enumerate().rev() {
            for c in 0..7 {
                let after = rest[i + 1][c];
                rest[i][c] = (after.0.saturating_add(row[c].0), after.1.saturating_add(row[c].1));
            }
        }
        let mut needed = vec![range(&mut totals.iter().map(|(v, _)| v)); rows.len() + 1];
        for (i, row) in rows.iter().enumerate() {
            for c in 0..7 {
                let before = needed[i][c];
                needed[i + 1][c] = (before.0.saturating_sub(row[c].1), before.1.saturating_sub(row[c].0));
            }
        }
        Bounds { rest, needed }
    }
}

/// The column sums. What is left to be summed is followed from the first row on and the sums of the last rows from
/// the last row back, the shorter list first, until they meet.
fn sums(problem: &Problem<'_>, start: States, alive: &mut [Vec<bool>], budget: &mut Budget) -> Option<(States, u64)> {
    let order = problem.outcomes;
    let bounds = Bounds::new(problem, &start);
    let mut forward = vec![start];
    let mut backward = vec![vec![([0; 7], 1)]];
    while forward.len() + backward.len() < order.len() + 2 {
        let (head, tail) = (forward.last()?, backward.last()?);
        let is_forward = head.len() <= tail.len();
        let row = if is_forward { order[forward.len() - 1] } else { order[order.len() - backward.len()] };
        let mut next = Vec::new();
        let done = if is_forward { forward.len() } else { order.len() - backward.len() };
        for (state, ways) in if is_forward { head } else { tail } {
            for cut in &problem.rows[row] {
                if !budget.step() {
                    return None;
                }
                let sum = if is_forward {
                    minus(state, cut).filter(|s| within(s, &bounds.rest[done]))
                } else {
                    plus(state, cut).filter(|s| within(s, &bounds.needed[done]))
                };
                next.extend(sum.map(|s| (s, *ways)));
            }
        }
        let next = merged(next);
        if is_forward { forward.push(next) } else { backward.push(next) }
    }
    let meeting: States =
        forward.last()?.iter().filter_map(|(v, w)| Some((*v, w.saturating_mul(holds(backward.last()?, v)?)))).collect();
    let readings = meeting.iter().fold(0_u64, |n, (_, w)| n.saturating_add(*w));
    // Back over both halves: which cuts lead from the start to the meeting, and from there to the end.
    let mut good = meeting.clone();
    for (i, states) in forward.iter().enumerate().rev().skip(1) {
        let row = order[i];
        let mut kept = Vec::new();
        for (state, ways) in states {
            for (c, cut) in problem.rows[row].iter().enumerate() {
                if minus(state, cut).is_some_and(|s| holds(&good, &s).is_some()) {
                    alive[row][c] = true;
                    kept.push((*state, *ways));
                }
            }
        }
        good = merged(kept);
    }
    let mut reached = meeting;
    for (i, states) in backward.iter().enumerate().rev().skip(1) {
        let row = order[order.len() - 1 - i];
        let mut kept = Vec::new();
        for (state, ways) in &reached {
            for (c, cut) in problem.rows[row].iter().enumerate() {
                if let Some(s) = minus(state, cut)
                    && holds(states, &s).is_some()
                {
                    alive[row][c] = true;
                    kept.push((s, *ways));
                }
            }
        }
        reached = merged(kept);
    }
    Some((good, readings))
}
