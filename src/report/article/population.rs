//! Who could be drawn.

use super::prose::{Prose, number_word};
use crate::protocol::{AgeRule, Comparison, Indicator};

impl Prose<'_> {
    /// What was compared, and which courses were eligible.
    pub(in crate::report) fn population(&self) -> Vec<String> {
        let indicators = self.protocol.assessable().count() as u64;
        let register = &self.results.head.register_name;
        let number = number_word(indicators, self.style);
        let compared = match indicators {
            1 => self.style.says([
                format!("Vi sammenholdt én indikator i {register} med patienternes journaler."),
                format!("We compared one indicator in {register} with the patients' records."),
            ]),
            _ => self.style.says([
                format!("Vi sammenholdt {number} indikatorer i {register} med patienternes journaler."),
                format!("We compared {number} indicators in {register} with the patients' records."),
            ]),
        };
        vec![compared, self.eligible()]
    }

    pub(in crate::report) fn eligible(&self) -> String {
        let (strata, rules) = (self.strata(), self.eligibility());
        match rules.is_empty() {
            true => self.style.says([
                format!("Alle registrerede forløb i {strata} kunne indgå."),
                format!("All registered courses in {strata} were eligible."),
            ]),
            false => self.style.says([
                format!("Registrerede forløb i {strata} kunne indgå, hvis {}.", self.all(&rules)),
                format!("Registered courses in {strata} were eligible if {}.", self.all(&rules)),
            ]),
        }
    }

    /// The rules of eligibility, a clause each.
    fn eligibility(&self) -> Vec<String> {
        let population = &self.protocol.population;
        let diagnoses = (!population.diagnoses.is_empty()).then(|| {
            let codes = self.any(&population.diagnoses);
            self.style.says([
                format!("diagnosekoden begyndte med {codes}"),
                format!("the diagnosis code began with {codes}"),
            ])
        });
        let period = self.period(population.from, population.until).map(|period| {
            self.style
                .says([format!("første fremmøde lå {period}"), format!("the first attendance was {period}")])
        });
        [population.age.map(|age| self.age(age)), diagnoses, period].into_iter().flatten().collect()
    }

    fn age(&self, rule: AgeRule) -> String {
        let years = rule.years;
        let [da, en] = match rule.comparison {
            Comparison::Above => ["over", "above"],
            Comparison::AtLeast => ["mindst", "at least"],
            Comparison::Below => ["under", "below"],
            Comparison::AtMost => ["højst", "at most"],
        };
        self.style.says([
            format!("patientens alder i fyldte år var {da} {years} ved første fremmøde"),
            format!("the patient's age in completed years was {en} {years} at the first attendance"),
        ])
    }

    /// From a day to another, both included.
    pub(in crate::report) fn period(
        &self,
        from: Option<jiff::civil::Date>,
        until: Option<jiff::civil::Date>,
    ) -> Option<String> {
        let [from, until] = [from, until].map(|day| day.map(|day| self.date(day)));
        Some(match (from, until) {
            (None, None) => return None,
            (Some(from), None) => {
                self.style.says([format!("den {from} eller senere"), format!("on {from} or later")])
            }
            (None, Some(until)) => {
                self.style.says([format!("den {until} eller før"), format!("on {until} or before")])
            }
            (Some(from), Some(until)) => self
                .style
                .says([format!("i perioden fra {from} til {until}"), format!("from {from} to {until}")]),
        })
    }

    /// Indicators that were in force for a part of the period alone.
    pub(super) fn in_force(&self) -> Vec<String> {
        let sentence = |one: &Indicator| {
            let (period, name) = (self.period(one.from, one.until)?, self.names([&one.name]));
            Some(self.style.says([
                format!("Indikatoren {name} gjaldt forløb med første fremmøde {period}."),
                format!("The indicator {name} was about courses with a first attendance {period}."),
            ]))
        };
        self.protocol.assessable().filter_map(sentence).collect()
    }
}
