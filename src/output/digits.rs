//! Whole numbers in decimal, each followed by a comma. Positions and counts fill half of the results.

/// Numbers below this have at most eight digits, which fit one word.
const SHORT: u32 = 100_000_000;
/// Bytes of [`Field`]: ten digits and a comma, rounded up to what is copied at once.
const LONGEST: usize = 16;

/// A field of CSV in a place of fixed size: copying all of it costs less than copying as many bytes as are needed.
pub(super) struct Field {
    /// The field, then anything.
    pub(super) bytes: [u8; LONGEST],
    /// Bytes of the field.
    pub(super) len: usize,
}

/// Numbers that mostly follow one another in small steps, as places do: then only the last digit changes.
pub(super) struct Counter {
    number: u32,
    field: Field,
}

impl Default for Counter {
    fn default() -> Self {
        Counter { number: 0, field: field(0) }
    }
}

impl Counter {
    /// The next number as a field.
    #[inline]
    pub(super) fn next(&mut self, number: u32) -> &Field {
        // The last digit stands before the comma.
        let last = &mut self.field.bytes[(self.field.len - 2) % LONGEST];
        match number.checked_sub(self.number) {
            Some(step) if step <= u32::from(b'9' - *last) => *last += step as u8,
            _ => self.field = field(number),
        }
        self.number = number;
        &self.field
    }
}

/// A number as a field.
#[inline]
pub(super) fn field(number: u32) -> Field {
    if number >= SHORT {
        return long(number);
    }
    let digits = digits(number);
    // The first digit is in the lowest byte, so zeros in front are zeros at the end; 0 keeps one.
    let zeros = (digits.trailing_zeros() / 8).min(7);
    let printed = (digits | u64::from_ne_bytes([b'0'; 8])) >> (8 * zeros);
    let len = 8 - zeros as usize;
    let mut bytes = [0; LONGEST];
    bytes[..8].copy_from_slice(&printed.to_le_bytes());
    bytes[len] = b',';
    Field { bytes, len: len + 1 }
}

/// The digits of a number of at most eight, one a byte, the first in the lowest: halves of four, pairs, then single
/// ones are split off in all places at once. The factors divide by 100 and 10, rounded up as far as that is exact.
fn digits(number: u32) -> u64 {
    let fours = u64::from(number / 10_000) | u64::from(number % 10_000) << 32;
    let hundreds = ((fours * 10_486) >> 20) & 0x0000_007f_0000_007f;
    let pairs = hundreds | (fours - hundreds * 100) << 16;
    let tens = ((pairs * 103) >> 10) & 0x000f_000f_000f_000f;
    tens | (pairs - tens * 10) << 8
}

#[cold]
fn long(number: u32) -> Field {
    let mut buffer = itoa::Buffer::new();
    let printed = buffer.format(number).as_bytes();
    let mut bytes = [0; LONGEST];
    bytes[..printed.len()].copy_from_slice(printed);
    bytes[printed.len()] = b',';
    Field { bytes, len: printed.len() + 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_counter_prints_what_it_is_given() {
        let mut counter = Counter::default();
        for number in [0, 9, 10, 11, 19, 20, 18, 18, 99, 100, 99_999_999, 100_000_001, 100_000_009, 3, u32::MAX, 0] {
            let field = counter.next(number);
            assert_eq!(&field.bytes[..field.len], format!("{number},").as_bytes());
        }
    }

    #[test]
    fn every_number_is_printed() {
        let near = (0..10).map(|n| 10_u32.pow(n)).flat_map(|n| n.saturating_sub(2)..n.saturating_add(2));
        let all = (0..120_000).chain(near).chain((0..u32::MAX).step_by(99_991)).chain([u32::MAX]);
        for number in all {
            let field = field(number);
            assert_eq!(&field.bytes[..field.len], format!("{number},").as_bytes());
        }
    }
}
