"""What Jinja does for every piece of every page, with less: the pages are the same as without.

Of the hundreds of texts that a page is put together of nearly all are plain, and most hold nothing to be escaped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2 import Template
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping
    from types import CodeType

    from jinja2 import Environment


class QuickTemplate(Template):
    """A template whose pieces are escaped by `shown`."""

    @classmethod
    def from_code(
        cls,
        environment: Environment,
        code: CodeType,
        globals: MutableMapping[str, Any],
        uptodate: Callable[[], bool] | None = None,
    ) -> Template:
        """Return the template of some code that Jinja made, which takes `escape` from Jinja under that name."""
        # As Jinja hands them on, they are looked for in two places, and copied for each page.
        made = super().from_code(environment, code, dict(globals), uptodate)
        made.root_render_func.__globals__["escape"] = shown
        return made


class QuickContext(Context):
    """What a template is rendered with; what it calls is nearly always a macro, of which there is nothing to ask."""

    def call(self, called: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Return what something called by a template gives."""
        if type(called) is not Macro:
            return super().call(called, *args, **kwargs)
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        return called(self.eval_ctx, *args, **kwargs)


def shown(value: object) -> str:
    """Return what `markupsafe.escape` does, as a plain text where nothing need be escaped: it is only joined."""
    if type(value) is Markup:
        return value
    if type(value) is str and not ("&" in value or "<" in value or ">" in value or '"' in value or "'" in value):
        return value
    return escape(value)


def quicken(env: Environment) -> None:
    """Let an environment, of which no template has been loaded, make and render its templates so."""
    env.template_class = QuickTemplate
    env.context_class = QuickContext
