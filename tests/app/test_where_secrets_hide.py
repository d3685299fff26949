"""Where secrets hide: each place made with real git, each found by `history` or `staged`.

The README publishes this table; `tools/hiding-places` runs the same places beside other scanners.
"""

import pytest

from hiding_places import PLACES
from sluice_repo import Repo, token


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_found(tmp_path, place):
    repo = Repo(tmp_path / "repo")
    secret = token(place.name)
    start_in = place.make(repo, secret) or repo.path
    run = repo.sluice(*place.command, cwd=start_in)
    assert run.code == 1, run
    assert len(run.secrets()) == 1, run
    assert secret.encode() not in run.out + run.err


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_clean_without_it(tmp_path, place):
    """The same repository with a stand-in instead of the secret is clean: the finding is the secret's."""
    repo = Repo(tmp_path / "repo")
    start_in = place.make(repo, "nothing to hide") or repo.path
    run = repo.sluice(*place.command, cwd=start_in)
    assert run.code == 0, run
