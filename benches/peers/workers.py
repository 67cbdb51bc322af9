"""The programs that are compared: workers that do pieces of work on request, and whole processes."""
import json
import os
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
TARGET = ROOT / "target"
DATA = TARGET / "peers-data"
HKM = TARGET / "release" / "hkm"
PYTHON = TARGET / "peers" / "bin" / "python"
THREADS = ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS", "POLARS_MAX_THREADS"]


def environment(threads):
    return os.environ | {"TZ": "UTC"} | {name: str(threads) for name in THREADS}


def built():
    """Our side, built once: sources that change in mid-run change nothing."""
    build = ["cargo", "bench", "--quiet", "--locked", "--bench", "peers", "--no-run", "--message-format=json"]
    told = subprocess.run(build, cwd=ROOT, text=True, check=True, stdout=subprocess.PIPE).stdout
    messages = [json.loads(line) for line in told.splitlines()]
    executable = next(one["executable"] for one in messages if one.get("target", {}).get("name") == "peers" and one.get("executable"))
    return shutil.copy2(executable, TARGET / "peers" / "hkm-side")


COMMANDS = {
    "hkm": [built()],
    "Python": [str(PYTHON), str(HERE / "python_side.py"), str(DATA)],
    "R": ["Rscript", str(HERE / "r_side.R"), str(DATA)],
}


class Worker:
    """A program that answers each line with a line of JSON: `ns`, `units` and `values`."""

    def __init__(self, language):
        # rayon's threads are set by each piece of work of ours.
        self.process = subprocess.Popen(COMMANDS[language], cwd=ROOT, env=environment(1), text=True,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def do(self, work):
        self.process.stdin.write(work + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line.startswith('{"ns"'):
            raise SystemExit(f"`{work}` was not answered: {line or 'the program stopped'}")
        return json.loads(line.replace("nan", "NaN"))

    def close(self):
        self.process.stdin.close()
        self.process.wait()


@dataclass
class Ran:
    """A process from its start to its end: seconds, seconds of all threads, largest memory in megabytes, what it printed."""
    wall: float
    cpu: float
    peak: float
    output: str


def run(command, threads=2):
    # GNU time asks for the memory, since a child of Python starts with Python's.
    with tempfile.NamedTemporaryFile("r") as told:
        start = time.perf_counter()
        process = subprocess.Popen(["/usr/bin/time", "-f", "%U %S %M", "-o", told.name, *map(str, command)],
                                   env=environment(threads), text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        output, errors = process.communicate()
        wall = time.perf_counter() - start
        if process.returncode != 0:
            raise SystemExit(f"{' '.join(map(str, command))}\n{errors}")
        user, system, kilobytes = told.read().split()[-3:]
    return Ran(wall, float(user) + float(system), int(kilobytes) / 1000, output)
