//! Reports go through the stages in groups: what happens to one is no business of the others.

mod common;

use std::convert::Infallible;

use gouji::audit::{TOGETHER, corpus};
use gouji::collection::{Options, find};

use common::{engine, root};

/// What is seen of a folder with more reports than go through the stages together, empty files among them.
fn seen(lost: &str) -> Vec<(String, Result<usize, &'static str>)> {
    let report = std::fs::read(root().join("corpus/reports/huanxi-district-2023.txt")).expect("a report");
    let folder = tempfile::tempdir().expect("a folder");
    for at in 0..TOGETHER * 2 + 5 {
        let content: &[u8] = if at % 10 == 3 { b"" } else { &report };
        std::fs::write(folder.path().join(format!("{at:03}.txt")), content).expect("a file");
    }
    let inputs = find(&[folder.path().to_path_buf()], Options::default()).expect("a folder of reports");
    let mut seen = Vec::new();
    let passed = corpus::run(
        engine(),
        &inputs,
        |item, _, audited| {
            let name = item.path.rsplit('/').next().unwrap_or_default().to_string();
            assert!(audited.is_err() || name != lost, "this report is lost");
            (name, audited.map(|view| view.claims.list.len()).map_err(|failure| failure.code))
        },
        |one| {
            seen.push(one);
            Ok::<(), Infallible>(())
        },
    );
    assert!(passed.is_ok_and(|passed| passed.ignored == 0));
    seen
}

#[test]
fn items_come_out_in_order_whatever_came_of_those_before() {
    let seen = seen("none");
    assert_eq!(seen.len(), TOGETHER * 2 + 5);
    for (at, (name, what)) in seen.iter().enumerate() {
        assert_eq!(*name, format!("{at:03}.txt"));
        match what {
            Ok(claims) => assert!(*claims > 0 && at % 10 != 3, "{name}: {claims} claims"),
            Err(code) => assert!(*code != "E004" && at % 10 == 3, "{name}: {code}"),
        }
    }
}

#[test]
fn a_report_that_panics_is_reported_and_no_other() {
    let (plain, lost) = (seen("none"), seen("017.txt"));
    let differ: Vec<_> = plain.iter().zip(&lost).filter(|(a, b)| a != b).map(|(_, lost)| lost).collect();
    assert_eq!(differ, [&("017.txt".to_string(), Err("E004"))]);
}
