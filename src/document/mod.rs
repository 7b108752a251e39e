//! Lines to a report: title, organ, year, period, sections, prose without page chrome, and the lines of tables.
//!
//! In: a [`Page`](crate::source::Page). Out: a [`Document`]: prose in paragraphs (white space of layout taken out,
//! every piece mapped back) and blocks of lines that may be tables. A stage of its own because what belongs to
//! the report, and to which section, must be settled before anything is counted.

mod announced;
mod another;
mod build;
mod copies;
mod dates;
pub(crate) mod glued;
mod headings;
mod lines;
mod organ;
mod prose;
mod title;

use std::ops::Range;

pub use build::read;
pub use dates::{Dates, named_dates};
pub use organ::{Level, Organ, OrganKind};
pub use prose::{Paragraph, Prose};

use crate::form::TableId;

/// What was read of a report before its tables and numbers.
#[derive(Debug)]
pub struct Document {
    /// The title without white space; empty if none was found.
    pub title: String,
    /// Who reports.
    pub organ: Organ,
    /// The year reported on.
    pub year: Option<i16>,
    /// The year that the title names.
    pub title_year: Option<i16>,
    /// Period and publication, as printed.
    pub dates: Dates,
    /// Where the period stands, in bytes of the prose.
    pub period_at: Option<Range<usize>>,
    /// Where the date of publication stands, in bytes of the page; none if it is in the markup only.
    pub published_at: Option<Range<usize>>,
    /// The headings found, in order.
    pub headings: Vec<Heading>,
    /// The running text.
    pub prose: Prose,
    /// Runs of lines that may hold tables, in order.
    pub blocks: Vec<Block>,
    /// The lines of the indicator table of the forms before 2019.
    pub statistics: Vec<BlockLine>,
    /// Later copies of the whole report, which were passed over, in bytes of the page.
    pub copies: Vec<Range<usize>>,
    /// Another report behind this one, which was passed over, in bytes of the page.
    pub another: Option<Range<usize>>,
}

/// The heading of one of the six sections.
#[derive(Debug, Clone)]
pub struct Heading {
    /// The section's number in the form.
    pub section: u8,
    /// The Chinese number it carries (`四、` is 4); none where it carries none.
    pub numeral: Option<u8>,
    /// Where it stands, in bytes of the page.
    pub range: Range<usize>,
}

/// A run of lines in which a table may stand.
#[derive(Debug, Clone, Default)]
pub struct Block {
    /// The section it stands in.
    pub section: u8,
    /// The table whose header opened it, if one did.
    pub opened_by: Option<TableId>,
    /// Its lines.
    pub lines: Vec<BlockLine>,
}

/// One line of a block.
#[derive(Debug, Clone)]
pub enum BlockLine {
    /// A table row: the index of the line in the page.
    Row(usize),
    /// Text, in bytes of the page: one cell, a label broken off, or cells without borders.
    Text(Range<usize>),
}

impl Document {
    /// Whether this is an annual report on information disclosure at all.
    #[must_use]
    pub fn is_report(&self) -> bool {
        let sections: std::collections::BTreeSet<u8> = self.headings.iter().map(|h| h.section).collect();
        !self.title.is_empty() || sections.len() >= 2 || self.blocks.iter().any(|b| b.opened_by.is_some())
    }

    /// The number of different sections found.
    #[must_use]
    pub fn sections_found(&self) -> usize {
        self.headings.iter().map(|h| h.section).collect::<std::collections::BTreeSet<_>>().len()
    }
}
