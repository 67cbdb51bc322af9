//! How fine the weighted figures of a part may be, so that no hidden table of a stratum follows from them.

use std::collections::BTreeSet;

use super::coarse::Digits;
use crate::accuracy::Group;
use crate::draw::Sample;
use crate::protocol::Grouping;

/// How fine the weighted figures of a part may be.
pub(super) fn digits_of(group: &Group, small: &BTreeSet<String>, sample: &Sample) -> Digits {
    let within =
        |code: &String| sample.stratum(code).and_then(|one| one.cluster.as_deref()) == Some(group.value());
    match group {
        // A stratum has one weight for all its records: its estimates are those of the plain table.
        Group::Part(Grouping::Stratum, _) => Digits::All,
        Group::Part(Grouping::Cluster, _) if small.iter().any(within) => Digits::Hidden,
        Group::Part(Grouping::Cluster, _) => Digits::All,
        _ if small.is_empty() => Digits::All,
        _ => Digits::Printed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::SampledStratum;

    #[test]
    fn the_weighted_figures_of_a_cluster_with_a_small_stratum_are_taken_out() {
        let stratum = |code: &str, cluster: &str| SampledStratum {
            code: code.to_owned(),
            name: code.to_owned(),
            cluster: Some(cluster.to_owned()),
            frame: 100,
            in_use: 10,
            drawn: 12,
        };
        let strata = vec![stratum("1", "east"), stratum("2", "east"), stratum("3", "west")];
        let sample = Sample { strata, courses: Vec::new() };
        let of = |grouping, value: &str, small: &[&str]| {
            let small = small.iter().map(|code| (*code).to_owned()).collect();
            let group = Group::Part(grouping, value.to_owned());
            digits_of(&group, &small, &sample)
        };
        assert_eq!(of(Grouping::Cluster, "east", &["2"]), Digits::Hidden);
        assert_eq!(of(Grouping::Cluster, "west", &["2"]), Digits::All);
        assert_eq!(of(Grouping::Sex, "male", &["2"]), Digits::Printed);
        assert_eq!(of(Grouping::Sex, "male", &[]), Digits::All);
        assert_eq!(of(Grouping::Stratum, "1", &["2"]), Digits::All);
    }
}
