"""What Python programs do with the shared data: for each line on standard input, which names a piece of work, a line of JSON.

`ns` is the time of one go, `units` what it is a time of, `values` what came out. Reading the data is not timed.
"""
import json
import sys
import time
from functools import cache
from pathlib import Path

import numpy as np
import polars as pl
import svy
from scipy.stats import beta
from sklearn.metrics import confusion_matrix
from statsmodels.stats.proportion import proportion_confint

DATA = Path(sys.argv[1])


@cache
def table(name):
    return np.loadtxt(DATA / name, delimiter=",", skiprows=1, dtype=np.int64)


@cache
def records(name):
    """Strata, and cells by record and indicator: 0 TP, 1 FP, 2 FN, 3 TN."""
    width = json.loads((DATA / f"{name}.json").read_text())["indicators"] + 1
    rows = np.fromfile(DATA / f"{name}.bin", dtype=np.uint8).reshape(-1, width)
    return rows[:, 0].astype(np.int64), rows[:, 1:]


def done(units, work, values):
    start = time.perf_counter_ns()
    made = work()
    nanoseconds = time.perf_counter_ns() - start
    return {"ns": nanoseconds, "units": units, "values": np.asarray(values(made), dtype=float).ravel().tolist()}


def exact():
    """scipy's quantiles of all proportions at once."""
    x, n = table("proportions.csv").T.astype(float)
    return done(len(x), lambda: (beta.ppf(0.025, x, n - x + 1), beta.isf(0.025, x + 1, n - x)), np.column_stack)


def special():
    """The functions beneath, without the checks of scipy.stats."""
    from scipy.special import betaincinv, betainccinv
    x, n = table("proportions.csv").T.astype(float)
    return done(len(x), lambda: (betaincinv(x, n - x + 1, 0.025), betainccinv(x + 1, n - x, 0.025)), np.column_stack)


def wilson():
    x, n = table("proportions.csv").T
    return done(len(x), lambda: proportion_confint(x, n, 0.05, "wilson"), np.column_stack)


def sides(name):
    _, cells = records(name)
    return cells < 2, cells % 2 == 0


def scikit_learn(name):
    register, chart = sides(name)
    work = lambda: [confusion_matrix(chart[:, j], register[:, j], labels=[True, False]) for j in range(chart.shape[1])]
    return done(chart.size, work, lambda tables: [[t[0, 0], t[1, 0], t[0, 1], t[1, 1]] for t in tables])


def numpy_tables(name):
    """One count of all cells, the columns apart from each other."""
    _, cells = records(name)
    apart = np.arange(cells.shape[1]) * 4
    return done(cells.size, lambda: np.bincount((cells + apart).ravel(), minlength=4 * cells.shape[1]), lambda counts: counts)


def weighted_svy():
    """All indicators in one call, which svy has for it."""
    stratum, cells = records("small")
    frame, reviewed = table("small.strata.csv").T
    columns = {"stratum": stratum, "w": (frame / reviewed)[stratum], "N": frame[stratum]}
    every = range(cells.shape[1])
    for j in every:
        columns |= {f"x{j}": (cells[:, j] == 0) * 1.0, f"d{j}": (cells[:, j] % 2 == 0) * 1.0}
    sample = svy.Sample(pl.DataFrame(columns), svy.Design(stratum="stratum", wgt="w", pop_size="N"))
    ratio = lambda: sample.estimation.ratio([f"x{j}" for j in every], [f"d{j}" for j in every])
    return done(cells.shape[1], ratio, lambda found: [[one.estimates[0].est, one.estimates[0].se] for one in found])


def bootstrap(indicators, replicates, _threads):
    """Rao and Wu's: how often each record is drawn, for all replicates of a block at once, times the cells in one product."""
    stratum, cells = records("small")
    one_hot = (cells[:, :indicators, None] == np.arange(4)).reshape(len(cells), -1).astype(np.float32)
    frame, reviewed = table("small.strata.csv").T
    strata = [one_hot[stratum == h] for h in range(len(frame))]
    generator = np.random.default_rng(1)

    def block(size):
        totals = np.zeros((size, one_hot.shape[1]))
        for rows, N, n in zip(strata, frame, reviewed):
            drawn = generator.integers(0, n, (size, n - 1), dtype=np.uint16) + (np.arange(size) * n)[:, None]
            times = np.bincount(drawn.ravel(), minlength=size * n).reshape(size, n).astype(np.float32)
            scale = np.sqrt(1 - n / N)
            totals += N / n * (1 - scale) * rows.sum(0) + N / n * scale * n / (n - 1) * (times @ rows)
        tp, fp, fn, tn = totals.reshape(size, indicators, 4).transpose(2, 0, 1)
        return np.stack([tp / (tp + fn), tn / (tn + fp), tp / (tp + fp), tn / (tn + fn)], 2)

    blocks = [256] * (replicates // 256) + [replicates % 256] * (replicates % 256 > 0)
    return done(replicates, lambda: np.concatenate([block(size) for size in blocks]), lambda found: found.std(0, ddof=1))


WORK = {"scipy.stats": exact, "scipy.special": special, "statsmodels": wilson, "scikit-learn": scikit_learn, "numpy": numpy_tables,
        "svy": weighted_svy, "numpy.bootstrap": bootstrap}

np.seterr(all="ignore")
for line in sys.stdin:
    name, *arguments = line.split()
    arguments = [int(one) if one.isdigit() else one for one in arguments]
    print(json.dumps(WORK[name](*arguments)), flush=True)
