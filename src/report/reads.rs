//! In which groups so few charts were read that their number is hidden.
//!
//! The number of charts stands in the table of frame, sample and charts, and it is the total of every indicator's table that has all
//! of them. So it is decided once for each grouping, and a group whose number is hidden has no table either: otherwise the
//! number would follow, and that of another group from it.

use std::collections::{BTreeMap, BTreeSet};

use crate::accuracy::{Columns, Protection};
use crate::draw::{SampledCourse, StudyId};
use crate::protocol::Grouping;
use crate::review::Reference;
use crate::stats::TwoByTwo;

/// The values of each grouping with a hidden number of charts.
#[derive(Debug, Default)]
pub(super) struct HiddenReads {
    values: BTreeMap<Grouping, BTreeSet<String>>,
    has_unread: bool,
}

impl HiddenReads {
    /// Decides for every grouping.
    pub(super) fn of(columns: &Columns<'_>) -> Self {
        let values = Grouping::ALL.map(|grouping| (grouping, few(columns, grouping))).into();
        HiddenReads { values, has_unread: has_unread(columns) }
    }

    /// The strata whose number of charts is hidden.
    pub(super) fn strata(&self) -> impl Iterator<Item = &str> {
        self.values.get(&Grouping::Stratum).into_iter().flatten().map(String::as_str)
    }

    /// Whether so few charts of a stratum were not read that their number is hidden.
    pub(super) fn has_unread(&self) -> bool {
        self.has_unread
    }

    /// Whether the number of charts of this value is hidden.
    pub(super) fn has(&self, grouping: Grouping, value: &str) -> bool {
        self.values.get(&grouping).is_some_and(|values| values.contains(value))
    }
}

/// The strata in clusters, where both have tables: a stratum's cluster by its place among all, or the last place where it has none.
pub(super) fn clusters_of<'c>(
    columns: &Columns<'_>,
    strata: impl Iterator<Item = &'c str>,
    clusters: &[&str],
) -> Vec<usize> {
    let sample = columns.evidence.sample;
    let cluster = |code: &str| {
        let cluster = sample.stratum(code).and_then(|stratum| stratum.cluster.as_deref());
        clusters.iter().position(|name| Some(*name) == cluster).unwrap_or(clusters.len())
    };
    strata.map(cluster).collect()
}

/// Whether tables by cluster stand beside those by stratum.
pub(super) fn has_clusters(columns: &Columns<'_>) -> bool {
    columns.evidence.protocol.analysis.by.contains(&Grouping::Cluster)
}

fn few(columns: &Columns<'_>, grouping: Grouping) -> BTreeSet<String> {
    let protection = Protection::of_counts(columns.evidence.protocol.disclosure.min_cell);
    let (values, counts) = reads(columns, grouping);
    let decided = match grouping {
        Grouping::Stratum if has_clusters(columns) => {
            let (names, of_clusters) = reads(columns, Grouping::Cluster);
            let names: Vec<&str> = names.iter().flatten().map(String::as_str).collect();
            let mut hidden: Vec<bool> =
                protection.suppress(&of_clusters, &[]).into_iter().map(|one| one.is_hidden()).collect();
            hidden.resize(names.len() + 1, false);
            let within = clusters_of(columns, values.iter().flatten().map(String::as_str), &names);
            protection.suppress_within(&counts, &[], &within, &hidden)
        }
        _ => protection.suppress(&counts, &[]),
    };
    values.into_iter().zip(decided).filter_map(|(value, one)| value.filter(|_| one.is_hidden())).collect()
}

/// The persons with a chart that was read by the values of a grouping, those without a value last.
fn reads(columns: &Columns<'_>, grouping: Grouping) -> (Vec<Option<String>>, Vec<TwoByTwo>) {
    let evidence = columns.evidence;
    let mut persons: BTreeMap<(bool, Option<String>), BTreeSet<StudyId>> = BTreeMap::new();
    for course in evidence.sample.in_use() {
        if let Some(Reference::Read(_)) = evidence.reference.courses.get(&course.study_id) {
            let value = value(columns, grouping, course);
            persons.entry((value.is_none(), value)).or_default().insert(course.person);
        }
    }
    let count = |((_, value), persons): ((bool, Option<String>), BTreeSet<StudyId>)| {
        (value, TwoByTwo { tp: persons.len() as u64, ..TwoByTwo::default() })
    };
    persons.into_iter().map(count).unzip()
}

/// Whether 1 to `min_cell` − 1 persons of a stratum have a chart that was not read: frame, sample and charts do not tell that number.
fn has_unread(columns: &Columns<'_>) -> bool {
    let evidence = columns.evidence;
    let mut unread: BTreeMap<&str, BTreeSet<StudyId>> = BTreeMap::new();
    for course in evidence.sample.in_use() {
        if !matches!(evidence.reference.courses.get(&course.study_id), Some(Reference::Read(_))) {
            unread.entry(&course.stratum).or_default().insert(course.person);
        }
    }
    let few = 1..evidence.protocol.disclosure.min_cell;
    unread.values().any(|persons| few.contains(&(persons.len() as u64)))
}

fn value(columns: &Columns<'_>, grouping: Grouping, course: &SampledCourse) -> Option<String> {
    let evidence = columns.evidence;
    let year = |period: &String| period.split('-').next().unwrap_or_default().to_owned();
    match grouping {
        Grouping::Stratum => Some(course.stratum.clone()),
        Grouping::Cluster => evidence.sample.stratum(&course.stratum)?.cluster.clone(),
        Grouping::Age => course.age.map(|age| evidence.protocol.analysis.age_groups.group(age)),
        Grouping::Sex => course.sex.clone(),
        Grouping::Year => course.period.as_ref().map(year),
    }
}
