//! Time of the bootstrap: 1,000 records of 18 strata, 10 indicators; the replicates, then the intervals.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use hjertekommidt::random::Generator;
use hjertekommidt::stats::{
    BootstrapOptions, Cell, ConfidenceLevel, Estimand, Measure, ReviewedSample, ReviewedStratum,
};
use rayon::{ThreadPool, ThreadPoolBuilder};

const MEASURES: [Measure; 4] = [Measure::Sensitivity, Measure::Specificity, Measure::Ppv, Measure::Npv];
const REPLICATES: usize = 4096;

/// Strata of 48 to 64 reviewed records, 1,000 in all.
fn sample(indicators: usize) -> Option<ReviewedSample> {
    let mut generator = Generator::of("records of the bench");
    let mut cell =
        || [Cell::Tp, Cell::Tp, Cell::Fp, Cell::Fn, Cell::Tn].get(generator.below(6) as usize).copied();
    let mut record = || (0..indicators).map(|_| cell()).collect();
    let stratum = |h: usize| {
        let reviewed = if h < 17 { 48 + h } else { 48 };
        let records = (0..reviewed).map(|_| record()).collect();
        ReviewedStratum { population: (reviewed * (3 + h)) as u64, records }
    };
    ReviewedSample::new((0..18).map(stratum).collect()).ok()
}

fn options() -> BootstrapOptions {
    BootstrapOptions { replicates: REPLICATES, ..BootstrapOptions::new("the bench") }
}

fn pool(threads: usize) -> Option<ThreadPool> {
    ThreadPoolBuilder::new().num_threads(threads).build().ok()
}

fn replicates(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("bootstrap, one replicate");
    group.throughput(Throughput::Elements(REPLICATES as u64));
    for (indicators, threads) in [(1, 1), (10, 1), (10, 2), (30, 1)] {
        let Some((sample, pool)) = sample(indicators).zip(pool(threads)) else { return };
        group.bench_function(format!("{indicators} indicators, {threads} threads"), |bencher| {
            bencher.iter(|| pool.install(|| black_box(&sample).bootstrap(&options()).totals().len()));
        });
    }
    group.finish();
}

fn intervals(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("bootstrap, percentile and BCa of 10 indicators × 4 measures");
    let Some((sample, pool)) = sample(10).zip(pool(1)) else { return };
    let replicates = sample.bootstrap(&options());
    let of = |indicator| MEASURES.map(|measure| Estimand::of(measure, indicator));
    let estimands: Vec<Estimand> = (0..10).flat_map(of).collect();
    let level = ConfidenceLevel::NINETY_FIVE;
    group.throughput(Throughput::Elements(REPLICATES as u64));
    group.bench_function(format!("{REPLICATES} replicates, 1 thread"), |bencher| {
        bencher.iter(|| pool.install(|| black_box(&replicates).estimates(&estimands, level)));
    });
    group.finish();
}

criterion_group!(benches, replicates, intervals);
criterion_main!(benches);
