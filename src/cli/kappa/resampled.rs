//! Bootstrap limits of kappa and AC1.

use serde_json::{Map, Value, json};

use crate::report::{Style, Table, add_interval, coefficient_text, count, estimate_header};
use crate::stats::{
    AgreementTable, BootstrapAgreement, BootstrapCoefficient, ConfidenceInterval, ConfidenceLevel, Reason,
};

/// The replicates of a table.
pub(super) struct Resampled {
    pub(super) seed: String,
    pub(super) replicates: usize,
    pub(super) level: ConfidenceLevel,
    pub(super) found: BootstrapAgreement,
}

impl Resampled {
    pub(super) fn of(table: &AgreementTable, seed: &str, replicates: usize, level: ConfidenceLevel) -> Self {
        let found = table.bootstrap(seed, replicates, level);
        Resampled { seed: seed.to_owned(), replicates, level, found }
    }

    fn coefficients(&self) -> [(&'static str, &'static str, &BootstrapCoefficient); 2] {
        [("kappa", "Cohen's kappa", &self.found.kappa), ("ac1", "Gwet's AC1", &self.found.ac1)]
    }

    pub(super) fn add_to(&self, object: &mut Map<String, Value>) {
        let coefficients = self.coefficients().map(|(name, _, one)| coefficient(name, one));
        object.insert(
            "bootstrap".to_owned(),
            json!({"seed": self.seed, "replicates": self.replicates, "coefficients": coefficients}),
        );
    }

    pub(super) fn table(&self) -> Table {
        let [bca, percentile] = ["BCa", "percentile"]
            .map(|method| estimate_header(&format!("{method} interval"), self.level, Style::ENGLISH));
        let mut table = Table::new("Agreement, bootstrap", &["", &bca, &percentile, ">undefined"]);
        for (_, title, one) in self.coefficients() {
            let text = |interval| coefficient_text(one.estimate, interval, Style::ENGLISH);
            table.row([title.to_owned(), text(one.bca), text(one.percentile), count(one.undefined)]);
        }
        table.note(format!(
            "{} resamples of the table, seed `{}`; undefined: resamples in which both give the same single answer.",
            count(self.replicates as u64),
            self.seed
        ));
        if self.coefficients().iter().any(|(_, _, one)| is_constant(one)) {
            table.note("No interval where all resamples are equal, as in full agreement.");
        }
        if self.coefficients().iter().any(|(_, _, one)| one.extreme) {
            table.note("A limit lies beyond the resamples: take more of them for this level.");
        }
        table
    }
}

/// A row for each method of a coefficient, made of its JSON.
pub(super) fn tidy_rows(coefficient: &Value) -> [Value; 2] {
    let name = coefficient["coefficient"].as_str().unwrap_or_default();
    ["percentile", "bca"].map(|method| {
        let mut row = json!({
            "coefficient": format!("bootstrap_{name}"),
            "estimate": coefficient["estimate"],
            "se": coefficient["se"],
            "method": method,
        });
        for key in ["lower", "upper", "reason"] {
            row[key] = coefficient[method][key].clone();
        }
        row
    })
}

fn is_constant(one: &BootstrapCoefficient) -> bool {
    one.se == Ok(0.0) && one.percentile.is_err()
}

fn coefficient(name: &str, one: &BootstrapCoefficient) -> Value {
    let finite = |number: Result<f64, Reason>| number.ok().map(|number| number + 0.0);
    let interval = |interval: Result<ConfidenceInterval, Reason>| {
        let mut row = Map::new();
        add_interval(&mut row, interval);
        Value::from(row)
    };
    let mut row = json!({
        "coefficient": name,
        "estimate": finite(one.estimate),
        "se": finite(one.se),
        "bca": interval(one.bca),
        "percentile": interval(one.percentile),
        "bias_correction": finite(one.bias_correction),
        "acceleration": finite(one.acceleration),
        "undefined": one.undefined,
        "extreme": one.extreme,
    });
    let reasons = [one.estimate.err(), one.se.err(), one.bias_correction.err(), one.acceleration.err()];
    if let Some(reason) = reasons.into_iter().flatten().next() {
        row["reason"] = reason.name().into();
    }
    row
}
