"""Totals and verdicts of a table of votes by pandas, polars or duckdb, as one would write it."""

import sys


def with_pandas(file: str) -> tuple[int, int, int]:
    """By a cross table."""
    import pandas as pd  # noqa: PLC0415 - only what is measured

    data = pd.read_csv(file)
    count = data.groupby(["rcid", "vote"]).size().unstack(fill_value=0)  # noqa: PD010 - it is what counts fast
    yes, no = count[1], count[3]
    return len(count), int((yes > no).sum()), int((3 * yes >= 2 * (yes + no)).sum())


def with_polars(file: str) -> tuple[int, int, int]:
    """By groups of an eager frame."""
    import polars as pl  # noqa: PLC0415 - only what is measured

    vote = pl.col("vote")
    count = (
        pl.read_csv(file)
        .group_by("rcid")
        .agg((vote == 1).sum().alias("yes"), (vote == 3).sum().alias("no"))  # noqa: PLR2004
    )
    yes, no = count["yes"], count["no"]
    return count.height, int((yes > no).sum()), int((3 * yes >= 2 * (yes + no)).sum())


def with_duckdb(file: str) -> tuple[int, int, int]:
    """In one query."""
    import duckdb  # noqa: PLC0415 - only what is measured

    (row,) = duckdb.sql(
        "select count(*), sum((y > n)::int), sum((3 * y >= 2 * (y + n))::int) from ("  # noqa: S608
        "select rcid, count(*) filter (vote = 1) y, count(*) filter (vote = 3) n "
        f"from read_csv('{file}') group by rcid)"
    ).fetchall()
    return int(row[0]), int(row[1]), int(row[2])


WAYS = {"pandas": with_pandas, "polars": with_polars, "duckdb": with_duckdb}
print(*WAYS[sys.argv[1]](sys.argv[2]))
