//! Two numbers that should be the same, many times, each kind within its own tolerance.

use std::collections::BTreeMap;
use std::fmt::Display;

/// How far two numbers may be apart: this share of the expected one, and this much besides.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tolerance {
    pub(super) relative: f64,
    pub(super) absolute: f64,
}

impl Tolerance {
    pub(super) const fn relative(relative: f64) -> Self {
        Tolerance { relative, absolute: 1e-300 }
    }

    pub(super) const fn absolute(absolute: f64) -> Self {
        Tolerance { relative: 0.0, absolute }
    }
}

/// What was compared so far.
#[derive(Debug, Default)]
pub(super) struct Comparison {
    /// Of each kind: how many, and the largest share of the tolerance that was used up.
    kinds: BTreeMap<String, (u64, f64)>,
    disagreements: Vec<String>,
}

impl Comparison {
    pub(super) fn close(
        &mut self,
        kind: &str,
        place: &dyn Display,
        found: f64,
        expected: f64,
        tolerance: Tolerance,
    ) {
        let allowed = tolerance.relative * expected.abs() + tolerance.absolute;
        let used = (found - expected).abs() / allowed;
        let (compared, largest) = self.kinds.entry(kind.to_owned()).or_default();
        *compared += 1;
        *largest = largest.max(used);
        if used.is_nan() || used > 1.0 {
            self.disagreements.push(format!("{place}: {kind} is {found}, the peer has {expected}"));
        }
    }

    /// The same where either may have no answer; the other must have none then.
    pub(super) fn close_if_any(
        &mut self,
        kind: &str,
        place: &dyn Display,
        found: Option<f64>,
        expected: Option<f64>,
        tolerance: Tolerance,
    ) {
        match (found, expected) {
            (Some(found), Some(expected)) => self.close(kind, place, found, expected, tolerance),
            (None, None) => self.kinds.entry(format!("{kind}: none")).or_default().0 += 1,
            _ => self.disagreements.push(format!("{place}: {kind} is {found:?}, the peer has {expected:?}")),
        }
    }

    /// Tells what was compared, and stops where anything was different or a kind is missing.
    #[expect(clippy::print_stderr, reason = "how near the numbers came is worth reading")]
    pub(super) fn finish(self) {
        for (kind, (compared, largest)) in &self.kinds {
            eprintln!("{compared:6} × {kind}: at most {largest:.0e} of the tolerance");
        }
        let first: Vec<&str> = self.disagreements.iter().take(20).map(String::as_str).collect();
        let all = self.disagreements.len();
        assert!(all == 0, "{all} disagreements, the first of them:\n{}", first.join("\n"));
        let compared: u64 = self.kinds.values().map(|(compared, _)| compared).sum();
        assert!(compared > 1000, "only {compared} numbers were compared");
    }
}
