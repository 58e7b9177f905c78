"""The page *Skapa rapport*, and where a repository takes new files."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from kunskapsbank.model import addresses
from kunskapsbank.pages.create_form import form
from kunskapsbank.pages.models import Link, SitePage

if TYPE_CHECKING:
    from kunskapsbank.pages.records import Views

FILE = addresses.CREATE


def page(views: Views) -> SitePage:
    """Return the page: a form, which the library reads in the browser."""
    return SitePage(
        file=FILE,
        title="Skapa rapport",
        summary="Gör om en rapport till en färdig fil för kunskapsbanken, och se vad som behöver rättas.",
        template="create.html",
        view=form(views.catalogue),
        updated=views.updated(),
        trail=(Link("Om kunskapsbanken", "om/"), Link("Redaktionshandbok", "om/redaktionshandbok/")),
    )


def new_file_address(repository: str, branch: str) -> str:
    """Return the start of the address at which a repository's website makes a new file; its path comes last.

    "" where `repository` is. GitLab and GitHub both take the path in the address. The text is never put there, though
    GitHub would take it: addresses are kept in logs, and long ones are refused.
    """
    if not repository:
        return ""
    github = (urlsplit(repository).hostname or "").startswith("github.")
    way, name = ("new", "filename") if github else ("-/new", "file_name")
    return f"{repository.rstrip('/')}/{way}/{quote(branch)}?{name}="
