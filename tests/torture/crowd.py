"""Who plays in a scenario, and how it is judged once they have talked."""

from collections.abc import Sequence

from tests.torture.ground import BLAMED, Ground
from tests.torture.people import SENDING, Script, Talker, at_random, scripted
from tests.torture.play import Play
from tests.waiting import until


async def scripts_of(play: Play, walks: int, sending: int, length: int = 12) -> list[Script]:
    """So many who send a dossier, and so many conversations led at random."""
    sent = await scripted(SENDING, play.folder)
    led = [await at_random(play.seed + number, length, play.folder) for number in range(walks)]
    return [*([sent] * sending), *led]


def people_on(on: Ground, scripts: Sequence[Script], first: int = 100) -> list[Talker]:
    """Somebody for each script."""
    return [Talker(on.api, first + number, script, on.is_blamed) for number, script in enumerate(scripts)]


async def ending(on: Ground, talkers: Sequence[Talker], sent: int) -> list[str]:
    """Once everybody has talked: what is wrong with the conversations, the mail, the database and the stop."""
    wrong = [f"person {one.number}, {one.wrong}" for one in talkers if one.wrong]
    try:
        await until(lambda: len(on.mail.by_number) >= sent, 60)
    except TimeoutError:
        wrong.append(f"{len(on.mail.by_number)} dossiers received of {sent}")
    wrong += [f"received twice, and not the same: {n}" for n, same in on.mail.by_number.items() if len(set(same)) > 1]
    if on.process and (seconds := await on.stop()) > 8:
        wrong.append(f"the stop took {seconds:.1f} s")
    if "TEVO_DATABASE_URL" not in on.environ:
        wrong += _in_the_file(on)
    return wrong


def _in_the_file(on: Ground) -> list[str]:
    wrong = [] if on.rows("PRAGMA integrity_check") == [("ok",)] else ["integrity_check"]
    left = on.rows("SELECT state, reason, reply IS NULL FROM inbox WHERE state != 'done' OR reply IS NOT NULL")
    blamed = left.count(("quarantined", BLAMED, 1))
    if 2 * blamed <= on.kills:  # each was alone in hand at two of them, as far as anybody can tell, and has its apology
        left = [row for row in left if row != ("quarantined", BLAMED, 1)]
    return [*wrong, *(f"update {state}: {reason or 'waits'}" for state, reason, _ in left)]
