"""What scipy and statsmodels say of the random inputs in a folder: python3 peers.py FOLDER

Reads proportions.csv, tables.csv and agreements.csv; writes the same names with py_ before them. Empty: no answer.
"""
import csv
import math
import sys
import warnings
from pathlib import Path

import numpy
import scipy
import statsmodels
from scipy.stats import beta, binomtest, fisher_exact
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.inter_rater import cohens_kappa
from statsmodels.stats.proportion import proportion_confint

FOLDER = Path(sys.argv[1])
CONFINT = {"clopper_pearson": "beta", "wilson": "wilson", "agresti_coull": "agresti_coull", "jeffreys": "jeffreys", "wald": "normal"}


def read(name):
    with open(FOLDER / name, newline="") as file:
        return list(csv.DictReader(file))


def answer(name, header, rows):
    with open(FOLDER / f"py_{name}", "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(["" if isinstance(cell, float) and math.isnan(cell) else cell for cell in row] for row in rows)


def limits(one):
    x, n, tail = int(one["x"]), int(one["n"]), float(one["tail"])
    lower = float(beta.ppf(tail, x, n - x + 1)) if x > 0 else 0.0
    upper = float(beta.isf(tail, x + 1, n - x)) if x < n else 1.0
    yield "beta.ppf", one["row"], "clopper_pearson", lower, upper
    for ours, theirs in CONFINT.items():
        yield "proportion_confint", one["row"], ours, *map(float, proportion_confint(x, n, 2 * tail, theirs))
    test = binomtest(x, n)
    for ours, theirs in [("clopper_pearson", "exact"), ("wilson", "wilson"), ("wilson_cc", "wilsoncc")]:
        yield "binomtest", one["row"], ours, *map(float, test.proportion_ci(1 - 2 * tail, theirs))


def tests(one):
    tp, fp, fn, tn = (int(one[cell]) for cell in ["tp", "fp", "fn", "tn"])
    yield "mcnemar", one["row"], "mcnemar", float(mcnemar([[tp, fp], [fn, tn]], exact=True).pvalue)
    if fp + fn > 0:
        yield "binomtest", one["row"], "mcnemar", float(binomtest(fp, fp + fn).pvalue)
    yield "fisher_exact", one["row"], "homogeneity", float(fisher_exact([[tp, fn], [fp, tn]]).pvalue)


def kappa(one):
    counts = numpy.array([int(count) for count in one["counts"].split()], dtype=float)
    if counts.sum() == 0:
        return one["row"], "", ""
    categories = math.isqrt(len(counts))
    found = cohens_kappa(counts.reshape(categories, categories))
    return one["row"], float(found.kappa), float(found.var_kappa)


warnings.simplefilter("ignore")  # A zero denominator is an answer here.
numpy.seterr(all="ignore")
answer("proportions.csv", ["peer", "row", "method", "lower", "upper"], [row for one in read("proportions.csv") for row in limits(one)])
answer("tables.csv", ["peer", "row", "test", "p"], [row for one in read("tables.csv") for row in tests(one)])
answer("agreements.csv", ["row", "kappa", "variance"], [kappa(one) for one in read("agreements.csv")])
print(f"Python {sys.version.split()[0]}, scipy {scipy.__version__}, statsmodels {statsmodels.__version__}")
