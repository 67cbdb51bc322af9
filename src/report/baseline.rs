//! Frame, sample and charts beside each other: whether those who were read are like those they stand for. Small cells are taken out here.

use std::collections::{BTreeMap, BTreeSet};

use super::reads::HiddenReads;
use super::shown::has_small_around;
use crate::accuracy::{Column, Columns, Group, Protection, Suppression, hide_small_counts, tabulate};
use crate::draw::{SampledCourse, StudyId};
use crate::protocol::{Grouping, Indicator, RegisterStatus};
use crate::review::Reference;
use crate::stats::TwoByTwo;

/// What the draw remembers of the frame.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FrameCounts {
    /// Reasons and counts, from all rows read to the frame.
    pub flow: Vec<(String, u64)>,
    /// Courses by `age` in years, `sex` and `year`, and their values.
    pub characteristics: BTreeMap<(String, String), u64>,
}

/// What the courses are divided by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Characteristic {
    /// The stratum.
    Stratum,
    /// The age at the first attendance, in groups.
    Age,
    /// The sex.
    Sex,
    /// The year of the first attendance.
    Year,
    /// The register's value of the indicator with this id; courses for which it was in force.
    Register(String),
}

/// The courses by one characteristic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Baseline {
    /// Which one.
    pub characteristic: Characteristic,
    /// Its values.
    pub parts: Vec<BaselinePart>,
}

/// The courses of one value; `None` where a count is hidden.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaselinePart {
    /// The value.
    pub value: String,
    /// Courses of the frame.
    pub frame: Option<u64>,
    /// Courses in use: drawn, replacements included.
    pub drawn: Option<u64>,
    /// Courses whose chart was found and read.
    pub read: Option<u64>,
}

/// The counts of one value before anything is hidden.
#[derive(Default)]
struct Part {
    frame: u64,
    drawn: u64,
    read: u64,
    /// Persons drawn, and those of them with a chart that was read and with one that was not.
    persons: [BTreeSet<StudyId>; 3],
    /// Whether the number of charts is hidden in every table.
    few: bool,
}

/// The values in the order of the table, and the courses without one, which follow from the totals and the others.
#[derive(Default)]
struct Parts {
    named: Vec<(String, Part)>,
    rest: Part,
}

impl Parts {
    /// What the named values leave of the frame has none.
    fn new(named: Vec<(String, Part)>, rest: Part, columns: &Columns<'_>) -> Self {
        let frame: u64 = columns.evidence.sample.strata.iter().map(|stratum| stratum.frame).sum();
        let of_values: u64 = named.iter().map(|(_, part)| part.frame).sum();
        Parts { named, rest: Part { frame: frame.saturating_sub(of_values), ..rest } }
    }

    /// The counts of all parts, those without a value last.
    fn counts(&self) -> Vec<Counts> {
        self.named.iter().map(|(_, part)| part).chain([&self.rest]).map(Counts::of).collect()
    }
}

impl Part {
    /// Counts a course that is in use.
    fn add(&mut self, course: &SampledCourse, columns: &Columns<'_>) {
        let reference = columns.evidence.reference.courses.get(&course.study_id);
        let is_read = matches!(reference, Some(Reference::Read(_)));
        self.drawn += 1;
        self.read += u64::from(is_read);
        self.persons[0].insert(course.person);
        self.persons[if is_read { 1 } else { 2 }].insert(course.person);
    }
}

/// All characteristics that the study knows.
pub(super) fn baseline(columns: &Columns<'_>, frame: &FrameCounts, few: &HiddenReads) -> Vec<Baseline> {
    let evidence = columns.evidence;
    let disclosure = evidence.protocol.disclosure;
    let mut all = vec![(Characteristic::Stratum, strata(columns, few), disclosure.min_cell)];
    let groups = &evidence.protocol.analysis.age_groups;
    let group = |age: &str| age.parse().map_or_else(|_| age.to_owned(), |age| groups.group(age));
    let order = |parts: Parts| -> Parts {
        let place = |name: &String| groups.names().iter().position(|one| one == name);
        let mut parts = parts;
        parts.named.sort_by_key(|(name, _)| place(name));
        parts
    };
    let age = |course: &SampledCourse| course.age.map(|age| groups.group(age));
    let of = |grouping: Grouping,
              group: &dyn Fn(&str) -> String,
              of_course: &dyn Fn(&SampledCourse) -> Option<String>| {
        let mut parts = characteristic(columns, frame, grouping.name(), group, of_course);
        parts.named.iter_mut().for_each(|(value, part)| part.few = few.has(grouping, value));
        parts
    };
    let ages = order(of(Grouping::Age, &group, &age));
    all.push((Characteristic::Age, ages, disclosure.min_cell));
    let sex = |course: &SampledCourse| course.sex.clone();
    let same = |value: &str| value.to_owned();
    all.push((Characteristic::Sex, of(Grouping::Sex, &same, &sex), disclosure.min_cell));
    let year = |course: &SampledCourse| {
        course.period.as_ref().map(|period| period.split('-').next().unwrap_or_default().to_owned())
    };
    all.push((Characteristic::Year, of(Grouping::Year, &same, &year), disclosure.min_cell));
    for indicator in evidence.protocol.assessable() {
        let which = Characteristic::Register(indicator.id.clone());
        all.push((which, register(columns, indicator), disclosure.min_cell_overall));
    }
    let around: BTreeSet<String> = with_small_around(columns);
    let shown = |(characteristic, parts, min_cell): (Characteristic, Parts, u64)| {
        let is_around = matches!(&characteristic, Characteristic::Register(id) if around.contains(id));
        let parts = if is_around { hidden(parts) } else { shown(parts, min_cell) };
        Baseline { characteristic, parts }
    };
    // A characteristic with one value divides nothing.
    all.into_iter().filter(|(_, parts, _)| parts.named.len() > 1).map(shown).collect()
}

fn strata(columns: &Columns<'_>, few: &HiddenReads) -> Parts {
    let sample = columns.evidence.sample;
    let mut parts: BTreeMap<&str, Part> = BTreeMap::new();
    for stratum in &sample.strata {
        let part = parts.entry(&stratum.code).or_default();
        part.frame += stratum.frame;
        part.few = few.has(Grouping::Stratum, &stratum.code);
    }
    for course in sample.in_use() {
        parts.entry(&course.stratum).or_default().add(course, columns);
    }
    let label = |code: &str| {
        let known = columns.evidence.protocol.strata.in_study().find(|stratum| stratum.code == code);
        known.map_or_else(|| code.to_owned(), |stratum| stratum.label())
    };
    let named = parts.into_iter().map(|(code, part)| (label(code), part)).collect();
    Parts { named, rest: Part::default() }
}

fn characteristic(
    columns: &Columns<'_>,
    frame: &FrameCounts,
    name: &str,
    group: &dyn Fn(&str) -> String,
    of_course: &dyn Fn(&SampledCourse) -> Option<String>,
) -> Parts {
    let mut parts: BTreeMap<String, Part> = BTreeMap::new();
    for ((_, value), courses) in frame.characteristics.iter().filter(|((of, _), _)| of == name) {
        parts.entry(group(value)).or_default().frame += courses;
    }
    let mut rest = Part::default();
    for course in columns.evidence.sample.in_use() {
        let part = match of_course(course) {
            Some(value) => parts.entry(value).or_default(),
            None => &mut rest,
        };
        part.add(course, columns);
    }
    Parts::new(parts.into_iter().collect(), rest, columns)
}

fn register(columns: &Columns<'_>, indicator: &Indicator) -> Parts {
    let mut named: Vec<(String, Part)> =
        RegisterStatus::ALL.map(|status| (status.name().to_owned(), Part::default())).into();
    let mut rest = Part::default();
    let place = |status| RegisterStatus::ALL.iter().position(|one| *one == status);
    let place_of = |value: &str| indicator.register.status(value).and_then(place);
    for ((_, id, value), courses) in columns.evidence.frame_values {
        if let Some(place) = place_of(value).filter(|_| *id == indicator.id) {
            named[place].1.frame += courses;
        }
    }
    for course in columns.evidence.sample.in_use() {
        let entry = course.register.get(&indicator.id).filter(|entry| entry.in_force);
        let part = match entry.and_then(|entry| place_of(&entry.value)) {
            Some(place) => &mut named[place].1,
            None => &mut rest,
        };
        part.add(course, columns);
    }
    named.retain(|(_, part)| part.frame > 0);
    Parts::new(named, rest, columns)
}

/// The indicators with a small count around the table of the whole study, which would follow from the charts by the register's value.
fn with_small_around(columns: &Columns<'_>) -> BTreeSet<String> {
    let min_cell = columns.evidence.protocol.disclosure.min_cell_overall;
    let has = |column: &&Column<'_>| {
        // Counts that contradict each other have no table, and nothing beside it.
        tabulate(columns, column, &Group::All).map_or(true, |all| has_small_around(&all, min_cell))
    };
    columns.assessable().filter(has).map(|column| column.indicator.id.clone()).collect()
}

/// Values alone.
fn hidden(parts: Parts) -> Vec<BaselinePart> {
    let of = |(value, _)| BaselinePart { value, frame: None, drawn: None, read: None };
    parts.named.into_iter().map(of).collect()
}

/// How many courses of one value are in the frame, drawn, not drawn, read and not read. In the sample they are persons, by whom small
/// cells are counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Counts {
    frame: u64,
    drawn: u64,
    undrawn: u64,
    read: u64,
    not_read: u64,
}

impl Counts {
    fn of(part: &Part) -> Self {
        let [drawn, read, not_read] = [0, 1, 2].map(|place: usize| part.persons[place].len() as u64);
        Counts { frame: part.frame, drawn, undrawn: part.frame.saturating_sub(part.drawn), read, not_read }
    }
}

/// Counts of one column less those of the next are counts as well: of courses not drawn, and of charts not read. The charts are hidden
/// where they are few; the sample where it, those not drawn or those not read are, and where the frame or the charts are
/// hidden. Where the frame would tell all the same, it is hidden too: where hardly anybody was not drawn.
fn shown(parts: Parts, min_cell: u64) -> Vec<BaselinePart> {
    let counts = parts.counts();
    let frames: Vec<u64> = counts.iter().map(|one| one.frame).collect();
    let frame = hide_small_counts(&frames, min_cell);
    let frame_hidden = |place: usize| frame.hidden[place] || frame.follow_from_sum;
    let protection = Protection::of_counts(min_cell);
    let hidden = |decided: Vec<Suppression>| -> Vec<bool> {
        decided.into_iter().map(Suppression::is_hidden).collect()
    };
    let few: Vec<bool> = parts.named.iter().map(|(_, part)| part.few).collect();
    let reads: Vec<TwoByTwo> =
        counts.iter().map(|one| TwoByTwo { tp: one.read, ..TwoByTwo::default() }).collect();
    let reads = hidden(protection.suppress(&reads, &few));
    let within: Vec<bool> =
        reads.iter().enumerate().map(|(place, read)| *read || frame_hidden(place)).collect();
    let table = |tp: u64, fp: u64| TwoByTwo { tp, fp, fn_: 0, tn: 0 };
    let drawn: Vec<TwoByTwo> = counts.iter().map(|one| table(one.drawn, 0)).collect();
    let within = hidden(protection.suppress(&drawn, &within));
    // Frame less charts: a table whose totals are known.
    let others: Vec<TwoByTwo> = counts.iter().map(|one| table(one.undrawn, one.not_read)).collect();
    let drawn = hidden(Protection::of_tables(min_cell).suppress(&others, &within));
    let frame_tells = Protection::of_tables(min_cell).sizes_tell(&others, &drawn);
    let part = |(place, (value, part)): (usize, (String, Part))| {
        let frame_shown = !frame_hidden(place) && !frame_tells;
        BaselinePart {
            value,
            frame: frame_shown.then_some(part.frame),
            drawn: (!drawn[place]).then_some(part.drawn),
            read: (!frame_hidden(place) && !reads[place]).then_some(part.read),
        }
    };
    parts.named.into_iter().enumerate().map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(frame: u64, read: u64, not_read: u64) -> (String, Part) {
        let ids = |from: u64, many: u64| (from..from + many).map(|place| StudyId::new(place as u32));
        let (found, other): (BTreeSet<_>, BTreeSet<_>) =
            (ids(0, read).collect(), ids(5000, not_read).collect());
        let persons = [found.union(&other).copied().collect(), found, other];
        (String::new(), Part { frame, drawn: read + not_read, read, persons, few: false })
    }

    fn counts(named: Vec<(String, Part)>) -> Vec<[Option<u64>; 3]> {
        let parts = Parts { named, rest: Part::default() };
        shown(parts, 3).into_iter().map(|one| [one.frame, one.drawn, one.read]).collect()
    }

    #[test]
    fn a_few_charts_that_were_not_read_do_not_follow_from_the_columns() {
        let all = counts(vec![part(100, 9, 1), part(90, 20, 5), part(80, 30, 0), part(70, 8, 4)]);
        assert_eq!(all[0], [Some(100), None, Some(9)]);
        // A second one is hidden, or the first would follow from the total; it has none of them, and so a third one is.
        assert_eq!(all.iter().filter(|one| one[1].is_none()).count(), 3);
        assert!(all.iter().all(|one| one[0].is_some() && one[2].is_some()));
    }

    #[test]
    fn what_is_hidden_in_the_frame_is_hidden_in_the_sample() {
        let all = counts(vec![part(2, 2, 0), part(90, 20, 5), part(80, 30, 0)]);
        assert_eq!(all[0], [None; 3]);
        assert_eq!(all.iter().filter(|one| one[0].is_none()).count(), 2);
        assert!(all.iter().all(|one| one[0].is_some() || one[1..] == [None; 2]));
    }

    /// Frame less charts are then the charts that were not read, and the sample of the others would tell that of the first.
    #[test]
    fn where_all_were_drawn_the_frame_does_not_tell_how_many_were_not_read() {
        let all = counts(vec![part(10, 9, 1), part(20, 20, 0), part(30, 30, 0)]);
        assert_eq!(all, [[None, None, Some(9)], [None, None, Some(20)], [None, None, Some(30)]]);
    }

    /// The courses without a value follow from the totals.
    #[test]
    fn three_courses_of_two_persons_without_a_value_are_few() {
        let (_, mut rest) = part(40, 8, 2);
        rest.drawn += 1;
        let named = vec![part(90, 20, 5), part(80, 30, 8)];
        let all = shown(Parts { named, rest }, 3);
        assert_eq!(all.iter().map(|one| one.drawn).collect::<Vec<_>>(), [Some(25), None]);
    }
}
