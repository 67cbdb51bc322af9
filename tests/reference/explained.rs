//! Formulas and papers in the code against `docs/methods.md`.

use hjertekommidt::stats::{
    AGREEMENT, Explanation, IntervalMethod, MCNEMAR, Measure, Method, WeightedMethod,
};

fn every() -> Vec<Explanation> {
    let measures = Measure::ALL.into_iter().chain(Measure::RESTATED).map(Measure::explanation);
    let others = [
        Method::Transformed(IntervalMethod::Wilson),
        Method::Linearised,
        Method::Koopman,
        Method::MiettinenNurminen,
        Method::NewcombePaired,
        Method::SquareAndAdd,
        Method::SquareAndAddReciprocal,
        Method::LogRatio,
        Method::WaldAgreement,
        Method::BetaBinomial,
        Method::RoganGladen,
        Method::LangReiczigel,
        Method::BootstrapPercentile,
        Method::BootstrapBca,
    ];
    let proportions = IntervalMethod::ALL.map(Method::from).into_iter();
    let methods = proportions.chain(WeightedMethod::ALL.map(Method::from)).chain(others);
    measures.chain([MCNEMAR]).chain(AGREEMENT).chain(methods.map(Method::explanation)).collect()
}

/// The section of the page that a formula's number belongs to.
fn section<'p>(page: &'p str, number: &str) -> &'p str {
    let heading = format!("\n## {}. ", number.split('.').next().unwrap());
    let from = page.find(&heading).unwrap_or_else(|| panic!("no section of {number}"));
    let rest = &page[from + 1..];
    &rest[..rest.find("\n## ").unwrap_or(rest.len())]
}

#[test]
fn every_formula_stands_on_the_page_under_its_number_with_its_paper() {
    let page = include_str!("../../docs/methods.md");
    for one in every() {
        let section = section(page, one.section);
        assert!(section.contains(&format!("\n| {} |", one.section)), "{one:?}");
        // Carried-over limits have the paper of the proportion's method.
        let section = if one.section == "3.5" { self::section(page, "2.1") } else { section };
        let first = one.reference.split([',', ' ']).next().unwrap();
        let year =
            one.reference.split([' ', ';', ',']).find(|word| word.len() == 4 && word.parse::<u16>().is_ok());
        let year = year.unwrap_or_else(|| panic!("no year: {one:?}"));
        let named = section.match_indices(first).any(|(at, _)| {
            let sentence = section[at..].split(['\n', '|']).next().unwrap();
            sentence.contains(year)
        });
        assert!(named, "{first} {year} is not in the section of {one:?}");
    }
}

#[test]
fn every_explanation_is_whole_and_has_a_title_of_its_own() {
    let all = every();
    for one in &all {
        for text in [one.name, one.title, one.formula, one.edges, one.reference] {
            assert!(!text.trim().is_empty(), "{one:?}");
        }
        assert!(one.edges.ends_with('.'), "{one:?}");
    }
    let kinds = |name: &str| all.iter().filter(|one| one.name == name).count();
    assert_eq!((kinds("clopper_pearson"), kinds("sensitivity"), kinds("bca")), (1, 1, 1));
}
