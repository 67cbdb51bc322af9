"""The data that all programs work on, the same for the same seed: made once, kept in target/peers-data."""
import json
from pathlib import Path

import numpy as np

SEED = 20261122
STRATA = 18
MUNICIPALITIES = ["615", "657", "661", "665", "671", "706", "707", "710", "727", "730", "740", "746", "751", "756", "760", "766", "779", "791"]
HEADER = "cpr;foerste_fremmoede;sygehus;diagnose;kommune;vedholdenhed;traening_80;diaet;depression;rygestop;kapacitet"
CHUNK = 1_000_000


def make(folder: Path):
    """Proportions, two-by-two tables and reviewed records, in files that Rust, R and Python read in one call each."""
    folder.mkdir(parents=True, exist_ok=True)
    generator = np.random.default_rng(SEED)
    trials = (10 ** generator.uniform(1, 5, 20_000)).astype(int)
    events = 1 + (generator.random(len(trials)) * (trials - 2)).astype(int)
    write(folder / "proportions.csv", "x,n", np.column_stack([events, trials]))
    write(folder / "tables.csv", "tp,fp,fn,tn", generator.integers(1, 200, (180, 4)))
    records(folder / "small", generator, 1_000, 10)
    records(folder / "large", generator, 100_000, 30)


def write(path, header, rows):
    np.savetxt(path, rows, fmt="%d", delimiter=",", header=header, comments="")


def records(path, generator, count, indicators):
    """A byte for the stratum, and one a column: 0 TP, 1 FP, 2 FN, 3 TN. Strata of about the same number, frames of 3 to 20 times it."""
    stratum = np.sort(np.arange(count) % STRATA)
    register = generator.random((count, indicators)) < generator.uniform(0.3, 0.8, indicators)
    chart = generator.random((count, indicators)) < np.where(register, 0.9, 0.15)
    cells = np.where(register, np.where(chart, 0, 1), np.where(chart, 2, 3))
    np.column_stack([stratum, cells]).astype(np.uint8).tofile(path.with_suffix(".bin"))
    reviewed = np.bincount(stratum)
    frame = reviewed * (3 + np.arange(STRATA))
    path.with_suffix(".json").write_text(json.dumps({"records": count, "indicators": indicators}))
    write(path.with_suffix(".strata.csv"), "frame,reviewed", np.column_stack([frame, reviewed]))


def register(path: Path, rows: int):
    """A register extract of `rows` courses, all of them in the frame and no two alike.

    The days of birth are 61 to 88, as in replacement numbers, so that the numbers are nobody's.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    generator = np.random.default_rng([SEED, rows])
    with open(path, "wb") as file:
        file.write(f"{HEADER}\n".encode())
        for first in range(0, rows, CHUNK):
            file.write(courses(np.arange(first, min(rows, first + CHUNK)), generator).tobytes())


def courses(number, generator):
    """Rows of one width, as a matrix of bytes."""
    person = number * 7_919_003 % (28 * 12 * 30 * 4_000)  # One to one, since the factor has no divisor in common.
    date, person = 61 + person % 28, person // 28
    month, person = 1 + person % 12, person // 12
    year, serial = 40 + person % 30, person // 30
    first = generator.integers(1, 29, len(number))
    place = np.array([list(code.encode()) for code in MUNICIPALITIES], dtype=np.uint8)[generator.integers(0, STRATA, len(number))]
    answers = generator.integers(0, 2, (len(number), 6)) + ord("0")
    separated = np.full((len(number), 12), ord(";"), dtype=np.uint8)
    separated[:, 1::2] = answers
    pieces = [digits(date, 2), digits(month, 2), digits(year, 2), text("-", number), digits(serial, 4), text(";2021-06-", number),
              digits(first, 2), text(";6620;DI219;", number), place, separated, text("\n", number)]
    return np.hstack(pieces)


def digits(values, width):
    powers = 10 ** np.arange(width - 1, -1, -1)
    return (values[:, None] // powers % 10 + ord("0")).astype(np.uint8)


def text(constant, rows):
    return np.broadcast_to(np.frombuffer(constant.encode(), dtype=np.uint8), (len(rows), len(constant)))
