//! What the colours of an entry sheet follow: begun and not complete, complete, not asked, no answer to what is asked or at odds with another one.

use std::ops::Range;

use super::asked::{RowFormulas, cell, quoted};
use super::entry_check::status_words;
use super::misfit::{is_untold, misfit, no_day, none_of, too_long};
use super::{Colour, ColourRule};
use crate::protocol::Item;
use crate::review::{ChartStatus, Question};

/// Longer formulas are not read back by every program.
const LONGEST_FORMULA: usize = 8000;

/// The columns in front of the questions: study id, chart status, reviewer, date.
const STATUS: usize = 1;
const DATE: usize = 3;

/// An entry sheet, as its colours look at it.
pub(super) struct Colours<'c> {
    pub(super) formulas: RowFormulas<'c>,
    /// Whether each question must be answered for every course on the form, where it is asked at all.
    pub(super) required: &'c [bool],
    /// The rows of the courses, from 0.
    pub(super) rows: Range<usize>,
}

impl Colours<'_> {
    /// All rules, the first that holds wins: no answer needed, wrong, complete, begun.
    pub(super) fn rules(&self) -> Vec<ColourRule> {
        let mut rules = self.not_asked();
        let of_no_chart =
            format!("AND({}<>\"\",{})", self.moving(self.formulas.first_column), self.without_chart());
        rules.push(self.rule(self.questions(), of_no_chart, Colour::Wrong));
        let wrong = self.broken();
        rules.extend(wrong.map(|(column, wrong)| self.rule(column..column + 1, wrong, Colour::Wrong)));
        rules.push(self.rule(0..self.comment() + 1, self.complete(), Colour::Complete));
        rules.extend(self.open());
        rules
    }

    fn not_asked(&self) -> Vec<ColourRule> {
        let empty = format!("AND({}=\"\",{})", self.moving(self.formulas.first_column), self.without_chart());
        let whole = self.rule(self.questions(), empty, Colour::NotAsked);
        let single = self.conditional().map(|(column, asked)| {
            let not_asked = format!("AND({}=\"\",NOT({asked}))", self.at(column));
            self.rule(column..column + 1, not_asked, Colour::NotAsked)
        });
        std::iter::once(whole).chain(single).collect()
    }

    /// The study id of a row that is begun, and the cells that it lacks.
    fn open(&self) -> Vec<ColourRule> {
        let begun = self.begun();
        let lacks = |columns: Range<usize>, when: &str| {
            let empty = format!("{}=\"\"", self.moving(columns.start));
            self.rule(columns, format!("AND({begun},{empty}{when})"), Colour::Open)
        };
        let may = format!(",{}", self.may_have_answers());
        let own = [self.rule(0..1, begun.clone(), Colour::Open), lacks(STATUS..DATE + 1, "")];
        let always = self.needed().into_iter().map(|columns| lacks(columns, &may));
        let sometimes = self.conditional().filter(|(column, _)| self.is_required(*column));
        let sometimes = sometimes.map(|(column, asked)| lacks(column..column + 1, &format!("{may},{asked}")));
        own.into_iter().chain(always).chain(sometimes).collect()
    }

    fn rule(&self, columns: Range<usize>, formula: String, colour: Colour) -> ColourRule {
        ColourRule { columns, rows: self.rows.clone(), formula, colour }
    }

    fn questions(&self) -> Range<usize> {
        let first = self.formulas.first_column;
        first..first + self.formulas.questions.len()
    }

    fn comment(&self) -> usize {
        self.questions().end
    }

    fn is_required(&self, column: usize) -> bool {
        self.required[column - self.formulas.first_column]
    }

    fn at(&self, column: usize) -> String {
        cell(column, self.formulas.row)
    }

    /// The same for formulas of several columns, which move with them.
    fn moving(&self, column: usize) -> String {
        self.at(column).trim_start_matches('$').to_owned()
    }

    fn across(&self, columns: Range<usize>) -> String {
        format!("{}:{}", self.at(columns.start), self.at(columns.end - 1))
    }

    /// The questions that are asked of some charts only, with the formula for when.
    fn conditional(&self) -> impl Iterator<Item = (usize, String)> {
        self.questions().zip(self.formulas.questions).filter_map(|(column, question)| {
            let Question::Item(item) = question else { return None };
            Some((column, self.formulas.holds(item.ask_if.as_ref()?)?))
        })
    }

    /// The columns with the formula for an entry that is no answer there, or that does not fit the others.
    fn broken(&self) -> impl Iterator<Item = (usize, String)> {
        let status = none_of(&status_words(self.formulas.language), &self.at(STATUS));
        let status = status.map(|wrong| (STATUS, self.filled(STATUS, &wrong)));
        let day = (DATE, self.filled(DATE, &no_day(&self.at(DATE))));
        let comment = (self.comment(), too_long(&self.at(self.comment())));
        let answers = self.questions().zip(self.formulas.questions).filter_map(|(column, question)| {
            let wrong = self.faults(column, question);
            (!wrong.is_empty()).then(|| (column, self.filled(column, &format!("OR({})", wrong.join(",")))))
        });
        status.into_iter().chain([day]).chain(answers).chain([comment])
    }

    fn filled(&self, column: usize, wrong: &str) -> String {
        format!("AND({}<>\"\",{wrong})", self.at(column))
    }

    /// What can be wrong with an answer: no word or number for this cell, at odds with the codebook, or not asked for.
    fn faults(&self, column: usize, question: &Question<'_>) -> Vec<String> {
        let at = self.at(column);
        let own = misfit(question, &at, self.formulas.language);
        let Question::Item(item) = question else { return own.into_iter().collect() };
        let odd = item.must.as_ref().and_then(|rule| self.formulas.fails(rule));
        own.into_iter().chain(odd).chain(self.needless(item, &at)).collect()
    }

    /// An answer to what is not asked for; that it is not relevant says the same as an empty cell.
    fn needless(&self, item: &Item, at: &str) -> Option<String> {
        let not_asked = self.formulas.fails(item.ask_if.as_ref()?)?;
        Some(format!("AND({not_asked},NOT({}))", is_untold(at, self.formulas.language)))
    }

    /// The columns that every chart with answers needs, neighbours together.
    fn needed(&self) -> Vec<Range<usize>> {
        let always =
            |question: &Question<'_>| !matches!(question, Question::Item(item) if item.ask_if.is_some());
        let mut runs: Vec<Range<usize>> = Vec::new();
        for (column, question) in self.questions().zip(self.formulas.questions) {
            match runs.last_mut() {
                _ if !(always(question) && self.is_required(column)) => {}
                Some(last) if last.end == column => last.end = column + 1,
                _ => runs.push(column..column + 1),
            }
        }
        runs
    }

    /// Anything but the study id is filled in.
    fn begun(&self) -> String {
        format!("COUNTA({})>0", self.across(STATUS..self.comment() + 1))
    }

    fn found(&self) -> String {
        quoted(ChartStatus::Found.word(self.formulas.language))
    }

    /// The status says that nobody read the chart.
    fn without_chart(&self) -> String {
        format!("AND({0}<>\"\",{0}<>{1})", self.at(STATUS), self.found())
    }

    fn may_have_answers(&self) -> String {
        format!("OR({0}=\"\",{0}={1})", self.at(STATUS), self.found())
    }

    fn complete(&self) -> String {
        let always = self.needed().into_iter().map(|columns| format!("COUNTBLANK({})", self.across(columns)));
        let always: Vec<String> = always.collect();
        let sometimes = self.conditional().filter(|(column, _)| self.is_required(*column));
        let sometimes = sometimes.map(|(column, asked)| format!("({}=\"\")*({asked})", self.at(column)));
        let wrong = self.broken().map(|(_, wrong)| format!("({wrong})*1"));
        // What is missing goes before what is wrong, which has a colour of its own.
        let mut terms = always;
        for term in sometimes.chain(wrong) {
            terms.push(term);
            if self.complete_without(&terms).len() > LONGEST_FORMULA {
                terms.pop();
                break;
            }
        }
        self.complete_without(&terms)
    }

    /// Complete where none of these is missing or wrong.
    fn complete_without(&self, missing: &[String]) -> String {
        let own = format!("COUNTBLANK({})=0", self.across(STATUS..DATE + 1));
        let missing = if missing.is_empty() { "0".to_owned() } else { missing.join("+") };
        let (status, found) = (self.at(STATUS), self.found());
        format!("AND({own},IF({status}={found},{missing}=0,COUNTA({})=0))", self.across(self.questions()))
    }
}
