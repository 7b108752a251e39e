//! Which words belong to a number.

use std::borrow::Cow;
use std::ops::Range;

use super::grammar::Symbols;
use super::tokens::Token;
use crate::dictionary::symbol;

/// The words that a number is read with: tokens, one of which is the number.
#[derive(Clone)]
pub(super) struct Window<'t> {
    pub(super) tokens: Cow<'t, [Token]>,
    pub(super) this: usize,
}

impl Window<'_> {
    pub(super) fn symbols(&self) -> String {
        let mut symbols = String::with_capacity(self.tokens.len() * symbol::SELF.len_utf8());
        let symbol = |(i, t): (usize, &Token)| if i == self.this { symbol::SELF } else { t.symbol };
        symbols.extend(self.tokens.iter().enumerate().map(symbol));
        symbols
    }
}

/// What parts the words between two numbers: a mark, or 和 right before the second (6件行政复议和4件行政诉讼).
fn border(tokens: &[Token], between: Range<usize>, symbols: &Symbols) -> Option<usize> {
    let (first, end) = (between.start + 1, between.end);
    let mark = (first..end).find(|i| tokens[*i].symbol == symbol::SEPARATOR);
    let joins = |i: &usize| tokens[*i].symbol == symbols.and && *i > first && tokens.get(end).is_some();
    mark.or_else(|| (first..end).rev().find(|i| tokens[*i].symbol != symbols.fill).filter(joins))
}

/// What belongs to the number at `at`: from after the number before, to before the next one's words.
pub(super) fn window<'t>(tokens: &'t [Token], at: usize, symbols: &Symbols, text: &str) -> Window<'t> {
    let previous = tokens[..at].iter().rposition(|t| t.number.is_some());
    let start = match previous {
        None => 0,
        Some(p) => border(tokens, p..at, symbols).map_or(p + 1, |s| s + 1),
    };
    let next = tokens[at + 1..].iter().position(|t| t.number.is_some()).map(|n| at + 1 + n);
    let separator = border(tokens, at..next.unwrap_or(tokens.len()), symbols);
    // Words between two numbers without a mark between them are the second one's.
    // 由3件降为1件: the first is the number before.
    let falls =
        tokens.get(at + 1).is_some_and(|t| text[t.range.clone()].ends_with(['为', '至', '到']) && t.range.len() == 6);
    let end = match next {
        Some(_) => separator.unwrap_or(at + 1 + usize::from(falls)),
        // 其余15件为无法提供、不予公开: of all that follows.
        None => tokens.len(),
    };
    let own = &tokens[start..end];
    if let Some(result) = next.and_then(|next| shared_result(&tokens[at + 1..end], &tokens[next + 1..], symbols)) {
        return Window { tokens: Cow::Owned([own, result].concat()), this: at - start };
    }
    match previous.and_then(|previous| shared_verb(tokens, previous, start..at, symbols)) {
        Some(verb) => Window { tokens: Cow::Owned([verb, own].concat()), this: verb.len() + at - start },
        None => Window { tokens: Cow::Borrowed(own), this: at - start },
    }
}

/// 140件行政复议、49件行政诉讼获维持: what became of the disputes of the next number and of this one.
fn shared_result<'t>(own: &[Token], next: &'t [Token], symbols: &Symbols) -> Option<&'t [Token]> {
    let is_dispute = |t: &Token| symbols.ways_to_dispute.contains(&t.symbol);
    if !own.iter().all(|t| is_dispute(t) || t.symbol == symbols.fill) || !own.iter().any(is_dispute) {
        return None;
    }
    let end = next.iter().position(|t| t.number.is_some() || t.symbol == symbol::SEPARATOR).unwrap_or(next.len());
    let noun = next[..end].iter().position(is_dispute)?;
    let result = &next[noun + 1..end];
    result.iter().any(|t| symbols.kinds_of_disputes.contains(&t.symbol)).then_some(result)
}

/// 废止规章1件、规范性文件2件: what is done to the documents of the number before, where those of this one have no verb.
fn shared_verb<'t>(tokens: &'t [Token], previous: usize, own: Range<usize>, symbols: &Symbols) -> Option<&'t [Token]> {
    let is_document = |t: &Token| symbols.documents.contains(&t.symbol);
    let is_bare = |t: &Token| is_document(t) || [symbols.fill, symbols.and].contains(&t.symbol);
    let own = &tokens[own];
    if !own.iter().all(is_bare) || !own.iter().any(is_document) {
        return None;
    }
    let begins = |t: &Token| t.number.is_some() || t.symbol == symbol::SEPARATOR;
    let from = tokens[..previous].iter().rposition(begins).map_or(0, |at| at + 1);
    let first = &tokens[from..previous];
    let noun = first.iter().position(is_document)?;
    let is_verb =
        |t: &Token| [symbols.repeal, symbols.in_force].contains(&t.symbol) || symbols.document_work.contains(&t.symbol);
    let verb = first[..noun].iter().position(is_verb)?;
    Some(&first[verb..noun])
}

pub(super) enum Pairs<'t> {
    /// No list of labels before a list of numbers.
    None,
    /// Each number token with its window.
    Matched(Vec<(usize, Window<'t>)>),
    /// Labels and numbers do not go together.
    Uneven,
}

/// Whether a token is a number of a list, or stands between two.
fn is_item(token: &Token, symbols: &Symbols) -> bool {
    token.number.is_some() || [symbol::SEPARATOR, symbols.and, symbols.fill].contains(&token.symbol)
}

/// 予以公开、部分公开、不予公开分别为3、2、1件; 网络、信函各2件; 行政复议、行政诉讼均为0件.
pub(super) fn pair<'t>(tokens: &'t [Token], symbols: &Symbols, text: &str) -> Pairs<'t> {
    let Some(first) = tokens.iter().position(|t| t.number.is_some()) else { return Pairs::None };
    let word = |i: usize| &text[tokens[i].range.clone()];
    let respectively = (0..first).rfind(|i| word(*i).starts_with("分别"));
    let each = first.checked_sub(1).filter(|i| tokens[*i].symbol == symbols.each);
    let all_are = (0..first).rfind(|i| {
        tokens[*i].symbol == symbols.all && (*i + 1 == first || word(first - 1) == "为" || word(*i).ends_with('为'))
    });
    let labels_before = |end: usize| -> Vec<Vec<Token>> {
        tokens[..end]
            .split(|t| t.symbol == symbol::SEPARATOR || t.symbol == symbols.and)
            .map(<[Token]>::to_vec)
            .filter(|l| !l.is_empty())
            .collect()
    };
    let with_number = |label: &[Token], number: usize| {
        let mut window = label.to_vec();
        window.push(tokens[number].clone());
        Window { this: window.len() - 1, tokens: Cow::Owned(window) }
    };
    if let Some(at) = respectively {
        let numbers: Vec<usize> = (0..tokens.len()).filter(|i| tokens[*i].number.is_some()).collect();
        let is_plain =
            (first..tokens.len().min(numbers.last().map_or(first, |n| n + 1))).all(|i| is_item(&tokens[i], symbols));
        if !is_plain || numbers.len() < 2 {
            return Pairs::None;
        }
        let labels = labels_before(at);
        if labels.len() != numbers.len() {
            return if labels.len() > 1 { Pairs::Uneven } else { Pairs::None };
        }
        return Pairs::Matched(numbers.iter().zip(&labels).map(|(n, l)| (*n, with_number(l, *n))).collect());
    }
    // 行政复议、行政诉讼各5件、3件: one for each.
    if let Some(each) = each {
        let numbers: Vec<usize> = (first..tokens.len()).filter(|i| tokens[*i].number.is_some()).collect();
        let labels = labels_before(each);
        let is_plain = numbers.last().is_some_and(|last| (first..*last).all(|i| is_item(&tokens[i], symbols)));
        if is_plain && numbers.len() > 1 && labels.len() > 1 {
            return if labels.len() == numbers.len() {
                Pairs::Matched(numbers.iter().zip(&labels).map(|(n, l)| (*n, with_number(l, *n))).collect())
            } else {
                Pairs::Uneven
            };
        }
    }
    for end in [each, all_are].into_iter().flatten() {
        let labels = labels_before(end);
        if labels.len() >= 2 {
            return Pairs::Matched(labels.iter().map(|l| (first, with_number(l, first))).collect());
        }
    }
    Pairs::None
}
