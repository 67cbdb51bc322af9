//! How the results are written: in which language, with which decimal sign and how many decimals.

use std::ops::RangeInclusive;

use serde::Serialize;

use super::analysis::{LANGUAGES, Language};
use super::section::Section;
use crate::error::Finding;

/// How the results are written. Nothing of it changes a number before its last step, so it is no part of what the draw freezes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ReportRules {
    /// The language of tables, figures and words.
    pub language: Language,
    /// Whether decimals stand after a comma, and thousands are set apart by a point.
    pub decimal_comma: bool,
    /// Decimals of a percentage: 1 or 2.
    pub decimals: u8,
    /// The figures of a part with fewer records than this are marked as descriptive; 0 marks none.
    pub descriptive_below: u64,
}

/// Decimals of a percentage. With more, a table tells apart what no sample of charts can; with none, figures that small cells leave
/// rounded to tenths would be rounded twice.
const DECIMALS: RangeInclusive<u64> = 1..=2;

/// Shares of fewer than 30 are not shown at all by the United States' National Center for Health Statistics (Parker et al., Vital Health
/// Stat 2017; 2 (175): 1): here they are shown and marked.
const DESCRIPTIVE_BELOW: u64 = 30;

impl ReportRules {
    /// English, a decimal point and one decimal: what international journals print.
    pub const DEFAULT: ReportRules = ReportRules::of(Language::En);

    /// The usual writing of a language.
    pub const fn of(language: Language) -> Self {
        ReportRules {
            language,
            decimal_comma: matches!(language, Language::Da),
            decimals: 1,
            descriptive_below: DESCRIPTIVE_BELOW,
        }
    }

    pub(super) fn read(section: Option<Section<'_, '_>>) -> Self {
        let Some(section) = section else { return ReportRules::DEFAULT };
        let language = section.choice("language", &LANGUAGES).unwrap_or(ReportRules::DEFAULT.language);
        let usual = ReportRules::of(language);
        let decimal_comma = section.flag("decimal_comma").unwrap_or(usual.decimal_comma);
        let decimals = section.count_as("decimals", "1 or 2");
        if let Some(other) = decimals.filter(|decimals| !DECIMALS.contains(decimals)) {
            let what = format!("`report.decimals` is {other}, expected 1 or 2");
            let finding = Finding::error("decimals", what)
                .because("a sample of charts tells no more decimals of a percentage apart, and fewer would be rounded twice")
                .remedy("write `decimals = 1`; results.json has all digits");
            section.wrong("decimals", finding);
        }
        let descriptive_below = section.count("descriptive_below").unwrap_or(usual.descriptive_below);
        section.finish();
        let decimals = decimals.and_then(|decimals| u8::try_from(decimals).ok()).unwrap_or(usual.decimals);
        ReportRules { language, decimal_comma, decimals, descriptive_below }
    }

    /// The settings as a canonical text, for the manifest. The usual ones leave no line.
    pub fn canonical(&self) -> String {
        let usual = ReportRules::DEFAULT;
        let mut text = String::new();
        if self.language != usual.language {
            text += &format!("report_language={}\n", self.language.name());
        }
        if self.decimal_comma != ReportRules::of(self.language).decimal_comma {
            text += &format!("decimal_comma={}\n", self.decimal_comma);
        }
        if self.decimals != usual.decimals {
            text += &format!("decimals={}\n", self.decimals);
        }
        if self.descriptive_below != usual.descriptive_below {
            text += &format!("descriptive_below={}\n", self.descriptive_below);
        }
        text
    }
}
