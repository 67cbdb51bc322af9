//! A row for each stratum of the frame: its sizes, and what the register says of all its courses.

use std::collections::BTreeMap;

use super::courses::IndicatorVariables;
use super::data_set::{DataSet, Datum, Variable, VariableKind};
use crate::accuracy::{Evidence, Tabulated};

/// The strata, those without a reviewed course among them.
pub(super) fn strata(
    evidence: Evidence<'_>,
    read: &BTreeMap<String, u64>,
    tables: &BTreeMap<String, Tabulated>,
    indicators: &[IndicatorVariables],
) -> DataSet {
    let whole = |number: u64| Datum::Whole(i64::try_from(number).unwrap_or(i64::MAX));
    let row = |stratum: &crate::draw::SampledStratum| {
        let mut row = vec![
            Datum::Text(stratum.code.clone()),
            Datum::Text(stratum.name.clone()),
            stratum.cluster.clone().map_or(Datum::Absent, Datum::Text),
            whole(stratum.frame),
            whole(stratum.in_use),
            whole(read.get(&stratum.code).copied().unwrap_or_default()),
        ];
        for indicator in indicators {
            let counts = tables.get(&indicator.id).and_then(|tables| frame(tables, &stratum.code));
            row.extend(counts.map_or([Datum::Absent, Datum::Absent], |counts| counts.map(whole)));
        }
        row
    };
    DataSet {
        name: "confidential-strata",
        label: "CONFIDENTIAL: one row for each stratum of the frame",
        variables: variables(evidence, indicators),
        rows: evidence.sample.strata.iter().map(row).collect(),
    }
}

fn frame(tables: &Tabulated, code: &str) -> Option<[u64; 2]> {
    let place = tables.codes.iter().position(|one| one == code)?;
    let counts = tables.strata.strata().get(place)?.register?;
    Some([counts.yes, counts.no])
}

fn variables(evidence: Evidence<'_>, indicators: &[IndicatorVariables]) -> Vec<Variable> {
    let stratum = &evidence.protocol.strata.name.en;
    let variable = |name: &str, label: String, kind| Variable { name: name.to_owned(), label, kind };
    let (text, whole) = (VariableKind::Text, VariableKind::Whole);
    let mut variables = vec![
        variable("stratum", format!("Code of the {stratum}"), text.clone()),
        variable("stratum_name", format!("Name of the {stratum}"), text.clone()),
        variable("cluster", "Cluster of the stratum".to_owned(), text),
        variable("N_frame", "N_h: courses of the stratum in the frame".to_owned(), whole.clone()),
        variable("a_drawn", "a_h: courses to be reviewed, reserves used included".to_owned(), whole.clone()),
        variable("n_read", "n_h: reviewed courses that count".to_owned(), whole.clone()),
    ];
    for one in indicators {
        let name = evidence.protocol.indicator(&one.id).map_or(one.id.as_str(), |found| &found.name.en);
        for (variable_name, said) in one.frame.iter().zip(["yes", "no"]) {
            let label = format!("{name}: courses of the frame with register {said}");
            variables.push(variable(variable_name, label, whole.clone()));
        }
    }
    variables
}
