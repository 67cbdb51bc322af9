//! How the sample was drawn.

use super::citations::{ALLOCATION, PERMANENT_NUMBERS};
use super::prose::Prose;
use crate::protocol::AllocationRule;

impl Prose<'_> {
    /// The paragraph of population and sample.
    pub(super) fn sampling(&mut self) -> String {
        let mut sentences = self.population();
        sentences.extend([self.sample(), self.reserve(), self.enlarged(), self.numbers(), self.seed()]);
        self.paragraph(&sentences)
    }

    fn sample(&mut self) -> String {
        let stratum = self.stratum();
        let total = self.style.count(self.protocol.sampling.total);
        let [da, en] = self.allocation();
        self.style.says([
            format!(
                "Blandt dem blev der udtrukket en tilfældig stikprøve på {total} forløb, stratificeret efter {stratum}; {da}."
            ),
            format!("Of these we drew a random sample of {total} courses, stratified by {stratum}; {en}."),
        ])
    }

    /// How the total was spread, in both languages.
    fn allocation(&mut self) -> [String; 2] {
        let sampling = &self.protocol.sampling;
        let (stratum, minimum) = (self.stratum(), sampling.minimum);
        let [da, en] = match sampling.allocation {
            AllocationRule::Proportional => [
                "antallet fra hvert stratum var proportionalt med antallet af forløb",
                "the number from each was proportional to its number of courses",
            ],
            AllocationRule::Equal => {
                ["antallet var det samme fra hvert stratum", "the same number was drawn from each"]
            }
            AllocationRule::Fixed => {
                return [
                    "antallet fra hvert stratum var fastsat på forhånd".to_owned(),
                    format!("the number from each {stratum} was fixed beforehand"),
                ];
            }
        };
        if minimum < 2 {
            return [da.to_owned(), en.to_owned()];
        }
        let cited = self.cite(&[ALLOCATION]);
        [format!("{da}, dog mindst {minimum}{cited}"), format!("{en}, but at least {minimum}{cited}")]
    }

    fn reserve(&self) -> String {
        match self.protocol.sampling.reserve.get() {
            0 => String::new(),
            percent => self.style.says([
                format!(
                    "Desuden blev der i samme rækkefølge udtrukket en reserve på {percent} % af hvert stratums antal til at \
                     erstatte forløb, hvis journal ikke kunne findes."
                ),
                format!(
                    "A reserve of {percent} % of each stratum's number was drawn in the same order, to replace courses whose \
                     record could not be found."
                ),
            ]),
        }
    }

    fn enlarged(&self) -> String {
        if self.provenance.draws.len() < 2 {
            return String::new();
        }
        let total = self.style.count(self.provenance.total());
        self.style.says([
            format!("Stikprøven blev siden udvidet i samme rækkefølge til {total} forløb."),
            format!("The sample was later enlarged in the same order to {total} courses."),
        ])
    }

    fn numbers(&mut self) -> String {
        let cited = self.cite(&[PERMANENT_NUMBERS]);
        self.style.says([
            format!(
                "Hvert forløb fik et permanent tilfældigt tal{cited}, nemlig SHA-256 af en startværdi og forløbets registernøgle, og i \
                 hvert stratum blev forløbene med de mindste tal udtrukket. Lodtrækningen kan derfor gentages af enhver, der har \
                 registret."
            ),
            format!(
                "Each course was given a permanent random number{cited}, the SHA-256 of a seed and the course's record key, and \
                 within each stratum the courses with the smallest numbers were drawn. Anybody who holds the register can \
                 therefore repeat the draw."
            ),
        ])
    }

    pub(in crate::report) fn seed(&self) -> String {
        let sampling = &self.protocol.sampling;
        let Some(seed) = &sampling.seed else { return String::new() };
        let source = sampling
            .seed_source
            .as_ref()
            .map(|source| format!(" ({})", source.trim_end_matches('.')))
            .unwrap_or_default();
        self.style.says([
            format!("Startværdien (seed) var »{seed}«{source}."),
            format!("The seed was “{seed}”{source}."),
        ])
    }
}
