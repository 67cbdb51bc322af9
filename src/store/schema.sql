-- What happened in a study. No CPR number, no record key and no permanent random number is in this file.
-- Rows are only ever added: a correction is a new row, and the triggers at the end refuse the rest.

CREATE TABLE audit (
  number   INTEGER PRIMARY KEY,
  at       TEXT NOT NULL,              -- UTC, ISO 8601
  who      TEXT NOT NULL,
  action   TEXT NOT NULL,              -- draw, enlarge, forms, record, replace, adjudicate, analyse, export
  detail   TEXT NOT NULL,              -- JSON
  previous TEXT NOT NULL,              -- the digest of the entry before; empty for the first
  digest   TEXT NOT NULL               -- SHA-256 of previous, number, at, who, action and detail, one a line
) STRICT;

CREATE TABLE frozen (
  section  TEXT PRIMARY KEY,           -- a part of study.toml that may no longer change
  text     TEXT NOT NULL,              -- its keys and values, as JSON
  digest   TEXT NOT NULL               -- SHA-256 of the text
) STRICT;

CREATE TABLE codebook (
  version  INTEGER PRIMARY KEY,
  audit    INTEGER NOT NULL REFERENCES audit,
  digest   TEXT NOT NULL,
  text     TEXT NOT NULL               -- indicators, value maps and rules for missing values, as JSON
) STRICT;

CREATE TABLE draw (
  number          INTEGER PRIMARY KEY,
  audit           INTEGER NOT NULL REFERENCES audit,
  total           INTEGER NOT NULL,
  register_file   TEXT NOT NULL,
  register_sha256 TEXT NOT NULL,
  frame_digest    TEXT NOT NULL        -- the sum of all permanent random numbers modulo 2^256
) STRICT;

CREATE TABLE flow (
  step    INTEGER PRIMARY KEY,
  reason  TEXT NOT NULL UNIQUE,
  courses INTEGER NOT NULL
) STRICT;

CREATE TABLE frame_stratum (
  stratum TEXT PRIMARY KEY,
  name    TEXT NOT NULL,
  cluster TEXT,
  courses INTEGER NOT NULL             -- N_h
) STRICT;

CREATE TABLE frame_value (
  stratum   TEXT NOT NULL REFERENCES frame_stratum,
  indicator TEXT NOT NULL,
  value     TEXT NOT NULL,             -- the raw text of the register, courses in force only
  courses   INTEGER NOT NULL,
  PRIMARY KEY (stratum, indicator, value)
) STRICT, WITHOUT ROWID;

CREATE TABLE frame_characteristic (
  characteristic TEXT NOT NULL CHECK (characteristic = 'age' OR characteristic = 'sex' OR characteristic = 'year'),
  value          TEXT NOT NULL,        -- age in years, the register's word for the sex, the year of the first attendance
  courses        INTEGER NOT NULL,
  PRIMARY KEY (characteristic, value)
) STRICT, WITHOUT ROWID;

CREATE TABLE in_use (
  stratum TEXT NOT NULL REFERENCES frame_stratum,
  courses INTEGER NOT NULL,            -- a_h from this entry on: it only ever grows
  audit   INTEGER NOT NULL REFERENCES audit,
  PRIMARY KEY (stratum, courses)
) STRICT, WITHOUT ROWID;

CREATE TABLE course (
  study_id        TEXT PRIMARY KEY,
  person          TEXT NOT NULL,       -- the first drawn course of the same person
  stratum         TEXT NOT NULL REFERENCES frame_stratum,
  rank            INTEGER NOT NULL,
  second_reviewer INTEGER NOT NULL CHECK (second_reviewer IN (0, 1)),
  age             INTEGER,
  sex             TEXT,
  period          TEXT,                -- the month of the first attendance
  draw            INTEGER NOT NULL REFERENCES draw,
  UNIQUE (stratum, rank)
) STRICT, WITHOUT ROWID;

CREATE TABLE register_value (
  study_id  TEXT NOT NULL REFERENCES course,
  indicator TEXT NOT NULL,             -- or an item that the register holds
  value     TEXT NOT NULL,             -- of an item: a day as 2021-03-05, a number with a point, or nothing
  in_force  INTEGER NOT NULL CHECK (in_force IN (0, 1)),
  PRIMARY KEY (study_id, indicator)
) STRICT, WITHOUT ROWID;

CREATE TABLE form (
  file    TEXT PRIMARY KEY,
  audit   INTEGER NOT NULL REFERENCES audit,
  stratum TEXT,
  kind    TEXT NOT NULL CHECK (kind IN ('lookup', 'first', 'second', 'adjudication'))
) STRICT, WITHOUT ROWID;

CREATE TABLE form_course (
  study_id TEXT NOT NULL REFERENCES course,
  kind     TEXT NOT NULL,
  file     TEXT NOT NULL REFERENCES form,
  PRIMARY KEY (study_id, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE import (
  number INTEGER PRIMARY KEY,
  audit  INTEGER NOT NULL REFERENCES audit,
  file   TEXT NOT NULL,
  sha256 TEXT NOT NULL
) STRICT;

CREATE TABLE review (
  number   INTEGER PRIMARY KEY,
  import   INTEGER NOT NULL REFERENCES import,
  study_id TEXT NOT NULL REFERENCES course,
  reading  INTEGER NOT NULL CHECK (reading IN (1, 2)),
  status   TEXT NOT NULL CHECK (status IN ('found', 'not_found', 'no_access', 'wrong_person')),
  reviewer TEXT NOT NULL,
  date     TEXT NOT NULL,
  comment  TEXT NOT NULL
) STRICT;

-- Of every chart and question: a list after IN would be built anew for each row.
CREATE TABLE answer (
  review    INTEGER NOT NULL REFERENCES review,
  indicator TEXT NOT NULL,
  answer    TEXT NOT NULL CHECK (answer = 'yes' OR answer = 'no' OR answer = 'not_relevant' OR answer = 'not_documented'),
  PRIMARY KEY (review, indicator)
) STRICT, WITHOUT ROWID;

CREATE TABLE item_answer (
  review INTEGER NOT NULL REFERENCES review,
  item   TEXT NOT NULL,
  state  TEXT NOT NULL CHECK (state = 'value' OR state = 'not_relevant' OR state = 'not_documented'),
  kind   TEXT NOT NULL,                -- of a value: yes_no, choice, number, date, text
  value  TEXT NOT NULL,
  PRIMARY KEY (review, item)
) STRICT, WITHOUT ROWID;

CREATE TABLE adjudication (
  number      INTEGER PRIMARY KEY,
  import      INTEGER NOT NULL REFERENCES import,
  study_id    TEXT NOT NULL REFERENCES course,
  subject     TEXT NOT NULL,           -- chart, or the id of an indicator
  first       TEXT NOT NULL,
  second      TEXT NOT NULL,
  settled     TEXT NOT NULL,
  adjudicator TEXT NOT NULL,
  date        TEXT NOT NULL
) STRICT;

CREATE TABLE replacement (
  study_id    TEXT PRIMARY KEY REFERENCES course,
  replaced_by TEXT NOT NULL UNIQUE REFERENCES course,
  reason      TEXT NOT NULL,
  audit       INTEGER NOT NULL REFERENCES audit
) STRICT, WITHOUT ROWID;
