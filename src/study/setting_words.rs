//! Settings of the analysis in the words of people: what a table's note and an article say was changed.

use super::difference::Change;
use crate::protocol::{Bilingual, Grouping, Language, ReportRules};

/// The settings by their keys in study.toml, in Danish and English.
const NAMES: [(&str, [&str; 2]); 17] = [
    ("level", ["konfidensniveau", "confidence level"]),
    ("interval", ["uvægtede intervaller", "unweighted intervals"]),
    ("weighted_interval", ["vægtede intervaller", "weighted intervals"]),
    ("finite_population_correction", ["endelighedskorrektion", "finite population correction"]),
    ("lonely_strata", ["strata med ét læst forløb", "strata with one course read"]),
    ("by", ["opdeling", "parts"]),
    ("age_groups", ["aldersgrupper", "age groups"]),
    ("item_weights", ["vægte for hver indikator", "item weights"]),
    ("weighted_agreement", ["designvægtet enighed", "design-weighted agreement"]),
    ("post_stratify", ["poststratificering", "post-stratification"]),
    ("bootstrap", ["bootstrap-gentagelser", "bootstrap replicates"]),
    ("bootstrap_seed", ["startværdi for bootstrap", "seed of the bootstrap"]),
    ("record_sensitivity", ["antaget sensitivitet af journalen", "assumed sensitivity of the record"]),
    ("record_specificity", ["antaget specificitet af journalen", "assumed specificity of the record"]),
    ("min_cell", ["mindste celle i dele af studiet", "smallest cell in parts of the study"]),
    ("min_cell_overall", ["mindste celle i hele studiet", "smallest cell in the whole study"]),
    (
        "weighted_figures",
        [
            "vægtede tal, som skjulte antal kunne følge af",
            "weighted figures that hidden counts could follow from",
        ],
    ),
];
/// Those that leave no line in the canonical text where they are off.
const MAY_BE_OFF: [&str; 6] = [
    "item_weights",
    "weighted_agreement",
    "post_stratify",
    "bootstrap",
    "record_sensitivity",
    "record_specificity",
];
/// What a setting may be, where its word is not one of a paper.
const VALUES: [(&str, [&str; 2]); 20] = [
    ("none", ["ingen", "none"]),
    ("\"\"", ["ingen", "none"]),
    ("true", ["ja", "yes"]),
    ("false", ["nej", "no"]),
    ("clopper_pearson", ["Clopper–Pearson", "Clopper–Pearson"]),
    ("wilson", ["Wilson", "Wilson"]),
    ("wilson_cc", ["Wilson med kontinuitetskorrektion", "Wilson with continuity correction"]),
    ("agresti_coull", ["Agresti–Coull", "Agresti–Coull"]),
    ("jeffreys", ["Jeffreys", "Jeffreys"]),
    ("mid_p", ["mid-P", "mid-P"]),
    ("wald", ["Wald", "Wald"]),
    ("korn_graubard", ["Korn–Graubard", "Korn–Graubard"]),
    ("logit", ["logit", "logit"]),
    ("centred", ["varians om det samlede gennemsnit", "variance about the overall mean"]),
    ("certainty", ["ingen varians", "no variance"]),
    ("refuse", ["intet estimat af variansen", "no estimate of the variance"]),
    ("frame", ["i hele rammen", "in the whole frame"]),
    ("strata", ["i de enkelte strata", "in each stratum"]),
    ("printed", ["vises", "printed"]),
    ("protected", ["beskyttes", "protected"]),
];

/// All changes in one line: `assumed sensitivity of the record: none before, now 0.98; …`.
///
/// The report's own language has its decimal sign, the other one what is usual there.
pub(super) fn in_words(changes: &[Change], report: ReportRules) -> Bilingual {
    let [da, en] = [Language::Da, Language::En].map(|of| {
        let comma = if of == report.language { report.decimal_comma } else { of == Language::Da };
        let place = if of == Language::Da { 0 } else { 1 };
        let told: Vec<String> = changes.iter().map(|one| told(one, place, comma)).collect();
        told.join("; ")
    });
    Bilingual { da, en }
}

/// Every setting of a canonical text in words, those that are off as well: `confidence level: 0.95`.
pub(super) fn all_in_words(text: &str, report: ReportRules) -> Vec<Bilingual> {
    let off =
        MAY_BE_OFF.into_iter().filter(|key| !text.lines().any(|line| line.starts_with(&format!("{key}="))));
    let lines = text.lines().filter_map(|line| line.split_once('=')).chain(off.map(|key| (key, "none")));
    lines
        .map(|(key, set)| {
            let set = if set.is_empty() { "none" } else { set };
            let [da, en] = [Language::Da, Language::En].map(|of| {
                let comma = if of == report.language { report.decimal_comma } else { of == Language::Da };
                let place = if of == Language::Da { 0 } else { 1 };
                format!("{}: {}", name(key, place), value(key, set, place, comma))
            });
            Bilingual { da, en }
        })
        .collect()
}

fn told(change: &Change, language: usize, comma: bool) -> String {
    let name = name(&change.path, language);
    let [old, new] = [&change.old, &change.new].map(|text| value(&change.path, text, language, comma));
    let [before, now] = [["før", "nu"], ["before", "now"]][language];
    format!("{name}: {before} {old}, {now} {new}")
}

fn name(key: &str, language: usize) -> String {
    if key == "wrong_person" {
        return ["journaler om en anden person", "records of another person"][language].to_owned();
    }
    let found = NAMES.iter().find(|(known, _)| *known == key);
    found.map_or_else(|| key.replace('_', " "), |(_, words)| words[language].to_owned())
}

fn value(key: &str, text: &str, language: usize, comma: bool) -> String {
    let plain = text.trim_matches('"');
    let known = VALUES.iter().find(|(word, _)| *word == text || (*word == plain && !plain.is_empty()));
    match (key, known) {
        // A seed is a text of its own, though it reads as the word of another setting.
        ("bootstrap_seed", _) if !["none", "\"\""].contains(&text) => quoted(plain, language),
        ("by", None) => groupings(plain, language),
        (_, Some((_, words))) => words[language].to_owned(),
        ("wrong_person", None) => wrong_person(plain, language),
        (_, None) if comma => decimal_commas(plain),
        _ => plain.replace('_', " "),
    }
}

fn quoted(text: &str, language: usize) -> String {
    [format!("»{text}«"), format!("“{text}”")][language].clone()
}

fn wrong_person(word: &str, language: usize) -> String {
    let words = match word {
        "non_response" => ["som ikke fundne", "as not found"],
        _ => ["som læst uden for alle tabeller", "as read, outside every table"],
    };
    words[language].to_owned()
}

fn groupings(list: &str, language: usize) -> String {
    let word = |name: &str| {
        let words = match Grouping::named(name) {
            Some(Grouping::Stratum) => ["stratum", "stratum"],
            Some(Grouping::Cluster) => ["klynge", "cluster"],
            Some(Grouping::Age) => ["alder", "age"],
            Some(Grouping::Sex) => ["køn", "sex"],
            Some(Grouping::Year) => ["år", "year"],
            None => return name.to_owned(),
        };
        words[language].to_owned()
    };
    let and = ["og", "and"][language];
    let words: Vec<String> = list.split(',').map(word).collect();
    match words.as_slice() {
        [rest @ .., last] if !rest.is_empty() => format!("{} {and} {last}", rest.join(", ")),
        _ => words.concat(),
    }
}

/// A point between digits is a decimal sign.
pub(super) fn decimal_commas(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let is_digit =
        |place: Option<usize>| place.and_then(|place| letters.get(place)).is_some_and(char::is_ascii_digit);
    let sign = |(place, letter): (usize, &char)| match letter {
        '.' if is_digit(place.checked_sub(1)) && is_digit(place.checked_add(1)) => ',',
        other => *other,
    };
    letters.iter().enumerate().map(sign).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::post_hoc::changed_lines;

    fn words(then: &str, now: &str) -> [String; 2] {
        let Bilingual { da, en } = in_words(&changed_lines(then, now), ReportRules::of(Language::En));
        [da, en]
    }

    #[test]
    fn a_changed_setting_is_told_without_its_key() {
        assert_eq!(
            words("by=\n", "by=stratum,cluster,sex\nrecord_sensitivity=0.98\n"),
            [
                "opdeling: før ingen, nu stratum, klynge og køn; antaget sensitivitet af journalen: før ingen, nu 0,98",
                "parts: before none, now stratum, cluster and sex; assumed sensitivity of the record: before none, now 0.98"
            ]
        );
    }

    #[test]
    fn all_settings_are_told_those_that_are_off_as_well() {
        let text = "level=0.95\nby=\npost_stratify=frame\nweighted_figures=protected\n";
        let all = all_in_words(text, ReportRules::of(Language::En));
        let told: Vec<&str> = all.iter().map(|one| one.en.as_str()).collect();
        assert_eq!(
            told[..5],
            [
                "confidence level: 0.95",
                "parts: none",
                "post-stratification: in the whole frame",
                "weighted figures that hidden counts could follow from: protected",
                "item weights: none"
            ]
        );
        assert_eq!(all[0].da, "konfidensniveau: 0,95");
        assert_eq!(told.len(), 4 + MAY_BE_OFF.len() - 1);
    }

    #[test]
    fn the_decimal_sign_is_that_of_the_report() {
        let pointed = ReportRules { decimal_comma: false, ..ReportRules::of(Language::Da) };
        let changes = changed_lines("", "record_sensitivity=0.98\n");
        assert!(in_words(&changes, pointed).da.ends_with("nu 0.98"));
        let commas = ReportRules { decimal_comma: true, ..ReportRules::of(Language::En) };
        assert!(in_words(&changes, commas).en.ends_with("now 0,98"));
    }

    #[test]
    fn levels_methods_and_seeds_have_their_words() {
        assert_eq!(
            words(
                "level=95 %\ninterval=clopper_pearson\n",
                "level=99.5 %\ninterval=wilson\nbootstrap_seed=a.b 1.5\n"
            ),
            [
                "konfidensniveau: før 95 %, nu 99,5 %; uvægtede intervaller: før Clopper–Pearson, nu Wilson; startværdi for bootstrap: \
                 før ingen, nu »a.b 1.5«",
                "confidence level: before 95 %, now 99.5 %; unweighted intervals: before Clopper–Pearson, now Wilson; seed of the \
                 bootstrap: before none, now “a.b 1.5”"
            ]
        );
    }

    #[test]
    fn a_seed_that_reads_as_another_setting_is_a_seed() {
        assert_eq!(
            words("bootstrap_seed=frame\n", "bootstrap_seed=true\n"),
            [
                "startværdi for bootstrap: før »frame«, nu »true«",
                "seed of the bootstrap: before “frame”, now “true”"
            ]
        );
    }

    #[test]
    fn no_setting_of_the_analysis_is_told_by_its_key() {
        let text = include_str!("../../tests/small_study.toml");
        let protocol = crate::protocol::Protocol::read(text, "study.toml").unwrap();
        for line in crate::study::basis::settings_text(&protocol).lines() {
            let key = line.split('=').next().unwrap();
            assert_ne!(name(key, 0), key.replace('_', " "), "{key}");
        }
    }
}
