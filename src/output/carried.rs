//! Columns of dumps carried to the end of `reports.csv`: which there are shows only when the last row is written.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::Path;

/// The columns seen so far, in order of first appearance.
#[derive(Debug, Default)]
pub(super) struct Carried {
    names: Vec<String>,
    places: HashMap<String, usize>,
    rows: u64,
    /// From which row on there are how many columns.
    widths: Vec<(u64, usize)>,
}

impl Carried {
    /// The values of a row in the order of the columns, those that it adds among them.
    pub(super) fn fields<'r>(&mut self, row: &'r [(String, String)]) -> Vec<&'r str> {
        let mut fields = vec![""; self.names.len()];
        let mut taken = vec![false; self.names.len()];
        for (name, value) in row {
            // A name may stand twice in one row.
            let mut place = self.place(name);
            let mut times = 1;
            while taken.get(place).copied().unwrap_or(false) {
                times += 1;
                place = self.place(&format!("{name}_{times}"));
            }
            fields.resize(self.names.len(), "");
            taken.resize(self.names.len(), false);
            fields[place] = value;
            taken[place] = true;
        }
        if self.widths.last().map_or(0, |(_, width)| *width) < self.names.len() {
            self.widths.push((self.rows, self.names.len()));
        }
        self.rows += 1;
        fields
    }

    fn place(&mut self, name: &str) -> usize {
        if let Some(place) = self.places.get(name) {
            return *place;
        }
        self.names.push(name.to_string());
        self.places.insert(name.to_string(), self.names.len() - 1);
        self.names.len() - 1
    }

    pub(super) fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The names of the columns; one that is a column of ours already gets a prefix.
    pub(super) fn header(&self, own: &str) -> Vec<String> {
        let mut used: std::collections::BTreeSet<String> = own.split(',').map(ToString::to_string).collect();
        let unprefixed: std::collections::BTreeSet<&String> = self.names.iter().collect();
        let mut header = Vec::new();
        for name in &self.names {
            let mut shown = name.clone();
            while used.contains(&shown) || shown != *name && unprefixed.contains(&shown) {
                shown = format!("source_{shown}");
            }
            used.insert(shown.clone());
            header.push(shown);
        }
        header
    }

    /// Copies a file of rows, each with as many empty fields more as columns came after it.
    pub(super) fn widen(&self, from: &Path, to: &Path, header: &[u8]) -> io::Result<()> {
        let mut read = BufReader::new(File::open(from)?);
        let mut write = BufWriter::new(File::create(to)?);
        let mut line = Vec::new();
        next_row(&mut read, &mut line)?;
        write.write_all(header)?;
        let (mut number, mut width) = (0, 0);
        let mut widths = self.widths.iter().peekable();
        while next_row(&mut read, &mut line)? {
            while let Some((_, new)) = widths.next_if(|(from, _)| *from <= number) {
                width = *new;
            }
            let row = line.strip_suffix(b"\n").unwrap_or(&line);
            write.write_all(row)?;
            write.write_all(&vec![b','; self.names.len() - width])?;
            write.write_all(b"\n")?;
            number += 1;
        }
        write.into_inner().map(drop).map_err(io::IntoInnerError::into_error)
    }
}

/// A row: up to a line end outside quotes.
fn next_row(read: &mut impl BufRead, row: &mut Vec<u8>) -> io::Result<bool> {
    row.clear();
    let mut is_quoted = false;
    loop {
        let start = row.len();
        if read.read_until(b'\n', row)? == 0 {
            return Ok(!row.is_empty());
        }
        is_quoted ^= memchr::memchr_iter(b'"', &row[start..]).count() % 2 == 1;
        if !is_quoted {
            return Ok(true);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_come_in_order_and_names_of_ours_get_a_prefix() {
        let pair = |name: &str, value: &str| (name.to_string(), value.to_string());
        let mut carried = Carried::default();
        assert!(carried.fields(&[]).is_empty());
        assert_eq!(carried.fields(&[pair("year", "2022"), pair("站点", "a"), pair("站点", "b")]), ["2022", "a", "b"]);
        assert_eq!(carried.fields(&[pair("x", "1"), pair("year", "2023")]), ["2023", "", "", "1"]);
        assert_eq!(carried.header("report,year"), ["source_year", "站点", "站点_2", "x"]);
    }
}
