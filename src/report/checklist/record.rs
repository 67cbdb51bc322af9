//! The items of STROBE, those of RECORD beside them, and what a study of a register says to them.

use super::answers::Answers;
use super::{Answer, Item};

pub(super) const ITEMS: [Item; 35] = [
    (
        "1",
        [
            "Titel og resumé: designet med et kendt ord; hvad der blev gjort og fundet",
            "Title and abstract: the design by a common term; what was done and found",
        ],
    ),
    (
        "1.1",
        [
            "Titel eller resumé: datatype og databasernes navne",
            "Title or abstract: the type of data and the names of the databases",
        ],
    ),
    ("1.2", ["Titel eller resumé: område og periode", "Title or abstract: region and period"]),
    (
        "1.3",
        ["Titel eller resumé: om databaser blev koblet", "Title or abstract: whether databases were linked"],
    ),
    ("2", ["Indledning: baggrund og begrundelse", "Introduction: background and rationale"]),
    ("3", ["Indledning: formål og hypoteser", "Introduction: objectives and hypotheses"]),
    ("4", ["Metoder: design", "Methods: design"]),
    ("5", ["Metoder: sted, periode og dataindsamling", "Methods: setting, period and data collection"]),
    ("6", ["Metoder: deltagere, kilder og udvælgelse", "Methods: participants, sources and selection"]),
    (
        "6.1",
        [
            "Metoder: koder eller algoritmer, der afgrænser populationen",
            "Methods: codes or algorithms that define the population",
        ],
    ),
    ("6.2", ["Metoder: om disse koder er valideret", "Methods: whether these codes were validated"]),
    ("6.3", ["Metoder: koblingens trin, med antal", "Methods: the steps of linkage, with numbers"]),
    ("7", ["Metoder: variable og deres definitioner", "Methods: variables and their definitions"]),
    (
        "7.1",
        [
            "Metoder: alle koder og algoritmer bag variablene",
            "Methods: all codes and algorithms behind the variables",
        ],
    ),
    ("8", ["Metoder: datakilder og måling", "Methods: sources of data and measurement"]),
    ("9", ["Metoder: bias og hvad der er gjort mod den", "Methods: bias, and what was done against it"]),
    ("10", ["Metoder: studiets størrelse", "Methods: study size"]),
    ("11", ["Metoder: kvantitative variable", "Methods: quantitative variables"]),
    (
        "12",
        [
            "Metoder: statistik, undergrupper, manglende data, følsomhed",
            "Methods: statistics, subgroups, missing data, sensitivity",
        ],
    ),
    (
        "12.1",
        ["Metoder: forskernes adgang til databasen", "Methods: the investigators' access to the database"],
    ),
    ("12.2", ["Metoder: rensning af data", "Methods: cleaning of data"]),
    ("12.3", ["Metoder: koblingens metode og kvalitet", "Methods: method and quality of linkage"]),
    (
        "13",
        [
            "Resultater: deltagere på hvert trin, med årsager",
            "Results: participants at each stage, with reasons",
        ],
    ),
    (
        "13.1",
        [
            "Resultater: udvælgelse efter datakvalitet, tilgængelighed og kobling",
            "Results: selection by quality, availability and linkage",
        ],
    ),
    (
        "14",
        ["Resultater: deltagernes kendetegn og manglende data", "Results: characteristics and missing data"],
    ),
    ("15", ["Resultater: antal med udfald", "Results: numbers of outcomes"]),
    ("16", ["Resultater: hovedresultater med usikkerhed", "Results: main results with precision"]),
    ("17", ["Resultater: andre analyser", "Results: other analyses"]),
    ("18", ["Diskussion: hovedfund", "Discussion: key results"]),
    ("19", ["Diskussion: begrænsninger", "Discussion: limitations"]),
    (
        "19.1",
        [
            "Diskussion: data, der ikke er indsamlet til formålet: fejlklassifikation, mangler",
            "Discussion: data not collected for the purpose: misclassification, missing values",
        ],
    ),
    ("20", ["Diskussion: fortolkning", "Discussion: interpretation"]),
    ("21", ["Diskussion: generaliserbarhed", "Discussion: generalisability"]),
    ("22", ["Andet: finansiering", "Other: funding"]),
    ("22.1", ["Andet: adgang til protokol, data og programkode", "Other: access to protocol, data and code"]),
];

impl Answers<'_> {
    pub(super) fn record(&self, number: &str) -> Answer {
        match number {
            "1.1" => self.sources().and(self.says(["resuméet", "the abstract"])),
            "1.2" => self.place_and_time(),
            "1.3" | "6.3" | "12.3" => self.linkage(),
            "4" | "9" => self.design(),
            "5" => self.place_and_time().and(self.says(["stedet", "the setting"])),
            "6" => self.eligible(),
            "6.1" => self.codes(),
            "7" => self.definitions(),
            "7.1" => self.register_values(),
            "8" => self.sources(),
            "10" => self.size(),
            "11" => self.quantities(),
            "12" => self.analysis(),
            "12.2" => self.cleaning(),
            "13" => self.flow(),
            "13.1" => self.selection(),
            "14" => self.baseline(),
            "15" | "16" => self.accuracy(),
            "17" => self.others(),
            "18" => self.key_results(),
            "19" | "19.1" => self.limits(),
            "21" => self.generalised(),
            "22.1" => self.protocol(),
            _ => Answer::author(),
        }
    }
}
