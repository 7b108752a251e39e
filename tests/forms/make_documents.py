#!/usr/bin/env python3
"""Writes tests/forms/documents/: one report of corpus/ in the forms of office programs.

    pip install python-docx openpyxl; python3 tests/forms/make_documents.py

What a machine lacks (the two packages, LibreOffice) is skipped, and what is there already stays as it is. The
results are in the repository; the tests only read them.
"""

import base64
import html
import pathlib
import quopri
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
OUT = HERE / "documents"
REPORT = HERE.parent.parent / "corpus" / "reports" / "yanchi-district-2023.txt"
HEADING = re.compile("^([一二三四五六])、(.+)$")


def report():
    """The report as a list of paragraphs (str) and tables (lists of rows of cells)."""
    parts = []
    for line in REPORT.read_text(encoding="utf-8").splitlines():
        if line.endswith("|"):
            cells = [cell.strip() for cell in line.rstrip("|").split("|")]
            if not parts or isinstance(parts[-1], str):
                parts.append([])
            parts[-1].append(cells)
        elif line.strip():
            parts.append(line.strip())
    return parts


def grid(rows):
    """Rows of (text, columns, rows): the merged cells of the printed form."""
    if len(rows[0]) == 1:  # table two
        return [[(cell, {1: 4, 2: 2 if i else 2}.get(len(row), 1), 1) for i, cell in enumerate(row)] for row in rows], 4
    if "勾稽" in rows[0][0]:  # table three: three columns of labels, seven of numbers
        out = [
            [(rows[0][0], 3, 3), (rows[0][1], 7, 1)],
            [(rows[1][0], 1, 2), (rows[1][1], 5, 1), (rows[1][2], 1, 2)],
            [(cell, 1, 1) for cell in rows[2]],
        ]
        body = rows[3:]
        results = len([r for r in body if not re.match("[一二四]、", r[0])])
        for row in body:
            labels, numbers = row[:-7], [(cell, 1, 1) for cell in row[-7:]]
            cells = []
            for label in labels:
                if label.startswith("三、"):
                    cells.append((label, 1, results))
                elif re.match("[一二四]、", label):
                    cells.append((label, 3, 1))
                elif re.match("（[三四五六]）", label):
                    size = {"三": 8, "四": 3, "五": 5, "六": 3}[label[1]]
                    cells.append((label, 1, size))
                elif label.startswith("（"):
                    cells.append((label, 2, 1))
                else:
                    cells.append((label, 1, 1))
            out.append(cells + numbers)
        return out, 10
    out = [  # table four
        [(rows[0][0], 5, 1), (rows[0][1], 10, 1)],
        [(cell, 1, 2) for cell in rows[1][:5]] + [(cell, 5, 1) for cell in rows[1][5:]],
        [(cell, 1, 1) for cell in rows[2][:10]],
        [(cell, 1, 1) for cell in rows[3]],
    ]
    out[2] = [(cell, 1, 1) for cell in rows[2][-10:]]
    return out, 15


def placed(rows, columns):
    """The cells with their first row and column."""
    taken, out = set(), []
    for r, row in enumerate(rows):
        c = 0
        for text, width, height in row:
            while (r, c) in taken:
                c += 1
            width = min(width, columns - c)
            taken |= {(r + i, c + j) for i in range(height) for j in range(width)}
            out.append((r, c, width, height, text))
            c += width
    return out


def docx(path, numbered=False, framed=False):
    """With merged cells; the headings numbered by Word; all of it inside a table made for its looks."""
    import docx as library
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    document = library.Document()
    if numbered:
        numbering = document.part.numbering_part.element
        # Definitions stand before the lists that use them.
        numbering.insert(0, parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
            '<w:numFmt w:val="chineseCountingThousand"/><w:suff w:val="nothing"/><w:lvlText w:val="%1、"/></w:lvl>'
            "</w:abstractNum>"))
        numbering.append(parse_xml(
            f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    holder = document
    if framed:
        holder = document.add_table(1, 1).cell(0, 0)
    for part in report():
        if isinstance(part, str):
            heading = HEADING.match(part) if numbered else None
            paragraph = holder.add_paragraph(heading.group(2) if heading else part)
            if heading:
                paragraph._p.get_or_add_pPr().append(parse_xml(
                    f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="90"/></w:numPr>'))
            continue
        rows, columns = grid(part)
        table = holder.add_table(len(rows), columns)
        if not framed:
            table.style = "Table Grid"
        for r, c, width, height, text in placed(rows, columns):
            cell = table.cell(r, c)
            if width > 1 or height > 1:
                cell = cell.merge(table.cell(r + height - 1, c + width - 1))
            cell.text = text
    document.save(path)


def xlsx(path, whole):
    import openpyxl
    from openpyxl.styles import Border, Side

    book = openpyxl.Workbook()
    sheet = book.active
    line = Side(style="thin")
    at = 1

    def value(text):
        return float(text) if "." in text and re.fullmatch(r"[\d.]+", text) else int(text) if text.isdigit() else text

    title = None
    for part in report():
        if isinstance(part, str):
            title = part
            if whole:
                sheet.cell(at, 1, part)
                at += 1
            continue
        if not whole:
            if title and HEADING.match(title):
                sheet = book.create_sheet(HEADING.match(title).group(2)[:31])
                at = 1
        rows, columns = grid(part)
        for r, c, width, height, text in placed(rows, columns):
            for i in range(height):
                for j in range(width):
                    sheet.cell(at + r + i, c + 1 + j).border = Border(line, line, line, line)
            cell = sheet.cell(at + r, c + 1, value(text))
            if "." in text and text[0].isdigit() and not re.search("[一-龥]", text):
                cell.number_format = "0.00"
            if width > 1 or height > 1:
                sheet.merge_cells(start_row=at + r, start_column=c + 1, end_row=at + r + height - 1, end_column=c + width)
        at += len(rows)
    if not whole:
        del book["Sheet"]
    book.save(path)


def page():
    out = []
    for part in report():
        if isinstance(part, str):
            out.append(f"<p class=MsoNormal><span style='mso-spacerun:yes'>{html.escape(part)}</span></p>")
            continue
        rows, _ = grid(part)
        cell = lambda c: f"<td colspan={c[1]} rowspan={c[2]}><p>{html.escape(c[0])}<o:p></o:p></p></td>"
        out.append("<table>" + "\n".join("<tr>" + "".join(map(cell, row)) + "</tr>" for row in rows) + "</table>")
    return ("<html xmlns:o='urn:schemas-microsoft-com:office:office'><head>"
            "<meta http-equiv=Content-Type content='text/html; charset=gb2312'></head><body>"
            + "\n".join(out) + "</body></html>")


def mhtml(path, transfer):
    body = page().encode("gbk")
    body = quopri.encodestring(body) if transfer == "quoted-printable" else base64.encodebytes(body)
    head = ("MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"----=_NextPart_01\"\r\n\r\n"
            "------=_NextPart_01\r\nContent-Location: file:///C:/report.htm\r\n"
            f"Content-Transfer-Encoding: {transfer}\r\nContent-Type: text/html; charset=\"gb2312\"\r\n\r\n")
    tail = ("\r\n------=_NextPart_01\r\nContent-Location: file:///C:/report.files/filelist.xml\r\n"
            "Content-Type: text/xml; charset=\"utf-8\"\r\n\r\n<xml/>\r\n------=_NextPart_01--\r\n")
    path.write_bytes(head.encode() + body + tail.encode())


RELATIONS = ('<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
             '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
             'officeDocument" Target="word/document.xml"/></Relationships>')
TYPES = ('<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
         '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
         '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
         'wordprocessingml.document.main+xml"/></Types>')


def handmade(path, body):
    """A document of a few lines, by its XML."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", TYPES)
        package.writestr("_rels/.rels", RELATIONS)
        package.writestr("word/document.xml", '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.'
                         f'org/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>')


def tracked(path):
    """Old Word, with a number deleted and another put in its place."""
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder) / "tracked.docx"
        handmade(source, '<w:p><w:r><w:t>新收申请</w:t></w:r><w:del w:id="1" w:author="a" w:date="2024-01-02T00:00:00Z">'
                 '<w:r><w:delText>64</w:delText></w:r></w:del><w:ins w:id="2" w:author="a" w:date="2024-01-02T00:00:00Z">'
                 '<w:r><w:t>379</w:t></w:r></w:ins><w:r><w:t>件</w:t></w:r></w:p>')
        by_libreoffice(source, path, "doc")


def corner(path):
    """An old workbook with a cell in its last corner."""
    import openpyxl

    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder) / "corner.xlsx"
        book = openpyxl.Workbook()
        for cell, value in (("A1", "行政许可"), ("B1", 58364), ("IV65536", 1)):
            book.active[cell] = value
        book.save(source)
        by_libreoffice(source, path, "xls")


def by_libreoffice(source, target, to):
    if not shutil.which("soffice"):
        print(f"skipped {target.name}: no LibreOffice", file=sys.stderr)
        return
    if not source.exists():
        return
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", to,
                   "--outdir", str(folder), str(source)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=300)
        made = folder / f"{source.stem}.{to.split(':')[0]}"
        shutil.move(made, target)


def make(name, write):
    path = OUT / name
    if path.exists():
        return
    try:
        write(path)
        print(f"wrote {name}")
    except ImportError as error:
        print(f"skipped {name}: {error}", file=sys.stderr)


def main():
    OUT.mkdir(exist_ok=True)
    make("merged.docx", docx)
    make("numbered.docx", lambda path: docx(path, numbered=True))
    make("framed.docx", lambda path: docx(path, framed=True))
    make("whole.xlsx", lambda path: xlsx(path, True))
    make("tables.xlsx", lambda path: xlsx(path, False))
    make("mail.doc", lambda path: mhtml(path, "quoted-printable"))
    make("mail64.mht", lambda path: mhtml(path, "base64"))
    make("writer.docx", lambda path: by_libreoffice(OUT / "merged.docx", path, "docx"))
    make("word97.doc", lambda path: by_libreoffice(OUT / "numbered.docx", path, "doc"))
    make("framed.doc", lambda path: by_libreoffice(OUT / "framed.docx", path, "doc"))
    make("tracked.doc", tracked)
    make("corner.xls", corner)
    make("word2003.xml", lambda path: by_libreoffice(OUT / "merged.docx", path, "xml:MS Word 2003 XML"))
    make("tables.xls", lambda path: by_libreoffice(OUT / "tables.xlsx", path, "xls"))
    make("whole.xls", lambda path: by_libreoffice(OUT / "whole.xlsx", path, "xls"))


if __name__ == "__main__":
    main()
