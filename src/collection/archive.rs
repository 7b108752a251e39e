//! Archives and packed files: ZIP, TAR, gzip, Zstandard.

use std::collections::HashMap;
use std::io::{self, BufReader, Cursor, Read, Seek, SeekFrom};

use flate2::read::MultiGzDecoder;
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};
use zip::ZipArchive;

use super::budget::{Counted, read_all};
use super::container::Container;
use super::error::CollectionError;
use super::stream::{Bytes, Fault, Flow, Place, Stream, inside, member_name, short};
use crate::source::Limit;

/// A ZIP file ends with its directory, whose end lies in at most so many bytes.
const ZIP_TAIL: u64 = 66_000;

/// Parts that say that a ZIP file is a document.
const PACKAGE: [&str; 2] = ["[Content_Types].xml", "OFD.xml"];

/// What gzip or zstd holds: one file, or a collection.
pub(super) fn packed(stream: &mut Stream<'_>, container: Container, place: &Place, mut bytes: Bytes<'_>) -> Flow {
    let inner = inside(place);
    let budget = std::rc::Rc::clone(&stream.budget);
    let source = BufReader::with_capacity(1 << 16, bytes.stream());
    if container == Container::Gzip {
        let mut read = Counted::new(MultiGzDecoder::new(source), &budget);
        return unpacked(stream, &inner, &mut read);
    }
    unpacked(stream, &inner, &mut Counted::new(Frames::new(source), &budget))
}

fn unpacked(stream: &mut Stream<'_>, inner: &Place, read: &mut dyn Read) -> Flow {
    if inner.name.is_empty() {
        return stream.broken(inner, "gzip", stream.given, "no name");
    }
    // What a server packed without saying so is what its name says; nothing else is packed twice by the same name.
    stream.collection(inner, Bytes::Stream(read))
}

/// The frames of a Zstandard file, one after the other.
struct Frames<R> {
    source: R,
    decoder: FrameDecoder,
    is_open: bool,
}

impl<R: io::BufRead> Frames<R> {
    fn new(source: R) -> Self {
        Frames { source, decoder: FrameDecoder::new(), is_open: false }
    }

    /// Opens the next frame, if there is one.
    fn open(&mut self) -> io::Result<bool> {
        while !self.source.fill_buf()?.is_empty() {
            match self.decoder.reset(&mut self.source) {
                Ok(()) => return Ok(true),
                Err(error) => match skippable(&error) {
                    Some(length) => {
                        io::copy(&mut (&mut self.source).take(length), &mut io::sink())?;
                    }
                    None => return Err(io::Error::other(error.to_string())),
                },
            }
        }
        Ok(false)
    }
}

fn skippable(error: &ruzstd::decoding::errors::FrameDecoderError) -> Option<u64> {
    use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
    match error {
        FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame { length, .. }) => {
            Some(u64::from(*length))
        }
        _ => None,
    }
}

impl<R: io::BufRead> Read for Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if !self.is_open {
                if !self.open()? {
                    return Ok(0);
                }
                self.is_open = true;
            }
            while self.decoder.can_collect() < buffer.len() && !self.decoder.is_finished() {
                let most = buffer.len() - self.decoder.can_collect();
                self.decoder
                    .decode_blocks(&mut self.source, BlockDecodingStrategy::UptoBytes(most))
                    .map_err(|error| io::Error::other(error.to_string()))?;
            }
            let read = self.decoder.read(buffer)?;
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
            self.is_open = false;
        }
    }
}

/// A TAR archive, member by member in its own order.
pub(super) fn tar(stream: &mut Stream<'_>, place: &Place, mut bytes: Bytes<'_>) -> Flow {
    let before = stream.given;
    let mut members = 0;
    let mut archive = tar::Archive::new(BufReader::with_capacity(1 << 16, bytes.stream()));
    let mut ids = std::collections::HashSet::new();
    let entries = match archive.entries() {
        Ok(entries) => entries,
        Err(error) => return stream.broken(place, "TAR", before, &error.to_string()),
    };
    for entry in entries {
        stream.one_more(place, &mut members)?;
        let mut entry = match entry {
            Ok(entry) => entry,
            Err(error) => return stream.broken(place, "TAR", before, &error.to_string()),
        };
        if !entry.header().entry_type().is_file() {
            continue;
        }
        let name = member_name(&entry.path_bytes());
        if !stream.is_wanted(&name) {
            continue;
        }
        // What comes later is not known: the first of two namesakes has the short id.
        let has_namesake = !ids.insert(short(&name));
        let member = place.member(&name, has_namesake);
        match stream.member(member, &mut entry) {
            Ok(()) => {}
            Err(Fault::Stop(stop)) => return Err(stop),
            Err(Fault::Read(error)) => return stream.broken(place, "TAR", before, &error.to_string()),
        }
    }
    if members == 0 {
        return stream.broken(place, "TAR", before, "no members");
    }
    Ok(())
}

/// A ZIP archive, member by member in the order of their names.
pub(super) fn zip(stream: &mut Stream<'_>, place: &Place, bytes: Bytes<'_>) -> Flow {
    match bytes {
        Bytes::File(file) => zip_of(stream, place, BufReader::new(file)),
        Bytes::Stream(read) => {
            // Its directory stands at its end: all of it has to be at hand.
            let most = stream.options.limits.bytes.saturating_sub(stream.held);
            let before = stream.given;
            let bytes = match read_all(read, most) {
                Ok(Some(bytes)) => bytes,
                Ok(None) => return stream.fail(place, CollectionError::limit(Limit::Bytes, &stream.options.limits)),
                Err(error) => return stream.broken(place, "ZIP", before, &error.to_string()),
            };
            let held = bytes.len() as u64;
            stream.held += held;
            let flow = zip_of(stream, place, Cursor::new(bytes));
            stream.held -= held;
            flow
        }
    }
}

fn zip_of<R: Read + Seek>(stream: &mut Stream<'_>, place: &Place, mut read: R) -> Flow {
    let before = stream.given;
    match declared_members(&mut read) {
        Ok(Some(members)) if members > stream.options.limits.members => {
            return stream.give_up(place, Limit::Members);
        }
        Ok(Some(_)) => {}
        // Cut off: the members stand one after the other until then.
        Ok(None) => return cut_zip(stream, place, read),
        Err(error) => return stream.broken(place, "ZIP", before, &error.to_string()),
    }
    let mut archive = match ZipArchive::new(&mut read) {
        Ok(archive) => archive,
        Err(error) => {
            let why = error.to_string();
            return stream.broken(place, "ZIP", before, &why);
        }
    };
    if PACKAGE.iter().any(|part| archive.index_for_name(part).is_some()) {
        return package(stream, place, read);
    }
    let mut members: Vec<(String, usize)> = Vec::with_capacity(archive.len());
    for index in 0..archive.len() {
        let Ok(entry) = archive.by_index_data(index) else { continue };
        if !entry.is_dir() {
            members.push((member_name(entry.name_raw()), index));
        }
    }
    members.sort();
    members.retain(|(name, _)| stream.is_wanted(name));
    let mut namesakes: HashMap<String, u32> = HashMap::new();
    for (name, _) in &members {
        *namesakes.entry(short(name)).or_default() += 1;
    }
    for (name, index) in members {
        let has_namesake = namesakes.get(&short(&name)).is_some_and(|n| *n > 1);
        let member = place.member(&name, has_namesake);
        let is_encrypted = archive.by_index_data(index).is_ok_and(|entry| entry.encrypted());
        if is_encrypted {
            stream.fail(&member, CollectionError::Encrypted)?;
            continue;
        }
        let (failed, given) = (member.clone(), stream.given);
        let budget = std::rc::Rc::clone(&stream.budget);
        let outcome = match archive.by_index(index) {
            Ok(entry) if entry.is_symlink() => Ok(()),
            Ok(entry) => stream.member(member, &mut Counted::new(entry, &budget)),
            Err(error) => Err(Fault::Read(io::Error::other(error.to_string()))),
        };
        match outcome {
            Ok(()) => {}
            Err(Fault::Stop(stop)) => return Err(stop),
            // The others stand elsewhere and may be whole.
            Err(Fault::Read(error)) => stream.broken(&failed, "ZIP", given, &error.to_string())?,
        }
    }
    Ok(())
}

/// A document under the name of an archive: an Office program's or OFD package.
fn package<R: Read + Seek>(stream: &mut Stream<'_>, place: &Place, mut read: R) -> Flow {
    if let Err(error) = read.seek(SeekFrom::Start(0)) {
        return stream.broken(place, "ZIP", stream.given, &error.to_string());
    }
    stream.packed_single(place, b"PK\x03\x04", Bytes::Stream(&mut read))
}

/// A ZIP archive without its end: the members in the order of the file, until it breaks off.
fn cut_zip<R: Read + Seek>(stream: &mut Stream<'_>, place: &Place, mut read: R) -> Flow {
    let before = stream.given;
    let mut members = 0;
    let budget = std::rc::Rc::clone(&stream.budget);
    if let Err(error) = read.seek(SeekFrom::Start(0)) {
        return stream.broken(place, "ZIP", before, &error.to_string());
    }
    let mut read = BufReader::new(read);
    loop {
        let entry = match zip::read::read_zipfile_from_stream(&mut read) {
            Ok(Some(entry)) => entry,
            Ok(None) => return stream.broken(place, "ZIP", before, "no directory at its end"),
            Err(error) => {
                let why = error.to_string();
                return stream.broken(place, "ZIP", before, &why);
            }
        };
        stream.one_more(place, &mut members)?;
        let name = member_name(entry.name_raw());
        if members == 1 && PACKAGE.contains(&name.as_str()) {
            drop(entry);
            return package(stream, place, read.into_inner());
        }
        if entry.is_dir() || !stream.is_wanted(&name) {
            continue;
        }
        match stream.member(place.member(&name, false), &mut Counted::new(entry, &budget)) {
            Ok(()) => {}
            Err(Fault::Stop(stop)) => return Err(stop),
            Err(Fault::Read(error)) => return stream.broken(place, "ZIP", before, &error.to_string()),
        }
    }
}

/// The number of members that the end of a ZIP archive declares; none where it has no end.
fn declared_members<R: Read + Seek>(read: &mut R) -> io::Result<Option<u64>> {
    let length = read.seek(SeekFrom::End(0))?;
    let from = length.saturating_sub(ZIP_TAIL);
    read.seek(SeekFrom::Start(from))?;
    let mut tail = Vec::new();
    read.by_ref().take(ZIP_TAIL).read_to_end(&mut tail)?;
    read.seek(SeekFrom::Start(0))?;
    let number = |at: usize, bytes: usize| {
        tail.get(at..at + bytes).map(|field| field.iter().rev().fold(0u64, |n, byte| n << 8 | u64::from(*byte)))
    };
    let Some(end) = memchr::memmem::rfind(&tail, b"PK\x05\x06") else { return Ok(None) };
    match number(end + 10, 2) {
        // More than fit: the number stands in the record before it.
        Some(0xffff) => {
            let large = memchr::memmem::rfind(&tail[..end], b"PK\x06\x06").and_then(|at| number(at + 32, 8));
            Ok(Some(large.unwrap_or(0xffff)))
        }
        Some(members) => Ok(Some(members)),
        None => Ok(None),
    }
}
