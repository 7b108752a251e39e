//! The indicator table of the forms before 2019: rows by their labels, the year and 历年累计 apart.
//!
//! National form and local tables are read alike: what a row is its label says, and a row that the dictionary does
//! not know is kept as printed. The form is told by the labels, not by the year.

use std::ops::Range;

use super::indicator_text::{TextRow, rows as text_rows};
use super::splits::{self, Glued};
use super::value::{Value, read_value};
use super::{Cell, CellState, TableReport, Tables};
use crate::dictionary::{IndicatorColumn, Older};
use crate::document::{BlockLine, Document};
use crate::form::{CellId, Column, Number, Row, TableId};
use crate::source::{Page, Source, Span};

/// A cell of a row that the dictionary does not know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownCell {
    /// Its label as printed, white space of layout taken out.
    pub label: String,
    /// Its column: the year or 历年累计.
    pub column: Column,
    /// What it prints.
    pub raw: String,
    /// Its number.
    pub value: Option<Number>,
    /// What kind of thing is printed.
    pub state: CellState,
    /// Where.
    pub span: Span,
}

/// What the indicator table holds besides its known cells.
#[derive(Debug, Default)]
pub struct Indicators {
    /// Cells of rows that the dictionary does not know, in order.
    pub unknown: Vec<UnknownCell>,
    /// Cells whose digits ran together with the next column's, with every number that they may be.
    pub possible: Vec<(CellId, Vec<Number>)>,
    /// Rows read only with the help of the relations that they stand in.
    pub recovered: Vec<Row>,
    /// The number of ways in which the rows that stayed unread can be cut.
    pub readings: usize,
}

/// One row of the table, in bytes of the page.
#[derive(Debug)]
struct Line {
    row: Option<Row>,
    label: String,
    unit: String,
    values: Vec<(Value, Range<usize>)>,
    /// Where the row stands.
    at: Range<usize>,
    is_unclear: bool,
}

/// Reads the table into `tables`.
pub(super) fn read(tables: &mut Tables, source: &Source, page: &Page<'_>, document: &Document, older: &Older) {
    let (columns, lines, year) = (Vec::new(), Vec::new(), document.year);
    let reader = Reader { page, older, columns, lines, year, is_undetermined: false, under: None };
    let (lines, columns) = reader.read(&document.statistics);
    if !lines.iter().any(|l| l.row.is_some()) {
        return;
    }
    tables.generation = Some(older.generation(lines.iter().map(|l| l.label.as_str())));
    let kept: Vec<(usize, Column)> = columns
        .iter()
        .enumerate()
        .filter_map(|(i, c)| match c {
            IndicatorColumn::Year => Some((i, Column::Value)),
            IndicatorColumn::Cumulative => Some((i, Column::Cumulative)),
            IndicatorColumn::Ignored => None,
        })
        .collect();
    let mut glued = Vec::new();
    let mut missing = Vec::new();
    for line in &lines {
        // Columns that are not kept may be left off at the end.
        let beyond = columns.get(line.values.len()..);
        let fits = beyond.is_some_and(|c| c.iter().all(|c| *c == IndicatorColumn::Ignored)) && !line.values.is_empty();
        if fits && !line.is_unclear {
            for (i, column) in &kept {
                let (value, range) = &line.values[*i];
                insert(tables, source, page, line, *column, *value, range.clone());
            }
        } else if let (Some(row), Some(digits)) = (line.row, glued_digits(page, line, &kept)) {
            glued.push((line, Glued { row, digits }));
        } else {
            missing.extend(line.row);
            unread(tables, source, page, line, &kept);
        }
    }
    let has_unknown = lines.iter().any(|l| l.row.is_none());
    missing.extend(cut_glued(tables, source, page, &glued, has_unknown));
    missing.retain(|row| tables.cell(CellId::total(*row)).is_none_or(|c| c.value.is_none()));
    let start = lines.iter().map(|l| l.at.start).min().unwrap_or_default();
    tables.reports[TableId::Statistics as usize] = TableReport {
        is_found: true,
        missing_rows: missing,
        span: Some(page.span(source, start..lines[0].at.end)),
        ..TableReport::default()
    };
}

/// The digits of a row whose two columns ran together.
fn glued_digits<'p>(page: &'p Page<'_>, line: &Line, kept: &[(usize, Column)]) -> Option<&'p str> {
    let [(_, range)] = line.values.as_slice() else { return None };
    let digits = &page.text[range.clone()];
    let is_pair = matches!(kept, [(0, Column::Value), (1, Column::Cumulative)]);
    (is_pair && !line.is_unclear && digits.len() >= 2 && digits.bytes().all(|b| b.is_ascii_digit())).then_some(digits)
}

/// Cuts the rows whose columns ran together; the rows that stay unread.
fn cut_glued(
    tables: &mut Tables,
    source: &Source,
    page: &Page<'_>,
    glued: &[(&Line, Glued<'_>)],
    has_unknown: bool,
) -> Vec<Row> {
    let runs: Vec<Glued<'_>> = glued.iter().map(|(_, g)| *g).collect();
    let known = |row: Row, column: Column| tables.cell(CellId::new(row, column)).and_then(|c| c.value);
    let outcome = splits::cut(&runs, has_unknown, &known);
    tables.indicators.readings = outcome.readings;
    let mut missing = Vec::new();
    for ((line, run), choice) in glued.iter().zip(outcome.rows) {
        let range = line.values.first().map_or(line.at.clone(), |(_, r)| r.clone());
        let columns = [Column::Value, Column::Cumulative];
        match choice.as_slice() {
            [(cut, numbers)] => {
                let places = [range.start..range.start + cut, range.start + cut..range.end];
                for ((column, number), place) in columns.into_iter().zip([numbers.0, numbers.1]).zip(places) {
                    let value = Value { state: CellState::Recovered, number: Some(number), money: None };
                    insert(tables, source, page, line, column, value, place);
                }
                tables.indicators.recovered.push(run.row);
            }
            several => {
                missing.push(run.row);
                for (i, column) in columns.into_iter().enumerate() {
                    let value = Value { state: CellState::Text, number: None, money: None };
                    insert(tables, source, page, line, column, value, range.clone());
                    let mut numbers: Vec<Number> =
                        several.iter().map(|(_, n)| if i == 0 { n.0 } else { n.1 }).collect();
                    numbers.sort();
                    numbers.dedup();
                    tables.indicators.possible.push((CellId::new(run.row, column), numbers));
                }
            }
        }
    }
    missing
}

fn unread(tables: &mut Tables, source: &Source, page: &Page<'_>, line: &Line, kept: &[(usize, Column)]) {
    let all = line
        .values
        .first()
        .map_or(line.at.clone(), |(_, first)| first.start..line.values.last().map_or(first.end, |(_, last)| last.end));
    let value = Value { state: CellState::Text, number: None, money: None };
    for (_, column) in kept {
        insert(tables, source, page, line, *column, value, all.clone());
    }
}

fn insert(
    tables: &mut Tables,
    source: &Source,
    page: &Page<'_>,
    line: &Line,
    column: Column,
    value: Value,
    range: Range<usize>,
) {
    let raw = page.text[range.clone()].trim();
    let span = page.span(source, range);
    let number = value.number.map(|n| in_row_unit(n, value.money, line));
    match line.row {
        Some(row) => {
            let id = CellId::new(row, column);
            tables.insert(Cell { id, raw: 0..0, value: number, state: value.state, span: Some(span) }, raw);
        }
        None => tables.indicators.unknown.push(UnknownCell {
            label: line.label.clone(),
            column,
            raw: raw.to_string(),
            value: number,
            state: value.state,
            span,
        }),
    }
}

/// Charges and budget are told in 万元; where the row or the cell prints 元 the number is brought to it.
fn in_row_unit(number: Number, money: Option<i32>, line: &Line) -> Number {
    let is_money = matches!(line.row, Some(Row::Charges | Row::ChargesReduced | Row::Budget));
    let printed = money.or_else(|| (line.unit.trim_matches(['（', '）', '(', ')']) == "元").then_some(0));
    match printed {
        Some(0) if is_money => number.ratio(Number::whole(10_000)).unwrap_or(number),
        Some(8) if is_money => number * 10_000,
        _ => number,
    }
}

struct Reader<'a> {
    page: &'a Page<'a>,
    older: &'a Older,
    /// What the columns of values hold.
    columns: Vec<IndicatorColumn>,
    lines: Vec<Line>,
    /// The report's year.
    year: Option<i16>,
    /// The headers do not tell which column is the year's.
    is_undetermined: bool,
    /// The dispute row last seen, under which 被依法纠错数 stands.
    under: Option<Row>,
}

impl Reader<'_> {
    fn read(mut self, lines: &[BlockLine]) -> (Vec<Line>, Vec<IndicatorColumn>) {
        let mut pieces: Vec<Range<usize>> = Vec::new();
        for line in lines {
            match line {
                BlockLine::Text(range) => pieces.push(range.clone()),
                BlockLine::Row(index) => {
                    let cells = self.page.lines[*index].cells.clone();
                    let cells = &self.page.cells[cells.start as usize..cells.end as usize];
                    if let [only] = cells {
                        pieces.push(only.start as usize..only.end as usize);
                    } else {
                        self.text(&std::mem::take(&mut pieces));
                        self.row(cells);
                    }
                }
            }
        }
        self.text(&pieces);
        let columns = if self.columns.is_empty() { vec![IndicatorColumn::Year] } else { self.columns };
        (self.lines, columns)
    }

    /// A row of several cells.
    fn row(&mut self, cells: &[Range<u32>]) {
        let texts: Vec<&str> = cells.iter().map(|c| self.page.slice(c)).collect();
        let headers: Vec<String> = texts.iter().map(|t| compact(t)).collect();
        if self.columns.is_empty()
            && let Some(name) = headers.iter().take(2).position(|h| self.older.opens(h))
        {
            // Codes may stand between label and unit; the numbers stand after the unit.
            let unit = headers.iter().position(|h| h.ends_with("单位")).unwrap_or(name);
            self.name_columns(&headers[unit + 1..]);
            return;
        }
        let width = self.columns.len().max(1);
        let is_unit = |text: &&str| self.older.is_unit(text);
        let unit = texts.iter().position(is_unit);
        let is_chapter = |text: &str| !text.is_empty() && text.chars().all(|c| matches!(c, '—' | '-' | '–' | '―'));
        // Without a unit the numbers stand after the last text.
        let after_label = unit.or_else(|| texts.iter().rposition(|t| read_value(t).state == CellState::Text));
        let Some(at) = after_label else { return };
        let labels = &texts[..if unit.is_some() { at } else { at + 1 }];
        let Some(label_at) = labels.iter().rposition(|t| !t.is_empty() && !is_chapter(t)) else { return };
        let all: Vec<(Value, Range<usize>)> = cells[at + 1..]
            .iter()
            .map(|c| (read_value(self.page.slice(c)), c.start as usize..c.end as usize))
            .collect();
        // Blanks of merged cells and codes stand before the numbers, or pad the row after them.
        let first_number = all.iter().position(|(v, _)| v.number.is_some()).unwrap_or(0);
        let values = match all.len() {
            n if n <= width => all,
            n if first_number + width <= n && all[first_number + width..].iter().all(|(v, _)| v.number.is_none()) => {
                all[first_number..first_number + width].to_vec()
            }
            n => all[n - width..].to_vec(),
        };
        let at = cells[0].start as usize..cells[cells.len() - 1].end as usize;
        let label = cells[label_at].start as usize..cells[label_at].end as usize;
        let unit = unit.map_or(String::new(), |u| texts[u].to_string());
        self.push(label, unit, values, at, self.is_undetermined);
    }

    /// What the columns hold by their headers: 2015年 | 2016年; 合计 | 区政府 | 部门. Where several have headers that nobody knows,
    /// and none is the year's, no number is read.
    fn name_columns(&mut self, headers: &[String]) {
        let year_of = |h: &str| h.trim_end_matches(['度', '年']).parse::<i16>().ok().filter(|_| !h.is_empty());
        let column = |h: &String| match (year_of(h), self.year) {
            (Some(of), Some(own)) if of != own => Some(IndicatorColumn::Ignored),
            _ => self.older.column(h),
        };
        let told: Vec<Option<IndicatorColumn>> = headers.iter().filter(|h| !h.is_empty()).map(column).collect();
        let is_year = |c: &Option<IndicatorColumn>| *c == Some(IndicatorColumn::Year);
        let are_unknown = told.iter().filter(|c| c.is_none()).nth(1).is_some();
        self.is_undetermined = are_unknown && !told.iter().any(is_year);
        self.columns = if told.iter().any(is_year) {
            told.into_iter().map(|c| c.unwrap_or(IndicatorColumn::Ignored)).collect()
        } else {
            told.into_iter().flatten().collect()
        };
    }

    /// Running text, or cells on lines of their own.
    fn text(&mut self, pieces: &[Range<usize>]) {
        let rows = text_rows(&self.page.text, pieces, self.older);
        for row in rows {
            let TextRow { label, unit, values, is_unclear } = row;
            let label = if self.lines.is_empty() { self.after_header(label) } else { label };
            let at = label.start..values.last().map_or(unit.end, |(_, r)| r.end);
            let unit = self.page.text[unit].to_string();
            self.push(label, unit, values, at, is_unclear);
        }
    }

    /// The header before the first label says what the columns hold.
    fn after_header(&mut self, label: Range<usize>) -> Range<usize> {
        let text = &self.page.text[label.clone()];
        let found = self.older.columns_within(text);
        // A label may hold such a word itself: the header ends where a known row begins.
        let ends: Vec<usize> = found.iter().map(|(r, _)| r.end).collect();
        let cut = ends.iter().rev().find(|end| self.older.row(&text[**end..], None).is_some()).or(ends.last());
        let Some(cut) = cut.copied() else { return label };
        if self.columns.is_empty() {
            self.columns = found.iter().filter(|(r, _)| r.end <= cut).map(|(_, c)| *c).collect();
        }
        let rest = &text[cut..];
        let blank = rest.len() - rest.trim_start().len();
        label.start + cut + blank..label.end
    }

    fn push(
        &mut self,
        label: Range<usize>,
        unit: String,
        values: Vec<(Value, Range<usize>)>,
        at: Range<usize>,
        is_unclear: bool,
    ) {
        let (label, row) = self.identify(label);
        if matches!(row, Some(Row::Reviews | Row::Suits)) {
            self.under = row;
        } else if row.is_some_and(|r| r > Row::SuitsOther) {
            self.under = None;
        }
        // Chapters have —— and no number, notes on the row before have blanks.
        let has_number = values.iter().any(|(v, _)| v.number.is_some());
        if row.is_none() && (!has_number || label.is_empty() || self.older.is_chapter(&label)) {
            return;
        }
        self.lines.push(Line { row, label, unit, values, at, is_unclear });
    }

    /// The row of a label; a chapter without numbers may stand in front of it.
    fn identify(&self, label: Range<usize>) -> (String, Option<Row>) {
        let text = &self.page.text[label];
        if let Some(row) = self.older.row(text, self.under) {
            return (compact(text), Some(row));
        }
        // From the last mark that opens a label on.
        let marks = text.char_indices().filter(|(_, c)| matches!(c, '—' | '：' | ':' | '\n' | '（' | '('));
        let starts: Vec<usize> =
            marks.map(|(i, c)| if matches!(c, '（' | '(') { i } else { i + c.len_utf8() }).collect();
        for start in starts.iter().copied() {
            let rest = text[start..].trim();
            if let Some(row) = self.older.row(rest, self.under) {
                return (compact(rest), Some(row));
            }
        }
        let last = text.rfind('—').map_or(text, |at| text[at + '—'.len_utf8()..].trim());
        (compact(last), None)
    }
}

fn compact(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
