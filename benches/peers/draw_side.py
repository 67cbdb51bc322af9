"""The draw as other programs would do it: python3 draw_side.py duckdb|polars|polars-sha256 EXTRACT SEED EACH

Prints stratum, rank and record key of the EACH courses with the smallest SHA-256 of seed and key in each municipality.
"""
import sys

program, extract, seed, each = sys.argv[1:]


def duckdb():
    import duckdb
    key = "replace(cpr, '-', '') || '|' || foerste_fremmoede || '|' || sygehus"
    duckdb.execute("SET threads = 2")
    return duckdb.execute(f"""
        WITH frame AS (SELECT kommune AS stratum, {key} AS key, sha256($seed || '|' || {key}) AS number
                       FROM read_csv($extract, delim = ';', header = true, all_varchar = true)),
             drawn AS (SELECT stratum, unnest(min_by(struct_pack(key, number), number, {int(each)})) AS one FROM frame GROUP BY stratum)
        SELECT stratum, row_number() OVER (PARTITION BY stratum ORDER BY one.number), one.key FROM drawn ORDER BY 1, 2
        """, {"seed": seed, "extract": extract}).fetchall()


def polars(number=None):
    """With polars' own hash, since it has no SHA-256: another sample by less work."""
    import polars as pl
    key = pl.concat_str([pl.col("cpr").str.replace("-", "", literal=True), "foerste_fremmoede", "sygehus"], separator="|")
    frame = pl.scan_csv(extract, separator=";", infer_schema=False).select(stratum="kommune", key=key)
    own = pl.col("key").hash(len(seed))
    frame = frame.with_columns(number=pl.col("key").map_elements(number, return_dtype=pl.Binary) if number else own)
    drawn = frame.group_by("stratum").agg(pl.col("key").bottom_k_by("number", int(each))).collect(engine="streaming")
    return [(stratum, rank, key) for stratum, keys in drawn.sort("stratum").iter_rows() for rank, key in enumerate(keys, 1)]


def polars_sha256():
    """With Python's SHA-256 of each key: the same sample, to show that the rest is right."""
    import hashlib
    return polars(lambda key: hashlib.sha256(f"{seed}|{key}".encode()).digest())


for row in {"duckdb": duckdb, "polars": polars, "polars-sha256": polars_sha256}[program]():
    print(*row, sep="\t")
