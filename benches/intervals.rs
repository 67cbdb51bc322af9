//! Time of the limits of a proportion, beside one incomplete beta of ours.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use hjertekommidt::stats::{
    ConfidenceLevel, Fraction, IntervalMethod, Measure, Proportion, TwoByTwo, quantile,
};

const LEVEL: ConfidenceLevel = ConfidenceLevel::NINETY_FIVE;

/// Counts over the decades of n from `10^first` to `10^last`, at several proportions.
fn counts(first: u32, last: u32) -> Vec<Proportion> {
    let of = |n: u64| [0.02, 0.1, 0.37, 0.5, 0.8, 0.95].map(|p| Proportion::new((p * n as f64) as u64, n));
    let sizes =
        (first..last).flat_map(|decade| [17, 31, 53, 89].map(|digits| digits * 10_u64.pow(decade - 1)));
    sizes.flat_map(of).filter_map(Result::ok).filter(|counts| counts.events() > 1).collect()
}

fn exact(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("clopper_pearson, both limits");
    for (name, first, last) in [("n 1e1 to 1e3", 1, 3), ("n 1e3 to 1e6", 3, 6), ("n 1e6 to 1e9", 6, 9)] {
        let counts = counts(first, last);
        let mut next = counts.iter().cycle();
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                next.next().map(|counts| black_box(counts).limits(IntervalMethod::ClopperPearson, LEVEL))
            });
        });
    }
    group.finish();
}

fn incomplete_beta(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("incomplete beta at an exact limit");
    for (name, first, last) in [("n 1e1 to 1e3", 1, 3), ("n 1e3 to 1e6", 3, 6), ("n 1e6 to 1e9", 6, 9)] {
        let at_limit = |counts: Proportion| {
            let (a, b) = (counts.events() as f64, counts.complement().events() as f64 + 1.0);
            quantile::beta(LEVEL.tail(), a, b).map(|x| (x, a, b))
        };
        let points: Vec<(Fraction, f64, f64)> =
            counts(first, last).into_iter().filter_map(at_limit).collect();
        let mut next = points.iter().cycle();
        group.bench_function(name, |bencher| {
            bencher.iter(|| next.next().map(|(x, a, b)| quantile::beta_distribution(black_box(*x), *a, *b)));
        });
    }
    group.finish();
}

fn methods(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("231 of 258");
    let counts = Proportion::new(231, 258);
    for method in IntervalMethod::ALL {
        group.bench_function(method.name(), |bencher| {
            bencher.iter(|| black_box(counts).map(|counts| counts.limits(method, LEVEL)));
        });
    }
    group.finish();
}

fn tables(criterion: &mut Criterion) {
    let table = TwoByTwo { tp: 240, fp: 87, fn_: 178, tn: 288 };
    criterion.bench_function("a table with all measures", |bencher| {
        bencher.iter(|| {
            black_box(table).estimates(IntervalMethod::ClopperPearson, LEVEL).len() == Measure::ALL.len()
        });
    });
}

criterion_group!(benches, exact, incomplete_beta, methods, tables);
criterion_main!(benches);
