"""Makes tests/cases/documents: reports in Word, OpenDocument and PDF. Run by scripts/make_documents."""

import base64
import io
import re
import shutil
import subprocess
import tempfile
import zipfile
from html import escape
from pathlib import Path

from PIL import Image, ImageDraw

FOLDER = Path(__file__).parent / "cases" / "documents"
EXAMPLE = "Den här rapporten är påhittad. Projektet Trygg nyckel finns inte."

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{name}"'
    for prefix, name in {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
        "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
        "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
        "xlink": "http://www.w3.org/1999/xlink",
        "dc": "http://purl.org/dc/elements/1.1/",
    }.items()
)


def style(name: str, size: int, *, bold: bool = False, level: int = 0, parent: str = "Standard") -> str:
    outline = f' style:default-outline-level="{level}"' if level else ""
    weight = ' fo:font-weight="bold"' if bold else ""
    return (
        f'<style:style style:name="{name.replace(" ", "_20_")}" style:display-name="{name}" style:family="paragraph" '
        f'style:parent-style-name="{parent}"{outline}><style:paragraph-properties fo:margin-bottom="0.2cm"/>'
        f'<style:text-properties fo:font-size="{size}pt"{weight}/></style:style>'
    )


STYLES = "".join(
    (
        '<style:style style:name="Standard" style:family="paragraph"/>',
        style("Text body", 11),
        style("Title", 24, bold=True),
        *(style(f"Heading {level}", 20 - 3 * level, bold=True, level=level) for level in (1, 2, 3)),
        style("Quotations", 11),
        style("Caption", 9),
        style("Footnote", 9),
        style("Contents 1", 11),
        style("Contents Heading", 14, bold=True),
    )
)


def list_style(name: str, *levels: str) -> str:
    made = []
    for level, mark in enumerate(levels, 1):
        place = (
            '<style:list-level-properties text:list-level-position-and-space-mode="label-alignment">'
            f'<style:list-level-label-alignment text:label-followed-by="listtab" fo:text-indent="-0.6cm" '
            f'fo:margin-left="{0.6 + 0.8 * level}cm"/></style:list-level-properties>'
        )
        kind = (
            f'number text:level="{level}" style:num-suffix="." style:num-format="1"'
            if mark == "1"
            else f'bullet text:level="{level}" text:bullet-char="{mark}"'
        )
        made.append(f"<text:list-level-style-{kind}>{place}</text:list-level-style-{kind.split()[0]}>")
    return f'<text:list-style style:name="{name}">{"".join(made)}</text:list-style>'


AUTOMATIC = (
    '<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="I" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>'
    + list_style("LB", "•", "◦")
    + list_style("LN", "1", "1")
    + '<style:page-layout style:name="pm1"><style:page-layout-properties fo:page-width="21cm" '
    'fo:page-height="29.7cm" fo:margin="2.5cm"/><style:footer-style/></style:page-layout>'
)
FOOTER = (
    '<style:master-page style:name="Standard" style:page-layout-name="pm1"><style:footer><text:p>Farsta '
    'stadsdelsförvaltning, sida <text:page-number text:select-page="current">1</text:page-number></text:p>'
    "</style:footer></style:master-page>"
)


def flat(body: str) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document {NAMESPACES} office:version="1.3" '
        'office:mimetype="application/vnd.oasis.opendocument.text">'
        '<office:styles><style:default-style style:family="paragraph"><style:text-properties fo:language="sv" '
        f'fo:country="SE" style:font-name="Liberation Sans" fo:font-size="11pt"/></style:default-style>{STYLES}'
        '<text:notes-configuration text:note-class="footnote" style:num-format="1" text:start-value="0" '
        f'text:footnotes-position="page"/></office:styles><office:automatic-styles>{AUTOMATIC}</office:automatic-styles>'
        f"<office:master-styles>{FOOTER}</office:master-styles><office:body><office:text>{body}</office:text>"
        "</office:body></office:document>\n"
    )


def p(text: str, name: str = "Text body") -> str:
    """A paragraph; *so* is bold and _so_ italic, ^note^ a footnote, [text](address) a link."""
    return f'<text:p text:style-name="{name.replace(" ", "_20_")}">{inline(text)}</text:p>'


def h(level: int, text: str) -> str:
    return f'<text:h text:style-name="Heading_20_{level}" text:outline-level="{level}">{inline(text)}</text:h>'


notes = 0


def inline(text: str) -> str:

    def note(match: re.Match[str]) -> str:
        global notes
        notes += 1
        paragraph = f'<text:p text:style-name="Footnote">{match[1]}</text:p>'
        return (
            f'<text:note text:id="ftn{notes}" text:note-class="footnote"><text:note-citation>{notes}'
            f"</text:note-citation><text:note-body>{paragraph}</text:note-body></text:note>"
        )

    text = escape(text, quote=False)
    text = re.sub(r"\[([^]]+)\]\(([^)]+)\)", r'<text:a xlink:type="simple" xlink:href="\2">\1</text:a>', text)
    text = re.sub(r"\*([^*]+)\*", r'<text:span text:style-name="B">\1</text:span>', text)
    text = re.sub(r"(?<![\w/])_([^_]+)_(?!\w)", r'<text:span text:style-name="I">\1</text:span>', text)
    text = text.replace("\n", "<text:line-break/>").replace("\t", "<text:tab/>")
    return re.sub(r"\^([^^]+)\^", note, text)


def items(*texts: str | tuple[str, ...], numbered: bool = False) -> str:
    """A list; a tuple is a list under the item before it."""
    made: list[str] = []
    for text in texts:
        if isinstance(text, tuple):
            made[-1] = made[-1].removesuffix("</text:list-item>") + items(*text) + "</text:list-item>"
        else:
            made.append(f"<text:list-item>{p(text)}</text:list-item>")
    return f'<text:list text:style-name="{"LN" if numbered else "LB"}">{"".join(made)}</text:list>'


def cell(text: str) -> str:
    span = ""
    if text.startswith("→"):
        text, span = text[1:], ' table:number-columns-spanned="2"'
    covered = "<table:covered-table-cell/>" if span else ""
    return f'<table:table-cell office:value-type="string"{span}>{p(text)}</table:table-cell>{covered}'


def table(*rows: tuple[str, ...], head: bool = True) -> str:
    made = [f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows]
    if head:
        made[0] = f"<table:table-header-rows>{made[0]}</table:table-header-rows>"
    columns = sum(1 + text.startswith("→") for text in rows[0])
    return (
        f'<table:table table:name="T"><table:table-column table:number-columns-repeated="{columns}"/>'
        f"{''.join(made)}</table:table>"
    )


def picture(data: bytes, name: str, alt: str = "", width: float = 12) -> str:
    described = f"<svg:desc>{escape(alt)}</svg:desc>" if alt else ""
    return (
        f'<text:p text:style-name="Text_20_body"><draw:frame draw:name="{name}" text:anchor-type="as-char" '
        f'svg:width="{width}cm" svg:height="{width / 2}cm"><draw:image><office:binary-data>'
        f"{base64.b64encode(data).decode()}</office:binary-data></draw:image>{described}</draw:frame></text:p>"
    )


def drawing(width: int, *words: str) -> bytes:
    """A row of boxes as PNG: the steps of a way of working."""
    image = Image.new("RGB", (width, width // 2), "white")
    pen = ImageDraw.Draw(image)
    step = width // max(1, len(words))
    for number, word in enumerate(words):
        left = number * step + step // 10
        pen.rectangle((left, width // 6, left + step * 8 // 10, width // 3), outline="#0a3d62", width=width // 200 + 1)
        pen.text((left + step // 10, width // 4), word, fill="black", font_size=max(10, width // 40))
    buffer = io.BytesIO()
    image.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


CONTENTS = (
    '<text:table-of-content text:name="Innehåll"><text:table-of-content-source text:outline-level="3"/>'
    f"<text:index-body>{p('Innehåll', 'Contents Heading')}{p('Sammanfattning' + chr(9) + '1', 'Contents 1')}"
    f"{p('Resultat' + chr(9) + '2', 'Contents 1')}</text:index-body></text:table-of-content>"
)

FINAL_REPORT = "".join(
    (
        p("Slutrapport 2025: Trygg nyckel", "Title"),
        CONTENTS,
        p(EXAMPLE),
        h(1, "Sammanfattning"),
        p(
            "Farsta stadsdelsförvaltning prövade under 2025 ett arbetssätt för personer som riskerar att bli vräkta. "
            "Boendestödjare och socialsekreterare gjorde hembesök tillsammans. Fler kunde bo kvar."
        ),
        h(1, "Bakgrund"),
        p(
            "Projektet *Trygg nyckel* fick lokala utvecklingsmedel för 2025. Målgruppen var _vräkningshotade_ hushåll "
            "med ekonomiskt bistånd.^Enligt projektplanen, diarienummer 3.1.1-123/2024.^ Arbetet bygger på "
            "motiverande samtal (MI) och på det som stadsdelen redan visste om hemlöshet och boende."
        ),
        p("”Det var första gången någon kom hem till mig och frågade hur jag hade det.”", "Quotations"),
        h(2, "Utgångspunkter"),
        p("Läs mer på [projektets sida hos Exempelstiftelsen](https://example.se/trygg-nyckel)."),
        items("en kontaktperson för varje hushåll", ("telefon", "hembesök"), "samma frågor varje gång"),
        h(1, "Så arbetade vi"),
        p("Arbetet hade tre steg:"),
        items("Hyresvärden hör av sig.", "Vi bokar ett hembesök.", "Vi följer upp efter tre månader.", numbered=True),
        picture(drawing(600, "Samtal", "Besök", "Plan"), "steg", "Arbetsgången i tre steg: samtal, besök och plan"),
        p("Figur 1. Så gick arbetet till.", "Caption"),
        h(2, "Samverkan"),
        p(
            "Vi samarbetade med hyresvärdar & föreningar i Farsta."
            "^Tre hyresvärdar deltog.\nTvå av dem är allmännyttiga.^"
        ),
        h(3, "Hyresvärdarnas roll"),
        p("Hyresvärdarna ringde tidigare än förr, ofta efter den första obetalda hyran."),
        h(1, "Resultat"),
        p("Tabellen visar hur många hushåll som fick stöd och hur många som bodde kvar efter tre månader."),
        table(("Termin", "Fick stöd", "Bodde kvar"), ("Våren 2025", "42", "35"), ("Hösten 2025", "51", "46")),
        p("Stödet såg olika ut:"),
        table(
            ("Insats", "→Antal hushåll"),
            ("", "Våren", "Hösten"),
            ("Hembesök", "42", "51"),
            ("Skuldrådgivning", "18", "23"),
        ),
        picture(drawing(3000, "Före", "Under", "Efter"), "stor"),
        h(1, "Jämställdhetsanalys"),
        p(
            "Projektet gjorde en jämställdhetsanalys enligt metoden Sjuan. Den visade att kvinnor sökte hjälp tidigare "
            "än män. Därför började vi ringa upp dem som inte själva hörde av sig."
        ),
        h(1, "Så fortsätter arbetet"),
        p("Arbetssättet fortsätter i ordinarie verksamhet från 2026. Se [Resultat](#Resultat|outline)."),
    )
)

MESSY = "".join(
    (
        p(EXAMPLE),
        p("*Slutrapport Rörig*"),
        p(""),
        p("*Bakgrund*"),
        p("Text\tmed\ttabbar, ett mjukt bindestreck i utveck\u00adlings\u00adarbete och fast\u00a0mellanslag."),
        p(""),
        p(""),
        h(1, "Syfte"),
        p("Rad ett\nrad två\nrad tre"),
        h(3, "Hoppad nivå"),
        p("En rad med tecken: * stjärna, _understreck_ord, # nummer, [hakar], <vinklar> och a|b."),
        p("1. Ser ut som en lista, men är en mening."),
        p("# Ser ut som en rubrik."),
        table(("A", "1"), ("B", "2"), head=False),
        '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><office:change-info>'
        "<dc:creator>Redaktör</dc:creator><dc:date>2025-01-01T00:00:00</dc:date></office:change-info>"
        "<text:p>struken text</text:p></text:deletion></text:changed-region></text:tracked-changes>",
        '<text:p text:style-name="Text_20_body">Före <text:change text:change-id="c1"/>efter '
        "<office:annotation><dc:creator>Redaktör</dc:creator><dc:date>2025-01-01T00:00:00</dc:date>"
        "<text:p>En kommentar som inte ska med.</text:p></office:annotation>kommentaren.</text:p>",
        '<text:p text:style-name="Text_20_body"><draw:frame draw:name="ruta" text:anchor-type="paragraph" '
        f'svg:width="6cm"><draw:text-box fo:min-height="1cm">{p("Text i en textruta.")}</draw:text-box>'
        "</draw:frame>Texten runt rutan.</text:p>",
    )
)

TRAVEL_REPORT = "".join(
    (
        p("Studieresa till Malmö om barnrättsarbete", "Title"),
        p("Den här reserapporten är påhittad. Resan har inte gjorts."),
        h(1, "Varför vi åkte"),
        p("Skarpnäck reste till Malmö i mars 2026 för att lära sig mer om barn och unga i ekonomisk utsatthet."),
        h(1, "Vad vi såg"),
        items("barnets röst i varje utredning", "korta vägar mellan handläggare"),
        h(1, "Vad vi tar med oss"),
        p("Vi prövar barnkonsekvensanalys i beslut om ekonomiskt bistånd."),
    )
)

WITH_SWEDISH_NAME = "".join(
    (
        p("Slutrapport: Bostad först – uppföljning", "Title"),
        p(EXAMPLE.replace("Trygg nyckel", "Bostad först – uppföljning")),
        h(1, "Resultat"),
        p("Åtta hushåll på Södermalm flyttade till egen bostad."),
    )
)

LIBREOFFICE = {
    "slutrapport": (FINAL_REPORT, ("docx", "odt", "pdf")),
    "rorigt": (MESSY, ("docx", "odt")),
    "reserapport": (TRAVEL_REPORT, ("docx",)),
    "Slutrapport Bostad först – uppföljning": (WITH_SWEDISH_NAME, ("docx",)),
}

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD_NAMESPACES = f'xmlns:w="{W}" xmlns:r="{R}"'
OPENXML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def run(text: str, properties: str = "") -> str:
    style = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{style}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def para(content: str, properties: str = "") -> str:
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{content}</w:p>"


def of_style(name: str, text: str) -> str:
    return para(run(text), f'<w:pStyle w:val="{name}"/>')


def point(text: str, numbering: int, level: int = 0) -> str:
    properties = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{numbering}"/></w:numPr>'
    return para(run(text), f'<w:pStyle w:val="Liststycke"/>{properties}')


def word_cell(text: str, width: int = 1) -> str:
    span = f'<w:gridSpan w:val="{width}"/>' if width > 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="3000" w:type="dxa"/>{span}</w:tcPr>{para(run(text))}</w:tc>'


def shape(relation: str, words: str, how: str = "embed") -> str:
    return (
        '<w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
        f'<wp:extent cx="3000000" cy="1500000"/><wp:docPr id="1" name="Bild 1" descr="{words}"/>'
        '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData '
        'uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic '
        'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr id="0" '
        f'name="bild.png"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:{how}="{relation}"/></pic:blipFill>'
        "<pic:spPr/></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
    )


def word_document() -> str:
    change = 'w:id="9" w:author="Redaktör" w:date="2025-01-01T00:00:00Z"'
    body = (
        of_style("Rubrik", "Projektplan 2026: Öppna dörrar"),
        of_style("Normal", "Den här planen är påhittad. Projektet Öppna dörrar finns inte."),
        of_style("Rubrik1", "Syfte och mål"),
        para(
            run("Skärholmen ska pröva ")
            + run("familjecentral", "<w:b/>")
            + run(" på kvällstid för ")
            + run("nyanlända", "<w:i/>")
            + run(" familjer.")
            + '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="2"/></w:r>'
        ),
        of_style("Rubrik2", "Mål för 2026"),
        point("Fler föräldrar kommer på kvällen", 1),
        point("Minst hälften är pappor", 1, 1),
        point("Personalen kan fler språk", 1),
        point("Planera", 2),
        point("Pröva", 2),
        of_style("Rubrik1", "Budget"),
        "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>"
        f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{word_cell('Post')}{word_cell('Kronor')}</w:tr>"
        f"<w:tr>{word_cell('Löner')}{word_cell('400 000')}</w:tr><w:tr>{word_cell('Summa: 400 000', 2)}</w:tr></w:tbl>",
        para(run("Läs ") + f'<w:hyperlink r:id="rId5">{run("om arbetssättet")}</w:hyperlink>' + run(".")),
        para(f"<w:r>{shape('rId4', 'Diagram över arbetsgången')}</w:r>"),
        para(
            run("Vi ")
            + f"<w:del {change}><w:r><w:delText>strukit </w:delText></w:r></w:del>"
            + f"<w:ins {change}>{run('lagt till ')}</w:ins>"
            + '<w:commentRangeStart w:id="3"/>'
            + run("det här.")
            + '<w:commentRangeEnd w:id="3"/><w:r><w:commentReference w:id="3"/></w:r>'
        ),
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>'
        f"{''.join(body)}<w:sectPr/></w:body></w:document>"
    )


def template_document() -> str:
    """What organisations' templates and longer reports have, and Word's own notes on pictures."""
    contents = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{of_style('Innehllsfrteckningsrubrik', 'Innehåll')}{of_style('Innehll1', '1 Bakgrund 2')}"
        "</w:sdtContent></w:sdt>"
    )
    box = (
        '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>'
        f"{para(run('Text i en ruta.'))}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )

    def joined(content: str, how: str) -> str:
        return f'<w:tc><w:tcPr><w:vMerge w:val="{how}"/></w:tcPr>{content}</w:tc>'

    body = (
        of_style("Dokumentrubrik", "Delrapport 2025: Ljusa rum"),
        contents,
        para(run("Den här rapporten är påhittad. Projektet Ljusa rum finns inte.")),
        of_style("RubrikNumrerad", "Bakgrund"),
        para(run("Kursivt ", '<w:rStyle w:val="Betoning"/>') + run("och överstruket", "<w:strike/>") + run(".")),
        of_style("Mellanrubrik", "Så mycket används rummen"),
        "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>"
        f"<w:tr>{word_cell('Plats')}{word_cell('Tid')}</w:tr>"
        f"<w:tr>{joined(para(run('Farsta')), 'restart')}{word_cell('Dag')}</w:tr>"
        f"<w:tr>{joined(para(''), 'continue')}{word_cell('Kväll')}</w:tr></w:tbl>",
        para(run("Se slutet.") + '<w:r><w:endnoteReference w:id="2"/></w:r>' + box),
        para(f"<w:r>{shape('rId4', 'Ett diagram&#10;&#10;Automatiskt genererad beskrivning')}</w:r>"),
        para(run("Bilden är länkad: ") + f"<w:r>{shape('rId7', 'Länkad bild', 'link')}</w:r>"),
        para(run("Läs mer på ") + f'<w:hyperlink r:id="rId5">{run("stadens sida")}</w:hyperlink>' + run("!")),
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>'
        f"{''.join(body)}<w:sectPr/></w:body></w:document>"
    )


NAMES = {"Normal": "Normal", "Rubrik": "Title", "Rubrik1": "heading 1", "Rubrik2": "heading 2"}
NAMES |= {"Liststycke": "List Paragraph"}
# Made in Word from the styles that the names in parentheses are those of.
OWN_STYLES = (
    ("Dokumentrubrik", "Dokumentrubrik", '<w:basedOn w:val="Rubrik"/>'),
    ("RubrikNumrerad", "Rubrik 1 numrerad", '<w:basedOn w:val="Rubrik1"/>'),
    ("Mellanrubrik", "Mellanrubrik", '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>'),
    ("Innehllsfrteckningsrubrik", "TOC Heading", '<w:basedOn w:val="Rubrik1"/>'),
    ("Innehll1", "toc 1", ""),
)


def word_parts(document: str) -> dict[str, bytes]:
    """The parts of a file as Microsoft Word in Swedish names them: styles by Swedish ids, lists by numbering."""
    named = [(key, name, "") for key, name in NAMES.items()] + list(OWN_STYLES)
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/>{more}</w:style>'
        for key, name, more in named
    )
    styles += '<w:style w:type="character" w:styleId="Betoning"><w:name w:val="Emphasis"/></w:style>'

    def numbering(number: int, form: str) -> str:
        levels = "".join(
            f'<w:lvl w:ilvl="{level}"><w:numFmt w:val="{form}"/><w:lvlText w:val="%1."/></w:lvl>' for level in (0, 1)
        )
        return f'<w:abstractNum w:abstractNumId="{number}">{levels}</w:abstractNum>'

    numberings = "".join(
        (
            numbering(0, "bullet"),
            numbering(1, "decimal"),
            '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
            '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>',
        )
    )
    footnote = f'<w:footnote w:id="2">{para(run("Stadens budget, kapitel 3."))}</w:footnote>'
    endnote = f'<w:endnote w:id="2">{para(run("En slutnot."))}</w:endnote>'
    comment = f'<w:comment w:id="3" w:author="Redaktör">{para(run("En kommentar som inte ska med."))}</w:comment>'
    kinds = {
        "styles": f"<w:styles {WORD_NAMESPACES}>{styles}</w:styles>",
        "numbering": f"<w:numbering {WORD_NAMESPACES}>{numberings}</w:numbering>",
        "footnotes": f"<w:footnotes {WORD_NAMESPACES}>{footnote}</w:footnotes>",
        "endnotes": f"<w:endnotes {WORD_NAMESPACES}>{endnote}</w:endnotes>",
        "comments": f"<w:comments {WORD_NAMESPACES}>{comment}</w:comments>",
    }
    overrides = "".join(f'<Override PartName="/word/{kind}.xml" ContentType="{OPENXML}.{kind}+xml"/>' for kind in kinds)
    links = {"rId1": "styles", "rId2": "numbering", "rId3": "footnotes", "rId6": "comments", "rId8": "endnotes"}
    relations = "".join(
        f'<Relationship Id="{key}" Type="{R}/{kind}" Target="{kind}.xml"/>' for key, kind in links.items()
    )
    relations += f'<Relationship Id="rId4" Type="{R}/image" Target="media/bild.png"/>'
    relations += (
        f'<Relationship Id="rId5" Type="{R}/hyperlink" Target="https://example.se/arbetssatt" TargetMode="External"/>'
    )
    relations += f'<Relationship Id="rId7" Type="{R}/image" Target="file:///C:/bild.png" TargetMode="External"/>'
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="png" '
        'ContentType="image/png"/><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        'ContentType="application/xml"/><Override PartName="/word/document.xml" '
        f'ContentType="{OPENXML}.document.main+xml"/>'
        f"{overrides}</Types>"
    )
    top = (
        f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" Type="{R}/officeDocument" '
        'Target="word/document.xml"/>'
    )
    parts = {
        "[Content_Types].xml": types,
        "_rels/.rels": f"{top}</Relationships>",
        "word/document.xml": document,
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{RELATIONS}">{relations}</Relationships>',
        **{f"word/{kind}.xml": text for kind, text in kinds.items()},
    }
    return {name: text.encode() for name, text in parts.items()} | {"word/media/bild.png": drawing(300, "A", "B")}


def make_word(path: Path, document: str) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in word_parts(document).items():
            # A fixed time, so that the same text gives the same file.
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)


def main() -> None:
    office = shutil.which("soffice")
    if not office:
        raise SystemExit("This needs LibreOffice: the program soffice was not found.")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name, (body, endings) in LIBREOFFICE.items():
            source = Path(folder, f"{name}.fodt")
            source.write_text(flat(body), "utf-8")
            for ending in endings:
                command = [office, f"-env:UserInstallation=file://{folder}/profile", "--headless"]
                command += ["--convert-to", ending, "--outdir", str(FOLDER), str(source)]
                subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    make_word(FOLDER / "word.docx", word_document())
    make_word(FOLDER / "mall.docx", template_document())


if __name__ == "__main__":
    main()
