"""Lines of people: each in order, none kept at rest, an error and a stop included."""

import asyncio

import pytest

from bot.telegram.lanes import Lanes
from tests.waiting import PATIENCE, until


class Work:
    """What was done, in order; what is called « hold » waits until it may go on, « fail » fails."""

    def __init__(self, most: int = 2) -> None:
        self.lanes: Lanes[str] = Lanes(4, self._settle, most, self._settle_many)
        self.done: list[str] = []
        self.go_on = asyncio.Event()

    async def _settle(self, item: str) -> float | None:
        if item == "hold":
            await self.go_on.wait()
        if item == "fail":
            raise KeyError
        self.done.append(item)
        return None

    async def _settle_many(self, items: list[str]) -> float | None:
        self.done.append("+".join(items))
        return None

    async def finished(self) -> None:
        await until(lambda: not self.lanes.people)


async def test_beyond_the_most_the_oldest_that_are_not_in_hand_are_done_together() -> None:
    work = Work(most=2)
    for item in ("hold", "a", "b"):
        work.lanes.put(1, item)
    assert list(work.lanes.first) == ["hold"]
    assert work.lanes.waiting == 3

    for item in ("c", "d"):
        work.lanes.put(1, item)
    assert work.lanes.waiting == 5
    work.go_on.set()
    await work.finished()

    assert work.done == ["hold", "a+b", "c", "d"]


async def test_nothing_is_kept_of_a_person_at_rest() -> None:
    work = Work()
    work.lanes.put(1, "a")
    work.lanes.progress.clear()
    await work.finished()
    await until(lambda: not work.lanes._tasks)

    assert work.lanes.progress.is_set()
    assert (work.lanes.waiting, list(work.lanes.first)) == (0, [])


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
async def test_an_error_that_escapes_costs_one_piece_of_work_and_not_those_behind_it() -> None:
    asyncio.get_running_loop().set_exception_handler(lambda *_: None)
    work = Work(most=9)
    for item in ("a", "fail", "b", "fail", "c"):
        work.lanes.put(1, item)
    await work.finished()

    assert work.done == ["a", "b", "c"]


async def test_one_at_a_time_until_it_is_widened() -> None:
    work = Work()
    await work.lanes.narrow()
    assert work.lanes.turn._value == 1
    work.lanes.widen()
    assert work.lanes.turn._value == 4


async def test_what_a_stop_interrupts_is_cut_after_its_grace_and_stays_first() -> None:
    work = Work()
    for item in ("hold", "a"):
        work.lanes.put(1, item)
    await asyncio.sleep(0)
    tasks = list(work.lanes._tasks)

    async with asyncio.timeout(PATIENCE):
        await work.lanes.close(0.01)

    assert work.lanes.is_closing
    assert all(task.done() for task in tasks)
    assert work.done == []


async def test_a_pause_ends_with_a_stop() -> None:
    tries: list[str] = []

    async def later(item: str) -> float | None:
        tries.append(item)
        return 3 * PATIENCE

    async def never(items: list[str]) -> float | None:
        raise AssertionError(items)

    lanes: Lanes[str] = Lanes(4, later, 2, never)
    lanes.put(1, "a")
    await until(lambda: tries)
    closing = asyncio.create_task(lanes.close(3 * PATIENCE))
    await until(closing.done)

    assert tries == ["a"]


async def test_lines_without_work_close_at_once() -> None:
    await Work().lanes.close(PATIENCE)
