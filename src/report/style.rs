//! How numbers and words are written: language, decimal sign, decimals.

use super::number::{count, decimal, p_value, percent};
use crate::protocol::{Bilingual, Language, ReportRules};

/// From here on two significant digits are two decimals.
const COARSE_P: f64 = 0.0995;

/// How tables, figures and words are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// The language.
    pub language: Language,
    /// Whether decimals stand after a comma, and thousands are set apart by a point.
    pub decimal_comma: bool,
    /// Decimals of a percentage; ratios, scores and coefficients have one more.
    pub decimals: usize,
}

impl From<ReportRules> for Style {
    fn from(rules: ReportRules) -> Self {
        Style {
            language: rules.language,
            decimal_comma: rules.decimal_comma,
            decimals: usize::from(rules.decimals),
        }
    }
}

impl Style {
    /// English with a decimal point: the command line, and the default of a study.
    pub const ENGLISH: Style = Style { language: Language::En, decimal_comma: false, decimals: 1 };

    /// Of a text in both languages, Danish first, the one that is wanted.
    pub fn says<T>(self, [danish, english]: [T; 2]) -> T {
        if self.language == Language::Da { danish } else { english }
    }

    /// The same of a text of the protocol.
    pub fn of(self, text: &Bilingual) -> &str {
        self.says([&text.da, &text.en])
    }

    /// A proportion as per cent, without the sign: `89.5`.
    pub fn percent(self, proportion: f64) -> String {
        self.percent_to(proportion, self.decimals)
    }

    /// The same with other decimals than the usual.
    pub fn percent_to(self, proportion: f64, decimals: usize) -> String {
        self.signed(percent(proportion, decimals))
    }

    /// The style of figures that were rounded where hidden counts would follow from them, with the decimals of a per cent that are left
    /// of them; `None` for all. Whatever prints such a figure asks here.
    #[must_use]
    pub fn no_finer(self, left: Option<usize>) -> Self {
        Style { decimals: left.map_or(self.decimals, |left| self.decimals.min(left)), ..self }
    }

    /// A p value that was cut to two significant digits for the same reason, or follows from such: the digits that there are.
    pub fn coarse_p_value(self, p: f64) -> String {
        if p >= COARSE_P { self.decimal(p, 2) } else { self.p_value(p) }
    }

    /// A ratio, a score or a coefficient: one decimal more than a percentage.
    pub fn ratio(self, number: f64) -> String {
        self.decimal(number, self.decimals + 1)
    }

    /// A number with so many decimals.
    pub fn decimal(self, number: f64, decimals: usize) -> String {
        self.signed(decimal(number, decimals))
    }

    /// A p value: three decimals, `< 0.001` below that.
    pub fn p_value(self, p: f64) -> String {
        self.signed(p_value(p))
    }

    /// A count with groups of three: `1,326,913`, or `1.326.913` beside decimal commas.
    pub fn count(self, number: u64) -> String {
        let text = count(number);
        if self.decimal_comma { text.replace(',', ".") } else { text }
    }

    /// The decimal sign of this style.
    fn signed(self, text: String) -> String {
        if self.decimal_comma { text.replace('.', ",") } else { text }
    }

    /// A number that is written with a decimal point already, such as a level or a setting.
    pub fn written(self, number: &impl ToString) -> String {
        self.signed(number.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimal_commas_go_with_points_between_thousands() {
        let danish = Style::from(ReportRules::of(Language::Da));
        assert_eq!(
            [danish.percent(231.0 / 258.0), danish.ratio(2.409), danish.p_value(1e-9)],
            ["89,5", "2,41", "< 0,001"]
        );
        assert_eq!([danish.count(1_326_913), Style::ENGLISH.count(1_326_913)], ["1.326.913", "1,326,913"]);
    }

    #[test]
    fn what_has_three_decimals_of_a_proportion_is_never_shown_with_a_second_decimal_of_a_per_cent() {
        let fine = Style { decimals: 2, ..Style::ENGLISH };
        assert_eq!(
            [Some(1), None, Some(0)].map(|left| fine.no_finer(left).percent(0.8698)),
            ["87.0", "86.98", "87"]
        );
        assert_eq!(Style::ENGLISH.no_finer(Some(1)), Style::ENGLISH);
    }

    #[test]
    fn a_p_value_of_two_digits_is_shown_with_two() {
        let shown =
            [0.95, 1.0, 0.56, 0.1, 0.096, 0.044, 0.0044, 3e-9].map(|p| Style::ENGLISH.coarse_p_value(p));
        assert_eq!(shown, ["0.95", "1.00", "0.56", "0.10", "0.096", "0.044", "0.004", "< 0.001"]);
    }

    #[test]
    fn a_ratio_has_one_decimal_more_than_a_percentage() {
        let fine = Style { decimals: 2, ..Style::ENGLISH };
        assert_eq!([fine.percent(0.895345), fine.ratio(2.4094)], ["89.53", "2.409"]);
    }
}
