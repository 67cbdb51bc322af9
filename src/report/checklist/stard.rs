//! The items of STARD 2015 and what a study of a register says to them.

use super::answers::Answers;
use super::{Answer, Item};

pub(super) const ITEMS: [Item; 34] = [
    (
        "1",
        [
            "Titel eller resumé: et studie af diagnostisk nøjagtighed, med mindst ét mål",
            "Title or abstract: a study of diagnostic accuracy, with at least one measure",
        ],
    ),
    (
        "2",
        [
            "Resumé: struktureret, med design, metoder, resultater og konklusion",
            "Abstract: structured, with design, methods, results and conclusion",
        ],
    ),
    (
        "3",
        [
            "Indledning: baggrund, og hvad testen skal bruges til",
            "Introduction: background, and what the index test is for",
        ],
    ),
    ("4", ["Indledning: formål og hypoteser", "Introduction: objectives and hypotheses"]),
    (
        "5",
        [
            "Design: data indsamlet før eller efter testene",
            "Design: data collected before or after the tests",
        ],
    ),
    ("6", ["Deltagere: hvem der kunne indgå", "Participants: who was eligible"]),
    ("7", ["Deltagere: hvordan de blev fundet", "Participants: how they were found"]),
    ("8", ["Deltagere: hvor og hvornår", "Participants: where and when"]),
    (
        "9",
        [
            "Deltagere: fortløbende, tilfældigt eller efter bekvemmelighed",
            "Participants: consecutive, random or by convenience",
        ],
    ),
    ("10a", ["Metoder: testen, så den kan gentages", "Methods: the index test, so that it can be repeated"]),
    (
        "10b",
        [
            "Metoder: referencestandarden, så den kan gentages",
            "Methods: the reference standard, so that it can be repeated",
        ],
    ),
    ("11", ["Metoder: hvorfor denne referencestandard", "Methods: why this reference standard"]),
    (
        "12a",
        [
            "Metoder: testens grænser og kategorier, og om de var fastsat på forhånd",
            "Methods: cut-offs and categories of the index test, and whether they were set beforehand",
        ],
    ),
    ("12b", ["Metoder: det samme for referencestandarden", "Methods: the same for the reference standard"]),
    (
        "13a",
        ["Metoder: hvad de, der aflæste testen, vidste", "Methods: what those who read the index test knew"],
    ),
    (
        "13b",
        [
            "Metoder: hvad de, der vurderede referencestandarden, vidste",
            "Methods: what those who assessed the reference standard knew",
        ],
    ),
    ("14", ["Analyse: hvordan nøjagtigheden er estimeret", "Analysis: how accuracy was estimated"]),
    ("15", ["Analyse: uafgjorte resultater", "Analysis: indeterminate results"]),
    ("16", ["Analyse: manglende data", "Analysis: missing data"]),
    (
        "17",
        [
            "Analyse: variation i nøjagtigheden; planlagt eller eksplorativt",
            "Analysis: variability of accuracy; planned or exploratory",
        ],
    ),
    ("18", ["Analyse: stikprøvens størrelse og begrundelsen", "Analysis: the sample size and its reason"]),
    (
        "19",
        [
            "Resultater: deltagernes vej gennem studiet, med diagram",
            "Results: the flow of participants, with a diagram",
        ],
    ),
    ("20", ["Resultater: deltagernes kendetegn", "Results: characteristics of the participants"]),
    (
        "21a",
        [
            "Resultater: sygdommens sværhedsgrad blandt dem, der har den",
            "Results: severity among those with the condition",
        ],
    ),
    (
        "21b",
        [
            "Resultater: andre diagnoser blandt dem, der ikke har den",
            "Results: other diagnoses among those without it",
        ],
    ),
    (
        "22",
        [
            "Resultater: tid og behandling mellem test og referencestandard",
            "Results: time and treatment between index test and reference standard",
        ],
    ),
    (
        "23",
        [
            "Resultater: krydstabel af test mod referencestandard",
            "Results: cross-table of index test against reference standard",
        ],
    ),
    ("24", ["Resultater: estimater med deres usikkerhed", "Results: estimates with their precision"]),
    (
        "25",
        [
            "Resultater: skader ved test eller referencestandard",
            "Results: harms of index test or reference standard",
        ],
    ),
    ("26", ["Diskussion: begrænsninger og mulig bias", "Discussion: limitations and possible bias"]),
    (
        "27",
        [
            "Diskussion: betydning for praksis og for testens brug",
            "Discussion: implications for practice and for the use of the test",
        ],
    ),
    ("28", ["Andet: registrering af studiet", "Other: registration of the study"]),
    ("29", ["Andet: hvor protokollen findes", "Other: where the protocol is"]),
    (
        "30",
        ["Andet: finansiering og finansieringskildernes rolle", "Other: funding, and the role of funders"],
    ),
];

impl Answers<'_> {
    pub(super) fn stard(&self, number: &str) -> Answer {
        match number {
            "5" => Answer::told(self.says([
                "Retrospektivt: registrets værdier fandtes, før journalerne blev læst.",
                "Retrospective: the register's values were there before the records were read.",
            ])),
            "6" => self.eligible(),
            "7" => self.found(),
            "8" => self.place_and_time(),
            "9" => self.draw(),
            "10a" | "12a" => self.register_values(),
            "10b" | "12b" => self.definitions(),
            "13a" => Answer::told(self.says([
                "Registrets værdier var indberettet, før journalerne blev gennemgået.",
                "The register's values had been reported before the records were reviewed.",
            ])),
            "13b" => self.blinded(),
            "14" => self.analysis(),
            "15" | "16" => self.missing(),
            "17" => self.parts(),
            "18" => self.size(),
            "19" => self.flow(),
            "20" => self.baseline(),
            "23" => self.cross_table(),
            "24" => self.accuracy(),
            "25" => Answer::told(
                self.says(["Ingen: der blev kun læst journaler.", "None: records alone were read."]),
            ),
            "26" => self.limits(),
            "29" => self.protocol(),
            _ => Answer::author(),
        }
    }
}
