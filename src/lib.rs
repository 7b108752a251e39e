//! gouji (勾稽) reads Chinese government-information-disclosure annual reports (政府信息公开工作年度报告), finds the
//! numeric claims in their prose and checks them against the report's own tables.
//!
//! The folders are the pipeline; data flows one way:
//!
//! ```text
//! collection → source → document → tables → quantities → claims → rules → findings → output
//! ```
//!
//! | module | in | out |
//! |---|---|---|
//! | [`collection`] | paths | items: files, members of archives, rows of dumps, records of crawls |
//! | [`source`] | bytes | decoded text, positions, lines and table rows |
//! | [`document`] | lines | title, organ, year, sections, prose |
//! | [`tables`] | table rows | typed cells of the statutory tables |
//! | [`quantities`] | prose | numbers with units and the interval they stand for |
//! | [`claims`] | prose and numbers | what each number says, with its readings |
//! | [`rules`] | claims and tables | verdicts and findings |
//! | [`findings`] | | what a finding is |
//! | [`output`] | audits | CSV, JSON, terminal |
//! | [`evaluate`] | CSV and gold | figures: coverage, precision, recall |
//! | [`mutate`] | reports | copies with one planted error each, and their truth |
//!
//! [`form`] holds the statutory form as types and [`dictionary`] the wording as data; [`audit`] runs the pipeline
//! over one report or a corpus, [`cli`] is the command.

pub mod audit;
pub mod claims;
pub mod cli;
pub mod collection;
pub mod dictionary;
pub mod document;
pub mod evaluate;
pub mod findings;
pub mod form;
pub mod lang;
pub mod mutate;
pub mod output;
pub mod quantities;
pub mod rules;
pub mod source;
pub mod tables;
