//! The data dictionary: every variable, its values, and how the table is rebuilt from them.

use super::{CodeList, DataSet, Export, Variable, VariableKind, Why};
use crate::protocol::{Protocol, Undocumented, Unregistered, WrongPerson};
use crate::report::{Head, SOFTWARE};
use crate::stats::PostStrata;

/// What stands in `export/`, for whoever analyses it.
pub fn export_readme(export: &Export, protocol: &Protocol, head: &Head) -> String {
    let sections = [
        beginning(head),
        FILES.to_owned(),
        held_items(protocol),
        rules(protocol),
        not_assessable(protocol),
        dictionary(&export.courses),
        dictionary(&export.strata),
        lists(&export.courses),
        reasons(),
    ];
    sections.into_iter().filter(|section| !section.is_empty()).collect::<Vec<_>>().join("\n")
}

fn beginning(head: &Head) -> String {
    format!(
        "# CONFIDENTIAL: reviewed courses of “{}”\n\n\
         One row for each course. It has no CPR number, record key, comment, reviewer or day, but small groups can be recognised: it\n\
         stays on the secured server. What may be published is in `results/`.\n\n\
         {} · {SOFTWARE} · {} results · data {}\n",
        head.title.trim(),
        head.register_name.trim(),
        head.status(),
        head.data_digest
    )
}

const FILES: &str = "\
## Files

- `confidential-courses.csv`, `.dta`: one row for each course to be reviewed, replacements included; reserves that were not used are left out.
- `confidential-strata.csv`, `.dta`: one row for each stratum of the frame.
- `repeat.R`: `Rscript repeat.R` (R with the package survey) prints the weighted table again.
- `repeat.do`: `do repeat.do` in this folder (Stata 15 or later) does the same.
- `manifest.json`: the SHA-256 of each file.

Without a study, `hkm accuracy confidential-courses.csv --register ID_register --reference ID_reference --stratum stratum --population N_frame` and
`hkm kappa confidential-courses.csv ID_first ID_second` understand the words of this file (ID: an indicator). What is missing is outside their
table, whatever the protocol says, and so are charts of another person outside n_h.

CSV: UTF-8, commas, points, header row; an empty cell is a value that nobody has. Stata: format 118 with labels of variables and values.
In Python read the `.dta` with `pandas.read_stata(file, convert_categoricals=False)`: some numbers have a label for a missing value, and
would become categories.
A reason why a value is missing is a word in the CSV files and an extended missing value in Stata; see the end.
Raw items that are free text are not exported. Age is cut at 90, days are cut to the month.
";

const HELD_ITEMS: &str = "\
## Raw items of the register

`…_register` is what the register holds of a raw item, `…_difference` register less record, in days or in the item's unit, where a chart was
read, its reviewers agree on the item and both hold a value: the median of `raw_items` in `results.json` is theirs. Where two reviewers read the
chart, the record is what both say. Of a day whose difference is told the register's month is left out (`difference_told`): the months of both
sides with the days between them would tell the day.
";

fn held_items(protocol: &Protocol) -> String {
    protocol.held_items().next().map_or_else(String::new, |_| HELD_ITEMS.to_owned())
}

/// How the cell and the weights follow, by the rules of the protocol.
fn rules(protocol: &Protocol) -> String {
    let analysis = &protocol.analysis;
    let counted = match protocol.review.wrong_person {
        WrongPerson::NonResponse => "the chart was read",
        WrongPerson::Ineligible => "the chart was read, or belongs to another person",
    };
    let mut lines = vec![
        format!("- A course counts in n_h where {counted}; its weight is N_h / n_h, and missing for all others."),
        "- A measure is the weighted ratio of cells, Σ w x / Σ w d: sensitivity tp / (tp + fn), specificity tn / (tn + fp), PPV tp / (tp + fp), \
         NPV tn / (tn + fn), prevalence by record (tp + fn) / all four, by register (tp + fp) / all four, their difference (fp − fn) / all four, \
         accuracy (tp + tn) / all four. Courses outside the table stay in n_h."
            .to_owned(),
        format!(
            "- Level {}, limits {}, finite population correction {}.",
            analysis.level,
            analysis.weighted_interval.name(),
            if analysis.finite_population_correction { "on" } else { "off" }
        ),
    ];
    if analysis.item_weights {
        lines.push(
            "- Item weights: n is the number of charts that tell, for each indicator by itself.".to_owned(),
        );
    }
    if let Some(by) = analysis.post_stratify {
        let to = match by {
            PostStrata::Frame => "in the whole frame",
            PostStrata::Strata => {
                "in each stratum with at least five reviewed of each value, and in all others together"
            }
        };
        lines.push(format!(
            "- The weights are calibrated to the register's value {to}: `…_post_stratum`, `…_post_frame`."
        ));
    }
    lines.extend(protocol.assessable().filter_map(missing_rule));
    format!("## How the table follows\n\n{}\n", lines.join("\n"))
}

fn missing_rule(indicator: &crate::protocol::Indicator) -> Option<String> {
    let rules = indicator.missing;
    let as_no = [
        ("*not documented* in the record", rules.not_documented == Undocumented::No),
        ("a missing register value", rules.register_missing == Unregistered::No),
        ("*not relevant* in the register", rules.register_not_relevant == Unregistered::No),
    ];
    let named: Vec<&str> = as_no.iter().filter(|(_, counts)| *counts).map(|(what, _)| *what).collect();
    (!named.is_empty()).then(|| format!("- `{}`: {} counts as *no*.", indicator.id, named.join(", ")))
}

fn not_assessable(protocol: &Protocol) -> String {
    let lines: Vec<String> = protocol
        .indicators
        .iter()
        .filter_map(|one| Some(format!("- `{}`: {}", one.id, one.not_assessable.as_ref()?.en)))
        .collect();
    if lines.is_empty() { String::new() } else { format!("## Not assessable\n\n{}\n", lines.join("\n")) }
}

fn dictionary(data: &DataSet) -> String {
    let rows: String = data.variables.iter().map(row).collect();
    format!("## {}\n\n| variable | what | values |\n|---|---|---|\n{rows}", data.name)
}

fn row(variable: &Variable) -> String {
    let values = match &variable.kind {
        VariableKind::Text => "text".to_owned(),
        VariableKind::Whole => "whole number".to_owned(),
        VariableKind::Number => "number".to_owned(),
        VariableKind::Month => "month, `2021-03`; `%tm` in Stata".to_owned(),
        VariableKind::Coded(list) => format!("`{}`", list.name),
    };
    format!("| `{}` | {} | {values} |\n", variable.name, in_cell(&variable.label))
}

/// A text within a table's cell.
fn in_cell(text: &str) -> String {
    text.replace('|', "\\|").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn lists(data: &DataSet) -> String {
    let mut lists: Vec<&CodeList> = Vec::new();
    for variable in &data.variables {
        if let VariableKind::Coded(list) = &variable.kind
            && !lists.contains(&list)
        {
            lists.push(list);
        }
    }
    let codes = |list: &CodeList| -> String {
        let code = |code: &super::Code| {
            format!("| `{}` | `{}` | {} | {} |\n", list.name, code.word, code.number, in_cell(&code.label))
        };
        list.codes.iter().map(code).collect()
    };
    let rows: String = lists.into_iter().map(codes).collect();
    format!("## Values\n\n| list | CSV | Stata | what |\n|---|---|---|---|\n{rows}")
}

fn reasons() -> String {
    let row = |why: Why| format!("| `{}` | `{}` | {} |\n", why.word(), why.letter(), why.label());
    let rows: String = Why::ALL.map(row).concat();
    format!("## Why a value is missing\n\n| CSV | Stata | what |\n|---|---|---|\n{rows}")
}
