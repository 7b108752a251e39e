//! What is wrong with the options as typed, in Chinese; clap itself says it in English.

use std::error::Error as _;
use std::ffi::OsString;

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::lang::Lang;

/// The language that options ask for which cannot be read as a whole.
pub(super) fn lang(args: &[OsString]) -> Lang {
    let is_english = args.windows(2).any(|pair| pair[0] == "--lang" && pair[1] == "en");
    if is_english || args.iter().any(|arg| arg == "--lang=en") { Lang::En } else { Lang::Zh }
}

/// One sentence on what is wrong and the usage behind it; nothing where clap speaks for itself: help and version.
pub(super) fn told(error: &Error) -> Option<String> {
    let said = |kind| error.get(kind).map(text).unwrap_or_default();
    let (option, value) = (said(ContextKind::InvalidArg), said(ContextKind::InvalidValue));
    let instead = |kind| match said(kind) {
        found if found.is_empty() => String::new(),
        found => format!("；是否要用 {found}"),
    };
    let sentence = match error.kind() {
        ErrorKind::InvalidValue if value.is_empty() => format!("选项 {option} 缺少值"),
        ErrorKind::InvalidValue => {
            format!("选项 {option} 的值“{value}”无效；可用的值：{}", said(ContextKind::ValidValue))
        }
        ErrorKind::ValueValidation => {
            let why = error.source().map(|why| format!("（原话：{why}）")).unwrap_or_default();
            format!("选项 {option} 的值“{value}”无效{why}")
        }
        ErrorKind::UnknownArgument => {
            let kind = if option.starts_with('-') { "选项" } else { "参数" };
            format!("不认识的{kind} {option}{}", instead(ContextKind::SuggestedArg))
        }
        ErrorKind::InvalidSubcommand => {
            let command = said(ContextKind::InvalidSubcommand);
            format!("没有命令 {command}{}", instead(ContextKind::SuggestedSubcommand))
        }
        ErrorKind::MissingRequiredArgument => format!("缺少 {option}"),
        ErrorKind::ArgumentConflict => match said(ContextKind::PriorArg) {
            other if other.is_empty() || other == option => format!("选项 {option} 只能写一次"),
            other => format!("选项 {option} 不能与 {other} 同时使用"),
        },
        _ => return None,
    };
    let usage = said(ContextKind::Usage);
    let usage = usage.trim().strip_prefix("Usage:").map(|usage| format!("\n用法：{}", usage.trim()));
    Some(format!("gouji：{sentence}{}\n选项的说明见 --help", usage.unwrap_or_default()))
}

fn text(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join("、"),
        ContextValue::StyledStr(text) => text.to_string(),
        ContextValue::StyledStrs(texts) => texts.iter().map(ToString::to_string).collect::<Vec<_>>().join("、"),
        _ => String::new(),
    }
}
