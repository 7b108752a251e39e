//! Prose to numbers: what is printed, in which unit, and the interval that the printed precision stands for.
//!
//! In: the prose. Out: [`Lexed`]: quantities and mentions of years, in order; dates, document numbers, list
//! markers, telephone numbers and fixed phrases are left out. A lexer of our own, run before any segmentation,
//! because segmenters cut numbers apart.

mod chinese;
mod fraction;
mod guard;
mod interval;
mod lexer;

use std::ops::Range;

pub use interval::Interval;
pub use lexer::lex;

use crate::dictionary::{Hedge, UnitClass};
use crate::form::Number;

/// A number in the prose that counts or measures something. Ranges are bytes of the prose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity {
    /// The number with its sign, scale word and percent sign.
    pub range: Range<usize>,
    /// The number with hedges before and unit and hedges after.
    pub whole: Range<usize>,
    /// The unit; empty if there is none.
    pub unit: Range<usize>,
    /// What the unit counts.
    pub class: UnitClass,
    /// The value in the base unit: 12.5% is 0.125, 1.2万 is 12000, money is in 元.
    pub value: Number,
    /// What the printed precision and the hedges stand for.
    pub interval: Interval,
    /// One step of the last printed digit; zero for an exact count.
    pub step: Number,
    /// The word that blurs it.
    pub hedge: Option<Hedge>,
}

impl Quantity {
    /// Whether the number is one exact count: no scale word, no decimals, no hedge.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        self.hedge.is_none() && self.step == Number::ZERO
    }

    /// Whether it is a percentage.
    #[must_use]
    pub fn is_percent(&self) -> bool {
        self.class == UnitClass::Percent
    }
}

/// A year named in the prose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearMention {
    /// The year with 年 and 度.
    pub range: Range<usize>,
    /// Which year.
    pub year: i16,
}

/// What the lexer found, each list in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lexed {
    /// The quantities.
    pub quantities: Vec<Quantity>,
    /// The years.
    pub years: Vec<YearMention>,
    /// Numbers that are none: dates, identifiers, names.
    pub skipped: Vec<Range<usize>>,
    /// Ones that deny any, with their units: 一起 in 没有发生一起.
    pub denied: Vec<Range<usize>>,
}
