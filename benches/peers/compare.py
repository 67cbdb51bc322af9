"""Times hkm against other programs on the same data in the same run, after checking that their numbers agree.

Started by `benches/peers/run`, which installs what is needed. Writes docs/performance.md.
"""
import argparse
import subprocess
from functools import cache
from statistics import median

import data
import draws
import growth
import report
from stages import stages
from workers import DATA, HKM, Worker, run


def arguments():
    parser = argparse.ArgumentParser(prog="benches/peers/run", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds and rows: under two minutes")
    parser.add_argument("--check", action="store_true", help="only check that the numbers agree")
    parser.add_argument("--full", action="store_true", help="the draw from ten million rows as well")
    parser.add_argument("--rows", type=int, help="rows of the largest register, instead of a million")
    parser.add_argument("--rounds", type=int, help="how often everything is timed, instead of 7 (slow programs: 3)")
    parser.add_argument("--output", default="docs/performance.md", help="where the report is written")
    return parser.parse_args()


def check(stage, workers):
    """Stops where a peer's numbers are further from ours than its tolerance, with the first two that differ."""
    own = cache(lambda work: workers["hkm"].do(work)["values"])
    for peer in stage.peers:
        if peer.tolerance == float("inf"):
            continue
        ours = own(peer.checked_against or stage.work)
        theirs = workers[peer.worker].do(peer.work)["values"]
        if not 0 < len(theirs) <= len(ours):
            raise SystemExit(f"{stage.title}: {peer.name} has {len(theirs)} numbers, ours are {len(ours)}")
        for place, (one, other) in enumerate(zip(ours, theirs)):
            if not abs(one - other) <= peer.tolerance * abs(one):
                raise SystemExit(f"{stage.title}, number {place}: ours is {one!r}, {peer.name} has {other!r}, "
                                 f"allowed is a relative {peer.tolerance:.1e} ({peer.why})")
        print(f"  {len(theirs):7,} numbers within {peer.tolerance:.1e}: {peer.name}", flush=True)


def timed(stage, workers, rounds):
    """Nanoseconds a unit by program, everybody in each round, so that a busy moment hits all alike."""
    times = {"hkm": []} | {peer.name: [] for peer in stage.peers}
    for number in range(rounds):
        jobs = [("hkm", "hkm", stage.work)]
        jobs += [(peer.name, peer.worker, peer.work) for peer in stage.peers if number < 3 or not peer.slow]
        for name, worker, work in jobs:
            found = workers[worker].do(work)
            times[name].append(found["ns"] / found["units"])
    return {name: (min(all), median(all)) for name, all in times.items()}


def whole_draws(rows, rounds):
    """Runs of whole processes by program: ours, duckdb, polars."""
    folder = draws.study(rows)
    ran = {"hkm": [], "duckdb": [], "polars": []}
    for _ in range(rounds):
        ran["hkm"].append(draws.ours(folder))
        for program in ["duckdb", "polars"]:
            ran[program].append(draws.peer(program, folder))
    return ran


def without_epir(compared):
    """epiR, which may be absent where nothing is timed, is checked where it is there."""
    if subprocess.run(["Rscript", "-e", "library(epiR)"], capture_output=True).returncode == 0:
        return
    print("skipped: epiR is not installed")
    for stage in compared:
        stage.peers = [peer for peer in stage.peers if not peer.name.startswith("epiR")]


def main():
    asked = arguments()
    rounds = asked.rounds or (2 if asked.quick else 7)
    rows = asked.rows or (10_000_000 if asked.full else 100_000 if asked.quick or asked.check else 1_000_000)
    data.make(DATA)
    workers = {name: Worker(name) for name in ["hkm", "Python", "R"]}
    compared = stages(asked.quick or asked.check)
    if asked.check:
        without_epir(compared)
    for stage in compared:
        print(stage.title, flush=True)
        check(stage, workers)
    draws.check(10_000)
    print("the draw: duckdb and polars drew the same courses")
    if asked.check:
        return
    times = [(stage, timed(stage, workers, rounds)) for stage in compared]
    for worker in workers.values():
        worker.close()
    start_up = [run([HKM, "interval", "231", "258"]) for _ in range(20)]
    whole = whole_draws(rows, min(rounds, 3))
    grown = growth.tables(rows, asked.quick)
    report.write(asked, times, start_up, (rows, whole), grown)


main()
