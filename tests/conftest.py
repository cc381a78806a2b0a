"""What every test may ask for."""

import gc

gc.disable()  # until all is imported: half a million objects stay, and looking through them takes seconds

import asyncio
import fcntl
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from tempfile import mkdtemp

import hypothesis
import pytest
from aiosmtpd.controller import Controller

from bot.database.database import Database, open_database
from bot.settings import models_folder
from knowledge.content.models import Content
from knowledge.learning import kept
from knowledge.loading import load
from knowledge.understanding.understanding import Understanding
from tests.bot.smtp_server import Mailbox
from tests.conversation import Conversation
from tests.ports import free_port
from tests.quick import quick

hypothesis.settings.register_profile(
    "suite",
    deadline=None,
    derandomize=True,  # what fails, fails at every run: `--hypothesis-profile=default` draws others
    suppress_health_check=[hypothesis.HealthCheck.too_slow, hypothesis.HealthCheck.function_scoped_fixture],
)
hypothesis.settings.load_profile("suite")


def pytest_configure(config: pytest.Config) -> None:
    """What is learnt is kept for this run alone, its workers sharing it, and begins with what the account has learnt.

    A file of the same name was learnt from the same phrases by the same code: `make install` did, a moment ago.
    TEST_MODELS: a folder that keeps it longer, for whoever runs one test again and again.
    """
    kept._KEPT = 100  # one run has more contents at once than an editor
    if hasattr(config, "workerinput"):
        return
    if folder := os.environ.get("TEST_MODELS"):
        Path(folder).mkdir(mode=0o700, exist_ok=True)
    else:
        folder = mkdtemp(prefix="tevo-tests-")
        config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
        left_out = shutil.ignore_patterns("content", "learning", "*.new")
        if learnt := models_folder():
            with suppress(OSError):  # what it forgets meanwhile is learnt here
                shutil.copytree(learnt, Path(folder) / "tevo", ignore=left_out)
    os.environ["XDG_CACHE_HOME"] = folder


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of what this programme says are marked `content`: the others hold whatever an editor changes.

    The longest come first, so that no worker is left alone with them at the end.
    """
    items.sort(key=lambda item: item.path.parent.name != "torture")
    for item in items:
        if isinstance(item, pytest.Function) and "packaged" in item.fixturenames:
            item.add_marker("content")


def pytest_collection_finish() -> None:
    """From now on garbage is looked for, among what the tests make."""
    gc.freeze()
    gc.enable()


HERE = Path(__file__).parent
TODAY = date(2026, 11, 24)


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Of two workers that would learn the same, the second finds what the first has learnt."""
    with (Path(os.environ["XDG_CACHE_HOME"]) / "learning").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def minimal() -> Content:
    """The smallest content package: engine tests don't break when the French changes."""
    return quick(load(HERE / "content" / "minimal"))


@pytest.fixture(scope="session")
def minimal_understanding(minimal: Content) -> Understanding:
    with one_at_a_time():
        return Understanding(minimal, models_folder())


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The SQLite file that a first start leaves: its tables are made once for all tests."""
    path = tmp_path_factory.mktemp("empty") / "tevo.db"

    async def begin() -> None:
        async with open_database(f"sqlite+aiosqlite:///{path}"):
            pass

    asyncio.run(begin())
    return path.read_bytes()


@pytest.fixture
async def database(tmp_path: Path, empty_database: bytes) -> AsyncIterator[Database]:
    """A real SQLite file, as in production."""
    (tmp_path / "tevo.db").write_bytes(empty_database)
    async with open_database(f"sqlite+aiosqlite:///{tmp_path / 'tevo.db'}") as opened:
        yield opened


@pytest.fixture
def conversation(minimal: Content, minimal_understanding: Understanding, database: Database) -> Conversation:
    return Conversation(minimal, minimal_understanding, database, TODAY)


@pytest.fixture(scope="session")
def packaged() -> Content:
    """The real content: for tests about the French, not about the engine."""
    with one_at_a_time():
        return load(kept=models_folder())


@pytest.fixture(scope="session")
def packaged_understanding(packaged: Content) -> Understanding:
    """What is learnt is kept where an assistant that starts finds it: it is named by the phrases and the code."""
    with one_at_a_time():
        return Understanding(packaged, models_folder())


@pytest.fixture
def unused_tcp_port() -> int:
    """In place of pytest-asyncio's, which others may be given meanwhile."""
    return free_port()


@pytest.fixture
def mailbox(unused_tcp_port: int) -> Iterator[Mailbox]:
    """A real mail server, and what it received."""
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=unused_tcp_port)
    controller.start()
    box.url = f"smtp://127.0.0.1:{unused_tcp_port}"
    yield box
    controller.stop()
