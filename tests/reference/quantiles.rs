//! Beta quantiles against 45-digit power series.

use hjertekommidt::stats::quantile;

use crate::oracle::{distance, rows};

/// Relative, of x and of 1 − x, for the shapes that plain counts lead to.
const QUANTILE: f64 = 1e-14;

/// The same for a shape below one half, where x may be as small as 1e-60.
const SMALL_SHAPE_QUANTILE: f64 = 1e-12;

#[test]
fn beta_quantiles_and_their_complements_agree_with_power_series() {
    for row in rows("beta_quantile") {
        let (a, b) = (row.value("a"), row.value("b"));
        let x = quantile::beta(row.value("p"), a, b).unwrap();
        let off = distance(x.value(), row.value("x")).max(distance(x.complement(), row.value("complement")));
        let tolerance = if a.min(b) < 0.5 { SMALL_SHAPE_QUANTILE } else { QUANTILE };
        assert!(off <= tolerance, "{row}: {x:?} is off by {off:e}");
    }
}
