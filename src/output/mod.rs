//! Audits to CSV, JSON and the terminal. The only stage that formats.

mod carried;
pub mod csv_files;
mod digits;
mod failed;
pub mod kept;
mod mask;
mod row;
mod run_json;
pub mod show;
pub mod summary;
pub mod terminal;

pub use csv_files::{CsvFiles, OutputError, Rows};
pub use run_json::RunRecord;
pub use summary::Summary;
