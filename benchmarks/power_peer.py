"""Both indices of a body by `powerindices`: what a user would write.

It knows one weight, a quota, and a least number of members. Takes the quota, that number and the
weights; prints the Penrose-Banzhaf measures and the Shapley-Shubik indices.
"""

import sys

from powerindices import compute_pbi, compute_ssi


def both(quota: int, least: int, weights: list[int]) -> list[float]:
    """Both indices of all members; each function changes the list it is given."""
    measures = compute_pbi(quota, list(weights), least)
    return [float(each) for each in (*measures, *compute_ssi(quota, list(weights), least))]


if __name__ == "__main__":
    quota, least, *weights = map(int, sys.argv[1:])
    print(*both(quota, least, weights))
