//! What a study says to the items of the checklists.

use super::Answer;
use crate::protocol::{Grouping, Indicator, Role};
use crate::report::article::{Prose, list};
use crate::report::{SOFTWARE, Table};

/// What the answers are made from.
pub(super) struct Answers<'a> {
    pub(super) prose: &'a Prose<'a>,
    pub(super) tables: &'a [Table],
}

impl Answers<'_> {
    pub(super) fn says(&self, texts: [&str; 2]) -> String {
        self.prose.says(texts)
    }

    /// The first table with one of these names, as an answer names it; nothing where it is not there.
    fn table(&self, name: &str) -> Option<String> {
        let place = self.tables.iter().position(|table| table.name == name)?;
        let (number, title) = (place + 1, &self.tables[place].title);
        Some(
            self.prose
                .style
                .says([format!("Tabel {number} (»{title}«)."), format!("Table {number} (“{title}”).")]),
        )
    }

    /// All of these tables that are there.
    fn listed(&self, names: &[&str]) -> Answer {
        let found: Vec<String> = names.iter().filter_map(|name| self.table(name)).collect();
        if found.is_empty() { Answer::author() } else { Answer::told(found.join(" ")) }
    }

    fn text(&self, sentences: &[String]) -> Answer {
        Answer::told(self.prose.paragraph(sentences))
    }

    pub(super) fn eligible(&self) -> Answer {
        self.text(&[self.prose.eligible()])
    }

    pub(super) fn found(&self) -> Answer {
        let register = &self.prose.results.head.register_name;
        let all = self.prose.style.says([
            format!("Alle rækker i et udtræk af {register}."),
            format!("All rows of an extract of {register}."),
        ]);
        Answer::told([Some(all), self.table("flow")].into_iter().flatten().collect::<Vec<_>>().join(" "))
    }

    pub(super) fn place_and_time(&self) -> Answer {
        let population = &self.prose.protocol.population;
        let place = format!("{}.", self.prose.strata_first());
        match self.prose.period(population.from, population.until) {
            Some(period) => {
                let period = self
                    .prose
                    .style
                    .says([format!("Første fremmøde {period}."), format!("First attendance {period}.")]);
                self.text(&[place, period])
            }
            None => self.text(&[place]).and(self.says(["perioden", "the period"])),
        }
    }

    pub(super) fn draw(&self) -> Answer {
        let sampling = &self.prose.protocol.sampling;
        let (stratum, total) = (self.prose.stratum(), self.prose.style.count(sampling.total));
        let drawn = self.prose.style.says([
            format!("Tilfældig stikprøve på {total} forløb, stratificeret efter {stratum}."),
            format!("A random sample of {total} courses, stratified by {stratum}."),
        ]);
        self.text(&[drawn, self.prose.seed()])
    }

    pub(super) fn register_values(&self) -> Answer {
        Answer::told(self.says([
            "Registrets værdier og deres betydning står i study.toml under [indicator.*.register], fastsat på forhånd; ændringer \
             er nævnt som post hoc.",
            "The register's values and their meaning are in study.toml under [indicator.*.register], set beforehand; changes \
             are told as post hoc.",
        ]))
    }

    pub(super) fn definitions(&self) -> Answer {
        Answer::told(self.says([
            "Definitioner og regler står i study.toml under [indicator.*] og [item.*], fastsat på forhånd; ændringer er nævnt som \
             post hoc.",
            "Definitions and rules are in study.toml under [indicator.*] and [item.*], set beforehand; changes are told as post \
             hoc.",
        ]))
    }

    pub(super) fn blinded(&self) -> Answer {
        Answer::told(self.says([
            "Skemaerne viste ikke, hvad registret sagde.",
            "The forms did not show what the register said.",
        ]))
    }

    pub(super) fn analysis(&self) -> Answer {
        Answer::told(self.says([
            "»Statistisk analyse« i text.md; formler i docs/methods.md.",
            "“Statistical analysis” in text.md; formulas in docs/methods.md.",
        ]))
    }

    pub(super) fn missing(&self) -> Answer {
        let mut sentences = self.prose.missing();
        sentences.push(self.prose.not_found());
        sentences.extend(["in-the-table", "sensitivity-analyses"].iter().filter_map(|name| self.table(name)));
        self.text(&sentences)
    }

    pub(super) fn parts(&self) -> Answer {
        let by = &self.prose.protocol.analysis.by;
        let words: Vec<String> = by.iter().map(|one| self.prose.grouping(*one)).collect();
        let style = self.prose.style;
        let parts = match by.is_empty() {
            true => self.says(["Ingen opdeling.", "No parts were analysed."]),
            false => {
                let listed = list(&words, style.says(["og", "and"]));
                style.says([format!("Opdelt efter {listed}."), format!("By {listed}.")])
            }
        };
        let of_grouping = |one: &Grouping| {
            ["by-", "prevalence-by-", "differences-by-"]
                .map(|table| self.table(&format!("{table}{}", one.name())))
        };
        let compared = ["homogeneity", "shrunken"].map(|table| self.table(table));
        let tables = by.iter().flat_map(of_grouping).chain(compared).flatten();
        self.text(&[vec![parts], tables.collect(), vec![self.prose.post_hoc()]].concat())
    }

    /// All that is neither flow nor the main tables.
    pub(super) fn others(&self) -> Answer {
        const OTHERS: [&str; 5] =
            ["sensitivity-analyses", "agreement", "weighted-agreement", "raw-items", "bootstrap"];
        let Answer { told, author } = self.parts();
        let others = OTHERS.iter().filter_map(|name| self.table(name));
        Answer { told: others.chain([told]).collect::<Vec<_>>().join(" "), author }
    }

    pub(super) fn size(&self) -> Answer {
        let total = self.prose.style.count(self.prose.provenance.total());
        let size = self.prose.style.says([format!("{total} forløb."), format!("{total} courses.")]);
        Answer::told(size).and(self.says(["begrundelsen", "the reason"]))
    }

    /// Who was read, and whether those who were not are like them.
    pub(super) fn selection(&self) -> Answer {
        let Answer { told, author } = self.flow();
        Answer {
            told: [Some(told), self.table("found")].into_iter().flatten().collect::<Vec<_>>().join(" "),
            author,
        }
    }

    pub(super) fn flow(&self) -> Answer {
        let figure = self.says(["Figur 1 (figures/flow).", "Figure 1 (figures/flow)."]);
        self.text(&[self.table("flow").into_iter().collect::<Vec<_>>(), vec![figure]].concat())
    }

    pub(super) fn baseline(&self) -> Answer {
        let found = self.listed(&["baseline", "in-the-table"]);
        match self.table("baseline") {
            Some(_) => found,
            None => found.and(self.says(["patienternes kendetegn", "the patients' characteristics"])),
        }
    }

    pub(super) fn accuracy(&self) -> Answer {
        self.listed(&["accuracy", "prevalence"])
    }

    pub(super) fn cross_table(&self) -> Answer {
        self.listed(&["accuracy", "eligibility"])
    }

    /// How items that are no yes or no become an answer.
    pub(super) fn quantities(&self) -> Answer {
        let is_derived = |one: &&Indicator| one.derived.is_some();
        let mut derived = self.prose.protocol.assessable().filter(is_derived).peekable();
        let plain = self.says(["Alle indikatorer er ja eller nej.", "All indicators are yes or no."]);
        if derived.peek().is_none() {
            return Answer::told(plain);
        }
        let style = self.prose.style;
        let names: Vec<String> = derived.map(|one| style.of(&one.name).to_owned()).collect();
        let names = list(&names, style.says(["og", "and"]));
        let rules = style.says([
            format!("{names}: ja eller nej følger af datoer, tal og valg efter reglerne i study.toml (derived.yes_if), med grænser fastsat på forhånd."),
            format!("{names}: yes or no follows from days, numbers and choices by the rules in study.toml (derived.yes_if), with limits set beforehand."),
        ]);
        self.text(&[plain, rules])
    }

    pub(super) fn limits(&self) -> Answer {
        Answer::told(self.says(["»Begrænsninger« i report.html.", "“Limits” in report.html."]))
            .and(self.says(["diskussionen", "the discussion"]))
    }

    pub(super) fn protocol(&self) -> Answer {
        let style = self.prose.style;
        Answer::told(style.says([
            format!("Protokollen er study.toml, fastlåst ved udtrækningen; dens digest står i manifest.json. Programmet er {SOFTWARE}."),
            format!("The protocol is study.toml, frozen at the draw; its digests are in manifest.json. The software is {SOFTWARE}."),
        ]))
        .and(self.says(["hvor protokol og data findes", "where protocol and data are"]))
    }

    pub(super) fn sources(&self) -> Answer {
        let register = &self.prose.results.head.register_name;
        Answer::told(self.prose.style.says([
            format!("{register}, sammenholdt med patienternes journaler."),
            format!("{register}, compared with the patients' records."),
        ]))
    }

    pub(super) fn linkage(&self) -> Answer {
        let key: Vec<&str> = self.prose.protocol.layout.key.iter().map(Role::name).collect();
        let key = key.join(" | ");
        Answer::told(self.prose.style.says([
            format!("Ingen databaser blev koblet; journalerne blev slået op efter registernøglen ({key})."),
            format!("No databases were linked; records were looked up by the record key ({key})."),
        ]))
    }

    pub(super) fn design(&self) -> Answer {
        Answer::told(self.says([
            "Validering af et register mod journaler: tilfældig stikprøve, blindet gennemgang.",
            "Validation of a register against records: random sample, blinded review.",
        ]))
    }

    pub(super) fn codes(&self) -> Answer {
        match self.prose.protocol.population.diagnoses.is_empty() {
            true => Answer::told(self.says(["Ingen diagnosekoder.", "No diagnosis codes."])),
            false => self.eligible(),
        }
    }

    pub(super) fn cleaning(&self) -> Answer {
        Answer::told(self.says([
            "Rækker med ulæselig nøgle, alder, diagnose eller stratum og gentagne rækker udgik og er talt op. Et indledende nul, som et \
             regneark har taget fra et CPR-nummer, blev sat tilbage; ellers blev intet rettet.",
            "Rows with an unreadable key, age, diagnosis or stratum and repeated rows were left out and counted. A leading zero that a \
             spreadsheet had taken from a CPR number was put back; nothing else was corrected.",
        ]))
    }

    pub(super) fn key_results(&self) -> Answer {
        Answer::told(self.says(["»Resultater« i text.md.", "“Results” in text.md."]))
            .and(self.says(["hovedfundene", "the key results"]))
    }

    pub(super) fn generalised(&self) -> Answer {
        self.text(&[self.prose.correction()]).and(self.says(["om andre registre", "of other registers"]))
    }
}
