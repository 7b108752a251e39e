//! Numbers to what they are about: the patterns of `dictionaries/claims.toml` over the words of each clause.

mod applicants;
mod belonging;
mod changed;
mod handled;
mod in_words;
mod joined;
mod labels;
mod leads;
mod number;
mod periods;
mod restricted;
mod sharing;
mod standing;
mod wholes;

use std::ops::Range;

use self::leads::Label;
use self::number::Place;
use self::wholes::At;
use super::clauses::{Clause, Sentence, split};
use super::context::{Context, Marks, Sureness};
use super::grammar::{Grammar, Symbols};
use super::lists::{self, List};
use super::names::OwnNames;
use super::scope::{Said, ScopeWords, Spoken, is_of_own_level};
use super::shares::ShareWords;
use super::tokens::{Token, Tokenizer};
use super::windows::{Pairs, Window, pair, window};
use super::{Claim, Claims, Scope, ScopeKind};
use crate::dictionary::{ClaimKind, Dictionary, Mismatch, Objects, Pattern, Reading, Telling, UnitClass, says, symbol};
use crate::document::{Document, Organ, Prose};
use crate::form::{Formula, Generation};
use crate::quantities::{Lexed, Quantity};

/// About as many claims in words as a report has.
const CLAIMS_IN_WORDS: usize = 8;

/// About as many tokens as there are for each number.
const TOKENS: usize = 6;

/// Bytes of a class symbol in UTF-8.
const SYMBOL_LEN: usize = 3;

/// Reads the claims of a document, in whose prose some words tell what to read. `is_bare` for a text that is no
/// report: its sentences are taken to be about what the patterns need.
#[must_use]
pub fn read(
    document: &Document,
    lexed: &Lexed,
    telling: &[Telling],
    grammar: &Grammar<'_>,
    form: Generation,
    is_bare: bool,
) -> Claims {
    let prose = &document.prose;
    let dictionary = grammar.dictionary;
    let tokenizer = Tokenizer {
        grammar: grammar.id,
        text: &prose.text,
        lexicon: &dictionary.lexicon,
        words: &dictionary.patterns.claim_words,
        segmenter: &grammar.segmenter,
        persons: grammar.persons,
        symbols: &grammar.symbols,
        lexed,
        year: document.year,
        names: OwnNames::new(&document.organ, &dictionary.patterns.claim_words),
        name_symbols: &grammar.names,
    };
    let marks = Marks(telling);
    let sentences = split(prose, lexed, marks, &dictionary.patterns.claim_words);
    let mut reader = Reader {
        prose,
        lexed,
        dictionary,
        organ: &document.organ,
        is_of_own_level: is_of_own_level(&document.organ, &prose.text, &dictionary.patterns.claim_words),
        form,
        is_bare,
        tokenizer,
        grammar: grammar.id,
        scopes: &grammar.scopes,
        shares: &grammar.shares,
        symbols: &grammar.symbols,
        marks,
        told: Told::default(),
        part: Part::default(),
        year_is_open: false,
        governing: Vec::new(),
        carried: Carried::default(),
        out: Claims::default(),
    };
    reader.out.list.reserve(lexed.quantities.len() + CLAIMS_IN_WORDS);
    reader.out.tokens.reserve(lexed.quantities.len() * TOKENS);
    for (index, sentence) in sentences.iter().enumerate() {
        reader.sentence(index, sentence);
    }
    reader.lists_behind_full_stops(&sentences);
    reader.out.sentences = sentences;
    if form.is_older() {
        super::older::bind(
            (prose, &dictionary.patterns.claim_words),
            lexed,
            &dictionary.older,
            (form, document.year),
            &mut reader.out,
        );
    }
    reader.out
}

struct Reader<'a> {
    prose: &'a Prose,
    lexed: &'a Lexed,
    dictionary: &'a Dictionary,
    organ: &'a Organ,
    /// It says that it is on the own level alone.
    is_of_own_level: bool,
    form: Generation,
    is_bare: bool,
    tokenizer: Tokenizer<'a>,
    /// The grammar's number, for what is remembered.
    grammar: u32,
    scopes: &'a ScopeWords,
    shares: &'a ShareWords,
    symbols: &'a Symbols,
    /// Words that tell what the prose is about.
    marks: Marks<'a>,
    /// What the sentence told so far.
    told: Told,
    /// What its part since the last semicolon told so far.
    part: Part,
    /// The sentence before was on another year, and this one names none yet.
    year_is_open: bool,
    /// The scope that holds at each depth of brackets of this sentence.
    governing: Vec<Spoken>,
    /// What the sentences of this paragraph said of the scope so far.
    carried: Carried,
    out: Claims,
}

/// What a sentence told so far.
#[derive(Debug, Default)]
struct Told {
    /// A claim in words was about a part of the body.
    is_of_a_part: bool,
    /// What is counted is of the applications of some sort that the sentence before spoke of.
    is_of_some_before: bool,
    /// Applications of all sorts were counted.
    has_counted_all: bool,
    /// It speaks of disputes beside those over disclosure: 其他行政复议案件5件; 另有行政复议7件.
    is_of_other_disputes: bool,
    /// It tells of work for a body that it names, of which nothing is said any more behind it: 配合市政府办协查6件.
    works_for_a_body: bool,
    /// 累计 stands before its numbers, and no word names the year: 累计收到申请512件、办结508件.
    is_so_far: bool,
    /// The year that a bracket behind a number names; what follows it is of that year too: 收到49件（2021年），办结48件.
    year_in_bracket: Option<Scope>,
}

/// What a part of a sentence between semicolons told so far.
#[derive(Debug, Default)]
struct Part {
    /// A number of disputes was one of some of them: 因程序问题引发的.
    is_of_some_disputes: bool,
    /// The same of applications: 涉及征地的政府信息公开申请96件，予以公开37件.
    is_of_some_requests: bool,
    /// …because words say so, and not only because words are there that nobody knows.
    is_said_of_some: bool,
    /// What is counted is done for another body, or others' too: 受市政府委托，.
    is_of_other_bodies: bool,
    /// What stands before its numbers leaves them to be of some only: 在学区划分方面，.
    is_led: bool,
}

/// What holds over the end of a sentence, within its paragraph.
#[derive(Debug, Default)]
struct Carried {
    paragraph: Option<usize>,
    /// The scope at the end of the sentence before.
    ended: Spoken,
    /// Whose applications were counted last, and which period's: outcomes are theirs.
    counted: Spoken,
    /// Whose disputes.
    disputed: Spoken,
    /// Whose numbers the paragraph tells, by its heading or a line before it.
    label: Said,
    /// Up to where its sentences were read.
    read_to: usize,
    /// The sentence before was on some applications at its end,
    is_of_some: bool,
    /// and it had counted all of them before.
    has_counted_all: bool,
    /// What the line or the short sentence before its numbers says of them.
    above: Label,
    /// The sentence before was on another year at its end, or on other years.
    is_of_another_year: bool,
    /// It named one year.
    named_a_year: bool,
}

/// The scopes of a clause, where not the report's own.
#[derive(Debug, Clone, Copy)]
struct Scopes<'s> {
    /// What the sentence says.
    own: Option<&'s Scope>,
    /// The same, else that of the applications counted last.
    of_counted: Option<&'s Scope>,
    /// The same, else that of the disputes counted last.
    of_disputed: Option<&'s Scope>,
    /// Whether the sentence says that the numbers are those of the report's year.
    is_of_the_year: bool,
}

/// A pattern that holds of a number, with the tokens it matched.
struct Match<'p> {
    pattern: &'p Pattern,
    /// Tokens of the window.
    tokens: Range<usize>,
    /// Whether the place is surely about the pattern's topic.
    sureness: Sureness,
}

impl<'a> Reader<'a> {
    fn sentence(&mut self, index: usize, sentence: &Sentence) {
        (self.told, self.part) = (Told::default(), Part::default());
        let first = self.out.list.len();
        // The scope that holds at each depth of brackets.
        let mut governing = std::mem::take(&mut self.governing);
        governing.clear();
        governing.push(self.carried_into(sentence));
        self.told.is_of_some_before = self.goes_on_with_some(sentence);
        // The clause before, if it has no numbers: it may hold the words of the next one.
        let mut lead: Option<&Clause> = None;
        // Whether the first period that the sentence names is the report's.
        let mut first_period: Option<bool> = None;
        let may_be_bound = sentence.clauses.iter().any(|clause| clause.has_trigger() || clause.has_denial());
        for (at, clause) in sentence.clauses.iter().enumerate() {
            let depth = usize::from(clause.depth) + 1;
            if governing.len() != depth {
                let inherited = governing.last().cloned().unwrap_or_default();
                governing.resize(depth, inherited);
            }
            let after = sentence.clauses.get(at + 1);
            if clause.opened_by == Some('；') {
                self.part = Part::default();
                // 2023年收到申请500件，2022年为400件；行政复议31件: of the report's year again.
                if let Some(held) = governing.first_mut().filter(|_| first_period == Some(true)) {
                    held.when = Said::Own;
                }
            }
            if clause.opened_by == Some('（')
                && let Some(inside) = governing.last_mut()
            {
                self.year_before_bracket(clause).into_iter().for_each(|when| inside.when = when);
            }
            self.part.is_of_other_bodies |= self.brings_other_bodies(clause);
            if may_be_bound {
                let (is_led, is_for_a_body) = self.lead(clause, after);
                self.part.is_of_other_bodies |= is_for_a_body;
                self.part.is_led |=
                    is_led || self.carried.above.is_of_some || self.is_said_of_some_behind(clause, after);
            }
            if clause.says & says::NAMED_DISCLOSURE != 0 {
                self.told.is_of_other_disputes = false;
            }
            let previous = at.checked_sub(1).map(|previous| &sentence.clauses[previous]);
            let at = At { index, sentence, clause, before: previous };
            self.note_what_is_counted(at);
            if let Some(inherited) = governing.last_mut() {
                // 2021年，…。共收到申请50件: of that year or the report's, until one is named.
                self.year_is_open = self.carried.is_of_another_year && inherited.when == Said::Nothing;
                self.clause(at, (lead, after), inherited).hold(inherited);
                let is_named = inherited.when != Said::Nothing;
                first_period = first_period.or_else(|| is_named.then_some(inherited.when == Said::Own));
            }
            lead = clause.quantities.is_empty().then_some(clause);
        }
        self.carried.ended = governing.first().cloned().unwrap_or_default();
        self.carried.is_of_another_year = match &self.carried.ended.when {
            Said::Nothing => self.carried.is_of_another_year,
            Said::Own => false,
            Said::Other(scope) => scope.kind == ScopeKind::Other,
        };
        self.carried.named_a_year = match &self.carried.ended.when {
            Said::Nothing => self.carried.named_a_year,
            said => self.is_a_year(said),
        };
        if self.told.works_for_a_body {
            self.carried.ended.whose = Said::Nothing;
        }
        self.carried.is_of_some = self.part.is_of_some_requests || self.told.is_of_some_before;
        self.carried.has_counted_all = self.told.has_counted_all;
        self.narrow_the_government(first);
        self.forget_parts_of_a_whole(first);
        self.governing = governing;
        self.nothing_in_section_four(index, sentence);
        self.out.list[first..].sort_by_key(|c| (c.range.start, c.range.end));
        let own = first..self.out.list.len();
        self.link_shares(sentence, own.clone());
        let found = lists::find(
            (&self.prose.text, &self.dictionary.patterns.claim_words),
            sentence,
            self.lexed,
            &self.out.list,
            own,
        );
        self.out.lists.extend(found);
    }

    /// 办理申请60件。其中：公开30件，不公开30件: the parts of a total in the sentence before.
    fn lists_behind_full_stops(&mut self, sentences: &[Sentence]) {
        let words = &self.dictionary.patterns.claim_words;
        let text = &self.prose.text;
        for (index, pair) in sentences.windows(2).enumerate() {
            let [before, sentence] = pair else { continue };
            let opening = &text[sentence.range.clone()];
            if !words.list_openers.begin(opening) || !before.is_followed_by(sentence) {
                continue;
            }
            let list = &self.out.list;
            let start = list.partition_point(|claim| claim.sentence < index);
            let own = start + list[start..].partition_point(|claim| claim.sentence == index);
            let end = own + list[own..].partition_point(|claim| claim.sentence == index + 1);
            let found = lists::find((text, words), &before.joined_with(sentence), self.lexed, list, start..end);
            let is_across = |list: &List| list.total < own && list.parts().all(|part| part >= own);
            self.out.lists.extend(found.into_iter().filter(is_across));
        }
    }

    /// Reads a clause; returns what it says of the scope for what follows.
    fn clause(&mut self, at: At<'_>, (lead, after): (Option<&Clause>, Option<&Clause>), inherited: &Spoken) -> Spoken {
        let clause = at.clause;
        let has_numbers = !clause.quantities.is_empty();
        let has_percent = clause.quantities.clone().any(|q| {
            matches!(self.lexed.quantities[q].class, UnitClass::Percent | UnitClass::Point | UnitClass::Multiple)
        });
        let has_trigger = has_numbers && (has_percent || clause.has_trigger());
        let has_denial = clause.has_denial();
        let head = self.head_clause(clause, lead, has_trigger);
        let tail = self.tail_clause(clause, after);
        if !has_trigger && !has_denial && head.is_none() && tail.is_none() {
            let part = self.part_named_in(clause);
            for q in clause.quantities.clone() {
                self.plain(at, q, part.scope().or(inherited.scope()).cloned());
            }
            let spoken = self.scope_without_words(clause);
            return Spoken { whose: self.label(clause, after), ..spoken };
        }
        let mut tokens = self.tokenizer.clause(head.unwrap_or(clause));
        if head.is_some() {
            tokens.extend(self.tokenizer.clause(clause));
        }
        let mut spoken = self.said_by(&tokens);
        self.told.works_for_a_body |= self.scopes.works_for_a_body(&tokens);
        if self.goes_on_with_a_year(&tokens, &spoken, inherited) {
            spoken.when = Said::Nothing;
        }
        if spoken.when == Said::Own {
            self.told.year_in_bracket = None;
        }
        // Of two periods the words name the wider: 自2008年5月以来.
        if let Some(years) = self.years_together(clause) {
            spoken.when = Said::Other(Scope { text: years.to_string(), kind: ScopeKind::Other });
        } else if !matches!(spoken.when, Said::Other(_))
            && let Some(months) = self.months(clause)
        {
            spoken.when = Said::Other(Scope { text: months.to_string(), kind: ScopeKind::Narrower });
        }
        let held = spoken.over(inherited);
        let of_counted = held.over(&self.carried.counted);
        let of_disputed = of_counted.over(&self.carried.disputed);
        let scopes = Scopes {
            own: held.scope(),
            of_counted: of_counted.scope(),
            of_disputed: of_disputed.scope(),
            is_of_the_year: held.when == Said::Own,
        };
        if has_numbers {
            let tail = tail.map_or_else(Vec::new, |t| self.tokenizer.clause(t));
            self.numbers(at, (&tokens, &tail), scopes);
            self.carry_what_was_counted(clause, (&held, &of_counted));
        }
        if has_denial {
            self.words(at, &tokens, scopes.of_counted);
            self.notes(at, scopes.of_counted);
        }
        // Whose number it is goes on from a clause that gives one, if that is more than a part in a row (其中市本级100件);
        // which period's, always.
        let has = |symbol: char| tokens.iter().any(|t| t.symbol == symbol);
        let names_matter = || self.symbols.applications.iter().chain(&self.symbols.taking).any(|s| has(*s));
        let is_part = has(self.symbols.own_level) && !names_matter();
        if (!has_numbers || is_part) && matches!(spoken.whose, Said::Other(_)) {
            spoken.whose = Said::Nothing;
        }
        self.out.tokens.append(&mut tokens);
        spoken
    }

    /// Whose and which period's the words say that numbers are.
    fn said_by(&self, tokens: &[Token]) -> Spoken {
        let words = &self.dictionary.patterns.claim_words;
        self.scopes.of_clause(tokens, (&self.prose.text, words), (self.organ, self.is_of_own_level))
    }

    /// The words of a number may follow after a comma: 仍有7件因征求意见，结转下年度办理.
    fn tail_clause<'c>(&self, clause: &Clause, after: Option<&'c Clause>) -> Option<&'c Clause> {
        let after = after.filter(|a| {
            a.opened_by == Some('，')
                && a.depth == clause.depth
                && a.quantities.is_empty()
                && clause.quantities.len() == 1
        })?;
        self.prose.text[after.range.clone()].contains("转").then_some(after)
    }

    fn plain(&mut self, at: At<'_>, q: usize, scope: Option<Scope>) {
        let quantity = &self.lexed.quantities[q];
        let kind = kind_by_unit(quantity);
        let start = at.clause.range.start;
        let before = start..quantity.whole.start.max(start);
        self.part.is_of_some_requests |= quantity.class == UnitClass::Case && self.is_aspect(before);
        self.push(at, Some(q), kind, None, scope);
    }

    /// The claims read so far of a sentence, the last first.
    fn said_before(&self, sentence: usize) -> impl Iterator<Item = &Claim> {
        self.out.list.iter().rev().take_while(move |c| c.sentence == sentence)
    }

    fn push(
        &mut self,
        at: At<'_>,
        q: Option<usize>,
        kind: ClaimKind,
        range: Option<Range<usize>>,
        scope: Option<Scope>,
    ) -> &mut Claim {
        let At { index, sentence, clause, .. } = at;
        let range =
            range.or_else(|| q.map(|q| self.lexed.quantities[q].range.clone())).unwrap_or_else(|| clause.range.clone());
        self.out.list.push(Claim {
            quantity: q,
            range,
            clause: clause.range.clone(),
            sentence: index,
            section: sentence.section,
            kind,
            pattern: None,
            matter: None,
            readings: Vec::new(),
            at_most: None,
            doubt: None,
            equals: None,
            mismatch: Mismatch::NotComparable,
            anchored: false,
            may_divide: false,
            follows_applications: false,
            one_kind_from: None,
            // What may be the report's own says nothing against a number that agrees.
            scope: scope.filter(|s| !s.kind.is_perhaps_own()),
            because: None,
        });
        let last = self.out.list.len() - 1;
        &mut self.out.list[last]
    }

    fn numbers(&mut self, at: At<'_>, (tokens, tail): (&[Token], &[Token]), scopes: Scopes<'_>) {
        let At { index, sentence, clause, .. } = at;
        let pairs = self.pairs(tokens);
        let place = |q| Place { index, sentence, clause, q };
        for (number, token) in tokens.iter().enumerate() {
            let Some(q) = token.number.filter(|q| clause.quantities.contains(q)) else { continue };
            match &pairs {
                Pairs::Uneven => self.plain(at, q, scopes.own.cloned()),
                Pairs::Matched(pairs) if pairs.iter().any(|(of, _)| *of == number) => {
                    for (_, window) in pairs.iter().filter(|(of, _)| *of == number) {
                        self.number(place(q), (window, tail), scopes);
                    }
                }
                Pairs::None | Pairs::Matched(_) => {
                    let changed = self.after_a_change(tokens, number).filter(|w| self.is_bound(place(q), w));
                    let window = changed.unwrap_or_else(|| window(tokens, number, self.symbols, &self.prose.text));
                    self.number(place(q), (&window, tail), scopes);
                }
            }
        }
    }

    /// Whether there are words that no pattern knows before it: whose number it is, or of what sort, is not known.
    fn has_unknown(&self, tokens: &[Token]) -> bool {
        tokens.iter().any(|t| self.is_unknown(t))
    }

    fn is_unknown(&self, token: &Token) -> bool {
        matches!(token.symbol, symbol::UNKNOWN | symbol::ORGAN) || self.symbols.sorts.contains(&token.symbol)
    }

    fn context<'c>(&'c self, sentence: &'c Sentence) -> Context<'c> {
        Context {
            prose: self.prose,
            sentence,
            marks: self.marks,
            lexed: self.lexed,
            words: &self.dictionary.patterns.claim_words,
            is_bare: self.is_bare,
        }
    }

    fn pairs<'t>(&self, tokens: &'t [Token]) -> Pairs<'t> {
        pair(tokens, self.symbols, &self.prose.text)
    }
}

/// The formulas of some readings for the disputes that may be meant, likeliest first, none twice.
fn formulas_of(list: &[Reading], form: Generation, objects: &[Objects]) -> Vec<Formula> {
    let mut out: Vec<Formula> = Vec::with_capacity(list.len());
    for object in objects {
        for formula in list.iter().filter_map(|r| r.formula(form, *object)) {
            if !out.contains(formula) {
                out.push(formula.clone());
            }
        }
    }
    out
}

/// The words of a number before it.
fn tokens_before<'w>(window: &'w Window<'_>) -> &'w [Token] {
    &window.tokens[..window.this]
}

/// The kind of claim that a unit tells.
fn kind_by_unit(quantity: &Quantity) -> ClaimKind {
    match quantity.class {
        UnitClass::Percent => ClaimKind::Share,
        UnitClass::Money => ClaimKind::Amount,
        UnitClass::Point | UnitClass::Multiple => ClaimKind::Change,
        _ => ClaimKind::Count,
    }
}
