//! The text of a document part, in one pass and without recursion, however deep its tables and text boxes are nested.
//!
//! The same walk reads the parts of DOCX and the XML of Word 2003, which differ in a few names.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use rustc_hash::FxHashSet;

use super::super::blocks::Block;
use super::super::package::Link;
use super::super::xml::{attribute, is_on, push_reference, reader};
use super::numbering::{Numbering, Place};
use super::run::Run;
use super::styles::Styles;
use super::table::{Cell, Merge, Table};

/// What a part is read with.
#[derive(Debug, Default)]
pub(super) struct Context {
    pub(super) styles: Styles,
    pub(super) numbering: Numbering,
    pub(super) links: Vec<Link>,
}

/// What a part holds.
#[derive(Debug, Default)]
pub(super) struct Story {
    /// In reading order.
    pub(super) blocks: Vec<Block>,
    /// The footnotes and endnotes that it refers to, by id.
    pub(super) notes: FxHashSet<(NoteKind, String)>,
    /// Parts of other formats that hold text of the document.
    pub(super) chunks: Vec<String>,
}

/// Where a note stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum NoteKind {
    Footnote,
    Endnote,
}

/// The namespaces of the text: DOCX, its strict form, and Word 2003.
const TEXT_NAMESPACES: [&str; 3] = [
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
    "http://schemas.microsoft.com/office/word/2003/wordml",
];
/// Elements that hold no text of the finished document: what was deleted or moved away, how something was before, the
/// readings over characters, headers and footers of Word 2003.
const SKIPPED: [&str; 17] = [
    "del",
    "moveFrom",
    "pPrChange",
    "rPrChange",
    "tcPrChange",
    "trPrChange",
    "tblPrChange",
    "tblPrExChange",
    "tblGridChange",
    "sectPrChange",
    "numberingChange",
    "sdtPr",
    "sectPr",
    "rt",
    "instrText",
    "delText",
    "binData",
];
/// A picture of less than this width (EMU, 7 cm) or height (1.5 cm) is no table.
const NARROWEST_TABLE: i64 = 2_520_000;
const LOWEST_TABLE: i64 = 540_000;

/// Tables and text boxes inside each other, cells, and pictures: more than this no document has.
const MOST_NESTED: usize = 20_000;
const MOST_CELLS: usize = 300_000;
const MOST_PICTURES: usize = 1_000;

/// Which notes to read, by id.
pub(super) type Wanted<'c> = &'c dyn Fn(&str) -> bool;

/// Reads a part: the body, or the notes that are wanted.
pub(super) fn read(xml: &str, context: &mut Context, wanted: Option<Wanted<'_>>) -> Result<Story, String> {
    let mut walk = Walk {
        reader: reader(xml),
        context,
        prefix: None,
        wanted,
        is_inside: false,
        scopes: Vec::new(),
        scope: Scope::default(),
        alternatives: Vec::new(),
        cells: 0,
        pictures: 0,
        story: Story::default(),
    };
    loop {
        let event = walk.reader.read_event().map_err(|error| error.to_string())?;
        match event {
            Event::Start(tag) => walk.start(&tag, false)?,
            Event::Empty(tag) => walk.start(&tag, true)?,
            Event::End(tag) => {
                let (name, is_text) = (tag.local_name(), walk.is_text_name(tag.name().as_ref()));
                walk.end(name.as_ref(), is_text);
            }
            Event::Text(text) if walk.scope.is_in_text => {
                let text = text.into_inner();
                walk.push(&text);
            }
            Event::CData(text) if walk.scope.is_in_text => {
                let text = text.into_inner();
                walk.push(&text);
            }
            Event::GeneralRef(reference) if walk.scope.is_in_text => {
                let mut text = String::new();
                push_reference(&reference, &mut text);
                walk.push(&text);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    if !walk.scopes.is_empty() || walk.is_inside {
        return Err("the document ends in the middle".to_string());
    }
    Ok(walk.finish())
}

/// A paragraph while it is read.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    pub(super) text: String,
    pub(super) style: Option<String>,
    list: Option<String>,
    level: Option<u8>,
    /// As printed by Word 2003.
    label: Option<String>,
    /// Its end is deleted: the next one goes on in it.
    is_joined: bool,
    /// What hangs on it and comes after it: text boxes, pictures.
    after: Vec<Block>,
}

/// The body, or a text box in it.
#[derive(Debug, Default)]
pub(super) struct Scope {
    tables: Vec<Table>,
    pub(super) paragraph: Option<Paragraph>,
    pub(super) run: Run,
    /// Text of a paragraph whose end is deleted.
    carried: String,
    is_in_text: bool,
    is_in_paragraph_properties: bool,
    is_in_row_properties: bool,
    /// The last picture, by extent.
    is_small: bool,
    out: Vec<Block>,
    /// A footnote of Word 2003, which stands in the text.
    is_note: bool,
}

pub(super) struct Walk<'x, 'c> {
    reader: Reader<&'x [u8]>,
    pub(super) context: &'c mut Context,
    /// The prefix of the text's names, once known.
    prefix: Option<String>,
    wanted: Option<Wanted<'c>>,
    is_inside: bool,
    scopes: Vec<Scope>,
    pub(super) scope: Scope,
    /// For each open set of alternatives, whether one was taken.
    alternatives: Vec<bool>,
    cells: usize,
    pictures: usize,
    story: Story,
}

impl Walk<'_, '_> {
    fn is_text_name(&self, name: &str) -> bool {
        let prefix = name.split_once(':').map_or("", |(prefix, _)| prefix);
        self.prefix.as_deref() == Some(prefix)
    }

    fn skip(&mut self, tag: &BytesStart<'_>, is_empty: bool) -> Result<(), String> {
        if !is_empty {
            self.reader.read_to_end(tag.name()).map_err(|error| error.to_string())?;
        }
        Ok(())
    }

    fn start(&mut self, tag: &BytesStart<'_>, is_empty: bool) -> Result<(), String> {
        self.learn_prefix(tag);
        let name = tag.local_name();
        let name: &str = name.as_ref();
        if !self.is_inside {
            self.is_inside = !is_empty && self.begins(tag, name);
            return Ok(());
        }
        if !self.is_text_name(tag.name().as_ref()) {
            return self.foreign(tag, name, is_empty);
        }
        if matches!(name, "del" | "moveFrom") && self.marks_deletion() {
            return Ok(());
        }
        if SKIPPED.contains(&name) || self.is_in_hidden_run() && name == "txbxContent" {
            return self.skip(tag, is_empty);
        }
        self.text_element(tag, name, is_empty);
        self.within_bounds()
    }

    fn within_bounds(&self) -> Result<(), String> {
        if self.scopes.len() + self.scope.tables.len() > MOST_NESTED {
            return Err(format!("more than {MOST_NESTED} tables or text boxes inside each other"));
        }
        if self.cells > MOST_CELLS {
            return Err(format!("more than {MOST_CELLS} table cells"));
        }
        Ok(())
    }

    fn learn_prefix(&mut self, tag: &BytesStart<'_>) {
        if self.prefix.is_some() {
            return;
        }
        let mut attributes = tag.attributes();
        let declared = attributes.with_checks(false).flatten().find(|a| TEXT_NAMESPACES.contains(&a.value.as_ref()));
        self.prefix = declared.map(|a| {
            let key: &str = a.key.as_ref();
            key.strip_prefix("xmlns:").unwrap_or_default().to_string()
        });
    }

    /// Whether a tag begins what is to be read.
    fn begins(&self, tag: &BytesStart<'_>, name: &str) -> bool {
        if !self.is_text_name(tag.name().as_ref()) {
            return false;
        }
        match &self.wanted {
            None => name == "body",
            Some(is_wanted) => {
                matches!(name, "footnote" | "endnote") && attribute(tag, "id").is_some_and(|id| is_wanted(&id))
            }
        }
    }

    /// In the properties of a paragraph or a row, a deletion is a mark.
    fn marks_deletion(&mut self) -> bool {
        if self.scope.is_in_row_properties {
            if let Some(table) = self.scope.tables.last_mut() {
                table.drops_row = true;
            }
            return true;
        }
        if self.scope.is_in_paragraph_properties {
            self.paragraph().is_joined = true;
            return true;
        }
        false
    }

    /// Elements of drawings, alternatives, revisions of Word 2003.
    fn foreign(&mut self, tag: &BytesStart<'_>, name: &str, is_empty: bool) -> Result<(), String> {
        match name {
            "AlternateContent" if !is_empty => self.alternatives.push(false),
            "Choice" | "Fallback" if !is_empty => {
                if let Some(taken) = self.alternatives.last_mut()
                    && std::mem::replace(taken, true)
                {
                    return self.skip(tag, is_empty);
                }
            }
            "annotation" if attribute(tag, "type").is_some_and(|t| t == "Word.Deletion") => {
                return if self.marks_deletion() { Ok(()) } else { self.skip(tag, is_empty) };
            }
            "t" => {
                // The text of a formula; or the number before a paragraph, in Word 2003.
                let is_formula = tag.name().as_ref().starts_with("m:");
                self.scope.is_in_text = is_formula && !is_empty;
                if let Some(label) = attribute(tag, "val").filter(|_| !is_formula) {
                    self.paragraph().label = Some(label);
                }
            }
            "extent" => {
                let size = |name| attribute(tag, name).and_then(|v| v.parse().ok()).unwrap_or(i64::MAX);
                self.scope.is_small = size("cx") < NARROWEST_TABLE || size("cy") < LOWEST_TABLE;
            }
            "shape" | "rect" => self.scope.is_small = attribute(tag, "style").is_some_and(|s| is_small_shape(&s)),
            "blip" | "imagedata" => self.picture(tag),
            "OLEObject" => self.embedded(tag),
            _ => {}
        }
        Ok(())
    }

    fn link(&self, tag: &BytesStart<'_>) -> Option<&Link> {
        let id = ["embed", "link", "id"].iter().find_map(|name| attribute(tag, name))?;
        self.context.links.iter().find(|link| link.id == id)
    }

    fn picture(&mut self, tag: &BytesStart<'_>) {
        if self.scope.is_small || self.is_in_hidden_run() || self.pictures == MOST_PICTURES {
            return;
        }
        self.pictures += 1;
        let name = self.link(tag).map(|link| link.target.clone()).or_else(|| attribute(tag, "src"));
        let name = name.as_deref().and_then(|n| n.rsplit('/').next()).unwrap_or("?").to_string();
        self.paragraph().after.push(Block::Picture(name));
    }

    fn embedded(&mut self, tag: &BytesStart<'_>) {
        let program = attribute(tag, "ProgID").unwrap_or_default().to_ascii_lowercase();
        let target = self.link(tag).map(|link| link.target.clone()).unwrap_or_default();
        let file = target.rsplit('/').next().unwrap_or_default();
        let is_document = ["excel", "word", "et.", "wps.", "ket.", "package"].iter().any(|p| program.starts_with(p));
        if is_document {
            let name = if file.is_empty() { program.clone() } else { file.to_string() };
            self.paragraph().after.push(Block::Attachment(name));
        }
    }

    fn text_element(&mut self, tag: &BytesStart<'_>, name: &str, is_empty: bool) {
        let value = || attribute(tag, "val");
        let number = || value().and_then(|v| v.parse::<u32>().ok()).unwrap_or(1);
        match name {
            "t" => self.scope.is_in_text = !is_empty,
            "tab" | "ptab" if !self.scope.is_in_paragraph_properties => self.push("\t"),
            "br" | "cr" => self.push("\n"),
            "noBreakHyphen" => self.push("-"),
            "p" => {
                self.end_paragraph();
                self.scope.paragraph = Some(Paragraph::default());
                if is_empty {
                    self.end_paragraph();
                }
            }
            "pPr" => self.scope.is_in_paragraph_properties = !is_empty,
            "trPr" => self.scope.is_in_row_properties = !is_empty,
            "r" => self.scope.run = Run::default(),
            "pStyle" => self.paragraph().style = value(),
            "numId" | "ilfo" => self.paragraph().list = value(),
            "ilvl" => self.paragraph().level = value().and_then(|v| v.parse().ok()),
            "rStyle" if !self.scope.is_in_paragraph_properties => self.scope.run.style = value(),
            "vanish" if !self.scope.is_in_paragraph_properties => self.scope.run.is_hidden = Some(is_on(tag)),
            "strike" | "dstrike" if !self.scope.is_in_paragraph_properties => self.scope.run.is_struck |= is_on(tag),
            "vertAlign" => self.scope.run.is_raised = value().as_deref() == Some("superscript"),
            "txbxContent" if !is_empty => self.open_scope(false),
            "footnote" | "endnote" if !is_empty => self.open_scope(true),
            "footnoteReference" => self.refer(tag, NoteKind::Footnote),
            "endnoteReference" => self.refer(tag, NoteKind::Endnote),
            "altChunk" => {
                let target = self.link(tag).map_or_else(|| "altChunk".to_string(), |link| link.target.clone());
                self.story.chunks.push(target);
            }
            "tbl" if !is_empty => self.open_table(),
            "hidden" if self.scope.is_in_row_properties => self.with_table(|table| table.drops_row = is_on(tag)),
            "gridBefore" => self.with_table(|table| table.skip(number())),
            "tr" => self.with_table(Table::open_row),
            "tc" => {
                self.end_paragraph();
                self.cells += 1;
                self.with_table(Table::open_cell);
                if is_empty {
                    self.with_table(Table::close_cell);
                }
            }
            "gridSpan" => self.with_cell(|cell| cell.span = number()),
            "vMerge" | "vmerge" => self.with_cell(|cell| {
                cell.merge = if value().as_deref() == Some("restart") { Merge::Begins } else { Merge::Continues };
            }),
            "hMerge" | "hmerge" => {
                self.with_cell(|cell| cell.is_dropped |= value().as_deref() != Some("restart"));
            }
            "cellDel" => self.with_cell(|cell| cell.is_dropped = true),
            _ => {}
        }
    }

    fn end(&mut self, name: &str, is_text: bool) {
        if !self.is_inside {
            return;
        }
        if !is_text {
            match name {
                "AlternateContent" => drop(self.alternatives.pop()),
                "t" => self.scope.is_in_text = false,
                _ => {}
            }
            return;
        }
        match name {
            "t" => self.scope.is_in_text = false,
            "p" => self.end_paragraph(),
            "pPr" => self.scope.is_in_paragraph_properties = false,
            "trPr" => self.scope.is_in_row_properties = false,
            "r" => self.scope.run = Run::default(),
            "txbxContent" => self.close_scope(),
            "footnote" | "endnote" if !self.scopes.is_empty() => self.close_scope(),
            "body" | "footnote" | "endnote" => {
                self.end_paragraph();
                self.is_inside = false;
            }
            "tc" => {
                self.end_paragraph();
                self.with_table(Table::close_cell);
            }
            "tr" => self.with_table(Table::close_row),
            "tbl" => self.close_table(),
            _ => {}
        }
    }

    pub(super) fn paragraph(&mut self) -> &mut Paragraph {
        self.scope.paragraph.get_or_insert_default()
    }

    fn with_table(&mut self, change: impl FnOnce(&mut Table)) {
        if let Some(table) = self.scope.tables.last_mut() {
            change(table);
        }
    }

    fn with_cell(&mut self, change: impl FnOnce(&mut Cell)) {
        if let Some(cell) = self.scope.tables.last_mut().and_then(|table| table.cell.as_mut()) {
            change(cell);
        }
    }

    fn refer(&mut self, tag: &BytesStart<'_>, kind: NoteKind) {
        if let Some(id) = attribute(tag, "id") {
            self.story.notes.insert((kind, id));
        }
    }

    /// A text box or a note, set aside until the paragraph that it hangs on is over.
    fn open_scope(&mut self, is_note: bool) {
        let scope = Scope { is_note, ..Scope::default() };
        self.scopes.push(std::mem::replace(&mut self.scope, scope));
    }

    fn close_scope(&mut self) {
        while !self.scope.tables.is_empty() {
            self.close_table();
        }
        self.end_paragraph();
        let Some(outer) = self.scopes.pop() else { return };
        let inner = std::mem::replace(&mut self.scope, outer);
        if inner.is_note {
            return;
        }
        let after = &mut self.paragraph().after;
        if after.is_empty() {
            *after = inner.out;
        } else {
            after.extend(inner.out);
        }
    }

    fn end_paragraph(&mut self) {
        let Some(mut paragraph) = self.scope.paragraph.take() else { return };
        if !self.scope.carried.is_empty() {
            paragraph.text.insert_str(0, &std::mem::take(&mut self.scope.carried));
        }
        if paragraph.is_joined {
            self.scope.carried = paragraph.text;
            self.scope.out.append(&mut paragraph.after);
            return;
        }
        let is_contents = paragraph.style.as_ref().is_some_and(|s| self.context.styles.is_contents(s));
        if !is_contents {
            let text = self.label(&paragraph) + paragraph.text.trim();
            self.emit_text(text);
        }
        for block in paragraph.after {
            self.emit(block);
        }
    }

    /// What is printed before a paragraph, with a space where it would run into the text.
    fn label(&mut self, paragraph: &Paragraph) -> String {
        let mut label = match &paragraph.label {
            Some(label) => label.trim().to_string(),
            None => {
                let of_style = paragraph.style.as_ref().and_then(|style| self.context.styles.place(style));
                let Some(list) = paragraph.list.clone().or_else(|| of_style.as_ref().map(|place| place.list.clone()))
                else {
                    return String::new();
                };
                let level = paragraph.level.or_else(|| of_style.map(|place| place.level)).unwrap_or(0);
                self.context.numbering.label(&Place { list, level })
            }
        };
        // A cell that holds a number holds that number; what Word counts before it is not part of it.
        let text = paragraph.text.trim();
        let is_number = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c) || matches!(c, '.' | ',' | '%');
        if label.is_empty() || text.is_empty() || !self.scope.tables.is_empty() && text.chars().all(is_number) {
            return String::new();
        }
        // Bullets are characters of symbol fonts.
        label.retain(|c| !('\u{e000}'..='\u{f8ff}').contains(&c));
        if label.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '.') {
            label.push(' ');
        }
        label
    }

    fn emit_text(&mut self, text: String) {
        match self.scope.tables.last_mut() {
            Some(Table { is_layout: false, cell: Some(cell), .. }) => {
                if !cell.text.is_empty() {
                    cell.text.push('\n');
                }
                cell.text.push_str(&text);
            }
            _ => lines(&text, &mut self.scope.out),
        }
    }

    /// What hung on a paragraph: text goes where its text went, a table makes the table around it a frame.
    fn emit(&mut self, block: Block) {
        match block {
            Block::Paragraph(text) => self.emit_text(text),
            Block::Row(_) => {
                self.make_layout();
                self.scope.out.push(block);
            }
            block => self.scope.out.push(block),
        }
    }

    fn open_table(&mut self) {
        self.end_paragraph();
        self.make_layout();
        self.scope.tables.push(Table::default());
    }

    /// The table around here holds another: what it has so far becomes running text.
    fn make_layout(&mut self) {
        let Some(table) = self.scope.tables.last_mut().filter(|table| !table.is_layout) else { return };
        let mut cells: Vec<String> = table.take_rows().into_iter().flatten().collect();
        table.is_layout = true;
        if let Some(cell) = &mut table.cell {
            cells.push(std::mem::take(&mut cell.text));
        }
        for cell in cells {
            lines(&cell, &mut self.scope.out);
        }
    }

    fn close_table(&mut self) {
        self.end_paragraph();
        let Some(mut table) = self.scope.tables.pop() else { return };
        table.close_row();
        if !table.is_layout {
            self.scope.out.extend(table.take_rows().into_iter().map(Block::Row));
        }
        self.scope.out.push(Block::TableEnd);
    }

    fn finish(mut self) -> Story {
        self.end_paragraph();
        while !self.scope.tables.is_empty() {
            self.close_table();
        }
        lines(&std::mem::take(&mut self.scope.carried), &mut self.scope.out);
        self.story.blocks = std::mem::take(&mut self.scope.out);
        self.story
    }
}

/// Each line a paragraph: many writers end lines, not paragraphs.
fn lines(text: &str, out: &mut Vec<Block>) {
    out.extend(text.split('\n').filter(|line| !line.trim().is_empty()).map(|line| Block::Paragraph(line.to_string())));
}

/// `width:120pt;height:20pt`, smaller than a table can be.
fn is_small_shape(style: &str) -> bool {
    let size = |name: &str| {
        let value = style.split(';').find_map(|part| part.trim().strip_prefix(name)?.strip_prefix(':'))?;
        let number: f64 = value.trim().strip_suffix("pt")?.parse().ok()?;
        Some((number * 12_700.0) as i64)
    };
    size("width").is_some_and(|w| w < NARROWEST_TABLE) || size("height").is_some_and(|h| h < LOWEST_TABLE)
}
