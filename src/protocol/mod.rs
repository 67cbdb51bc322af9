//! Stage 1: what was agreed before anybody looked: `study.toml` as a [`Protocol`].
//!
//! Everything that the researchers must decide stands in this one file: who belongs to the study, which strata the
//! sample covers, what the register's columns and values mean, what each indicator is, how many are drawn and with which
//! seed, how the results are computed and what may be shown. Reading it reports every problem at once, and a key that
//! the protocol does not know is an error that names the nearest one it does.

mod age_groups;
mod analysis;
mod declared;
mod derivation;
mod freeze;
mod held_item;
mod indicator;
mod item;
mod layout;
mod population;
pub mod preset;
mod report_rules;
mod rule;
mod rule_words;
mod sampling;
mod section;
mod strata;
mod syntax;

pub use age_groups::AgeGroups;
pub use analysis::{Analysis, Disclosure, Grouping, Language, ReviewRules, WeightedFigures, WrongPerson};
pub use declared::DeclaredBootstrap;
pub use derivation::{Derivation, Untold};
pub use freeze::Frozen;
pub use indicator::{Indicator, MissingRules, RegisterStatus, Sampled, Undocumented, Unregistered, ValueMap};
pub use item::{Choice, Item, ItemKind, Range};
pub use layout::{Layout, Role};
pub use population::{AgeRule, Comparison, Population};
pub use report_rules::ReportRules;
pub use rule::{Days, FIRST_ATTENDANCE, Rule, Threshold};
pub use rule_words::RuleWords;
pub use sampling::{AllocationRule, Percent, SEED_LENGTH, Sampling, Seed};
pub use section::Bilingual;
pub(crate) use section::nearest;
pub use strata::{Strata, Stratum};

use item::{Catalogue, read_items};
use section::{Section, Source};
use toml::de::DeTable;

use crate::error::{Error, Finding, Result};

/// A study's protocol, complete and free of contradictions.
#[derive(Debug, Clone, PartialEq)]
pub struct Protocol {
    /// The study's title.
    pub title: Bilingual,
    /// The register's name.
    pub register_name: String,
    /// Who belongs to it.
    pub population: Population,
    /// The strata.
    pub strata: Strata,
    /// The register's file and columns.
    pub layout: Layout,
    /// The indicators, in the order of the file.
    pub indicators: Vec<Indicator>,
    /// The raw items from which indicators are derived, in the order of the file.
    pub items: Vec<Item>,
    /// The sampling rules.
    pub sampling: Sampling,
    /// How the review is done.
    pub review: ReviewRules,
    /// How the results are computed.
    pub analysis: Analysis,
    /// What may be shown.
    pub disclosure: Disclosure,
    /// How it is written.
    pub report: ReportRules,
}

impl Protocol {
    /// Reads the text of a `study.toml`. `file` is its name in messages.
    ///
    /// # Errors
    /// Every problem of the text, each with its line.
    pub fn read(text: &str, file: &str) -> Result<Self> {
        let source = Source::new(file, text);
        let (table, faults) = DeTable::parse_recoverable(text);
        source.note_syntax(&faults);
        let protocol = if faults.is_empty() { read_root(&Section::root(&source, &table)) } else { None };
        match (protocol, source.findings()) {
            (Some(protocol), findings) if findings.is_empty() => Ok(protocol),
            (_, findings) => Err(Error::data(findings)),
        }
    }

    /// The indicators that the review can tell about.
    pub fn assessable(&self) -> impl Iterator<Item = &Indicator> {
        self.indicators.iter().filter(|indicator| indicator.is_assessable())
    }

    /// The item with this id.
    pub fn item(&self, id: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.id == id)
    }

    /// The indicator with this id.
    pub fn indicator(&self, id: &str) -> Option<&Indicator> {
        self.indicators.iter().find(|indicator| indicator.id == id)
    }
}

fn read_root(root: &Section<'_, '_>) -> Option<Protocol> {
    let study = root.required_table("study", root.section("study")).map(|section| {
        let title = section.required("title", section.bilingual("title"));
        let register_name = section.required("register_name", section.text("register_name"));
        section.finish();
        (title, register_name)
    });
    let population = root.required_table("population", root.section("population"));
    let population = population.and_then(|section| Population::read(&section));
    let strata = Strata::read(root);
    let layout = root.required_table("register", root.section("register"));
    let layout = layout.and_then(|section| Layout::read(&section));
    let (items, catalogue) = read_items(root);
    let indicators = read_indicators(root, &catalogue);
    let sampling = root.required_table("sampling", root.section("sampling"));
    let sampling = sampling.and_then(|section| Sampling::read(&section));
    let review = ReviewRules::read(root.section("review"));
    let analysis = root.required_table("analysis", root.section("analysis"));
    let analysis = analysis.and_then(|section| Analysis::read(&section));
    let disclosure = Disclosure::read(root.section("disclosure"));
    let report = ReportRules::read(root.section("report"));
    root.finish();
    let (title, register_name) = study?;
    let protocol = Protocol {
        title: title?,
        register_name: register_name?,
        population: population?,
        strata: strata?,
        layout: layout?,
        indicators: indicators?,
        items: items?,
        sampling: sampling?,
        review: review?,
        analysis: analysis?,
        disclosure,
        report,
    };
    note_contradictions(root, &protocol);
    Some(protocol)
}

fn read_indicators(root: &Section<'_, '_>, items: &Catalogue) -> Option<Vec<Indicator>> {
    let section = root.required_table("indicator", root.section("indicator"))?;
    let named = section.named_sections();
    if named.is_empty() {
        root.wrong("indicator", Finding::error("no_indicator", "the protocol has no indicator"));
    }
    let read: Vec<Option<Indicator>> =
        named.into_iter().map(|(id, section)| Indicator::read(id, &section, items)).collect();
    read.into_iter().collect()
}

/// What no single table can see: rules that ask for a column which the register does not have.
fn note_contradictions(root: &Section<'_, '_>, protocol: &Protocol) {
    let has = |role: Role| protocol.layout.column(&role).is_some();
    let population = &protocol.population;
    let needs = [
        (
            population.age.is_some() && !(has(Role::Age) || has(Role::Cpr) || has(Role::BirthDate)),
            "`population.age` needs a column",
            "give [register.columns] a `cpr`, a `birth_date` or an `age`",
        ),
        (
            population.age.is_some() && !has(Role::Age) && !has(Role::FirstAttendance),
            "`population.age` needs the day on which the age is taken",
            "give [register.columns] a `first_attendance`",
        ),
        (
            !population.diagnoses.is_empty() && !has(Role::Diagnosis),
            "`population.diagnoses` needs a column",
            "give [register.columns] a `diagnosis`",
        ),
        (
            (population.from.is_some() || population.until.is_some()) && !has(Role::FirstAttendance),
            "the period of `population` needs a column",
            "give [register.columns] a `first_attendance`",
        ),
        (
            protocol.strata.known.len() > 1 && !has(Role::Stratum),
            "more than one [[stratum]] needs a column",
            "give [register.columns] a `stratum`",
        ),
        (
            protocol.strata.count() == 0,
            "no [[stratum]] is in the study",
            "take `in_study = false` away from at least one",
        ),
        (
            protocol.indicators.iter().any(|one| one.from.or(one.until).is_some())
                && !has(Role::FirstAttendance),
            "an indicator limited to a period needs a column",
            "give [register.columns] a `first_attendance`",
        ),
        (
            protocol.analysis.by.contains(&Grouping::Year) && !has(Role::FirstAttendance),
            "a table by year needs a column",
            "give [register.columns] a `first_attendance`",
        ),
        (
            protocol.analysis.by.contains(&Grouping::Sex) && !(has(Role::Cpr) || has(Role::Sex)),
            "a table by sex needs a column",
            "give [register.columns] a `cpr` or a `sex`",
        ),
    ];
    for (_, what, remedy) in needs.into_iter().filter(|(contradiction, _, _)| *contradiction) {
        root.wrong("register", Finding::error("column_needed", what).remedy(remedy));
    }
    note_fixed_allocation(root, protocol);
    note_shared_ids(root, protocol);
    held_item::note_held_items(root, protocol);
    note_first_attendance(root, protocol);
}

/// Both are columns of the review form.
fn note_shared_ids(root: &Section<'_, '_>, protocol: &Protocol) {
    for item in protocol.items.iter().filter(|item| protocol.indicator(&item.id).is_some()) {
        let what = format!("`{}` is the id of an item and of an indicator", item.id);
        root.wrong("item", Finding::error("shared_id", what).remedy("give one of them another id"));
    }
}

/// Rules may go by the day of the first attendance only where the register has it and the record key holds it.
fn note_first_attendance(root: &Section<'_, '_>, protocol: &Protocol) {
    let rules = protocol.items.iter().flat_map(|item| item.ask_if.iter().chain(&item.must));
    let is_used = rules.flat_map(Rule::items).any(|item| item == FIRST_ATTENDANCE);
    if is_used && !protocol.layout.key.contains(&Role::FirstAttendance) {
        let what =
            format!("a rule of an item goes by `{FIRST_ATTENDANCE}`, which is no part of `register.key`");
        root.wrong(
            "item",
            Finding::error("column_needed", what)
                .remedy("take the rule away, or add it to the key before the draw"),
        );
    }
}

fn note_fixed_allocation(root: &Section<'_, '_>, protocol: &Protocol) {
    let fixed = protocol.sampling.allocation == AllocationRule::Fixed;
    let without: Vec<&str> = protocol
        .strata
        .in_study()
        .filter(|stratum| stratum.sample.is_none())
        .map(|stratum| stratum.code.as_str())
        .collect();
    if fixed && !without.is_empty() {
        let what = format!(
            "`sampling.allocation` is `fixed`, and `sample` is missing for the strata {}",
            without.join(", ")
        );
        root.wrong(
            "sampling",
            Finding::error("fixed_without_sample", what).remedy("add `sample = …` to each [[stratum]]"),
        );
    }
    let sum: u64 = protocol.strata.in_study().filter_map(|stratum| stratum.sample).sum();
    if fixed && without.is_empty() && sum != protocol.sampling.total {
        let what = format!(
            "the fixed samples of the strata add up to {sum}, and `sampling.total` is {}",
            protocol.sampling.total
        );
        root.wrong("sampling", Finding::error("fixed_total", what).remedy(format!("write `total = {sum}`")));
    }
}
