//! What a reader of the paper's table must know, below it.

use super::calibration_table::calibration_note;
use super::coarse::{Digits, TENTHS_LEFT};
use super::result_tables::{MAIN, whole};
use super::two_by_two::{interval_title, row_title, weighted_title};
use super::weighted_notes::NOT_CALIBRATED;
use super::{IndicatorResults, Results, Style};
use crate::accuracy::Assessed;
use crate::protocol::{Indicator, Protocol, Undocumented};
use crate::stats::{Measure, WeightedWarning};

/// The notes of the table of accuracy.
pub(super) fn accuracy_notes(results: &Results, protocol: &Protocol) -> Vec<String> {
    let style = Style::from(protocol.report);
    let covered = [
        "Blandt registrerede forløb: patienter, der aldrig blev registreret, er ikke dækket.",
        "Among registered courses: patients who were never registered are not covered.",
    ];
    let mut notes = vec![style.says(covered).to_owned(), lines_note(protocol)];
    notes.extend(calibration_note(protocol));
    notes.extend(item_weight_note(protocol));
    notes.extend(head_notes(results, style));
    if style.decimals > 1 && is_coarse(results) {
        notes.push(style.says(TENTHS).to_owned());
    }
    notes.extend(no_variance_note(results, style));
    for indicator in &results.indicators {
        let name = style.of(&indicator.name);
        let warnings = whole(indicator).into_iter().flat_map(|assessed| warnings(assessed, protocol));
        notes.extend(warnings.map(|warning| format!("{name}: {warning}.")));
        notes.extend(coarse_note(indicator, style));
        if whole(indicator).is_some_and(|assessed| !assessed.refused.is_empty()) {
            notes.push(format!("{name}: {}.", style.says(ONLY_PPV)));
        }
    }
    notes
}

/// Whether weighted figures of the whole study were rounded for the sake of hidden counts.
pub(super) fn is_coarse(results: &Results) -> bool {
    let whole = results.indicators.iter().filter_map(whole);
    whole.flat_map(|assessed| &assessed.measures).any(|one| one.weighted.coarse == Some(TENTHS_LEFT))
}

/// Why such figures have one decimal.
pub(super) const TENTHS: [&str; 2] = [
    "Vægtede tal, som et skjult antal kunne følge af, er afrundet til tiendedele af en procent.",
    "Weighted figures that a hidden count could follow from are rounded to tenths of a per cent.",
];

/// Why the weighted figures of an indicator are coarser than those of the others, or not there; nothing where its table is hidden.
pub(super) fn coarse_note(indicator: &IndicatorResults, style: Style) -> Option<String> {
    let note = match indicator.digits.weighted {
        Digits::All | Digits::Printed => return None,
        Digits::WholePerCent => [
            "vægtede tal er i hele procent, en forskel for sig selv, fordi skjulte antal kunne følge af finere tal",
            "weighted figures are in whole per cent, a difference rounded by itself, because hidden counts could follow from finer ones",
        ],
        Digits::Hidden => [
            "vægtede tal vises ikke, fordi skjulte antal kunne følge af dem; de uvægtede gælder journalerne, ikke rammen",
            "weighted figures are not shown, because hidden counts could follow from them; the plain ones are about the records, not the frame",
        ],
    };
    whole(indicator)?;
    Some(format!("{}: {}.", style.of(&indicator.name), style.says(note)))
}

/// Why a frame of register-positives gives one measure alone.
const ONLY_PPV: [&str; 2] = [
    "rammen rummer kun forløb, hvor registret siger ja, så kun PPV kan estimeres",
    "the frame holds only courses for which the register says yes, so only the PPV can be estimated",
];

/// What the two lines of an indicator are.
fn lines_note(protocol: &Protocol) -> String {
    let (analysis, style) = (&protocol.analysis, Style::from(protocol.report));
    let correction = style.says(match analysis.finite_population_correction {
        true => [
            "med endelighedskorrektion: spørgsmålet gælder dette register i denne periode",
            "with the finite population correction: the question is about this register in this period",
        ],
        false => [
            "uden endelighedskorrektion: spørgsmålet gælder den proces, der ligger bag registret",
            "without the finite population correction: the question is about the process behind the register",
        ],
    });
    let calibrated = match analysis.post_stratify {
        Some(_) => style.says([
            " og poststratificeret efter registrets værdi",
            " and post-stratified by the register's value",
        ]),
        None => "",
    };
    let weighted = weighted_title(analysis.weighted_interval, style);
    let (plain, strata) = (interval_title(analysis.interval, style), style.of(&protocol.strata.name));
    style.says([
        format!("Første linje: vægtet efter designet{calibrated}, stratificeret efter {strata}, {weighted}-intervaller, {correction}. Anden linje, uvægtet: {plain} intervaller."),
        format!("First line: weighted by the design{calibrated}, stratified by {strata}, {weighted} intervals, {correction}. Second line, plain: without weights, {plain} intervals."),
    ])
}

/// What stands for a record that does not document an indicator; nothing to say where none is declared missing.
fn item_weight_note(protocol: &Protocol) -> Option<String> {
    let is_missing = |one: &Indicator| one.missing.not_documented == Undocumented::Missing;
    let style = Style::from(protocol.report);
    let name = style.of(&protocol.strata.name);
    let weights = match protocol.analysis.post_stratify {
        Some(_) => style.says(["Udgangsvægte", "Starting weights"]),
        None => style.says(["Vægte", "Weights"]),
    };
    let counted: Vec<&str> =
        protocol.assessable().filter(|one| !is_missing(one)).map(|one| style.of(&one.name)).collect();
    let but_for = match counted.is_empty() {
        true => String::new(),
        false => style.says([
            format!(" (det regnes som et nej for {})", counted.join(", ")),
            format!(" (it counts as a no for {})", counted.join(", ")),
        ]),
    };
    let note = style.says(match protocol.analysis.item_weights {
        true => [
            format!("Vægte for hver indikator: ramme / besvaret, så de forløb, der dokumenterer den, står for dem i samme del ({name}), der ikke gør."),
            format!("Item weights: for each indicator frame / answered, so that the courses that document it stand for those of their {name} that do not."),
        ],
        false => [
            format!("{weights}: ramme / læst. Det, en journal ikke dokumenterer, mangler{but_for} og vægtes ikke op: et stratum ({name}), der dokumenterer halvdelen, tæller halvt."),
            format!("{weights}: frame / read. What a record does not document is missing{but_for} and not re-weighted: a {name} that documents half counts half."),
        ],
    });
    protocol.assessable().any(is_missing).then_some(note)
}

fn head_notes(results: &Results, style: Style) -> Vec<String> {
    let head = &results.head;
    let mut notes = Vec::new();
    if !head.is_final {
        let open: Vec<&str> = head.open.iter().map(|one| style.of(one)).collect();
        notes.push(format!("{}: {}.", style.says(["FORELØBIG", "INTERIM"]), open.join("; ")));
    }
    if head.looks > 0 {
        let times = times(head.looks, style);
        notes.push(style.says([
            format!("Data blev analyseret {times}, før de var komplette."),
            format!("The data were analysed {times} before they were complete."),
        ]));
    }
    notes.extend(head.post_hoc.iter().map(|change| format!("Post hoc: {}.", style.of(change))));
    notes
}

pub(super) fn times(number: u64, style: Style) -> String {
    match number {
        1 => style.says(["én gang", "once"]).to_owned(),
        2 => style.says(["to gange", "twice"]).to_owned(),
        many => format!("{many} {}", style.says(["gange", "times"])),
    }
}

/// Which measures have no variance in the sample: `diet (sensitivity, NPV); smoking (PPV)`.
fn no_variance_note(results: &Results, style: Style) -> Option<String> {
    let of = |indicator: &IndicatorResults| {
        let all = &whole(indicator)?.measures;
        let is_constant = |measure: &Measure| {
            let mut found = all.iter().filter(|one| one.measure == *measure);
            found.any(|one| one.weighted.warnings.contains(&WeightedWarning::NoVariance))
        };
        let titles = MAIN.into_iter().filter(is_constant).map(|measure| row_title(measure, style));
        let titles: Vec<String> = titles.collect();
        (!titles.is_empty()).then(|| format!("{} ({})", style.of(&indicator.name), titles.join(", ")))
    };
    let all: Vec<String> = results.indicators.iter().filter_map(of).collect();
    let all = (!all.is_empty()).then(|| all.join("; "))?;
    Some(style.says([
        format!("Ingen varians i stikprøven, så intervallet hviler alene på vægtene: {all}."),
        format!("No variance in the sample, so that the interval rests on the weights alone: {all}."),
    ]))
}

/// The warnings of all four measures, each once.
fn warnings(assessed: &Assessed, protocol: &Protocol) -> Vec<String> {
    let names: Vec<String> = protocol.strata.in_study().map(|stratum| stratum.label()).collect();
    let mut words: Vec<String> = Vec::new();
    for one in assessed.measures.iter().filter(|one| MAIN.contains(&one.measure)) {
        let style = Style::from(protocol.report);
        let measure = super::two_by_two::title(one.measure, style).to_lowercase();
        // Those without variance have one note together.
        let told = |warning: &&WeightedWarning| **warning != WeightedWarning::NoVariance;
        for warning in one.weighted.warnings.iter().filter(told) {
            let text = warning_text(warning, &measure, &names, protocol);
            if !words.contains(&text) {
                words.push(text);
            }
        }
    }
    words
}

fn warning_text(warning: &WeightedWarning, measure: &str, strata: &[String], protocol: &Protocol) -> String {
    let style = Style::from(protocol.report);
    let named =
        |places: &[usize]| places.iter().map(|&place| strata[place].as_str()).collect::<Vec<_>>().join(", ");
    let [counts_da, counts_en] = match protocol.analysis.item_weights {
        true => ["har et svar", "has an answer"],
        false => ["er læst", "was read"],
    };
    match warning {
        WeightedWarning::LonelyStrata { strata } if strata.is_empty() => style.says([
            format!("mindst ét stratum, hvor kun ét forløb {counts_da}, viser ingen varians"),
            format!("one stratum or more, in which only one course {counts_en}, shows no variance"),
        ]),
        WeightedWarning::LonelyStrata { strata } => style.says([
            format!("kun ét forløb {counts_da} i {}, som ikke viser nogen varians", named(strata)),
            format!("only one course {counts_en} in {}, which shows no variance", named(strata)),
        ]),
        WeightedWarning::NotCovered { strata, covered } => {
            let covered = style.percent_to(*covered, 1);
            style.says([
                format!(
                    "ingen journal {counts_da} i {}, estimaterne dækker {covered} % af rammen",
                    named(strata)
                ),
                format!(
                    "no chart {counts_en} in {}, the estimates cover {covered} % of the frame",
                    named(strata)
                ),
            ])
        }
        WeightedWarning::NotCalibrated => style.says(NOT_CALIBRATED).to_owned(),
        WeightedWarning::NoVariance => style.says([
            format!("{measure} har ingen varians i stikprøven, og intervallet hviler alene på vægtene"),
            format!("{measure} has no variance in the sample, its interval rests on the weights alone"),
        ]),
        WeightedWarning::HeavyStratum { which: None } => style.says([
            format!("et stratum har over 20 % af vægten for {measure} og under 10 % af journalerne"),
            format!("one stratum holds over 20 % of the weight of {measure} and under 10 % of its records"),
        ]),
        WeightedWarning::HeavyStratum { which: Some(one) } => {
            let name = &strata[one.stratum];
            let [weight, records] =
                [one.weight_share, one.record_share].map(|share| style.percent_to(share, 0));
            style.says([
                format!("{name} har {weight} % af vægten for {measure} og {records} % af journalerne"),
                format!("{name} holds {weight} % of the weight of {measure} and {records} % of its records"),
            ])
        }
    }
}
