//! Reports through the whole pipeline, stage by stage. Pure: sources in, a view of each out.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use crate::claims::{self, Claims, Grammar};
use crate::dictionary::Dictionary;
use crate::document::{self, Document};
use crate::findings::Finding;
use crate::lang::Lang;
use crate::quantities::{self, Lexed};
use crate::rules::{self, Assessment, Context};
use crate::source::{Options, Page, Source};
use crate::tables::Tables;

/// How many reports had best go through the stages together, see [`Engine::audit_all`]: with more, what they take in
/// memory costs what the stages save.
pub const TOGETHER: usize = 32;

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
        let mut look = Some(look);
        let seen = self.audit_all(std::slice::from_ref(source), |_, view| look.take().map(|look| look(view)));
        match seen.into_iter().next() {
            Some(Ok(Some(seen))) => seen,
            Some(Err(panic)) => resume_unwind(panic),
            Some(Ok(None)) | None => unreachable!("one source is looked at once"),
        }
    }

    /// Audits sources and hands what was seen of each to `look`, in their order; one result a source, with what it
    /// panicked with if it did.
    ///
    /// Each stage runs over all of the sources before the next begins. What a stage walks through, code and
    /// dictionaries, then stays at hand from one report to the next, which takes about a tenth off the time;
    /// and what was seen of all of them is in memory at once.
    pub fn audit_all<R>(
        &self,
        sources: &[Source],
        mut look: impl FnMut(usize, &View<'_>) -> R,
    ) -> Vec<Result<R, Panic>> {
        let dictionary = self.dictionary;
        let mut run = Run::over(sources.len());
        let pages = run.stage(|i| Some(sources[i].page()));
        let documents = run.stage(|i| Some(document::read(&sources[i], pages[i].as_ref()?, dictionary)));
        let tables =
            run.stage(|i| Some(Tables::read(&sources[i], pages[i].as_ref()?, documents[i].as_ref()?, dictionary)));
        let phrases =
            run.stage(|i| Some(dictionary.phrases.scan(&documents[i].as_ref()?.prose.text, &dictionary.spam)));
        let quantities = run.stage(|i| {
            let planted = &phrases[i].as_ref()?.planted;
            Some(quantities::lex(&documents[i].as_ref()?.prose.text, &dictionary.numbers, planted))
        });
        let claims = run.stage(|i| {
            let (document, lexed) = (documents[i].as_ref()?, quantities[i].as_ref()?);
            let (telling, form) = (&phrases[i].as_ref()?.telling, tables[i].as_ref()?.form());
            Some(claims::read(document, lexed, telling, &self.grammar, form, !document.is_report()))
        });
        let context = |i: usize| {
            let phrases = phrases[i].as_ref()?;
            Some(Context {
                source: &sources[i],
                page: pages[i].as_ref()?,
                document: documents[i].as_ref()?,
                lexed: quantities[i].as_ref()?,
                tables: tables[i].as_ref()?,
                claims: claims[i].as_ref()?,
                planted: &phrases.planted,
                marked: &phrases.marked,
                words: &dictionary.marks.words,
                lang: self.lang,
            })
        };
        let assessments = run.stage(|i| Some(rules::assess(&context(i)?)));
        let findings = run.stage(|i| {
            // A bare text has no tables to miss.
            let is_bare = !documents[i].as_ref()?.is_report();
            let assessments = assessments[i].as_ref()?;
            Some(if is_bare { Vec::new() } else { rules::run(&context(i)?, assessments) })
        });
        let seen = run.stage(|i| {
            let view = View {
                source: &sources[i],
                page: pages[i].as_ref()?,
                document: documents[i].as_ref()?,
                lexed: quantities[i].as_ref()?,
                tables: tables[i].as_ref()?,
                claims: claims[i].as_ref()?,
                assessments: assessments[i].as_ref()?,
                findings: findings[i].as_ref()?,
            };
            Some(look(i, &view))
        });
        run.end(seen)
    }
}

/// What a report panicked with.
pub type Panic = Box<dyn Any + Send>;

/// The stages over some reports. A report that panics in one stage has nothing for the next, which pass it over.
struct Run {
    panics: Vec<Option<Panic>>,
}

impl Run {
    fn over(reports: usize) -> Self {
        Run { panics: std::iter::repeat_with(|| None).take(reports).collect() }
    }

    /// What one stage makes of each report; none for those that an earlier stage or this one lost.
    fn stage<T>(&mut self, mut work: impl FnMut(usize) -> Option<T>) -> Vec<Option<T>> {
        let mut one = |(i, panic): (usize, &mut Option<Panic>)| {
            catch_unwind(AssertUnwindSafe(|| work(i))).unwrap_or_else(|caught| {
                *panic = Some(caught);
                None
            })
        };
        self.panics.iter_mut().enumerate().map(&mut one).collect()
    }

    fn end<R>(self, last: Vec<Option<R>>) -> Vec<Result<R, Panic>> {
        let lost = || -> Panic { Box::new("a stage gave nothing") };
        let end = |(seen, panic): (Option<R>, Option<Panic>)| seen.ok_or_else(|| panic.unwrap_or_else(lost));
        last.into_iter().zip(self.panics).map(end).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Run;

    #[test]
    fn a_panic_loses_one_report_and_the_stages_after_pass_it_over() {
        let mut run = Run::over(3);
        let first = run.stage(|i| if i == 1 { panic!("lost at the first stage") } else { Some(i) });
        let second = run.stage(|i| {
            let made = first[i]?;
            assert_ne!(made, 1, "a lost report came to the next stage");
            if made == 2 { panic!("lost at the second stage") } else { Some(made * 10) }
        });
        let seen: Vec<_> = run
            .end(second)
            .into_iter()
            .map(|seen| seen.map_err(|panic| panic.downcast_ref::<&str>().map(ToString::to_string)))
            .collect();
        let lost = |words: &str| Err(Some(words.to_string()));
        assert_eq!(seen, [Ok(0), lost("lost at the first stage"), lost("lost at the second stage")]);
    }
}
