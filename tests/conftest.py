"""What tests of several modules share."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from pcc_assess.aim import Aim
    from pcc_assess.knowledge import Knowledge
    from pcc_assess.match import Matcher

ROOT = Path(__file__).resolve().parent.parent

# the same examples on every run where a red run must mean a change; no deadline: machines are slow at times
settings.register_profile(
    "ci", derandomize=True, deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("dev", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "dev")


@pytest.fixture(autouse=True, scope="session")
def _alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Tests keep their own cache, and reach no machine but this one."""
    connect = socket.socket.connect

    def here_only(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise OSError(f"a test wanted to reach {address!r}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        patch.setattr(socket.socket, "connect", here_only)
        yield


@pytest.fixture(autouse=True, scope="session")
def _room() -> Iterator[None]:
    """A process apart is a copy of this one, which holds far more than the program: the copy may be as large."""
    from pcc_assess.limits import STANDARD

    usual = STANDARD.memory_mb
    object.__setattr__(STANDARD, "memory_mb", 8 * usual)
    yield
    object.__setattr__(STANDARD, "memory_mb", usual)


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real resumes and lists of traps beside the checkout; they are not part of this project."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("needs the real resumes that are not part of this project")
    return folder


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """The data files as they ship."""
    from pcc_assess import catalog

    return catalog.load()


@pytest.fixture(scope="session")
def aim() -> Aim:
    """Patient Care Coordinator at the level `coordinator`, on a fixed day."""
    from pcc_assess.aim import DEFAULT_ROLE, make_aim

    return make_aim(DEFAULT_ROLE, "coordinator", date(2026, 1, 1))


@pytest.fixture(scope="session")
def matcher(aim: Aim) -> Matcher:
    """The matcher compiled from the data files; making it costs more than using it."""
    return aim.matcher
