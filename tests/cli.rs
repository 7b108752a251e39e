//! The command as a user meets it: messages, exit codes, files left behind.

#![allow(clippy::print_stdout, reason = "tests say what they measured")]

mod common;

use std::path::Path;
use std::process::{Command, Output};

use common::root;

fn gouji(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_gouji")).args(args).current_dir(root()).output().expect("the command runs")
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap_or(-1)
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn audit(folder: &Path, extra: &[&str]) -> (Output, tempfile::TempDir) {
    let out = tempfile::tempdir().expect("a folder");
    let (folder, target) = (folder.to_string_lossy().into_owned(), out.path().to_string_lossy().into_owned());
    let mut args = vec!["audit", folder.as_str(), "--out", target.as_str()];
    args.extend(extra);
    (gouji(&args), out)
}

fn read(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
}

const CLEAN: &str = "corpus/reports/qiwu-county-2022.txt";
const DEFECTIVE: &str = "corpus/reports/yanchi-district-2023.txt";

#[test]
fn exit_codes_say_what_was_found() {
    assert_eq!(code(&gouji(&["check", CLEAN])), 0);
    assert_eq!(code(&gouji(&["check", DEFECTIVE])), 1);
    assert_eq!(code(&gouji(&["check", DEFECTIVE, "--fail-on", "never"])), 0);
    assert_eq!(code(&gouji(&["check", "no-such-file.txt"])), 2);
    assert_eq!(code(&gouji(&["frobnicate"])), 2);
    assert_eq!(code(&gouji(&["--help"])), 0);
    assert_eq!(code(&gouji(&["explain", "no-such-rule"])), 2);
}

#[test]
fn the_main_job_writes_the_committed_results() {
    let (output, out) = audit(Path::new("corpus"), &[]);
    assert_eq!(code(&output), 1, "{}", stderr(&output));
    for name in ["reports.csv", "cells.csv", "claims.csv", "findings.csv"] {
        let (got, committed) = (read(out.path(), name), read(&root().join("results/demo"), name));
        assert!(got == committed, "{name} differs from results/demo: look at the difference, then `just results`");
    }
    let run: serde_json::Value = serde_json::from_str(&read(out.path(), "run.json")).expect("run.json");
    assert_eq!(run["program"], "gouji");
    assert!(stdout(&output).is_empty());
}

#[test]
fn any_number_of_threads_writes_the_same_bytes() {
    let (_, one) = audit(Path::new("corpus"), &["--threads", "1"]);
    let (_, four) = audit(Path::new("corpus"), &["--threads", "4"]);
    for name in ["reports.csv", "cells.csv", "claims.csv", "findings.csv"] {
        assert!(read(one.path(), name) == read(four.path(), name), "{name}");
    }
}

#[test]
fn csv_files_begin_with_a_mark_for_spreadsheets_unless_asked_not_to() {
    let (_, with) = audit(Path::new(CLEAN), &[]);
    let (_, without) = audit(Path::new(CLEAN), &["--no-bom"]);
    assert!(read(with.path(), "claims.csv").starts_with("\u{feff}report,organ,year,section,quote"));
    assert!(read(without.path(), "claims.csv").starts_with("report,organ,year,section,quote"));
}

#[test]
fn bad_files_are_named_and_the_others_are_audited() {
    let folder = tempfile::tempdir().expect("a folder");
    let put = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).expect("a file");
    put("empty.txt", b"");
    put("binary.txt", &[0, 159, 146, 150, 0, 1, 2, 3]);
    put("scan.pdf", b"%PDF-1.7 ...");
    put("page.html", "<html><body><p>今天天气很好。</p></body></html>".as_bytes());
    put("gbk.txt", &[0xd5, 0xfe, 0xb8, 0xae, 0xd0, 0xc5, 0xcf, 0xa2, 0xb9, 0xab, 0xbf, 0xaa]);
    std::fs::copy(root().join(CLEAN), folder.path().join("good.txt")).expect("a copy");
    let (output, out) = audit(folder.path(), &[]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let findings = read(out.path(), "findings.csv");
    for (name, wanted) in [("empty", "E001"), ("binary", "E001"), ("scan", "E015"), ("page", "E002"), ("gbk", "E002")] {
        let row =
            findings.lines().find(|l| l.starts_with(&format!("{name},"))).unwrap_or_else(|| panic!("{name}: no row"));
        assert!(row.contains(wanted), "{row}");
        assert!(stderr(&output).contains(&format!("{name}.")), "{}", stderr(&output));
    }
    let reports = read(out.path(), "reports.csv");
    assert_eq!(reports.lines().count(), 7);
    assert!(reports.contains("栖梧县"));
}

#[test]
fn check_tells_machines_which_files_were_not_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("empty.txt");
    std::fs::write(&file, b"").expect("a file");
    let path = file.display().to_string();
    let json = stdout(&gouji(&["check", "--output-format", "json", &path]));
    let list: serde_json::Value = serde_json::from_str(&json).expect("an array");
    assert_eq!((&list[0]["code"], &list[0]["severity"]), (&"E001".into(), &"warning".into()), "{json}");
    let line = stdout(&gouji(&["check", "--output-format", "concise", &path]));
    assert!(line.starts_with(&format!("{path}:1:1: E001 warning: ")), "{line}");
}

#[test]
fn a_folder_without_reports_is_an_error() {
    let folder = tempfile::tempdir().expect("a folder");
    let (output, out) = audit(folder.path(), &[]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("没有报告"), "{}", stderr(&output));
    assert!(!out.path().join("reports.csv").exists());
}

#[test]
fn an_unwritable_folder_is_an_error_and_an_earlier_result_stays() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("taken");
    std::fs::write(&file, "not a folder").expect("a file");
    let output = gouji(&["audit", CLEAN, "--out", &file.to_string_lossy()]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("taken"), "{}", stderr(&output));
    assert_eq!(std::fs::read_to_string(&file).expect("the file"), "not a folder");
    // A run that cannot start leaves what an earlier one wrote.
    let (_, out) = audit(Path::new(CLEAN), &[]);
    let before = read(out.path(), "claims.csv");
    let target = out.path().to_string_lossy().into_owned();
    assert_eq!(code(&gouji(&["audit", "no-such-folder", "--out", &target])), 2);
    assert_eq!(read(out.path(), "claims.csv"), before);
    assert_eq!(std::fs::read_dir(out.path()).expect("the folder").count(), 5);
}

#[test]
fn results_in_the_folder_of_the_reports_are_not_read_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let report = root().join("corpus/reports");
    let report = std::fs::read_dir(report).expect("reports").flatten().map(|entry| entry.path()).next().expect("one");
    std::fs::copy(&report, folder.path().join(report.file_name().expect("a name"))).expect("a copy");
    let path = folder.path().display().to_string();
    let run = || gouji(&["audit", &path, "--out", &path, "--keep-text", "--fail-on", "never"]);
    run();
    let first = read(folder.path(), "reports.csv");
    run();
    assert_eq!(read(folder.path(), "reports.csv"), first);
}

#[test]
fn a_table_of_the_users_is_not_written_over() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("reports.csv"), "name,place\n").expect("a file");
    let out = folder.path().display().to_string();
    let output = gouji(&["audit", "corpus", "--out", &out]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("reports.csv"), "{}", stderr(&output));
    assert_eq!(read(folder.path(), "reports.csv"), "name,place\n");
}

#[test]
fn a_broken_dictionary_is_an_error_that_names_the_line() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(
        folder.path().join("claims.toml"),
        "[[pattern]]\nid = \"x\"\nmatch = [\"nonsense #\"]\nmatches = []\nrejects = []\n",
    )
    .expect("a file");
    let output = gouji(&["check", CLEAN, "--dictionaries", &folder.path().to_string_lossy()]);
    assert_eq!(code(&output), 2);
    let text = stderr(&output);
    assert!(text.contains("claims.toml") && text.contains("line 3") && text.contains("nonsense"), "{text}");
}

#[test]
fn a_mistyped_command_line_is_explained_in_the_language_of_the_run() {
    let told = |args: &[&str]| {
        let output = gouji(args);
        assert_eq!(code(&output), 2, "{args:?}");
        stderr(&output)
    };
    let missing = told(&["audit"]);
    assert!(missing.contains("缺少 --out <DIR>、<PATHS>...") && missing.contains("用法："), "{missing}");
    let unknown = told(&["audit", "--ot", "x"]);
    assert!(unknown.contains("不认识的选项 --ot") && unknown.contains("--out"), "{unknown}");
    assert!(told(&["chek"]).contains("没有命令 chek；是否要用 check"));
    assert!(told(&["check", "x", "--output-format", "yaml"]).contains("“yaml”无效；可用的值：full、concise、json"));
    assert!(told(&["audit", "x", "--out", "y", "--threads", "many"]).contains("“many”无效"));
    assert!(told(&["chek", "--lang", "en"]).contains("unrecognized subcommand"));
    let folder = told(&["check", CLEAN, "--dictionaries", "no-such-folder"]);
    assert!(folder.contains("不能读词典 no-such-folder（没有这个文件）"), "{folder}");
}

#[test]
fn a_report_cut_in_the_middle_of_a_table_does_not_pass_silently() {
    let text = std::fs::read_to_string(root().join(CLEAN)).expect("a report");
    let folder = tempfile::tempdir().expect("a folder");
    let at = text.find("(四)无法提供").or_else(|| text.find("（四）无法提供")).expect("the row");
    std::fs::write(folder.path().join("cut.txt"), &text[..at]).expect("a file");
    let (output, out) = audit(folder.path(), &["--fail-on", "warning"]);
    assert_eq!(code(&output), 1);
    let findings = read(out.path(), "findings.csv");
    assert!(findings.contains("E302") && findings.contains("E401"), "{findings}");
    assert!(read(out.path(), "cells.csv").contains(",missing,"));
    assert!(!findings.contains(",error,"), "{findings}");
}

#[test]
fn a_very_long_line_is_read_or_refused_without_harm() {
    let folder = tempfile::tempdir().expect("a folder");
    let line = "收到申请12件，".repeat(20_000);
    std::fs::write(folder.path().join("long.txt"), &line).expect("a file");
    let digits = "7".repeat(2_000_000);
    std::fs::write(folder.path().join("digits.txt"), &digits).expect("a file");
    let (output, _out) = audit(folder.path(), &["--fail-on", "never"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
}

#[test]
fn check_points_at_the_claim_and_at_its_cells() {
    let full = stdout(&gouji(&["check", DEFECTIVE, "--fail-on", "never"]));
    assert!(
        full.contains("error[C304]") && full.contains("corpus/reports/yanchi-district-2023.txt:") && full.contains('^'),
        "{full}"
    );
    let concise = stdout(&gouji(&["check", DEFECTIVE, "--output-format", "concise", "--fail-on", "never"]));
    assert_eq!(concise.lines().count(), 3, "{concise}");
    let english =
        stdout(&gouji(&["check", DEFECTIVE, "--lang", "en", "--output-format", "concise", "--fail-on", "never"]));
    assert!(english.contains("The text says"), "{english}");
    let json: serde_json::Value =
        serde_json::from_str(&stdout(&gouji(&["check", DEFECTIVE, "--output-format", "json", "--fail-on", "never"])))
            .expect("JSON");
    assert_eq!(json.as_array().map(Vec::len), Some(3));
}

#[test]
fn every_stage_can_be_shown_for_a_report_and_for_a_bare_text() {
    for stage in ["sections", "cells", "quantities", "claims"] {
        let output = gouji(&["show", stage, CLEAN]);
        assert_eq!(code(&output), 0);
        assert!(stdout(&output).lines().count() > 5, "{stage}");
    }
    let bare = stdout(&gouji(&["show", "claims", "全年收到政府信息公开申请12件，予以公开9件。"]));
    assert!(bare.contains("received") && bare.contains("requests.granted"), "{bare}");
}

#[test]
fn standard_input_is_read() {
    use std::io::Write;
    let mut child = Command::new(env!("CARGO_BIN_EXE_gouji"))
        .args(["show", "quantities", "-"])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("the command runs");
    child.stdin.take().expect("stdin").write_all("办结１，２３４件".as_bytes()).expect("a pipe");
    let output = child.wait_with_output().expect("output");
    assert!(stdout(&output).contains("1234"), "{}", stdout(&output));
}

#[test]
fn rules_are_listed_and_explained_in_both_languages() {
    let list = stdout(&gouji(&["rules"]));
    assert_eq!(list.lines().count(), gouji::rules::RULES.len());
    let chinese = stdout(&gouji(&["explain", "T301"]));
    let english = stdout(&gouji(&["explain", "intake-outcome-mismatch", "--lang", "en"]));
    assert!(chinese.contains("检查什么") && !chinese.contains("What it checks"));
    assert!(english.contains("What it checks") && !english.contains("检查什么"));
}

#[test]
fn ids_are_paths_without_extension_unless_two_would_share_one() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("a")).expect("a folder");
    for name in ["a/x.txt", "y.txt", "y.md"] {
        std::fs::copy(root().join(CLEAN), folder.path().join(name)).expect("a copy");
    }
    let (_, out) = audit(folder.path(), &[]);
    let ids: Vec<String> = read(out.path(), "reports.csv")
        .lines()
        .skip(1)
        .map(|l| l.split(',').next().unwrap_or_default().to_string())
        .collect();
    assert_eq!(ids, ["a/x", "y.md", "y.txt"]);
}

#[test]
fn private_numbers_are_not_repeated_in_any_output() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = std::fs::read_to_string(root().join(CLEAN)).expect("a report");
    let number = "13912345678";
    let sentence = format!("一、总体情况\n全年发布政策信息120条，由经办人员（手机{number}）上传。\n");
    std::fs::write(folder.path().join("private.txt"), text.replacen("一、总体情况\n", &sentence, 1)).expect("a file");
    let path = folder.path().join("private.txt").to_string_lossy().into_owned();
    for format in ["full", "concise", "json"] {
        let output = stdout(&gouji(&["check", &path, "--output-format", format, "--fail-on", "never"]));
        assert!(output.contains("X011") && !output.contains(number), "{format}: {output}");
    }
    let (_, out) = audit(folder.path(), &["--fail-on", "never"]);
    for name in ["claims.csv", "findings.csv", "cells.csv", "reports.csv"] {
        assert!(!read(out.path(), name).contains(number), "{name}");
    }
    assert!(read(out.path(), "findings.csv").contains("X011"));
}

#[test]
fn an_encoding_may_be_given_and_an_unknown_one_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = std::fs::read_to_string(root().join(CLEAN)).expect(CLEAN);
    let (bytes, _, _) = encoding_rs::GB18030.encode(&text);
    let path = folder.path().join("report.txt");
    std::fs::write(&path, &bytes).expect("a file");
    let name = path.to_string_lossy().into_owned();
    let shown = |args: &[&str]| stdout(&gouji(&[&["show", "claims", name.as_str()], args].concat()));
    assert_eq!(shown(&[]), stdout(&gouji(&["show", "claims", CLEAN])));
    assert_eq!(shown(&["--encoding", "gbk"]), shown(&[]));
    let forced = stdout(&gouji(&["check", &name, "--encoding", "utf-8", "--output-format", "concise"]));
    let summary = stderr(&gouji(&["check", &name, "--encoding", "utf-8"]));
    assert!(forced.contains("E010") || summary.contains("年度报告"), "{forced}{summary}");
    let wrong = gouji(&["check", &name, "--encoding", "gb19030"]);
    assert_eq!(code(&wrong), 2);
    assert!(stderr(&wrong).contains("gb19030"), "{}", stderr(&wrong));
}

#[test]
fn convert_prints_the_text_that_is_audited() {
    let output = gouji(&["convert", "tests/forms/html/word.html"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let text = stdout(&output);
    assert!(text.contains("\n| 行政规范性文件 | 14 | 11 | 92 |\n"), "{text}");
    assert!(!text.contains('<'), "{text}");
    let several = stdout(&gouji(&["convert", "tests/forms/archive/plain.zip", CLEAN]));
    assert_eq!(several.lines().filter(|l| l.starts_with("==> ")).count(), 2, "{several}");
}

/// `convert page.html --out .` once wrote its text over a report of that name.
#[test]
fn convert_writes_over_no_file_that_it_reads() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    std::fs::write(path("a.txt"), "收到申请6件。").expect("a file");
    std::fs::write(path("a.html"), "<p>收到申请7件。</p>").expect("a file");
    let convert = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gouji"));
        command.arg("convert").args(args).current_dir(folder.path()).output().expect("the command runs")
    };
    for files in [&["a.txt", "--out", "."][..], &["a.txt", "--out", "./"]] {
        let output = convert(files);
        assert_eq!(code(&output), 2, "{files:?}");
        assert!(stderr(&output).contains("a.txt") && stderr(&output).contains("--out"), "{}", stderr(&output));
        assert_eq!(std::fs::read_to_string(path("a.txt")).expect("a file"), "收到申请6件。", "{files:?}");
    }
    assert_eq!(code(&convert(&["a.txt", "--out", "texts"])), 0);
}

/// A path without a folder was once another file than the same path with one.
#[test]
fn a_file_that_is_named_twice_is_read_once() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::copy(root().join(CLEAN), folder.path().join("r.txt")).expect("a file");
    let whole = folder.path().join("r.txt").to_string_lossy().into_owned();
    for paths in [["r.txt", "r.txt"], [".", "r.txt"], [whole.as_str(), "r.txt"]] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gouji"));
        command.arg("audit").args(paths).args(["--out", "results", "--fail-on", "never"]);
        let output = command.current_dir(folder.path()).output().expect("the command runs");
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        assert_eq!(read(&folder.path().join("results"), "reports.csv").lines().count(), 2, "{paths:?}");
    }
}

/// What a user cites must be there to look up: the positions of the results lead to the quoted words.
#[test]
fn kept_texts_hold_what_the_positions_say() {
    for (form, file) in [
        ("tests/forms/html/site.html", "site.html"),
        ("tests/forms/pdf/libreoffice.pdf", "libreoffice.txt"),
        ("tests/forms/office/python.docx", "python.txt"),
        ("tests/forms/text/gb18030.txt", "gb18030.txt"),
    ] {
        let (output, out) = audit(Path::new(form), &["--keep-text", "--fail-on", "never"]);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        let text: Vec<char> = read(&out.path().join("text"), file).chars().collect();
        let cells = read(out.path(), "cells.csv");
        let mut reader = csv::Reader::from_reader(cells.trim_start_matches('\u{feff}').as_bytes());
        let mut seen = 0;
        for row in reader.records() {
            let row = row.expect("a row");
            let (Ok(start), Ok(end)) = (row[9].parse::<usize>(), row[10].parse::<usize>()) else { continue };
            let place: String = text[start..end].iter().collect();
            assert_eq!(place.trim(), row[6].trim_start_matches('\''), "{form}: {row:?}");
            seen += 1;
        }
        assert!(seen > 100, "{form}: {seen} cells");
    }
}

/// The text that `convert` writes can be audited instead of the file: the cells are the same.
#[test]
fn what_convert_writes_reads_back_alike() {
    let forms = ["tests/forms/html/site.html", "tests/forms/pdf/chromium.pdf", "tests/forms/office/libreoffice.doc"];
    for form in forms {
        let folder = tempfile::tempdir().expect("a folder");
        let target = folder.path().to_string_lossy().into_owned();
        let output = gouji(&["convert", form, "--out", &target]);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        let name = Path::new(form).file_stem().expect("a name").to_string_lossy().into_owned();
        let values = |path: &Path| -> Vec<String> {
            let (_, out) = audit(path, &["--fail-on", "never"]);
            let rows = read(out.path(), "cells.csv");
            rows.lines().map(|l| l.split(',').skip(3).take(6).collect::<Vec<_>>().join(",")).collect()
        };
        assert_eq!(values(Path::new(form)), values(&folder.path().join(format!("{name}.txt"))), "{form}");
    }
}
