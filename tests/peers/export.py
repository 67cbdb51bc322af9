"""Does what repeat.do of an export says, without Stata: python3 export.py EXPORT_FOLDER

Reads the two .dta files with pandas and compares every cell with the .csv files by the labels and missing values that Stata would
show. Then it takes the settings, the calls and the lines of the limits from repeat.do itself; only what `svy: ratio` does is written
down here, from the formula. Prints the table as repeat.R does.
"""
import csv, math, re, sys, warnings
import numpy as np
from pandas.io.stata import StataMissingValue, StataReader
from scipy import stats

warnings.simplefilter("ignore")
np.seterr(all="ignore")
folder = sys.argv[1]


def load(name):
    reader = StataReader(f"{folder}/{name}.dta", convert_categoricals=False, convert_missing=True, convert_dates=False)
    data = reader.read()
    assert reader.data_label.startswith("CONFIDENTIAL"), reader.data_label
    assert all(reader.variable_labels()[column] for column in data.columns), "a variable without a label"
    return data, reader.value_labels(), dict(zip(reader._varlist, reader._lbllist)), dict(zip(reader._varlist, reader._fmtlist))


# The words of README.md: list, CSV, Stata; and the reasons: CSV, Stata.
readme = open(f"{folder}/README.md", encoding="utf-8").read()
words = {(name, word): int(number) for name, word, number in re.findall(r"^\| `(\w+)` \| `(\w+)` \| (-?\d+) \|", readme, re.M)}
letters = dict(re.findall(r"^\| `(\w+)` \| `(\.[a-z])` \|", readme, re.M))
assert len(letters) == 13 and letters["not_relevant"] == ".a"


def check(name):
    data, labels, list_of, formats = load(name)
    rows = list(csv.reader(open(f"{folder}/{name}.csv", encoding="utf-8", newline="")))
    assert rows[0] == list(data.columns) and len(rows) - 1 == len(data), "another header, or other rows"
    seen = set()
    for column in data.columns:
        place, coded = rows[0].index(column), list_of[column]
        for row, stored in zip(rows[1:], data[column]):
            cell = row[place]
            if isinstance(stored, StataMissingValue):
                expected = letters[cell] if cell else "."
                assert str(stored) == expected, (column, cell, str(stored))
                if cell:
                    assert labels[coded][2147483621 + ord(expected[1]) - 96]
                seen.add(expected)
            elif formats[column] == "%tm":
                assert cell == f"{1960 + int(stored) // 12}-{int(stored) % 12 + 1:02}", (column, cell, stored)
            elif (coded, cell) in words:
                assert words[coded, cell] == stored and labels[coded][int(stored)], (column, cell, stored)
                seen.add(coded)
            elif isinstance(stored, str):
                assert cell == stored, (column, cell, stored)
            else:
                assert float(cell) == stored, (column, cell, stored)
    return data, seen


courses, seen = check("confidential-courses")
strata, _ = check("confidential-strata")
assert {"yes_no", "cell", "how", "chart"} <= seen and len(seen) > 6, seen

script = open(f"{folder}/repeat.do", encoding="utf-8").read()
settings = dict(re.findall(r"^global (\w+) (\S+)$", script, re.M))
lines = script.split("* --- limits\n")[1].split("* --- the end of the limits")[0]
rate_of, = re.findall(r"^\s*generate double rate = (.+)$", script, re.M)
assert script.count("fpc(") == 1 and "fpc(rate)" in script
calls = re.findall(r'^repeat_one "(\w+)" "(\w+)" "(\w+)" "(\w+)" (\S+) (\S+) (\S+) (\S+) "(\w+)" "(\w+)" "(\w*)" "(\w*)"$', script, re.M)
assert calls and len(calls) == script.count("\nrepeat_one ")

nan = float("nan")
present = lambda *values: [value for value in values if not math.isnan(value)]
functions = dict(
    cond=lambda test, yes, no: yes if test else no,
    min=lambda *values: min(present(*values), default=nan), max=lambda *values: max(present(*values), default=nan),
    sqrt=np.sqrt, invttail=lambda df, p: stats.t.isf(p, df), invibeta=lambda a, b, p: stats.beta.ppf(p, a, b),
    logit=lambda p: np.log(p / (1 - p)), invlogit=lambda x: 1 / (1 + np.exp(-x)))


def python(expression, measure):
    for name, value in settings.items():
        expression = expression.replace(f"${{{name}}}", value).replace(f"${name}", value)
    expression = expression.replace("`measure'", measure).replace("^", "**")
    expression = re.sub(r"(?<![\w.])\.(?![\w.])", "nan", expression)
    return expression.replace("!(", "not (").replace("|", " or ").replace("&", " and ")


def limits(measure, scalars):
    scope = {name: np.float64(value) for name, value in scalars.items()} | functions | {"nan": nan}
    for name, expression in re.findall(r"^\s*scalar (\w+) = (.+)$", lines, re.M):
        scope[name] = eval(python(expression, measure), scope)
        if isinstance(scope[name], (bool, int)):
            scope[name] = np.float64(scope[name])
    return scope


def number(value):
    return nan if isinstance(value, StataMissingValue) else float(value)


def ratio(call):
    """What `svy: ratio` does: the ratio of two totals and its linearised variance; None where the denominator is empty."""
    _, cell, weight, measure, *scores = call[:8]
    yes, no = call[8:10]
    score = {place: number(nan if text == "." else text) for place, text in enumerate(scores, 1)}
    fpc, counted = settings["fpc"] == "1", {}
    for _, row in courses.iterrows():
        if not isinstance(row[weight], StataMissingValue):
            stored = row[cell]
            told = not (isinstance(stored, StataMissingValue) and str(stored) in (".b", ".e", ".j"))
            value = nan if isinstance(stored, StataMissingValue) else score[int(stored)]
            counted.setdefault(row["stratum"], []).append((row[weight], value, told))
    all_rows = [(w, z) for rows in counted.values() for w, z, _ in rows if not math.isnan(z)]
    if not all_rows:
        return None
    D, total = sum(w for w, _ in all_rows), sum(w * z for w, z in all_rows)
    R, frame, variance, df = total / D, {row["stratum"]: row for _, row in strata.iterrows()}, 0.0, 0
    refused, complete = False, fpc
    for code, row in frame.items():
        rows, N = counted.get(code, []), float(row["N_frame"])
        n, known = len(rows), {"ppv": yes, "npv": no}.get(measure)
        in_d = sum(not math.isnan(z) for _, z, _ in rows)
        whole = n == N and sum(told for *_, told in rows) == N
        complete = complete and (whole or (known is not None and number(row[known]) == in_d))
        if n == 0:
            continue
        residuals = np.array([0.0 if math.isnan(z) else w * (z - R) for w, z, _ in rows])
        rate = eval(python(rate_of, measure), {"n": n, "N_frame": N} | functions)
        assert 0 < rate <= 1, f"svyset takes {rate} for a size, and refuses it among rates"
        part = (1 - rate) * n
        if n == 1:
            lonely = N > 1 and settings["lonely"] == "centered"
            variance += part * float(residuals[0] ** 2) if lonely else 0.0
            refused = refused or (N > 1 and settings["refuse"] == "1")
        else:
            variance += part * float(np.var(residuals, ddof=1))
            df += 0 if fpc and n == N else n - 1
    d, V = len(all_rows), variance / D**2
    return dict(R=R, V=0.0 if V < 1e-28 else V, d=d, D=D, W2=sum(w * w for w, _ in all_rows), df=min(df, d - 1),
                refused=refused, complete=complete)


shown = lambda value: "NA" if math.isnan(value) else f"{value:.8f}"
print("# what repeat.do says")
print("indicator measure estimate se df n_effective lower upper")
for call in calls:
    scalars = ratio(call)
    if scalars is None:
        print(call[0], call[3], "NA NA NA NA NA NA")
        continue
    done = limits(call[3], scalars)
    known = scalars["V"] == 0 and scalars["complete"]
    hidden = scalars["refused"] or done["difference"] or known or (scalars["df"] == 0 and scalars["V"] > 0)
    n = nan if hidden else done["n"]
    print(call[0], call[3], shown(scalars["R"]), shown(done["se"]), scalars["df"], shown(n), shown(done["lower"]), shown(done["upper"]))
