//! The name under which the text of a report is stored: of an id, which may hold anything.

use std::path::{Component, PathBuf};

/// Longer names than this (bytes) do not fit into every file system with their endings.
const LONGEST_NAME: usize = 180;

/// A path that every file system takes and that stays in its folder: other characters become `%XX` of their bytes, and
/// a name that is too long keeps its beginning and end around a number that tells it apart.
#[must_use]
pub fn stored_name(id: &str) -> PathBuf {
    let parts = id.split('/').filter(|part| !part.is_empty()).map(|part| shortened(&escaped(part)));
    let path: PathBuf = parts.collect();
    debug_assert!(path.components().all(|c| matches!(c, Component::Normal(_))), "{path:?}");
    path
}

fn escaped(part: &str) -> String {
    let is_dots = part.chars().all(|c| c == '.');
    let mut out = String::with_capacity(part.len());
    for c in part.chars() {
        if is_dots || c.is_control() || matches!(c, '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | '%') {
            let mut bytes = [0; 4];
            out.extend(c.encode_utf8(&mut bytes).bytes().map(|b| format!("%{b:02X}")));
        } else {
            out.push(c);
        }
    }
    out
}

fn shortened(part: &str) -> String {
    if part.len() <= LONGEST_NAME {
        return part.to_string();
    }
    // FNV-1a: the same name in every run.
    let hash = part.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    let border = |at: usize| (0..=at).rev().find(|at| part.is_char_boundary(*at)).unwrap_or(0);
    format!("{}~{hash:016x}~{}", &part[..border(LONGEST_NAME - 60)], &part[border(part.len() - 30)..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_in_their_folder() {
        assert_eq!(stored_name("../a/./b:c.txt"), PathBuf::from("%2E%2E/a/%2E/b%3Ac.txt"));
        assert_eq!(stored_name("/etc/passwd"), PathBuf::from("etc/passwd"));
        let long = stored_name(&format!("{}.txt", "县".repeat(200)));
        assert!(long.as_os_str().len() <= LONGEST_NAME && long.extension().is_some_and(|e| e == "txt"), "{long:?}");
    }
}
