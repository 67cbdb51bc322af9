//! The figures of a paper, from results.

use super::agreement_figure::agreement_figure;
use super::flow_figure::flow_figure;
use super::forest::{accuracy_forest, group_forest};
use super::{Figure, Results, Style, standing_title};
use crate::protocol::{Grouping, Protocol};

/// All figures of the results: the flow, the accuracy of all indicators, of each by municipality where the protocol asks for
/// that, and the agreement of two reviewers; each but the first where there is an estimate to draw.
pub fn result_figures(results: &Results, protocol: &Protocol) -> Vec<Figure> {
    let mut figures = vec![flow_figure(results, protocol)];
    figures.extend(accuracy_forest(results, protocol));
    if protocol.analysis.by.contains(&Grouping::Stratum) {
        let by_stratum = |one| group_forest(one, Grouping::Stratum, results, protocol);
        figures.extend(results.indicators.iter().filter_map(by_stratum));
    }
    figures.extend(agreement_figure(results, protocol));
    let style = Style::from(protocol.report);
    figures.iter_mut().for_each(|figure| figure.title = standing_title(&figure.title, results, style));
    figures
}
