//! `gouji show`: what a stage saw.

use std::io::Read;

use anyhow::Context as _;

use super::args::ShowArgs;
use crate::audit::Engine;
use crate::dictionary::Dictionary;
use crate::lang::{Lang, say};
use crate::output::show;
use crate::source::Source;

pub(super) fn run(options: &ShowArgs, dictionary: &Dictionary, lang: Lang) -> anyhow::Result<u8> {
    let name = options.file.to_string_lossy().into_owned();
    let mut bytes = Vec::new();
    if name == "-" {
        std::io::stdin().lock().read_to_end(&mut bytes).context(say!(
            lang,
            "不能读标准输入",
            "cannot read standard input"
        ))?;
    } else if options.file.exists() {
        bytes = std::fs::read(&options.file).with_context(|| name.clone())?;
    } else if !name.is_ascii() && !name.contains(['/', '\\']) {
        // 一段文字 instead of a file.
        bytes = name.clone().into_bytes();
    } else {
        anyhow::bail!(say!(lang, "没有这个文件：{name}", "no such file: {name}", name = name));
    }
    let mut engine = Engine::new(dictionary, lang);
    engine.reading = options.reading.options();
    let source = Source::read(bytes, &name, &engine.reading).with_context(|| name.clone())?;
    let text = engine.audit(&source, |view| show::show(options.stage, view, &dictionary.lexicon, lang));
    super::print(&text)?;
    Ok(super::CLEAN)
}
