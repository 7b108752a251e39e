//! `gouji convert`: the text that an audit reads.

use std::ops::ControlFlow;

use anyhow::Context as _;

use super::args::ConvertArgs;
use crate::audit::corpus;
use crate::collection::Places;
use crate::dictionary::Dictionary;
use crate::lang::{Lang, say};
use crate::output::kept;
use crate::source::{Options, Source};

pub(super) fn run(options: &ConvertArgs, dictionary: &Dictionary, lang: Lang) -> anyhow::Result<u8> {
    let inputs = super::find(&options.files, &options.collections, lang)?;
    let reading = Options { limits: options.collections.limits(), ..options.reading.options() };
    // One file is printed as it is; before each of several stands its id.
    let is_many = inputs.len() > 1 || inputs.has_collections();
    let sources = inputs.places();
    let (mut result, mut code) = (Ok(()), super::CLEAN);
    let passed = inputs.each(&|bytes| dictionary.kinds.may_be_report(bytes), &mut |mut item| {
        match corpus::source(&mut item, &reading, lang) {
            Ok(source) => result = write(options, (&item.id, &source), &sources, is_many, lang),
            Err(failure) => {
                code = super::FOUND;
                eprintln!("{}", failure.message);
            }
        }
        if result.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    result?;
    let skipped: usize = passed.skipped.values().sum();
    if skipped > 0 {
        eprintln!(
            "{}",
            say!(
                lang,
                "略过 {skipped} 条与政府信息公开年度报告无关的网页记录。",
                "Records of crawls passed over, no annual reports: {skipped}.",
                skipped = skipped
            )
        );
    }
    Ok(code)
}

fn write(
    options: &ConvertArgs,
    (id, source): (&str, &Source),
    sources: &Places,
    is_many: bool,
    lang: Lang,
) -> anyhow::Result<()> {
    if let Some(folder) = &options.out {
        let files = kept::kept(id, source);
        if let Some(path) = files.iter().map(|(name, _)| folder.join(name)).find(|path| sources.hold(path)) {
            anyhow::bail!(say!(
                lang,
                "没有写入 {path}：它是要转换的文件，会被覆盖。请用 --out 指定别的目录。",
                "{path} was not written: it is one of the files to convert and would be overwritten. Name another folder with --out.",
                path = path.display()
            ));
        }
        return kept::write(folder, &files).context(say!(
            lang,
            "不能写入目录，请检查权限和磁盘空间",
            "cannot write the folder; check permissions and disk space"
        ));
    }
    let mut text = source.readable();
    if is_many {
        text.insert_str(0, &format!("==> {id} <==\n"));
    }
    if !text.ends_with('\n') {
        text.push('\n');
    }
    super::print(&text)
}
