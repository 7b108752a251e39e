//! Table four: fifteen numbers in three blocks, each closed by its total.

use std::ops::Range;

use super::digits::{Budget, Cut, Digits, LONGEST, cuts};
use super::{GluedRow, LIMIT, Recovery, Spent, candidate};
use crate::form::Row;
use crate::tables::entries::Found;

const WIDTH: usize = 5;
const BLOCKS: usize = 3;
const MOST_DIGITS: usize = BLOCKS * WIDTH * LONGEST;

/// Nothing binds the blocks together, so that one wrong number can make another cut close. A sum that misses by so
/// little counts as likely as one that closes: nearly every slip in such small numbers is less, while moving a digit
/// over a border changes a sum by nine or a multiple of it.
const SLACK: u32 = 100;

/// Reads the blocks; `loses_blanks` tells that the report leaves cells blank.
pub(in crate::tables) fn read(
    page: &str,
    found: &Found<'_>,
    rows: [Row; BLOCKS],
    loses_blanks: bool,
    recovery: &mut Recovery,
) -> Vec<GluedRow> {
    let Some(digits) = candidate(found, None).and_then(|e| Digits::of(e.items, page)) else { return Vec::new() };
    if digits.len() < BLOCKS * WIDTH {
        return Vec::new();
    }
    recovery.start = Some(digits.range());
    if digits.len() == BLOCKS * WIDTH && digits.is_certain() {
        let place = |row: usize, i: usize| Some(digits.place(row * WIDTH + i, row * WIDTH + i + 1));
        let cells = |row: usize| (0..WIDTH).map(|i| place(row, i)).collect();
        return (0..BLOCKS).map(|r| GluedRow { row: rows[r], cells: cells(r), is_recovered: false }).collect();
    }
    if loses_blanks {
        recovery.readings = 1;
        recovery.undetermined = rows.to_vec();
        return Vec::new();
    }
    let readings = if digits.len() > MOST_DIGITS { None } else { Readings::of(&digits) };
    let Some(readings) = readings else {
        recovery.is_exhausted = true;
        recovery.undetermined = rows.to_vec();
        return Vec::new();
    };
    recovery.readings = readings.closing;
    let mut out = Vec::new();
    for (row, places) in rows.into_iter().zip(readings.places) {
        let settled = |p: Place| match p {
            Place::Settled(from, to) if readings.closing > 0 => Some(digits.place(from, to)),
            _ => None,
        };
        let cells: Vec<_> = places.into_iter().map(settled).collect();
        if cells.contains(&None) {
            recovery.undetermined.push(row);
        }
        if cells.iter().any(Option::is_some) {
            recovery.recovered.push(row);
            recovery.spent.push(Spent::Row(row));
            out.push(GluedRow { row, cells, is_recovered: true });
        }
    }
    out
}

/// Where the readings so far have a number: the digits from and to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Unseen,
    Settled(usize, usize),
    Open,
}

impl Place {
    fn see(&mut self, from: usize, to: usize) {
        *self = match *self {
            Place::Unseen => Place::Settled(from, to),
            same if same == Place::Settled(from, to) => same,
            _ => Place::Open,
        };
    }
}

/// Every way to cut the digits into three blocks of which two close, and the third does or nearly does.
struct Readings {
    /// The readings in which all three close.
    closing: u64,
    places: [[Place; WIDTH]; BLOCKS],
}

/// The ways to cut a block that begins at a digit.
struct Block {
    start: usize,
    cuts: Vec<Cut<WIDTH>>,
    /// How many of them close.
    closing: usize,
}

impl Block {
    fn of(digits: &Digits, range: Range<usize>, budget: &mut Budget) -> Option<Block> {
        let start = range.start;
        let cuts = cuts::<WIDTH>(digits, range, SLACK, budget)?;
        let closing = cuts.iter().filter(|c| c.closes()).count();
        Some(Block { start, cuts, closing })
    }
}

impl Readings {
    /// None if the search limit ended first.
    fn of(digits: &Digits) -> Option<Readings> {
        let mut budget = Budget(LIMIT);
        let mut out = Readings { closing: 0, places: [[Place::Unseen; WIDTH]; BLOCKS] };
        let len = digits.len();
        // The last block depends on nothing but where it begins.
        let mut thirds: Vec<Option<Block>> = (0..len).map(|_| None).collect();
        for first_end in WIDTH..=len - 2 * WIDTH {
            let first = Block::of(digits, 0..first_end, &mut budget)?;
            if first.cuts.is_empty() {
                continue;
            }
            let ends = thirds.iter_mut().enumerate().take(len - WIDTH + 1).skip(first_end + WIDTH);
            for (second_end, third) in ends {
                let second = Block::of(digits, first_end..second_end, &mut budget)?;
                if second.cuts.is_empty() || first.closing + second.closing == 0 {
                    continue;
                }
                if third.is_none() {
                    *third = Some(Block::of(digits, second_end..len, &mut budget)?);
                }
                if let Some(third) = third {
                    out.see([&first, &second, third]);
                }
            }
        }
        Some(out)
    }

    /// Adds all readings of three blocks that lie end to end.
    fn see(&mut self, blocks: [&Block; BLOCKS]) {
        let closing = blocks.iter().map(|b| b.closing as u64).fold(1, u64::saturating_mul);
        self.closing = self.closing.saturating_add(closing);
        for (b, block) in blocks.into_iter().enumerate() {
            let others = [blocks[(b + 1) % BLOCKS], blocks[(b + 2) % BLOCKS]];
            let both_close = others.iter().all(|o| o.closing > 0);
            let one_closes = others.iter().any(|o| o.closing > 0) && others.iter().all(|o| !o.cuts.is_empty());
            for cut in &block.cuts {
                if both_close || one_closes && cut.closes() {
                    let mut from = block.start;
                    for (place, end) in self.places[b].iter_mut().zip(cut.ends) {
                        place.see(from, usize::from(end));
                        from = usize::from(end);
                    }
                }
            }
        }
    }
}
