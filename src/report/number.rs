//! Numbers as a paper prints them. The one place where anything is rounded: half up, at the last step.

/// A proportion as per cent: `0.8954` with one decimal is `89.5`.
///
/// The number is rounded as the decimal that it prints as, half up, so that 29 of 200 is 14.5 and, without decimals, 15.
///
/// ```
/// use hjertekommidt::report::percent;
/// assert_eq!(percent(231.0 / 258.0, 1), "89.5");
/// assert_eq!(percent(29.0 / 200.0, 0), "15");
/// ```
pub fn percent(proportion: f64, decimals: usize) -> String {
    rounded(proportion, 2, decimals)
}

/// A number with so many decimals, rounded half up. A negative one has a minus sign, not a hyphen.
pub fn decimal(number: f64, decimals: usize) -> String {
    rounded(number, 0, decimals)
}

/// A number in its shortest exact form, for files. A zero has no sign.
pub fn exact(number: f64) -> String {
    (number + 0.0).to_string()
}

/// A p value: three decimals, `< 0.001` below that.
pub fn p_value(p: f64) -> String {
    if p < 0.001 { "< 0.001".to_owned() } else { decimal(p, 3) }
}

/// A count with thin groups of three: `1,326,913`.
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// Moves the decimal point `shift` places to the right and rounds half up, away from zero.
fn rounded(number: f64, shift: usize, decimals: usize) -> String {
    if !number.is_finite() {
        return if number > 0.0 { "∞" } else { "–" }.to_owned();
    }
    let written = format!("{}", number.abs());
    let (whole, fraction) = written.split_once('.').unwrap_or((&written, ""));
    let mut digits: Vec<u8> = whole.bytes().chain(fraction.bytes()).map(|digit| digit - b'0').collect();
    let keep = whole.len() + shift + decimals;
    let round_up = digits.get(keep).is_some_and(|&digit| digit >= 5);
    digits.resize(keep, 0);
    if round_up {
        add_one(&mut digits);
    }
    let point = digits.len() - decimals;
    let text = |digits: &[u8]| digits.iter().map(|digit| char::from(b'0' + digit)).collect::<String>();
    let whole = text(&digits[..point]);
    let whole = whole.trim_start_matches('0');
    let sign = if number < 0.0 && digits.iter().any(|&digit| digit > 0) { "−" } else { "" };
    let whole = if whole.is_empty() { "0" } else { whole };
    if decimals == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{}", text(&digits[point..])) }
}

fn add_one(digits: &mut Vec<u8>) {
    for digit in digits.iter_mut().rev() {
        if *digit < 9 {
            *digit += 1;
            return;
        }
        *digit = 0;
    }
    digits.insert(0, 1);
}

/// A number with its noun: `1 row`, `3 rows`.
pub fn counted(number: u64, noun: &str) -> String {
    format!("{} {noun}{}", count(number), if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_rounded_up() {
        assert_eq!(
            [percent(0.125, 0), percent(0.145, 0), percent(0.0005, 1), percent(0.99995, 2)],
            ["13", "15", "0.1", "100.00"]
        );
    }

    #[test]
    fn a_carry_makes_the_number_longer() {
        assert_eq!([percent(0.9999, 1), decimal(9.96, 1), decimal(99.5, 0)], ["100.0", "10.0", "100"]);
    }

    #[test]
    fn small_and_large_numbers_are_written_in_full() {
        assert_eq!(
            [percent(1e-9, 1), decimal(1e-300, 3), decimal(1e15, 0)],
            ["0.0", "0.000", "1000000000000000"]
        );
    }

    #[test]
    fn a_negative_number_that_rounds_to_zero_has_no_sign() {
        assert_eq!([percent(-0.0004, 1), percent(-0.0005, 1), percent(-0.123, 1)], ["0.0", "−0.1", "−12.3"]);
    }

    #[test]
    fn an_exact_zero_has_no_sign() {
        assert_eq!([exact(-0.0), exact(0.0), exact(-0.25)], ["0", "0", "-0.25"]);
    }

    #[test]
    fn counts_are_grouped_by_thousands() {
        assert_eq!([count(0), count(999), count(1000), count(1_326_913)], ["0", "999", "1,000", "1,326,913"]);
    }
}
