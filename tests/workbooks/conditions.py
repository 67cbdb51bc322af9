"""What the colours and the checks of an entry sheet come to, as a spreadsheet program computes them.

Reads one JSON object. With `in` and `out`: writes each condition, as it stands for each cell, as a formula beside the table, for another
program to compute. With `computed` (what that program saved) and `out` (what was written before): prints, by row and header, the colour of the
first condition that holds and whether the check takes what is there.
"""

import json
import sys

import openpyxl
from openpyxl.formula.translate import Translator
from openpyxl.utils import get_column_letter

FREE = 100  # a column beyond every form
job = json.load(sys.stdin)


def entry(book):
    return next(sheet for sheet in book.worksheets if sheet.sheet_state == "visible" and sheet["A1"].value in ("studie_id", "study_id"))


def conditions(sheet):
    """Cell, what it decides, formula; colours in the order of their priority."""
    rules = [(rule.priority, place, rule) for place in sheet.conditional_formatting for rule in place.rules]
    for _, place, rule in sorted(rules, key=lambda one: one[0]):
        assert rule.stopIfTrue
        for block in place.sqref.ranges:
            yield block, "colour " + rule.dxf.fill.bgColor.rgb[-6:], rule.formula[0]
    for check in sheet.data_validations.dataValidation:
        if check.type == "custom":
            for block in check.sqref.ranges:
                yield block, "takes", check.formula1


def cells(sheet):
    for block, what, formula in conditions(sheet):
        origin = f"{get_column_letter(block.min_col)}{block.min_row}"
        for row in range(block.min_row, block.max_row + 1):
            for column in range(block.min_col, block.max_col + 1):
                here = f"{get_column_letter(column)}{row}"
                yield row, column, what, Translator("=" + formula, origin=origin).translate_formula(here)


written = openpyxl.load_workbook(job.get("in") or job["out"])
sheet = entry(written)
if "in" in job:
    sheet.protection.sheet = False
    places = {}
    # All of them are found before the first is written.
    for row, column, what, formula in list(cells(sheet)):
        places[row] = places.get(row, FREE) + 1
        sheet.cell(row, places[row]).value = formula
    written.save(job["out"])
else:
    computed = entry(openpyxl.load_workbook(job["computed"], data_only=True))
    found, places = {}, {}
    for row, column, what, formula in list(cells(sheet)):
        places[row] = places.get(row, FREE) + 1
        value = computed.cell(row, places[row]).value
        assert isinstance(value, (bool, int)), (row, column, formula, value)
        key = f"{row - 1} {sheet.cell(1, column).value}"
        told = found.setdefault(key, {})
        if what == "takes":
            told["takes"] = bool(value)
        elif value and "colour" not in told:
            told["colour"] = what.split()[1]
    print(json.dumps(found))
