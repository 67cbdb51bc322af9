#!/usr/bin/env python3
"""Writes fixtures/register/: the same twelve invented courses by the programs that really write such files.

    pip install openpyxl pandas        # LibreOffice (soffice) for the two files that bear its name
    python3 tests/make_register_fixtures.py

Each file is named `register`, then what differs. The CPR numbers are invented: they fail modulus 11 on another
birthday than 1 January, so that they can belong to nobody; the script checks it. Running it again gives the same
content, but not the same bytes: workbooks hold the time at which they were written.
"""

import csv
import datetime
import pathlib
import shutil
import subprocess
import tempfile

import openpyxl
import pandas
from openpyxl.utils.datetime import CALENDAR_MAC_1904

FOLDER = pathlib.Path(__file__).parent.parent / "fixtures" / "register"
HEADER = ["cpr", "foerste_fremmoede", "sygehus", "diagnose", "kommune", "diaet", "depression", "kapacitet"]
# kapacitet in metres of a six-minute walk; None where it was not measured.
COURSES = [
    ("020348-0001", "2021-03-05", "6620", "DI219", "Aarhus", 1, 1, 412.5),
    ("110352-0002", "2021-03-05", "6620", "DI251", "Århus", 0, 1, 380.0),
    ("290252-0005", "2021-02-28", "66201A1", "I21.9", "Samsø", 1, 0, None),
    ("241139-0004", "2020-12-31", "6640", "DI209", "Ringkøbing-Skjern", 8, 1, 505.25),
    ("050761-0003", "2021-01-04", "6640", "di21.0", "Herning", 1, 9, 297.0),
    ("310875-0002", "2021-06-30", "664012", "DI248", "Ikast-Brande", None, 1, 610.0),
    ("170467-0001", "2021-11-15", "6630", "DI252+DZ955", "Viborg", 1, 1, 455.1),
    ("080244-0016", "2021-05-03", "6630", "DI200", "Skive", 0, 0, None),
    ("231256-0005", "2021-09-12", "7005", "DI214", "Norddjurs", 1, 1, 333.3),
    ("150938-0008", "2021-10-01", "7005", "DI249", "Favrskov", 8, 8, 120.0),
    ("010670-0003", "2021-08-23", "6006", "DI251", "Hedensted", 9, 1, 701.0),
    ("301149-0007", "2022-01-10", "6006", "DI219", "Horsens", 1, 0, 89.75),
]


def can_belong_to_nobody(cpr):
    digits = [int(character) for character in cpr if character.isdigit()]
    total = sum(digit * weight for digit, weight in zip(digits, [4, 3, 2, 7, 6, 5, 4, 3, 2, 1]))
    return len(digits) == 10 and total % 11 != 0 and not cpr.startswith("0101")


def danish(course):
    """The cells as Danish Excel shows them: 05-03-2021 and 412,5."""
    cpr, day, *codes, capacity = course
    day = datetime.date.fromisoformat(day).strftime("%d-%m-%Y")
    number = "" if capacity is None else f"{capacity:g}".replace(".", ",")
    return [cpr, day, *("" if code is None else str(code) for code in codes), number]


def write_csv(name, rows, encoding, before="", **dialect):
    with open(FOLDER / name, "w", encoding=encoding, newline="") as file:
        file.write(before)
        csv.writer(file, **dialect).writerows(rows)


def delimited():
    rows = [HEADER, *map(danish, COURSES)]
    write_csv("register-semicolon-1252.csv", rows, "cp1252", delimiter=";")
    write_csv("register-tab.csv", rows, "utf-8", delimiter="\t", lineterminator="\n")
    write_csv("register-sep-line.csv", rows, "cp1252", before="sep=;\r\n", delimiter=";")
    remarks = [row + ['set "igen"\nden 3. maj; glad'] for row in rows[1:]]
    write_csv("register-quoted-linebreaks.csv", [[*HEADER, "bemærkning"], *remarks],
              "utf-8", delimiter=";", quoting=csv.QUOTE_ALL)
    frame().to_csv(FOLDER / "register-utf8-bom-comma.csv", index=False, encoding="utf-8-sig")


def frame():
    table = pandas.DataFrame(COURSES, columns=HEADER)
    return table.astype({"diaet": "Int8", "depression": "Int8"})


def fill(sheet, first_row=1, number=False):
    for column, name in enumerate(HEADER, 1):
        sheet.cell(first_row, column, name)
    for row, (cpr, day, *codes, capacity) in enumerate(COURSES, first_row + 1):
        sheet.cell(row, 1, int(cpr.replace("-", "")) if number else cpr)
        sheet.cell(row, 2, datetime.date.fromisoformat(day)).number_format = "dd-mm-yyyy"
        for column, code in enumerate([*codes, capacity], 3):
            sheet.cell(row, column, code)


def workbook(name, **how):
    book = openpyxl.Workbook()
    book.active.title = "Ark1"
    fill(book.active, **how)
    book.save(FOLDER / name)


def workbooks():
    workbook("register.xlsx")
    workbook("register-cpr-number.xlsx", number=True)

    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    fill(book.active)
    book.save(FOLDER / "register-1904.xlsx")

    book = openpyxl.Workbook()
    book.active.title = "Læs mig"
    book.active["A1"] = "Udtræk af 1. februar 2022"
    fill(book.create_sheet("Data"), first_row=3)
    book.create_sheet("Skjult").sheet_state = "hidden"
    book.save(FOLDER / "register-sheets.xlsx")


def stata():
    table = frame().astype({"diaet": "float64", "depression": "float64"})
    table["foerste_fremmoede"] = pandas.to_datetime(table["foerste_fremmoede"])
    days, moments = {"foerste_fremmoede": "td"}, {"foerste_fremmoede": "tc"}
    labels = {"diaet": {0: "nej", 1: "ja", 8: "ikke relevant", 9: "ukendt"}}
    table.to_stata(FOLDER / "register.dta", write_index=False, version=118, convert_dates=days, value_labels=labels)
    table.to_stata(FOLDER / "register-stata13.dta", write_index=False, version=117, convert_dates=moments)
    table.to_stata(FOLDER / "register-stata10.dta", write_index=False, version=114, convert_dates=days)
    table.to_stata(FOLDER / "register-strl.dta", write_index=False, version=118, convert_dates=days,
                   convert_strl=["kommune", "diagnose"])


def libreoffice():
    """A workbook with formulas, calculated and saved by LibreOffice, and its CSV."""
    book = openpyxl.Workbook()
    sheet = book.active
    fill(sheet)
    sheet["C2"] = '=TEXT(6600+20,"0")'
    sheet["D3"] = '="DI"&"251"'
    sheet["H2"] = "=825/2"
    sheet["J1"], sheet["J2"], sheet["J3"], sheet["J4"] = "opslag", "=NA()", "=1/0", "=1=1"
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder) / "in" / "register-libreoffice.xlsx"
        source.parent.mkdir()
        book.save(source)
        for target in ["xlsx", "csv:Text - txt - csv (StarCalc):59,34,76"]:
            subprocess.run(["soffice", "--headless", "--convert-to", target, "--outdir", folder, source], check=True)
        for ending in ["xlsx", "csv"]:
            shutil.copy(pathlib.Path(folder) / f"register-libreoffice.{ending}", FOLDER)


if __name__ == "__main__":
    assert all(can_belong_to_nobody(course[0]) for course in COURSES), "an invented number could be real"
    FOLDER.mkdir(parents=True, exist_ok=True)
    delimited()
    workbooks()
    stata()
    libreoffice()
