//! D001–D010: the year, the statistical period, the date of publication, and dates in the prose.

use std::cell::OnceCell;
use std::ops::RangeInclusive;

use jiff::ToSpan;
use jiff::civil::Date;

use super::neighbours::TELLING;
use super::{Context, Draft, Sink, WINDOW, head, tail};
use crate::claims::Claim;
use crate::dictionary::{ClaimKind, Matter};
use crate::document::{self, OrganKind, Paragraph};
use crate::findings::Severity;
use crate::form::Number;
use crate::lang::say;
use crate::quantities::YearMention;
use crate::source::Span;

pub(super) fn check(context: &Context<'_>, sink: &mut Sink) {
    period(context, sink);
    published(context, sink);
    let Some(year) = context.document.title_year else { return };
    let tells_of_this_year = SectionsMemo::default();
    for mention in &context.lexed.years {
        impossible(context, mention, sink);
        // A year far off is history or a plan.
        if mention.year <= year && mention.year >= year - 3 {
            let section = context.section_at(mention.range.start);
            match section {
                0 => own_title(context, mention, year, sink),
                1..=4 => year_before(context, mention, (year, &tells_of_this_year), sink),
                _ => past_plan(context, mention, year, sink),
            }
        }
    }
    document_numbers(context, year, sink);
}

/// D001, D002: the period against the title and against the calendar year.
fn period(context: &Context<'_>, sink: &mut Sink) {
    let lang = context.lang;
    let (Some((start, end)), Some(at)) = (context.document.dates.period, context.document.period_at.clone()) else {
        return;
    };
    let is_ordinary = (start.month(), start.day(), end.month(), end.day()) == (1, 1, 12, 31)
        && start.year() == end.year()
        && context.document.title_year.is_none_or(|t| t == end.year());
    if is_ordinary {
        return;
    }
    let text = &context.document.prose.text;
    let sentence = context.sentence_around(&at);
    // Other spans of days may be spoken of before the period.
    if !context.words.period_words.stand_in(sentence) {
        return;
    }
    // An organ that was dissolved reports on what it had of the year.
    if context.words.dissolved.stand_in(sentence) {
        return;
    }
    // 自条例施行以来累计 is no statistical period.
    if context.words.since_some_year.stand_in(sentence) {
        return;
    }
    let span = context.prose_span(at.clone());
    let stated = text[at].to_string();
    let is_year_long = end.checked_add(1.day()).is_ok_and(|next| next == start.saturating_add(1.year()));
    if start > end || start.year() != end.year() {
        let message = if start > end {
            say!(
                lang,
                "统计期限从{start}到{end}，止日早于起日。",
                "The statistical period runs from {start} to {end}: it ends before it begins.",
                start = start,
                end = end
            )
        } else if is_year_long {
            say!(
                lang,
                "统计期限从{start}到{end}，不是一个自然年度。",
                "The statistical period runs from {start} to {end}: a year, but no calendar year.",
                start = start,
                end = end
            )
        } else {
            say!(
                lang,
                "统计期限从{start}到{end}，跨了不止一个年度。",
                "The statistical period runs from {start} to {end}: more than one year.",
                start = start,
                end = end
            )
        };
        return sink.report("D002", Draft { message, span, stated, ..Draft::default() });
    }
    let year = end.year();
    if let Some(title) = context.document.title_year.filter(|t| *t != year) {
        let message = say!(
            lang,
            "标题是{title}年，统计期限却是{year}年。",
            "The title says {title}, the statistical period {year}.",
            title = title,
            year = year
        );
        let draft = Draft { message, span, stated, expected: title.to_string(), ..Draft::default() };
        // Where the text bears the period out, the title may be that of the page around it.
        let count = |y: i16| context.lexed.years.iter().filter(|m| m.year == y).count();
        let severity = if count(year) > count(title) + 2 { Severity::Warning } else { Severity::Error };
        return sink.report_as("D001", Some(severity), draft);
    }
    // A new organ begins within the year, and the 条例 itself on 1 May 2008; the end is the same for all.
    let is_full = end.month() == 12 && end.day() == 31;
    if !is_full {
        let message = say!(
            lang,
            "统计期限止于{end}，不是年末。",
            "The statistical period ends on {end}, not at the end of the year.",
            end = end
        );
        let draft = Draft { message, span, stated, expected: format!("{year}-12-31"), ..Draft::default() };
        sink.report_as("D002", Some(Severity::Warning), draft);
    }
}

/// The last day for publication: the law's, for organs of which it speaks.
fn deadline(context: &Context<'_>, year: i16) -> Option<Date> {
    let organ = &context.document.organ;
    let is_township = organ.level == Some(crate::document::Level::Township);
    let is_department = organ.kind == OrganKind::Department
        && ["局", "委", "委员会", "厅", "部", "署"].iter().any(|end| organ.name.ends_with(end));
    let month = match organ.kind {
        _ if is_township => return None,
        // 地区行政公署 is a government.
        _ if organ.name.ends_with("公署") => 3,
        OrganKind::Area | OrganKind::Office => 3,
        OrganKind::Department if year < 2019 => 3,
        OrganKind::Department if is_department => 1,
        OrganKind::Department | OrganKind::Unknown => return None,
    };
    Date::new(year + 1, month, 31).ok()
}

/// D003, D004, D010: the date of publication.
fn published(context: &Context<'_>, sink: &mut Sink) {
    let lang = context.lang;
    let (Some(published), Some(year)) = (context.document.dates.published, context.named_year()) else { return };
    let draft = |message: String, expected: Date| Draft {
        message,
        span: context
            .document
            .published_at
            .clone()
            .map_or(Span { start: 0, end: 1 }, |at| context.page.span(context.source, at)),
        stated: published.to_string(),
        expected: expected.to_string(),
        ..Draft::default()
    };
    // 成文日期, 生效日期 are not when it was published.
    let label = context.document.published_at.as_ref().map_or("", |at| &context.page.text[..at.start]);
    if context.words.not_published.end(label) {
        return;
    }
    let Ok(last_day) = Date::new(year, 12, 31) else { return };
    let end = context.document.dates.period.map_or(last_day, |(_, end)| end.min(last_day));
    if published < end {
        let message = say!(
            lang,
            "发布日期{published}早于统计期限的最后一天{end}。",
            "Published on {published}, before the last day of the period ({end}).",
            published = published,
            end = end
        );
        return sink.report("D003", draft(message, end));
    }
    let Some(deadline) = deadline(context, year) else { return };
    let days_after = |date: Date| (date - deadline).get_days();
    let days = days_after(published);
    // After more than a year it is rather the date of a move to another site.
    let is_late = (1..=365).contains(&days) && !is_dated_in_time(context, end, deadline);
    if is_late {
        let message = say!(
            lang,
            "发布日期{published}，比法定期限{deadline}晚{days}天。",
            "Published on {published}, {days} days after the day set by law ({deadline}).",
            published = published,
            deadline = deadline,
            days = days
        );
        sink.report("D004", draft(message, deadline));
    } else if (-4..=0).contains(&days) {
        let message = say!(
            lang,
            "发布日期{published}，在法定期限{deadline}前的最后五天。",
            "Published on {published}, in the last five days before the day set by law ({deadline}).",
            published = published,
            deadline = deadline
        );
        sink.report("D010", draft(message, deadline));
    }
}

/// Whether another date on the page, or the one that the report is signed with, lies before the deadline: then the
/// date of publication may be that of a later copy.
fn is_dated_in_time(context: &Context<'_>, end: Date, deadline: Date) -> bool {
    const SIGNATURE: usize = 160;
    let last = context.document.prose.text.len().saturating_sub(SIGNATURE);
    let is_signed =
        context.lexed.years.iter().rev().take_while(|m| m.range.start >= last).any(|m| m.year == end.year() + 1);
    // A corrected copy has a later date than the report.
    is_signed
        || context.says(&context.words.reissued)
        || document::named_dates(&context.page.text).any(|date| end < date && date <= deadline)
}

/// D009: 2月30日, 13月.
fn impossible(context: &Context<'_>, mention: &YearMention, sink: &mut Sink) {
    let text = &context.document.prose.text;
    let after = &text[mention.range.end..];
    let Some((month, month_len)) = leading_number(after).filter(|(_, l)| after[*l..].starts_with('月')) else {
        return;
    };
    let rest = &after[month_len + '月'.len_utf8()..];
    let day = leading_number(rest).filter(|(_, l)| rest[*l..].starts_with('日'));
    let is_possible = (1..=12).contains(&month)
        && day.is_none_or(|(d, _)| i8::try_from(d).is_ok_and(|d| Date::new(mention.year, month as i8, d).is_ok()));
    if is_possible {
        return;
    }
    let end = mention.range.end + month_len + '月'.len_utf8() + day.map_or(0, |(_, l)| l + '日'.len_utf8());
    let stated = context.prose(mention.range.start..end).to_string();
    let message = say!(context.lang, "“{stated}”不是存在的日期。", "“{stated}” is no date.", stated = stated);
    sink.report(
        "D009",
        Draft { message, span: context.prose_span(mention.range.start..end), stated, ..Draft::default() },
    );
}

/// One or two digits at the beginning: the number and its length.
fn leading_number(text: &str) -> Option<(u8, usize)> {
    let len = text.bytes().take_while(u8::is_ascii_digit).count();
    (1..=2).contains(&len).then(|| text[..len].parse().ok().map(|n| (n, len))).flatten()
}

/// D001 in the introduction: 编制2021年度报告 in a report on 2022.
fn own_title(context: &Context<'_>, mention: &YearMention, year: i16, sink: &mut Sink) {
    let text = &context.document.prose.text;
    let after = text[mention.range.end..].trim_start_matches('度');
    let names_report = ["政府信息公开工作年度报告", "政府信息公开年度报告", "政府信息公开工作报告"]
        .iter()
        .any(|t| after.starts_with(t));
    if mention.year == year || !names_report {
        return;
    }
    let before = tail(&text[..mention.range.start]);
    let line = &before[before.rfind(['。', '\n']).map_or(0, |i| i)..];
    let is_made = context.words.drawn_up.stand_in(line) && !line.contains(['《', '<', '〈']);
    if !is_made {
        return;
    }
    let message = say!(
        context.lang,
        "标题是{year}年，引言却说编制的是{stated}年的报告。",
        "The title says {year}, the introduction speaks of the report on {stated}.",
        year = year,
        stated = mention.year
    );
    sink.report("D001", year_draft(context, mention, message, year));
}

fn year_draft(context: &Context<'_>, mention: &YearMention, message: String, expected: i16) -> Draft {
    Draft {
        message,
        span: context.prose_span(mention.range.clone()),
        stated: mention.year.to_string(),
        expected: expected.to_string(),
        ..Draft::default()
    }
}

/// D005: a paragraph on the organ's own work opens with the year before, and names no other year.
fn year_before(
    context: &Context<'_>,
    mention: &YearMention,
    (year, tells_of_this_year): (i16, &SectionsMemo),
    sink: &mut Sink,
) {
    if mention.year != year - 1 {
        return;
    }
    let text = &context.document.prose.text;
    let paragraphs = &context.document.prose.paragraphs;
    let Ok(at) = paragraphs.binary_search_by_key(&mention.range.start, |p| p.range.start) else { return };
    let paragraph = &paragraphs[at];
    let after = head(&text[mention.range.end..paragraph.range.end], WINDOW).trim_start_matches(['，', ',']);
    let sentence = &after[..after.find('。').unwrap_or(after.len())];
    let years = &context.lexed.years;
    let first = years.partition_point(|y| y.range.start < paragraph.range.start);
    let others = years[first..].iter().take_while(|y| y.range.start < paragraph.range.end).count();
    let whole = head(&text[paragraph.range.clone()], WINDOW);
    let is_of_work = || {
        context.words.own.begin(after)
            && context.words.general_work.stand_in(sentence)
            && !context.words.looks_back.stand_in(sentence)
            && !opens_with_its_year(context, year, 1..=4)
    };
    if others > 1
        || context.words.of_another_year.stand_in(whole)
        || !is_of_work() && !tells_of_the_tables(context, paragraph, after, tells_of_this_year)
    {
        return;
    }
    let message = say!(
        context.lang,
        "{year}年度的报告以“{stated}年”叙述本机关当年的工作，年份可能没有改。",
        "The report on {year} tells of its own year as {stated}; the year may not have been changed.",
        year = year,
        stated = mention.year
    );
    sink.report("D005", year_draft(context, mention, message, year));
}

/// 2022年，我局收到申请13件 in section three of a report on 2023 whose table has 13: whether a paragraph of sections three and
/// four goes on behind its year with what came in or did not, and tells just what the tables of the report's year do: one
/// number of ten or more, or that there were no reviews and suits.
fn tells_of_the_tables(
    context: &Context<'_>,
    paragraph: &Paragraph,
    after: &str,
    tells_of_this_year: &SectionsMemo,
) -> bool {
    let words = context.words;
    let after = words.own.iter().find_map(|own| after.strip_prefix(own.as_str())).unwrap_or(after);
    let after = after.trim_start_matches(['，', '共']);
    if !(3..=4).contains(&paragraph.section) || !words.comes_in.begin(after) {
        return false;
    }
    if tells_of_this_year.of(context, paragraph.section) {
        return false;
    }
    let list = &context.claims.list;
    let from = list.partition_point(|c| c.range.start < paragraph.range.start);
    let own = list[from..].iter().take_while(|c| c.range.start < paragraph.range.end);
    let is_compared = |c: &&Claim| matches!(c.kind, ClaimKind::Count | ClaimKind::Zero) && !c.readings.is_empty();
    let says = |c: &Claim| c.quantity.map_or(Number::ZERO, |q| context.lexed.quantities[q].value);
    let agrees = |c: &Claim| c.readings.iter().any(|f| context.value_of(f) == Some(says(c)));
    let mut tells = false;
    let all_agree = own.filter(is_compared).all(|c| {
        tells |= says(c) >= TELLING || c.kind == ClaimKind::Zero && c.matter == Some(Matter::NoneDisputed);
        agrees(c)
    });
    let section = paragraph.section;
    all_agree
        && tells
        && !opens_with_its_year(context, context.document.title_year.unwrap_or_default(), section..=section)
}

/// Whether a section names the year of the report: 本年度，也未发生行政复议 is told beside another year. Looked up once for each.
#[derive(Default)]
struct SectionsMemo([OnceCell<bool>; 7]);

impl SectionsMemo {
    fn of(&self, context: &Context<'_>, section: u8) -> bool {
        let words = context.words;
        let names_it = |text: &str| words.this_year.stand_in(text) || words.compares_years.stand_in(text);
        let mut paragraphs = context.document.prose.paragraphs.iter().filter(|p| p.section == section);
        *self.0[usize::from(section)].get_or_init(|| paragraphs.any(|p| names_it(context.prose(p.range.clone()))))
    }
}

/// Whether another paragraph of these sections opens with the right year: then the other is told on purpose.
fn opens_with_its_year(context: &Context<'_>, year: i16, sections: RangeInclusive<u8>) -> bool {
    let paragraphs = &context.document.prose.paragraphs;
    context.lexed.years.iter().filter(|m| m.year == year).any(|m| {
        let at = paragraphs.binary_search_by_key(&m.range.start, |p| p.range.start);
        at.is_ok_and(|at| sections.contains(&paragraphs[at].section))
    })
}

/// D006: a plan for a year that is over.
fn past_plan(context: &Context<'_>, mention: &YearMention, year: i16, sink: &mut Sink) {
    let text = &context.document.prose.text;
    let rest = head(&text[mention.range.end..], WINDOW);
    let clause = &rest[..rest.find(['。', '；', '\n']).unwrap_or(rest.len())];
    let after = clause.trim_start_matches(['，', ',']);
    let Some(at) = after.find('将').filter(|at| *at <= 36) else { return };
    let is_broken = after[..at].contains(['，', ',', '、', '《']) || after.starts_with("以来");
    if is_broken || !context.words.to_come.begin(&after[at..]) {
        return;
    }
    let message = say!(
        context.lang,
        "{year}年度的报告把{stated}年写成将来的计划。",
        "The report on {year} plans for {stated} as if it were to come.",
        year = year,
        stated = mention.year
    );
    sink.report("D006", year_draft(context, mention, message, year + 1));
}

/// D008: a document of a year in which the report was long made.
fn document_numbers(context: &Context<'_>, year: i16, sink: &mut Sink) {
    let text = &context.document.prose.text;
    for range in &context.lexed.skipped {
        if range.len() != 4
            || !text[..range.start].ends_with(['〔', '['])
            || !text[range.end..].starts_with(['〕', ']'])
        {
            continue;
        }
        let Ok(number) = text[range.clone()].parse::<i16>() else { continue };
        // Early in the next year, when the report is written, there are documents of that year already.
        if number <= year + 1 || number > 2099 {
            continue;
        }
        let message = say!(
            context.lang,
            "{year}年度的报告引用了{number}年的文号。",
            "The report on {year} cites a document of {number}.",
            year = year,
            number = number
        );
        sink.report(
            "D008",
            Draft { message, span: context.prose_span(range.clone()), stated: number.to_string(), ..Draft::default() },
        );
    }
}
