"""Writes docs/performance.md from what was measured."""
import os
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path
from statistics import median

from workers import HKM, ROOT

FEATURES = ["sse4_2", "popcnt", "avx2", "bmi2", "avx512f", "sha_ni"]
PYTHON_PACKAGES = ["numpy", "scipy", "statsmodels", "scikit-learn", "svy", "duckdb", "polars"]


def output(*command):
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True).stdout.strip()


def machine():
    flags = Path("/proc/cpuinfo").read_text().split("flags")[1].split("\n")[0].split()
    return f"{os.cpu_count()} cores, {platform.machine()} with {', '.join(one for one in FEATURES if one in flags)}"


def versions():
    python = ", ".join(f"{name} {version(name)}" for name in PYTHON_PACKAGES)
    r = output("Rscript", "-e", 'cat(paste0("R ", getRversion()), paste(p <- c("survey", "boot", "epiR"), sapply(p, function(x) '
               'as.character(packageVersion(x)))), sep = ", ")')
    return f"{output(str(HKM), '--version')}, {output('rustc', '--version').split(' (')[0]} · Python {platform.python_version()}, {python} · {r}"


def time(nanoseconds):
    for unit, size in [("s", 1e9), ("ms", 1e6), ("µs", 1e3)]:
        if nanoseconds >= size:
            return f"{digits(nanoseconds / size)} {unit}"
    return f"{digits(nanoseconds)} ns"


def digits(number):
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"


def verdict(ratio, target):
    """`ratio`: our time as a share of the peer's."""
    if not target:
        return ("", "")
    wanted = f"≤ {digits(target)} ×" if target >= 0.01 else f"≤ 1/{1 / target:,.0f}"
    return wanted, "met" if ratio <= target else "**not met**"


def share(ratio):
    return f"{digits(ratio)} ×" if ratio >= 0.01 else f"1/{1 / ratio:,.0f}"


def table(header, rows):
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def stage_rows(times):
    for stage, found in times:
        low, middle = found["hkm"]
        yield [stage.title, f"**hkm**, a {stage.unit}" if stage.unit != "both limits" else "**hkm**, both limits", time(low), time(middle), "", "", ""]
        for peer in stage.peers:
            theirs, their_middle = found[peer.name]
            yield ["", peer.name, time(theirs), time(their_middle), share(low / peer.of / theirs), *verdict(low / peer.of / theirs, peer.target)]


def draw_rows(rows, whole):
    # The targets are for ten million rows; before that it is Python's start that is timed.
    targets = {"duckdb": 1 / 3, "polars": 1 / 2} if rows >= 10_000_000 else {}
    ours = min(one.wall for one in whole["hkm"])
    for program, runs in whole.items():
        wall, peak = min(one.wall for one in runs), max(one.peak for one in runs)
        met = verdict(ours / wall, targets.get(program, 0)) if program != "hkm" else ("≤ 64 MB", "met" if peak <= 64 else "**not met**")
        figures = [f"{wall:.2f}", f"{median(one.wall for one in runs):.2f}", f"{min(one.cpu for one in runs):.2f}", f"{peak:.0f}"]
        yield [program if program != "hkm" else "**hkm draw**", *figures, share(ours / wall) if program != "hkm" else "", *met]


def growth_rows(growth):
    return [[f"{size:,}", time(nanoseconds), time(nanoseconds / size), f"{peak:.0f}"] for size, nanoseconds, peak in growth.points]


def write(asked, times, start_up, draw, grown):
    rows, whole = draw
    quickest = min(one.wall for one in start_up) * 1e3
    parts = [
        f"""# Performance

Written by `benches/peers/run`, which checks that all programs give the same numbers and then times them on the same data in the same
run, in turns. Figures differ from machine to machine and from hour to hour; the ratios are what counts. Minimum and median of the
rounds; one thread each unless said. Our time is a share of the peer's: below 1 × we are faster.

Machine: {machine()}. Load when it was done: {os.getloadavg()[1]:.1f}.
Versions: {versions()}.
{"A quick run: too few rounds to publish." if asked.quick else ""}
## Against other programs
""",
        table(["work", "program", "minimum", "median", "our share", "target", ""], stage_rows(times)),
        NOTES,
        f"## The draw from {rows:,} rows, whole process, two threads\n",
        table(["program", "wall s, minimum", "median", "CPU s", "peak MB", "our share", "target", ""], draw_rows(rows, whole)),
        DRAW_NOTES,
        f"Start-up: `hkm interval 231 258` takes {quickest:.1f} ms, whole process (target ≤ 10 ms: {'met' if quickest <= 10 else '**not met**'}); "
        f"median {median(one.wall for one in start_up) * 1e3:.1f} ms.\n\n## Growth over three decades\n",
    ]
    for growth in grown:
        dearer = growth.last_step()
        word = "linear" if dearer <= 1.2 else "**more than linear**"
        parts.append(f"{growth.title[0].upper()}{growth.title[1:]}: in the last step a {growth.unit} costs {dearer:.2f} × as much, {word}.\n\n"
                     + table(["size", "time", f"a {growth.unit}", "peak MB"], growth_rows(growth)) + "\n")
    path = ROOT / asked.output
    path.write_text("\n".join(parts))
    print(f"{path.read_text()}\nwritten to {asked.output}")


NOTES = """
- *scipy.special* is what scipy.stats calls, without its checks. scipy is compared up to n = 100,000, where its limits are right to
  1e-10 (ours to 1e-14; beyond that scipy's upper limits of few events lose eight digits).
- *epiR*, *R boot usual* and the large tables are timed in three rounds; epiR on fewer tables, as it takes so long.
- The tables of records are ours as the commands make them: by stratum, with answers outside the table, small cells by person and what was
  not found counted. An analysis reads the answers by name once and makes columns of them, which is timed here; every further table is
  *counted again from the columns*. numpy and scikit-learn count two arrays of bytes.
- *numpy, best vectorised*: how often each record is drawn, for 256 replicates at once, times the one-hot cells in one product, Rao and Wu's
  rescaling. R's boot has no frame sizes: its resampling is compared with our naive one. *One product*: the same idea with boot's own
  places. *Usual*: a statistic of the resampled rows with `colSums`.
- *boot.ci* finds the acceleration by a regression of the replicates on the resamples, ours by leaving out a record of each kind. The
  replicates are made before; R needs more of them than records.

Where a target is not met, the time goes here (sampled by `perf`):

- *exact limits*: half is the continued fraction, 28 terms on average; the rest start, step and four logarithms and exponentials.
- *Wilson*: a limit comes with its complement, each accurate near its end and mirrored to the last bit: five divisions and a root for both,
  one proportion at a time; statsmodels works on whole vectors.
- *tables with all measures*: three quarters are eight exact intervals, a tenth the score limits of the three ratios.
- *weighted*: half is choosing the measure's counts in each stratum.
- *bootstrap*: a third is adding bytes, a sixth each drawing places, making random words and weighing. The stream is fixed, or stored results
  would change.
- *the draw*: a sixth each is reading a row's cells, SHA-256 and counting the frame by municipality and value, a tenth finding the lines; the
  rest is checking dates, CPR numbers and diagnoses, which the others do not do.
"""

DRAW_NOTES = """
All read the same file. hkm also reads dates, ages, diagnoses and municipalities, finds repeated courses, adds up the frame's digest and writes
sample, key and audit trail. duckdb: SHA-256 of seed and key, smallest of each municipality. polars has no SHA-256 and uses its own
hash, which is less work; the targets (1/3 of duckdb's time, 1/2 of polars') are for ten million rows, `--full`. With Python's SHA-256 polars draws the same sample (checked on 10,000 rows).
"""
