//! `gouji show`: what a stage saw.

use std::io::Read;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};

use super::args::{ShowArgs, usual_limits};
use crate::audit::{Engine, corpus};
use crate::collection::{self, Inputs};
use crate::dictionary::Dictionary;
use crate::lang::{Lang, say};
use crate::output::show;
use crate::source::Source;

/// Reports of a collection that are named where one has to be chosen.
const LISTED: usize = 20;

pub(super) fn run(options: &ShowArgs, dictionary: &Dictionary, lang: Lang) -> anyhow::Result<u8> {
    let mut engine = Engine::new(dictionary, lang);
    engine.reading = options.reading.options();
    let source = source(&options.file, &engine, lang)?;
    let text =
        corpus::one(&engine, &source, &options.file, |view| show::show(options.stage, view, &dictionary.lexicon, lang));
    let text = text.map_err(|failure| anyhow!(failure.message))?;
    if text.trim().is_empty() {
        eprintln!("{}", say!(lang, "没有可显示的内容。", "There is nothing to show."));
    }
    super::print(&text)?;
    Ok(super::CLEAN)
}

fn source(file: &Path, engine: &Engine<'_>, lang: Lang) -> anyhow::Result<Source> {
    let name = file.to_string_lossy().into_owned();
    if name == "-" {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes).context(say!(
            lang,
            "不能读标准输入",
            "cannot read standard input"
        ))?;
        return of_bytes(bytes, &say!(lang, "标准输入", "standard input"), engine, lang);
    }
    if file.exists() {
        let inputs = inputs(file, lang)?;
        return if inputs.len() == 1 && !inputs.has_collections() {
            member(&inputs, None, &name, engine, lang)
        } else {
            only_report(&inputs, &name, engine, lang)
        };
    }
    if let Some(collection) = collection_of(&name) {
        return member(&inputs(&collection, lang)?, Some(&name), &name, engine, lang);
    }
    if !name.is_ascii() && !name.contains(['/', '\\']) {
        // 一段文字 instead of a file.
        return of_bytes(name.clone().into_bytes(), &name, engine, lang);
    }
    Err(anyhow!(say!(lang, "没有这个文件：{name}", "no such file: {name}", name = name)))
}

fn of_bytes(bytes: Vec<u8>, name: &str, engine: &Engine<'_>, lang: Lang) -> anyhow::Result<Source> {
    let content = collection::Content::Bytes(bytes);
    let mut item = collection::Item { path: name.to_string(), name: name.to_string(), content, ..Default::default() };
    corpus::source(&mut item, &engine.reading, lang).map_err(|failure| anyhow!(failure.message))
}

fn inputs(path: &Path, lang: Lang) -> anyhow::Result<Inputs> {
    let options = collection::Options { limits: usual_limits(), ..collection::Options::default() };
    super::find_with(&[path.to_path_buf()], options, lang)
}

/// The collection in the name of a member, `a.zip!b/c.html`.
fn collection_of(name: &str) -> Option<PathBuf> {
    name.match_indices('!').map(|(at, _)| PathBuf::from(&name[..at])).find(|path| path.is_file())
}

/// The item of a name; the first if none is asked for.
fn member(
    inputs: &Inputs,
    wanted: Option<&str>,
    name: &str,
    engine: &Engine<'_>,
    lang: Lang,
) -> anyhow::Result<Source> {
    let mut found = None;
    inputs.each(&|_| true, &mut |mut item| {
        if wanted.is_some_and(|wanted| wanted != item.path) {
            return ControlFlow::Continue(());
        }
        found = Some(corpus::source(&mut item, &engine.reading, lang));
        ControlFlow::Break(())
    });
    match found {
        Some(source) => source.map_err(|failure| anyhow!(failure.message)),
        None => Err(anyhow!(say!(lang, "没有 {name}；请检查名称", "there is no {name}; check the name", name = name))),
    }
}

/// The only report of a collection or a folder. Where there are several they are named.
fn only_report(inputs: &Inputs, name: &str, engine: &Engine<'_>, lang: Lang) -> anyhow::Result<Source> {
    let (mut first, mut names) = (None, Vec::new());
    inputs.each(&|bytes| engine.dictionary.kinds.may_be_report(bytes), &mut |mut item| {
        let Ok(source) = corpus::source(&mut item, &engine.reading, lang) else { return ControlFlow::Continue(()) };
        let is_report = corpus::one(engine, &source, Path::new(name), |view| view.document.is_report());
        if is_report.is_ok_and(|is_report| !is_report) {
            return ControlFlow::Continue(());
        }
        names.push(item.path);
        first.get_or_insert(source);
        if names.len() > LISTED { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    match first {
        Some(source) if names.len() == 1 => Ok(source),
        None => Err(anyhow!(say!(
            lang,
            "{name} 中没有能读的报告；原因见 gouji audit {name} --out 目录",
            "there is no report in {name} that can be read; gouji audit {name} --out DIR says why",
            name = name
        ))),
        Some(_) => {
            let example = names[0].clone();
            if names.len() > LISTED {
                names[LISTED] = "…".to_string();
            }
            Err(anyhow!(say!(
                lang,
                "{name} 中不止一份报告，请写明其中一份，例如 gouji show cells \"{example}\"：\n  {}",
                "{name} holds more than one report; name one of them, as in gouji show cells \"{example}\":\n  {}",
                names.join("\n  "),
                name = name,
                example = example
            )))
        }
    }
}
