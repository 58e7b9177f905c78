"""Small OpenDocument texts, each with one thing that real reports have: what is in them, as OpenDocument's XML."""

import io
import zipfile

from documents import NAMESPACES, list_style

MORE = NAMESPACES + ' xmlns:form="urn:oasis:names:tc:opendocument:xmlns:form:1.0"'
STYLES = (
    '<style:style style:name="Dold" style:family="text"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="DoldStil" style:family="paragraph" style:parent-style-name="DoldBas"/>'
    '<style:style style:name="DoldBas" style:family="paragraph"><style:text-properties text:display="none"/>'
    "</style:style>"
    '<style:style style:name="Struken" style:family="text"><style:text-properties '
    'style:text-line-through-style="solid"/></style:style>'
    '<text:list-style style:name="Sju"><text:list-level-style-number text:level="1" style:num-format="1" '
    'text:start-value="7"/></text:list-style>'
    '<text:list-style style:name="Bokstav"><text:list-level-style-number text:level="1" style:num-format="a"/>'
    "</text:list-style>"
)
CONTENT = (
    "<office:document-content {names}><office:automatic-styles>{styles}</office:automatic-styles><office:body>"
    "<office:text>{body}</office:text></office:body></office:document-content>"
)


def file(body: str, parts: dict[str, str] | None = None) -> bytes:
    """Return an OpenDocument text with this body, and other parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr(
            "content.xml", CONTENT.format(names=MORE, styles=STYLES + list_style("N", "1", "1"), body=body)
        )
        for name, text in (parts or {}).items():
            package.writestr(name, text)
    return target.getvalue()


def p(text: str, style: str = "Standard") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def listed(*texts: str, style: str = "N", more: str = "", first: str = "") -> str:
    items = "".join(
        f"<text:list-item{first if not number else ''}>{p(text)}</text:list-item>" for number, text in enumerate(texts)
    )
    return f'<text:list text:style-name="{style}"{more}>{items}</text:list>'


def held(name: str) -> str:
    return f'<draw:frame><draw:object xlink:href="./{name}"/></draw:frame>'


MATH = (
    '<math xmlns="http://www.w3.org/1998/Math/MathML"><semantics><mrow><msup><mi>R</mi><mn>2</mn></msup><mo>=</mo>'
    "<mfrac><mrow><mi>antal</mi><mtext>i arbete</mtext></mrow><mi>alla</mi></mfrac></mrow><annotation "
    'encoding="StarMath 5.0">R^2</annotation></semantics></math>'
)
CELL = "<table:table-cell><text:p>{}</text:p></table:table-cell>"


def chart(*rows: tuple[str, ...]) -> str:
    made = "".join(f"<table:table-row>{''.join(map(CELL.format, row))}</table:table-row>" for row in rows)
    return (
        f'<office:document-content {MORE} xmlns:chart="urn:oasis:names:tc:opendocument:xmlns:chart:1.0"><office:body>'
        f"<office:chart><chart:chart><chart:title><text:p>Deltagare</text:p></chart:title><table:table>{made}"
        "</table:table></chart:chart></office:chart></office:body></office:document-content>"
    )


CONTINUED = ' text:continue-numbering="true"'
# Name → the file, the Markdown that is right, and the beginnings of the remarks, in order.
CASES: dict[str, tuple[bytes, str, tuple[str, ...]]] = {
    "hidden text stays out, by span, paragraph, section and condition": (
        file(
            p('Synlig.<text:span text:style-name="Dold"> HEMLIGT</text:span>')
            + p("HEMLIGT stycke", "DoldStil")
            + f'<text:section text:name="S" text:display="none">{p("HEMLIGT avsnitt")}</text:section>'
            + p('<text:hidden-paragraph text:is-hidden="true"/>HEMLIGT villkor')
            + p('<text:hidden-paragraph text:is-hidden="false"/>Synligt villkor')
            + p('Före <text:hidden-text text:is-hidden="true">HEMLIG</text:hidden-text>efter')
        ),
        "Synlig.\n\nSynligt villkor\n\nFöre efter\n",
        ("Dold text på 2 ställen i originalet är utelämnad: efter ”Synlig.” och efter ”",),
    ),
    "what a condition shows is kept and placeholders are not": (
        file(
            p(
                'Före <text:conditional-text text:string-value-if-true="A">B</text:conditional-text> efter '
                '<text:placeholder text:placeholder-type="text">&lt;Skriv namn&gt;</text:placeholder>'
            )
        ),
        "Före B efter\n",
        ("Ett fält i originalet är inte ifyllt och är utelämnat (”Skriv namn”).",),
    ),
    "comments and changes are told of by their number": (
        file(
            '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><text:p>struket</text:p>'
            "</text:deletion></text:changed-region></text:tracked-changes>"
            + p(
                "Ett<office:annotation><text:p>hej</text:p></office:annotation> två"
                "<office:annotation><text:p>hej</text:p></office:annotation>."
            )
        ),
        "Ett två.\n",
        ("Originalet har 2 kommentarer", "Originalet har en ändring"),
    ),
    "numbered lists go on or begin elsewhere": (
        file(
            listed("Ansök", "Planera")
            + p("Emellan.")
            + listed("Genomför", more=CONTINUED)
            + p("Ny.")
            + listed("Sju", "Åtta", style="Sju")
            + p("Om.")
            + listed("Tre", first=' text:start-value="3"')
        ),
        "1. Ansök\n2. Planera\n\nEmellan.\n\n3. Genomför\n\nNy.\n\n7. Sju\n8. Åtta\n\nOm.\n\n3. Tre\n",
        (),
    ),
    "letters become figures, which is told": (
        file(listed("Ett", "Två", style="Bokstav")),
        "1. Ett\n2. Två\n",
        ("En numrerad lista har andra tecken än 1, 2, 3",),
    ),
    "struck text is told of": (
        file(p('Kvar <text:span text:style-name="Struken">bort</text:span>.')),
        "Kvar bort.\n",
        ("Texten ”bort” är överstruken i originalet.",),
    ),
    "text above other text, and boxes to tick": (
        file(
            '<office:forms><form:form><form:checkbox form:id="k1" form:label="Ja" form:current-state="checked"/>'
            '<form:checkbox form:id="k2" form:label="Nej"/></form:form></office:forms>'
            + p(
                "<text:ruby><text:ruby-base>ord</text:ruby-base><text:ruby-text>uttal</text:ruby-text></text:ruby> "
                '<draw:control draw:control="k1"/>, <draw:control draw:control="k2"/>'
            )
        ),
        "ord (uttal) ☒ Ja, ☐ Nej\n",
        (),
    ),
    "text in shapes": (
        file(p(f"Före.<draw:g><draw:custom-shape>{p('I en pil')}</draw:custom-shape></draw:g>")),
        "Före.\n\nI en pil\n",
        (),
    ),
    "formulas become text and charts tables": (
        file(
            p(held("Object 1")) + p(held("Object 2")),
            {"Object 1/content.xml": MATH, "Object 2/content.xml": chart(("", "2025"), ("Flickor", "18"))},
        ),
        "R²=(antal i arbete)/alla\n\nDeltagare\n\n| | 2025 |\n| --- | --- |\n| Flickor | 18 |\n",
        (
            "En formel har blivit vanlig text: ”R²=(antal i arbete)/alla”.",
            "Diagrammet ”Deltagare” har blivit en tabell",
        ),
    ),
    "an object that cannot be kept is told of": (
        file(p("Före.") + p(held("Object 9"))),
        "Före.\n",
        ("Ett inbäddat objekt är utelämnat (efter ”Före.”).",),
    ),
}
