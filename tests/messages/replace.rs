//! Why a course is not replaced.

use insta::assert_snapshot;

use super::{told, without_place_and_day};
use crate::small_study::{SmallStudy, cpr};

#[test]
fn courses_that_cannot_be_replaced() {
    let study = SmallStudy::with_forms();
    let file = study.returned("727-Odder-review.xlsx", |form| {
        (0..2).for_each(|row| form.without_chart(row, "Ikke fundet"))
    });
    study.done(&["record", &file]);
    let form = study.form("727-Odder-review.xlsx");
    let unknown = hjertekommidt::draw::StudyId::new(8000).to_string();
    assert_snapshot!(told(&study, &["replace", &form.id(0), &form.id(0), &form.id(1), &form.id(3), &unknown]), @"
    error: `HKM-0006G` is replaced already

    error: `HKM-0060R` cannot be replaced: 727 Odder has no reserve left

    help: the analysis takes the course as non-response; more reserves come with `hkm draw --enlarge TOTAL`

    error: `HKM-0009K` is not recorded as being without a chart
      = why: a replacement must have a documented reason, or the sample could be chosen

    help: enter on its form that the chart was not found, and run `hkm record` first

    error: `HKM-8000W` is not a study id of this study

    4 errors; nothing was done
    ");
    assert_snapshot!(told(&study, &["replace", "HKM-0001A"]), @"
    error: `HKM-0001A` is not a study id such as `HKM-0417D`

    help: take the id from the form
    ");
    assert_snapshot!(told(&study, &["replace", "--all", "--reason", &cpr(7)]), @"
    error: the reason holds what may be a CPR number
      = why: it is stored in the study's database, which must hold none

    help: take the number out; the study id is enough
    ");
    let ran = study.done(&["replace", "--all"]);
    assert_snapshot!(without_place_and_day(&study, &ran.err), @"
    warning: `HKM-0006G` cannot be replaced: 727 Odder has no reserve left

    help: the analysis takes the course as non-response; more reserves come with `hkm draw --enlarge TOTAL`
    ");
}
