//! The results of disputes beside the number of them all.

use std::ops::Range;

use super::neighbours::sums;
use super::{Assessment, Context, Verdict};
use crate::claims::Claim;
use crate::dictionary::Matter;
use crate::form::{CellId, Column, Formula, Number, Row};

/// A total that agrees with the table, and parts that add up to it once this one is the table's.
pub(super) fn close_with_cell(context: &Context<'_>, out: &[Assessment], at: usize) -> bool {
    let claims = &context.claims.list;
    let is_confirmed = |j: usize| out[j].verdict == Verdict::Confirmed;
    context.claims.lists.iter().filter(|list| list.groups.len() == 1 && is_confirmed(list.total)).any(|list| {
        let parts = &list.groups[0];
        let is_dispute = |j: &usize| claims[*j].matter == Some(Matter::DisputeResult);
        let is_whole = parts.len() >= 2 && parts.contains(&at) && parts.iter().all(is_dispute);
        is_whole && would_close(out, parts, at, out[list.total].expected)
    })
}

/// Whether all other parts agree with the table, and the table's number of this one makes up the total with them.
fn would_close(out: &[Assessment], parts: &[usize], at: usize, total: Option<Number>) -> bool {
    parts.iter().all(|j| *j == at || out[*j].verdict == Verdict::Confirmed)
        && parts.iter().map(|j| out[*j].expected).sum::<Option<Number>>() == total
}

/// 行政复议6件，其中维持3件，纠正3件: results that divide all that there were, as many as the table has, or would if this one were
/// the table's and the others are (行政复议6件，维持4件，纠正1件). What another block has, or what the other results make up,
/// explains none of them; a result that no part names may: 维持7件 with those dismissed.
pub(super) fn divide_the_total(context: &Context<'_>, out: &[Assessment], at: usize) -> bool {
    let results = Results { context, out };
    let listed = context.claims.lists.iter().filter(|list| list.groups.len() == 1 && list.groups[0].contains(&at));
    let mut listed = listed.map(|list| (list.total, list.groups[0].clone()));
    listed.any(|(total, parts)| results.divide(total, &parts, at))
        || results.told_behind(at).is_some_and(|(total, parts)| results.divide(total, &parts, at))
}

/// The columns of a block of table four but its total.
const RESULTS: [Column; 4] = [Column::Upheld, Column::Corrected, Column::OtherResult, Column::Pending];

#[derive(Clone, Copy)]
struct Results<'a> {
    context: &'a Context<'a>,
    out: &'a [Assessment],
}

impl Results<'_> {
    fn claims(&self) -> &[Claim] {
        &self.context.claims.list
    }

    fn number(&self, at: usize) -> Option<Number> {
        self.claims()[at].quantity.map(|q| self.context.lexed.quantities[q].value)
    }

    fn cells(&self, at: usize) -> Vec<CellId> {
        self.out[at].subject.as_ref().map(Formula::cells).unwrap_or_default()
    }

    /// The number of disputes before a result, and all results told of them, where nothing else is counted in the sentence
    /// before the next disputes.
    fn told_behind(&self, at: usize) -> Option<(usize, Vec<usize>)> {
        let claims = self.claims();
        let is_total = |j: usize| matches!(claims[j].matter, Some(Matter::Reviews | Matter::Suits));
        let is_near = |j: &usize| claims[*j].sentence == claims[at].sentence;
        let total = (0..at).rev().take_while(is_near).find(|j| is_total(*j))?;
        let told = (total + 1..claims.len()).take_while(is_near).take_while(|j| !is_total(*j));
        let parts: Vec<usize> = told.filter(|j| claims[*j].quantity.is_some()).collect();
        Some((total, parts))
    }

    fn divide(&self, total: usize, parts: &[usize], at: usize) -> bool {
        let is_unnamed = |parts: &[usize], column: Column| parts.iter().all(|j| self.cells(*j)[0].column != column);
        let is_whole = || parts.iter().map(|j| self.number(*j)).sum::<Option<Number>>() == self.number(total);
        let closes = || {
            let tells = |j: &usize| *j != at && self.number(*j).is_some_and(|n| n > Number::ZERO);
            parts.iter().any(tells) && would_close(self.out, parts, at, self.number(total))
        };
        self.is_total(total, at)
            && parts.len() >= 2
            && parts.contains(&at)
            && self.are_plain(total, parts)
            && parts.iter().enumerate().all(|(i, a)| is_unnamed(&parts[..i], self.cells(*a)[0].column))
            && (is_whole() || closes() && self.are_all(total, parts))
            && !self.may_hold_another(total, parts)
    }

    /// Several disputes of one kind, as many as the table has.
    fn is_total(&self, total: usize, at: usize) -> bool {
        let claim = &self.claims()[total];
        matches!(claim.matter, Some(Matter::Reviews | Matter::Suits))
            && self.out[total].verdict == Verdict::Confirmed
            && self.number(total).is_some_and(|n| n > Number::ONE)
            && self.claims()[at].one_kind_from.is_some_and(|from| claim.range.start >= from)
    }

    /// Whether every part is one result of the disputes counted, and nothing tells of others.
    fn are_plain(&self, total: usize, parts: &[usize]) -> bool {
        let (context, claims) = (self.context, self.claims());
        let rows: Vec<Row> = self.cells(total).iter().map(|cell| cell.row).collect();
        let sentence = &context.claims.sentences[claims[total].sentence];
        let told = context.prose(claims[total].range.end..sentence.range.end.max(claims[total].range.end));
        let is_joined = |j: usize| {
            let number = claims[j].quantity.map_or(0, |q| context.lexed.quantities[q].whole.start);
            let before =
                claims[..j].last().and_then(|c| c.quantity).map_or(0, |q| context.lexed.quantities[q].whole.end);
            let label = context.prose(before.max(claims[j].clause.start).min(number)..number);
            label.trim_start_matches(['、', '和', '及', '，']).contains(['、', '和', '及', '与', '或'])
        };
        let is_result = |j: &usize| {
            let own = self.cells(*j);
            // 维持和纠正6件; 其中维持2件 of the kind named last
            claims[*j].matter == Some(Matter::DisputeResult)
                && !is_joined(*j)
                && !own.is_empty()
                && own.len() == rows.len()
                && own.iter().all(|cell| cell.column == own[0].column && rows.contains(&cell.row))
        };
        parts.iter().all(is_result) && !context.words.mixing.stand_in(told)
    }

    /// Whether the results are told of all disputes counted and to the end: none of those 法人申请的, none 等, and no 另有1件被驳回 in
    /// the next sentence.
    fn are_all(&self, total: usize, parts: &[usize]) -> bool {
        let (context, claims) = (self.context, self.claims());
        let sentences = &context.claims.sentences;
        let sentence = claims[total].sentence;
        let next = sentences.get(sentence + 1).filter(|next| next.paragraph == sentences[sentence].paragraph);
        let end = next.map_or(sentences[sentence].range.end, |next| next.range.end);
        let behind = context.prose(claims[total].range.end.min(end)..end);
        let place = |j: usize| claims[j].quantity.map(|q| context.lexed.quantities[q].whole.clone());
        let Some(numbers) = std::iter::once(total).chain(parts.iter().copied()).map(place).collect::<Option<Vec<_>>>()
        else {
            return false;
        };
        let is_plain = |two: &[Range<usize>]| {
            let mut label = context.prose(two[0].end.min(two[1].start)..two[1].start);
            loop {
                label = label.trim_start_matches(|c: char| !c.is_alphanumeric());
                let Some(len) = context.words.before_results.longest_start(label) else { break };
                label = &label[len..];
            }
            label.is_empty() || context.words.plain_results.begin(label)
        };
        // Whatever is counted behind them may be of the same disputes, but not behind the next count of disputes.
        let last = parts.iter().max().map_or(total, |last| *last);
        let unit = |c: &Claim| c.quantity.map(|q| context.prose(context.lexed.quantities[q].unit.clone()));
        let paragraph = |c: &Claim| sentences[c.sentence].paragraph;
        let is_dispute = |c: &Claim| matches!(c.matter, Some(Matter::Reviews | Matter::Suits));
        let near = claims[last + 1..].iter().take_while(|c| paragraph(c) <= paragraph(&claims[total]) + 1);
        let goes_on = near.take_while(|c| !is_dispute(c)).any(|c| unit(c) == unit(&claims[total]));
        !goes_on && !context.words.of_other_results.stand_in(behind) && numbers.windows(2).all(is_plain)
    }

    /// Whether a part may be greater by what a result has that no part names.
    fn may_hold_another(&self, total: usize, parts: &[usize]) -> bool {
        let is_unnamed = |column: &Column| parts.iter().all(|j| self.cells(*j)[0].column != *column);
        let value = |column| -> Number {
            let cells = self.cells(total);
            cells.iter().filter_map(|cell| self.context.tables.value(CellId::new(cell.row, column))).sum()
        };
        let unnamed: Vec<Number> =
            RESULTS.into_iter().filter(is_unnamed).map(value).filter(|n| *n > Number::ZERO).collect();
        let is_more = |j: &usize| self.number(*j).zip(self.out[*j].expected).map(|(own, expected)| own - expected);
        parts.iter().filter_map(is_more).any(|more| sums(&unnamed).any(|sum| sum == more))
    }
}
