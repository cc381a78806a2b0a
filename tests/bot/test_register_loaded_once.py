"""The register of authorities is large: it is loaded once, however many name an authority at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from functools import cache
from threading import Event

import pytest

from bot import app


def test_whoever_names_an_authority_meanwhile_waits_for_the_same_register(monkeypatch: pytest.MonkeyPatch) -> None:
    begun, again = [], Event()

    def load() -> object:
        begun.append(1)
        if len(begun) > 1:
            again.set()
        again.wait(0.3)  # a second one has every occasion to begin
        return object()

    monkeypatch.setattr(app, "_loaded", cache(load))
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda _: app._register(), range(4)))
    assert len(begun) == 1
    assert len({id(one) for one in found}) == 1
