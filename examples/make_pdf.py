"""Write the PDF documents of the examples from `pdf_sources/*.txt`: `python examples/make_pdf.py`.

A source holds one paragraph a line, empty lines between them, and headings after `#` or `##`. The pages are A5 in
Helvetica, Latin-1 text only. The same source gives the same bytes, so the PDFs are committed beside their sources.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
WIDTH, HEIGHT, MARGIN = 420, 595, 45  # points; A5
LINE = 14  # points from one line of text to the next
STYLES = {"# ": ("F2", 15, 38), "## ": ("F2", 12, 52), "": ("F1", 10, 68)}  # prefix: font, size, characters in a line


@dataclass(frozen=True, slots=True)
class Line:
    font: str
    size: int
    text: str


def lines(source: str) -> Iterator[Line]:
    """The source's paragraphs, wrapped; an empty line stands for the space between two of them."""
    for paragraph in source.splitlines():
        prefix = next(p for p in ("## ", "# ", "") if paragraph.startswith(p))
        font, size, characters = STYLES[prefix]
        for text in textwrap.wrap(paragraph.removeprefix(prefix), characters) or [""]:
            yield Line(font, size, text)


def quoted(text: str) -> str:
    """A PDF string."""
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"({escaped})"


def page_content(page: list[Line]) -> bytes:
    """The drawing instructions of one page."""
    begin = ("BT", f"{LINE} TL", f"{MARGIN} {HEIGHT - MARGIN} Td")
    drawn = (f"/{line.font} {line.size} Tf {quoted(line.text)} Tj T*" for line in page)
    return "\n".join([*begin, *drawn, "ET"]).encode("cp1252")


def objects(pages: list[bytes], title: str) -> list[bytes]:
    """The PDF's objects in order: catalogue, page tree, two fonts, information, then a page and its content each."""
    kids = " ".join(f"{6 + 2 * i} 0 R" for i in range(len(pages)))
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /{} /Encoding /WinAnsiEncoding >>"
    found = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        font.format("Helvetica").encode(),
        font.format("Helvetica-Bold").encode(),
        f"<< /Title {quoted(title)} >>".encode("cp1252"),
    ]
    for i, content in enumerate(pages):
        found.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents {7 + 2 * i} 0 R "
            "/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>".encode()
        )
        found.append(b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content))
    return found


def pdf(source: str) -> bytes:
    """A whole PDF file."""
    all_lines = list(lines(source))
    size = (HEIGHT - 2 * MARGIN) // LINE
    pages = [page_content(all_lines[i : i + size]) for i in range(0, len(all_lines), size)]
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, body in enumerate(objects(pages, all_lines[0].text), start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(offsets) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info 5 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(offsets) + 1, start)
    return bytes(out)


def main() -> None:
    for path in sorted((HERE / "pdf_sources").glob("*.txt")):
        (HERE / "documents" / f"{path.stem}.pdf").write_bytes(pdf(path.read_text(encoding="utf-8")))


if __name__ == "__main__":
    main()
