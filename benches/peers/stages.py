"""What is compared: our work, the peers' work, how far the numbers may be apart, and the target."""
from dataclasses import dataclass, field


@dataclass
class Peer:
    name: str
    worker: str
    work: str
    # The largest relative distance of the peer's numbers from ours; `why` says what it comes from.
    tolerance: float
    why: str
    # Our work to compare the numbers with, where it is not the one that is timed.
    checked_against: str = ""
    # At most this share of the peer's time.
    target: float = 0
    slow: bool = False
    # How many of the peer\'s units ours is worth: an interval has two limits.
    of: int = 1


@dataclass
class Stage:
    title: str
    unit: str
    work: str
    peers: list[Peer] = field(default_factory=list)


DIGITS = "rounding"
CHANCE = "chance: four standard errors of the difference"


def stages(quick):
    replicates = 1_024 if quick else 4_096
    chance = 4 / replicates**0.5
    tables = 9 if quick else 45
    jackknife = 1_100 if quick else 2_000
    bootstrap = f"bootstrap 10 {replicates} 1"
    naive = f"{bootstrap} naive"
    return [
        Stage("exact limits of 20,000 proportions, n 10 to 100,000", "both limits", "exact", [
            Peer("scipy.stats, vectorised", "Python", "scipy.stats", 1e-10, DIGITS, target=0.35),
            Peer("scipy.special, vectorised", "Python", "scipy.special", 1e-10, DIGITS, target=0.35),
            Peer("R qbeta, vectorised", "R", "qbeta", 1e-12, DIGITS),
            Peer("one incomplete beta of ours, against one limit", "hkm", "incomplete_beta", float("inf"), "another quantity", target=1.8, of=2)]),
        Stage("Wilson limits of the same", "both limits", "wilson", [
            Peer("statsmodels, vectorised", "Python", "statsmodels", 1e-11, DIGITS, target=0.2)]),
        Stage("two-by-two tables with all measures", "table", "tables", [
            Peer("epiR epi.tests", "R", f"epiR {tables}", 1e-12, DIGITS, target=1 / 5_000, slow=True)]),
        Stage("tables of 1,000 records × 10 indicators", "record and indicator", "confusion small 10", [
            Peer("counted again from the columns, ours", "hkm", "counting small 10", 0, "counts"),
            Peer("scikit-learn confusion_matrix", "Python", "scikit-learn small", 0, "counts"),
            Peer("numpy, one bincount", "Python", "numpy small", 0, "counts")]),
        Stage("tables of 100,000 records × 30 indicators", "record and indicator", "confusion large 30", [
            Peer("counted again from the columns, ours", "hkm", "counting large 30", 0, "counts"),
            Peer("scikit-learn confusion_matrix", "Python", "scikit-learn large", 0, "counts", slow=True),
            Peer("numpy, one bincount", "Python", "numpy large", 0, "counts", slow=True)]),
        Stage("weighted sensitivity with its standard error, 1,000 records, 18 strata", "indicator", "weighted", [
            Peer("with Korn–Graubard's interval, ours", "hkm", "weighted_interval", 0, "the same bits"),
            Peer("record by record, ours", "hkm", "record_level", 1e-12, DIGITS, target=0.01),
            Peer("svy, all in one call", "Python", "svy", 1e-12, DIGITS),
            Peer("R survey svyratio", "R", "survey", 1e-12, DIGITS)]),
        Stage("bootstrap, 10 indicators × 4 measures, 1,000 records, 18 strata", "replicate", bootstrap, [
            Peer("numpy, best vectorised", "Python", f"numpy.bootstrap 10 {replicates} 1", chance, CHANCE, target=1 / 10),
            Peer("R boot's resampling, one product", "R", f"boot.best {replicates}", chance, CHANCE, naive, target=1 / 50),
            Peer("R boot, usual", "R", f"boot.usual {replicates}", chance, CHANCE, naive, target=1 / 150, slow=True)]),
        Stage("the same on two threads", "replicate", f"bootstrap 10 {replicates} 2", [
            Peer("one thread, ours", "hkm", bootstrap, 0, "the same bits", target=1 / 1.9)]),
        Stage(f"BCa limits of one measure, {jackknife:,} replicates made before", "measure", f"bca {jackknife}", [
            Peer("R boot.ci", "R", f"boot.ci {jackknife}", 0.01, "chance", target=1 / 10_000, slow=True)]),
    ]
