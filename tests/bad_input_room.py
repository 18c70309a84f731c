"""A review under way that is asked for what cannot be."""

from collections.abc import Iterator

import pytest

from tests.server_fixtures import MAPLE, Server, running_copy


@pytest.fixture(scope="module")
def room(server: str, sample_template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Yield a server whose review at Maple is open."""
    with running_copy(server, sample_template, tmp_path_factory.mktemp("bad")) as running:
        running.do("facilitator", "open-review", review=MAPLE)
        yield running
