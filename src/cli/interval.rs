//! `hkm interval`: one proportion with its confidence interval.

use clap::Args;
use serde_json::{Map, Value, json};

use super::choices::{IntervalChoice, read_count, refused_with};
use super::output::Output;
use super::prevalence::PrevalenceChoice;
use super::tidy::{tidy, with_keys};
use crate::error::Result;
use crate::report::{Style, Table, add_interval, count, explain_json, explain_lines, percent, reason_text};
use crate::stats::{ConfidenceInterval, Explanation, IntervalMethod, Method, Proportion, Reason};

#[derive(Debug, Args)]
pub(super) struct IntervalArguments {
    /// The events.
    #[arg(value_name = "X", value_parser = read_count, allow_negative_numbers = true)]
    events: u64,
    /// The trials.
    #[arg(value_name = "N", value_parser = read_count, allow_negative_numbers = true)]
    trials: u64,
    #[command(flatten)]
    choice: IntervalChoice,
    /// Every method.
    #[arg(long, conflicts_with = "method")]
    all: bool,
    /// The formula and the paper of each method.
    #[arg(long)]
    explain: bool,
    #[command(flatten)]
    prevalence: PrevalenceChoice,
    /// The decimals of the percentages; JSON and CSV always have all of them.
    #[arg(long, value_name = "NUMBER", default_value_t = 1, value_parser = clap::value_parser!(u8).range(0..=15))]
    decimals: u8,
}

/// What mostly happened when there are more events than trials.
const ORDER: &str = "give the events first and the trials second: `hkm interval 231 258`";

/// An interval, or why there is none, by its method.
type Made = (IntervalMethod, Result<ConfidenceInterval, Reason>);

/// `hkm interval`.
pub(super) fn interval(arguments: &IntervalArguments) -> Result<Output> {
    let proportion = Proportion::new(arguments.events, arguments.trials)
        .map_err(|fault| refused_with("proportion", fault.to_string(), ORDER))?;
    let choice = &arguments.choice;
    let methods = if arguments.all { IntervalMethod::ALL.to_vec() } else { vec![choice.method] };
    let made: Vec<Made> =
        methods.into_iter().map(|method| (method, proportion.interval(method, choice.level))).collect();
    let mut json = as_json(arguments, proportion, &made);
    let mut tables = vec![table(arguments, proportion, &made)];
    let mut explained: Vec<Explanation> = made.iter().map(|(method, _)| explanation(*method)).collect();
    if let Some(found) = arguments.prevalence.found(proportion, choice)? {
        json.insert("true_prevalence".to_owned(), found.json());
        explained.extend(found.explained());
        tables.push(found.table(usize::from(arguments.decimals)));
    }
    if arguments.explain {
        json.insert("explain".to_owned(), explain_json(&explained));
    }
    let json = Value::from(json);
    Ok(Output {
        tables,
        closing: if arguments.explain { explain_lines(&explained) } else { Vec::new() },
        tidy: Some(as_tidy(&json)),
        json,
        findings: choice.warnings(),
        ..Output::default()
    })
}

fn table(arguments: &IntervalArguments, proportion: Proportion, made: &[Made]) -> Table {
    let shown = |number| percent(number, usize::from(arguments.decimals));
    let [x, n] = [proportion.events(), proportion.trials()].map(count);
    let estimate = proportion.estimate();
    let estimate = estimate.map_or("not estimable".to_owned(), |estimate| format!("{} %", shown(estimate)));
    let title = format!("{x} of {n}: {estimate}");
    let headers = [
        "method".to_owned(),
        format!(">lower {} limit, %", arguments.choice.level),
        format!(">upper {} limit, %", arguments.choice.level),
    ];
    let mut table = Table::new(title, &headers.each_ref().map(String::as_str));
    if made.len() > 1 {
        table.note(DISCOURAGED);
    }
    for (method, interval) in made {
        let limits = match interval {
            Ok(interval) => [shown(interval.lower()), shown(interval.upper())],
            Err(reason) => [(); 2].map(|()| reason_text(*reason, Style::ENGLISH).to_owned()),
        };
        table.row(std::iter::once(method.title().to_owned()).chain(limits));
        if arguments.explain {
            table.note(format!("{}: {}.", method.title(), method.reference()));
        }
    }
    table
}

/// What stands below all methods.
pub(super) const DISCOURAGED: &str =
    "Arcsine and Wald cover less than they say near 0 and 100 %: for comparison, not for a paper.";

fn explanation(method: IntervalMethod) -> Explanation {
    Method::from(method).explanation()
}

fn as_json(arguments: &IntervalArguments, proportion: Proportion, made: &[Made]) -> Map<String, Value> {
    let mut object = Map::new();
    object.insert("x".to_owned(), proportion.events().into());
    object.insert("n".to_owned(), proportion.trials().into());
    object.insert("estimate".to_owned(), proportion.estimate().into());
    if proportion.estimate().is_none() {
        object.insert("reason".to_owned(), Reason::NotEstimable.name().into());
    }
    object.insert("level".to_owned(), arguments.choice.level.as_f64().into());
    let interval = |made: &Made| interval_json(made, arguments.explain);
    object.insert("intervals".to_owned(), made.iter().map(interval).collect());
    object
}

/// The method is named although it may have no limits.
fn interval_json((method, interval): &Made, explain: bool) -> Value {
    let mut object = Map::new();
    add_interval(&mut object, *interval);
    object.insert("method".to_owned(), method.name().into());
    if explain {
        object.insert("formula".to_owned(), explanation(*method).formula.into());
        object.insert("reference".to_owned(), method.reference().into());
    }
    // The reason why there are no limits stands behind them.
    if let Some(reason) = object.shift_remove("reason") {
        object.insert("reason".to_owned(), reason);
    }
    json!(object)
}

fn as_tidy(json: &Value) -> Vec<Vec<String>> {
    let measure = |name: &str| ("measure", Value::from(name));
    let own = ["x", "n", "estimate", "level"].map(|key| (key, json[key].clone()));
    let shared: Vec<_> = [measure("proportion")].into_iter().chain(own).collect();
    let intervals = json["intervals"].as_array().into_iter().flatten();
    let mut rows: Vec<_> = intervals.map(|interval| with_keys(&shared, interval)).collect();
    let found = &json["true_prevalence"];
    let level = ("level", json["level"].clone());
    let shared = [measure("true_prevalence"), ("estimate", found["estimate"].clone()), level];
    let listed = found["intervals"].as_array().into_iter().flatten();
    rows.extend(listed.map(|interval| with_keys(&shared, interval)));
    tidy(&["measure", "x", "n", "estimate", "level", "method", "lower", "upper", "reason"], &rows)
}
