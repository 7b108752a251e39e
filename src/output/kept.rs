//! The texts that were audited, beside the results: `audit --keep-text` and `convert --out`.
//!
//! `text/REPORT.txt` is the readable text. For texts and documents it is the decoded text itself, in which the
//! positions of the CSV files count. For a web page the decoded page is kept as `text/REPORT.html`, in which they
//! count, and `text/REPORT.offsets.csv` leads from each line and cell of the readable text into it.

use std::path::{Path, PathBuf};

use super::OutputError;
use crate::source::{Format, Source, stored_name};

/// A file to keep: its path under the folder of texts, and its bytes.
pub type Kept = (PathBuf, Vec<u8>);

/// The files to keep of a report.
#[must_use]
pub fn kept(id: &str, source: &Source) -> Vec<Kept> {
    let file = |ending: &str| stored_name(&format!("{id}.{ending}"));
    if source.format != Format::Html {
        return vec![(file("txt"), source.text.clone().into_bytes())];
    }
    let (text, places) = source.readable_with_places();
    let mut offsets = String::from("text_start,text_end,start,end\n");
    for place in places {
        let (readable, origin) = (place.readable, place.origin);
        offsets.push_str(&format!("{},{},{},{}\n", readable.start, readable.end, origin.start, origin.end));
    }
    vec![
        (file("txt"), text.into_bytes()),
        (file("html"), source.text.clone().into_bytes()),
        (file("offsets.csv"), offsets.into_bytes()),
    ]
}

/// Writes files under a folder.
///
/// # Errors
/// A file cannot be written.
pub fn write(folder: &Path, files: &[Kept]) -> Result<(), OutputError> {
    for (name, bytes) in files {
        let path = folder.join(name);
        let done = path.parent().map_or(Ok(()), std::fs::create_dir_all).and_then(|()| std::fs::write(&path, bytes));
        done.map_err(|source| OutputError { path, source })?;
    }
    Ok(())
}

/// Puts texts written aside in their place. What else is there stays: it may be a user's.
///
/// # Errors
/// A file cannot be moved.
pub(super) fn place(aside: &Path, folder: &Path) -> Result<(), OutputError> {
    for entry in walkdir::WalkDir::new(aside).into_iter().filter_map(Result::ok) {
        let target = folder.join(entry.path().strip_prefix(aside).unwrap_or(entry.path()));
        let done = if entry.file_type().is_dir() {
            std::fs::create_dir_all(&target)
        } else {
            std::fs::rename(entry.path(), &target)
        };
        done.map_err(|source| OutputError { path: target, source })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_lead_from_the_readable_text_into_the_page() {
        let html = "<p>收到<b>1</b>2件</p><table><tr><td>规章</td><td> 3</td></tr></table>";
        let source = Source::new(html.to_string(), Format::Html);
        let files = kept("a", &source);
        let text = |n: usize| String::from_utf8_lossy(&files[n].1).into_owned();
        let cut =
            |text: &str, start: usize, end: usize| -> String { text.chars().skip(start).take(end - start).collect() };
        let rows: Vec<Vec<usize>> =
            text(2).lines().skip(1).map(|l| l.split(',').filter_map(|n| n.parse().ok()).collect()).collect();
        let pairs: Vec<(String, String)> =
            rows.iter().map(|r| (cut(&text(0), r[0], r[1]), cut(&text(1), r[2], r[3]))).collect();
        let pair = |a: &str, b: &str| (a.to_string(), b.to_string());
        assert_eq!(pairs, [pair("收到12件", "收到<b>1</b>2件"), pair("规章", "规章"), pair("3", "3")]);
    }
}
