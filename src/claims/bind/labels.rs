//! What stands before numbers and says whose they are or what they count: in a heading, in a line or a sentence of its own,
//! before a colon, or in the clause before.

use std::ops::Range;

use super::Reader;
use crate::claims::clauses::{Clause, Sentence};
use crate::claims::scope::{Said, Spoken};
use crate::claims::tokens::Token;
use crate::dictionary::{UnitClass, says, symbol};

/// A longer line (characters) is no name of what follows it.
const LONGEST_LINE: usize = 40;

/// A longer sentence (characters) is none.
const LONGEST_SENTENCE: usize = 24;

impl Reader<'_> {
    /// 市政府办公室：收到申请120件; 就市政府办公室而言，收到申请120件: whose numbers follow a clause without any.
    pub(super) fn label(&self, clause: &Clause, after: Option<&Clause>) -> Said {
        let openers = &self.dictionary.patterns.claim_words.label_openers;
        let opens_label = || openers.begin(self.prose.text[clause.range.clone()].trim_start());
        if clause.quantities.is_empty() && (after.is_some_and(|a| a.opened_by == Some('：')) || opens_label()) {
            self.named_in(clause.range.clone(), LONGEST_LINE)
        } else {
            Said::Nothing
        }
    }

    /// 其中市政府办公室120件: whose number a clause gives that says nothing else.
    pub(super) fn part_named_in(&self, clause: &Clause) -> Spoken {
        let is_case = |q: usize| self.lexed.quantities[q].class == UnitClass::Case;
        if clause.says & says::AMONG == 0 || clause.quantities.len() != 1 || !clause.quantities.clone().all(is_case) {
            return Spoken::default();
        }
        self.said_by(&self.tokenizer.clause(clause))
    }

    /// What the heading or the line above a paragraph says of whose numbers stand in it.
    pub(super) fn named_in_line(&self, line: Range<usize>) -> Said {
        self.named_in(line, LONGEST_LINE)
    }

    /// The heading or the line above a paragraph, in its section.
    pub(super) fn line_above(&self, paragraph: usize) -> Option<Range<usize>> {
        let own = &self.prose.paragraphs[paragraph];
        let above = paragraph.checked_sub(1).map(|at| &self.prose.paragraphs[at])?;
        let ends = self.prose.text[above.range.clone()].ends_with(['。', '；']);
        let line = if ends { self.prose.heading_above(paragraph) } else { Some(above) };
        line.filter(|line| line.section == own.section).map(|line| line.range.clone())
    }

    /// 2.市政府本级。收到申请120件: what a sentence without numbers says of whose those behind it are.
    pub(super) fn named_in_sentence(&self, told: Range<usize>) -> Said {
        self.named_in(told, LONGEST_SENTENCE)
    }

    /// The sentence without numbers before one, empty if there is none.
    pub(super) fn told_before(&self, from: usize, sentence: &Sentence) -> Range<usize> {
        let told = self.prose.text[from..sentence.range.start].trim_end_matches(['。', ' ', '\n']);
        let start = told
            .rfind(['。', '！', '？', '\n'])
            .map_or(0, |at| at + told[at..].chars().next().map_or(0, char::len_utf8));
        from + start..from + told.len()
    }

    /// Whether a paragraph goes on with what the one before it was about to tell: …具体情况如下：.
    pub(super) fn is_announced(&self, paragraph: usize) -> bool {
        let above = paragraph.checked_sub(1).map(|at| &self.prose.paragraphs[at].range);
        above.is_some_and(|range| self.prose.text[range.clone()].trim_end().ends_with(['：', ':']))
    }

    /// The body that a short text names before all else, and of whose work it is the title.
    fn named_in(&self, range: Range<usize>, longest: usize) -> Said {
        let text = &self.prose.text[range.clone()];
        // 各县（市、区）
        let bracket = if text.ends_with(['）', ')']) { text.rfind(['（', '(']) } else { None };
        let range = range.start..bracket.map_or(range.end, |at| range.start + at);
        let text = &self.prose.text[range.clone()];
        if text.is_empty() || text.chars().nth(longest).is_some() {
            return Said::Nothing;
        }
        let words = &self.dictionary.patterns.claim_words;
        let (ends, openers) = (&words.label_ends, &words.label_openers);
        let title = after_list_mark(text);
        let title = openers.iter().find_map(|w| title.strip_prefix(w.as_str())).unwrap_or(title);
        let start = range.end - title.len();
        let tokens = self.tokenizer.clause(&Clause::of_text(start..range.end, 0, self.marks));
        let is_title = ends.end(text.trim_end_matches(['：', ':']))
            || tokens.last().is_some_and(|t| self.scopes.is_of_a_body(t.symbol) || t.symbol == symbol::PAREN);
        let opens = tokens
            .iter()
            .find(|t| !self.is_list_mark(t))
            .is_some_and(|t| self.scopes.is_of_a_body(t.symbol) || t.symbol == symbol::UNKNOWN);
        if is_title && opens { self.named(&tokens) } else { Said::Nothing }
    }

    /// Whose the numbers behind a name are. 县政府信息公开申请 names no government: it is 政府信息公开 of the county.
    fn named(&self, tokens: &[Token]) -> Said {
        let is_of_information = |at: usize| {
            let next = tokens.get(at + 1).filter(|next| next.range.start == tokens[at].range.end);
            next.is_some_and(|next| self.prose.text[next.range.clone()].starts_with("信息公开"))
        };
        let kept: Vec<Token> =
            tokens.iter().enumerate().filter(|(at, _)| !is_of_information(*at)).map(|(_, t)| t.clone()).collect();
        self.said_by(&kept).whose
    }

    /// A clause whose number has no words of its own is read with the clause before: 全年收到申请，共12件;
    /// 属于行政执法案卷（17件）.
    pub(super) fn head_clause<'c>(
        &self,
        clause: &Clause,
        before: Option<&'c Clause>,
        has_trigger: bool,
    ) -> Option<&'c Clause> {
        let first = clause.quantities.clone().next()?;
        if clause.quantities.len() != 1 {
            return None;
        }
        let label = before.filter(|b| clause.opened_by == Some('：') && self.is_label(b));
        if has_trigger || label.is_some() {
            return label;
        }
        let text = &self.prose.text;
        let whole = &self.lexed.quantities[first].whole;
        let lead = &text[clause.range.start..whole.start];
        let is_bare = lead.chars().all(|c| "共计合总为有达数量是约".contains(c))
            && text.get(whole.end..clause.range.end).is_some_and(|rest| rest.trim().is_empty());
        let before = before.filter(|b| {
            is_bare && (b.depth == clause.depth || b.depth + 1 == clause.depth && clause.opened_by == Some('（'))
        })?;
        before.has_trigger().then_some(before)
    }

    /// 1. or ●
    fn is_list_mark(&self, token: &Token) -> bool {
        !self.prose.text[token.range.clone()].contains(char::is_alphabetic)
    }

    /// 行政复议：全年受理6件; 行政许可：共处理300件: whether a clause only names what the numbers behind its colon are of.
    fn is_label(&self, clause: &Clause) -> bool {
        let tokens = self.tokenizer.clause(clause);
        let symbols = self.symbols;
        let named = |t: &Token| symbols.ways_to_dispute.contains(&t.symbol) || symbols.decisions.contains(&t.symbol);
        let is_bare = |t: &Token| named(t) || [symbols.fill, symbol::PAREN].contains(&t.symbol) || self.is_list_mark(t);
        tokens.iter().filter(|t| named(t)).count() == 1 && tokens.iter().all(is_bare)
    }
}

/// A heading without （二）, 二、 or 2. before it.
pub(super) fn after_list_mark(text: &str) -> &str {
    let is_numeral = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let bare = text.trim_start_matches(['（', '(']);
    let rest = bare.trim_start_matches(is_numeral);
    let after = rest.strip_prefix(['）', ')', '、', '.', '．']);
    after.filter(|_| rest.len() < bare.len()).map_or(text, str::trim_start)
}
