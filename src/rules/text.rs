//! X004, X005, X008, X009, X011: residue of templates, damage and personal data in the prose.

use super::{Context, Draft, Sink, tail};
use crate::dictionary::Mark;
use crate::lang::say;

/// Shorter paragraphs (bytes) may well be said twice.
const SHORTEST_REPEATED: usize = 120;

pub(super) fn check(context: &Context<'_>, sink: &mut Sink) {
    marked(context, sink);
    digits(context, sink);
    repeated(context, sink);
}

/// X004, X008: words of the dictionary. The same word is reported once.
fn marked(context: &Context<'_>, sink: &mut Sink) {
    let lang = context.lang;
    let mut seen: Vec<&str> = Vec::new();
    for found in context.marked {
        let code = match found.mark {
            Mark::Template => "X004",
            Mark::Typo => "X008",
            _ => continue,
        };
        let stated = context.prose(found.range.clone());
        let is_meant = || is_in_title(context, found.range.start) || is_masking(context, &found.range);
        if seen.contains(&stated) || code == "X004" && is_meant() {
            continue;
        }
        seen.push(stated);
        let message = if code == "X004" {
            say!(
                lang,
                "“{stated}”是模板中没有填写的内容。",
                "“{stated}” is a place of the template that was not filled in.",
                stated = stated
            )
        } else {
            say!(lang, "“{stated}”疑为笔误。", "“{stated}” looks like a misprint.", stated = stated)
        };
        let span = context.prose_span(found.range.clone());
        sink.report(code, Draft { message, span, stated: stated.to_string(), ..Draft::default() });
    }
}

/// Inside 《》, where ×× may stand for a name on purpose.
fn is_in_title(context: &Context<'_>, at: usize) -> bool {
    let before = tail(&context.document.prose.text[..at]);
    let line = &before[before.rfind('\n').map_or(0, |i| i + 1)..];
    line.rfind('《') > line.rfind('》') || line.rfind('“') > line.rfind('”')
}

/// Whether × stands for characters of a number that is not shown: 白A×××8.
fn is_masking(context: &Context<'_>, range: &std::ops::Range<usize>) -> bool {
    let text = &context.document.prose.text;
    if !text[range.clone()].starts_with('×') {
        return false;
    }
    let before = text[..range.start].trim_end_matches('×').chars().next_back();
    let after = text[range.start..].trim_start_matches('×').chars().next();
    [before, after].into_iter().flatten().any(|c| c.is_ascii_alphanumeric())
}

/// X005, X011: what the lexer passed over.
fn digits(context: &Context<'_>, sink: &mut Sink) {
    let lang = context.lang;
    let text = &context.document.prose.text;
    let bytes = text.as_bytes();
    for range in &context.lexed.skipped {
        let printed = &bytes[range.clone()];
        if printed.len() >= 5
            && printed.starts_with(b"20")
            && printed.iter().all(u8::is_ascii_digit)
            && printed.len() <= 8
            && text[range.end..].starts_with(['年', '月', '日'])
        {
            let mark = text[range.end..].chars().next().map_or(0, char::len_utf8);
            let stated = &text[range.start..range.end + mark];
            let message = say!(
                lang,
                "“{stated}”中年、月、日有缺失，没有当作数字读取。",
                "“{stated}” has lost 年, 月 or 日; it was not read as a number.",
                stated = stated
            );
            let span = context.prose_span(range.start..range.end + mark);
            sink.report("X005", Draft { message, span, stated: stated.to_string(), ..Draft::default() });
        }
        let is_mobile =
            printed.len() == 11 && printed[0] == b'1' && printed[1] >= b'3' && printed.iter().all(u8::is_ascii_digit);
        if is_mobile {
            personal(context, range.start, sink);
        }
    }
    // An identity card number: 18 digits, or 17 and an X. The lexer refuses it, or takes it for an identifier.
    for quantity in &context.lexed.quantities {
        if quantity.range.len() == 18 && is_identity(&bytes[quantity.range.clone()]) {
            personal(context, quantity.range.start, sink);
        }
    }
    for range in &context.lexed.skipped {
        if range.len() == 18 && is_identity(&bytes[range.clone()]) {
            personal(context, range.start, sink);
        }
    }
}

fn is_identity(printed: &[u8]) -> bool {
    let (head, last) = printed.split_at(17);
    let is_year = head[6..].starts_with(b"19") || head[6..].starts_with(b"20");
    is_year && head.iter().all(u8::is_ascii_digit) && matches!(last, [b'0'..=b'9' | b'X' | b'x'])
}

/// The finding covers and repeats only the first digits.
fn personal(context: &Context<'_>, at: usize, sink: &mut Sink) {
    let range = at..at + 3;
    let stated = format!("{}…", context.prose(range.clone()));
    let message = say!(
        context.lang,
        "正文中有疑似个人的手机号码或身份证号码（此处隐去）。",
        "The text holds what looks like a private mobile or identity number (masked here)."
    );
    sink.report("X011", Draft { message, span: context.prose_span(range), stated, ..Draft::default() });
}

/// X009: two long paragraphs with the same words.
fn repeated(context: &Context<'_>, sink: &mut Sink) {
    let paragraphs = &context.document.prose.paragraphs;
    let text = |i: usize| context.prose(paragraphs[i].range.clone());
    // A header that a page break repeats.
    let is_header = |i: usize| context.words.form_notes.stand_in(text(i));
    // The border of a drawn table is no paragraph.
    let has_words = |i: usize| text(i).contains(char::is_alphabetic);
    let lengths = paragraphs.iter().map(|p| p.range.len()).enumerate();
    let mut long: Vec<(usize, usize)> =
        lengths.filter(|(i, len)| *len >= SHORTEST_REPEATED && has_words(*i)).map(|(i, len)| (len, i)).collect();
    long.sort_unstable();
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    // Only texts of one length are compared, and hardly any two are.
    for alike in long.chunk_by_mut(|a, b| a.0 == b.0).filter(|alike| alike.len() > 1) {
        alike.sort_unstable_by(|(_, a), (_, b)| text(*a).cmp(text(*b)).then(a.cmp(b)));
        pairs.extend(
            alike.windows(2).map(|pair| (pair[0].1, pair[1].1)).filter(|(a, b)| text(*a) == text(*b) && !is_header(*a)),
        );
    }
    // A page that prints its text twice has one fault, not as many as it has paragraphs.
    let Some((first, second)) = pairs.iter().copied().min_by_key(|(_, second)| *second) else { return };
    let opening: String = text(first).chars().take(20).collect();
    let count = pairs.len();
    let message = say!(
        context.lang,
        "有{count}段长文字与前面的一段完全相同，首个是“{opening}……”。",
        "{count} long paragraphs are the same as one before them, “{opening}…” first.",
        count = count,
        opening = opening
    );
    let span = context.prose_span(paragraphs[second].range.clone());
    let related = vec![(context.prose_span(paragraphs[first].range.clone()), opening)];
    // The quote is the whole paragraph; `stated` would be a part of it.
    sink.report("X009", Draft { message, span, related, ..Draft::default() });
}
