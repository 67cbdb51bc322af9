"""The draw from a register extract, whole processes: ours against duckdb and polars, and how it grows with the rows."""
import csv
import os
import sqlite3

from data import register
from workers import DATA, HERE, HKM, PYTHON, run

SEED, EACH = "comparison of draws", 10
SETTINGS = {"total = 600": f"total = {18 * EACH}", 'allocation = "proportional"': 'allocation = "equal"', "reserve_percent = 20": "reserve_percent = 0",
            'seed = ""': f'seed = "{SEED}"', 'seed_source = ""': 'seed_source = "the benchmark"'}


def study(rows):
    """A study folder with a register of so many rows."""
    folder = DATA / f"study-{rows}"
    if not (folder / "study.toml").exists():
        run([HKM, "new", folder])
        text = (folder / "study.toml").read_text()
        for old, new in SETTINGS.items():
            assert old in text, old
            text = text.replace(old, new)
        register(folder / "register.csv", rows)
        (folder / "study.toml").write_text(text)
    return folder


def ours(folder):
    for name in ["study.sqlite", "key.sqlite"]:
        (folder / name).unlink(missing_ok=True)
    return run([HKM, "draw", "--study", folder])


def sample(folder):
    with sqlite3.connect(f"file:{folder}/key.sqlite?mode=ro", uri=True) as key:
        return [tuple(map(str, row)) for row in key.execute("SELECT stratum, rank, record_key FROM key ORDER BY stratum, rank")]


def peer(program, folder):
    return run([PYTHON, HERE / "draw_side.py", program, folder / "register.csv", SEED, EACH])


def check(rows):
    """duckdb, and polars with hashlib, draw our sample; stops with the first difference."""
    folder = study(rows)
    ours(folder)
    expected = sample(folder)
    assert len(expected) == 18 * EACH, f"{len(expected)} courses were drawn"
    for program in ["duckdb", "polars-sha256"]:
        found = [tuple(line.split("\t")) for line in peer(program, folder).output.splitlines()]
        for one, other in zip(expected, found):
            if one != other:
                raise SystemExit(f"{rows} rows: ours is {one}, {program} has {other}")
        assert len(found) == len(expected), f"{program} drew {len(found)}"


def size(folder):
    return os.path.getsize(folder / "register.csv") / 1e6


def reviewed(rows):
    """A file of reviewed charts for `hkm accuracy`."""
    path = DATA / f"reviewed-{rows}.csv"
    if not path.exists():
        with open(path, "w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["site", "N", "register", "chart"])
            writer.writerows([f"s{row % 18}", 20 * rows, row * 7 % 3 % 2, row * 11 % 5 % 2] for row in range(rows))
    return path


def accuracy(rows):
    return run([HKM, "accuracy", reviewed(rows), "--register", "register", "--reference", "chart", "--stratum", "site", "--population", "N"])
