//! The true measures of the invented register: what the estimates of a sample estimate.

use super::course::place_of;
use super::municipality::MUNICIPALITIES;
use super::{Course, InventedRegister, PROFILES};
use crate::io::{CsvStyle, CsvText};
use crate::protocol::RegisterStatus;
use crate::review::Answer;
use crate::stats::{Measure, TwoByTwo};

/// The measures of the file, in its order.
const MEASURES: [Measure; 6] = [
    Measure::Sensitivity,
    Measure::Specificity,
    Measure::Ppv,
    Measure::Npv,
    Measure::PrevalenceReference,
    Measure::PrevalenceRegister,
];

impl InventedRegister {
    /// Register against chart over the whole frame, or over one municipality by its code: courses of which both say yes or no. Empty
    /// for an indicator that is not there.
    pub fn true_table(&self, indicator: &str, municipality: Option<&str>) -> TwoByTwo {
        let mut table = TwoByTwo::default();
        let Some(place) = place_of(indicator) else { return table };
        let within = |course: &&Course| municipality.is_none() || course.municipality() == municipality;
        for course in self.frame().filter(within) {
            match (course.register[place], course.chart[place]) {
                (RegisterStatus::Yes, Answer::Yes) => table.tp += 1,
                (RegisterStatus::Yes, Answer::No) => table.fp += 1,
                (RegisterStatus::No, Answer::Yes) => table.fn_ += 1,
                (RegisterStatus::No, Answer::No) => table.tn += 1,
                _ => {}
            }
        }
        table
    }

    /// The truth as a file: indicator, municipality (`all` or its code), measure, x, n and x/n, in UTF-8 with commas and decimal
    /// points. x/n is empty where n is 0.
    pub fn truth_csv(&self) -> Vec<u8> {
        let mut csv = CsvText::new(CsvStyle::Plain);
        csv.row(["indicator", "municipality", "measure", "x", "n", "value"]);
        let codes = MUNICIPALITIES.iter().map(|municipality| Some(municipality.code));
        let places: Vec<Option<&str>> = std::iter::once(None).chain(codes).collect();
        for profile in PROFILES {
            for place in &places {
                let table = self.true_table(profile.id, *place);
                add_measures(&mut csv, profile.id, place.unwrap_or("all"), table);
            }
        }
        csv.finish()
    }
}

fn add_measures(csv: &mut CsvText, indicator: &str, place: &str, table: TwoByTwo) {
    for measure in MEASURES {
        let Some(proportion) = table.proportion(measure) else { continue };
        let value = proportion.estimate().map_or_else(String::new, |value| value.to_string());
        let (x, n) = (proportion.events().to_string(), proportion.trials().to_string());
        csv.row([indicator, place, measure.name(), &x, &n, &value]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Counts a measure from the rows of the file, without the table.
    fn counted(register: &InventedRegister, indicator: &str, place: &str, measure: &str) -> (u64, u64) {
        let (mut x, mut n) = (0, 0);
        for course in register.rows().iter().filter(|course| course.exclusion().is_none()) {
            let register = match course.register(indicator) {
                Some(RegisterStatus::Yes) => true,
                Some(RegisterStatus::No) => false,
                _ => continue,
            };
            let chart = match course.chart(indicator) {
                Some(Answer::Yes) => true,
                Some(Answer::No) => false,
                _ => continue,
            };
            let (event, trial) = match measure {
                "sensitivity" => (register, chart),
                "specificity" => (!register, !chart),
                "ppv" => (chart, register),
                "npv" => (!chart, !register),
                "prevalence_reference" => (chart, true),
                "prevalence_register" => (register, true),
                other => panic!("{other}"),
            };
            let here = place == "all" || course.municipality() == Some(place);
            n += u64::from(trial && here);
            x += u64::from(event && trial && here);
        }
        (x, n)
    }

    #[test]
    fn every_fraction_of_the_file_can_be_counted_from_the_rows() {
        let register = InventedRegister::new("fractions", 900);
        let bytes = register.truth_csv();
        let mut rows = 0;
        for row in csv::Reader::from_reader(bytes.as_slice()).records().map(Result::unwrap) {
            let (x, n) = counted(&register, &row[0], &row[1], &row[2]);
            assert_eq!((row[3].parse(), row[4].parse()), (Ok(x), Ok(n)), "{row:?}");
            assert_eq!(row[5].parse().ok(), (n > 0).then(|| x as f64 / n as f64), "{row:?}");
            rows += 1;
        }
        assert_eq!(rows, 6 * 19 * 6);
    }

    #[test]
    fn the_municipalities_add_up_to_the_whole() {
        let register = InventedRegister::new("sums", 900);
        for profile in PROFILES {
            let parts = MUNICIPALITIES.iter().map(|one| register.true_table(profile.id, Some(one.code)));
            let sum = parts.fold(TwoByTwo::default(), |sum, part| sum + part);
            assert_eq!(sum, register.true_table(profile.id, None));
        }
    }

    #[test]
    fn aarhus_finds_fewer_than_the_others() {
        let register = InventedRegister::new("aarhus", 6000);
        let aarhus = register.true_table("diet", Some("751")).sensitivity().estimate();
        let viborg = register.true_table("diet", Some("791")).sensitivity().estimate();
        assert!(aarhus < viborg, "{aarhus:?} {viborg:?}");
    }
}
