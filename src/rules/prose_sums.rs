//! P001, P002, P006: totals in the prose against their own parts.

use std::borrow::Cow;

use super::{Assessment, Context, Draft, Sink, Verdict, explain};
use crate::claims::{Claim, List, ListKind, ScopeKind};
use crate::dictionary::{ClaimKind, Matter, Mismatch};
use crate::form::{CellId, Formula, Number, Row};
use crate::lang::{pick, say};

/// What became of a list.
enum ListOutcome {
    /// These parts add up to the total.
    Closes(Vec<usize>),
    /// 万 too much: the parts add up to the number before its scale word.
    Slips(Number),
    /// The parts are all there are and do not add up.
    Differs(Number),
    /// Some of the parts are more than the whole.
    Exceeds(Number),
    /// Nothing can be said.
    Silent,
}

impl Context<'_> {
    fn stated(&self, index: usize) -> Number {
        self.claims.list[index].quantity.map_or(Number::ZERO, |q| self.lexed.quantities[q].value)
    }

    fn is_exact(&self, index: usize) -> bool {
        self.claims.list[index].quantity.is_some_and(|q| self.lexed.quantities[q].is_exact())
    }

    fn printed(&self, index: usize) -> String {
        explain::stated_text(self, &self.claims.list[index])
    }

    fn sum_formula(&self, parts: &[usize]) -> Formula {
        Formula::Sum(parts.iter().map(|i| Formula::Stated(self.printed(*i), self.stated(*i))).collect())
    }
}

fn outcome(context: &Context<'_>, list: &List) -> ListOutcome {
    // Requests carried over to the next year are no part of what was handled; with and without them is tried.
    let is_carried = |i: &usize| context.claims.list[*i].pattern.as_deref().is_some_and(|p| p.starts_with("carried"));
    let all: Vec<usize> = list.parts().filter(|i| !is_within_another(context, list, *i)).collect();
    if !all.iter().all(|i| context.is_exact(*i)) {
        return ListOutcome::Silent;
    }
    // 上年结转3件，本年新收84件，两项合计87件: a total that says how many counts it takes together.
    let may_leave_out = list.kind != ListKind::Exhaustive || all.iter().any(|part| *part > list.total);
    let without = if may_leave_out && all.iter().any(is_carried) {
        Cow::Owned(all.iter().copied().filter(|i| !is_carried(i)).collect::<Vec<_>>())
    } else {
        Cow::Borrowed(&all)
    };
    let total = context.stated(list.total);
    let sum = |parts: &[usize]| parts.iter().map(|i| context.stated(*i)).sum::<Number>();
    // 败诉率为零，投诉为零: nothing makes nothing, whatever it is.
    if list.kind == ListKind::Loose && total == Number::ZERO {
        return ListOutcome::Silent;
    }
    if context.is_exact(list.total) {
        let mut ways = [&all, &*without].into_iter().chain(&list.groups);
        if let Some(parts) = ways.find(|parts| parts.len() >= 2 && sum(parts) == total) {
            return ListOutcome::Closes(parts.clone());
        }
    } else {
        let slip = total.ratio(Number::whole(10_000));
        let is_slip = context.printed(list.total).ends_with('万') && all.len() >= 2 && slip == Some(sum(&all));
        return if is_slip { ListOutcome::Slips(sum(&all)) } else { ListOutcome::Silent };
    }
    // 逾期不补正2件、其他2件: parts of a part, as the form has it, may stand beside it.
    let every: Vec<usize> = list.parts().collect();
    if every.len() > all.len() && sum(&every) == total {
        return ListOutcome::Closes(every);
    }
    let is_one_list = list.groups.len() == 1 || list.groups.iter().all(|g| g.len() == 1);
    if without.len() < 2 || !is_one_list {
        return ListOutcome::Silent;
    }
    // 一审18件、二审8件，维持15件、其他6件: the first parts make the whole, and another list follows; or the last, after what is
    // counted otherwise: 其中3件经会商，涉及征地12件、拆迁8件、其他10件.
    let is_made_early = || (2..without.len()).any(|n| sum(&without[..n]) == total || sum(&without[n - 1..]) == total);
    // 许可98件，其中准予许可98件，不予许可13件; 解读45篇，其中图解30篇、文字45篇: one is the whole, the others stand beside or in it.
    let is_made_at_once = || without.iter().any(|part| context.stated(*part) == total);
    let is_of_another_time = |i: &usize| is_of_another_time(context, &context.claims.list[*i]);
    match list.kind {
        // 动态70条、概况30条，解读4条 of 100: the last counts something else.
        ListKind::Exhaustive | ListKind::Open if is_made_early() => ListOutcome::Silent,
        ListKind::Exhaustive | ListKind::Open if is_made_at_once() => ListOutcome::Silent,
        // 依申请公开0件（2021年2件、2020年1件）: of other years.
        ListKind::Open if without.iter().any(is_of_another_time) => ListOutcome::Silent,
        // Said to be all, but the same piece may stand in several places: I02 of the catalogue, a warning.
        ListKind::Exhaustive if sum(&without) > total && are_channels(context, list.total, &without) => {
            ListOutcome::Exceeds(sum(&without))
        }
        ListKind::Exhaustive => ListOutcome::Differs(sum(&without)),
        ListKind::Open if list.is_alike && list.groups.len() == 1 && sum(&without) > total => {
            if may_overlap(context, list.total, &without) || is_more_behind(context, list.total, &without) {
                ListOutcome::Silent
            } else {
                ListOutcome::Exceeds(sum(&without))
            }
        }
        ListKind::Open | ListKind::Loose => ListOutcome::Silent,
    }
}

/// 主动公开5200条，其中网站4900条、微信1700条、其他130条: whether the parts are by where information was disclosed: the same piece may
/// be in several places (不同渠道和方式公开相同信息计1条, note of the form of 2014).
fn are_channels(context: &Context<'_>, total: usize, parts: &[usize]) -> bool {
    let claims = &context.claims.list;
    let is_of_requests = matches!(claims[total].matter, Some(Matter::Received | Matter::Handled));
    let names_channel = |i: &&usize| {
        let number = claims[**i].quantity.map_or(0, |q| context.lexed.quantities[q].whole.start);
        let before = claims[..**i].last().map_or(0, |c| c.range.end).max(claims[**i].clause.start).min(number);
        context.words.media.stand_in(context.prose(before..number))
    };
    !is_of_requests && parts.iter().filter(names_channel).count() >= 2
}

/// 发布信息575条，其中动态384条、目录190条，及时发布各类信息79条: whether the parts told in one clause leave room in the total, and what makes
/// them too many stands in a later clause, which may tell of something else.
fn is_more_behind(context: &Context<'_>, total: usize, parts: &[usize]) -> bool {
    let claims = &context.claims.list;
    let together = parts.iter().take_while(|i| claims[**i].clause == claims[parts[0]].clause);
    let told: Vec<Number> = together.map(|i| context.stated(*i)).collect();
    (2..parts.len()).contains(&told.len()) && told.into_iter().sum::<Number>() <= context.stated(total)
}

/// 网络15件、自然人17件; 线上2期、线下3期（1期线上线下同步）: whether what a list counts is divided in several ways, or some of it
/// is said to be counted twice.
fn may_overlap(context: &Context<'_>, total: usize, parts: &[usize]) -> bool {
    let claims = &context.claims.list;
    let sentence = &context.claims.sentences[claims[parts[0]].sentence];
    let is_applicant = |i: &usize| claims[*i].matter == Some(Matter::Applicants);
    let is_mixed = parts.iter().any(is_applicant) && !parts.iter().all(is_applicant);
    // 发布会12场（上年计划10场、实际9场）
    let start = claims[total].range.end;
    let told = context.prose(start..parts.last().map_or(start, |last| claims[*last].range.end.max(start)));
    let is_of_last_year = context.words.last_year.stand_in(told);
    // 补正后申请内容仍不明确4件: a row of the table.
    let is_unknown = parts.iter().any(|i| claims[*i].readings.is_empty());
    let sentence = context.prose(sentence.range.clone());
    let says_so = || {
        let lists = [&context.words.overlapping, &context.words.steps];
        lists.into_iter().any(|list| list.stand_in(sentence))
    };
    // 其中涉及学校招生31件、教师人事27件: one application may be on both.
    let is_on_topics =
        || parts.iter().all(|i| claims[*i].readings.is_empty()) && context.words.on_topics.stand_in(told);
    is_mixed || is_of_last_year || is_unknown && says_so() || is_on_topics()
}

/// Whether a part is said to be of another period: by its scope, or by a year before it in its clause.
fn is_of_another_time(context: &Context<'_>, part: &Claim) -> bool {
    let years = &context.lexed.years;
    let from = years.partition_point(|y| y.range.start < part.clause.start);
    let mut named = years[from..].iter().take_while(|y| y.range.end <= part.range.start);
    part.scope.as_ref().is_some_and(|s| s.kind == ScopeKind::Other)
        || named.any(|y| Some(y.year) != context.named_year())
}

/// Whether [`outcome`] may find fault with a list: most can only confirm.
fn may_be_reported(context: &Context<'_>, list: &List) -> bool {
    let may_exceed = list.kind == ListKind::Open && list.is_alike && list.groups.len() == 1;
    list.kind == ListKind::Exhaustive || may_exceed || !context.is_exact(list.total)
}

/// 公开（含部分公开）49件，部分公开11件: the second is a part of the first.
fn is_within_another(context: &Context<'_>, list: &List, part: usize) -> bool {
    let reading = |i: usize| context.claims.list[i].readings.first();
    let count = |i: usize| reading(i).map_or(0, Formula::cell_count);
    let holds = |i: usize, cell: CellId| reading(i).is_some_and(|f| !f.all_cells(&mut |c| c != cell));
    let Some(own) = reading(part) else { return false };
    let own_count = count(part);
    own_count > 0
        && list
            .parts()
            .any(|other| other != part && count(other) > own_count && own.all_cells(&mut |c| holds(other, c)))
}

/// Verdicts of totals and parts that no table speaks of.
pub(super) fn assess(context: &Context<'_>, out: &mut [Assessment]) {
    let lang = context.lang;
    for list in &context.claims.lists {
        let is_free = |a: &Assessment| matches!(a.verdict, Verdict::NotComparable) && a.subject.is_none();
        match outcome(context, list) {
            ListOutcome::Closes(parts) => {
                if is_free(&out[list.total]) {
                    let total = context.stated(list.total);
                    out[list.total] = Assessment::new(
                        Verdict::Confirmed,
                        pick!(lang, "等于所列各项之和", "the sum of the parts it lists"),
                    )
                    .about(context.sum_formula(&parts), Some(total));
                }
                for part in parts {
                    if is_free(&out[part]) && context.claims.list[part].because.is_none() {
                        out[part] = Assessment::new(
                            Verdict::Compatible,
                            pick!(lang, "与其他各项之和等于总数", "with the other parts it adds up to the total"),
                        );
                    }
                }
            }
            ListOutcome::Differs(sum) | ListOutcome::Slips(sum) => {
                if is_free(&out[list.total]) {
                    let parts: Vec<usize> = list.parts().collect();
                    out[list.total] = Assessment::new(
                        Verdict::Contradicted,
                        pick!(lang, "与所列各项之和不等", "not the sum of the parts it lists"),
                    )
                    .about(context.sum_formula(&parts), Some(sum));
                }
            }
            ListOutcome::Exceeds(sum) => {
                if is_free(&out[list.total]) {
                    let parts: Vec<usize> = list.parts().collect();
                    out[list.total] = Assessment::new(
                        Verdict::Undetermined,
                        pick!(lang, "所列各项之和大于总数，可能有重复计算", "its parts add to more; they may overlap"),
                    )
                    .about(context.sum_formula(&parts), Some(sum));
                }
            }
            ListOutcome::Silent => {}
        }
    }
}

/// Reports lists that do not add up.
pub(super) fn check(context: &Context<'_>, assessments: &[Assessment], sink: &mut Sink) {
    let mut reported = Vec::new();
    for list in &context.claims.lists {
        if reported.contains(&list.total) || !may_be_reported(context, list) {
            continue;
        }
        let parts: Vec<usize> = list.parts().collect();
        let code = match outcome(context, list) {
            ListOutcome::Differs(_) => "P001",
            // A part that the table contradicts is the cause, and has its own finding.
            ListOutcome::Exceeds(_) if parts.iter().any(|i| assessments[*i].verdict == Verdict::Contradicted) => {
                continue;
            }
            ListOutcome::Exceeds(_) => "P002",
            ListOutcome::Slips(_) => "P006",
            ListOutcome::Closes(_) | ListOutcome::Silent => continue,
        };
        // 办结92件，其中予以公开30件、其他32件: what the tables say too is no wrong number, only a list that leaves some out.
        let is_compatible =
            assessments[list.total].verdict == Verdict::Compatible && assessments[list.total].subject.is_some();
        let is_the_tables = is_compatible || assessments[list.total].verdict == Verdict::Confirmed;
        if is_the_tables && parts.iter().all(|i| assessments[*i].verdict == Verdict::Confirmed) {
            continue;
        }
        reported.push(list.total);
        report(context, assessments, code, (list.total, &parts), sink);
    }
    for (total, parts) in complete_outcomes(context, assessments) {
        if !reported.contains(&total) {
            report(context, assessments, "P001", (total, &parts), sink);
        }
    }
}

/// The one part with whose value in the table the list would close.
fn wrong_part(
    context: &Context<'_>,
    assessments: &[Assessment],
    total: usize,
    parts: &[usize],
    sum: Number,
) -> Option<usize> {
    let closes = |part: &usize| {
        let expected = assessments[*part].expected.filter(|_| assessments[*part].subject.is_some());
        let own = context.stated(*part);
        expected.is_some_and(|e| e != own && sum - own + e == context.stated(total))
    };
    let mut wrong = parts.iter().copied().filter(closes);
    wrong.next().filter(|_| wrong.next().is_none())
}

/// Reports a list, with the part whose number in the table would make it close, if there is one.
fn report(
    context: &Context<'_>,
    assessments: &[Assessment],
    code: &str,
    (total, parts): (usize, &[usize]),
    sink: &mut Sink,
) {
    let lang = context.lang;
    let sum: Number = parts.iter().map(|i| context.stated(*i)).sum();
    let wrong = wrong_part(context, assessments, total, parts, sum);
    let (whole, count) = (context.printed(total), parts.len());
    let added = parts.iter().map(|i| context.printed(*i)).collect::<Vec<_>>().join(" + ");
    let mut message = match code {
        "P001" => say!(
            lang,
            "所列{count}项应是全部，相加{added} = {sum}，而总数写作{whole}。",
            "The {count} parts are all there are; they add to {added} = {sum}, but the total is given as {whole}.",
            count = count,
            added = added,
            sum = sum,
            whole = whole
        ),
        "P002" => say!(
            lang,
            "其中{count}项相加{added} = {sum}，大于总数{whole}；若非重复计算，则有一处不实。",
            "{count} of its parts add to {added} = {sum}, more than the total {whole}; unless they overlap, one of them is wrong.",
            count = count,
            added = added,
            sum = sum,
            whole = whole
        ),
        _ => say!(
            lang,
            "所列各项相加{added} = {sum}，而总数写作{whole}，相差一万倍，像是多写了“万”。",
            "The parts add to {added} = {sum}, but the total is given as {whole}, ten thousand times as much: 万 looks like a slip.",
            added = added,
            sum = sum,
            whole = whole
        ),
    };
    if let Some((part, expected)) = wrong.and_then(|part| Some((part, assessments[part].expected?))) {
        message.push_str(&say!(
            lang,
            "若其中的{own}改为表格中的{expected}，则相符。",
            " With the table's {expected} instead of {own} they agree.",
            own = context.printed(part),
            expected = expected
        ));
    }
    let claim = &context.claims.list[total];
    let related =
        parts.iter().map(|i| (explain::claim_span(context, &context.claims.list[*i]), context.printed(*i))).collect();
    sink.report(
        code,
        Draft {
            message,
            span: explain::claim_span(context, claim),
            stated: whole,
            expected: sum.to_string(),
            formula: Some(context.sum_formula(parts)),
            cells: Vec::new(),
            related,
        },
    );
}

const GROUPS: [Row; 6] = [Row::Granted, Row::PartlyGranted, Row::Refused, Row::Unavailable, Row::Rejected, Row::Other];

/// Paragraphs that give all six kinds of outcome: stated 办结 totals with parts that do not add up to them.
fn complete_outcomes(context: &Context<'_>, assessments: &[Assessment]) -> Vec<(usize, Vec<usize>)> {
    let claims = &context.claims.list;
    let paragraph = |c: &Claim| context.claims.sentences[c.sentence].paragraph;
    let mut found = Vec::new();
    let mut start = 0;
    while start < claims.len() {
        let end =
            (start..claims.len()).find(|i| paragraph(&claims[*i]) != paragraph(&claims[start])).unwrap_or(claims.len());
        if let Some(pair) = complete_outcomes_of(context, assessments, start..end) {
            found.push(pair);
        }
        start = end;
    }
    found
}

fn complete_outcomes_of(
    context: &Context<'_>,
    assessments: &[Assessment],
    range: std::ops::Range<usize>,
) -> Option<(usize, Vec<usize>)> {
    let claims = &context.claims.list;
    let mut parts = Vec::new();
    let mut covered = Vec::new();
    let mut totals = Vec::new();
    let (mut carried, mut apart) = (Number::ZERO, Number::ZERO);
    for i in range {
        let claim = &claims[i];
        if claim.kind != ClaimKind::Count || claim.scope.is_some() || !context.is_exact(i) {
            continue;
        }
        match (claim.matter, claim.pattern.as_deref()) {
            (Some(Matter::Granted | Matter::OutcomeGroup), Some(pattern))
                if pattern != "granted-already" && pattern != "withdrawn" =>
            {
                let rows: Vec<Row> = claim.readings.first()?.cells().iter().map(|c| c.row).collect();
                // The second mention of a group is a part or a repetition; what it adds to is not clear.
                if rows.iter().any(|r| covered.contains(r)) {
                    return None;
                }
                covered.extend(rows);
                parts.push(i);
            }
            // 受理领导信箱43件，答复43件: of other business.
            (Some(Matter::Received | Matter::Handled), _)
                if parts.is_empty() && claim.mismatch == Mismatch::Contradicted =>
            {
                totals.push(i)
            }
            // 逾期不补正2件 beside 其他处理5件
            (Some(Matter::OutcomeReason), Some("not-corrected" | "fee-unpaid")) => apart = apart + context.stated(i),
            (Some(Matter::CarriedOver), Some("carried-out")) => carried = context.stated(i),
            _ => {}
        }
    }
    if !GROUPS.iter().all(|g| covered.contains(g)) || parts.len() < 3 {
        return None;
    }
    let sum: Number = parts.iter().map(|i| context.stated(*i)).sum();
    let agrees = |i: &usize| {
        let own = context.stated(*i);
        [sum, sum + carried, sum + apart, sum + apart + carried].contains(&own)
    };
    if totals.iter().any(agrees) {
        return None;
    }
    let handled = totals.into_iter().rfind(|i| claims[*i].matter == Some(Matter::Handled))?;
    // If both the total and every part agree with the table, the table itself is what does not add up.
    let fits = |i: usize| matches!(assessments[i].verdict, Verdict::Confirmed | Verdict::Compatible);
    let all_fit = fits(handled) && parts.iter().all(|i| assessments[*i].verdict == Verdict::Confirmed);
    (!all_fit).then_some((handled, parts))
}
