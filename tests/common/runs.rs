//! Runs of `gouji audit` over folders and archives made by a test.

use std::io::{Cursor, Write};
use std::path::Path;
use std::process::{Command, Output};

/// A run of the command and the folder of its results.
pub struct Run {
    /// What the command said.
    pub output: Output,
    /// The results.
    pub folder: tempfile::TempDir,
}

impl Run {
    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.folder.path().join(name))
            .unwrap_or_else(|e| panic!("{name}: {e}; {}", String::from_utf8_lossy(&self.output.stderr)))
    }

    /// The rows of a file, each as pairs of column and value.
    pub fn rows(&self, name: &str) -> Vec<Vec<(String, String)>> {
        let text = self.read(name);
        let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let header = reader.headers().expect("a header").clone();
        reader
            .records()
            .map(|row| {
                let row = row.expect("a row");
                header.iter().zip(row.iter()).map(|(c, v)| (c.to_string(), v.to_string())).collect()
            })
            .collect()
    }

    pub fn column(&self, file: &str, column: &str) -> Vec<String> {
        let value = |row: Vec<(String, String)>| row.into_iter().find(|(c, _)| c == column).map(|(_, v)| v);
        self.rows(file).into_iter().filter_map(value).collect()
    }

    /// What was found in the reports, without what tells where they lay; in an order of its own.
    pub fn contents(&self) -> Vec<String> {
        let named_by = ["report", "path", "sha256", "fingerprint"];
        let mut all = Vec::new();
        for file in ["cells.csv", "claims.csv", "findings.csv"] {
            for row in self.rows(file) {
                let kept: Vec<String> =
                    row.into_iter().filter(|(c, _)| !named_by.contains(&c.as_str())).map(|(_, v)| v).collect();
                all.push(format!("{file} {}", kept.join("|")));
            }
        }
        all.sort();
        all
    }

    pub fn findings(&self) -> Vec<(String, String)> {
        self.column("findings.csv", "report").into_iter().zip(self.column("findings.csv", "code")).collect()
    }

    /// The codes of findings that are about reading.
    pub fn failures(&self) -> Vec<(String, String)> {
        let is_failure = |code: &str| ["E001", "E002", "E003", "E004", "E014", "E015", "E018"].contains(&code);
        self.findings().into_iter().filter(|(_, code)| is_failure(code)).collect()
    }

    pub fn code(&self) -> i32 {
        self.output.status.code().unwrap_or(-1)
    }

    pub fn stderr(&self) -> String {
        String::from_utf8_lossy(&self.output.stderr).into_owned()
    }
}

pub fn audit(paths: &[&Path], extra: &[&str]) -> Run {
    let folder = tempfile::tempdir().expect("a folder");
    let output = Command::new(env!("CARGO_BIN_EXE_gouji"))
        .arg("--lang")
        .arg("en")
        .arg("audit")
        .args(paths)
        .arg("--out")
        .arg(folder.path())
        .args(["--fail-on", "never"])
        .args(extra)
        .output()
        .expect("the command runs");
    Run { output, folder }
}

/// A folder with files.
pub fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, bytes).expect("a file");
    }
    folder
}

pub fn zip(members: &[(&[u8], &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        let options = zip::write::SimpleFileOptions::default();
        writer.start_file(String::from_utf8_lossy(name), options).expect("a member");
        writer.write_all(bytes).expect("memory");
    }
    writer.finish().expect("memory").into_inner()
}

pub fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        builder.append_data(&mut header, name, *bytes).expect("memory");
    }
    builder.into_inner().expect("memory")
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}
