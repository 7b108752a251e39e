#!/usr/bin/env python3
"""Makes the PDF fixtures in tests/forms/pdf/ from reports of corpus/.

    python3 tests/forms/make_pdf.py [NAME...]

Each is made by another tool, the way offices make theirs. A tool that the machine lacks is skipped and its fixture left
as it is. Python packages: reportlab, python-docx, typst, pikepdf; programs: soffice, chromium; font: Noto Serif CJK SC.
"""

import html
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
CORPUS = HERE.parent.parent / "corpus" / "reports"
OUT = HERE / "pdf"


# --- the report as parts ---------------------------------------------------------------------------------------------


def is_value(token):
    return token == "" or re.fullmatch(r"[+-]?[0-9.]+(元|万元)?", token) is not None


def parts(name):
    """[('p', text) | ('t2'|'t3'|'t4', rows)]; rows of the tables with their labels apart."""
    out, tokens = [], []

    def flush():
        if not tokens:
            return
        first = tokens[0]
        kind = "t2" if first.startswith("第二十条") else "t4" if first == "行政复议" else "t3"
        out.append((kind, {"t2": table2, "t3": table3, "t4": table4}[kind](tokens)))
        tokens.clear()

    for line in (CORPUS / name).read_text("utf-8").splitlines():
        line = line.strip()
        if line.endswith("|"):
            tokens.extend(cell.strip() for cell in line[:-1].split("|"))
        elif line:
            flush()
            out.append(("p", line))
    flush()
    return out


def table2(tokens):
    rows, at = [], 0
    while at < len(tokens):
        if tokens[at].startswith("第二十条"):
            rows.append([tokens[at]])
            at += 1
            continue
        end = at
        if tokens[at] == "信息内容":
            while not is_value(tokens[end + 1]):
                end += 1
            rows.append(tokens[at:end])
        else:
            end += 1
            while end < len(tokens) and is_value(tokens[end]):
                end += 1
            rows.append(tokens[at:end])
        at = end
    return rows


def table3(tokens):
    at = next(i for i, t in enumerate(tokens) if t.startswith("一、"))
    rows = [tokens[:at]]
    while at < len(tokens):
        labels = []
        while at < len(tokens) and (not is_value(tokens[at])):
            labels.append(tokens[at])
            at += 1
        rows.append((labels, tokens[at : at + 7]))
        at += 7
    return rows


def table4(tokens):
    return tokens[-15:]


# --- the tables as grids of (text, columns, rows) --------------------------------------------------------------------


def grid(kind, rows):
    """Rows of cells (text, colspan, rowspan, is_label)."""
    if kind == "t2":
        width = 12
        out = []
        for row in rows:
            if len(row) == 1:
                out.append([(row[0], width, 1, True)])
            else:
                share = (width - 3) // (len(row) - 1)
                out.append([(row[0], 3, 1, True)] + [(c, share, 1, False) for c in row[1:]])
        return out
    if kind == "t3":
        note = rows[0][0]
        out = [
            [(note, 3, 3, True), ("申请人情况", 7, 1, False)],
            [("自然人", 1, 2, False), ("法人或其他组织", 5, 1, False), ("总计", 1, 2, False)],
            [(c, 1, 1, False) for c in ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")],
        ]
        body = rows[1:]
        for i, (labels, values) in enumerate(body):
            cells = []
            for label in labels:
                if label.startswith("三、"):
                    span = next(j for j, (l, _) in enumerate(body) if l[0].startswith("四、")) - i
                    cells.append((label, 1, span, "vertical"))
                elif re.match(r"[一二四]、", label):
                    cells.append((label, 3, 1, True))
                elif label.startswith(("（", "(")) and label is labels[-1]:
                    cells.append((label, 2, 1, True))
                elif label.startswith(("（", "(")):
                    end = i + 1
                    while not body[end][0][0].startswith(("（", "(", "四、")):
                        end += 1
                    cells.append((label, 1, end - i, True))
                else:
                    cells.append((label, 1, 1, True))
            out.append(cells + [(v, 1, 1, False) for v in values])
        return out
    results = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    return [
        [("行政复议", 5, 1, False), ("行政诉讼", 10, 1, False)],
        [(r, 1, 2, False) for r in results] + [("未经复议直接起诉", 5, 1, False), ("复议后起诉", 5, 1, False)],
        [(r, 1, 1, False) for r in results * 2],
        [(v, 1, 1, False) for v in rows],
    ]


def is_title(text):
    return text.endswith("年度报告") and len(text) < 40


def is_heading(text):
    return re.match(r"[一二三四五六]、", text) is not None and len(text) < 40


# --- HTML ------------------------------------------------------------------------------------------------------------


def as_html(name, css):
    out = [f"<!doctype html><html lang=zh><head><meta charset=utf-8><title>x</title><style>{css}</style></head><body>"]
    for kind, part in parts(name):
        if kind == "p":
            tag = "h1" if is_title(part) else "h2" if is_heading(part) else "p"
            out.append(f"<{tag}>{html.escape(part)}</{tag}>")
            continue
        out.append(f"<table class={kind}>")
        for row in grid(kind, part):
            cells = "".join(
                f'<td colspan={c} rowspan={r} class="{"l" if is_label is True else is_label or "n"}">{html.escape(t)}</td>'
                for t, c, r, is_label in row
            )
            out.append(f"<tr>{cells}</tr>")
        out.append("</table>")
    out.append("</body></html>")
    return "\n".join(out)


CHROMIUM_CSS = """
@page { size: A4; margin: 24mm 26mm; @bottom-center { content: "— " counter(page) " —"; font-size: 10pt }
        @top-left { content: "政府信息公开工作年度报告"; font-size: 9pt } }
body { font: 12pt/1.7 'Noto Serif CJK SC'; margin: 0 }
h1 { font-size: 17pt; text-align: center; font-weight: normal } h2 { font-size: 13pt; font-weight: normal }
p { text-indent: 2em; margin: 0; text-align: justify }
table { border-collapse: collapse; width: 100%; margin: 6pt 0; font-size: 9.5pt; line-height: 1.3 }
td { border: 0.75pt solid #000; padding: 2pt 3pt; text-align: center } td.l { text-align: left }
td.vertical { writing-mode: vertical-rl; }
"""


def chromium(name, target):
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not program:
        return "chromium is not installed"
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "report.html"
        page.write_text(as_html(name, CHROMIUM_CSS), "utf-8")
        subprocess.run(
            [program, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={target}",
             page.as_uri()],
            check=True, capture_output=True, timeout=120,
        )


# --- LibreOffice -----------------------------------------------------------------------------------------------------


def soffice(source, target):
    program = shutil.which("soffice")
    if not program:
        return "soffice is not installed"
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [program, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf", "--outdir",
             folder, str(source)],
            check=True, capture_output=True, timeout=240,
        )
        shutil.copy(Path(folder) / (source.stem + ".pdf"), target)


def office_html(name, target):
    css = "body { font-family: 'Noto Serif CJK SC'; font-size: 11pt } td { border: 1px solid #000 } table { border-collapse: collapse }"
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "report.html"
        page.write_text(as_html(name, css), "utf-8")
        return soffice(page, target)


def office_docx(name, target, landscape=True):
    try:
        import docx
    except ImportError:
        return "python-docx is not installed"
    from docx.enum.section import WD_ORIENT
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    font = "Noto Serif CJK SC"
    document = docx.Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = font, Pt(12)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), font)
    section = document.sections[0]
    if landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Cm(29.7), Cm(21)
    else:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.header.paragraphs[0].text = "政府信息公开年报汇编"
    foot = section.footer.paragraphs[0]
    foot.alignment = 1
    foot.add_run("— ")
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        run = foot.add_run()
        node = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            node.set(qn("w:fldCharType"), kind)
        else:
            node.text = text
        run._r.append(node)
    foot.add_run(" —")
    for kind, part in parts(name):
        if kind == "p":
            paragraph = document.add_paragraph(part)
            paragraph.paragraph_format.space_after = Pt(0)
            paragraph.paragraph_format.line_spacing = Pt(24)
            if is_title(part):
                paragraph.alignment = 1
            else:
                paragraph.paragraph_format.first_line_indent = Pt(24)
            continue
        rows = grid(kind, part)
        width = sum(c for _, c, _, _ in rows[0])
        table = document.add_table(len(rows), width)
        table.style = "Table Grid"
        table.autofit = False
        taken = set()
        for r, row in enumerate(rows):
            column = 0
            for text, columns, down, is_label in row:
                while (r, column) in taken:
                    column += 1
                taken |= {(r + i, column + j) for i in range(down) for j in range(columns)}
                cell = table.cell(r, column)
                if columns > 1 or down > 1:
                    cell = cell.merge(table.cell(r + down - 1, column + columns - 1))
                cell.text = text
                cell.vertical_alignment = 1
                for run in cell.paragraphs[0].runs:
                    run.font.size = Pt(10)
                if is_label == "vertical":
                    direction = OxmlElement("w:textDirection")
                    direction.set(qn("w:val"), "tbRlV")
                    cell._tc.get_or_add_tcPr().append(direction)
                column += columns
        if kind == "t3":
            for column, wide in enumerate([1.2, 2.4, 3.2] + [1.7] * 7):
                for cell in table.columns[column].cells:
                    cell.width = Cm(wide)
            for row in table.rows[:3]:
                mark = OxmlElement("w:tblHeader")
                row._tr.get_or_add_trPr().append(mark)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.docx"
        document.save(path)
        return soffice(path, target)


# --- reportlab: predefined character map, nothing embedded ------------------------------------------------------------


def reportlab_song(name, target):
    try:
        from reportlab.lib.pagesizes import A4
        from reportlab.lib.styles import ParagraphStyle
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.cidfonts import UnicodeCIDFont
        from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle
    except ImportError:
        return "reportlab is not installed"
    from reportlab import rl_config

    rl_config.invariant = 1
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    text = ParagraphStyle("p", fontName="STSong-Light", fontSize=12, leading=20, firstLineIndent=24, wordWrap="CJK")
    title = ParagraphStyle("t", parent=text, fontSize=18, leading=30, alignment=1, firstLineIndent=0)
    small = ParagraphStyle("s", fontName="STSong-Light", fontSize=9, leading=11, wordWrap="CJK")
    story = []
    for kind, part in parts(name):
        if kind == "p":
            story.append(Paragraph(html.escape(part), title if is_title(part) else text))
            continue
        rows = grid(kind, part)
        width = sum(c for _, c, _, _ in rows[0])
        cells = [[""] * width for _ in rows]
        spans, taken = [], set()
        for r, row in enumerate(rows):
            column = 0
            for content, columns, down, is_label in row:
                while (r, column) in taken:
                    column += 1
                taken |= {(r + i, column + j) for i in range(down) for j in range(columns)}
                # A merged cell over many rows cannot be split by reportlab: the label goes one character a line.
                if is_label == "vertical":
                    cells[r][column] = "\n".join(content)
                else:
                    cells[r][column] = content if is_value(content) else Paragraph(html.escape(content), small)
                spans.append(("SPAN", (column, r), (column + columns - 1, r + down - 1)))
                column += columns
        widths = [20, 62, 96] + [39] * 7 if kind == "t3" else [450 / width] * width
        table = Table(cells, colWidths=widths)
        table.setStyle(TableStyle(
            spans + [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("FONT", (0, 0), (-1, -1), "STSong-Light", 9),
                     ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
        ))
        story.append(table)

    def number(canvas, document):
        canvas.setFont("STSong-Light", 9)
        canvas.drawCentredString(A4[0] / 2, 30, f"第{document.page}页")

    SimpleDocTemplate(str(target), pagesize=A4, title="report", topMargin=60, bottomMargin=60).build(
        story, onFirstPage=number, onLaterPages=number
    )


def reportlab_aligned(name, target):
    """No rules at all: numbers stand in columns, labels are wrapped, every line is placed by hand."""
    try:
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.cidfonts import UnicodeCIDFont
        from reportlab.pdfgen.canvas import Canvas
    except ImportError:
        return "reportlab is not installed"
    from reportlab import rl_config

    rl_config.invariant = 1
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas = Canvas(str(target), pagesize=(595, 842))
    state = {"y": 780, "page": 1}

    def wrap(text, count):
        lines = []
        while text:
            end = count
            while end < len(text) and text[end] in "，。、；：）”":
                end += 1
            while end < len(text) and end > 1 and re.match(r"[0-9.%]", text[end]) and re.match(r"[0-9.]", text[end - 1]):
                end -= 1
            lines.append(text[:end])
            text = text[end:]
        return lines

    def feed(step):
        state["y"] -= step
        if state["y"] < 80:
            canvas.setFont("STSong-Light", 9)
            canvas.drawCentredString(297, 40, f"- {state['page']} -")
            canvas.showPage()
            state["y"], state["page"] = 770, state["page"] + 1

    def put(x, text, size=10.5, centre=False):
        canvas.setFont("STSong-Light", size)
        (canvas.drawCentredString if centre else canvas.drawString)(x, state["y"], text)

    for kind, part in parts(name):
        if kind == "p":
            if is_title(part):
                feed(34)
                put(297, part, 16, True)
                continue
            for i, line in enumerate(wrap("　　" + part, 38)):
                feed(19)
                put(98 if i == 0 else 77, line[2:] if i == 0 else line, 11.6)
        elif kind == "t2":
            for row in part:
                feed(20)
                if len(row) == 1:
                    put(297, row[0], centre=True)
                    continue
                put(80, row[0])
                room = 330 / (len(row) - 1)
                for i, value in enumerate(row[1:]):
                    put(200 + room * (i + 0.5), value, centre=True)
        elif kind == "t3":
            feed(20)
            for x, text in zip(range(330, 530, 31), ("自然人", "商业", "科研", "公益", "法律", "其他", "总计")):
                put(x, text, 9, True)
            for labels, values in part[1:]:
                lines = wrap(labels[-1], 14)
                group = [label for label in labels[:-1] if not label.startswith("三、")]
                for i, line in enumerate(lines):
                    feed(19 if i == 0 else 12)
                    if i == 0:
                        if group:
                            put(70, group[0], 9.5)
                        for x, value in zip(range(330, 530, 31), values):
                            put(x, value, 9.5, True)
                    put(140 if len(labels) > 1 and group or labels[0][1:2] == "." else 70 if len(labels) == 1 else 100, line, 9.5)
        else:
            feed(20)
            for x, text in zip((150, 297, 450), ("行政复议", "未经复议直接起诉", "复议后起诉")):
                put(x, text, 9.5, True)
            feed(14)
            for i in range(15):
                put(84 + 30.5 * i, ["维持", "纠正", "其他", "未结", "总计"][i % 5], 9, True)
            feed(16)
            for i, value in enumerate(part):
                put(84 + 30.5 * i, value, 9.5, True)
    canvas.drawCentredString(297, 40, f"- {state['page']} -")
    canvas.save()


# --- Typst -----------------------------------------------------------------------------------------------------------


def typst(name, target):
    try:
        import typst as compiler
    except ImportError:
        return "typst is not installed"

    def quoted(text):
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

    out = [
        '#set page(paper: "a4", numbering: "1 / 1", margin: (x: 2.8cm, y: 2.5cm))',
        '#set text(font: "Noto Serif CJK SC", size: 12pt, lang: "zh")',
        "#set par(first-line-indent: (amount: 2em, all: true), justify: true, leading: 0.9em)",
        "#set table(inset: 4pt)",
    ]
    for kind, part in parts(name):
        if kind == "p":
            if is_title(part):
                out.append(f"#align(center, text(size: 18pt, {quoted(part)}))\n")
            else:
                out.append(f"#par[#text({quoted(part)})]\n")
            continue
        rows = grid(kind, part)
        width = sum(c for _, c, _, _ in rows[0])
        columns = "(1.8em, 5em, 1fr, " + "2.4em, " * 7 + ")" if kind == "t3" else f"(1fr,) * {width}"
        cells, header = [], []
        for r, row in enumerate(rows):
            into = header if kind == "t3" and r < 3 else cells
            for text, across, down, is_label in row:
                align = "left" if is_label is True else "center"
                into.append(f"table.cell(colspan: {across}, rowspan: {down}, align: {align} + horizon, text(9pt, {quoted(text)}))")
        head = f"table.header({', '.join(header)})," if header else ""
        out.append(f"#table(columns: {columns}, {head} {', '.join(cells)})\n")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.typ"
        path.write_text("\n".join(out), "utf-8")
        compiler.compile(str(path), output=str(target))


def thin(target):
    """Takes out what no reader of text looks at, above all the outlines of the characters: a tenth of the size is left."""
    try:
        import pikepdf
    except ImportError:
        return
    with pikepdf.open(target, allow_overwriting_input=True) as document:
        for key in ("/StructTreeRoot", "/MarkInfo", "/Outlines", "/Metadata"):
            if key in document.Root:
                del document.Root[key]
        widths = {}
        for thing in list(document.objects):
            if not isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
                continue
            for key in ("/FontFile", "/FontFile2", "/FontFile3"):
                if key in thing:
                    del thing[key]
            if thing.get("/Subtype") != "/Type3":
                continue
            for name, outline in dict(thing.CharProcs).items():
                # The width is all that places the next character.
                width = outline.read_bytes().split()[0] + b" 0 d0"
                thing.CharProcs[name] = widths.setdefault(width, document.make_indirect(pikepdf.Stream(document, width)))
        if "/Info" in document.trailer:
            del document.trailer["/Info"]
        document.remove_unreferenced_resources()
        document.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=True,
                      recompress_flate=True, deterministic_id=True)


FIXTURES = {
    "yanchi-district-2023.chromium": chromium,
    "yanchi-district-2023.libreoffice": office_docx,
    "linlan-water-2020.reportlab": reportlab_song,
    "tingyuan-district-2021.typst": typst,
    "yanchi-district-2023.aligned": reportlab_aligned,
}


def main():
    wanted = sys.argv[1:]
    OUT.mkdir(exist_ok=True)
    for name, make in FIXTURES.items():
        if wanted and name not in wanted:
            continue
        target = OUT / f"{name}.pdf"
        why = make(name.rsplit(".", 1)[0] + ".txt", target)
        if not why and make not in (reportlab_song, reportlab_aligned):
            thin(target)
        print(f"{name}: skipped, {why}" if why else f"{name}: {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()
