"""Opens a workbook with openpyxl as a person would, does what it is told, and saves it.

Reads one JSON object: `in`, `out`, and any of `cells` [[row, header or id, value, how]], `sort` (a header), `hide` [headers], `filter`,
`insert_above`, `rename` {header: header}, `drop` [headers], `append` [rows to copy], `since_1904`, `rename_sheet`, `remove_sheet`. Rows are
counted from the first below the header; a column outside the table is called by its number. `how` is text, number, date, serial, bool, formula (which openpyxl saves without its value) or empty.
"""

import datetime
import json
import sys

import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904

job = json.load(sys.stdin)
book = openpyxl.load_workbook(job["in"])
entry = next(sheet for sheet in book.worksheets if sheet.sheet_state == "visible" and sheet["A1"].value in ("studie_id", "study_id"))
headers = {cell.value: cell.column for cell in entry[1] if cell.value}


def column(name):
    return name if isinstance(name, int) else next(place for header, place in headers.items() if header == name or header.endswith(f"[{name}]"))


def value(text, how):
    if how == "number":
        return float(text) if "." in text else int(text)
    if how == "date":
        return datetime.datetime.strptime(text, "%Y-%m-%d")
    if how == "serial":
        return (datetime.datetime.strptime(text, "%Y-%m-%d") - datetime.datetime(1899, 12, 30)).days
    if how == "bool":
        return text == "true"
    return None if how == "empty" else text


if job.get("since_1904"):
    book.epoch = CALENDAR_MAC_1904
for row, name, text, how in job.get("cells", []):
    cell = entry.cell(row + 1, column(name))
    cell.value = value(text, how)
    cell.number_format = "DD-MM-YYYY" if how == "date" else "General"
for row in job.get("append", []):
    entry.append([cell.value for cell in entry[row + 1]])
if "sort" in job:
    rows = [[cell.value for cell in row] for row in entry.iter_rows(min_row=2)]
    rows.sort(key=lambda row: str(row[column(job["sort"]) - 1]), reverse=True)
    for number, row in enumerate(rows, start=2):
        for place, cell in enumerate(row, start=1):
            entry.cell(number, place).value = cell
for name in job.get("hide", []):
    letter = entry.cell(1, column(name)).column_letter
    entry.column_dimensions[letter].hidden = True
    entry.column_dimensions[letter].width = 60
if job.get("filter"):
    entry.auto_filter.ref = entry.dimensions
    entry.row_dimensions[3].hidden = True
for old, new in job.get("rename", {}).items():
    entry.cell(1, column(old)).value = new
for name in job.get("drop", []):
    entry.delete_cols(column(name))
if job.get("insert_above"):
    entry.insert_rows(1)
    entry["A1"] = "Til forskningsenheden"
if "remove_sheet" in job:
    del book[job["remove_sheet"]]
if "rename_sheet" in job:
    entry.title = job["rename_sheet"]
book.save(job["out"])
