//! `gouji mutate`: reports with one planted error each.

use std::ops::ControlFlow;
use std::path::Path;

use anyhow::Context as _;

use super::args::MutateArgs;
use crate::audit::{Engine, corpus};
use crate::collection;
use crate::dictionary::Dictionary;
use crate::lang::{Lang, say};
use crate::mutate::{Mutants, Years, plan};

pub(super) fn run(options: &MutateArgs, dictionary: &Dictionary, lang: Lang) -> anyhow::Result<u8> {
    let found = collection::find(&options.reports, collection::Options::default());
    let inputs = found.context(say!(lang, "找不到输入", "cannot find the input"))?;
    let mut engine = Engine::new(dictionary, lang);
    engine.reading.limits = super::args::usual_limits();
    let mut years = Years::default();
    let mut mutants = Mutants::default();
    // Twice over the reports: the numbers of last year stand in another report.
    for is_first in [true, false] {
        inputs.each(&|bytes| dictionary.kinds.may_be_report(bytes), &mut |mut item| {
            let Ok(source) = corpus::source(&mut item, &engine.reading, lang) else { return ControlFlow::Continue(()) };
            let seen = corpus::one(&engine, &source, Path::new(&item.path), |view| {
                if !view.document.is_report() {
                } else if is_first {
                    years.add(view);
                } else {
                    mutants.add(&item.id, &item.name, view.source, plan(view, &item.id, options.seed, &years));
                }
            });
            if let Err(failure) = seen {
                eprintln!("{}", failure.message);
            }
            ControlFlow::Continue(())
        });
    }
    if let Some(most) = options.limit {
        mutants.limit(most, options.seed);
    }
    let classes = mutants.classes();
    let total: usize = classes.values().sum();
    if total == 0 {
        anyhow::bail!(say!(
            lang,
            "所给报告中没有可以植入错误的地方：需要正文与表格相符的报告",
            "there is nothing to plant an error in: reports are needed whose prose agrees with their tables"
        ));
    }
    mutants.write(&options.out).with_context(|| explained(&options.out, lang))?;
    for (class, count) in &classes {
        eprintln!("{count:>6}  {class}");
    }
    let folder = options.out.display();
    eprintln!(
        "{}",
        say!(
            lang,
            "共{total}份，写入 {folder}：reports/ 为报告，truth.json 为所植入的错误。",
            "{total} in all, in {folder}: reports/ has the reports, truth.json what was planted.",
            total = total,
            folder = folder
        )
    );
    Ok(super::CLEAN)
}

fn explained(folder: &std::path::Path, lang: Lang) -> String {
    let is_full = std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some());
    if is_full {
        say!(
            lang,
            "输出目录不是空的；请换一个目录，以免新旧文件混杂",
            "the output folder is not empty; choose another, so that old and new files do not mix"
        )
    } else {
        say!(lang, "不能写入输出目录", "cannot write the output folder")
    }
}
