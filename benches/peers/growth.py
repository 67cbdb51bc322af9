"""How cost grows over three decades: a table for each kind of growth, with the time of a unit and the largest memory."""
from dataclasses import dataclass
from pathlib import Path

import draws
from workers import Worker


@dataclass
class Growth:
    title: str
    unit: str
    # Size, nanoseconds in all, megabytes at the most.
    points: list[tuple[int, float, float]]

    def last_step(self):
        """By how much a unit became dearer in the last step."""
        (small, before, _), (large, after, _) = self.points[-2:]
        return after / large / (before / small)


def best(runs):
    return min(one.wall for one in runs) * 1e9, max(one.peak for one in runs)


def of_processes(title, sizes, command):
    return Growth(title, "row", [(size, *best([command(size) for _ in range(3)])) for size in sizes])


def of_work(title, unit, sizes, work):
    """Pieces of work of ours, a process for each size, whose memory is read at the end."""
    points = []
    for size in sizes:
        worker = Worker("hkm")
        nanoseconds = min(worker.do(work.format(size))["ns"] for _ in range(3))
        points.append((size, nanoseconds, peak(worker.process.pid)))
        worker.close()
    return Growth(title, unit, points)


def peak(pid):
    """The largest memory of a process and its children, in megabytes."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    status = Path(f"/proc/{pid}/status").read_text()
    own = int(status.split("VmHWM:")[1].split()[0]) / 1000
    return max([own, *map(peak, children)])


def tables(rows, quick):
    decades = [size for size in [rows // 1_000, rows // 100, rows // 10, rows] if size >= 1_000]
    charts = [1_000, 10_000, 100_000] if quick else [1_000, 10_000, 100_000, 1_000_000]
    return [
        of_processes("`hkm draw`, rows of the register (with start-up)", decades, lambda size: draws.ours(draws.study(size))),
        of_processes("`hkm accuracy`, rows of the file (with start-up)", charts, draws.accuracy),
        of_work("tables of 1,000 records, indicators", "indicator", [1, 10, 100, 1_000], "confusion small {}"),
        of_work("bootstrap with 64 replicates, indicators", "indicator", [1, 10, 100, 1_000], "bootstrap {} 64 1"),
        of_work("bootstrap of 10 indicators, replicates", "replicate", [100, 1_000, 10_000, 100_000], "bootstrap 10 {} 1"),
    ]
