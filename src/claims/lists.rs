//! Totals and their parts: 其中, 分别为, brackets, colons, 合计 after a list.

use std::ops::Range;

use super::clauses::Sentence;
use super::{Claim, ScopeKind};
use crate::dictionary::{ClaimKind, ClaimWords, Matter, WordList};
use crate::form::{Column, Formula, Number, Row};
use crate::quantities::Lexed;

/// What the words promise of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListKind {
    /// 分别为, or 其中 … 其余: the parts are all there are.
    Exhaustive,
    /// 其中, 含, 包括, a bracket: the parts are some of it.
    Open,
    /// Only the order suggests it: it can confirm, never contradict.
    Loose,
}

/// A total and its parts, as indices into [`Claims::list`](super::Claims::list).
#[derive(Debug, Clone)]
pub struct List {
    /// The total.
    pub total: usize,
    /// The parts, in groups between semicolons.
    pub groups: Vec<Vec<usize>>,
    /// What the words promise.
    pub kind: ListKind,
    /// The parts stand in one clause, or the total and every part name the same thing:
    /// 信息2139条，其中动态信息…条，政务信息…条.
    pub is_alike: bool,
}

impl List {
    /// All the parts.
    pub fn parts(&self) -> impl Iterator<Item = usize> + '_ {
        self.groups.iter().flatten().copied()
    }
}

/// Finds the lists of one sentence; `claims` are all claims, `own` those of the sentence.
pub(super) fn find(
    (text, words): (&str, &ClaimWords),
    sentence: &Sentence,
    lexed: &Lexed,
    claims: &[Claim],
    own: Range<usize>,
) -> Vec<List> {
    // A sentence with so many numbers is a table run together, not a list; and the search is not linear.
    if own.len() > MOST_NUMBERS {
        return Vec::new();
    }
    let is_count = |i: usize| {
        let claim = &claims[i];
        claim.kind == ClaimKind::Count && claim.quantity.is_some_and(|q| lexed.quantities[q].hedge.is_none())
    };
    // A total and a part: most sentences have one count at most.
    if own.clone().filter(|i| is_count(*i)).nth(1).is_none() {
        return Vec::new();
    }
    let member = |i: usize| Member {
        is_count: is_count(i),
        unit: claims[i].quantity.map_or("", |q| &text[lexed.quantities[q].unit.clone()]),
        clause: clause_at(sentence, &claims[i].range),
    };
    let members: Vec<Member<'_>> = own.clone().map(member).collect();
    let clauses = clause_members(sentence, &members, own.start);
    let finder = Finder { text, words, sentence, lexed, claims, own, members, clauses };
    let mut lists: Vec<List> =
        (finder.own.clone()).filter(|i| finder.is_count(*i)).flat_map(|i| finder.after(i)).collect();
    lists.extend(finder.own.clone().filter(|i| finder.is_count(*i)).filter_map(|i| finder.before(i)));
    if sentence.is_run_together() {
        lists.iter_mut().for_each(|list| list.kind = ListKind::Loose);
    }
    lists
}

/// So many outcomes beside 其他 are all that the form has.
const OUTCOMES_BUT_OTHER: usize = 3;

/// More numbers than this are no list of parts.
const MOST_NUMBERS: usize = 80;

/// Whether the words before a part say that it is all that is left.
fn is_rest(label: &str, words: &ClaimWords) -> bool {
    if words.rest.begin(label) {
        return true;
    }
    let Some(of) = words.other.iter().find_map(|other| label.strip_prefix(other.as_str())) else { return false };
    let of = of.trim_end_matches(['共', '计', '为', '有']).trim_start_matches('的');
    let of = words.counted.iter().find_map(|noun| of.strip_suffix(noun.as_str())).unwrap_or(of);
    let of = of.trim_end_matches('的');
    of.is_empty() || words.rest_of.has(of)
}

/// 两项, 三者: how many counts a total says it takes together.
fn how_many(label: &str) -> Option<usize> {
    let noun = label.chars().last().filter(|c| matches!(c, '项' | '者' | '类' | '种'))?;
    match label.strip_suffix(noun)? {
        "两" | "二" => Some(2),
        "三" => Some(3),
        "四" => Some(4),
        _ => None,
    }
}

fn clause_at(sentence: &Sentence, range: &Range<usize>) -> Option<usize> {
    let after = sentence.clauses.partition_point(|c| c.range.start <= range.start);
    after.checked_sub(1).filter(|i| range.end <= sentence.clauses[*i].range.end)
}

/// For each clause, from its first to its last claim.
fn clause_members(sentence: &Sentence, members: &[Member<'_>], first: usize) -> Vec<Range<usize>> {
    let mut clauses = vec![0..0; sentence.clauses.len()];
    for (at, member) in members.iter().enumerate() {
        let Some(clause) = member.clause else { continue };
        let index = first + at;
        let start = if clauses[clause].is_empty() { index } else { clauses[clause].start };
        clauses[clause] = start..index + 1;
    }
    clauses
}

/// What matters of a claim that may be a total or a part.
struct Member<'a> {
    is_count: bool,
    unit: &'a str,
    /// Its clause in the sentence.
    clause: Option<usize>,
}

/// What may be the parts of a total.
struct Parts {
    /// The counts in its unit, in groups between semicolons.
    groups: Vec<Vec<usize>>,
    /// The smaller counts in other units before the last of those.
    in_other_units: Vec<usize>,
    /// Whether one is not exact: 要闻200余条.
    is_blurred: bool,
}

struct Finder<'a> {
    text: &'a str,
    words: &'a ClaimWords,
    sentence: &'a Sentence,
    lexed: &'a Lexed,
    claims: &'a [Claim],
    own: Range<usize>,
    /// What matters of each of its claims.
    members: Vec<Member<'a>>,
    /// The claims from each clause's first to its last.
    clauses: Vec<Range<usize>>,
}

impl<'a> Finder<'a> {
    fn member(&self, index: usize) -> &Member<'a> {
        &self.members[index - self.own.start]
    }

    fn is_count(&self, index: usize) -> bool {
        self.member(index).is_count
    }

    fn unit(&self, index: usize) -> &'a str {
        self.member(index).unit
    }

    fn clause_of(&self, index: usize) -> Option<usize> {
        self.member(index).clause
    }

    fn clause_text(&self, clause: usize) -> &str {
        &self.text[self.sentence.clauses[clause].range.clone()]
    }

    /// The words before a number, back to the clause's start or the number before.
    fn label(&self, index: usize) -> &str {
        let claim = &self.claims[index];
        let Some(clause) = self.clause_of(index) else { return "" };
        let start = self.sentence.clauses[clause].range.start;
        let mut before = (self.own.start..index)
            .rev()
            .filter_map(|i| self.claims[i].quantity)
            .map(|q| self.lexed.quantities[q].whole.end);
        // Numbers stand in order: the nearest ends last.
        let start = before.find(|end| *end <= claim.range.start).map_or(start, |end| end.max(start));
        self.text[start..claim.range.start].trim_start_matches(['、', '和', '及', '，', '与'])
    }

    /// The last two characters of the words before a number: what it counts.
    fn noun(&self, index: usize) -> Option<&str> {
        let label = self.label(index).trim_end_matches(['共', '计', '为', '达', '约', '了', '数', '总', '合']);
        let (at, _) = label.char_indices().rev().nth(1)?;
        Some(&label[at..])
    }

    /// The lists that follow a total: in a bracket of its own, and after it in the sentence.
    fn after(&self, total: usize) -> Vec<List> {
        if !(total + 1..self.own.end).any(|i| self.is_count(i)) {
            return Vec::new();
        }
        // 上年同期为8件，其中予以公开15件: the parts are of what it is compared with.
        let Some(at) = self.clause_of(total).filter(|at| !self.compares(*at)) else { return Vec::new() };
        let clauses = &self.sentence.clauses;
        let depth = clauses[at].depth;
        let is_last_of_clause = self.of_clause(at).all(|i| i <= total);
        let mut lists = Vec::new();
        if !is_last_of_clause {
            lists.extend(self.respectively(total, at));
            return lists;
        }
        // 自然人、企业申请分别为90件、10件，予以公开分别为30件、10件: one of a row is not the total of the next.
        if self.text[clauses[at].range.start..self.claims[total].range.start].contains("分别") {
            return lists;
        }
        let bracket_end = (at + 1..clauses.len()).find(|c| clauses[*c].depth <= depth).unwrap_or(clauses.len());
        if bracket_end > at + 1 {
            lists.extend(self.gather(total, at + 1..bracket_end, depth + 1, ListKind::Open));
        }
        // What follows the bracket that a total stands in is not about it. A clause between the total and its parts may
        // hold a share or a trend, no other count of the kind.
        let end = (bracket_end..clauses.len()).find(|c| clauses[*c].depth < depth).unwrap_or(clauses.len());
        let next = (bracket_end..end)
            .find(|c| clauses[*c].depth == depth && (self.opens_list(*c) || self.counts_more_of(total, *c)));
        let Some(next) = next else { return lists };
        let opener = self.clause_text(next);
        let names_all = self.names_all(next) && !opener.starts_with("其中");
        let between = &self.text[self.claims[total].range.end..clauses[next].range.end];
        let is_choice = || self.words.choices.stand_in(between);
        let kind = if names_all && !is_choice() {
            ListKind::Exhaustive
        } else if names_all || self.opens_list(next) || next == bracket_end && clauses[next].opened_by == Some('：') {
            ListKind::Open
        } else if self.is_among_parts(at) {
            // Of parts in a row, the later ones are none of an earlier one.
            return lists;
        } else {
            ListKind::Loose
        };
        // 申请20件，办理建议30余件，其中建议18件: of the nearest count, whatever its unit, if of any.
        let kind =
            if self.is_nearest(total, at..next) && !self.is_of_another_time(total) { kind } else { ListKind::Loose };
        lists.extend(self.gather(total, next..end, depth, kind));
        lists
    }

    /// Whether no other count stands behind a total in some clauses, those that only compare left out.
    fn is_nearest(&self, total: usize, clauses: Range<usize>) -> bool {
        let depth = self.sentence.clauses[clauses.start].depth;
        let counts =
            |i: usize| i > total && self.claims[i].kind == ClaimKind::Count && self.claims[i].quantity.is_some();
        !clauses
            .filter(|c| self.sentence.clauses[*c].depth == depth && !self.compares(*c))
            .any(|c| self.of_clause(c).any(counts))
    }

    /// 2022年受理66件, in a report on 2023.
    fn is_of_another_time(&self, total: usize) -> bool {
        self.claims[total].scope.as_ref().is_some_and(|scope| scope.kind == ScopeKind::Other)
    }

    /// 分别为网络18件、信函12件: whether a clause says that its parts are all. With labels before them (复议、诉讼分别为5件、3件;
    /// 上年分别为72件、75件) they are those of what is named there.
    fn names_all(&self, clause: usize) -> bool {
        let text = self.clause_text(clause);
        if self.divided_at(clause).is_some() {
            return false;
        }
        let Some((at, word)) = self.words.respectively.found_in(text).next() else {
            return false;
        };
        let start = self.sentence.clauses[clause].range.start + at + word.len();
        let is_number_next = || self.of_clause(clause).any(|i| self.claims[i].range.start == start);
        let is_comparison = || self.compares(clause);
        // 维持、其他结果、尚未审结分别为3、2、1件: the last label takes all that is left.
        let labels = text[..at].trim();
        let is_complete = || self.words.last_labels.end(labels);
        labels.is_empty() || is_complete() || !is_number_next() && !is_comparison()
    }

    /// 其余122件分别为不予公开37件、无法提供85件: the byte at which a clause begins to tell the parts of a number of its own.
    fn divided_at(&self, clause: usize) -> Option<usize> {
        let text = self.clause_text(clause);
        let (word, _) = self.words.respectively.found_in(text).next()?;
        let at = self.sentence.clauses[clause].range.start + word;
        let ends_there = |i: usize| self.claims[i].quantity.map(|q| self.lexed.quantities[q].whole.end) == Some(at);
        self.of_clause(clause).any(|i| self.is_count(i) && ends_there(i)).then_some(at)
    }

    /// Whether a clause begins with one of some words.
    fn begins(&self, clause: usize, words: &WordList) -> bool {
        let text = self.clause_text(clause);
        words.begin(text)
    }

    fn opens_list(&self, clause: usize) -> bool {
        self.begins(clause, &self.words.list_openers)
    }

    fn opens_parts_of_a_part(&self, clause: usize) -> bool {
        self.begins(clause, &self.words.part_openers)
    }

    /// Whether a clause is one of those in which 其中 lists parts.
    fn is_among_parts(&self, clause: usize) -> bool {
        let clauses = &self.sentence.clauses;
        let same = (0..=clause).rev().filter(|c| clauses[*c].depth == clauses[clause].depth);
        let mut since = same.take_while(|c| *c == clause || clauses[*c + 1].opened_by != Some('；'));
        since.any(|c| self.opens_list(c))
    }

    fn begins_anew(&self, clause: usize) -> bool {
        self.begins(clause, &self.words.new_totals)
    }

    /// The claims of a clause.
    fn of_clause(&self, clause: usize) -> impl Iterator<Item = usize> + '_ {
        self.clauses[clause].clone().filter(move |i| self.clause_of(*i) == Some(clause))
    }

    /// Whether a clause has counts in the unit of a total, and does not only compare it: 较上年增加5件.
    fn counts_more_of(&self, total: usize, clause: usize) -> bool {
        let unit = self.unit(total);
        !self.compares(clause) && self.of_clause(clause).any(|i| i != total && self.is_count(i) && self.unit(i) == unit)
    }

    /// 较上年增加5件: whether a clause only compares.
    fn compares(&self, clause: usize) -> bool {
        self.begins(clause, &self.words.comparisons)
    }

    /// 30件分别为网络18件、信函12件 in one clause.
    fn respectively(&self, total: usize, clause: usize) -> Option<List> {
        let quantity = self.claims[total].quantity.map(|q| self.lexed.quantities[q].whole.end)?;
        let rest = &self.text[quantity..self.sentence.clauses[clause].range.end];
        if !self.words.respectively.begin(rest) && !rest.starts_with("，分别") {
            return None;
        }
        self.gather(total, clause..clause + 1, self.sentence.clauses[clause].depth, ListKind::Exhaustive)
    }

    /// The counts in some clauses that may be parts of a total.
    fn parts_in(&self, total: usize, clauses: Range<usize>, depth: u8, kind: ListKind) -> Parts {
        let unit = self.unit(total);
        let mut groups: Vec<Vec<usize>> = vec![Vec::new()];
        let (mut in_other_units, mut is_blurred) = (Vec::new(), false);
        for clause in clauses {
            let c = &self.sentence.clauses[clause];
            if c.depth != depth || self.compares(clause) {
                continue;
            }
            // A second 其中 opens the parts of a part.
            let has_parts = groups.iter().any(|g| !g.is_empty());
            if has_parts && (self.begins_anew(clause) || self.opens_list(clause) || self.opens_parts_of_a_part(clause))
            {
                break;
            }
            if c.opened_by == Some('；') && kind == ListKind::Exhaustive {
                break;
            }
            if c.opened_by == Some('；') && groups.last().is_some_and(|g| !g.is_empty()) {
                groups.push(Vec::new());
            }
            // Parts of another part are none of the total.
            let end = self.divided_at(clause).filter(|_| self.clause_of(total) != Some(clause)).unwrap_or(usize::MAX);
            let follows = |i: &usize| *i > total && self.claims[*i].range.start < end;
            // 要闻200余条
            let is_blurred_part = |i: usize| !self.is_count(i) && self.claims[i].kind == ClaimKind::Count;
            is_blurred |= self.of_clause(clause).any(|i| follows(&i) && is_blurred_part(i) && self.unit(i) == unit);
            let counts = self.of_clause(clause).filter(|i| follows(i) && self.is_count(*i));
            let has_its_unit =
                |i: &usize| self.unit(*i) == unit || kind == ListKind::Exhaustive && self.unit(*i).is_empty();
            let (members, others): (Vec<_>, Vec<_>) = counts.partition(has_its_unit);
            in_other_units.extend(others.into_iter().filter(|i| self.value(*i) < self.value(total)));
            if let Some(group) = groups.last_mut() {
                group.extend(members);
            }
        }
        groups.retain(|g| !g.is_empty());
        let last = groups.last().and_then(|g| g.last().copied()).unwrap_or_default();
        in_other_units.retain(|i| *i < last);
        Parts { groups, in_other_units, is_blurred }
    }

    fn gather(&self, total: usize, clauses: Range<usize>, depth: u8, kind: ListKind) -> Option<List> {
        let Parts { mut groups, in_other_units, is_blurred } = self.parts_in(total, clauses, depth, kind);
        // 其中网站申请55件、信函申请7件；已办理60件: what follows is counted otherwise.
        if let [first, rest @ ..] = groups.as_slice()
            && self.are_channels_of(total, first)
            && !rest.iter().flatten().any(|i| self.is_channel(*i))
        {
            groups.truncate(1);
        }
        let mut parts: Vec<usize> = groups.iter().flatten().copied().collect();
        if parts.is_empty() {
            return None;
        }
        let is_mixed = is_blurred || !in_other_units.is_empty();
        let both = || parts.iter().chain(&in_other_units).copied().collect::<Vec<_>>();
        if !in_other_units.is_empty() && self.sum(&both()) == self.value(total) {
            // 信息100条，其中动态60条、访谈5期、其他35条
            parts = both();
            parts.sort_unstable();
            groups = vec![parts.clone()];
        }
        let ends_with_rest = parts.last().is_some_and(|i| is_rest(self.label(*i), self.words))
            && !self.need_not_be_all(total, &parts)
            && !self.are_of_an_earlier_count(total, &parts)
            && !self.tell_what_became(&parts)
            && !parts.iter().any(|i| self.words.results.stand_in(self.label(*i)));
        let kind = match kind {
            // 信息100条，其中动态60条、访谈5期、其他40条: whether 期 are parts, too, is open.
            ListKind::Exhaustive if is_mixed => ListKind::Open,
            ListKind::Open if ends_with_rest && parts.len() >= 2 && !is_mixed => ListKind::Exhaustive,
            other => other,
        };
        let noun = self.noun(total);
        let are_together = parts.iter().all(|p| self.clause_of(*p) == self.clause_of(parts[0]));
        // Of two counts before 其中 the nearer is not always the whole.
        let is_first = !self.own.clone().any(|i| i < total && self.is_count(i));
        // 网站公开76条；其中重要信息3条，平台公开信息38095条
        let may_be_parts = are_together || parts.iter().all(|p| self.value(*p) <= self.value(total));
        let is_alike = is_first && are_together
            || may_be_parts && noun.is_some_and(|n| parts.iter().all(|p| self.label(*p).contains(n)))
            || self.are_channels_of(total, &parts)
            || is_first && self.are_results_of(total, &parts);
        let is_alike = is_alike && (is_first || !self.fit_an_earlier_count(total, &parts));
        Some(List { total, groups, kind, is_alike })
    }

    /// 收到62件，其中征地类9件，办结60件，其余6件结转下年: what was handled and carried over is of those carried in, too.
    fn tell_what_became(&self, parts: &[usize]) -> bool {
        parts.iter().any(|i| matches!(self.claims[*i].matter, Some(Matter::Handled | Matter::CarriedOver)))
    }

    /// 其中企业30件、其他10件; 予以公开96件、其他3件: among organisations and outcomes 其他 is a column or a row of the table, and
    /// need not be all that is left; nor where one part beside it leaves most of the total.
    fn need_not_be_all(&self, total: usize, parts: &[usize]) -> bool {
        let Some((last, others)) = parts.split_last() else { return false };
        let is_other = self.words.other.begin(self.label(*last));
        let matter = |i: usize| self.claims[i].matter;
        let is_natural = |i: usize| {
            let cells = self.claims[i].readings.first().map(Formula::cells).unwrap_or_default();
            cells.iter().any(|cell| cell.column == Column::NaturalPerson)
        };
        let is_outcome =
            |i: &usize| matches!(matter(*i), Some(Matter::Granted | Matter::OutcomeGroup | Matter::OutcomeReason));
        let are_outcomes = || others.len() < OUTCOMES_BUT_OTHER && others.iter().any(is_outcome);
        let are_organisations =
            || others.iter().any(|i| matter(*i) == Some(Matter::Applicants)) && !others.iter().any(|i| is_natural(*i));
        let are_few = || {
            others.len() == 1 && self.sum(parts).zip(self.value(total)).is_some_and(|(sum, whole)| sum + sum < whole)
        };
        is_other && (are_outcomes() || are_organisations() || are_few())
    }

    /// 收到176件，其中当面申请72件，来信申请69件: whether the parts are all applications of the total by their channels.
    fn are_channels_of(&self, total: usize, parts: &[usize]) -> bool {
        self.claims[total].matter == Some(Matter::Received) && parts.iter().all(|i| self.is_channel(*i))
    }

    /// 行政复议14件，其中维持9件，纠正3件，尚未审结2件: whether the parts are all results of the disputes of the total.
    fn are_results_of(&self, total: usize, parts: &[usize]) -> bool {
        let matter = |i: usize| self.claims[i].matter;
        matches!(matter(total), Some(Matter::Reviews | Matter::Suits))
            && parts.iter().all(|i| matter(*i) == Some(Matter::DisputeResult))
    }

    fn is_channel(&self, index: usize) -> bool {
        self.claims[index].is_by_channel()
    }

    fn value(&self, index: usize) -> Option<Number> {
        self.claims[index].quantity.map(|q| self.lexed.quantities[q].value)
    }

    fn sum(&self, parts: &[usize]) -> Option<Number> {
        parts.iter().map(|i| self.value(*i)).sum()
    }

    /// 主动公开信息130条，依申请公开信息2条，其中政策类信息43条、动态类信息87条: whether another count before the total has room for
    /// its parts.
    fn fit_an_earlier_count(&self, total: usize, parts: &[usize]) -> bool {
        let is_earlier = |i: &usize| self.is_count(*i) && self.unit(*i) == self.unit(total);
        let has_room = |i: usize| self.sum(parts).zip(self.value(i)).is_some_and(|(sum, room)| sum <= room);
        (self.own.start..total).filter(is_earlier).any(has_room)
    }

    /// 新收62件，上年结转4件，共计66件: whether two parts are all that was in hand, and the total is not said of anything else.
    fn are_intake(&self, total: usize, parts: &[usize]) -> bool {
        let is_of = |i: &usize, row: Row| {
            self.claims[*i].readings.first().is_some_and(|f| f.all_cells(&mut |cell| cell.row == row))
        };
        let are_both = |a, b| is_of(a, Row::Received) && is_of(b, Row::CarriedIn);
        let ends_its_clause = |i: usize| {
            let end = self.clause_of(i).map_or(0, |clause| self.sentence.clauses[clause].range.end);
            self.claims[i].quantity.is_some_and(|q| self.lexed.quantities[q].whole.end == end)
        };
        // …，均已答复，合计126件; …，除结转下年外，共计126件
        let follows = |i: usize| self.clause_of(i).zip(self.clause_of(total)).is_some_and(|(a, b)| a + 1 == b);
        ends_its_clause(total)
            && matches!(parts, [a, b] if (are_both(a, b) || are_both(b, a)) && ends_its_clause(*b) && follows(*b))
    }

    /// 办理200件，办结198件，其中咨询100件、投诉60件、其他40件; 收到30件，答复29件，其中3件经会商，剩余1件: whether the parts are of an earlier
    /// count and not of the nearest one.
    fn are_of_an_earlier_count(&self, total: usize, parts: &[usize]) -> bool {
        let (sum, whole) = (self.sum(parts), self.value(total));
        let rest = parts.last().and_then(|last| self.value(*last));
        let with_rest = whole.zip(rest).map(|(whole, rest)| whole + rest);
        let is_too_small = sum > whole;
        // A comparison may stand between the two: 公开628条，历年累计9225条，其中政策文件5000条，其他4225条.
        (self.own.start..parts.first().copied().unwrap_or(total))
            .filter(|i| *i != total && self.is_count(*i) && self.unit(*i) == self.unit(total))
            .map(|i| self.value(i))
            .any(|earlier| earlier == sum && sum != whole || earlier == with_rest || is_too_small && earlier > whole)
    }

    /// A total after its parts: 网站12条、微信3条，合计15条.
    fn before(&self, total: usize) -> Option<List> {
        let counts_before = (self.own.start..total).filter(|i| self.is_count(*i)).count();
        let label = self.label(total);
        let many = self.words.sums.iter().filter_map(|w| label.strip_suffix(w.as_str())).find_map(how_many);
        if counts_before < 2 || many.is_none() && !self.words.sums.has(label) {
            return None;
        }
        let unit = self.unit(total);
        let parts: Vec<usize> =
            self.own.clone().filter(|i| *i < total && self.is_count(*i) && self.unit(*i) == unit).collect();
        // 上年结转3件，本年新收84件，两项合计87件: just those, if the sentence counts nothing else before.
        let is_beside = |i: &usize| {
            let clauses = &self.sentence.clauses;
            let depth = |i: usize| self.clause_of(i).map(|clause| clauses[clause].depth);
            let opens = |clause: usize| self.opens_list(clause) || self.begins(clause, &self.words.of_all);
            depth(*i) == depth(total) && !self.clause_of(*i).is_some_and(opens)
        };
        let is_told = many == Some(counts_before) && parts.len() == counts_before && parts.iter().all(is_beside);
        let is_told = is_told || counts_before == 2 && parts.iter().all(is_beside) && self.are_intake(total, &parts);
        let kind = if is_told { ListKind::Exhaustive } else { ListKind::Loose };
        (parts.len() >= 2).then(|| List { total, groups: vec![parts], kind, is_alike: false })
    }
}
