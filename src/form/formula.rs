//! Formulas over cells and stated numbers: what a claim is about, and what it is held against.

use std::fmt;
use std::str::FromStr;

use super::{CellId, Number};

/// `+ - /` over cells and numbers quoted from the prose.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Formula {
    /// A cell of the report's own tables.
    Cell(CellId),
    /// A number as the prose prints it, with its value.
    Stated(String, Number),
    /// The sum of all.
    Sum(Vec<Formula>),
    /// The first less the second.
    Difference(Box<Formula>, Box<Formula>),
    /// The first over the second.
    Ratio(Box<Formula>, Box<Formula>),
}

/// Why a formula in a dictionary or gold file cannot be read.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum FormulaError {
    /// A name that is no cell of the form.
    #[error("unknown cell name: {0}")]
    UnknownCell(String),
    /// Brackets or operators out of place.
    #[error("cannot read the formula at: {0}")]
    Syntax(String),
}

impl Formula {
    /// The sum of several cells (one cell stays itself).
    #[must_use]
    pub fn sum_of(cells: impl IntoIterator<Item = CellId>) -> Formula {
        let mut terms: Vec<Formula> = cells.into_iter().map(Formula::Cell).collect();
        if terms.len() == 1 { terms.remove(0) } else { Formula::Sum(terms) }
    }

    /// `self / base`.
    #[must_use]
    pub fn over(self, base: Formula) -> Formula {
        Formula::Ratio(Box::new(self), Box::new(base))
    }

    /// Every cell named, in order of appearance.
    pub fn cells(&self) -> Vec<CellId> {
        let mut out = Vec::new();
        self.collect(&mut out);
        out
    }

    /// Whether a condition holds for every cell named.
    pub fn all_cells(&self, holds: &mut impl FnMut(CellId) -> bool) -> bool {
        match self {
            Formula::Cell(cell) => holds(*cell),
            Formula::Stated(..) => true,
            Formula::Sum(terms) => terms.iter().all(|t| t.all_cells(holds)),
            Formula::Difference(a, b) | Formula::Ratio(a, b) => a.all_cells(holds) && b.all_cells(holds),
        }
    }

    /// The number of cells named, repetitions included.
    #[must_use]
    pub fn cell_count(&self) -> usize {
        let mut count = 0;
        self.all_cells(&mut |_| {
            count += 1;
            true
        });
        count
    }

    fn collect(&self, out: &mut Vec<CellId>) {
        match self {
            Formula::Cell(cell) => out.push(*cell),
            Formula::Stated(..) => {}
            Formula::Sum(terms) => terms.iter().for_each(|t| t.collect(out)),
            Formula::Difference(a, b) | Formula::Ratio(a, b) => {
                a.collect(out);
                b.collect(out);
            }
        }
    }

    /// The value, given each cell's value.
    ///
    /// # Errors
    /// The cells that have no value; empty when a ratio has the base 0.
    pub fn evaluate(&self, value: &impl Fn(CellId) -> Option<Number>) -> Result<Number, Vec<CellId>> {
        match self {
            Formula::Cell(cell) => value(*cell).ok_or_else(|| vec![*cell]),
            Formula::Stated(_, number) => Ok(*number),
            Formula::Sum(terms) => {
                let mut sum = Number::ZERO;
                for term in terms {
                    sum = sum + term.evaluate(value)?;
                }
                Ok(sum)
            }
            Formula::Difference(a, b) => Ok(a.evaluate(value)? - b.evaluate(value)?),
            Formula::Ratio(a, b) => a.evaluate(value)?.ratio(b.evaluate(value)?).ok_or_else(Vec::new),
        }
    }

    /// The same formula with every cell replaced.
    #[must_use]
    pub fn map_cells(&self, map: &impl Fn(CellId) -> Formula) -> Formula {
        match self {
            Formula::Cell(cell) => map(*cell),
            Formula::Stated(..) => self.clone(),
            Formula::Sum(terms) => Formula::Sum(terms.iter().map(|t| t.map_cells(map)).collect()),
            Formula::Difference(a, b) => Formula::Difference(Box::new(a.map_cells(map)), Box::new(b.map_cells(map))),
            Formula::Ratio(a, b) => Formula::Ratio(Box::new(a.map_cells(map)), Box::new(b.map_cells(map))),
        }
    }

    /// A form in which equal formulas are equal: sums flattened and sorted, brackets gone.
    #[must_use]
    pub fn canonical(&self) -> String {
        match self {
            Formula::Cell(cell) => cell.full_name(),
            Formula::Stated(_, number) => format!("\"{number}\""),
            Formula::Sum(_) => {
                let mut terms = Vec::new();
                self.flatten(&mut terms);
                terms.sort();
                format!("({})", terms.join("+"))
            }
            Formula::Difference(a, b) => format!("({}-{})", a.canonical(), b.canonical()),
            Formula::Ratio(a, b) => format!("({}/{})", a.canonical(), b.canonical()),
        }
    }

    fn flatten(&self, out: &mut Vec<String>) {
        match self {
            Formula::Sum(terms) => terms.iter().for_each(|t| t.flatten(out)),
            other => out.push(other.canonical()),
        }
    }

    fn is_compound(&self) -> bool {
        !matches!(self, Formula::Cell(_) | Formula::Stated(..))
    }

    /// Writes the formula as it is printed.
    ///
    /// # Errors
    /// What the writer returns.
    pub fn write_to(&self, out: &mut impl fmt::Write) -> fmt::Result {
        match self {
            Formula::Cell(cell) => cell.write_to(out),
            Formula::Stated(printed, _) => {
                out.write_char('"')?;
                out.write_str(printed)?;
                out.write_char('"')
            }
            Formula::Sum(terms) => {
                for (i, term) in terms.iter().enumerate() {
                    if i > 0 {
                        out.write_str(" + ")?;
                    }
                    term.write_bracketed(out)?;
                }
                Ok(())
            }
            Formula::Difference(a, b) => {
                a.write_bracketed(out)?;
                out.write_str(" - ")?;
                b.write_bracketed(out)
            }
            Formula::Ratio(a, b) => {
                a.write_bracketed(out)?;
                out.write_str(" / ")?;
                b.write_bracketed(out)
            }
        }
    }

    fn write_bracketed(&self, out: &mut impl fmt::Write) -> fmt::Result {
        if !self.is_compound() {
            return self.write_to(out);
        }
        out.write_char('(')?;
        self.write_to(out)?;
        out.write_char(')')
    }
}

impl fmt::Display for Formula {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_to(f)
    }
}

impl FromStr for Formula {
    type Err = FormulaError;

    fn from_str(text: &str) -> Result<Self, FormulaError> {
        let mut parser = Parser { rest: text.trim() };
        let formula = parser.sum()?;
        if parser.rest.is_empty() { Ok(formula) } else { Err(FormulaError::Syntax(parser.rest.to_string())) }
    }
}

struct Parser<'a> {
    rest: &'a str,
}

impl Parser<'_> {
    fn eat(&mut self, token: char) -> bool {
        match self.rest.strip_prefix(token) {
            Some(rest) => {
                self.rest = rest.trim_start();
                true
            }
            None => false,
        }
    }

    fn sum(&mut self) -> Result<Formula, FormulaError> {
        let mut formula = self.ratio()?;
        loop {
            if self.eat('+') {
                let next = self.ratio()?;
                formula = match formula {
                    Formula::Sum(mut terms) => {
                        terms.push(next);
                        Formula::Sum(terms)
                    }
                    first => Formula::Sum(vec![first, next]),
                };
            } else if self.eat('-') {
                formula = Formula::Difference(Box::new(formula), Box::new(self.ratio()?));
            } else {
                return Ok(formula);
            }
        }
    }

    fn ratio(&mut self) -> Result<Formula, FormulaError> {
        let mut formula = self.atom()?;
        while self.eat('/') {
            formula = formula.over(self.atom()?);
        }
        Ok(formula)
    }

    fn atom(&mut self) -> Result<Formula, FormulaError> {
        if self.eat('(') {
            let inner = self.sum()?;
            return if self.eat(')') { Ok(inner) } else { Err(FormulaError::Syntax(self.rest.to_string())) };
        }
        if self.eat('"') {
            let (printed, rest) =
                self.rest.split_once('"').ok_or_else(|| FormulaError::Syntax(self.rest.to_string()))?;
            let exponent = if printed.ends_with('%') { -2 } else { 0 };
            let value = Number::parse(printed.trim_end_matches('%'), exponent)
                .ok_or_else(|| FormulaError::Syntax(printed.to_string()))?;
            let stated = Formula::Stated(printed.to_string(), value);
            self.rest = rest.trim_start();
            return Ok(stated);
        }
        let end =
            self.rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '.')).unwrap_or(self.rest.len());
        let (name, rest) = self.rest.split_at(end);
        let cell = name.parse::<CellId>().map_err(|()| {
            if name.is_empty() {
                FormulaError::Syntax(self.rest.to_string())
            } else {
                FormulaError::UnknownCell(name.to_string())
            }
        })?;
        self.rest = rest.trim_start();
        Ok(Formula::Cell(cell))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_what_it_reads() {
        for text in [
            "requests.handled",
            "(requests.granted + requests.partly_granted) / requests.handled",
            "disputes.litigation_direct.total + disputes.litigation_after_review.total",
            "\"265\" / requests.handled",
            "requests.received - \"12\"",
        ] {
            assert_eq!(text.parse::<Formula>().map(|f| f.to_string()), Ok(text.to_string()));
        }
    }

    #[test]
    fn order_and_brackets_of_a_sum_do_not_matter() {
        let canonical = |t: &str| t.parse::<Formula>().map(|f| f.canonical());
        assert_eq!(
            canonical("(requests.received+requests.carried_in.total)"),
            canonical("requests.carried_in + requests.received")
        );
    }

    #[test]
    fn errors_name_the_place() {
        assert_eq!("requests.foo".parse::<Formula>(), Err(FormulaError::UnknownCell("requests.foo".into())));
        assert!(matches!("requests.handled +".parse::<Formula>(), Err(FormulaError::Syntax(_))));
    }
}
