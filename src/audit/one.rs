//! One report through the whole pipeline. Pure: a source in, a view out.

use crate::claims::{self, Claims, Grammar};
use crate::dictionary::Dictionary;
use crate::document::{self, Document};
use crate::findings::Finding;
use crate::lang::Lang;
use crate::quantities::{self, Lexed};
use crate::rules::{self, Assessment, Context};
use crate::source::{Options, Page, Source};
use crate::tables::Tables;

/// What an audit needs besides the report: the dictionaries, the segmenter and the language of messages.
pub struct Engine<'d> {
    /// The dictionaries.
    pub dictionary: &'d Dictionary,
    /// The language of messages.
    pub lang: Lang,
    /// How files are read.
    pub reading: Options,
    grammar: Grammar<'d>,
}

/// All that was seen of one report.
pub struct View<'a> {
    /// The file.
    pub source: &'a Source,
    /// Its visible text.
    pub page: &'a Page<'a>,
    /// Its sections and prose.
    pub document: &'a Document,
    /// Its quantities.
    pub lexed: &'a Lexed,
    /// Its tables.
    pub tables: &'a Tables,
    /// Its claims.
    pub claims: &'a Claims,
    /// The verdicts on the claims.
    pub assessments: &'a [Assessment],
    /// The findings.
    pub findings: &'a [Finding],
}

impl<'d> Engine<'d> {
    /// An engine with these dictionaries. The segmenter loads when a report first needs it.
    #[must_use]
    pub fn new(dictionary: &'d Dictionary, lang: Lang) -> Self {
        Engine { dictionary, lang, reading: Options::default(), grammar: Grammar::new(dictionary) }
    }

    /// Audits a source and hands what was seen to `look`.
    pub fn audit<R>(&self, source: &Source, look: impl FnOnce(&View<'_>) -> R) -> R {
        let page = source.page();
        let document = document::read(source, &page, self.dictionary);
        let tables = Tables::read(source, &page, &document, self.dictionary);
        let phrases = self.dictionary.phrases.scan(&document.prose.text, &self.dictionary.spam);
        let lexed = quantities::lex(&document.prose.text, &self.dictionary.numbers, &phrases.planted);
        let is_bare = !document.is_report();
        let claims = claims::read(&document, &lexed, &phrases.telling, &self.grammar, tables.form(), is_bare);
        let context = Context {
            source,
            page: &page,
            document: &document,
            lexed: &lexed,
            tables: &tables,
            claims: &claims,
            planted: &phrases.planted,
            marked: &phrases.marked,
            words: &self.dictionary.marks.words,
            lang: self.lang,
        };
        let assessments = rules::assess(&context);
        // A bare text has no tables to miss.
        let findings = if is_bare { Vec::new() } else { rules::run(&context, &assessments) };
        look(&View {
            source,
            page: &page,
            document: &document,
            lexed: &lexed,
            tables: &tables,
            claims: &claims,
            assessments: &assessments,
            findings: &findings,
        })
    }
}
