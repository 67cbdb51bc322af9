"""What python-docx and openpyxl find in the documents of the tables, as JSON."""

import json
import sys

import docx
import openpyxl

folder = sys.argv[1]
document = docx.Document(f"{folder}/tables.docx")
book = openpyxl.load_workbook(f"{folder}/tables.xlsx")


def cells(sheet):
    """Every cell that holds something: its text or number, and whether it is a number."""
    return [[cell.value, cell.data_type] for row in sheet.iter_rows() for cell in row if cell.value is not None]


print(json.dumps({
    "title": document.core_properties.title,
    "created": [str(document.core_properties.created), str(book.properties.created)],
    "language": document.core_properties.language,
    "captions": [p.text for p in document.paragraphs if p.style.name.lower() == "caption"],
    "notes": [p.text for p in document.paragraphs if p.style.name == "Table Note"],
    "head": [section.header.paragraphs[0].text for section in document.sections],
    "landscape": [section.page_width > section.page_height for section in document.sections],
    "tables": [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables],
    "sheets": {
        sheet.title: {
            "cells": cells(sheet),
            "freeze": sheet.freeze_panes,
            "repeat": sheet.print_title_rows,
            "paper": sheet.page_setup.paperSize,
            "head": sheet.oddHeader.left.text,
        }
        for sheet in book.worksheets
    },
}))
