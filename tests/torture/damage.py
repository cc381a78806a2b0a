"""A disk that spoils what it keeps."""

import random
import sqlite3
from contextlib import closing
from pathlib import Path


def damage(path: Path, dice: random.Random) -> None:
    """Some pages hold anything: of those that hold something, the first one apart. A free one holds nothing to lose."""
    with closing(sqlite3.connect(path)) as database:
        held = [page for (page,) in database.execute("SELECT DISTINCT pageno FROM dbstat WHERE pageno > 1")]
    with path.open("r+b") as file:
        for page in dice.sample(sorted(held), min(5, len(held))):
            file.seek((page - 1) * 4096)
            file.write(dice.randbytes(4096))
