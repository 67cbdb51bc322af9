//! Time of design-weighted estimates from the counts of 18 strata.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use hjertekommidt::stats::{
    Measure, StratifiedTwoByTwo, TwoByTwo, TwoByTwoStratum, WeightedMethod, WeightedOptions,
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

criterion_group!(benches, weighted, growth);
criterion_main!(benches);
