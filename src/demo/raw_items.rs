//! What the register says of two raw items, as somebody typed them: most often what the chart has.

use jiff::Span;
use jiff::civil::Date;

use super::chance::{happens, weighted};
use super::course::place_of;
use super::items::{end_date, items_of, planned_and_attended};
use super::writing::danish_date;
use crate::random::Generator;
use crate::review::Answer;

/// The items and their columns, in the order of both.
pub(super) const RAW_ITEMS: [(&str, &str); 2] =
    [("sessions_attended", "traening_fremmoeder"), ("end_date", "slutdato")];

/// By how many sessions the register is wrong, of 1000 courses; nothing where its cell is empty.
const SESSIONS_WRONG: [(u64, Option<i64>); 6] =
    [(820, Some(0)), (50, Some(-1)), (50, Some(1)), (20, Some(-2)), (30, Some(3)), (30, None)];
/// How many days it is wrong, of 1000 courses: from, and of how many days one.
const DAYS_WRONG: [(u64, Option<(i64, u64)>); 5] =
    [(780, Some((0, 1))), (110, Some((1, 7))), (60, Some((8, 23))), (20, Some((31, 60))), (30, None)];
/// Of 1000 wrong days, how many are too early: most courses are closed when somebody gets to it.
const EARLY: u64 = 250;

/// What a perfect chart says of both.
pub(super) struct RawTruth {
    attended: Option<u64>,
    ended: Date,
}

impl RawTruth {
    /// From the answers of a perfect chart, in the order of the profiles.
    pub(super) fn of(label: &str, key: &str, first_attendance: Date, chart: &[Answer]) -> Self {
        let answer = place_of("sessions").map_or(Answer::NotRelevant, |place| chart[place]);
        let (_, attended) = planned_and_attended(answer, &mut items_of(label, key));
        RawTruth { attended, ended: end_date(label, key, first_attendance) }
    }

    /// The cells of the register.
    pub(super) fn registered(&self, generator: &mut Generator) -> [String; 2] {
        let wrong = weighted(generator, &SESSIONS_WRONG);
        let sessions =
            self.attended.zip(wrong).map(|(attended, wrong)| attended.saturating_add_signed(wrong));
        let days = weighted(generator, &DAYS_WRONG).map(|(from, range)| {
            let days = from + generator.below(range) as i64;
            self.ended.saturating_add(Span::new().days(if happens(generator, EARLY) { -days } else { days }))
        });
        [sessions.map(|number| number.to_string()), days.map(danish_date)].map(Option::unwrap_or_default)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_register_is_wrong_as_often_as_it_says() {
        let ended: Date = "2022-03-10".parse().unwrap();
        let truth = RawTruth { attended: Some(20), ended };
        let mut generator = Generator::of("raw items");
        let cells: Vec<[String; 2]> = (0..20_000).map(|_| truth.registered(&mut generator)).collect();
        let per_mille = |holds: &dyn Fn(&[String; 2]) -> bool| {
            (cells.iter().filter(|cells| holds(cells)).count() / 20) as u64
        };
        assert!(per_mille(&|cells| cells[0] == "20").abs_diff(820) < 12);
        assert!(per_mille(&|cells| cells[1] == "10-03-2022").abs_diff(780) < 12);
        for place in [0, 1] {
            assert!(per_mille(&|cells| cells[place].is_empty()).abs_diff(30) < 6);
        }
        let early = per_mille(&|cells| cells[1].ends_with("-02-2022"));
        assert!((8..35).contains(&early), "{early}");
    }

    #[test]
    fn sessions_that_are_not_relevant_have_no_number_and_none_is_below_zero() {
        let ended: Date = "2022-03-10".parse().unwrap();
        let mut generator = Generator::of("few sessions");
        for _ in 0..500 {
            assert_eq!(RawTruth { attended: None, ended }.registered(&mut generator)[0], "");
            let one = &RawTruth { attended: Some(1), ended }.registered(&mut generator)[0];
            assert!(["", "0", "1", "2", "4"].contains(&one.as_str()), "{one}");
        }
    }
}
