use super::*;

fn whole(numbers: std::ops::RangeInclusive<i32>) -> Vec<f64> {
    numbers.map(f64::from).collect()
}

#[test]
fn limits_without_an_assumption_need_thirty_nine_differences() {
    assert_eq!(PairedDifferences::of(whole(1..=38), 1).percentiles, Err(Reason::NotDefined));
    assert_eq!(PairedDifferences::of(whole(1..=39), 1).percentiles, Ok([1.0, 39.0]));
    assert_eq!(PairedDifferences::of(whole(1..=79), 1).percentiles, Ok([2.0, 78.0]));
}

#[test]
fn a_quantile_of_too_few_differences_is_hidden() {
    let of = |n, fewest| PairedDifferences::of(whole(1..=n), fewest);
    assert_eq!(of(118, 3).percentiles, Err(Reason::Suppressed));
    assert_eq!(of(119, 3).percentiles, Ok([3.0, 117.0]));
    assert_eq!((of(10, 3).quartiles, of(11, 3).quartiles), (Err(Reason::Suppressed), Ok([3.0, 9.0])));
    assert_eq!((of(4, 3).median, of(5, 3).median), (Err(Reason::Suppressed), Ok(3.0)));
}

#[test]
fn nothing_is_estimable_of_nothing_and_of_one_difference_no_deviation() {
    let none = PairedDifferences::of(Vec::new(), 1);
    let reason = Reason::NotEstimable;
    assert_eq!((none.n, none.median, none.mean, none.sd), (0, Err(reason), Err(reason), Err(reason)));
    assert_eq!(
        (none.quartiles, none.percentiles, none.normal_limits),
        (Err(reason), Err(reason), Err(reason))
    );
    let one = PairedDifferences::of(vec![4.0], 1);
    assert_eq!(
        (one.median, one.mean, one.sd, one.normal_limits),
        (Ok(4.0), Ok(4.0), Err(reason), Err(reason))
    );
}

#[test]
fn the_other_difference_has_the_other_sign_and_the_limits_change_places() {
    let differences: Vec<f64> = (0..97).map(|place| f64::from(place * place % 41) - 11.0).collect();
    let turned = PairedDifferences::of(differences.iter().map(|one| -one).collect(), 1);
    let found = PairedDifferences::of(differences, 1);
    assert_eq!(turned.median, found.median.map(|median| -median));
    assert!((turned.sd.unwrap() - found.sd.unwrap()).abs() < 1e-12);
    let pairs = [
        (turned.quartiles, found.quartiles),
        (turned.percentiles, found.percentiles),
        (turned.normal_limits, found.normal_limits),
    ];
    for (turned, found) in pairs {
        let ([lower, upper], [low, high]) = (turned.unwrap(), found.unwrap());
        assert!((lower + high).abs() < 1e-12 && (upper + low).abs() < 1e-12, "{lower} {upper} {low} {high}");
    }
}

#[test]
fn the_order_of_the_records_changes_nothing() {
    let ordered = PairedDifferences::of(whole(-20..=60), 1);
    let mut backwards = whole(-20..=60);
    backwards.reverse();
    assert_eq!(PairedDifferences::of(backwards, 1), ordered);
}
