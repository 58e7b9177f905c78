"""Small PDFs of a few operators each, as programs of different habits write them."""

from collections.abc import Iterable


def text(x: float, y: float, words: str, size: float = 11, font: str = "F1") -> str:
    """A line of text by itself, with its place."""
    escaped = words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return f"BT /{font} {size} Tf 1 0 0 1 {x} {y} Tm ({escaped}) Tj ET"


def pdf(*pages: Iterable[str], title: str = "") -> bytes:
    """A PDF of these pages, of operators each; its fonts are F1, Helvetica, and F2, the same in bold."""
    fonts = " ".join(
        f"/{key} << /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>"
        for key, name in (("F1", "Helvetica"), ("F2", "Helvetica-Bold"))
    )
    numbers = [4 + 2 * number for number in range(len(pages))]
    objects = {
        1: "<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Kids [{' '.join(f'{number} 0 R' for number in numbers)}] /Count {len(pages)} >>",
        3: f"<< /Title ({title}) >>",
    }
    for number, page in zip(numbers, pages, strict=True):
        stream = "\n".join(page)
        objects[number] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {number + 1} 0 R "
            f"/Resources << /Font << {fonts} >> >> >>"
        )
        objects[number + 1] = f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream"
    data = b"%PDF-1.7\n"
    places = []
    for number in sorted(objects):
        places.append(len(data))
        data += f"{number} 0 obj\n{objects[number]}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R /Info 3 0 R >>\n"
    return data + f"{end}startxref\n{len(data)}\n%%EOF\n".encode()
