//! An evaluation as text for the terminal, as Markdown, or as JSON.

use std::fmt::Write;

use super::page::intro;
use super::tally::{Coverage, Groups, Quality};
use super::weak::{spots, stage_name};
use super::{Evaluation, Figure, goal};
use crate::lang::{Lang, say};

/// How an evaluation is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Format {
    /// Aligned columns.
    #[default]
    Text,
    /// A page of documentation.
    Markdown,
    /// Everything, for programs.
    Json,
    /// Only the figures that must not fall, for `--baseline`.
    Figures,
}

/// Misses of a class of planted errors that text shows; JSON has them all.
const SHOWN: usize = 10;

/// One table with its title, and lines under it.
struct Section {
    title: String,
    head: Vec<String>,
    rows: Vec<Vec<String>>,
    notes: Vec<String>,
}

impl Section {
    fn new(title: String, head: &[String]) -> Self {
        Section { title, head: head.to_vec(), rows: Vec::new(), notes: Vec::new() }
    }
}

/// Prints an evaluation.
#[must_use]
pub fn render(evaluation: &Evaluation, format: Format, lang: Lang) -> String {
    if matches!(format, Format::Json | Format::Figures) {
        return json(evaluation, format);
    }
    let mut sections = Vec::new();
    if evaluation.claims.all.claims > 0 {
        sections.extend(claims(evaluation, lang));
    }
    if evaluation.cells.all.of > 0 {
        sections.push(cells(evaluation, lang));
    }
    if evaluation.findings.all.due + evaluation.findings.all.said > 0 {
        sections.push(findings(evaluation, lang));
    }
    if evaluation.planted.all.of > 0 {
        sections.push(planted(evaluation, lang));
    }
    let is_page = format == Format::Markdown;
    if !is_page {
        sections.extend(misses(evaluation, lang));
    }
    let mut weak = Section::new(say!(lang, "薄弱之处", "What is weak"), &[]);
    weak.notes = spots(evaluation, lang);
    sections.push(weak);
    let body = sections.iter().map(|s| if is_page { markdown(s) } else { text(s) }).collect::<Vec<_>>().join("\n");
    if is_page { intro(lang).to_string() + &body } else { body }
}

fn json(evaluation: &Evaluation, format: Format) -> String {
    let figures = serde_json::to_value(evaluation.figures()).unwrap_or_default();
    let mut all = match format {
        Format::Figures => serde_json::Map::new(),
        _ => serde_json::to_value(evaluation).ok().and_then(|v| v.as_object().cloned()).unwrap_or_default(),
    };
    all.insert("figures".to_string(), figures);
    serde_json::to_string_pretty(&all).unwrap_or_default() + "\n"
}

fn coverage_head(lang: Lang) -> Vec<String> {
    match lang {
        Lang::Zh => ["", "标注", "识别", "对应", "判定", "对象正确", "结论正确", "精确率", "召回率", "F1"]
            .map(String::from)
            .to_vec(),
        Lang::En => {
            ["", "gold", "found", "bound", "decided", "right subject", "right verdict", "precision", "recall", "F1"]
                .map(String::from)
                .to_vec()
        }
    }
}

fn coverage_row(name: &str, c: &Coverage) -> Vec<String> {
    let of = |count, of| Figure { count, of }.show();
    let [precision, recall, f1] = quality(c.quality);
    vec![
        name.to_string(),
        c.claims.to_string(),
        of(c.found, c.claims),
        of(c.bound, c.about),
        of(c.decided, c.about),
        of(c.subject, c.claims),
        of(c.accepted, c.claims),
        precision,
        recall,
        f1,
    ]
}

fn quality(q: Quality) -> [String; 3] {
    [q.precision(), q.recall(), q.f1()].map(Figure::show)
}

fn grouped(title: String, groups: &Groups, lang: Lang) -> Section {
    let mut section = Section::new(title, &coverage_head(lang));
    section.rows = groups.iter().map(|(name, c)| coverage_row(name, c)).collect();
    section
}

fn claims(evaluation: &Evaluation, lang: Lang) -> Vec<Section> {
    let figures = &evaluation.claims;
    let mut all = Section::new(say!(lang, "正文中的说法", "Claims of the prose"), &coverage_head(lang));
    all.rows.push(coverage_row(&say!(lang, "全部", "all"), &figures.all));
    for (report, count) in &figures.unread {
        all.notes.push(say!(
            lang,
            "{report}未读或不在结果中，其{count}处说法未计入。",
            "{report} was not read or is not in the results; its {count} claims are not counted.",
            report = report,
            count = count
        ));
    }
    let mut confusion = Section::new(
        say!(lang, "结论对照（行：应为；列：得出）", "Verdicts (rows: right, columns: came out)"),
        &std::iter::once(String::new()).chain(COLUMNS.iter().map(ToString::to_string)).collect::<Vec<_>>(),
    );
    for (right, row) in &figures.confusion {
        let counts = COLUMNS.iter().map(|got| row.get(*got).copied().unwrap_or(0).to_string());
        confusion.rows.push(std::iter::once(right.clone()).chain(counts).collect());
    }
    vec![
        all,
        grouped(say!(lang, "按说法的种类", "By kind of claim"), &figures.by_kind, lang),
        grouped(say!(lang, "按规则系列", "By family of rules"), &figures.by_family, lang),
        grouped(say!(lang, "按表格格式", "By form"), &figures.by_form, lang),
        confusion,
    ]
}

const COLUMNS: [&str; 6] = ["confirmed", "compatible", "contradicted", "not_comparable", "undetermined", "not_lexed"];

fn cells(evaluation: &Evaluation, lang: Lang) -> Section {
    let figures = &evaluation.cells;
    let mut section = Section::new(
        say!(lang, "表格单元格", "Cells of the tables"),
        &[String::new(), say!(lang, "读对", "read right")],
    );
    section.rows.push(vec![say!(lang, "全部", "all"), figures.all.show()]);
    let groups = figures.by_table.iter().chain(&figures.by_form);
    section.rows.extend(groups.map(|(name, f)| vec![name.clone(), f.show()]));
    section.notes.push(say!(
        lang,
        "读错{}格，未读{}格。",
        "{} cells read wrong, {} not read.",
        figures.wrong.len(),
        figures.missing.len()
    ));
    section
}

fn findings(evaluation: &Evaluation, lang: Lang) -> Section {
    let figures = &evaluation.findings;
    let head = match lang {
        Lang::Zh => ["", "应有", "给出", "精确率", "召回率", "F1"],
        Lang::En => ["", "due", "made", "precision", "recall", "F1"],
    };
    let mut section = Section::new(say!(lang, "错误与警告", "Errors and warnings"), &head.map(String::from));
    let all = [(say!(lang, "全部", "all"), figures.all)];
    let groups = figures.by_family.iter().map(|(name, q)| (name.clone(), *q));
    for (name, q) in all.into_iter().chain(groups) {
        let [precision, recall, f1] = quality(q);
        section.rows.push(vec![name, q.due.to_string(), q.said.to_string(), precision, recall, f1]);
    }
    section
}

fn planted(evaluation: &Evaluation, lang: Lang) -> Section {
    let figures = &evaluation.planted;
    let head = match lang {
        Lang::Zh => [
            "类别",
            "查出",
            "目标",
            "错误级",
            "警告级",
            "仅结论",
            "仅提示",
            "词句两可：查出",
            "合计查出",
            "连同提示",
            "误伤",
        ],
        Lang::En => [
            "class",
            "caught",
            "goal",
            "by error",
            "by warning",
            "by verdict",
            "info only",
            "loose words: caught",
            "all",
            "all, infos too",
            "others accused",
        ],
    };
    let mut section = Section::new(say!(lang, "植入的错误", "Planted errors"), &head.map(String::from));
    for (class, c) in &figures.classes {
        let goal = goal(class);
        section.rows.push(vec![
            class.clone(),
            c.firm.show(),
            if goal > 0.0 { format!("{goal}%") } else { "-".to_string() },
            c.errors.to_string(),
            c.warnings.to_string(),
            c.verdicts.to_string(),
            c.infos.to_string(),
            c.loose.show(),
            Figure { count: c.firm.count + c.loose.count, of: c.firm.of + c.loose.of }.show(),
            c.seen().show(),
            c.accused.to_string(),
        ]);
    }
    for (form, figure) in &figures.by_form {
        section.notes.push(say!(lang, "{form}年格式：查出{}。", "Form {form}: {} caught.", figure.show(), form = form));
    }
    section.notes.push(say!(
        lang,
        "共植入{}处，查出{}；未误伤他处的占{}。",
        "{} planted, {} caught; nobody else accused in {}.",
        figures.all.of,
        figures.all.show(),
        figures.clean.show()
    ));
    if figures.unread > 0 {
        section.notes.push(say!(
            lang,
            "结果中没有的{}处未计入。",
            "{} are not in the results and not counted.",
            figures.unread
        ));
    }
    section
}

fn misses(evaluation: &Evaluation, lang: Lang) -> Vec<Section> {
    let mut out = Vec::new();
    let mut list = |title: String, lines: Vec<String>| {
        if !lines.is_empty() {
            let mut section = Section::new(title, &[]);
            section.notes = lines;
            out.push(section);
        }
    };
    let claims = &evaluation.claims;
    let line = |m: &super::Miss| {
        format!("{} “{}” [{}] {} ≠ {}", m.report, m.quote, stage_name(m.stage, lang), m.got, m.expected)
    };
    list(say!(lang, "不同于标注的说法", "Claims that came out otherwise"), claims.misses.iter().map(line).collect());
    let accused = claims.accusations.iter().map(|a| format!("{} “{}” {} {}", a.report, a.quote, a.text, a.subject));
    list(say!(lang, "标注之外的矛盾", "Contradictions that the gold does not have"), accused.collect());
    list(say!(lang, "读错的单元格", "Cells read wrong"), evaluation.cells.wrong.clone());
    list(say!(lang, "未读的单元格", "Cells not read"), evaluation.cells.missing.clone());
    list(say!(lang, "未给出的发现", "Findings not made"), evaluation.findings.missed.clone());
    list(say!(lang, "不应有的发现", "Findings not deserved"), evaluation.findings.unexpected.clone());
    let planted = |m: &super::PlantedMiss| format!("{} {} “{}” {}: {}", m.class, m.report, m.quote, m.change, m.got);
    let mut shown = Vec::new();
    for class in evaluation.planted.classes.keys() {
        let own = evaluation.planted.misses.iter().filter(|m| m.class == *class && m.is_firm);
        shown.extend(own.take(SHOWN).map(planted));
    }
    list(
        say!(lang, "未查出的植入错误（每类至多{SHOWN}处）", "Planted errors not caught (at most {SHOWN} a class)"),
        shown,
    );
    list(
        say!(lang, "因植入错误而受误伤的说法", "Statements accused because of a planted error"),
        evaluation.planted.accusations.iter().map(planted).collect(),
    );
    out
}

fn markdown(section: &Section) -> String {
    let mut out = format!("## {}\n\n", section.title);
    let row = |cells: &[String]| {
        format!("| {} |\n", cells.iter().map(|c| c.replace('|', "\\|")).collect::<Vec<_>>().join(" | "))
    };
    if !section.head.is_empty() {
        out.push_str(&row(&section.head));
        out.push_str(&format!("|{}\n", "---|".repeat(section.head.len())));
        section.rows.iter().for_each(|r| out.push_str(&row(r)));
        if !section.notes.is_empty() {
            out.push('\n');
        }
    }
    for note in &section.notes {
        let _ = writeln!(out, "- {note}");
    }
    out
}

fn text(section: &Section) -> String {
    let mut out = format!("{}\n", section.title);
    let columns = section.head.len();
    let width = |at: usize| {
        let cells = section.rows.iter().chain([&section.head]).filter_map(|r| r.get(at));
        cells.map(|c| columns_of(c)).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    for row in std::iter::once(&section.head).filter(|h| !h.is_empty()).chain(&section.rows) {
        let mut line = String::from(" ");
        for (cell, width) in row.iter().zip(&widths) {
            let _ = write!(line, " {cell}{}", " ".repeat(width - columns_of(cell) + 1));
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    for note in &section.notes {
        let _ = writeln!(out, "  {note}");
    }
    out
}

/// Columns that a text takes on a terminal: Chinese characters take two.
fn columns_of(text: &str) -> usize {
    text.chars().map(|c| if c as u32 >= 0x2e80 { 2 } else { 1 }).sum()
}
