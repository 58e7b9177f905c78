"""Small Word files, each with one thing that real reports have: what is in them, as WordprocessingML."""

import io
import zipfile

from documents import of_style, para, run, word_parts

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def file(body: str, more: dict[str, str] | None = None, relations: str = "") -> bytes:
    """Return a Word file with this text, other parts and more relationships."""
    document = f"<w:document {NAMESPACES}><w:body>{body}<w:sectPr/></w:body></w:document>"
    parts = word_parts(document)
    for name, text in (more or {}).items():
        parts[name] = text.encode()
    links = "word/_rels/document.xml.rels"
    parts[links] = parts[links].replace(b"</Relationships>", f"{relations}</Relationships>".encode())
    # No comment is in these.
    del parts["word/comments.xml"]
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return target.getvalue()


def field(instruction: str, *result: str) -> str:
    """A field in its long form; without result it has never been brought up to date."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    told = f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
    shown = mark.format("separate") + "".join(map(run, result)) if result else ""
    return f"{mark.format('begin')}{told}{shown}{mark.format('end')}"


def simple(instruction: str, result: str) -> str:
    return f'<w:fldSimple w:instr=" {instruction} ">{run(result)}</w:fldSimple>'


def form_box(checked: str) -> str:
    data = f'<w:ffData><w:checkBox><w:default w:val="0"/>{checked}</w:checkBox></w:ffData>'
    begin = f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r>'
    return f'{begin}<w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'


def control(properties: str, content: str) -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def listed(text: str, number: int, level: int = 0) -> str:
    return para(run(text), f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def numbering(*plans: str, lists: str) -> dict[str, str]:
    made = "".join(
        f'<w:abstractNum w:abstractNumId="{number}">{levels}</w:abstractNum>' for number, levels in enumerate(plans)
    )
    return {"word/numbering.xml": f"<w:numbering {NAMESPACES}>{made}{lists}</w:numbering>"}


def level(form: str, text: str = "%1.", start: int = 1, number: int = 0) -> str:
    told = f'<w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{number}">{told}</w:lvl>'


def numbered(key: int, plan: int, override: str = "") -> str:
    return f'<w:num w:numId="{key}"><w:abstractNumId w:val="{plan}"/>{override}</w:num>'


def styles(*made: str) -> dict[str, str]:
    return {"word/styles.xml": f"<w:styles {NAMESPACES}>{''.join(made)}</w:styles>"}


def drawn(inner: str, words: str = "", name: str = "Diagram 1") -> str:
    described = f' descr="{words}"' if words else ""
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="{name}"{described}/><a:graphic><a:graphicData uri="x">'
        f"{inner}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def picture(words: str) -> str:
    blip = '<pic:blipFill><a:blip r:embed="rId4"/></pic:blipFill>'
    return drawn(f"<pic:pic><pic:nvPicPr><pic:cNvPr/></pic:nvPicPr>{blip}</pic:pic>", words)


CHART = f"""<c:chartSpace {NAMESPACES}><c:chart><c:title><c:tx><c:rich><a:p><a:r><a:t>Deltagare</a:t></a:r></a:p>
</c:rich></c:tx></c:title><c:plotArea><c:barChart><c:ser><c:tx><c:strRef><c:strCache><c:pt idx="0"><c:v>2025</c:v>
</c:pt></c:strCache></c:strRef></c:tx><c:cat><c:strRef><c:strCache><c:pt idx="0"><c:v>Flickor</c:v></c:pt><c:pt idx="1">
<c:v>Pojkar</c:v></c:pt></c:strCache></c:strRef></c:cat><c:val><c:numRef><c:numCache><c:pt idx="0"><c:v>18</c:v></c:pt>
<c:pt idx="1"><c:v>24.5</c:v></c:pt></c:numCache></c:numRef></c:val></c:ser></c:barChart></c:plotArea></c:chart>
</c:chartSpace>"""
SMART = f"""<dgm:dataModel {NAMESPACES}><dgm:ptLst><dgm:pt type="doc"/><dgm:pt><dgm:t><a:p><a:r><a:t>Kartlägg</a:t>
</a:r></a:p></dgm:t></dgm:pt><dgm:pt><dgm:t><a:p><a:r><a:t>Följ </a:t></a:r><a:r><a:t>upp</a:t></a:r></a:p></dgm:t>
</dgm:pt>
</dgm:ptLst></dgm:dataModel>"""
CHANGE = 'w:id="9" w:author="A" w:date="2025-01-01T00:00:00Z"'
VANISH = "<w:vanish/>"
BLANK = "\N{NO-BREAK SPACE}"


def fraction(above: str, below: str) -> str:
    part = "<m:r><m:t>{}</m:t></m:r>"
    return f"<m:f><m:num>{part.format(above)}</m:num><m:den>{part.format(below)}</m:den></m:f>"


def cell(*texts: str) -> str:
    return f"<w:tc>{''.join(para(run(text)) for text in texts)}</w:tc>"


# Name → the file, the Markdown that is right, and the beginnings of the remarks, in order.
CASES: dict[str, tuple[bytes, str, tuple[str, ...]]] = {
    "fields show their results": (
        file(
            para(run("Tabell ") + simple("SEQ Tabell", "1") + run(": ") + field("DOCPROPERTY Belopp", "400", " 000 kr"))
            + para(run("Se ") + field("REF _Ref5 \\h", "tabell 1") + run("."))
        ),
        "Tabell 1: 400 000 kr\n\nSe tabell 1.\n",
        (),
    ),
    "a field that shows nothing is told of": (
        file(para(run("Antal ") + field("EQ \\f(1;2)") + run("slut") + field('XE "ord"'))),
        "Antal slut\n",
        ("Ett fält i originalet visar inget värde och är utelämnat (”EQ \\f(1;2)”).",),
    ),
    "links keep their addresses whatever switches follow": (
        file(
            para(
                field('HYPERLINK "https://example.se/a" \\o "Till \\"a\\""', "ett")
                + run(", ")
                + field('HYPERLINK \\t "_blank" "https://example.se/b" \\l "kap2"', "två")
                + run(" och ")
                + simple("HYPERLINK https://example.se/c", "tre")
            )
        ),
        "[ett](https://example.se/a), [två](https://example.se/b#kap2) och [tre](https://example.se/c)\n",
        (),
    ),
    "a link goes on over fields in it": (
        file(
            para(
                '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "https://example.se/"'
                '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
                + run("sidan ")
                + field("PAGE", "4")
                + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
                + run(" efter")
            )
        ),
        "[sidan 4](https://example.se/) efter\n",
        (),
    ),
    "boxes to tick": (
        file(
            para(control('<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>', run("☒")) + run(" Ja"))
            + para(control('<w14:checkbox><w14:checked w14:val="0"/></w14:checkbox>', "") + run(" Nej"))
            + para(form_box('<w:checked w:val="1"/>') + run(" Kanske") + form_box("") + run(" Vet ej"))
        ),
        "☒ Ja\n\n☐ Nej\n\n☒ Kanske☐ Vet ej\n",
        (),
    ),
    "placeholders stay out": (
        file(
            para(run("Ägare: ") + control("<w:showingPlcHdr/><w:alias w:val='Ägare'/>", run("Klicka här")))
            + control("<w:showingPlcHdr/>", para(run("Skriv en sammanfattning")))
            + para(control("<w:showingPlcHdr w:val='0'/>", run("Farsta")))
        ),
        "Ägare:\n\nFarsta\n",
        ("2 fält i originalet är inte ifyllda och är utelämnade: ”Ägare” och efter ”Ägare:”.",),
    ),
    "hidden text stays out, by run and by styles": (
        file(
            para(run("Synligt.") + run(" Hemligt", VANISH) + run(" Mer.", "<w:vanish w:val='0'/>"))
            + of_style("Dold", "Också hemligt")
            + para(run("Ord", '<w:rStyle w:val="Arv"/>') + run("Kvar", '<w:rStyle w:val="Arv"/><w:vanish w:val="0"/>')),
            styles(
                '<w:style w:type="paragraph" w:styleId="Dold"><w:basedOn w:val="Bas"/></w:style>',
                f'<w:style w:type="paragraph" w:styleId="Bas"><w:rPr>{VANISH}</w:rPr></w:style>',
                f'<w:style w:type="character" w:styleId="Arv0"><w:rPr>{VANISH}</w:rPr></w:style>',
                '<w:style w:type="character" w:styleId="Arv"><w:basedOn w:val="Arv0"/></w:style>',
            ),
        ),
        "Synligt. Mer.\n\nKvar\n",
        ("Dold text på 2 ställen i originalet är utelämnad: efter ”Synligt.” och efter ”Synligt. Mer.”.",),
    ),
    "a hidden row of a table stays out": (
        file(
            f"<w:tbl><w:tr>{cell('A')}{cell('B')}</w:tr><w:tr>{cell('1')}{cell('2')}</w:tr>"
            f"<w:tr><w:trPr><w:hidden/></w:trPr>{cell('x')}{cell('y')}</w:tr></w:tbl>"
        ),
        "| A | B |\n| --- | --- |\n| 1 | 2 |\n",
        ("Dold text i originalet är utelämnad", "Tabellen som börjar med ”A” saknar rubrikrad"),
    ),
    "paragraphs in a cell stay apart": (
        file(
            f"<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>{cell('Grupp')}{cell('2025')}</w:tr>"
            f"<w:tr>{cell('Flickor', 'Pojkar')}{cell('12', '30')}</w:tr></w:tbl>"
        ),
        "| Grupp | 2025 |\n| --- | --- |\n| Flickor<br>Pojkar | 12<br>30 |\n",
        (),
    ),
    "joined cells, and cells in content controls": (
        file(
            "<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc><w:tcPr><w:vMerge w:val='restart'/></w:tcPr>"
            f"{para(run('Kön'))}</w:tc><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>{para(run('Antal'))}</w:tc></w:tr>"
            f"<w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>{cell('2024')}"
            f"{cell('2025')}</w:tr>"
            + control("", f"<w:tr>{cell('Kvinnor')}{control('', cell('12'))}{cell('15')}</w:tr>")
            + "</w:tbl>"
        ),
        "| Kön | Antal: 2024 | Antal: 2025 |\n| --- | --- | --- |\n| Kvinnor | 12 | 15 |\n",
        ("En tabell har sammanslagna celler",),
    ),
    "a numbered list goes on after a paragraph, and another begins elsewhere": (
        file(
            listed("Ansök", 1)
            + listed("Planera", 1)
            + para(run("Emellan."))
            + listed("Genomför", 1)
            + para(run("Ny lista."))
            + listed("Sju", 2)
            + listed("Åtta", 2)
            + para(run("Om igen."))
            + listed("Ett", 3),
            numbering(
                level("decimal"),
                level("decimal", start=7),
                lists=numbered(1, 0)
                + numbered(2, 1)
                + numbered(3, 0, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'),
            ),
        ),
        "1. Ansök\n2. Planera\n\nEmellan.\n\n3. Genomför\n\nNy lista.\n\n7. Sju\n8. Åtta\n\nOm igen.\n\n1. Ett\n",
        (),
    ),
    "numbers under numbers begin anew": (
        file(
            listed("A", 1) + listed("a", 1, 1) + listed("b", 1, 1) + listed("B", 1) + listed("c", 1, 1),
            numbering(level("decimal") + level("lowerLetter", "%2)", number=1), lists=numbered(1, 0)),
        ),
        "1. A\n    1. a\n    2. b\n2. B\n    1. c\n",
        ("3 numrerade listor har andra tecken än 1, 2, 3",),
    ),
    "lists typed by hand": (
        file(
            para(run("Vi gjorde:"))
            + para(run("- möten"))
            + para(run("–\tsamtal"))
            + para(run("•\tbesök"))
            + para(run("2) andra"))
            + para(run("3) tredje"))
            + para(run("a) delsteg"))
        ),
        "Vi gjorde:\n\n- möten\n- samtal\n- besök\n\n2. andra\n3. tredje\n\na) delsteg\n",
        (),
    ),
    "lists typed by hand on lines": (
        file(
            para(run("Mål:") + "<w:r><w:br/></w:r>" + run("- färre") + "<w:r><w:br/></w:r>" + run("- fler", "<w:i/>"))
        ),
        "Mål:\n\n- färre\n- *fler*\n",
        (),
    ),
    "what people say is no list": (
        file(para(run("– Hur gick det?")) + para(run("– Det gick bra."))),
        "– Hur gick det?\n\n– Det gick bra.\n",
        (),
    ),
    "formulas become text": (
        file(
            para(f"<m:oMathPara><m:oMath>{fraction('antal i arbete', 'alla')}</m:oMath></m:oMathPara>")
            + para(
                run("Värdet ")
                + "<m:oMath><m:sSup><m:e><m:r><m:t>R</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>"
                + "<m:r><m:t>=0,8</m:t></m:r></m:oMath>"
                + run(".")
            )
        ),
        "(antal i arbete)/alla\n\nVärdet R²=0,8.\n",
        ("2 formler har blivit vanlig text: ”(antal i arbete)/alla” och ”R²=0,8”.",),
    ),
    "a chart becomes a table and SmartArt a list": (
        file(
            para(drawn('<c:chart r:id="rId90"/>', "Stapeldiagram")) + para(drawn('<dgm:relIds r:dm="rId91"/>')),
            {"word/charts/chart1.xml": CHART, "word/diagrams/data1.xml": SMART},
            f'<Relationship Id="rId90" Type="{R}/chart" Target="charts/chart1.xml"/>'
            f'<Relationship Id="rId91" Type="{R}/diagramData" Target="diagrams/data1.xml"/>',
        ),
        "Deltagare\n\n| | 2025 |\n| --- | --- |\n| Flickor | 18 |\n| Pojkar | 24,5 |\n\n- Kartlägg\n- Följ upp\n",
        ("Diagrammet ”Deltagare” har blivit en tabell", "En SmartArt-bild har blivit en lista med sina texter"),
    ),
    "charts without values are told of": (
        file(para(run("Se diagrammet.")) + para(drawn('<c:chart r:id="rId90"/>', "Stapeldiagram över deltagare"))),
        "Se diagrammet.\n",
        ("Ett diagram är utelämnat (”Stapeldiagram över deltagare”)",),
    ),
    "the form of a drawing that can be kept is kept, and nothing told of the others": (
        file(
            para(
                "<w:r><mc:AlternateContent><mc:Choice Requires='cx'>"
                + drawn('<cx:chart xmlns:cx="http://schemas.microsoft.com/office/drawing/2014/chartex"/>')
                .removeprefix("<w:r>")
                .removesuffix("</w:r>")
                + "</mc:Choice><mc:Fallback>"
                + picture("Ett diagram").removeprefix("<w:r>").removesuffix("</w:r>")
                + "</mc:Fallback></mc:AlternateContent></w:r>"
            )
        ),
        "![Ett diagram](bild-1.png)\n",
        (),
    ),
    "text in other directions, and above other text": (
        file(
            para(
                f'<w:dir w:val="rtl">{run("ett ")}</w:dir><w:bdo w:val="ltr">{run("två ")}</w:bdo>'
                f"<w:r><w:ruby><w:rubyPr/><w:rt>{run('uttal')}</w:rt><w:rubyBase>{run('ord')}</w:rubyBase></w:ruby></w:r>"
                f"<w:smartTag>{run(' tre')}</w:smartTag>"
            )
        ),
        "ett två ord (uttal) tre\n",
        (),
    ),
    "page breaks part words and large first letters do not": (
        file(
            para(run("Slutet.") + '<w:r><w:br w:type="page"/></w:r>' + run("Början."))
            + para(run("D"), '<w:framePr w:dropCap="drop" w:lines="3"/>')
            + para(run("et började bra."))
        ),
        "Slutet.\n\nBörjan.\n\nDet började bra.\n",
        (),
    ),
    "signs": (
        file(
            para(
                run("LUM")
                + "<w:r><w:noBreakHyphen/></w:r>"
                + run("medel; social")
                + "<w:r><w:softHyphen/></w:r>"
                + run("tjänst; ")
                + '<w:r><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>'
                + '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>'
                + run(" 5")
                + "<w:r><w:cr/></w:r>"
                + run("rad")
                + '<w:r><w:sym w:font="Wingdings 3" w:char="F0FF"/></w:r>'
            )
        ),
        "LUM\N{NON-BREAKING HYPHEN}medel; socialtjänst; →≥ 5  \nrad\n",
        ("Ett tecken ur ett symboltypsnitt gick inte att läsa (efter ”",),
    ),
    "struck text, single and double": (
        file(para(run("Kvar ") + run("ett", "<w:strike/>") + run(" ") + run("två", "<w:dstrike/>") + run(" kvar."))),
        "Kvar ett två kvar.\n",
        ("2 texter är överstrukna i originalet: ”ett” och ”två”.",),
    ),
    "a note in the title": (
        file(
            para(run("Trygg start") + '<w:r><w:footnoteReference w:id="2"/></w:r>', '<w:pStyle w:val="Rubrik"/>')
            + para(run("Text."))
        ),
        "Stadens budget, kapitel 3.\n\nText.\n",
        ("Titelns fotnot ”Stadens budget, kapitel 3.” har blivit ett stycke först i texten.",),
    ),
    "a style without type is one for paragraphs": (
        file(
            of_style("Eget", "Syfte") + para(run("Text.")),
            styles('<w:style w:styleId="Eget"><w:name w:val="heading 2"/></w:style>'),
        ),
        "## Syfte\n\nText.\n",
        (),
    ),
    "a picture in the same paragraph as text": (
        file(para(picture("Huset") + run("Text bredvid. ")) + para(run("Före ") + picture("Huset") + run("efter."))),
        "![Huset](bild-1.png)\n\nText bredvid.\n\nFöre efter.\n\n![Huset](bild-1.png)\n",
        (),
    ),
    "a bold no-break space is no heading": (
        file(para(run("Text.")) + para(run(BLANK, "<w:b/>")) + of_style("Rubrik1", BLANK)),
        "Text.\n",
        (),
    ),
    "a lonely heading is the title": (file(of_style("Rubrik1", "Bara en rubrik")), "", ()),
    "words that are a path are no description": (
        file(
            para(picture("C:\\Users\\anna.testsson\\Klienter\\diagram.png"))
            + para(picture("IMG_2034.JPG"))
            + para(picture("https://example.se/bild"))
        ),
        "![](bild-1.png)\n\n![](bild-1.png)\n\n![](bild-1.png)\n",
        ("Bilden bild-1.png saknar beskrivning.",),
    ),
    "changes that nobody has accepted": (
        file(
            para(
                run("Vi hade ")
                + f"<w:del {CHANGE}><w:r><w:delText>12 </w:delText></w:r></w:del>"
                + f"<w:ins {CHANGE}>{run('14 ')}</w:ins>"
                + run("deltagare.")
            )
            + para(run("Första halvan"), f"<w:rPr><w:del {CHANGE}/></w:rPr>")
            + para(run(" andra halvan."))
            + para(f"<w:moveFrom {CHANGE}>{run('Flyttat.')}</w:moveFrom>")
            + para(f"<w:moveTo {CHANGE}>{run('Flyttat.')}</w:moveTo>")
        ),
        "Vi hade 14 deltagare.\n\nFörsta halvan andra halvan.\n\nFlyttat.\n",
        ("Originalet har 4 ändringar som inte är godkända.",),
    ),
    "a list that Word has made of the headings": (
        file(
            para(field("TOC \\o", "Bakgrund 2"))
            + of_style("Innehll1", "Syfte 3")
            + of_style("Rubrik2", "Bakgrund")
            + para(run("Text."))
        ),
        "## Bakgrund\n\nText.\n",
        (),
    ),
    "a box of text, and words drawn in letters": (
        file(
            para(
                "<w:r><w:pict><v:shape><v:textpath string='Faktaruta'/><v:textbox><w:txbxContent>"
                f"{para(run('42 unga.'))}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>" + run("Bredvid.")
            )
        ),
        "Faktaruta Bredvid.\n\n42 unga.\n",
        (),
    ),
    "a part that lies elsewhere is told of": (
        file(para(run("Före.")) + '<w:altChunk r:id="rId90"/>'),
        "Före.\n",
        ("En del av dokumentet ligger i en annan fil och är utelämnad (efter ”Före.”).",),
    ),
}
