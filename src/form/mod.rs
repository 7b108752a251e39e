//! The statutory form as types: tables, rows, columns, cells, formulas, numbers. Nothing else.
//!
//! Names are those of the contract (`table.row.column`); labels live in `dictionaries/rows.toml`.

mod cell;
mod formula;
mod label;
mod number;

pub use cell::{CellId, Column, Generation, Row, TableId};
pub use formula::{Formula, FormulaError};
pub use number::{Number, Printed};
