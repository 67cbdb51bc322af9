//! Time of design-weighted estimates from the counts of 18 strata.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use hjertekommidt::accuracy::{HiddenTables, SeenFigure};
use hjertekommidt::stats::{
    Measure, StratifiedTwoByTwo, TwoByTwo, TwoByTwoStratum, WeightedEstimate, WeightedMethod, WeightedOptions,
};

/// 18 municipalities, the largest a hundred times the smallest.
fn strata() -> Vec<TwoByTwoStratum> {
    let stratum = |h: u64| {
        let table = TwoByTwo { tp: 12 + h % 5, fp: h % 3, fn_: 1 + h % 2, tn: 60 + h };
        let reviewed = table.total();
        TwoByTwoStratum {
            population: reviewed + h * h * 15,
            reviewed,
            answered: reviewed,
            table,
            register: None,
        }
    };
    (0..18).map(stratum).collect()
}

fn weighted(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("weighted sensitivity of 18 strata");
    let Ok(tables) = StratifiedTwoByTwo::new(strata()) else { return };
    group.bench_function("estimate and standard error alone", |bencher| {
        bencher.iter(|| black_box(&tables).ratio_and_se(Measure::Sensitivity, &WeightedOptions::default()));
    });
    for method in WeightedMethod::ALL {
        let options = WeightedOptions { method, ..WeightedOptions::default() };
        group.bench_function(method.name(), |bencher| {
            bencher.iter(|| black_box(&tables).estimate(Measure::Sensitivity, &options));
        });
    }
    group.finish();
}

fn growth(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("weighted sensitivity, growth with the strata");
    for copies in [1, 10, 100] {
        let strata = std::iter::repeat_n(strata(), copies).flatten().collect();
        let Ok(tables) = StratifiedTwoByTwo::new(strata) else { return };
        group.bench_function(format!("{} strata", 18 * copies), |bencher| {
            bencher.iter(|| black_box(&tables).estimate(Measure::Sensitivity, &WeightedOptions::default()));
        });
    }
    group.finish();
}

/// The printed figures of a study: every share with its limits, in tenths of a per cent.
fn printed(tables: &StratifiedTwoByTwo) -> Vec<Option<[f64; 3]>> {
    let tenths = |number: f64| (number * 1000.0).round();
    let of = |(_, one): (Measure, WeightedEstimate)| {
        let (share, limits) = (one.estimate.ok()?, one.interval.ok()?);
        Some([share, limits.lower(), limits.upper()].map(tenths))
    };
    tables.estimates(&WeightedOptions::default()).into_iter().map(of).collect()
}

/// Another world for each small cell of 18 municipalities with nearly the same weights.
fn another_world(criterion: &mut Criterion) {
    let nearly_alike = |one: (u64, TwoByTwoStratum)| TwoByTwoStratum {
        population: one.1.reviewed * 10 + one.0 * 3,
        ..one.1
    };
    let strata: Vec<TwoByTwoStratum> = (0..).zip(strata()).map(nearly_alike).collect();
    let persons: Vec<TwoByTwo> = strata.iter().map(|one| one.table).collect();
    let settled: Vec<u64> = strata.iter().map(|one| one.reviewed).collect();
    let Ok(tables) = StratifiedTwoByTwo::new(strata) else { return };
    let hidden = HiddenTables {
        tables: &tables,
        settled: &settled,
        persons: &persons,
        within: &[Some(0); 18],
        min_cell: 3,
        finite_population_correction: true,
    };
    let figure = |(measure, one): (Measure, WeightedEstimate)| {
        let (estimate, se, limits) = (one.estimate.ok()?, one.se.ok()?, one.interval.ok()?);
        let limits = Some([limits.lower(), limits.upper()]);
        Some(SeenFigure { measure, by_settled: false, estimate, se, shows_se: false, limits })
    };
    let figures: Vec<SeenFigure> =
        tables.estimates(&WeightedOptions::default()).into_iter().filter_map(figure).collect();
    let ours = printed(&tables);
    criterion.bench_function("whether weighted figures of 18 strata tell hidden tables", |bencher| {
        bencher.iter(|| black_box(&hidden).cannot_be_told(&figures, 1000.0, |other| printed(other) == ours));
    });
}

criterion_group!(benches, weighted, growth, another_world);
criterion_main!(benches);
