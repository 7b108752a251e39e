//! Names inside collections as ids: never paths that are opened.

use std::borrow::Cow;

use encoding_rs::GB18030;

/// Bytes of a name: UTF-8 if they can be, else GB18030, which Chinese systems write.
pub(super) fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => GB18030.decode_without_bom_handling(bytes).0,
    }
}

/// A path inside an archive without what could lead anywhere: roots, drives, `.` and `..`.
pub(super) fn cleaned(name: &str) -> String {
    let is_drive = |part: &str| part.len() == 2 && part.ends_with(':');
    let parts: Vec<String> = name
        .split(['/', '\\'])
        .map(|part| plain(part.trim()))
        .filter(|part| !matches!(part.as_str(), "" | "." | "..") && !is_drive(part))
        .collect();
    if parts.is_empty() { "unnamed".to_string() } else { parts.join("/") }
}

/// Without characters that print as nothing or end a line.
pub(super) fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// Without the extension of its last part.
pub(super) fn without_extension(name: &str) -> &str {
    let file = name.rfind('/').map_or(0, |at| at + 1);
    match name[file..].rfind('.') {
        Some(dot) if dot > 0 => &name[..file + dot],
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_inside() {
        for (name, id) in [
            ("../../etc/passwd", "etc/passwd"),
            ("/白榆县/2022.html", "白榆县/2022.html"),
            ("C:\\年报\\2022.html", "年报/2022.html"),
            ("./a//b/./c.txt", "a/b/c.txt"),
            ("..", "unnamed"),
            ("a\n.txt", "a .txt"),
        ] {
            assert_eq!(cleaned(name), id, "{name}");
        }
        assert_eq!(without_extension("a.b/c.html"), "a.b/c");
        assert_eq!(without_extension("a.b/c"), "a.b/c");
        assert_eq!(without_extension("a/.hidden"), "a/.hidden");
    }

    #[test]
    fn names_are_decoded_as_they_were_written() {
        let gbk = GB18030.encode("白榆县年报.html").0;
        assert_eq!(decoded(&gbk), "白榆县年报.html");
        assert_eq!(decoded("白榆县年报.html".as_bytes()), "白榆县年报.html");
    }
}
