//! The groups that have tables of their own.

use std::collections::BTreeSet;

use crate::accuracy::Group;
use crate::draw::Sample;
use crate::protocol::{AgeGroups, Grouping, Protocol};

/// The values of a grouping with their names, in order.
pub(super) fn groups_of(grouping: Grouping, protocol: &Protocol, sample: &Sample) -> Vec<(Group, String)> {
    let mut values: Vec<(String, String)> = match grouping {
        Grouping::Stratum => {
            protocol.strata.in_study().map(|stratum| (stratum.code.clone(), stratum.label())).collect()
        }
        Grouping::Cluster => sample.strata.iter().filter_map(|one| one.cluster.clone()).map(twice).collect(),
        Grouping::Age => {
            let groups = &protocol.analysis.age_groups;
            let ages: BTreeSet<String> =
                sample.courses.iter().filter_map(|one| one.age).map(|age| groups.group(age)).collect();
            let present = groups.names().into_iter().filter(|name| ages.contains(name));
            return present
                .map(|name| (Group::Part(grouping, name.clone()), AgeGroups::label(&name)))
                .collect();
        }
        Grouping::Sex => sample.courses.iter().filter_map(|one| one.sex.clone()).map(twice).collect(),
        Grouping::Year => {
            let year = |period: &String| period.split('-').next().unwrap_or_default().to_owned();
            sample.courses.iter().filter_map(|one| one.period.as_ref().map(year)).map(twice).collect()
        }
    };
    values.sort();
    values.dedup();
    values.into_iter().map(|(value, label)| (Group::Part(grouping, value), label)).collect()
}

fn twice(value: String) -> (String, String) {
    (value.clone(), value)
}
