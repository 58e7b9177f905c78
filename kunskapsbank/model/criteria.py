"""The newest call → what it demands of an idea: the points of its direction that it calls main criteria."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kunskapsbank.model.kinds import Kind

if TYPE_CHECKING:
    from kunskapsbank.model.catalogue import Catalogue

MAIN = "huvudkriterium:"
"""How a point of a direction begins that is demanded; what follows is a sentence after "att"."""


@dataclass(frozen=True, slots=True)
class Criteria:
    """What a call demands: its title, its address on the site, and each criterion as it stands after "att"."""

    title: str
    url: str
    demanded: tuple[str, ...]

    @property
    def told(self) -> str:
        """What the call demands as a sentence."""
        many = "huvudkriterier" if len(self.demanded) > 1 else "huvudkriterium"
        return f"{self.title} har som {many} {' och '.join(f'att {one}' for one in self.demanded)}."


def newest(catalogue: Catalogue) -> Criteria | None:
    """Return what the newest call with main criteria demands; None where no call has any."""
    for call in sorted(catalogue.of_kind(Kind.CALL), key=lambda record: record.years, reverse=True):
        direction = call.call.direction if call.call and not call.example else ()
        demanded = tuple(one.removeprefix(MAIN).strip() for one in direction if one.startswith(MAIN))
        if demanded:
            return Criteria(call.title, call.url, demanded)
    return None
