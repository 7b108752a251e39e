//! Errors planted one at a time, with their truth: how `gouji evaluate` learns what is caught.
//!
//! In: reports. Out: [`Mutant`]s ([`plan`]) and the files of some of them with a truth file ([`Mutants::write`]).
//! Only what the report itself proves wrong is planted: a number that another reading, rounding or a missing cell
//! could explain is left out. What a claim is about is taken from the program's own reading where that reading is
//! confirmed by the tables; a claim that the program does not understand is not among the mutants, and shows in the
//! coverage against hand-written gold instead.

mod cells;
mod class;
mod counts;
mod dice;
mod lists;
mod plan;
mod shares;
mod site;
mod words;
mod write;

pub use class::Class;
pub use plan::{Mutant, Years, plan};
pub use write::{Mutants, MutateError};
