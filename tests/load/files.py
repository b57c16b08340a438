"""Small files of every format, written here byte by byte."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "application/vnd.openxmlformats-officedocument"


def packed(files: Mapping[str, bytes | str]) -> bytes:
    """A ZIP file, the same bytes each time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def rels(**targets: str) -> str:
    """Relations: id="kind target"."""
    rows = "".join(
        f'<Relationship Id="{id_}" Type="{R}/{kind}" Target="{to}"/>'
        for id_, (kind, to) in ((i, t.split(" ")) for i, t in targets.items())
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'


def types(**parts: str) -> str:
    rows = "".join(
        f'<Override PartName="/{name.replace("__", "/")}.xml" ContentType="{OFFICE}.{kind}+xml"/>'
        for name, kind in parts.items()
    )
    return (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{rows}</Types>"
    )


def paragraph(text: str, style: str = "") -> str:
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{look}<w:r><w:t>{text}</w:t></w:r></w:p>"


def word_table(*rows: tuple[str, ...]) -> str:
    lines = "".join(f"<w:tr>{''.join(f'<w:tc>{paragraph(c)}</w:tc>' for c in row)}</w:tr>" for row in rows)
    return f"<w:tbl>{lines}</w:tbl>"


def docx(body: str, **more: str) -> bytes:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{i}"><w:name w:val="{n}"/></w:style>'
        for i, n in (("H1", "heading 1"), ("H2", "heading 2"), ("T", "Title"))
    )
    return packed({
        "[Content_Types].xml": types(
            word__document="wordprocessingml.document.main", word__styles="wordprocessingml.styles"
        ),
        "_rels/.rels": rels(r1="officeDocument word/document.xml"),
        "word/_rels/document.xml.rels": rels(r1="styles styles.xml", r2="header header1.xml"),
        "word/styles.xml": f'<w:styles xmlns:w="{W}">{styles}</w:styles>',
        "word/header1.xml": f'<w:hdr xmlns:w="{W}">{paragraph("Running head")}</w:hdr>',
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
        **{name.replace("__", "/") + ".xml": text for name, text in more.items()},
    })  # fmt: skip


def shape(role: str, *paragraphs: str) -> str:
    place = f'<p:nvPr><p:ph type="{role}"/></p:nvPr>' if role else "<p:nvPr/>"
    said = "".join(f"<a:p><a:r><a:t>{text}</a:t></a:r></a:p>" for text in paragraphs)
    return f"<p:sp><p:nvSpPr>{place}</p:nvSpPr><p:txBody>{said}</p:txBody></p:sp>"


def slide_table(*rows: tuple[str, ...]) -> str:
    def cell(text: str) -> str:
        return f"<a:tc><a:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></a:txBody></a:tc>"

    lines = "".join(f"<a:tr>{''.join(map(cell, row))}</a:tr>" for row in rows)
    return f'<p:graphicFrame><a:tbl><a:tblPr firstRow="1"/>{lines}</a:tbl></p:graphicFrame>'


def pptx(*slides: str, notes: str = "") -> bytes:
    ns = f'xmlns:a="{A}" xmlns:p="{P}" xmlns:r="{R}"'
    numbers = range(1, len(slides) + 1)
    listed = "".join(f'<p:sldId id="{255 + n}" r:id="s{n}"/>' for n in numbers)
    files = {
        "ppt/presentation.xml": f"<p:presentation {ns}><p:sldIdLst>{listed}</p:sldIdLst></p:presentation>",
        "ppt/_rels/presentation.xml.rels": rels(**{f"s{n}": f"slide slides/slide{n}.xml" for n in numbers}),
    }
    for n, slide in zip(numbers, slides, strict=True):
        files[f"ppt/slides/slide{n}.xml"] = f"<p:sld {ns}><p:cSld><p:spTree>{slide}</p:spTree></p:cSld></p:sld>"
    if notes:
        files["ppt/slides/_rels/slide1.xml.rels"] = rels(n1="notesSlide ../notesSlides/notesSlide1.xml")
        files["ppt/notesSlides/notesSlide1.xml"] = f"<p:notes {ns}>{notes}</p:notes>"
    return packed(files)


def xlsx(**sheets: tuple[tuple[str, ...], ...]) -> bytes:
    names = list(sheets)
    files = {
        "[Content_Types].xml": types(xl__workbook="spreadsheetml.sheet.main"),
        "_rels/.rels": rels(r1="officeDocument xl/workbook.xml"),
        "xl/_rels/workbook.xml.rels": rels(
            **{f"s{n}": f"worksheet worksheets/sheet{n}.xml" for n in range(len(names))}
        ),
        "xl/workbook.xml": f'<workbook xmlns="{S}" xmlns:r="{R}"><sheets>'
        + "".join(f'<sheet name="{name}" sheetId="{n + 1}" r:id="s{n}"/>' for n, name in enumerate(names))
        + "</sheets></workbook>",
    }
    for n, rows in enumerate(sheets.values()):
        lines = "".join(
            f'<row r="{i}">' + "".join(_cell(f"{chr(64 + j)}{i}", c) for j, c in enumerate(row, 1) if c) + "</row>"
            for i, row in enumerate(rows, 1)
        )
        files[f"xl/worksheets/sheet{n}.xml"] = f'<worksheet xmlns="{S}"><sheetData>{lines}</sheetData></worksheet>'
    return packed(files)


def _cell(at: str, value: str) -> str:
    try:
        float(value)
    except ValueError:
        return f'<c r="{at}" t="inlineStr"><is><t>{value}</t></is></c>'
    return f'<c r="{at}"><v>{value}</v></c>'


def epub(*chapters: str, title: str = "A Book", **more: str) -> bytes:
    items = "".join(
        f'<item id="c{n}" href="c%20{n}.xhtml" media-type="application/xhtml+xml"/>' for n in range(len(chapters))
    )
    order = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
    opf = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
        f"<dc:title>{title}</dc:title><dc:language>en</dc:language></metadata><manifest>{items}</manifest>"
        f"<spine>{order}</spine></package>"
    )
    return packed({
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="O/b.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
        "O/b.opf": opf,
        **{f"O/c {n}.xhtml": f"<html><body>{text}</body></html>" for n, text in enumerate(chapters)},
        **{name.replace("__", "/"): text for name, text in more.items()},
    })  # fmt: skip


def column(x: int, lines: list[str], y: int = 700) -> str:
    return "BT /F1 12 Tf " + f"{x} {y} Td 14 TL " + " ".join(f"({line}) Tj T*" for line in lines) + " ET "


def pdf(pages: list[str]) -> bytes:
    """The smallest PDF with these content streams."""
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for i, content in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * i} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    out, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{p:010d} 00000 n \n" for p in places)
    end = f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF"
    return f"{out}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{end}".encode()


EML = b"""From: Ada Byron <ada@acme.example>
To: =?utf-8?b?5byg5LiJ?= <z@acme.example>
Date: Fri, 31 May 2024 10:00:00 +0000
Subject: =?utf-8?q?The_plant_in_K=C3=B6ln?=
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=X

--X
Content-Type: multipart/alternative; boundary=Y

--Y
Content-Type: text/plain; charset=utf-8

See the web page.
--Y
Content-Type: text/html; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

<p>Acme opens a plant in K=F6ln.</p><p>Bob Stone leads it, and the board agreed.</p>
--Y--
--X
Content-Type: application/pdf
Content-Disposition: attachment; filename="plan.pdf"
Content-Transfer-Encoding: base64

JVBERi0=
--X--
"""
