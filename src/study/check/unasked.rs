//! Indicators that rest on an item which is not asked of every chart that they are about.

use crate::error::{Finding, Place};
use crate::protocol::{Derivation, Protocol};
use crate::review::{Unasked, unasked};
use crate::study::PROTOCOL_FILE;

/// One finding for each indicator that a complete chart may leave untold.
pub(super) fn untold_indicators(protocol: &Protocol) -> impl Iterator<Item = Finding> {
    let derived = protocol.assessable().filter_map(|one| Some((one.id.as_str(), one.derived.as_ref()?)));
    derived.filter_map(|(id, derivation): (&str, &Derivation)| {
        Some(finding(id, &unasked(derivation, &protocol.items)?))
    })
}

fn finding(indicator: &str, found: &Unasked) -> Finding {
    let items: Vec<String> = found.items.iter().map(|id| format!("`{id}`")).collect();
    let items = items.join(", ");
    let example: Vec<String> =
        found.example.iter().map(|(id, answer)| format!("`{id}` = {}", answer.told())).collect();
    let what = format!(
        "`{indicator}` cannot be told where {items} is not asked for, for example where {}",
        example.join(" and ")
    );
    let key = format!("indicator.{indicator}.derived.{}", found.rule);
    Finding::warning("rests_on_unasked", what)
        .at(Place::file(PROTOCOL_FILE).key(&key, None))
        .because(format!("`{}` rests on it; such a chart counts as not relevant", found.rule))
        .remedy(format!(
            "let `relevant_if` leave out the charts that `ask_if` of {items} leaves out, or write `derived.not_relevant = \"no\"` if they count as no"
        ))
}
