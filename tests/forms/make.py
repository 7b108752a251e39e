#!/usr/bin/env python3
"""Renders one report of corpus/ into every form that gouji reads, for tests/forms.rs.

    pip install python-docx openpyxl pyarrow warcio zstandard
    python3 tests/forms/make.py

LibreOffice (soffice) and Chromium are used where the machine has them. A form whose tool is missing is
skipped and named; its file from an earlier run stays. What the test reads is committed.
"""

import datetime
import gzip
import html
import io
import json
import pathlib
import shutil
import subprocess
import tarfile
import tempfile
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
NAME = "yanchi-district-2023"
TEXT = (ROOT / f"corpus/reports/{NAME}.txt").read_text(encoding="utf-8")

# Row labels of table three under their groups, as printed; the number of rows gives the rowspan.
GROUPS = {"（三）不予公开": 8, "（四）无法提供": 3, "（五）不予处理": 5, "（六）其他处理": 3}


def blocks():
    """The report as ("p", text) and ("rows", list of rows) in order."""
    out = []
    for line in TEXT.splitlines():
        line = line.strip()
        if not line:
            continue
        if line.endswith("|"):
            if not out or out[-1][0] != "rows":
                out.append(("rows", []))
            out[-1][1].append([cell.strip() for cell in line[:-1].split("|")])
        else:
            out.append(("p", line))
    return out


def cell(text, rowspan=1, colspan=1):
    return {"text": text, "rowspan": rowspan, "colspan": colspan}


def grid(rows):
    """The rows of one table with the spans of the statutory form."""
    if rows[0][0].startswith("第二十条"):
        return [[cell(row[0], colspan=4)] if len(row) == 1 else widen(row, 4) for row in rows]
    if rows[0][0].startswith("（本列"):
        return requests(rows)
    return disputes(rows)


def widen(row, columns):
    """The last cells share what the row lacks."""
    spare = columns - len(row)
    return [cell(t, colspan=1 + (spare if i == len(row) - 1 else 0)) for i, t in enumerate(row)]


def requests(rows):
    out = [
        [cell(rows[0][0], rowspan=3, colspan=3), cell(rows[0][1], colspan=7)],
        [cell(rows[1][0], rowspan=2), cell(rows[1][1], colspan=5), cell(rows[1][2], rowspan=2)],
        [cell(t) for t in rows[2]],
    ]
    for row in rows[3:]:
        labels, values = row[:-7], [cell(t) for t in row[-7:]]
        cells = []
        if labels[0].startswith("三、"):
            cells.append(cell(labels.pop(0), rowspan=len(rows) - 6))
        if labels[0] in GROUPS:
            cells.append(cell(labels.pop(0), rowspan=GROUPS[labels_key(row)]))
            cells.append(cell(labels[0]))
        elif labels[0][0].isdigit():
            cells.append(cell(labels[0]))
        else:
            whole = labels[0].startswith(("一、", "二、", "四、"))
            cells.append(cell(labels[0], colspan=3 if whole else 2))
        out.append(cells + values)
    return out


def labels_key(row):
    return next(label for label in row if label in GROUPS)


def disputes(rows):
    results = rows[2]
    return [
        [cell(rows[0][0], rowspan=2, colspan=5), cell(rows[0][1], colspan=10)],
        [cell(rows[1][5], colspan=5), cell(rows[1][6], colspan=5)],
        [cell(t) for t in rows[1][:5] + results],
        [cell(t) for t in rows[3]],
    ]


def tables_html(rows, td=lambda t: html.escape(t)):
    out = ['<table border="1">']
    for row in grid(rows):
        out.append("<tr>")
        for c in row:
            spans = "".join(f' {k}="{c[k]}"' for k in ("rowspan", "colspan") if c[k] > 1)
            out.append(f"<td{spans}>{td(c['text'])}</td>")
        out.append("</tr>")
    out.append("</table>")
    return "\n".join(out)


def body(p=lambda t: f"<p>{html.escape(t)}</p>", td=lambda t: html.escape(t)):
    return "\n".join(p(b) if kind == "p" else tables_html(b, td) for kind, b in blocks())


def page(inner, charset="utf-8"):
    title = next(b for k, b in blocks() if "年度报告" in b)
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="{charset}"><title>{title}_门户网站</title>\n'
        "<style>td { border: 1px solid; font-size: 10pt } p { text-indent: 2em }</style></head>\n"
        f"<body>\n{inner}\n</body></html>\n"
    )


def site():
    """The page inside what a site puts around it."""
    menu = "".join(f'<li><a href="/{i}.html">{t}</a></li>' for i, t in enumerate(["首页", "政务公开", "政务服务", "互动交流"]))
    related = "".join(
        f'<li><a href="/{y}.html">砚池区人民政府{y}年政府信息公开工作年度报告</a><span>{y + 1}-01-29</span></li>'
        for y in range(2018, 2023)
    )
    return page(
        '<div class="header"><ul class="nav">' + menu + '</ul><form><input name="q"><button>搜索</button></form></div>\n'
        '<div class="left"><h3>政府信息公开年报</h3><ul>' + related + "</ul></div>\n"
        '<table width="980" class="layout"><tr><td>\n<div class="content">' + body() + "</div>\n</td></tr></table>\n"
        '<div class="share">分享到：<a>微信</a><a>微博</a></div>\n'
        '<div class="footer"><p>主办：砚池区人民政府办公室</p><p>网站标识码：1234560001</p>'
        "<p>访问量：20883716</p></div><script>var n = 1; if (n < 2) { document.write('<p>共3件</p>') }</script>"
    )


def word():
    """The same as Word writes it: digits in pieces, spaces as paragraphs of their own."""

    def pieces(text):
        return "".join(
            f'<span lang="EN-US" style="font-size:12.0pt"><font face="Times New Roman">{c}</font></span>' if c.isascii() else html.escape(c)
            for c in text
        )

    def paragraph(text):
        return f'<p class="MsoNormal" style="text-indent:24.0pt"><!--[if !supportEmptyParas]-->{pieces(text)}<!--[endif]--><o:p></o:p></p>'

    def td(text):
        return f'<p class="MsoNormal" align="center">{pieces(text) or "<o:p>&nbsp;</o:p>"}<o:p></o:p></p>'

    return page('<div class="WordSection1">' + body(paragraph, td) + "</div>", "gb2312")


def write(name, data):
    path = HERE / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
    print("made", name)


def skip(name, why):
    print("skipped", name, "-", why)


def texts():
    write("text/utf-16le.txt", b"\xff\xfe" + TEXT.encode("utf-16-le"))
    write("text/utf-16be.txt", b"\xfe\xff" + TEXT.encode("utf-16-be"))
    write("text/gb18030.txt", TEXT.encode("gb18030"))
    write("html/plain.html", page(body()))
    write("html/gbk.html", page(body(), "gb2312").encode("gb18030"))
    write("html/undeclared.html", page(body()).replace('<meta charset="utf-8">', "").encode("gb18030"))
    write("html/lying.html", page(body(), "utf-8").encode("gb18030"))
    write("html/site.html", site())
    write("html/word.html", word().encode("gb18030"))
    script = json.dumps({"code": 200, "data": {"title": NAME, "content": body()}}, ensure_ascii=True).replace("/", "\\/")
    write("html/script.html", page(f'<div id="app"></div><script>window.__DATA__ = {script};</script>'))


def soffice(source, to, out):
    if not shutil.which("soffice"):
        return skip(out, "no LibreOffice")
    with tempfile.TemporaryDirectory() as folder:
        command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", to]
        subprocess.run(command + ["--outdir", folder, str(source)], check=True, capture_output=True, timeout=180)
        made = pathlib.Path(folder) / f"{source.stem}.{to.split(':')[0]}"
        write(out, made.read_bytes())


def docx():
    try:
        import docx
    except ImportError:
        return skip("office/python.docx", "no python-docx")
    document = docx.Document()
    for kind, block in blocks():
        if kind == "p":
            document.add_paragraph(block)
            continue
        rows = grid(block)
        columns = sum(c["colspan"] for c in rows[0])
        table = document.add_table(rows=len(rows), cols=columns)
        taken = set()
        for y, row in enumerate(rows):
            x = 0
            for c in row:
                while (y, x) in taken:
                    x += 1
                last = table.cell(y + c["rowspan"] - 1, x + c["colspan"] - 1)
                merged = table.cell(y, x).merge(last) if last is not table.cell(y, x) else last
                merged.text = c["text"]
                taken |= {(y + i, x + j) for i in range(c["rowspan"]) for j in range(c["colspan"])}
                x += c["colspan"]
    out = io.BytesIO()
    document.save(out)
    write("office/python.docx", out.getvalue())


def xlsx():
    try:
        import openpyxl
    except ImportError:
        return skip("office/tables.xlsx", "no openpyxl")
    book = openpyxl.Workbook()
    book.remove(book.active)
    sections = [b for k, b in blocks() if k == "p" and b.startswith(("二、", "三、", "四、"))]
    for title, rows in zip(sections, (b for k, b in blocks() if k == "rows")):
        sheet = book.create_sheet(title[:2].strip("、") + "表")
        sheet.append([title])
        taken = set()
        for y, row in enumerate(grid(rows), start=2):
            x = 1
            for c in row:
                while (y, x) in taken:
                    x += 1
                number = c["text"].replace(".", "", 1).isdigit()
                sheet.cell(y, x, float(c["text"]) if "." in c["text"] and number else int(c["text"]) if number else c["text"])
                bottom, right = y + c["rowspan"] - 1, x + c["colspan"] - 1
                if (bottom, right) != (y, x):
                    sheet.merge_cells(start_row=y, start_column=x, end_row=bottom, end_column=right)
                taken |= {(y + i, x + j) for i in range(c["rowspan"]) for j in range(c["colspan"])}
                x += c["colspan"]
    out = io.BytesIO()
    book.save(out)
    write("office/tables.xlsx", out.getvalue())
    soffice(HERE / "office/tables.xlsx", "xls", "office/tables.xls")


def chromium():
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not browser:
        return skip("pdf/chromium.pdf", "no Chromium")
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder) / "out.pdf"
        flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--user-data-dir={folder}/profile"]
        source = (HERE / "html/plain.html").as_uri()
        subprocess.run([browser, *flags, f"--print-to-pdf={out}", source], check=True, capture_output=True, timeout=180)
        write("pdf/chromium.pdf", out.read_bytes())


def archives():
    plain = (HERE / "html/plain.html").read_bytes()
    member = f"2023年/{NAME}.html"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        info = zipfile.ZipInfo(member, (2024, 2, 6, 8, 0, 0))
        info.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(info, plain)
    write("archive/plain.zip", out.getvalue())
    # A name in GBK without the flag for UTF-8, as Windows writes it: both names have the same length here.
    legacy = member.encode("gb18030")
    ascii_name = b"x" * len(legacy)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        info = zipfile.ZipInfo(ascii_name.decode(), (2024, 2, 6, 8, 0, 0))
        info.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(info, plain)
    write("archive/gbk-name.zip", out.getvalue().replace(ascii_name, legacy))
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        info = tarfile.TarInfo(member)
        info.size = len(plain)
        archive.addfile(info, io.BytesIO(plain))
    write("archive/plain.tar.gz", gzip.compress(out.getvalue(), mtime=0))
    write("archive/plain.html.gz", gzip.compress(plain, mtime=0))
    try:
        import zstandard
    except ImportError:
        return skip("archive/plain.tar.zst", "no zstandard")
    write("archive/plain.tar.zst", zstandard.compress(out.getvalue()))


def dumps():
    row = {"id": NAME, "site": "example.org", "fetched": "2024-03-01", "html": page(body())}
    write("dump/html.jsonl", json.dumps(row, ensure_ascii=False) + "\n")
    write("dump/text.jsonl", json.dumps({"id": NAME, "text": TEXT}, ensure_ascii=False) + "\n")
    quoted = TEXT.replace('"', '""')
    write("dump/text.csv", f'\ufeffid,site,text\n{NAME},example.org,"{quoted}"\n')
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        return skip("dump/html.parquet", "no pyarrow")
    out = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist([row]), out)
    write("dump/html.parquet", out.getvalue())


def crawls():
    try:
        from warcio.statusandheaders import StatusAndHeaders
        from warcio.warcwriter import WARCWriter
    except ImportError:
        return skip("crawl/crawl.warc.gz", "no warcio")
    date = datetime.datetime(2024, 3, 1, tzinfo=datetime.timezone.utc).isoformat()

    def crawl(compress):
        out = io.BytesIO()
        writer = WARCWriter(out, gzip=compress)
        for address, content, payload in [
            ("http://example.org/guide.html", "text/html", page("<h1>砚池区政府信息公开指南</h1><p>受理时间为工作日。</p>").encode()),
            (f"http://example.org/{NAME}.html", "text/html; charset=gbk", (HERE / "html/undeclared.html").read_bytes()),
        ]:
            headers = StatusAndHeaders("200 OK", [("Content-Type", content)], protocol="HTTP/1.1")
            extra = {"WARC-Date": date, "WARC-Record-ID": f"<urn:uuid:00000000-0000-0000-0000-{len(payload):012}>"}
            writer.write_record(
                writer.create_warc_record(address, "response", payload=io.BytesIO(payload), http_headers=headers, warc_headers_dict=extra)
            )
        return out.getvalue()

    write("crawl/crawl.warc", crawl(False))
    write("crawl/crawl.warc.gz", crawl(True))
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=False)
    record = writer.create_warc_record(
        f"http://example.org/{NAME}.html", "conversion", payload=io.BytesIO(TEXT.encode()), warc_content_type="text/plain",
        warc_headers_dict={"WARC-Date": date, "WARC-Record-ID": "<urn:uuid:00000000-0000-0000-0000-000000000001>"},
    )
    writer.write_record(record)
    write("crawl/crawl.wet", out.getvalue())


if __name__ == "__main__":
    texts()
    docx()
    soffice(HERE / "html/plain.html", "docx:Office Open XML Text", "office/libreoffice.docx")
    if (HERE / "office/python.docx").exists():
        for to in ("doc", "rtf", "pdf"):
            folder = "pdf" if to == "pdf" else "office"
            soffice(HERE / "office/python.docx", to, f"{folder}/libreoffice.{to}")
    xlsx()
    chromium()
    archives()
    dumps()
    crawls()
