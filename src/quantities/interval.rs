//! The interval that a printed number stands for.

use crate::dictionary::Hedge;
use crate::form::Number;

/// Every value that a printed number may stand for, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    /// The least.
    pub low: Number,
    /// The greatest; none for "at least".
    pub high: Option<Number>,
}

impl Interval {
    /// One value.
    #[must_use]
    pub const fn exactly(value: Number) -> Self {
        Interval { low: value, high: Some(value) }
    }

    /// A printed value: half a step of its last digit either way (none for an exact count), then the hedge.
    #[must_use]
    pub fn printed(value: Number, step: Number, hedge: Option<Hedge>) -> Self {
        // Most numbers are exact counts; dividing is what costs here.
        if hedge.is_none() && step == Number::ZERO {
            return Interval::exactly(value);
        }
        let half = || step.ratio(Number::whole(2)).unwrap_or(Number::ZERO);
        let tenth = || value.abs().ratio(Number::whole(10)).unwrap_or(Number::ZERO);
        match hedge {
            None | Some(Hedge::Between) => {
                let half = half();
                Interval { low: value - half, high: Some(value + half) }
            }
            Some(Hedge::About) => {
                let tenth = tenth();
                Interval { low: value - tenth, high: Some(value + tenth) }
            }
            Some(Hedge::Nearly) => Interval { low: value - tenth(), high: Some(value) },
            Some(Hedge::Over | Hedge::AtLeast) => Interval { low: value, high: None },
            Some(Hedge::AtMost) => Interval { low: Number::ZERO, high: Some(value) },
            Some(Hedge::AndSome) => Interval { low: value, high: Some(value + round_step(value)) },
        }
    }

    /// Whether a value may be meant.
    #[must_use]
    pub fn contains(&self, value: Number) -> bool {
        self.low <= value && self.high.is_none_or(|high| value <= high)
    }
}

/// One step of the last digit that is not zero: 60余 is under 70, 18万余 under 19万.
fn round_step(value: Number) -> Number {
    let mut step = Number::ONE;
    let Some(mut whole) = value.to_whole() else { return Number::ONE };
    while whole != 0 && whole % 10 == 0 {
        whole /= 10;
        step = step * 10;
    }
    step
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hedges_widen_to_the_right_side() {
        let n = Number::whole;
        let of = |v, hedge| Interval::printed(n(v), Number::ZERO, hedge);
        assert!(of(60, Some(Hedge::Nearly)).contains(n(58)) && !of(60, Some(Hedge::Nearly)).contains(n(61)));
        assert!(of(60, Some(Hedge::AndSome)).contains(n(64)) && !of(60, Some(Hedge::AndSome)).contains(n(58)));
        assert!(of(60, Some(Hedge::Over)).contains(n(600)) && !of(60, Some(Hedge::Over)).contains(n(58)));
        assert!(
            of(60, Some(Hedge::About)).contains(n(58)) && of(60, None).contains(n(60)) && !of(60, None).contains(n(61))
        );
    }

    #[test]
    fn a_scaled_number_is_exact_to_its_written_digits() {
        let interval = Interval::printed(Number::whole(12_000), Number::whole(1000), None);
        assert!(interval.contains(Number::whole(12_043)) && !interval.contains(Number::whole(12_600)));
    }
}
