//! A run of glued digits, and the ways to cut it into numbers.

use std::ops::Range;

use crate::tables::entries::Item;

/// The longest number of a cell that is considered.
pub(super) const LONGEST: usize = 7;

/// What is left of the search limit, in steps.
#[derive(Debug, Clone, Copy)]
pub(super) struct Budget(pub(super) u32);

impl Budget {
    /// Takes a step; false when none is left.
    pub(super) fn step(&mut self) -> bool {
        match self.0.checked_sub(1) {
            Some(left) => {
                self.0 = left;
                true
            }
            None => false,
        }
    }
}

/// The digits of one run. White space in the source is a border between two numbers.
#[derive(Debug, Clone, Default)]
pub(super) struct Digits {
    digits: Vec<u8>,
    /// A border stands before the digit.
    border: Vec<bool>,
    /// Where the digit stands, in bytes of the page.
    origin: Vec<usize>,
}

impl Digits {
    /// The digits of items; none if an item holds anything else.
    pub(super) fn of(items: &[Item], page: &str) -> Option<Digits> {
        let mut out = Digits::default();
        for item in items {
            for (i, byte) in page[item.range.clone()].bytes().enumerate() {
                if !byte.is_ascii_digit() {
                    return None;
                }
                out.digits.push(byte - b'0');
                out.border.push(i == 0);
                out.origin.push(item.range.start + i);
            }
        }
        Some(out)
    }

    pub(super) fn len(&self) -> usize {
        self.digits.len()
    }

    /// Whether the digits can be cut in one way only, even if some cells were left blank: a number has no leading
    /// zero, so that nothing can be joined to a 0 that stands alone.
    pub(super) fn is_certain(&self) -> bool {
        (1..self.len()).all(|i| self.border[i] || self.digits[i - 1] == 0)
    }

    /// The number that stands from digit `from` to before `to`; none if it cannot be one.
    fn number(&self, from: usize, to: usize) -> Option<u32> {
        let length = to - from;
        if length == 0 || length > LONGEST || length > 1 && self.digits[from] == 0 {
            return None;
        }
        if self.border[from + 1..to].contains(&true) {
            return None;
        }
        Some(self.digits[from..to].iter().fold(0, |n, d| n * 10 + u32::from(*d)))
    }

    /// The bytes of the page from one digit to before another.
    pub(super) fn place(&self, from: usize, to: usize) -> Range<usize> {
        self.origin[from]..self.origin[to - 1] + 1
    }

    /// Where all of it stands.
    pub(super) fn range(&self) -> Range<usize> {
        match self.len() {
            0 => 0..0,
            len => self.place(0, len),
        }
    }
}

/// A run cut into `N` numbers: their values, and the digit after each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cut<const N: usize> {
    pub(super) values: [u32; N],
    pub(super) ends: [u8; N],
}

impl<const N: usize> Cut<N> {
    /// Whether the last number is the sum of the others.
    pub(super) fn closes(&self) -> bool {
        self.values[..N - 1].iter().sum::<u32>() == self.values[N - 1]
    }
}

/// All cuts of some digits into `N` numbers of which the last is the sum of the others, or misses it by `slack` at
/// most or, where `slack` is not 0, because one of the numbers was turned round; none if the search limit ended first.
pub(super) fn cuts<const N: usize>(
    digits: &Digits,
    range: Range<usize>,
    slack: u32,
    budget: &mut Budget,
) -> Option<Vec<Cut<N>>> {
    let mut search = Search { digits, slack, reach: slack, found: Vec::new(), values: [0; N], ends: [0; N] };
    if range.len() >= N && range.len() <= N * LONGEST && range.end <= usize::from(u8::MAX) {
        search.by_total(range, budget)?;
    }
    Some(search.found)
}

/// The number of ways to cut the digits into `n` numbers that no relation binds; at most `u64::MAX`.
pub(super) fn free_cuts(digits: &Digits, n: usize) -> u64 {
    // ways[i]: to cut the first i digits into as many numbers as were counted so far.
    let mut ways = vec![0_u64; digits.len() + 1];
    ways[0] = 1;
    for _ in 0..n {
        ways = (0..=digits.len())
            .map(|to| {
                let from = to.saturating_sub(LONGEST)..to;
                from.filter(|f| digits.number(*f, to).is_some()).fold(0, |sum: u64, f| sum.saturating_add(ways[f]))
            })
            .collect();
    }
    ways.last().copied().unwrap_or_default()
}

/// What each of `n` numbers may be, over all the ways to cut the digits that no relation binds; nothing where there are
/// too many digits to try.
pub(super) fn possible(digits: &Digits, n: usize) -> Vec<Vec<u32>> {
    const MOST_DIGITS: usize = 24;
    let mut numbers: Vec<Vec<u32>> = vec![Vec::new(); n];
    if digits.len() > MOST_DIGITS || n != 3 {
        return numbers;
    }
    for a in 1..digits.len().saturating_sub(1) {
        for b in a + 1..digits.len() {
            let cut = [digits.number(0, a), digits.number(a, b), digits.number(b, digits.len())];
            if cut.iter().all(Option::is_some) {
                for (list, number) in numbers.iter_mut().zip(cut.into_iter().flatten()) {
                    list.push(number);
                }
            }
        }
    }
    numbers
}

struct Search<'d, const N: usize> {
    digits: &'d Digits,
    slack: u32,
    /// By how much the parts tried may miss the total: a number that was turned round misses by more than the slack.
    reach: u32,
    found: Vec<Cut<N>>,
    values: [u32; N],
    ends: [u8; N],
}

impl<const N: usize> Search<'_, N> {
    /// The total stands last: once it is chosen, the parts are bounded.
    fn by_total(&mut self, range: Range<usize>, budget: &mut Budget) -> Option<()> {
        for width in 1..=LONGEST.min(range.len()) {
            let start = range.end - width;
            let Some(total) = self.digits.number(start, range.end) else { continue };
            self.values[N - 1] = total;
            self.ends[N - 1] = range.end as u8;
            self.reach = if self.slack == 0 { 0 } else { self.slack.max(10_u32.pow(width as u32)) };
            self.parts(0, range.start..start, i64::from(total), budget)?;
        }
        Some(())
    }

    /// Cuts the parts that are left out of the digits left; they add up to `left`, as near as the slack allows.
    fn parts(&mut self, index: usize, digits: Range<usize>, left: i64, budget: &mut Budget) -> Option<()> {
        let parts = N - 1 - index;
        let slack = i64::from(self.reach);
        let (least_width, width) = (width_of(left - slack), width_of(left + slack));
        if parts == 1 {
            self.last_part(index, digits, left);
            return Some(());
        }
        // The longest part has all digits but one for each other part; with two digits less than the sum it is too
        // short, for there are fewer than ten parts.
        let longest = (digits.len() + 1).saturating_sub(parts);
        if digits.len() < parts || digits.len() > parts * width || longest + 1 < least_width {
            return Some(());
        }
        let least = digits.end.saturating_sub((parts - 1) * width).max(digits.start + 1);
        for to in least..=(digits.end - (parts - 1)).min(digits.start + LONGEST) {
            if !budget.step() {
                return None;
            }
            // Past a border or after a leading zero no longer number follows.
            let Some(value) = self.digits.number(digits.start, to) else { break };
            if i64::from(value) > left + slack {
                break;
            }
            self.values[index] = value;
            self.ends[index] = to as u8;
            self.parts(index + 1, to..digits.end, left - i64::from(value), budget)?;
        }
        Some(())
    }

    /// The part before the total takes all digits that are left.
    fn last_part(&mut self, index: usize, digits: Range<usize>, left: i64) {
        let Some(value) = self.digits.number(digits.start, digits.end) else { return };
        self.values[index] = value;
        self.ends[index] = digits.end as u8;
        let is_near = i64::from(value).abs_diff(left) <= u64::from(self.slack);
        if is_near || self.slack > 0 && self.is_turned(left - i64::from(value)) {
            self.found.push(Cut { values: self.values, ends: self.ends });
        }
    }

    /// Whether the parts would add up to the total if one number had its digits the other way round; `missing` is what
    /// they fall short of it.
    fn is_turned(&self, missing: i64) -> bool {
        let (total, parts) = (self.values[N - 1], &self.values[..N - 1]);
        let change = |n: &u32| i64::from(turned(*n)) - i64::from(*n);
        parts.iter().any(|n| change(n) == missing) || change(&total) == -missing
    }
}

/// 771 for 177.
fn turned(n: u32) -> u32 {
    let (mut left, mut out) = (n, 0_u32);
    while left > 0 {
        (left, out) = (left / 10, out.saturating_mul(10).saturating_add(left % 10));
    }
    out
}

/// The digits of a number; 1 below 0.
fn width_of(n: i64) -> usize {
    n.checked_ilog10().map_or(1, |log| log as usize + 1)
}
