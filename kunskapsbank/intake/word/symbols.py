"""A sign in a font of signs (Symbol, Wingdings) → the character that means the same."""

from __future__ import annotations

# Adobe's Symbol encoding, from 0x20 and from 0xA0; a space where there is none.
_SYMBOL = dict(
    enumerate(
        " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼", start=0x20
    )
) | dict(enumerate("€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑", start=0xA0))
# The signs of Microsoft's fonts that texts have: bullets, arrows, boxes, hands and figures in rings.
_WINGDINGS = {
    **dict(enumerate("✂✁", start=0x22)),
    **dict(enumerate("☎✆✉", start=0x28)),
    **dict(enumerate("☺😐☹", start=0x4A)),
    **dict(enumerate("👍👎☜☞☝☟", start=0x43)),
    **dict(enumerate("●❍■□◻❑❒⬧⧫◆❖⬥⌧", start=0x6C)),
    **dict(enumerate("⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿", start=0x80)),
    **dict(enumerate("·•", start=0x9E)),
    **dict(enumerate("▪○⭕◉◉◎", start=0xA0)),
    **dict(enumerate("▪◻", start=0xA7)),
    **dict(enumerate("✦★✶", start=0xAA)),
    **dict(enumerate("←→↑↓↖↗↙↘", start=0xDF)),
    **dict(enumerate("➔", start=0xE8)),
    **dict(enumerate("⇦⇨⇧⇩⬄", start=0xEF)),
    **dict(enumerate("✗✓☒☑", start=0xFB)),
    0x20: " ", 0x3F: "✍", 0x41: "✌", 0x54: "❄", 0x51: "✈", 0x52: "☼", 0xD8: "➢",
}  # fmt: skip
_WINGDINGS_2 = {
    **dict(enumerate("✗✓☒☑☒", start=0x4F)),
    **dict(enumerate("●●•", start=0x96)),
    0x20: " ", 0xA3: "☐", 0x2A: "☐", 0xA0: "■",
}  # fmt: skip
_WEBDINGS = {0x20: " ", 0x61: "✔", 0x72: "✖", 0x63: "☐", 0x6E: "●", 0x67: "■", 0x34: "▶", 0x69: "ℹ"}
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "webdings": _WEBDINGS}
# Bullets of Wingdings are what is meant where no font is told.
_USUAL = _WINGDINGS


def shown(font: str, number: int) -> str:
    """Return the character for a sign's number in a font, "" where it is not known; 0xF000 may be added to it."""
    number = number - 0xF000 if 0xF000 <= number <= 0xF0FF else number
    return _FONTS.get(font.strip().lower(), _USUAL).get(number, "").strip("\0")


def is_of_signs(font: str) -> bool:
    """Tell whether the letters of a font are signs."""
    return font.strip().lower() in _FONTS


def readable(text: str, font: str = "") -> tuple[str, int]:
    """Return a text with its signs of private use made readable, and how many could not be."""
    if not any("\ue000" <= sign <= "\uf8ff" for sign in text):
        return text, 0
    made, lost = [], 0
    for sign in text:
        is_private = "\ue000" <= sign <= "\uf8ff"
        found = shown(font, ord(sign)) if is_private else sign
        lost += is_private and not found
        made.append(found)
    return "".join(made), lost
