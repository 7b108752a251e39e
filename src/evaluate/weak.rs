//! What is weak, in sentences made from the figures.

use std::collections::BTreeMap;

use super::Evaluation;
use super::claims::Stage;
use super::planted::{PlantedMiss, goal};
use super::tally::Figure;
use crate::lang::{Lang, say};

/// Examples named for a weak class.
const EXAMPLES: usize = 3;
/// Subjects named where the words are loose.
const SUBJECTS: usize = 12;

/// One sentence or more for every weak spot.
pub(super) fn spots(evaluation: &Evaluation, lang: Lang) -> Vec<String> {
    let mut out = stages(evaluation, lang);
    for (class, figures) in &evaluation.planted.classes {
        let goal = goal(class);
        let is_under = figures.firm.is_under(goal);
        let is_poor = goal == 0.0 && figures.firm.is_under(90.0);
        if is_under || is_poor {
            out.push(weak_class(evaluation, class, goal, lang));
        }
    }
    out.extend(all_counts(evaluation, lang));
    let loose: usize = evaluation.planted.classes.values().map(|c| c.loose.of).sum();
    let caught: usize = evaluation.planted.classes.values().map(|c| c.loose.count).sum();
    if loose > 0 {
        out.push(say!(
            lang,
            "有{loose}处植入的错误，其词句在别的报告中也指表格以外的数，程序按规定不作断定，只查出{caught}处。",
            "{loose} errors were planted in words that in other reports also mean numbers outside the tables; the program abstains there by rule, and {caught} were caught.",
            loose = loose,
            caught = caught
        ));
        out.push(loose_subjects(evaluation, lang));
    }
    if !evaluation.planted.accusations.is_empty() {
        out.push(say!(
            lang,
            "有{}处未被改动的说法因别处的错误受到指摘。",
            "{} statements that were not changed were accused because of an error elsewhere.",
            evaluation.planted.accusations.len()
        ));
    }
    if out.is_empty() {
        out.push(say!(lang, "没有低于目标的数字。", "No figure is under its goal."));
    }
    out
}

fn stages(evaluation: &Evaluation, lang: Lang) -> Vec<String> {
    let mut counts: BTreeMap<Stage, usize> = BTreeMap::new();
    for miss in &evaluation.claims.misses {
        *counts.entry(miss.stage).or_default() += 1;
    }
    let Some((stage, count)) = counts.into_iter().max_by_key(|(_, n)| *n) else { return Vec::new() };
    let (misses, name) = (evaluation.claims.misses.len(), stage_name(stage, lang));
    vec![say!(
        lang,
        "标注的说法有{misses}处不同，最多的是“{name}”（{count}处）。",
        "{misses} claims of the gold came out otherwise; most often: {name} ({count}).",
        misses = misses,
        name = name,
        count = count
    )]
}

/// Wrong counts in whatever words: that words are loose is the dictionaries' own judgement.
fn all_counts(evaluation: &Evaluation, lang: Lang) -> Option<String> {
    let classes = evaluation.planted.classes.iter().filter(|(class, _)| class.starts_with("count-"));
    let (mut all, mut seen) = (Figure::default(), Figure::default());
    for class in classes.map(|(_, c)| c) {
        all.count += class.firm.count + class.loose.count;
        all.of += class.firm.of + class.loose.of;
        seen.count += class.seen().count;
        seen.of += class.seen().of;
    }
    all.is_under(goal("count-plus-one")).then(|| {
        say!(
            lang,
            "凡原与单元格相符而改错的件数，不论词句是否两可，查出{}，连同提示（C004）{}。词句是否两可由词典（claims.toml 的 mismatch）判断，不是独立的判断。",
            "Of all wrong counts that a cell had confirmed, whatever the words, {} are caught by an error or a warning, {} with infos (C004). That words are loose is the judgement of the dictionaries (`mismatch` in claims.toml), not an independent one.",
            all.show(),
            seen.show()
        )
    })
}

/// What the loose claims that were missed are about, most often first.
fn loose_subjects(evaluation: &Evaluation, lang: Lang) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for miss in evaluation.planted.misses.iter().filter(|m| !m.is_firm) {
        *counts.entry(&miss.subject).or_default() += 1;
    }
    let mut subjects: Vec<(&str, usize)> = counts.into_iter().collect();
    subjects.sort_by_key(|(subject, n)| (usize::MAX - n, *subject));
    let named: Vec<String> = subjects.iter().take(SUBJECTS).map(|(s, n)| format!("`{s}` {n}")).collect();
    say!(
        lang,
        "其中漏查最多的是：{}。",
        "Missed most often among them: {}.",
        named.join(match lang {
            Lang::Zh => "，",
            Lang::En => ", ",
        })
    )
}

pub(super) fn stage_name(stage: Stage, lang: Lang) -> String {
    match stage {
        Stage::NotLexed => say!(lang, "未识别出数字", "not lexed"),
        Stage::NotBound => say!(lang, "未对应到表格", "not bound"),
        Stage::WrongReading => say!(lang, "理解有误", "wrong reading"),
        Stage::WrongCell => say!(lang, "单元格读错", "wrong cell"),
    }
}

fn weak_class(evaluation: &Evaluation, class: &str, goal: f64, lang: Lang) -> String {
    let figures = &evaluation.planted.classes[class];
    let misses: Vec<&PlantedMiss> =
        evaluation.planted.misses.iter().filter(|m| m.class == class && m.is_firm).collect();
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for miss in &misses {
        *reasons.entry(&miss.why).or_default() += 1;
    }
    let most = reasons.into_iter().max_by_key(|(_, n)| *n);
    let outcome = match most {
        Some(("-", n)) => say!(lang, "“不再是一处说法”（{n}处）", "“no longer a claim” ({n})", n = n),
        Some((why, n)) => say!(lang, "“{why}”（{n}处）", "“{why}” ({n})", why = why, n = n),
        None => String::new(),
    };
    let examples: Vec<String> = misses.iter().take(EXAMPLES).map(|m| format!("“{}” {}", m.quote, m.change)).collect();
    let examples = examples.join(match lang {
        Lang::Zh => "；",
        Lang::En => "; ",
    });
    let target = if goal > 0.0 {
        say!(lang, "，目标{goal}%", ", goal {goal}%", goal = goal)
    } else {
        say!(lang, "，未定目标", ", no goal set")
    };
    let found = figures.firm.show();
    say!(
        lang,
        "{class}：查出{found}{target}；漏查的多为 {outcome}。例：{examples}。",
        "{class}: {found} caught{target}; those missed came out mostly as {outcome}. Examples: {examples}.",
        class = class,
        found = found,
        target = target,
        outcome = outcome,
        examples = examples
    )
}
