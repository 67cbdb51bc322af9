//! Counting drawn records in byte lanes.
//!
//! A record is a row of bytes, four for each indicator, with 1 in its cell and 0 elsewhere. The sum of the drawn
//! rows, byte by byte, holds the resampled counts of all cells of all indicators; before a byte could pass 255 the sum is
//! added to wider numbers. A draw costs one load and one addition for every sixteen bytes, whatever
//! the indicators, because the compiler makes vectors of the fixed rows.

use super::{Cell, ReviewedStratum};

/// Bytes of a row: twelve indicators.
pub(super) const WIDTH: usize = 48;

/// The lanes of one record, aligned for the vectors.
#[derive(Debug, Clone, Copy)]
#[repr(align(16))]
pub(super) struct Row([u8; WIDTH]);

/// The rows of a stratum, for up to twelve indicators each.
pub(super) fn lanes(stratum: &ReviewedStratum, indicators: usize) -> Vec<Vec<Row>> {
    let firsts = (0..indicators).step_by(WIDTH / 4);
    firsts.map(|first| stratum.records.iter().map(|record| Row::of(&record[first..])).collect()).collect()
}

impl Row {
    /// The first twelve indicators.
    fn of(record: &[Option<Cell>]) -> Self {
        let mut row = [0; WIDTH];
        for (lanes, cell) in row.chunks_exact_mut(4).zip(record) {
            cell.iter().for_each(|cell| lanes[*cell as usize] = 1);
        }
        Row(row)
    }
}

/// How often each cell comes in the drawn rows.
pub(super) fn counted<P: Copy + Into<u32>>(rows: &[Row], places: &[P]) -> [i32; WIDTH] {
    let mut counts = [0; WIDTH];
    for places in places.chunks(usize::from(u8::MAX)) {
        for (count, sum) in counts.iter_mut().zip(added(rows, places)) {
            *count += i32::from(sum);
        }
    }
    counts
}

/// The sum of at most 255 rows.
fn added<P: Copy + Into<u32>>(rows: &[Row], places: &[P]) -> [u8; WIDTH] {
    let mut sum = [0_u8; WIDTH];
    for &place in places {
        let Some(Row(row)) = rows.get(place.into() as usize) else { continue };
        for (sum, lane) in sum.iter_mut().zip(row) {
            *sum = sum.wrapping_add(*lane);
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thousand_draws_of_one_record_are_counted_although_a_byte_holds_255() {
        let records = vec![vec![Some(Cell::Fn), None], vec![Some(Cell::Tp), Some(Cell::Tn)]];
        let stratum = ReviewedStratum { population: 9, records };
        let places: Vec<u32> = (0..1255).map(|draw| u32::from(draw >= 1000)).collect();
        let counts = counted(&lanes(&stratum, 2)[0], &places);
        assert_eq!(counts[..8], [255, 0, 1000, 0, 0, 0, 0, 255]);
    }

    #[test]
    fn thirteen_indicators_take_two_rows() {
        let mut record = vec![None; 13];
        record[12] = Some(Cell::Fp);
        let stratum = ReviewedStratum { population: 9, records: vec![record] };
        let lanes = lanes(&stratum, 13);
        assert_eq!(counted(&lanes[1], &[0_u16])[..4], [0, 1, 0, 0]);
        assert_eq!((lanes.len(), counted(&lanes[0], &[0_u16])), (2, [0; WIDTH]));
    }
}
