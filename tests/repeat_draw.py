"""Repeats the draw of a study folder from its register, without hkm: python3 repeat_draw.py demo-study

Prints each stratum with the number of courses drawn, and whether they are the ones in key.sqlite, in the same order.
The draw itself is the function `number` and the line with `sorted`; all else reads the register by the protocol.
"""
import csv, datetime, hashlib, re, sqlite3, sys, tomllib

folder = sys.argv[1]
study = tomllib.load(open(f"{folder}/study.toml", "rb"))
columns, seed = study["register"]["columns"], study["sampling"]["seed"]


def number(key):
    return hashlib.sha256(f"{seed}|{key}".encode()).digest()


def date(text):
    day, month, year = (int(part) for part in re.fullmatch(r"(\d+)[-./](\d+)[-./](\d{4})", text.strip()).groups())
    return datetime.date(year, month, day)


def born(cpr):
    day, month, year, seventh = int(cpr[:2]), int(cpr[2:4]), int(cpr[4:6]), int(cpr[6])
    century = 1900 if seventh < 4 or (seventh in (4, 9) and year > 36) else 2000 if seventh in (4, 9) or year < 58 else 1800
    return datetime.date(century + year, month, day - 60 if day > 60 else day)


def plain(name):
    code = re.match(r"0*(\d+)", name.strip())
    name = code.group(1) if code else re.sub(r"\s*kommune$", "", name.strip().lower())
    return name.replace("å", "aa").replace("æ", "ae").replace("ø", "oe")


names = {plain(name): one["code"] for one in study["stratum"] if one.get("in_study", True)
         for name in [one["code"], one["name"], *one.get("spellings", [])]}
population, frame = study["population"], {}
for row in csv.DictReader(open(f"{folder}/{study['register']['file']}", encoding="cp1252", newline=""), delimiter=";"):
    cell = {role: row[header].strip() for role, header in columns.items()}
    try:
        cpr = cell["cpr"].replace("-", "").upper().rjust(10, "0")
        birth, first = born(cpr), date(cell["first_attendance"])
    except (AttributeError, ValueError):
        continue
    age = first.year - birth.year - ((first.month, first.day) < (birth.month, birth.day))
    diagnosis = re.split("[:+]", cell["diagnosis"].upper().replace(".", ""))[0]
    diagnosis = "D" + diagnosis if diagnosis.startswith("I2") else diagnosis
    eligible = (cell["hospital"] and birth <= first and age > 18 and plain(cell["stratum"]) in names
                and diagnosis.startswith(tuple(population["diagnoses"]))
                and population["from"] <= first <= population["until"])
    if eligible:
        frame.setdefault(names[plain(cell["stratum"])], set()).add(f"{cpr}|{first}|{cell['hospital'].upper()}")

drawn = {}
for stratum, key in sqlite3.connect(f"file:{folder}/key.sqlite?mode=ro", uri=True).execute(
        "SELECT stratum, record_key FROM key ORDER BY stratum, rank"):
    drawn.setdefault(stratum, []).append(key)
for stratum, keys in drawn.items():
    repeated = sorted(frame[stratum], key=number)[: len(keys)]
    print(stratum, len(keys), "of", len(frame[stratum]), "the same" if repeated == keys else "DIFFERENT")
