//! Stage 8: what is shown, as values that may be published: tables whose cells are final. Drawing them is for `io`.

mod accuracy_notes;
mod agreement_figure;
mod article;
mod baseline;
mod baseline_table;
mod bootstrap;
mod calibration_table;
mod checklist;
mod coarse;
mod comparison_rows;
mod comparison_tables;
mod descriptive;
mod differences;
mod document;
mod explained;
mod export;
mod figure;
mod flow_figure;
mod forest;
mod group_prevalence_table;
mod groups;
mod hidden_tables;
mod homogeneity;
mod imperfect_reference;
mod json;
mod number;
mod other_worlds;
mod page;
mod part_rows;
mod protected;
mod provenance;
mod raw_items;
mod raw_items_table;
mod reads;
mod repeat_draw;
mod result_figures;
mod result_json;
mod result_tables;
mod results;
mod review_tables;
mod sensitivity;
mod sensitivity_json;
mod sensitivity_table;
mod shown;
mod standing_notes;
mod study_bootstrap;
mod style;
mod table;
mod tidy;
mod two_by_two;
mod weighted_notes;
mod wording;

pub use article::{Article, COPY_FROM_HERE, article};
pub use baseline::{Baseline, BaselinePart, Characteristic, FrameCounts};
pub use bootstrap::{
    BootstrapShown, bootstrap_cells, bootstrap_json, bootstrap_notes, bootstrap_options_json, bootstrap_table,
};
pub use calibration_table::post_stratified_text;
pub use checklist::checklists;
pub use comparison_rows::comparison_rows;
pub use comparison_tables::{DESIGN_ALONE, difference_text};
pub use differences::GroupDifference;
pub use document::{Block, Document, Enclosed, Section, document};
pub use explained::{
    explain_json, explain_lines, explained_bootstrap, explained_estimates, explained_weighted,
};
pub use export::{
    Code, CodeList, DataSet, Datum, Export, IndicatorVariables, Variable, VariableKind, Why, export,
    export_readme, repeat_in_r, repeat_in_stata,
};
pub use figure::{
    Axis, Figure, FlowDiagram, FlowEnds, FlowStep, Forest, ForestCell, ForestRow, Mark, Panel, Picture,
};
pub use homogeneity::{HomogeneityResults, ShrunkenResults, StratumComparison};
pub use imperfect_reference::{imperfect_reference_json, imperfect_reference_table};
pub use json::{
    add_interval, coefficient_json, estimate_json, mcnemar_json, table_json, weighted_agreement_json,
    weighted_json,
};
pub use number::{count, counted, decimal, exact, p_value, percent};
pub use page::{SOFTWARE, page_line, standing_title, status_text};
pub use provenance::{DrawMade, Provenance};
pub use raw_items::{RawItemComparison, RawItemResults};
pub use repeat_draw::{DrawSnippet, frame_of_snippets, repeat_draw_snippets};
pub use result_figures::result_figures;
pub use result_json::results_json;
pub use result_tables::result_tables;
pub use results::{GroupResults, Head, IndicatorResults, Results, results, shown_tables};
pub use sensitivity::SensitivityAnalyses;
pub use shown::{AgreementResults, Beside, ReviewFlow};
pub use study_bootstrap::{BootstrapFault, BootstrapResults, bootstrap_results};
pub use style::Style;
pub use table::{Align, Column, Table};
pub use tidy::tidy_rows;
pub use two_by_two::{cells_table, estimate_header, measure_header, methods_notes, share_label, short_title};
pub use weighted_notes::weighted_notes;
pub use wording::{coefficient_text, estimate_text, in_percent, limits_text, reason_text, weighted_text};
