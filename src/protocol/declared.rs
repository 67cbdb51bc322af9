//! What `[analysis]` declares beyond the design's weights: off unless it is asked for.

use super::section::Section;
use crate::error::Finding;
use crate::stats::{AssumedReference, BootstrapOptions, PostStrata};

/// The keys of `[analysis]`.
const POST_STRATIFY: &str = "post_stratify";
const REPLICATES: &str = "bootstrap";
const SEED: &str = "bootstrap_seed";
const RECORD: [&str; 2] = ["record_sensitivity", "record_specificity"];

/// A bootstrap that `study.toml` asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclaredBootstrap {
    /// B, how many times the sample is resampled.
    pub replicates: usize,
    /// The label that all random numbers follow from.
    pub seed: String,
}

const POST_STRATA: [(&str, Option<PostStrata>); 3] =
    [("none", None), ("frame", Some(PostStrata::Frame)), ("strata", Some(PostStrata::Strata))];

/// `post_stratify`; the outer `None` when the word is unknown.
pub(super) fn read_post_strata(section: &Section<'_, '_>) -> Option<Option<PostStrata>> {
    if section.has(POST_STRATIFY) { section.choice(POST_STRATIFY, &POST_STRATA) } else { Some(None) }
}

impl DeclaredBootstrap {
    /// `bootstrap` and `bootstrap_seed`; the outer `None` when they are at fault.
    pub(super) fn read(section: &Section<'_, '_>) -> Option<Option<Self>> {
        let seed = read_seed(section);
        let replicates = if section.has(REPLICATES) { section.count(REPLICATES)? } else { 0 };
        if replicates == 0 {
            return seed.map(|_| None);
        }
        match BootstrapOptions::checked_replicates(replicates) {
            Ok(replicates) => Some(Some(DeclaredBootstrap { replicates, seed: seed? })),
            Err(expected) => {
                let what =
                    format!("`analysis.{REPLICATES}` is {replicates}, expected 0 for none, or {expected}");
                section.wrong(REPLICATES, Finding::error(REPLICATES, what));
                None
            }
        }
    }
}

/// The declared seed, or the usual one.
fn read_seed(section: &Section<'_, '_>) -> Option<String> {
    if !section.has(SEED) {
        return Some(BootstrapOptions::USUAL_SEED.to_owned());
    }
    let seed = section.text(SEED)?;
    let seed = seed.trim();
    if seed.is_empty() {
        let what = format!("`analysis.{SEED}` is empty, expected a text");
        section.wrong(SEED, Finding::error(SEED, what).remedy("write any text, or leave the key out"));
    }
    (!seed.is_empty()).then(|| seed.to_owned())
}

/// `record_sensitivity` and `record_specificity`: off where the record is assumed to be never wrong; the outer `None` when they are at
/// fault.
pub(super) fn read_reference(section: &Section<'_, '_>) -> Option<Option<AssumedReference>> {
    let [sensitivity, specificity] = RECORD.map(|key| match section.has(key) {
        true => read_share(section, key),
        false => Some(1.0),
    });
    let assumed = AssumedReference::new(sensitivity?, specificity?).ok()?;
    if assumed.sensitivity() + assumed.specificity() <= 1.0 {
        let what = "`analysis.record_sensitivity` and `record_specificity` add up to 1 or less";
        let finding = Finding::error("record_reference", what)
            .because("such a record tells nothing of the truth")
            .remedy("write how good the record is assumed to be, such as 0.95 and 0.98");
        section.wrong(RECORD[0], finding);
        return None;
    }
    let is_perfect = assumed.sensitivity() >= 1.0 && assumed.specificity() >= 1.0;
    Some((!is_perfect).then_some(assumed))
}

fn read_share(section: &Section<'_, '_>, key: &'static str) -> Option<f64> {
    let text = section.decimal(key)?;
    let share = text.parse::<f64>().ok().filter(|share| (0.0..=1.0).contains(share));
    if share.is_none() {
        let what = format!("`analysis.{key}` is {text}, expected a number from 0 to 1");
        section.wrong(
            key,
            Finding::error("record_reference", what)
                .remedy(format!("write `{key} = 1.0` for a record that is never wrong")),
        );
    }
    share
}

/// The bootstrap draws charts, each with all its answers: it cannot give every indicator weights of its own.
pub(super) fn refuse_bootstrap_of_items(section: &Section<'_, '_>, item_weights: bool, bootstrap: bool) {
    if item_weights && bootstrap {
        let what = "`analysis.bootstrap` is asked for together with `item_weights`";
        let finding = Finding::error("bootstrap_of_items", what)
            .because("the bootstrap resamples whole charts, and item weights give each indicator weights of its own")
            .remedy("leave out one of the two");
        section.wrong(REPLICATES, finding);
    }
}

/// The settings as canonical lines. What is off has no line, so that a study whose settings were stored before it could be
/// declared has the same text as ever.
pub(super) fn canonical(
    by: Option<PostStrata>,
    bootstrap: Option<&DeclaredBootstrap>,
    reference: Option<AssumedReference>,
) -> String {
    let by = by.map(|by| format!("{POST_STRATIFY}={}\n", by.name()));
    let bootstrap = bootstrap.map(|DeclaredBootstrap { replicates, seed }| {
        format!("{REPLICATES}={replicates}\n{SEED}={}\n", serde_json::Value::from(seed.as_str()))
    });
    let reference = reference.map(|one| {
        let [sensitivity, specificity] = RECORD;
        format!("{sensitivity}={}\n{specificity}={}\n", one.sensitivity(), one.specificity())
    });
    [by, bootstrap, reference].into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::{Protocol, preset::Preset};

    fn read(keys: &str) -> Result<Protocol, String> {
        let text = Preset::Blank
            .text()
            .replace("post_stratify = \"none\"\n", "")
            .replace("bootstrap = 0\n", "")
            .replace("item_weights = false\n", "")
            .replace("record_sensitivity = 1.0\n", "")
            .replace("record_specificity = 1.0\n", "");
        let text = text.replace("\n[analysis]\n", &format!("\n[analysis]\n{keys}\n"));
        let told = |error: crate::error::Error| error.findings().iter().map(|one| one.what.clone()).collect();
        Protocol::read(&text, "study.toml").map_err(told)
    }

    #[test]
    fn what_is_not_asked_for_is_off_and_leaves_the_text_of_the_settings_alone() {
        let [plain, off] = ["", "post_stratify = \"none\"\nbootstrap = 0"].map(|keys| read(keys).unwrap());
        assert_eq!((plain.analysis.post_stratify, &plain.analysis.bootstrap), (None, &None));
        assert_eq!(plain.analysis, off.analysis);
        assert!(plain.analysis.canonical().ends_with("by=\n"));
    }

    #[test]
    fn what_is_asked_for_stands_in_the_settings() {
        let keys = "post_stratify = \"strata\"\nbootstrap = 999\nbootstrap_seed = \" a = 1 \"";
        let analysis = read(keys).unwrap().analysis;
        assert_eq!(analysis.post_stratify, Some(PostStrata::Strata));
        let text = "by=\npost_stratify=strata\nbootstrap=999\nbootstrap_seed=\"a = 1\"\n";
        assert!(analysis.canonical().ends_with(text), "{}", analysis.canonical());
        let usual = read("bootstrap = 100").unwrap().analysis.bootstrap.unwrap();
        assert_eq!((usual.replicates, usual.seed.as_str()), (100, BootstrapOptions::USUAL_SEED));
    }

    #[test]
    fn a_record_that_is_never_wrong_is_no_sensitivity_analysis() {
        let reference = |keys| read(keys).map(|protocol| protocol.analysis.reference);
        assert_eq!(reference("record_sensitivity = 1.0\nrecord_specificity = 1"), Ok(None));
        let assumed = read("record_sensitivity = 0.95").unwrap().analysis;
        assert_eq!(assumed.reference, AssumedReference::new(0.95, 1.0).ok());
        assert!(assumed.canonical().ends_with("record_sensitivity=0.95\nrecord_specificity=1\n"));
        assert!(
            reference("record_sensitivity = 95")
                .unwrap_err()
                .contains("is 95, expected a number from 0 to 1")
        );
        assert!(
            reference("record_sensitivity = 0.5\nrecord_specificity = 0.5")
                .unwrap_err()
                .contains("1 or less")
        );
    }

    #[test]
    fn faults_are_told_with_what_is_expected() {
        let told = |keys| read(keys).unwrap_err();
        let both = told("bootstrap = 999\nitem_weights = true");
        assert_eq!(both, "`analysis.bootstrap` is asked for together with `item_weights`");
        assert!(read("bootstrap = 0\nitem_weights = true").is_ok());
        assert!(told("post_stratify = \"stratum\"").contains("`none`, `frame`, `strata`"));
        let range = "`analysis.bootstrap` is 99, expected 0 for none, or a whole number from 100 to 1000000";
        assert_eq!(told("bootstrap = 99"), range);
        assert_eq!(told("bootstrap_seed = \" \""), "`analysis.bootstrap_seed` is empty, expected a text");
    }
}
