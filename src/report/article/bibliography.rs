//! The papers that an article may cite, as a journal asks for them.
//!
//! Methods carry a short reference, for screens and explanations; it is the key here.

use crate::report::Style;

/// The short reference, and the whole one.
const PAPERS: [(&str, &str); 34] = [
    (
        "Agresti & Coull, Am Stat 1998; 52: 119",
        "Agresti A, Coull BA. Approximate is better than “exact” for interval estimation of binomial proportions. Am Stat 1998; 52: 119–126.",
    ),
    (
        "Benchimol et al., PLoS Med 2015; 12: e1001885 (RECORD)",
        "Benchimol EI, Smeeth L, Guttmann A, et al. The REporting of studies Conducted using Observational Routinely-collected health Data (RECORD) statement. PLoS Med 2015; 12: e1001885.",
    ),
    (
        "Berry & Armitage, Statistician 1995; 44: 417",
        "Berry G, Armitage P. Mid-P confidence intervals: a brief review. Statistician 1995; 44: 417–423.",
    ),
    (
        "Bland & Altman, Stat Methods Med Res 1999; 8: 135",
        "Bland JM, Altman DG. Measuring agreement in method comparison studies. Stat Methods Med Res 1999; 8: 135–160.",
    ),
    (
        "Bossuyt et al., BMJ 2015; 351: h5527 (STARD 2015)",
        "Bossuyt PM, Reitsma JB, Bruns DE, et al. STARD 2015: an updated list of essential items for reporting diagnostic accuracy studies. BMJ 2015; 351: h5527.",
    ),
    ("Brown, Cai & DasGupta, Stat Sci 2001; 16: 101", BROWN),
    ("Brown, Cai & DasGupta, Stat Sci 2001; 16: 101, against its use", BROWN),
    (
        "Brown, Cai & DasGupta, Stat Sci 2001; 16: 101, section 4.2.1",
        "Brown LD, Cai TT, DasGupta A. Interval estimation for a binomial proportion. Stat Sci 2001; 16: 101–133, section 4.2.1.",
    ),
    (
        "Byrt, Bishop & Carlin, J Clin Epidemiol 1993; 46: 423",
        "Byrt T, Bishop J, Carlin JB. Bias, prevalence and kappa. J Clin Epidemiol 1993; 46: 423–429.",
    ),
    (
        "Clopper & Pearson, Biometrika 1934; 26: 404",
        "Clopper CJ, Pearson ES. The use of confidence or fiducial limits illustrated in the case of the binomial. Biometrika 1934; 26: 404–413.",
    ),
    (
        "Cochran, Sampling Techniques 1977, section 6.11",
        "Cochran WG. Sampling Techniques. 3rd ed. New York: Wiley; 1977, section 6.11.",
    ),
    (
        "Cohen, Educ Psychol Meas 1960; 20: 37",
        "Cohen J. A coefficient of agreement for nominal scales. Educ Psychol Meas 1960; 20: 37–46.",
    ),
    (
        "Dean & Pagano, J Surv Stat Methodol 2015; 3: 484",
        "Dean N, Pagano M. Evaluating confidence interval methods for binomial proportions in clustered surveys. J Surv Stat Methodol 2015; 3: 484–503.",
    ),
    (
        "Efron, J Am Stat Assoc 1987; 82: 171",
        "Efron B. Better bootstrap confidence intervals. J Am Stat Assoc 1987; 82: 171–185.",
    ),
    (
        "Gwet, Br J Math Stat Psychol 2008; 61: 29",
        "Gwet KL. Computing inter-rater reliability and its variance in the presence of high agreement. Br J Math Stat Psychol 2008; 61: 29–48.",
    ),
    (
        "Holm, Scand J Stat 1979; 6: 65",
        "Holm S. A simple sequentially rejective multiple test procedure. Scand J Stat 1979; 6: 65–70.",
    ),
    (
        "Holt & Smith, J R Stat Soc A 1979; 142: 33",
        "Holt D, Smith TMF. Post stratification. J R Stat Soc Ser A 1979; 142: 33–46.",
    ),
    (
        "Kleinman, J Am Stat Assoc 1973; 68: 46",
        "Kleinman JC. Proportions with extraneous variance: single and independent samples. J Am Stat Assoc 1973; 68: 46–54.",
    ),
    (
        "Korn & Graubard, Analysis of Health Surveys 1999, section 3.2",
        "Korn EL, Graubard BI. Analysis of Health Surveys. New York: Wiley; 1999, section 3.2.",
    ),
    (
        "Korn & Graubard, Surv Methodol 1998; 24: 193",
        "Korn EL, Graubard BI. Confidence intervals for proportions with small expected number of positive counts estimated from survey data. Surv Methodol 1998; 24: 193–201.",
    ),
    (
        "McNemar, Psychometrika 1947; 12: 153",
        "McNemar Q. Note on the sampling error of the difference between correlated proportions or percentages. Psychometrika 1947; 12: 153–157.",
    ),
    (
        "Mehta & Patel, J Am Stat Assoc 1983; 78: 427",
        "Mehta CR, Patel NR. A network algorithm for performing Fisher's exact test in r × c contingency tables. J Am Stat Assoc 1983; 78: 427–434.",
    ),
    (
        "Newcombe, Stat Med 1998; 17: 2635, method 10",
        "Newcombe RG. Improved confidence intervals for the difference between binomial proportions based on paired data. Stat Med 1998; 17: 2635–2650, method 10.",
    ),
    (
        "Newcombe, Stat Med 1998; 17: 857, method 4",
        "Newcombe RG. Two-sided confidence intervals for the single proportion: comparison of seven methods. Stat Med 1998; 17: 857–872, method 4.",
    ),
    (
        "Ohlsson, in: Business Survey Methods 1995: 153",
        "Ohlsson E. Coordination of samples using permanent random numbers. In: Cox BG, Binder DA, Chinnappa BN, et al., eds. Business Survey Methods. New York: Wiley; 1995: 153–169.",
    ),
    (
        "Rao & Wu, J Am Stat Assoc 1988; 83: 231",
        "Rao JNK, Wu CFJ. Resampling inference with complex survey data. J Am Stat Assoc 1988; 83: 231–241.",
    ),
    (
        "Stenger & Gabler, Metrika 2005; 61: 137",
        "Stenger H, Gabler S. Combining random sampling and census strategies: justification of inclusion probabilities equal to 1. Metrika 2005; 61: 137–156.",
    ),
    (
        "Särndal, Swensson & Wretman, Model assisted survey sampling 1992, chapter 5",
        "Särndal C-E, Swensson B, Wretman J. Model Assisted Survey Sampling. New York: Springer; 1992, chapter 5.",
    ),
    (
        "Särndal, Swensson & Wretman, Model assisted survey sampling 1992, section 5.6",
        "Särndal C-E, Swensson B, Wretman J. Model Assisted Survey Sampling. New York: Springer; 1992, section 5.6.",
    ),
    (
        "Vecchio, N Engl J Med 1966; 274: 1171",
        "Vecchio TJ. Predictive value of a single diagnostic test in unselected populations. N Engl J Med 1966; 274: 1171–1173.",
    ),
    (
        "Wilson, J Am Stat Assoc 1927; 22: 209",
        "Wilson EB. Probable inference, the law of succession, and statistical inference. J Am Stat Assoc 1927; 22: 209–212.",
    ),
    (
        "Yerushalmy, Public Health Rep 1947; 62: 1432",
        "Yerushalmy J. Statistical problems in assessing methods of medical diagnosis, with special reference to X-ray techniques. Public Health Rep 1947; 62: 1432–1449.",
    ),
    (
        "Fleiss, Cohen & Everitt, Psychol Bull 1969; 72: 323",
        "Fleiss JL, Cohen J, Everitt BS. Large sample standard errors of kappa and weighted kappa. Psychol Bull 1969; 72: 323–327.",
    ),
    (
        "Davison & Hinkley, Bootstrap methods 1997, section 5.3",
        "Davison AC, Hinkley DV. Bootstrap Methods and their Application. Cambridge: Cambridge University Press; 1997, section 5.3.",
    ),
];

const BROWN: &str = "Brown LD, Cai TT, DasGupta A. Interval estimation for a binomial proportion. Stat Sci 2001; 16: 101–133.";

/// The whole reference of a paper, its place in a book in the words of the language.
pub(super) fn whole_reference(short: &str, style: Style) -> String {
    let whole = PAPERS.iter().find(|(known, _)| *known == short).map_or(short, |(_, whole)| whole);
    if style.says([true, false]) {
        [
            (", section ", ", afsnit "),
            (", chapter ", ", kapitel "),
            (", method ", ", metode "),
            (" In: ", " I: "),
            (" eds. ", " red. "),
        ]
        .into_iter()
        .fold(whole.to_owned(), |text, (english, danish)| text.replace(english, danish))
    } else {
        whole.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::super::citations::*;
    use super::*;
    use crate::protocol::{Language, ReportRules};
    use crate::stats::{AGREEMENT, IntervalMethod, MCNEMAR, Measure, Method, WeightedMethod};

    /// The last name of the first author, the year and the first page of the short reference stand in the whole one.
    #[test]
    fn every_paper_that_may_be_cited_is_told_whole() {
        let named = |name: &str| AGREEMENT.iter().find(|one| one.name == name).unwrap().reference;
        let mut cited = vec![
            ALLOCATION,
            PERMANENT_NUMBERS,
            WEIGHTING,
            POST_STRATIFYING,
            RESCALING,
            HOMOGENEITY,
            LIMITS_OF_AGREEMENT,
            HOLM,
            STARD,
            RECORD,
            MCNEMAR.reference,
            named("kappa"),
            named("pabak"),
            named("ac1"),
        ];
        cited.extend(IntervalMethod::ALL.map(IntervalMethod::reference));
        cited.extend(WeightedMethod::ALL.map(WeightedMethod::reference));
        cited.extend([Measure::Sensitivity, Measure::Ppv].map(|one| one.explanation().reference));
        cited.extend(
            [
                Method::Linearised,
                Method::NewcombePaired,
                Method::BetaBinomial,
                Method::BootstrapBca,
                Method::BootstrapPercentile,
            ]
            .map(Method::reference),
        );
        for short in cited {
            let whole = whole_reference(short, Style::ENGLISH);
            assert_ne!(whole, short);
            let author = short.split([',', ' ']).next().unwrap();
            assert!(whole.starts_with(author), "{short}: {whole}");
            let numbers = short.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty());
            let numbers: Vec<&str> = numbers.collect();
            assert!(numbers.iter().all(|number| whole.contains(number)), "{short}: {whole}");
        }
    }

    #[test]
    fn a_place_in_a_book_is_told_in_danish() {
        let danish = Style::from(ReportRules::of(Language::Da));
        assert!(whole_reference(WEIGHTING, danish).ends_with("1977, afsnit 6.11."));
        assert!(whole_reference(PERMANENT_NUMBERS, danish).contains(" I: Cox BG"));
    }
}
