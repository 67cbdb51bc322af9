//! Tables of comparisons: differences between groups, and the municipalities beside each other.

use super::coarse::TENTHS_LEFT;
use super::result_tables::{HIDDEN, INDICATOR, grouping_word, main_headers};
use super::standing_notes::{all_hidden_row, difference_note};
use super::two_by_two::{CI, row_title};
use super::wording::{COMPLETE, no_interval};
use super::{GroupDifference, IndicatorResults, Results, Style, Table, limits_text, reason_text};
use crate::protocol::{AgeGroups, Grouping, Protocol};
use crate::stats::{ConfidenceInterval, Measure, Reason, TestWay};

/// What a grouping's tables are followed by.
pub(super) fn comparison_tables(results: &Results, protocol: &Protocol, grouping: Grouping) -> Vec<Table> {
    match grouping {
        Grouping::Stratum => {
            vec![homogeneity_table(results, protocol), shrunken_table(results, protocol)]
        }
        _ => vec![difference_table(results, protocol, grouping)],
    }
}

fn difference_table(results: &Results, protocol: &Protocol, grouping: Grouping) -> Table {
    let style = Style::from(protocol.report);
    let (name, level) = (grouping_word(grouping, protocol), style.written(&protocol.analysis.level));
    let difference = format!("{} ({level} {})", style.says([">forskel", ">difference"]), style.says(CI));
    let measure = style.says(["mål", "measure"]);
    let headers = [style.says(INDICATOR), name, measure, &difference, ">SE", ">df", ">p", ">p (Holm)"];
    let title = style.says([
        format!("Forskelle efter {name}, vægtet, i procentpoint"),
        format!("Differences by {name}, weighted, in percentage points"),
    ]);
    let mut table = Table::new(title, &headers).named(format!("differences-by-{}", grouping.name()));
    let of_grouping = |indicator: &IndicatorResults| {
        indicator.differences.iter().any(|one| one.grouping == grouping && one.df.is_some())
    };
    // Signs alone would say no more than the notes of the tables by part.
    if !results.indicators.iter().any(of_grouping) {
        return table;
    }
    for indicator in &results.indicators {
        let all = indicator.differences.iter().filter(|one| one.grouping == grouping);
        if all.clone().all(|one| one.df.is_none()) && all.clone().count() > 1 {
            let row = all_hidden_row(style.of(&indicator.name), 2, &table, style);
            table.row(row);
            continue;
        }
        let mut pair = None;
        for (place, one) in all.enumerate() {
            let is_next = pair.replace((&one.group, &one.reference)) != Some((&one.group, &one.reference));
            table.row(difference_row(indicator_name(indicator, place, style), is_next, one, style));
        }
    }
    table.note(difference_note(protocol));
    let compared = results.indicators.iter().flat_map(|one| &one.differences);
    let compared = compared.filter(|one| one.grouping == grouping);
    table.note(holm_note(compared.clone().map(|one| one.adjusted), style));
    if compared.clone().any(|one| one.coarse) {
        table.note(style.says(COARSE));
    }
    if protocol.analysis.post_stratify.is_some() {
        table.note(style.says(DESIGN_ALONE));
    }
    add_hidden_note(&mut table, style);
    table
}

/// What differences say where the groups' tables are post-stratified.
pub const DESIGN_ALONE: [&str; 2] = [
    "Forskelle er alene med designets vægte, ikke poststratificeret: de er ikke forskellene mellem de poststratificerede tal.",
    "Differences are by the design's weights alone, not post-stratified: they are not those of the post-stratified figures.",
];

/// What the second p value is: those of the hidden tests are nobody's to count.
fn holm_note(adjusted: impl Iterator<Item = Result<f64, Reason>>, style: Style) -> String {
    let shown = style.count(adjusted.filter(Result::is_ok).count() as u64);
    style.says([
        format!("Holm: justeret for de test, hvis p-værdi vises i denne tabel (antal: {shown})."),
        format!("Holm: adjusted for the tests whose p value this table shows (number of tests: {shown})."),
    ])
}

/// How many digits a difference has where a hidden count would follow from more.
const COARSE: [&str; 2] = [
    "Hvor et skjult antal ville følge af flere cifre, er forskelle afrundet til tiendedele af et procentpoint og p-værdier til to cifre.",
    "Where a hidden count would follow from more digits, differences are rounded to tenths of a percentage point and p values to two digits.",
];

fn indicator_name(indicator: &IndicatorResults, place: usize, style: Style) -> String {
    if place == 0 { style.of(&indicator.name).to_owned() } else { String::new() }
}

fn difference_row(indicator: String, names_groups: bool, one: &GroupDifference, style: Style) -> Vec<String> {
    let (fine, style) = (style, style.no_finer(one.coarse.then_some(TENTHS_LEFT)));
    let p_value = |p| if one.coarse { style.coarse_p_value(p) } else { fine.p_value(p) };
    let less = style.says(["minus", "less"]);
    let [group, reference] = [&one.group, &one.reference].map(|name| match one.grouping {
        Grouping::Age => AgeGroups::label(name),
        _ => name.clone(),
    });
    let groups = if names_groups { format!("{group} {less} {reference}") } else { String::new() };
    vec![
        indicator,
        groups,
        row_title(one.measure, style),
        difference_text(one.estimate, one.interval, one.complete, style),
        number(one.se, |se| style.percent(se), style),
        one.df.map_or_else(|| HIDDEN.to_owned(), |df| style.count(df)),
        number(one.p_value, p_value, style),
        number(one.adjusted, p_value, style),
    ]
}

/// `−4.2 (−9.0 to 0.6)`, `−4.2 (complete)`, or why there is none.
pub fn difference_text(
    estimate: Result<f64, Reason>,
    interval: Result<ConfidenceInterval, Reason>,
    complete: bool,
    style: Style,
) -> String {
    let points = |number| style.percent(number);
    match (estimate, interval) {
        (Err(reason), _) => reason_text(reason, style).to_owned(),
        (Ok(value), _) if complete => format!("{} ({})", points(value), style.says(COMPLETE)),
        (Ok(value), Err(reason)) => no_interval(points(value), reason, style),
        (Ok(value), Ok(limits)) => {
            let limits = limits_text(points(limits.lower()), points(limits.upper()), style);
            format!("{} ({limits})", points(value))
        }
    }
}

fn number(value: Result<f64, Reason>, shown: impl Fn(f64) -> String, style: Style) -> String {
    value.map_or_else(|reason| reason_text(reason, style).to_owned(), shown)
}

fn homogeneity_table(results: &Results, protocol: &Protocol) -> Table {
    let style = Style::from(protocol.report);
    let name = style.of(&protocol.strata.name);
    let [measure, groups, how] = style.says([["mål", ">grupper", "metode"], ["measure", ">groups", "how"]]);
    let headers = [style.says(INDICATOR), measure, groups, ">p", ">p (Holm)", how];
    let title = style.says([
        format!("Er nøjagtigheden den samme i hver {name}? Eksakte test, uvægtet"),
        format!("Is the accuracy the same in each {name}? Exact tests, unweighted"),
    ]);
    let tests = || results.indicators.iter().flat_map(|one| &one.by_stratum.homogeneity);
    let pooled = tests().map(|one| one.pooled).max().unwrap_or_default();
    let mut table = Table::new(title + pooled_words(pooled, style), &headers).named("homogeneity");
    for indicator in &results.indicators {
        for (place, one) in indicator.by_stratum.homogeneity.iter().enumerate() {
            let groups = one.groups.map_or_else(|| "–".to_owned(), |groups| style.count(groups));
            let how = match one.way {
                None => String::new(),
                Some(TestWay::Exact) => style.says(["eksakt", "exact"]).to_owned(),
                Some(TestWay::MonteCarlo { tables, .. }) => {
                    format!("{} {}", style.count(tables), style.says(["tabeller trukket", "tables drawn"]))
                }
            };
            let title = row_title(one.measure, style);
            let [p, adjusted] = [one.p_value, one.adjusted].map(|p| number(p, |p| style.p_value(p), style));
            table.row([indicator_name(indicator, place, style), title, groups, p, adjusted, how]);
        }
    }
    let adjusted = tests().map(|one| one.adjusted);
    table.note(format!("Fisher–Freeman–Halton. {}", holm_note(adjusted, style)));
    if pooled > 0 {
        table.note(style.says([
            format!("De, hvis tabel er skjult ({HIDDEN}), er én gruppe her, så sandsynligheden ikke fortæller om deres antal."),
            format!("Those of which a table is hidden ({HIDDEN}) are one group here, so that the probability tells nothing of their counts."),
        ]));
    }
    add_hidden_note(&mut table, style);
    table
}

/// What the title adds where hidden tables are one group.
fn pooled_words(pooled: u64, style: Style) -> &'static str {
    match pooled {
        0 => "",
        _ => style.says(["; de skjulte som én gruppe", "; the hidden ones as one group"]),
    }
}

fn shrunken_table(results: &Results, protocol: &Protocol) -> Table {
    let style = Style::from(protocol.report);
    let (name, level) = (style.of(&protocol.strata.name), style.written(&protocol.analysis.level));
    let [sensitivity, specificity] = main_headers(style);
    let headers = [style.says(INDICATOR), name, sensitivity, specificity, ">PPV", ">NPV"];
    let title = style.says([
        format!("Hver {name} i lyset af de øvrige, med {level} intervaller, i procent"),
        format!("Each {name} in the light of the others, with {level} intervals, in per cent"),
    ]);
    let mut table = Table::new(title, &headers).named("shrunken");
    for indicator in &results.indicators {
        let all = &indicator.by_stratum.shrunken;
        if all.iter().all(|one| one.estimate == Err(Reason::Suppressed)) && !all.is_empty() {
            let row = all_hidden_row(style.of(&indicator.name), 1, &table, style);
            table.row(row);
            continue;
        }
        let mut strata: Vec<(&str, &str)> = Vec::new();
        for one in all {
            let named = (one.stratum.as_str(), one.label.as_str());
            if !strata.contains(&named) {
                strata.push(named);
            }
        }
        for (place, (code, label)) in strata.into_iter().enumerate() {
            let cell = |measure: Measure| {
                let found = all.iter().find(|one| one.stratum == code && one.measure == measure);
                let estimate = found.map_or(Err(Reason::NotEstimable), |one| one.estimate);
                let value = estimate.map(|estimate| estimate.value);
                difference_text(value, estimate.map(|estimate| estimate.interval), false, style)
            };
            let cells = super::differences::COMPARED.map(cell);
            table.row([indicator_name(indicator, place, style), label.to_owned()].into_iter().chain(cells));
        }
    }
    table.note(style.says([
        "Beta-binomial model med uniforme priorer for middelværdi og korrelation, integreret over begge; uvægtet. Intervallerne er blandingens.",
        "Beta-binomial model with uniform priors of mean and correlation, integrated over both; unweighted. Intervals are of the mixture.",
    ]));
    table.note(style.says([
        format!("Kun de viste tal indgår i modellen, ikke dem i en skjult tabel ({HIDDEN})."),
        format!("Only the figures shown enter the model; those of a hidden table ({HIDDEN}) do not."),
    ]));
    table
}

fn add_hidden_note(table: &mut Table, style: Style) {
    if table.rows.iter().flatten().any(|cell| cell == HIDDEN) {
        table.note(style.says([
            format!("{HIDDEN}: skjult, fordi tabellen for en gruppe er det, eller fordi det ville røbe en."),
            format!("{HIDDEN}: hidden, because the table of a group is, or because it would give one away."),
        ]));
    }
}
