//! What the numbers cannot say.

use super::{Block, Page};
use crate::report::IndicatorResults;
use crate::report::part_rows::is_plain_alone;

impl Page<'_> {
    pub(super) fn limits(&self) -> Vec<Block> {
        let mut points = vec![self.registered_only(), self.not_found(), self.record()];
        points.extend(self.prose.not_assessable());
        points.extend([
            self.prose.register_positives(),
            self.parts(),
            self.protected(),
            self.several(),
            self.prose.looks(),
        ]);
        points.extend(self.post_hoc());
        points.push(self.prose.correction());
        let points: Vec<String> =
            points.iter().map(|one| self.prose.paragraph(std::slice::from_ref(one))).collect();
        vec![Block::Points(points.into_iter().filter(|point| !point.is_empty()).collect())]
    }

    fn registered_only(&self) -> String {
        self.says([
            "Kun registrerede forløb er dækket. Sensitiviteten er den blandt registrerede forløb; om patienter, der aldrig blev \
             registreret, siger tallene intet.",
            "Only registered courses are covered. Sensitivity is that among registered courses; of patients who were never \
             registered the numbers say nothing.",
        ])
    }

    fn not_found(&self) -> String {
        self.says([
            "Vægtene forudsætter, at journaler mangler tilfældigt inden for hvert stratum. Om de fundne ligner de ikke fundne, kan \
             kun registrets egne værdier antyde.",
            "The weights assume that records are missing at random within each stratum. Only the register's own values can hint at \
             whether those found are like those not found.",
        ])
    }

    fn record(&self) -> String {
        let twice = self.prose.results.agreement.iter().any(|one| one.agreement.is_some());
        let record = self.says([
            "Journalen er referencestandard, ikke sandheden: hvad der blev gjort, men ikke skrevet ned, regnes som manglende eller \
             som et nej, som protokollen siger for hver indikator.",
            "The record is the reference standard, not the truth: what was done but not written down counts as missing or as \
             a no, as the protocol says for each indicator.",
        ]);
        let readers = match twice {
            true => self.says([
                "Fejl, som to bedømmere begår ens, ses ikke af deres enighed.",
                "Errors that two reviewers share do not show in their agreement.",
            ]),
            false => self.says([
                "Hvor enige to gennemgange ville være, vides ikke.",
                "How far two reviewers would agree is not known.",
            ]),
        };
        format!("{record} {readers}")
    }

    fn parts(&self) -> String {
        match self.prose.protocol.analysis.by.is_empty() {
            true => String::new(),
            false => self.says([
                "Tal for dele af studiet hviler på få journaler og er beskrivende. # er et skjult tal.",
                "Figures of parts of the study rest on few records and are descriptive. # is a hidden number.",
            ]),
        }
    }

    /// What the protection of small cells costs, or what the leave to print more means.
    fn protected(&self) -> String {
        let is_plain = |one: &IndicatorResults| {
            one.groups.iter().filter_map(|group| group.assessed.as_deref()).any(is_plain_alone)
        };
        match self.prose.results.indicators.iter().any(is_plain) {
            true => self.says([
                "For nogle dele vises kun uvægtede tal, fordi skjulte antal kunne følge af de vægtede: de gælder de læste journaler, ikke rammen.",
                "Of some parts plain figures alone are shown, because hidden counts could follow from the weighted ones: they are about the \
                 records that were read, not the frame.",
            ]),
            false => self.prose.leave(),
        }
    }

    fn several(&self) -> String {
        match self.prose.protocol.assessable().count() {
            0 | 1 => String::new(),
            _ => self.says([
                "Hvert konfidensinterval gælder for sig; de er ikke justeret for antallet af indikatorer.",
                "Each confidence interval holds by itself; they are not adjusted for the number of indicators.",
            ]),
        }
    }

    /// Changes of the frozen protocol, a point each.
    fn post_hoc(&self) -> Vec<String> {
        let changes = self.prose.results.head.post_hoc.iter();
        changes.map(|one| format!("Post hoc: {}.", self.prose.style.of(one))).collect()
    }
}
