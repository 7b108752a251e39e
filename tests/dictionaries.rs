//! The dictionaries: every pattern's examples, and errors that name file, line and key.

#![allow(clippy::print_stdout, reason = "tests say what they measured")]

mod common;

use std::path::Path;

use common::{audit_text, engine, root};
use gouji::audit::Engine;
use gouji::claims::ListKind;
use gouji::dictionary::Dictionary;
use gouji::form::{Row, TableId};
use gouji::lang::Lang;
use gouji::source::Source;

#[test]
fn claim_patterns_match_their_examples_and_nothing_else() {
    let mut problems = Vec::new();
    for pattern in engine().dictionary.patterns.all() {
        assert!(!pattern.matches.is_empty() && !pattern.rejects.is_empty(), "{}", pattern.id);
        problems.extend(engine().misread_example(pattern).map(|problem| format!("{}: {problem}", pattern.id)));
    }
    problems.iter().for_each(|p| println!("  {p}"));
    assert!(problems.is_empty());
}

#[test]
fn examples_of_a_users_patterns_are_read() {
    let refused = |matches: &str, rejects: &str| {
        let folder = tempfile::tempdir().expect("a folder");
        let text = format!(
            "[[pattern]]\nid = \"x\"\nsubject = [\"requests.granted\"]\nmatch = [\"granted #\"]\nmatches = [\"{matches}\"]\nrejects = [\"{rejects}\"]\n"
        );
        std::fs::write(folder.path().join("claims.toml"), text).expect("a file");
        let dictionary = Dictionary::with_folder(folder.path()).expect("a dictionary");
        Engine::new(&dictionary, Lang::Zh).check_examples().err().map(|error| error.to_string())
    };
    assert_eq!(refused("予以公开3件", "不予公开3件"), None);
    for (matches, rejects, wrong) in
        [("收到申请3件", "不予公开3件", "收到申请3件"), ("予以公开3件", "予以公开4件", "予以公开4件")]
    {
        let error = refused(matches, rejects).unwrap_or_default();
        assert!(error.contains("claims.toml, line 2, key pattern.x") && error.contains(wrong), "{error}");
    }
}

#[test]
fn the_glossary_has_every_class_of_words_with_words_of_it() {
    let lexicon = &engine().dictionary.lexicon;
    let glossary = std::fs::read_to_string(root().join("docs/glossary.md")).expect("the glossary");
    let (_, table) = glossary.split_once("| class | words |").expect("the table of classes");
    let rows: Vec<(&str, &str)> =
        table.lines().filter_map(|line| line.strip_prefix("| `")?.strip_suffix(" |")?.split_once("` | ")).collect();
    for (class, words) in &rows {
        let id = lexicon.by_name(class);
        assert!(id.is_some(), "the glossary has a class {class}, the lexicon none");
        let is_of_it = |word: &str| lexicon.class(word) == id;
        assert!(words.split(", ").all(is_of_it), "{class}: {words}");
    }
    for (_, id) in lexicon.words() {
        let name = lexicon.name_of(id.symbol());
        assert!(rows.iter().any(|(class, _)| *class == name), "the glossary lacks the class {name}");
    }
}

#[test]
fn row_labels_match_their_examples() {
    for (row, matches, rejects) in engine().dictionary.labels.examples() {
        for label in matches {
            assert_eq!(engine().dictionary.labels.row(label), Some(row), "{label}");
        }
        for label in rejects {
            assert_ne!(engine().dictionary.labels.row(label), Some(row), "{label}");
        }
    }
    let of_two_and_three =
        Row::ALL.iter().filter(|r| matches!(r.table(), TableId::Proactive | TableId::Requests)).count();
    assert_eq!(engine().dictionary.labels.examples().count(), of_two_and_three, "every row of tables two and three");
}

#[test]
fn indicators_match_their_examples() {
    let older = &engine().dictionary.older;
    for example in older.examples() {
        for label in &example.matches {
            assert_eq!(older.row(label, example.under), Some(example.row), "{label}");
        }
        for label in &example.rejects {
            assert_ne!(older.row(label, example.under), Some(example.row), "{label}");
        }
    }
    let rows = Row::ALL.iter().filter(|r| r.table() == TableId::Statistics).count();
    assert_eq!(older.examples().len(), rows, "every row of the indicator table");
    for chapter in ["三、依申请公开情况", "八、机构建设和保障经费情况"] {
        assert!(older.is_chapter(chapter), "{chapter}");
    }
}

#[test]
fn claims_on_indicators_match_their_examples_and_nothing_else() {
    let report = |sentence: &str| {
        format!(
            "白榆县2016年政府信息公开工作年度报告\n一、概述\n{sentence}。\n政府信息公开情况统计表\n统计指标 | 单位 | 统计数 |\n（一）主动公开政府信息数 | 条 | 0 |\n2.政府网站公开政府信息数 | 条 | 0 |\n"
        )
    };
    let patterns = |sentence: &str| -> Vec<String> {
        audit_text(&report(sentence), |view| view.claims.list.iter().filter_map(|c| c.pattern.clone()).collect())
    };
    let mut problems = Vec::new();
    for claim in engine().dictionary.older.claims() {
        for example in &claim.matches {
            let found = patterns(example);
            if !found.contains(&claim.id) {
                problems.push(format!("{}: {example} is read as {found:?}", claim.id));
            }
        }
        for example in &claim.rejects {
            if patterns(example).contains(&claim.id) {
                problems.push(format!("{}: {example} should not match", claim.id));
            }
        }
    }
    problems.iter().for_each(|p| println!("  {p}"));
    assert!(problems.is_empty());
}

#[test]
fn section_titles_match_their_examples() {
    for (number, matches, rejects) in engine().dictionary.sections.examples() {
        let section = |heading: &str| {
            audit_text(&format!("某县2022年政府信息公开工作年度报告\n{heading}\n正文。\n"), |view| {
                view.document.headings.first().map(|h| h.section)
            })
        };
        for heading in matches {
            assert_eq!(section(heading), Some(*number), "{heading}");
        }
        for heading in rejects {
            assert_ne!(section(heading), Some(*number), "{heading}");
        }
    }
}

#[test]
fn planted_phrases_match_their_examples() {
    let spam = &engine().dictionary.spam;
    for text in &spam.matches {
        assert!(!spam.find(text).is_empty(), "{text}");
    }
    for text in &spam.rejects {
        assert!(spam.find(text).is_empty(), "{text}");
    }
}

/// Digits of a phrase were once claims, and years and counts behind one must stay what they are.
#[test]
fn planted_phrases_end_where_the_text_goes_on() {
    let spam = &engine().dictionary.spam;
    let cases = [
        (
            "beat365官方网站大全_旧版彩票365下载_mobile 365365051人民政府公开信息66551条",
            "beat365官方网站大全_旧版彩票365下载_mobile 365365051",
        ),
        ("沙巴体育_大发体育娱乐在线¥投注官网市市场监管局", "沙巴体育_大发体育娱乐在线¥投注官网"),
        ("落实乐鱼体育官网2022年政务公开工作要点", "乐鱼体育官网"),
        ("通过bet365官网12件", "bet365官网"),
        ("万博体育app 2022年收到申请12件", "万博体育app"),
        ("365bet手机app下载_便民365中心_365提款市人民政府", "365bet手机app下载_便民365中心_365"),
    ];
    for (text, phrase) in cases {
        let found: Vec<&str> = spam.find(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, [phrase], "{text}");
    }
}

#[test]
fn marks_match_their_examples() {
    let dictionary = engine().dictionary;
    let marks = |text: &str| dictionary.phrases.scan(text, &dictionary.spam).marked;
    for (mark, matches, rejects) in dictionary.marks.examples() {
        assert!(!matches.is_empty() && !rejects.is_empty(), "{mark:?}");
        for text in matches {
            assert!(marks(text).iter().any(|m| m.mark == *mark), "{text}");
        }
        for text in rejects {
            assert!(!marks(text).iter().any(|m| m.mark == *mark), "{text}");
        }
    }
}

#[test]
fn one_pass_finds_the_same_planted_phrases() {
    let dictionary = engine().dictionary;
    for text in dictionary.spam.matches.iter().chain(&dictionary.spam.rejects) {
        assert_eq!(dictionary.phrases.scan(text, &dictionary.spam).planted, dictionary.spam.find(text), "{text}");
    }
}

#[test]
fn a_folder_extends_the_dictionaries() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("lexicon.toml"), "[[class]]\nname = \"receive\"\nwords = [\"喜提\"]\n")
        .expect("a file");
    let dictionary = Dictionary::with_folder(folder.path()).expect("dictionaries");
    assert!(dictionary.lexicon.class("喜提").is_some() && dictionary.lexicon.class("收到").is_some());
    assert_ne!(dictionary.hash, Dictionary::built_in().hash);
}

#[test]
fn a_folder_adds_to_the_words_that_reading_compares_with() {
    let text = "余桐县2023年政府信息公开工作年度报告\n\n一、总体情况\n\n共收到信件40件，涵盖来信18件、来访12件。\n";
    let kind = |dictionary: &Dictionary| {
        let source = Source::from_bytes(text.as_bytes().to_vec(), "test.txt").expect("a text");
        Engine::new(dictionary, Lang::Zh).audit(&source, |view| view.claims.lists[0].kind)
    };
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("claims.toml"), "[words]\nlist_openers = [\"涵盖\"]\n").expect("a file");
    let dictionary = Dictionary::with_folder(folder.path()).expect("dictionaries");
    assert_eq!(kind(Dictionary::built_in()), ListKind::Loose);
    assert_eq!(kind(&dictionary), ListKind::Open);
    assert!(dictionary.patterns.claim_words.list_openers.contains(&"其中".to_string()));
}

#[test]
fn a_file_may_replace_ours() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "mode = \"replace\"\nbrands = [\"某某体育\"]\n";
    std::fs::write(folder.path().join("spam.toml"), text).expect("a file");
    let dictionary = Dictionary::with_folder(folder.path()).expect("dictionaries");
    assert!(dictionary.spam.find("落实某某体育政务公开要求").len() == 1 && dictionary.spam.find("威廉希尔").is_empty());
}

#[test]
fn errors_name_file_line_and_key() {
    let cases = [
        (
            "claims.toml",
            "[[pattern]]\nid = \"x\"\nmatch = [\"receive #\"]\nsubject = [\"requests.recieved\"]\nmatches = []\nrejects = []\n",
            "line 4",
            "pattern.x.subject",
        ),
        (
            "claims.toml",
            "[[pattern]]\nid = \"x\"\nmatch = [\"recieve #\"]\nmatches = []\nrejects = []\n",
            "line 3",
            "pattern.x.match",
        ),
        (
            "claims.toml",
            "[[pattern]]\nid = \"x\"\ncode = \"C399\"\nmatch = [\"receive #\"]\nmatches = []\nrejects = []\n",
            "line 3",
            "pattern.x.code",
        ),
        (
            "lexicon.toml",
            "[[class]]\nname = \"receive\"\nwords = [\"受理\"]\n",
            "line ",
            "the word 受理 is in two classes",
        ),
        ("rows.toml", "[[row]]\nid = \"requests.nothing\"\nmatches = []\nrejects = []\n", "line 2", "row.id"),
        (
            "sections.toml",
            "[[section]]\nnumber = 9\ntitles = []\nmatches = []\nrejects = []\n",
            "line 2",
            "section.number",
        ),
        ("numbers.toml", "[units]\ncase = 3\n", "line 2", "numbers.toml"),
        ("claims.toml", "[[pattern]]\nidd = 1\n", "line 2", "idd"),
        ("claims.toml", "[words]\nshort_forms = [\"经开区\"]\n", "line 2", "short form"),
        ("naming.toml", "[told]\nauthor = '('\n", "line 2", "told.author"),
        ("naming.toml", "[titles]\nlinks = [\n\"\"]\n", "line 3", "titles.links"),
        ("naming.toml", "[places]\ncounty_cities = [\"云河\"]\n", "line 2", "places.county_cities"),
        ("words.toml", "", "words.toml", "claims.toml"),
        ("claims.toml", "[words]\nlist_openers = [\"\"]\n", "line 2", "empty word"),
        ("spam.toml", "brands = [\"\"]\n", "line 1", "empty word"),
        ("lexicon.toml", "[[class]]\nname = \"receive\"\nwords = [\"{接,受\"]\n", "line 3", "brace"),
        ("lexicon.toml", "[[class]]\nname = \"receive\"\nwords = [\"\"]\n", "line 3", "empty word"),
        ("numbers.toml", "[units]\ncase = [\"条\"]\n", "line ", "the unit 条"),
        (
            "claims.toml",
            "[[pattern]]\nid = \"x\"\nmatch = [\"receive\"]\nmatches = []\nrejects = []\n",
            "line 3",
            "# is missing",
        ),
    ];
    for (name, text, line, key) in cases {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join(name), text).expect("a file");
        let error = Dictionary::with_folder(folder.path()).err().map(|e| e.to_string()).unwrap_or_default();
        assert!(error.contains(line) && error.contains(key) && error.contains(name), "{text}: {error}");
    }
}

/// Classes and patterns that the program knows by name are told to those who replace a file.
#[test]
fn the_readme_names_what_the_program_knows_by_name() {
    let read = |path: &Path| std::fs::read_to_string(path).expect("a file of ours");
    let readme = read(&root().join("dictionaries/README.md"));
    let names = |file: &str, key: &str| -> Vec<String> {
        let text = read(&root().join("dictionaries").join(file));
        let lines = text.lines().filter_map(|line| line.strip_prefix(key)?.strip_prefix(" = \"")?.strip_suffix('"'));
        lines.map(String::from).collect()
    };
    let is_code = |path: &Path| path.extension().is_some_and(|e| e == "rs");
    let in_code = |folder: &str| -> String {
        let files = walkdir::WalkDir::new(root().join("src").join(folder)).into_iter().filter_map(Result::ok);
        let code = files.map(walkdir::DirEntry::into_path).filter(|path| is_code(path)).map(|path| read(&path));
        code.map(|code| code.split("#[cfg(test)]").next().unwrap_or_default().to_string()).collect()
    };
    let (claims, rules) = (in_code("claims"), in_code("rules"));
    let untold =
        |name: &String, code: &str| code.contains(&format!("\"{name}\"")) && !readme.contains(&format!("`{name}`"));
    let classes = names("lexicon.toml", "name");
    let patterns = names("claims.toml", "id");
    let missing: Vec<&String> = (classes.iter().filter(|name| untold(name, &claims)))
        .chain(patterns.iter().filter(|id| untold(id, &claims) || untold(id, &rules)))
        .collect();
    assert!(missing.is_empty(), "dictionaries/README.md does not name {missing:?}");
}
