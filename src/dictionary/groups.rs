//! Classes of words that reading claims takes together: `[groups]` in `dictionaries/claims.toml`.

use serde::Deserialize;
use toml::Spanned;

use super::DictionaryError;
use super::files::File;
use super::lexicon::Lexicon;

macro_rules! groups {
    ($($(#[$doc:meta])* $name:ident,)+) => {
        /// `[groups]`
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(super) struct GroupNames {
            $($name: Vec<Spanned<String>>,)+
        }

        /// The symbols of classes that reading claims takes together.
        #[derive(Debug, Clone, Default)]
        pub struct Groups {
            $($(#[$doc])* pub $name: Vec<char>,)+
        }

        /// The symbols of the classes that a file names.
        pub(super) fn compile(
            (file, names): (&File, &GroupNames),
            lexicon: &Lexicon,
        ) -> Result<Groups, DictionaryError> {
            let symbols = |names: &[Spanned<String>]| -> Result<Vec<char>, DictionaryError> {
                let symbol = |name: &Spanned<String>| {
                    let unknown = || format!("no class is called {}", name.get_ref());
                    let known = lexicon.by_name(name.get_ref()).map(|_| lexicon.symbol_of(name.get_ref()));
                    known.ok_or_else(|| file.value_error(&name.span(), "groups", unknown()))
                };
                names.iter().map(symbol).collect()
            };
            Ok(Groups { $($name: symbols(&names.$name)?,)+ })
        }
    };
}

groups! {
    /// Words for applications.
    applications,
    /// Who applied.
    applicants,
    /// Names of reviews and of suits of any kind.
    ways_to_dispute,
    /// Results, causes and parties before the name of a dispute: those disputes are some of all.
    kinds_of_disputes,
    /// What may stand before 答复类型 where it is of all applications.
    all_answers,
    /// Where other business comes in.
    platforms,
    /// Words for taking up what others brought.
    taking,
    /// Words for taking up reviews as who decides them does.
    deciding,
    /// Decisions of the organ.
    decisions,
    /// What is done to documents besides withdrawing them.
    document_work,
    /// The two kinds of documents of table two.
    documents,
    /// Reasons and outcomes that may be counted together.
    reasons,
    /// What came in and what was carried over.
    moves,
    /// Words for what was disclosed.
    disclosed,
    /// Words for a sort of what is counted, for work for others and for what was left.
    sorts,
    /// Words for what an organ did wrong.
    faults,
    /// Words for rates.
    rates,
    /// What is no number of the tables at all.
    blocked,
}
