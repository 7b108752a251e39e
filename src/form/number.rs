//! Exact decimal numbers: counts stay integers, shares and money keep every printed digit.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Mul, Neg, Sub};

/// Digits kept after the point. Six decimals of 万元 were met in print; percent needs two more.
const DECIMALS: u32 = 10;
const SCALE: i128 = 10_i128.pow(DECIMALS);
/// Printed numbers longer than this are identifiers, not quantities.
const MAX_DIGITS: usize = 20;

/// A decimal number with ten digits after the point.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Number(i128);

impl Number {
    /// Zero.
    pub const ZERO: Number = Number(0);
    /// One.
    pub const ONE: Number = Number(SCALE);

    /// A whole number.
    #[must_use]
    pub const fn whole(n: i64) -> Self {
        Number(n as i128 * SCALE)
    }

    /// Ten to the power `exponent` (negative for fractions), within the kept digits.
    #[must_use]
    pub fn power_of_ten(exponent: i32) -> Self {
        let shift = exponent.clamp(-(DECIMALS as i32), 18) + DECIMALS as i32;
        Number(10_i128.pow(shift.unsigned_abs()))
    }

    /// Reads ASCII digits with at most one point, times ten to the power `exponent`.
    ///
    /// `None` when there are no digits or too many to be a quantity.
    #[must_use]
    pub fn parse(digits: &str, exponent: i32) -> Option<Self> {
        if digits.len() > MAX_DIGITS {
            return None;
        }
        if exponent == 0
            && let Some(number) = Number::short(digits.as_bytes())
        {
            return Some(number);
        }
        let (mut mantissa, mut after_point, mut seen_point, mut any) = (0_i128, 0_i32, false, false);
        for byte in digits.bytes() {
            match byte {
                b'0'..=b'9' => {
                    mantissa = mantissa * 10 + i128::from(byte - b'0');
                    any = true;
                    if seen_point {
                        after_point += 1;
                    }
                }
                b'.' if !seen_point => seen_point = true,
                _ => return None,
            }
        }
        let shift = DECIMALS as i32 + exponent - after_point;
        match (any, shift) {
            (false, _) => None,
            (true, 0..=30) => mantissa.checked_mul(10_i128.checked_pow(shift.unsigned_abs())?).map(Number),
            (true, -30..=-1) => Some(Number(mantissa / 10_i128.pow(shift.unsigned_abs()))),
            _ => None,
        }
    }

    /// A whole number of a few digits, as nearly all are.
    #[must_use]
    pub fn short(digits: &[u8]) -> Option<Self> {
        if digits.is_empty() || digits.len() > 8 {
            return None;
        }
        let mut value = 0_i64;
        for byte in digits {
            if !byte.is_ascii_digit() {
                return None;
            }
            value = value * 10 + i64::from(byte - b'0');
        }
        // Eight digits before and ten after the point fit 64 bits, which multiply faster.
        Some(Number(i128::from(value * SCALE as i64)))
    }

    /// The whole number this is, if it is one.
    #[must_use]
    pub fn to_whole(self) -> Option<i64> {
        // Counts are small: 64-bit division is much cheaper.
        if let Ok(small) = i64::try_from(self.0) {
            return (small % SCALE as i64 == 0).then_some(small / SCALE as i64);
        }
        (self.0 % SCALE == 0).then(|| i64::try_from(self.0 / SCALE).ok()).flatten()
    }

    /// Whether this is a whole number.
    #[must_use]
    pub fn is_whole(self) -> bool {
        self.0 % SCALE == 0
    }

    /// `self / other`, cut after ten decimals; `None` when `other` is zero.
    #[must_use]
    pub fn ratio(self, other: Number) -> Option<Number> {
        if other.0 == 0 {
            return None;
        }
        self.0.checked_mul(SCALE).map(|n| Number(n / other.0))
    }

    /// The absolute value.
    #[must_use]
    pub fn abs(self) -> Number {
        Number(self.0.abs())
    }

    /// The number as a float, for display of shares only.
    #[must_use]
    pub fn to_f64(self) -> f64 {
        self.0 as f64 / SCALE as f64
    }
}

impl Add for Number {
    type Output = Number;
    fn add(self, other: Number) -> Number {
        Number(self.0.saturating_add(other.0))
    }
}
impl Sub for Number {
    type Output = Number;
    fn sub(self, other: Number) -> Number {
        Number(self.0.saturating_sub(other.0))
    }
}
impl Neg for Number {
    type Output = Number;
    fn neg(self) -> Number {
        Number(-self.0)
    }
}
impl Mul<i64> for Number {
    type Output = Number;
    fn mul(self, other: i64) -> Number {
        Number(self.0.saturating_mul(i128::from(other)))
    }
}
impl Sum for Number {
    fn sum<I: Iterator<Item = Number>>(iter: I) -> Number {
        iter.fold(Number::ZERO, Add::add)
    }
}
impl fmt::Display for Number {
    /// Plain decimal, no exponent, no trailing zeros.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.printed().as_str())
    }
}

/// A number in print, without memory of its own: nearly every row of the results holds some.
pub struct Printed {
    bytes: [u8; Printed::LONGEST],
    start: usize,
}

impl Printed {
    /// The digits of 128 bits with a sign and a point.
    const LONGEST: usize = 42;

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // Nothing but ASCII was put there.
        std::str::from_utf8(&self.bytes[self.start..]).unwrap_or_default()
    }

    fn put(&mut self, byte: u8) {
        self.start -= 1;
        self.bytes[self.start] = byte;
    }

    /// Puts the digits of a number in front, at least so many.
    fn put_digits(&mut self, mut number: u128, least: usize) {
        let end = self.start - least;
        // 64-bit division is much cheaper.
        while u64::try_from(number).is_err() {
            self.put(b'0' + (number % 10) as u8);
            number /= 10;
        }
        let mut number = number as u64;
        while number > 0 || self.start > end {
            self.put(b'0' + (number % 10) as u8);
            number /= 10;
        }
    }
}

impl Number {
    /// The number in print: plain decimal, no exponent, no trailing zeros.
    #[must_use]
    pub fn printed(self) -> Printed {
        let mut printed = Printed { bytes: [b'0'; Printed::LONGEST], start: Printed::LONGEST };
        let magnitude = self.0.unsigned_abs();
        let (whole, mut rest) = match u64::try_from(magnitude) {
            Ok(small) => (u128::from(small / SCALE as u64), small % SCALE as u64),
            Err(_) => (magnitude / SCALE.unsigned_abs(), (magnitude % SCALE.unsigned_abs()) as u64),
        };
        if rest > 0 {
            let mut decimals = DECIMALS as usize;
            while rest % 10 == 0 {
                rest /= 10;
                decimals -= 1;
            }
            printed.put_digits(rest.into(), decimals);
            printed.put(b'.');
        }
        printed.put_digits(whole, 1);
        if self.0 < 0 {
            printed.put(b'-');
        }
        printed
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_survive_exactly() {
        assert_eq!(Number::parse("24252.311082", 0).map(|n| n.to_string()), Some("24252.311082".into()));
        assert_eq!(Number::parse("18.8710", 0), Number::parse("18.871", 0));
        assert_eq!(Number::parse("81.67", -2).map(|n| n.to_string()), Some("0.8167".into()));
        assert_eq!(Number::parse("1.2", 4), Some(Number::whole(12_000)));
    }

    #[test]
    fn every_number_prints() {
        for text in ["0", "7", "0.05", "-0.05", "12.0000000001", "123456789012.5", "9223372036854775807"] {
            let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits));
            assert_eq!(Number::parse(digits, 0).map(|n| (n * sign).to_string()), Some(text.into()));
        }
        assert_eq!(Number(i128::MAX).to_string(), "17014118346046923173168730371.5884105727");
        assert_eq!(Number(i128::MIN).to_string(), "-17014118346046923173168730371.5884105728");
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in ["", ".", "1.2.3", "12a", "123456789012345678901"] {
            assert_eq!(Number::parse(text, 0), None, "{text}");
        }
    }
}
