//! A row for each course to be reviewed: what the register says, what the charts say, and the cell that follows.

use std::collections::BTreeMap;

use super::answers::{self, CourseRow};
use super::data_set::{CodeList, DataSet, Datum, Variable, VariableKind};
use super::items::add_items;
use super::names::Names;
use super::post_strata::PostStrataOf;
use crate::accuracy::{Evidence, Tabulated};
use crate::protocol::{Indicator, WrongPerson};
use crate::review::{ChartStatus, Reading, Reference, Reviews};

/// The oldest are one group: few are as old.
const OLDEST: i16 = 90;

/// The names of the variables that an indicator has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndicatorVariables {
    /// The id of the indicator.
    pub id: String,
    /// The cell of the table.
    pub cell: String,
    /// The weight of a course for this indicator.
    pub weight: String,
    /// The post-stratum and its size, where the weights are calibrated.
    pub post_stratum: Option<[String; 2]>,
    /// The courses of the frame that the register calls yes and no, among the strata.
    pub frame: [String; 2],
}

/// The courses under construction: a column at a time.
pub(super) struct Courses<'e> {
    pub(super) evidence: Evidence<'e>,
    pub(super) rows: Vec<CourseRow<'e>>,
    pub(super) names: Names,
    data: DataSet,
}

impl<'e> Courses<'e> {
    /// The courses to be reviewed in the order of their study ids, which says nothing of the order of the draw.
    pub(super) fn new(evidence: Evidence<'e>, reviews: &'e Reviews) -> Self {
        let mut rows: Vec<CourseRow<'e>> =
            evidence.sample.in_use().filter_map(|course| CourseRow::of(evidence, reviews, course)).collect();
        rows.sort_by_key(|row| row.sampled.study_id);
        let data = DataSet {
            name: "confidential-courses",
            label: "CONFIDENTIAL: one row for each course to be reviewed",
            variables: Vec::new(),
            rows: vec![Vec::new(); rows.len()],
        };
        Courses { evidence, rows, names: Names::default(), data }
    }

    /// Adds a column.
    pub(super) fn add(
        &mut self,
        name: impl Into<String>,
        label: impl Into<String>,
        kind: VariableKind,
        of: impl Fn(&CourseRow<'e>) -> Datum,
    ) {
        self.data.variables.push(Variable { name: name.into(), label: label.into(), kind });
        let columns = self.data.rows.iter_mut().zip(&self.rows);
        columns.for_each(|(cells, course)| cells.push(of(course)));
    }

    /// Everything there is; the names of the variables of each indicator that the review can tell.
    pub(super) fn finish(
        mut self,
        tables: &BTreeMap<String, Tabulated>,
    ) -> (DataSet, Vec<IndicatorVariables>) {
        self.add_design();
        let indicators = &self.evidence.protocol.indicators;
        let variables = indicators.iter().filter_map(|one| self.add_indicator(one, tables.get(&one.id)));
        let variables = variables.collect();
        add_items(&mut self);
        (self.data, variables)
    }

    fn add_design(&mut self) {
        let stratum = self.evidence.protocol.strata.name.en.clone();
        let read = self.read_by_stratum();
        let n_read =
            move |course: &CourseRow<'_>| read.get(&course.stratum.code).copied().unwrap_or_default();
        let weight = n_read.clone();
        let text = |text: Option<&String>| text.map_or(Datum::Absent, |text| Datum::Text(text.clone()));
        let whole = |number: u64| Datum::Whole(i64::try_from(number).unwrap_or(i64::MAX));
        use VariableKind::{Coded, Month, Number, Text, Whole};
        self.add("study_id", "Study id", Text, |row| Datum::Text(row.sampled.study_id.to_string()));
        self.add("stratum", format!("Code of the {stratum}"), Text, move |row| text(Some(&row.stratum.code)));
        self.add("stratum_name", format!("Name of the {stratum}"), Text, move |row| {
            text(Some(&row.stratum.name))
        });
        self.add("cluster", "Cluster of the stratum", Text, move |row| text(row.stratum.cluster.as_ref()));
        self.add("N_frame", "N_h: courses of the stratum in the frame", Whole, move |row| {
            whole(row.stratum.frame)
        });
        self.add(
            "a_drawn",
            "a_h: courses of the stratum to be reviewed, reserves used included",
            Whole,
            move |row| whole(row.stratum.in_use),
        );
        self.add("n_read", "n_h: reviewed courses of the stratum that count", Whole, move |row| {
            whole(n_read(row))
        });
        self.add("weight", "N_h / n_h of a course that counts in n_h, else missing", Number, move |row| {
            if row.counts { weighted(row.stratum.frame, weight(row)) } else { Datum::Absent }
        });
        self.add("chart", "Whether there was a chart to read", Coded(charts()), answers::chart);
        self.add("period", "Month of the first attendance", Month, |row| {
            row.sampled.period.as_deref().map_or(Datum::Absent, Datum::month)
        });
        self.add(
            "age",
            format!("Age in years at the first attendance, {OLDEST}: {OLDEST} or more"),
            Whole,
            |row| row.sampled.age.map_or(Datum::Absent, |age| Datum::Whole(age.min(OLDEST).into())),
        );
        self.add("sex", "Sex", Text, move |row| text(row.sampled.sex.as_ref()));
    }

    /// n_h of each stratum.
    pub(super) fn read_by_stratum(&self) -> BTreeMap<String, u64> {
        let mut read = BTreeMap::new();
        for row in self.rows.iter().filter(|row| row.counts) {
            *read.entry(row.stratum.code.clone()).or_default() += 1;
        }
        read
    }

    fn add_indicator(
        &mut self,
        indicator: &'e Indicator,
        tables: Option<&Tabulated>,
    ) -> Option<IndicatorVariables> {
        let (id, name) = (indicator.id.as_str(), &indicator.name.en);
        if indicator.column.is_some() {
            let variable = self.names.of(id, "register");
            self.add(variable, format!("{name}: register"), VariableKind::Coded(yes_no()), |row| {
                answers::register(row, indicator)
            });
        }
        let tables = tables?;
        for (reading, ending) in [(Reading::First, "first"), (Reading::Second, "second")] {
            let variable = self.names.of(id, ending);
            let label = format!("{name}: {ending} reading, corrections included");
            self.add(variable, label, VariableKind::Coded(yes_no()), |row| answers::answer(row, id, reading));
        }
        let variable = self.names.of(id, "reference");
        self.add(variable, format!("{name}: reference standard"), VariableKind::Coded(yes_no()), |row| {
            answers::reference(row, id)
        });
        let variable = self.names.of(id, "how");
        self.add(variable, format!("{name}: how it was settled"), VariableKind::Coded(how()), |row| {
            answers::how(row, id)
        });
        let cell = self.names.of(id, "cell");
        self.add(cell.clone(), format!("{name}: cell of the table"), VariableKind::Coded(cells()), |row| {
            answers::cell(row, indicator)
        });
        let weight = self.add_item_weight(indicator, tables);
        let post_stratum = self.add_post_stratum(indicator, tables);
        let frame = ["frame_yes", "frame_no"].map(|ending| self.names.of(id, ending));
        Some(IndicatorVariables { id: id.to_owned(), cell, weight, post_stratum, frame })
    }

    /// With item weights n_h is the number of charts that tell, and so another one for each indicator.
    fn add_item_weight(&mut self, indicator: &'e Indicator, tables: &Tabulated) -> String {
        if !self.evidence.protocol.analysis.item_weights {
            return "weight".to_owned();
        }
        let name = self.names.of(&indicator.id, "weight");
        let label = format!("{}: N_h / answered of a course that counts, else missing", indicator.name.en);
        self.add(name.clone(), label, VariableKind::Number, |row| {
            match row.counts && !answers::is_unanswered(row, indicator) {
                true => weighted(row.stratum.frame, reviewed(tables, &row.stratum.code)),
                false => Datum::Absent,
            }
        });
        name
    }

    fn add_post_stratum(&mut self, indicator: &'e Indicator, tables: &Tabulated) -> Option<[String; 2]> {
        let by = self.evidence.protocol.analysis.post_stratify?;
        let of = PostStrataOf::new(indicator, tables, by);
        let names = ["post_stratum", "post_frame"].map(|ending| self.names.of(&indicator.id, ending));
        let title = &indicator.name.en;
        self.add(names[0].clone(), format!("{title}: post-stratum"), VariableKind::Text, |row| {
            of.of(row).map_or(Datum::Absent, |(name, _)| Datum::Text(name))
        });
        let label = format!("{title}: courses of the frame in the post-stratum");
        self.add(names[1].clone(), label, VariableKind::Whole, |row| {
            let frame = of.of(row).and_then(|(_, frame)| i64::try_from(frame).ok());
            frame.map_or(Datum::Absent, Datum::Whole)
        });
        Some(names)
    }
}

impl<'e> CourseRow<'e> {
    fn of(
        evidence: Evidence<'e>,
        reviews: &'e Reviews,
        sampled: &'e crate::draw::SampledCourse,
    ) -> Option<Self> {
        let stratum = evidence.sample.stratum(&sampled.stratum)?;
        let reference = evidence.reference.courses.get(&sampled.study_id)?;
        let ineligible = evidence.protocol.review.wrong_person == WrongPerson::Ineligible;
        let counts = match reference {
            Reference::Read(_) => true,
            Reference::NotRead(status) => *status == ChartStatus::WrongPerson && ineligible,
            Reference::Pending => false,
        };
        Some(CourseRow { sampled, stratum, reference, reviews, counts })
    }
}

/// n of a stratum, as the table of one indicator counts it.
fn reviewed(tables: &Tabulated, code: &str) -> u64 {
    let place = tables.codes.iter().position(|one| one == code);
    place.and_then(|place| tables.strata.strata().get(place)).map_or(0, |stratum| stratum.reviewed)
}

fn weighted(frame: u64, reviewed: u64) -> Datum {
    if reviewed == 0 { Datum::Absent } else { Datum::Number(frame as f64 / reviewed as f64) }
}

pub(super) fn yes_no() -> CodeList {
    CodeList::new("yes_no", 0, [("no", "No"), ("yes", "Yes")])
}

fn charts() -> CodeList {
    let words = ChartStatus::ALL.map(|status| (status.name(), status.word(crate::protocol::Language::En)));
    CodeList::new("chart", 1, words)
}

fn how() -> CodeList {
    let words = [("single", "One reading"), ("agreed", "Two readings agree"), ("adjudicated", "Adjudicated")];
    CodeList::new("how", 1, words)
}

fn cells() -> CodeList {
    let words = [
        ("tp", "TP: register yes, record yes"),
        ("fp", "FP: register yes, record no"),
        ("fn", "FN: register no, record yes"),
        ("tn", "TN: register no, record no"),
    ];
    CodeList::new("cell", 1, words)
}
