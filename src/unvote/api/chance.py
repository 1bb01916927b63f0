"""Where the chance of simulations comes from; light to import, for every worker does."""

import random
from functools import partial

from unvote.simulation import Bits, Chance


def chance_of(seed: int) -> Chance:
    """Random bits for every batch of scenarios, the same ones for the same seed."""
    return partial(_bits, seed)


def _bits(seed: int, batch: int) -> Bits:
    """The source of one batch: text is hashed whole, so that no two seeds or batches meet."""
    return random.Random(f"{seed}/{batch}").getrandbits  # noqa: S311 - a simulation, not a secret
