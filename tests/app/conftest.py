import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from sluice_repo import Repo  # noqa: E402


@pytest.fixture
def repo(tmp_path):
    return Repo(tmp_path / "repo")
