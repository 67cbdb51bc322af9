//! How the results are computed, and what may be shown.

use serde::Serialize;

use super::age_groups::AgeGroups;
use super::declared::DeclaredBootstrap;
use super::sampling::{Percent, read_percent};
use super::section::Section;
use crate::error::Finding;
use crate::stats::{
    AssumedReference, ConfidenceLevel, IntervalMethod, LonelyStratum, PostStrata, WeightedMethod,
    WeightedOptions,
};

/// The settings of the analysis.
#[derive(Debug, Clone, PartialEq)]
pub struct Analysis {
    /// The confidence level.
    pub level: ConfidenceLevel,
    /// The interval of a plain proportion.
    pub interval: IntervalMethod,
    /// The interval of a design-weighted estimate.
    pub weighted_interval: WeightedMethod,
    /// Whether the question is about this register in this period (on) or about the process behind it (off).
    pub finite_population_correction: bool,
    /// What a stratum with one reviewed course contributes to the variance.
    pub lonely_strata: LonelyStratum,
    /// What the weights are calibrated to; `None` for the design's weights.
    pub post_stratify: Option<PostStrata>,
    /// The bootstrap beside the headline intervals; `None` without one.
    pub bootstrap: Option<DeclaredBootstrap>,
    /// Further tables, one for each value of a grouping.
    pub by: Vec<Grouping>,
    /// The groups of ages.
    pub age_groups: AgeGroups,
    /// Weights N / answered for each indicator, instead of N / read.
    pub item_weights: bool,
    /// The agreement of two reviewers weighted by the design, beside the plain one.
    pub weighted_agreement: bool,
    /// How good the record is assumed to be in a sensitivity analysis; `None` for no such analysis.
    pub reference: Option<AssumedReference>,
}

impl Analysis {
    /// How weighted figures are computed.
    pub fn weighted_options(&self) -> WeightedOptions {
        WeightedOptions {
            level: self.level,
            method: self.weighted_interval,
            finite_population_correction: self.finite_population_correction,
            lonely: self.lonely_strata,
        }
    }
}

/// What a table can be split by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Grouping {
    /// The stratum: the municipality.
    Stratum,
    /// The strata's cluster.
    Cluster,
    /// The age at the first attendance, in groups.
    Age,
    /// The sex.
    Sex,
    /// The year of the first attendance.
    Year,
}

impl Grouping {
    /// All of them.
    pub const ALL: [Grouping; 5] =
        [Grouping::Stratum, Grouping::Cluster, Grouping::Age, Grouping::Sex, Grouping::Year];

    /// The word in `study.toml` and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Grouping::Stratum => "stratum",
            Grouping::Cluster => "cluster",
            Grouping::Age => "age",
            Grouping::Sex => "sex",
            Grouping::Year => "year",
        }
    }

    /// The grouping with this name.
    pub fn named(name: &str) -> Option<Self> {
        Grouping::ALL.into_iter().find(|grouping| grouping.name() == name)
    }
}

/// What may be published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Disclosure {
    /// Counts of 1 to this less one are hidden in every table below the whole study.
    pub min_cell: u64,
    /// The same for the tables of the whole study; 1 hides nothing.
    pub min_cell_overall: u64,
    /// Whether weighted figures may tell what is hidden.
    pub weighted_figures: WeightedFigures,
}

/// What happens to the weighted figures of the whole study where hidden counts of its strata would follow from them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WeightedFigures {
    /// They are as coarse as every hidden small cell could still be another number, or taken out.
    #[default]
    Protected,
    /// They are printed all the same, in tenths of a per cent: the data owner allows that counts can be worked out.
    Printed,
}

impl WeightedFigures {
    const NAMES: [(&str, WeightedFigures); 2] =
        [("protected", WeightedFigures::Protected), ("printed", WeightedFigures::Printed)];

    /// The word in `study.toml`.
    pub fn name(self) -> &'static str {
        match self {
            WeightedFigures::Protected => "protected",
            WeightedFigures::Printed => "printed",
        }
    }
}

/// How the review is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ReviewRules {
    /// The language of the forms.
    pub language: Language,
    /// The share of courses, in each stratum at least one, that a second reviewer reads as well.
    pub second_reviewer: Percent,
    /// What a chart means that belongs to another person.
    pub wrong_person: WrongPerson,
}

/// A language of forms and documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// Danish.
    Da,
    /// English.
    En,
}

impl Language {
    /// The word in `study.toml`.
    pub fn name(self) -> &'static str {
        match self {
            Language::Da => "da",
            Language::En => "en",
        }
    }
}

/// What becomes of a course whose chart belongs to another person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WrongPerson {
    /// As if the chart had not been found.
    NonResponse,
    /// The course is no course: it stays in n_h, outside every table.
    Ineligible,
}

impl WrongPerson {
    /// The word in `study.toml`.
    pub fn name(self) -> &'static str {
        match self {
            WrongPerson::NonResponse => "non_response",
            WrongPerson::Ineligible => "ineligible",
        }
    }
}

impl Analysis {
    pub(super) fn read(section: &Section<'_, '_>) -> Option<Self> {
        let level = section
            .decimal("level")
            .map_or(Some(ConfidenceLevel::NINETY_FIVE), |text| read_level(section, &text));
        let interval = word(
            section,
            "interval",
            IntervalMethod::ClopperPearson,
            &IntervalMethod::ALL,
            IntervalMethod::name,
        );
        let weighted_interval = word(
            section,
            "weighted_interval",
            WeightedMethod::KornGraubard,
            &WeightedMethod::ALL,
            WeightedMethod::name,
        );
        let finite_population_correction = section.flag("finite_population_correction").unwrap_or(true);
        let lonely_strata = section.choice("lonely_strata", &LONELY);
        let lonely_strata =
            if section.has("lonely_strata") { lonely_strata } else { Some(LonelyStratum::GrandMean) };
        let post_stratify = super::declared::read_post_strata(section);
        let bootstrap = DeclaredBootstrap::read(section);
        let by = read_groupings(section);
        let age_groups = AgeGroups::read(section);
        let item_weights = section.flag("item_weights").unwrap_or(false);
        let weighted_agreement = section.flag("weighted_agreement").unwrap_or(false);
        let reference = super::declared::read_reference(section);
        let resampled = matches!(bootstrap, Some(Some(_)));
        super::declared::refuse_bootstrap_of_items(section, item_weights, resampled);
        section.finish();
        Some(Analysis {
            level: level?,
            interval: interval?,
            weighted_interval: weighted_interval?,
            finite_population_correction,
            lonely_strata: lonely_strata?,
            post_stratify: post_stratify?,
            bootstrap: bootstrap?,
            by: by?,
            age_groups: age_groups?,
            item_weights,
            weighted_agreement,
            reference: reference?,
        })
    }

    /// The settings as a canonical text, for digests.
    pub fn canonical(&self) -> String {
        let by: Vec<&str> = self.by.iter().map(|grouping| grouping.name()).collect();
        let options = self.options_canonical();
        format!(
            "level={}\ninterval={}\nweighted_interval={}\nfinite_population_correction={}\nlonely_strata={}\nby={}\n{}{options}{}",
            self.level,
            self.interval.name(),
            self.weighted_interval.name(),
            self.finite_population_correction,
            lonely_name(self.lonely_strata),
            by.join(","),
            self.age_groups.canonical(),
            super::declared::canonical(self.post_stratify, self.bootstrap.as_ref(), self.reference),
        )
    }

    /// Options that are off leave no line: so a study that was drawn before there was the option has not changed.
    fn options_canonical(&self) -> String {
        let options = [("item_weights", self.item_weights), ("weighted_agreement", self.weighted_agreement)];
        options.iter().filter(|(_, is_on)| *is_on).map(|(name, _)| format!("{name}=true\n")).collect()
    }
}

const LONELY: [(&str, LonelyStratum); 3] = [
    ("centred", LonelyStratum::GrandMean),
    ("certainty", LonelyStratum::Certainty),
    ("refuse", LonelyStratum::Refuse),
];

fn lonely_name(rule: LonelyStratum) -> &'static str {
    LONELY.iter().find(|(_, named)| *named == rule).map_or("", |(name, _)| name)
}

fn read_level(section: &Section<'_, '_>, text: &str) -> Option<ConfidenceLevel> {
    let level = text.parse::<ConfidenceLevel>().ok();
    if level.is_none() {
        let what = format!("`analysis.level` is {text}, expected a number between 0 and 1 such as 0.95");
        section.wrong("level", Finding::error("level", what).remedy(level_remedy(text)));
    }
    level
}

/// 95 is mostly meant as a percentage.
fn level_remedy(text: &str) -> String {
    let share = format!("0.{}", text.replace('.', ""));
    let is_percentage = text.parse().is_ok_and(|level: f64| (10.0..100.0).contains(&level));
    match share.parse::<ConfidenceLevel>() {
        Ok(_) if is_percentage => format!("write `level = {share}`"),
        _ => "write `level = 0.95`".to_owned(),
    }
}

/// One of the words that `name` gives to the values of `all`.
fn word<T: Copy>(
    section: &Section<'_, '_>,
    key: &'static str,
    default: T,
    all: &[T],
    name: impl Fn(T) -> &'static str,
) -> Option<T> {
    let choices: Vec<(&str, T)> = all.iter().map(|value| (name(*value), *value)).collect();
    if section.has(key) {
        section.choice(key, &choices)
    } else {
        section.choice(key, &choices).or(Some(default))
    }
}

fn read_groupings(section: &Section<'_, '_>) -> Option<Vec<Grouping>> {
    let words = section.texts("by").unwrap_or_default();
    let read = |word: &String| {
        let grouping = Grouping::named(word);
        if grouping.is_none() {
            section.wrong_choice("by", word, &Grouping::ALL.map(Grouping::name));
        }
        grouping
    };
    words.iter().map(read).collect()
}

impl Default for Disclosure {
    fn default() -> Self {
        Disclosure { min_cell: 3, min_cell_overall: 1, weighted_figures: WeightedFigures::default() }
    }
}

impl Disclosure {
    pub(super) fn read(section: Option<Section<'_, '_>>) -> Self {
        let default = Disclosure::default();
        let Some(section) = section else { return default };
        let disclosure = Disclosure {
            min_cell: section.count("min_cell").unwrap_or(default.min_cell),
            min_cell_overall: section.count("min_cell_overall").unwrap_or(default.min_cell_overall),
            weighted_figures: section
                .choice("weighted_figures", &WeightedFigures::NAMES)
                .unwrap_or(default.weighted_figures),
        };
        section.finish();
        disclosure.note_faults(&section);
        disclosure
    }

    fn note_faults(self, section: &Section<'_, '_>) {
        for (key, limit) in [("min_cell", self.min_cell), ("min_cell_overall", self.min_cell_overall)] {
            if limit == 0 {
                let what = format!("`{}` is 0, expected 1 or more", section.path_of(key));
                section.wrong(key, Finding::error("min_cell", what).remedy("write 1 to hide nothing"));
            }
        }
        let Disclosure { min_cell, min_cell_overall: overall, .. } = self;
        if min_cell > 0 && overall > min_cell {
            let what = format!(
                "`disclosure.min_cell_overall` is {overall}, expected at most `min_cell`, which is {min_cell}"
            );
            let finding = Finding::error("min_cell_overall", what)
                .because("a table of a part would show what the table of the whole hides")
                .remedy(format!("write `min_cell = {overall}`, or a smaller `min_cell_overall`"));
            section.wrong("min_cell_overall", finding);
        }
    }
}

pub(super) const LANGUAGES: [(&str, Language); 2] = [("da", Language::Da), ("en", Language::En)];
const WRONG_PERSON: [(&str, WrongPerson); 2] =
    [("non_response", WrongPerson::NonResponse), ("ineligible", WrongPerson::Ineligible)];

impl ReviewRules {
    pub(super) fn read(section: Option<Section<'_, '_>>) -> Option<Self> {
        let default = ReviewRules {
            language: Language::Da,
            second_reviewer: Percent::new(0)?,
            wrong_person: WrongPerson::NonResponse,
        };
        let Some(section) = section else { return Some(default) };
        let language = section.choice("language", &LANGUAGES).unwrap_or(default.language);
        let second_reviewer = read_percent(&section, "second_reviewer_percent", 0);
        let wrong_person = section.choice("wrong_person", &WRONG_PERSON).unwrap_or(default.wrong_person);
        section.finish();
        Some(ReviewRules { language, second_reviewer: second_reviewer?, wrong_person })
    }
}
