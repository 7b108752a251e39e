//! The ZIP package of an office program: its parts, unpacked one at a time under the limits.
//!
//! The sizes in its directory are not believed: every part is counted while it is unpacked.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::super::decode::SourceError;
use super::super::limits::{Limit, Limits};

/// Below this many unpacked bytes no ratio is a bomb: a page of empty cells packs very well.
const HARMLESS: u64 = 4_000_000;

/// More relations than this has no part of a report.
const MOST_LINKS: usize = 10_000;

/// An open package.
pub(super) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    kind: &'static str,
    limits: &'b Limits,
    packed: u64,
    unpacked: u64,
}

impl<'b> Package<'b> {
    /// Opens the directory of a package.
    pub(super) fn open(bytes: &'b [u8], kind: &'static str, limits: &'b Limits) -> Result<Self, SourceError> {
        let archive = ZipArchive::new(Cursor::new(bytes))
            .map_err(|error| SourceError::Damaged { kind, why: error.to_string() })?;
        if archive.len() as u64 > limits.members {
            return Err(SourceError::limit(Limit::Members, limits));
        }
        Ok(Package { archive, kind, limits, packed: bytes.len() as u64, unpacked: 0 })
    }

    /// Says that the package cannot be read.
    pub(super) fn damaged(&self, why: impl ToString) -> SourceError {
        SourceError::Damaged { kind: self.kind, why: why.to_string() }
    }

    /// Where its relations say the main part is, or where it usually is.
    pub(super) fn main_part(&mut self, usual: &str) -> Result<String, SourceError> {
        let links = self.links("")?;
        let main = links.into_iter().find(|link| link.kind == "officeDocument" && !link.is_external);
        Ok(main.map_or_else(|| usual.to_string(), |link| link.target))
    }

    /// The relations of a part; of the package itself for an empty name.
    pub(super) fn links(&mut self, part: &str) -> Result<Vec<Link>, SourceError> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let separator = if folder.is_empty() { "" } else { "/" };
        let text = self.text(&format!("{folder}{separator}_rels/{file}.rels"))?;
        Ok(text.map(|text| links(&text, folder)).unwrap_or_default())
    }

    /// A part as text; none if there is no such part.
    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, SourceError> {
        let Some(bytes) = self.bytes(name)? else { return Ok(None) };
        // UTF-8 nearly always; a byte order mark says otherwise.
        match encoding_rs::Encoding::for_bom(&bytes) {
            None => String::from_utf8(bytes).map(Some).map_err(|error| self.damaged(format!("{name}: {error}"))),
            Some((encoding, mark)) => Ok(Some(encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned())),
        }
    }

    /// Unpacks parts and throws them away: what is read later by others is then known to stay within the limits. `most`
    /// says how many tags a part may have, and none for a part that nobody reads.
    pub(super) fn check(&mut self, most: impl Fn(&str) -> Option<u64>) -> Result<(), SourceError> {
        for index in 0..self.archive.len() {
            let name = self.archive.name_for_index(index).and_then(Result::ok).map(std::borrow::Cow::into_owned);
            let Some((name, most)) = name.and_then(|name| most(&name).map(|most| (name, most))) else { continue };
            let mut tags = Tags(0);
            self.unpack(index, &mut tags)?;
            if tags.0 > most {
                return Err(self.damaged(format!("{name} has more than {most} tags")));
            }
        }
        Ok(())
    }

    fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, SourceError> {
        let Some(index) = self.index(name) else { return Ok(None) };
        let mut bytes = Vec::new();
        self.unpack(index, &mut bytes)?;
        Ok(Some(bytes))
    }

    /// Some writers differ in case, or write their names with the separator of Windows.
    fn index(&self, name: &str) -> Option<usize> {
        let name = name.trim_start_matches('/');
        self.archive.index_for_name(name).or_else(|| {
            let is_same = |other: &str| other.replace('\\', "/").trim_start_matches('/').eq_ignore_ascii_case(name);
            (0..self.archive.len())
                .find(|i| self.archive.name_for_index(*i).is_some_and(|n| n.is_ok_and(|n| is_same(&n))))
        })
    }

    fn unpack(&mut self, index: usize, out: &mut impl std::io::Write) -> Result<(), SourceError> {
        let by_ratio = self.packed.saturating_mul(self.limits.ratio).max(HARMLESS);
        let left = by_ratio.min(self.limits.bytes).saturating_sub(self.unpacked);
        let kind = self.kind;
        let damaged = |why: String| SourceError::Damaged { kind, why };
        let part = self.archive.by_index(index).map_err(|error| damaged(error.to_string()))?;
        let count = std::io::copy(&mut part.take(left + 1), out).map_err(|error| damaged(error.to_string()))?;
        self.unpacked += count;
        if count <= left {
            return Ok(());
        }
        let limit = if by_ratio < self.limits.bytes { Limit::Ratio } else { Limit::Bytes };
        Err(SourceError::limit(limit, self.limits))
    }
}

/// Counts the tags that are written to it.
struct Tags(u64);

impl std::io::Write for Tags {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0 += memchr::memchr_iter(b'<', bytes).count() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// A relation between parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Link {
    /// Its name in the part that refers to it.
    pub(super) id: String,
    /// What it is, the last word of its type.
    pub(super) kind: String,
    /// The part it points to; an address if it is external.
    pub(super) target: String,
    /// Whether it points out of the package. Such a target is never opened.
    pub(super) is_external: bool,
}

fn links(xml: &str, folder: &str) -> Vec<Link> {
    let mut found = Vec::new();
    super::xml::each_tag(xml, |tag| {
        if tag.local_name().as_ref() != "Relationship" || found.len() == MOST_LINKS {
            return;
        }
        let get = |name| super::xml::attribute(tag, name).unwrap_or_default();
        let is_external = get("TargetMode").eq_ignore_ascii_case("External");
        let target = get("Target");
        let target = if is_external { target } else { resolved(folder, &target) };
        let kind = get("Type").rsplit('/').next().unwrap_or_default().to_string();
        found.push(Link { id: get("Id"), kind, target, is_external });
    });
    found
}

/// A target as the name of a part.
fn resolved(folder: &str, target: &str) -> String {
    if let Some(whole) = target.strip_prefix('/') {
        return whole.to_string();
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|p| !p.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "." | "" => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}
