"""HTML page → the page with a strict Content-Security-Policy, its own inline scripts allowed by their hashes."""

from __future__ import annotations

import base64
import hashlib
import re

# Nothing from other hosts, no plugins, no inline styles. Frames cannot be forbidden from within a page: see README.
_POLICY = (
    "default-src 'self'; script-src 'self'{scripts}; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'"
)
_CHARSET = '<meta charset="utf-8">'
_SCRIPT = re.compile(r"<script([^>]*)>(.*?)</script>", re.DOTALL | re.IGNORECASE)


def with_policy(html: str) -> str:
    """Return `html` with its policy first in the head.

    Inline scripts come only from the theme's templates: raw HTML in the content is refused before a build. Data blocks
    (type="application/json") are no scripts and need no hash.
    """
    hashes = sorted({_hash(code) for attributes, code in _SCRIPT.findall(html) if _is_inline_script(attributes)})
    policy = _POLICY.format(scripts="".join(f" '{value}'" for value in hashes))
    meta = f'{_CHARSET}\n      <meta http-equiv="Content-Security-Policy" content="{policy}">'
    return html.replace(_CHARSET, meta, 1)


def _is_inline_script(attributes: str) -> bool:
    return "src=" not in attributes and "application/json" not in attributes


def _hash(code: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(code.encode("utf-8")).digest()).decode("ascii")
