//! The language of messages: Chinese by default, English on request.
//!
//! Codes, names, formulas and column names are ASCII in both.

mod reasons;

pub use reasons::{part, reason};

/// The language in which people are addressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Lang {
    /// 中文
    #[default]
    Zh,
    /// English
    En,
}

/// Formats a message in the language asked for: `say!(lang, "中文 {x}", "English {x}")`.
///
/// Only the chosen text is formatted.
macro_rules! say {
    ($lang:expr, $zh:literal, $en:literal $(, $($arg:tt)*)?) => {
        match $lang {
            $crate::lang::Lang::Zh => format!($zh $(, $($arg)*)?),
            $crate::lang::Lang::En => format!($en $(, $($arg)*)?),
        }
    };
}
pub(crate) use say;

/// Chooses a message that stands as it is: `pick!(lang, "中文", "English")`. It takes no memory of its own.
macro_rules! pick {
    ($lang:expr, $zh:literal, $en:literal $(,)?) => {
        std::borrow::Cow::Borrowed(match $lang {
            $crate::lang::Lang::Zh => $zh,
            $crate::lang::Lang::En => $en,
        })
    };
}
pub(crate) use pick;
