//! What must hold of every input: a span quotes what it points to, and nothing panics.

#![allow(clippy::print_stdout, reason = "tests say what they measured")]

mod common;

use common::{audit_file, audit_text, engine, real_reports, root};
use gouji::audit::View;
use gouji::form::Number;
use gouji::quantities::lex;
use gouji::source::{Format, Source, Span};
use proptest::prelude::*;

/// Without tags, entities and white space: what a reader sees of a piece of markup.
fn visible(text: &str) -> String {
    let source = Source::new(text.to_string(), Format::Html);
    source.page().text.chars().filter(|c| !c.is_whitespace() && *c != '\u{200b}').collect()
}

fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{200b}').collect()
}

fn quotes(view: &View<'_>, span: Span, text: &str) -> bool {
    let quote = view.source.quote(span);
    let seen = if view.source.format == Format::Html { visible(quote) } else { plain(quote) };
    seen == plain(text)
}

fn every_span_quotes(view: &View<'_>, name: &str) {
    let prose = &view.document.prose;
    for claim in &view.claims.list {
        let span = prose.span(view.source, view.page, claim.range.clone());
        let text = &prose.text[claim.range.clone()];
        // A page number may stand inside a sentence; it is not part of a number or of words.
        assert!(quotes(view, span, text) || text.len() > 60, "{name}: {text} is quoted as {}", view.source.quote(span));
    }
    for quantity in &view.lexed.quantities {
        let span = prose.span(view.source, view.page, quantity.range.clone());
        assert!(quotes(view, span, &prose.text[quantity.range.clone()]), "{name}: {}", view.source.quote(span));
    }
    for cell in view.tables.cells() {
        if let Some(span) = cell.span {
            assert!(
                quotes(view, span, view.tables.raw(cell)),
                "{name} {}: {} is quoted as {}",
                cell.id,
                view.tables.raw(cell),
                view.source.quote(span)
            );
        }
    }
    for finding in view.findings {
        assert!(
            finding.span.start <= finding.span.end && finding.span.end <= view.source.characters(),
            "{name} {}",
            finding.code
        );
        if !finding.stated.is_empty() && finding.code.starts_with(['C', 'P', 'X']) {
            assert!(quotes(view, finding.span, &finding.stated), "{name} {}: {}", finding.code, finding.stated);
        }
    }
}

#[test]
fn every_span_of_every_report_quotes_what_it_points_to() {
    let folders = [Some(root().join("corpus/reports")), real_reports()];
    let mut reports = 0;
    for folder in folders.into_iter().flatten() {
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.extension().is_some_and(|e| e == "txt" || e == "md" || e == "html") {
                audit_file(&path, |view| every_span_quotes(view, &path.display().to_string()));
                reports += 1;
            }
        }
    }
    assert!(reports >= 18, "{reports}");
}

#[test]
fn no_number_is_a_claim_twice_in_the_same_reading() {
    for entry in std::fs::read_dir(root().join("corpus/reports")).expect("a folder") {
        audit_file(&entry.expect("an entry").path(), |view| {
            let mut seen = std::collections::BTreeSet::new();
            for claim in &view.claims.list {
                assert!(
                    seen.insert((claim.range.start, claim.range.end, format!("{:?}", claim.readings))),
                    "{:?}",
                    claim.range
                );
            }
        });
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn digits_survive(n in 0_i64..1_000_000_000_000) {
        prop_assert_eq!(Number::parse(&n.to_string(), 0), Some(Number::whole(n)));
        prop_assert_eq!(Number::whole(n).to_string(), n.to_string());
    }

    #[test]
    fn a_count_is_read_in_every_writing(n in 1_i64..9_999_999) {
        let plain = n.to_string();
        let wide: String = plain.chars().map(|c| char::from_u32(c as u32 + 0xfee0).unwrap_or(c)).collect();
        let mut grouped = String::new();
        for (i, c) in plain.chars().enumerate() {
            if i > 0 && (plain.len() - i) % 3 == 0 {
                grouped.push(',');
            }
            grouped.push(c);
        }
        for written in [plain, wide, grouped] {
            let text = format!("共收到申请{written}件。");
            let found = lex(&text, &engine().dictionary.numbers, &[]);
            prop_assert_eq!(found.quantities.len(), 1, "{}", text);
            prop_assert_eq!(found.quantities[0].value, Number::whole(n), "{}", text);
            prop_assert_eq!(&text[found.quantities[0].range.clone()], written);
        }
    }

    #[test]
    fn a_share_stands_for_its_rounding(whole in 0_u32..100, part in 0_u32..100) {
        let text = format!("占{whole}.{part:02}%");
        let found = lex(&text, &engine().dictionary.numbers, &[]);
        prop_assert_eq!(found.quantities.len(), 1);
        let q = &found.quantities[0];
        prop_assert!(q.interval.contains(q.value));
        prop_assert!(!q.interval.contains(q.value + q.step));
    }

    #[test]
    fn any_text_is_audited_without_panic(text in "[0-9０-９一二两三十百千万亿零〇件条份宗%％，。、；：（）()《》“”|\\-\\+ \\n共收到申请办结公开予以不部分无法提供占其中含分别为均未年月日第号约近余年报告政府信息工作一总体情况二三四]{0,200}") {
        audit_text(&format!("某县2022年政府信息公开工作年度报告\n{text}"), |view| every_span_quotes(view, &text));
    }

    #[test]
    fn any_markup_is_audited_without_panic(text in "(<(table|tr|td|p|div|/td|/tr|/table|br|span|/span|b|!--|title|script)( colspan=\"2\")?>|&nbsp;|&#65;|&amp|行政复议|规章|申请|[0-9]{1,3}件|，|。|一、总体情况|三、收到和处理政府信息公开申请情况){0,40}") {
        audit_text(&format!("<html><body>某县2022年政府信息公开工作年度报告{text}"), |view| every_span_quotes(view, &text));
    }
}

/// 100余万次 was once read as one hundred and some.
#[test]
fn a_scale_behind_the_blurring_word_counts() {
    let lexed = |text: &str| lex(text, &engine().dictionary.numbers, &[]).quantities;
    for (text, low, high) in [
        ("全年访问100余万次", 1_000_000, 2_000_000),
        ("全年访问120多万人次", 1_200_000, 1_300_000),
        ("全年访问三十余万次", 300_000, 400_000),
        ("全年投入10余万元", 100_000, 200_000),
        ("全年访问100余次", 100, 200),
    ] {
        let found = lexed(text);
        assert_eq!(found.len(), 1, "{text}");
        let interval = found[0].interval;
        assert_eq!((interval.low, interval.high), (Number::whole(low), Some(Number::whole(high))), "{text}");
        assert_eq!(&text[found[0].whole.clone()], &text[text.find(['1', '三']).unwrap()..], "{text}");
    }
}

/// X009 once gave the opening of the paragraph as what its quote says.
#[test]
fn a_repeated_paragraph_is_quoted_whole() {
    let text = "全年各单位认真落实公开要求，持续完善制度，规范办理流程，强化培训指导，提升服务水平，回应社会关切，工作取得新的成效，群众满意度进一步提高。";
    let page =
        format!("<p>某县2022年政府信息公开工作年度报告</p><p>一、总体情况</p><p>&#65;{text}</p><p>&#65;{text}</p>");
    audit_text(&format!("<html><body>{page}"), |view| {
        assert!(view.findings.iter().any(|f| f.code == "X009"));
        every_span_quotes(view, "repeated");
    });
}

/// A page number between the digits of a number and what goes on with it was once taken out of the middle of the number.
#[test]
fn a_number_is_not_read_across_a_page_number() {
    for (text, wrong) in [
        ("提0\n0\n万", "0万"),
        ("情况情况情况情况情况情况情况申两\n2\n千宗", "两千"),
        ("全年共收到政府信息公开申请总数1\n3\n2件，均已办结。", "12"),
    ] {
        audit_text(&format!("某县2022年政府信息公开工作年度报告\n{text}"), |view| {
            every_span_quotes(view, text);
            let said: Vec<&str> =
                view.lexed.quantities.iter().map(|q| &view.document.prose.text[q.range.clone()]).collect();
            assert!(!said.contains(&wrong), "{said:?}");
        });
    }
    let text = "某县2022年政府信息公开工作年度报告\n全年共收到政府信息公开申请总数12\n- 3 -\n件，均已办结。";
    audit_text(text, |view| assert!(view.document.prose.text.contains("总数12件"), "{}", view.document.prose.text));
}

/// `-0` over the border of a cell was once taken for one number.
#[test]
fn a_sign_in_one_cell_is_not_the_sign_of_a_number_in_another() {
    for text in ["宗 到四情-“政体信千近0。条-|\n0提", "申请-|\n0件", "公开-|0件", "申请0\n0\n万件"]
    {
        audit_text(&format!("某县2022年政府信息公开工作年度报告\n{text}"), |view| {
            every_span_quotes(view, text)
        });
    }
}

/// A sentence without marks is cut at a length; a number or a year that stands there is read whole.
#[test]
fn a_number_is_not_cut_with_a_sentence_that_never_ends() {
    for fill in ["共", "啊"] {
        for before in 1985..=2001 {
            let told = format!("{}2022年度收到12,345件，{}。", fill.repeat(before), fill.repeat(40));
            audit_text(&told, |view| {
                let read: Vec<&str> =
                    view.lexed.quantities.iter().map(|q| &view.document.prose.text[q.range.clone()]).collect();
                assert_eq!(read, ["12,345"], "{before} {fill}");
                assert_eq!(view.claims.list.len(), 1, "{before} {fill}");
            });
        }
    }
}
