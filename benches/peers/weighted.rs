//! Weighted sensitivities with their standard errors: from the counts of the strata, and record by record.

use std::hint::black_box;

use hjertekommidt::stats::{Measure, StratifiedTwoByTwo, TwoByTwo, TwoByTwoStratum, WeightedOptions};

use super::Done;
use super::records::Records;

const ROUNDS: usize = 100;

/// The tables of each indicator.
fn tables(records: &Records) -> Vec<StratifiedTwoByTwo> {
    let of = |indicator: usize| {
        let mut tables = vec![TwoByTwo::default(); records.strata.len()];
        for row in &records.rows {
            let table = &mut tables[usize::from(row[0])];
            match row[indicator + 1] {
                0 => table.tp += 1,
                1 => table.fp += 1,
                2 => table.fn_ += 1,
                _ => table.tn += 1,
            }
        }
        let stratum = |(table, [population, reviewed]): (TwoByTwo, &[u64; 2])| TwoByTwoStratum {
            population: *population,
            reviewed: *reviewed,
            answered: *reviewed,
            table,
            register: None,
        };
        StratifiedTwoByTwo::new(tables.into_iter().zip(&records.strata).map(stratum).collect()).unwrap()
    };
    (0..records.indicators()).map(of).collect()
}

/// Estimate and standard error, of all indicators over and over, since one is too short to be timed.
pub(crate) fn ratios(records: &Records) -> Done {
    let (tables, options) = (tables(records), WeightedOptions::default());
    let ratios = || tables.iter().map(|of| black_box(of).ratio_and_se(Measure::Sensitivity, &options));
    let often = || (0..ROUNDS).fold(Vec::new(), |_, _| ratios().collect::<Vec<_>>());
    Done::of(ROUNDS * tables.len(), often, |found| {
        found.into_iter().map(Result::unwrap).flat_map(|(ratio, se)| [ratio, se]).collect()
    })
}

/// The same with Korn–Graubard's interval and what stands beside it; estimate and standard error are told.
pub(crate) fn estimates(records: &Records) -> Done {
    let (tables, options) = (tables(records), WeightedOptions::default());
    let estimates =
        || tables.iter().filter_map(|of| of.estimate(Measure::Sensitivity, &options)).collect::<Vec<_>>();
    Done::of(tables.len(), estimates, |found| {
        found.iter().flat_map(|of| [of.estimate.unwrap(), of.se.unwrap()]).collect()
    })
}

/// The textbook's way, with a residual for each record.
pub(crate) fn record_level(records: &Records) -> Done {
    let work = || (0..records.indicators()).flat_map(|of| by_records(records, of + 1)).collect();
    Done::of(records.indicators(), work, |found: Vec<f64>| found)
}

fn by_records(records: &Records, place: usize) -> [f64; 2] {
    let weight: Vec<f64> =
        records.strata.iter().map(|[frame, reviewed]| *frame as f64 / *reviewed as f64).collect();
    let (mut above, mut below) = (0.0, 0.0);
    for row in &records.rows {
        above += if row[place] == 0 { weight[usize::from(row[0])] } else { 0.0 };
        below += if row[place] % 2 == 0 { weight[usize::from(row[0])] } else { 0.0 };
    }
    let ratio = above / below;
    let residual = |row: &Vec<u8>| match row[place] {
        0 => 1.0 - ratio,
        2 => -ratio,
        _ => 0.0,
    };
    let mut mean = vec![0.0; records.strata.len()];
    records.rows.iter().for_each(|row| mean[usize::from(row[0])] += residual(row));
    mean.iter_mut().zip(&records.strata).for_each(|(sum, [_, reviewed])| *sum /= *reviewed as f64);
    let mut squares = vec![0.0; records.strata.len()];
    records
        .rows
        .iter()
        .for_each(|row| squares[usize::from(row[0])] += (residual(row) - mean[usize::from(row[0])]).powi(2));
    let variance = squares.iter().zip(&records.strata).map(|(squares, [frame, reviewed])| {
        let (frame, reviewed) = (*frame as f64, *reviewed as f64);
        (1.0 - reviewed / frame) * frame * frame / reviewed * squares / (reviewed - 1.0)
    });
    [ratio, variance.sum::<f64>().sqrt() / below]
}
