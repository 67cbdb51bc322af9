//! What is true of the register: scenarios, and the frames that follow from them.

use hjertekommidt::random::Generator;
use hjertekommidt::stats::{Measure, TwoByTwo};

use crate::design::{Design, LARGE};

/// The measures whose coverage is studied.
pub(crate) const MEASURES: [Measure; 4] =
    [Measure::Sensitivity, Measure::Specificity, Measure::Ppv, Measure::Npv];

/// How accurate the register is in each municipality. Sensitivity and specificity are alike.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Truth {
    /// The same everywhere.
    Equal { accuracy: f64 },
    /// From 0.75 to 0.99, about 0.90 on average, with the prevalence differing too.
    Varying,
    /// The largest municipality differs from all others, which are alike.
    Large { large: f64, others: f64 },
}

impl Truth {
    /// Every truth, in the order of the tables.
    pub(crate) const ALL: [Truth; 8] = [
        Truth::Equal { accuracy: 0.9 },
        Truth::Varying,
        Truth::Large { large: 0.7, others: 0.95 },
        Truth::Large { large: 0.88, others: 1.0 },
        Truth::Equal { accuracy: 0.95 },
        Truth::Equal { accuracy: 0.98 },
        Truth::Equal { accuracy: 0.99 },
        Truth::Equal { accuracy: 1.0 },
    ];

    /// The name in the tables.
    pub(crate) fn name(self) -> String {
        match self {
            Truth::Equal { accuracy } => format!("equal_{accuracy}"),
            Truth::Large { large, others } => format!("large_{large}_others_{others}"),
            Truth::Varying => "varying".to_owned(),
        }
    }

    fn accuracy(self, stratum: usize) -> f64 {
        /// In no order of size, the large municipality in the middle.
        const VARYING: [f64; 18] = [
            0.92, 0.86, 0.95, 0.75, 0.97, 0.90, 0.80, 0.99, 0.88, 0.94, 0.91, 0.84, 0.90, 0.96, 0.78, 0.93,
            0.87, 0.98,
        ];
        match self {
            Truth::Equal { accuracy } => accuracy,
            Truth::Varying => VARYING[stratum],
            Truth::Large { large, .. } if stratum == LARGE => large,
            Truth::Large { others, .. } => others,
        }
    }

    /// By how much the prevalence of a stratum differs from the whole.
    fn shift(self, stratum: usize) -> f64 {
        if self == Truth::Varying { 0.04 * ((stratum % 5) as f64 - 2.0) / 2.0 } else { 0.0 }
    }

    /// The probabilities of TP, FP, FN and TN.
    fn cells(self, stratum: usize, prevalence: f64) -> [f64; 4] {
        let (yes, right) = (prevalence + self.shift(stratum), self.accuracy(stratum));
        [yes * right, (1.0 - yes) * (1.0 - right), yes * (1.0 - right), (1.0 - yes) * right]
    }
}

/// What the interval is to cover.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Target {
    /// The value in this frame; with the finite population correction.
    Frame,
    /// The value of the process behind it, of which each draw has a frame of its own; without the correction.
    Process,
}

impl Target {
    pub(crate) fn name(self) -> &'static str {
        if self == Target::Frame { "frame" } else { "process" }
    }
}

/// A design with what is true in it.
#[derive(Debug, Clone)]
pub(crate) struct Scenario {
    pub(crate) design: Design,
    pub(crate) truth: Truth,
    pub(crate) prevalence: f64,
    pub(crate) target: Target,
}

impl Scenario {
    /// The key of its random numbers.
    pub(crate) fn label(&self) -> String {
        let Scenario { design, truth, prevalence, target } = self;
        format!("{}|{}|{prevalence}|{}", design.name, truth.name(), target.name())
    }

    /// The frame of whole records nearest to the truth.
    pub(crate) fn frame(&self) -> Vec<TwoByTwo> {
        let strata = self.design.strata.iter().enumerate();
        strata.map(|(stratum, (population, _))| self.nearest(stratum, *population)).collect()
    }

    fn nearest(&self, stratum: usize, population: u64) -> TwoByTwo {
        let part = |whole: u64, share: f64| (whole as f64 * share).round() as u64;
        let yes = part(population, self.prevalence + self.truth.shift(stratum));
        let (tp, tn) =
            (part(yes, self.truth.accuracy(stratum)), part(population - yes, self.truth.accuracy(stratum)));
        TwoByTwo { tp, fp: population - yes - tn, fn_: yes - tp, tn }
    }

    /// A frame whose records fell out by chance.
    pub(crate) fn random_frame(&self, generator: &mut Generator) -> Vec<TwoByTwo> {
        let strata = self.design.strata.iter().enumerate();
        let mut of_stratum = |(stratum, (population, _)): (usize, &(u64, u64))| {
            let [tp, fp, fn_, _] = self.truth.cells(stratum, self.prevalence);
            let bounds = [tp, tp + fp, tp + fp + fn_];
            let mut cells = [0; 4];
            for _ in 0..*population {
                let at = generator.unit();
                cells[bounds.iter().filter(|bound| at >= **bound).count()] += 1;
            }
            TwoByTwo { tp: cells[0], fp: cells[1], fn_: cells[2], tn: cells[3] }
        };
        strata.map(&mut of_stratum).collect()
    }

    /// The value to be covered.
    pub(crate) fn value(&self, measure: Measure) -> Option<f64> {
        match self.target {
            Target::Frame => {
                let whole = self.frame().into_iter().fold(TwoByTwo::default(), |sum, one| sum + one);
                whole.proportion(measure)?.estimate()
            }
            Target::Process => {
                let mut sums = [0.0; 4];
                for (stratum, (population, _)) in self.design.strata.iter().enumerate() {
                    let cells = self.truth.cells(stratum, self.prevalence);
                    sums.iter_mut().zip(cells).for_each(|(sum, cell)| *sum += *population as f64 * cell);
                }
                ratio(measure, sums)
            }
        }
    }
}

fn ratio(measure: Measure, [tp, fp, fn_, tn]: [f64; 4]) -> Option<f64> {
    let (part, rest) = match measure {
        Measure::Sensitivity => (tp, fn_),
        Measure::Specificity => (tn, fp),
        Measure::Ppv => (tp, fp),
        Measure::Npv => (tn, fn_),
        _ => return None,
    };
    (part + rest > 0.0).then(|| part / (part + rest))
}
