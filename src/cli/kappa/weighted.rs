//! Agreement weighted by the design.

use serde_json::{Map, Value, json};

use crate::accuracy::StratifiedAnswers;
use crate::report::{
    Style, Table, coefficient_text, count, estimate_header, weighted_agreement_json, weighted_text,
};
use crate::stats::{WeightedAgreement, WeightedOptions};

/// The coefficients, and what they were made of.
pub(super) struct Weighted {
    pub(super) answers: StratifiedAnswers,
    pub(super) agreement: WeightedAgreement,
    pub(super) options: WeightedOptions,
}

impl Weighted {
    pub(super) fn add_to(&self, object: &mut Map<String, Value>) {
        let named = self.answers.names.iter().zip(&self.answers.strata);
        let strata = named.map(|(name, one)| {
            let read = one.double_read;
            json!({"stratum": name, "population": one.population, "double_read": read})
        });
        object.insert("design_weighted".to_owned(), weighted_agreement_json(&self.agreement));
        let correction = self.options.finite_population_correction;
        object.insert("finite_population_correction".to_owned(), correction.into());
        object.insert("strata".to_owned(), strata.collect());
    }

    pub(super) fn table(&self) -> Table {
        let WeightedAgreement { raw, kappa, ac1 } = &self.agreement;
        let header = estimate_header("estimate", self.options.level, Style::ENGLISH);
        let mut table = Table::new("Agreement, design-weighted", &["", ">SE", &header]);
        let three = |se: Option<f64>| se.map_or_else(String::new, |se| crate::report::decimal(se, 3));
        table.row(["Raw agreement, %".to_owned(), String::new(), weighted_text(raw, Style::ENGLISH)]);
        for (name, one) in [("Design-weighted kappa", kappa), ("Design-weighted AC1", ac1)] {
            let text = coefficient_text(one.value, one.interval, Style::ENGLISH);
            table.row([name.to_owned(), three(one.standard_error.ok()), text]);
        }
        table.note(format!(
            "Weights: population / read by both, of each stratum; linearised variance, t with {} degrees of freedom; raw agreement: {}.",
            count(raw.df),
            self.options.method.title()
        ));
        table.note(match self.options.finite_population_correction {
            true => "With the finite population correction: about these records.",
            false => "Without the finite population correction: about the process behind the records.",
        });
        let missing = self.answers.strata.iter().zip(&self.answers.names);
        let missing: Vec<&str> =
            missing.filter(|(one, _)| one.double_read == 0).map(|(_, name)| name.as_str()).collect();
        if !missing.is_empty() {
            table.note(format!("No record was read by both in {}: not covered.", missing.join(", ")));
        }
        table
    }
}
