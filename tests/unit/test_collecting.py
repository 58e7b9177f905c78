"""How often a build looks for values that hold each other, which takes time and finds hardly any."""

import gc

from kunskapsbank_mkdocs.catalogue import CataloguePlugin


def test_a_build_looks_seldom() -> None:
    before = gc.get_threshold()
    gc.set_threshold(700, 10, 10)
    try:
        CataloguePlugin().on_startup(command="build", dirty=False)
        assert gc.isenabled()
        assert gc.get_threshold()[0] >= 10_000
    finally:
        gc.set_threshold(*before)
