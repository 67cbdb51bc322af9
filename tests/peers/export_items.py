"""What an export says of raw items that the register holds, from the Stata file alone: python3 export_items.py EXPORT_FOLDER

Prints a line for each item: id, how many are compared, median, mean and standard deviation of the differences, how many are at most 0, 7
and 30 apart; and how many register months stand beside a difference, which must be none.
"""
import sys
import numpy as np, pandas as pd

data = pd.read_stata(f"{sys.argv[1]}/confidential-courses.dta", convert_categoricals=False)
for name in [name for name in data.columns if name.endswith("_difference")]:
    item = name.removesuffix("_difference")
    apart = data[name].dropna().to_numpy(dtype=float)
    within = [int((np.abs(apart) <= days).sum()) for days in (0, 7, 30)]
    register = data[f"{item}_register"]
    is_month = pd.api.types.is_datetime64_any_dtype(register)
    beside = int((register.notna() & data[name].notna()).sum()) if is_month else 0
    numbers = [np.median(apart), apart.mean(), apart.std(ddof=1)]
    print(item, len(apart), *[f"{number:.17g}" for number in numbers], *within, beside)
