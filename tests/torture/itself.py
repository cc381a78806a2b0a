"""What the regime promises of itself."""

import random

from tests.torture.people import at_random
from tests.torture.play import Play, Result
from tests.torture.strange import mutated


async def same_seed(play: Play) -> Result:
    """A seed gives the same conversations and the same updates again."""
    seeds = [play.seed + number for number in range(play.times(10, 2))]
    wrong = []
    for seed in seeds:
        one, again = [await at_random(seed, 8, play.folder) for _ in range(2)]
        drawn = [
            [mutated(dice, number) for number in range(200)] for dice in (random.Random(seed), random.Random(seed))
        ]
        if one != again or drawn[0] != drawn[1]:
            wrong.append(f"seed {seed} plays otherwise")
    return Result(f"{len(seeds)} graines rejouées : mêmes conversations, mêmes mises à jour", wrong)
