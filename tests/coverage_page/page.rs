//! The page: every cell of its tables, and the numbers in its words.

use std::fs;
use std::path::Path;

use super::files::{Cells, file, number, one};

fn page() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/coverage.md")).unwrap()
}

/// Half of the last of three decimals, and what the fifth decimal of the file loses.
const CELL: f64 = 0.000_506;

fn cells(line: &str) -> Vec<&str> {
    line.trim_matches('|').split('|').map(|cell| cell.trim().trim_matches('`')).collect()
}

/// Asserts the cells under one comment; how many numbers there were.
fn assert_table(source: &str, lines: &[&str]) -> usize {
    let pairs: Vec<(&str, &str)> = source.split(';').filter_map(|part| part.trim().split_once('=')).collect();
    let key = |name: &str| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| *value);
    let rows = file(key("file").unwrap());
    let structure = ["file", "rows", "columns", "value", "values"];
    let conditions: Vec<_> = pairs.iter().copied().filter(|(name, _)| !structure.contains(name)).collect();
    let heads = cells(lines[0]);
    let mut numbers = 0;
    for line in &lines[2..] {
        let line = cells(line);
        assert_eq!(line.len(), heads.len(), "{line:?}");
        for column in 1..heads.len() {
            let mut wanted = conditions.clone();
            wanted.push((key("rows").unwrap(), line[0]));
            let of = match key("columns") {
                Some(columns) => {
                    wanted.push((columns, heads[column]));
                    key("value").unwrap()
                }
                None => key("values").unwrap().split(',').nth(column - 1).unwrap(),
            };
            let row = one(&rows, &wanted);
            if line[column] == "–" {
                assert_eq!(row[of], "", "{source}: {wanted:?}");
                continue;
            }
            let shown: f64 = line[column].parse().unwrap();
            let off = (shown - number(row, of)).abs();
            assert!(off <= CELL, "{source}: {wanted:?} is {}, the page has {shown}", row[of]);
            numbers += 1;
        }
    }
    numbers
}

#[test]
fn every_number_in_the_tables_is_that_of_the_files() {
    let page = page();
    let lines: Vec<&str> = page.lines().collect();
    let mut numbers = 0;
    let mut tables = 0;
    for (at, line) in lines.iter().enumerate() {
        let Some(source) = line.strip_prefix("<!-- table:").and_then(|rest| rest.strip_suffix("-->")) else {
            continue;
        };
        let below: Vec<&str> = lines[at + 1..]
            .iter()
            .copied()
            .skip_while(|line| line.is_empty())
            .take_while(|line| line.starts_with('|'))
            .collect();
        numbers += assert_table(source, &below);
        tables += 1;
    }
    // The designs are told in words.
    let is_head = |two: &&[&str]| two[1].starts_with("|--") && !two[0].starts_with("| design |");
    let all = lines.windows(2).filter(is_head).count();
    assert_eq!(all, tables, "a table without a source");
    assert!(numbers > 150, "{numbers} numbers in {tables} tables");
}

#[test]
fn the_figures_that_the_page_shows_exist_and_none_is_forgotten() {
    let page = page();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/coverage");
    let mut figures = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(page.contains(&format!("coverage/{name}")), "{name} is not mentioned");
        figures += usize::from(name.ends_with(".svg"));
    }
    assert_eq!(page.matches(".svg)").count(), figures);
}

/// The sentences of the page with their numbers taken from the files.
fn sentences() -> Vec<String> {
    let [summary, weighted, candidates, heavy, bootstrap] =
        ["plain_summary", "weighted", "candidates", "heavy", "bootstrap"].map(file);
    let plain = |method: &str, n: &str, column: &str| {
        let keys = [("method", method), ("n", n), ("level", "0.95"), ("from", "0.8")];
        number(one(&summary, &keys), column)
    };
    let least = |rows: &[Cells], keys: &[(&str, &str)]| {
        all(rows, keys).into_iter().map(|row| number(row, "coverage")).fold(f64::INFINITY, f64::min)
    };
    let below = |rows: &[Cells], keys: &[(&str, &str)]| {
        let found = all(rows, keys);
        assert_eq!(found.len(), 64);
        found.into_iter().filter(|row| number(row, "coverage") < 0.94).count()
    };
    let ratios = |design: &str, method: &str| {
        let widths = |method: &str| -> Vec<f64> {
            let rows = all(&candidates, &[("design", design), ("method", method)]);
            rows.into_iter().map(|row| number(row, "width")).collect()
        };
        let both = widths(method).into_iter().zip(widths("specified"));
        both.map(|(own, specified)| own / specified).collect::<Vec<f64>>()
    };
    let mean = |ratios: Vec<f64>| ratios.iter().sum::<f64>() / ratios.len() as f64;
    let sensitivity = |design: &str, prevalence: &str, method: &str, column: &str| {
        let keys = [
            ("design", design),
            ("prevalence", prevalence),
            ("method", method),
            ("truth", "equal_0.9"),
            ("target", "frame"),
            ("measure", "sensitivity"),
        ];
        number(one(&weighted, &keys), column)
    };
    let variance_ratio = |prevalence: &str| {
        let sd = |method| sensitivity("proportional_300", prevalence, method, "sd");
        (sd("post_frame_korn_graubard") / sd("korn_graubard")).powi(2)
    };
    let of_design = |design, method| {
        (least(&candidates, &[("design", design), ("method", method)]), mean(ratios(design, method)))
    };
    let frame = |design, method| [("design", design), ("method", method), ("target", "frame")];
    let (proportional, more) = (("design", "proportional_300"), ("design", "proportional_600"));
    let of_proportional = |method| {
        least(&weighted, &[proportional, ("method", method)])
            .min(least(&weighted, &[more, ("method", method)]))
    };
    let [difficult, caps] = ["specified", "cap design"].map(|name| of_design("difficult_153", name));
    let sizes = ["30", "50", "100", "200", "258", "500", "1000"];
    let agresti_coull =
        sizes.map(|n| plain("agresti_coull", n, "least_coverage")).into_iter().fold(1.0, f64::min);
    let large = |reviewed| least(&heavy, &[("large_reviewed", reviewed), ("method", "korn_graubard")]);
    let bootstrapped = |method| {
        let keys = [("measure", "sensitivity"), proportional, ("truth", "equal_0.9"), ("method", method)];
        number(one(&bootstrap, &keys), "coverage")
    };
    let widest = ratios("equal_300", "heaviest at V = 0").into_iter().fold(0.0, f64::max);
    vec![
        format!(
            "under equal allocation it falls to {:.3}",
            least(&weighted, &frame("equal_300", "korn_graubard"))
        ),
        format!(
            "at n = 100 its mean width is {:.3}, Wilson's {:.3}",
            plain("clopper_pearson", "100", "mean_width"),
            plain("wilson", "100", "mean_width")
        ),
        format!(
            "at n = 258 their least are {:.3} and {:.3}",
            plain("wilson", "258", "least_coverage"),
            plain("mid_p", "258", "least_coverage")
        ),
        format!("Agresti–Coull is never below {agresti_coull:.3}"),
        format!(
            "at n = 100 the least coverage is {:.3} and {:.3}",
            plain("wald", "100", "least_coverage"),
            plain("arcsine", "100", "least_coverage")
        ),
        format!("the least is {:.3}. Wilson", of_proportional("korn_graubard")),
        format!("and its least is {:.3}", of_proportional("wilson")),
        format!("falls below 0.94 in {} of 64", below(&weighted, &frame("equal_300", "korn_graubard"))),
        format!("in `difficult_153` in {} of 64", below(&weighted, &frame("difficult_153", "korn_graubard"))),
        format!(
            "the plain interval covers {:.3}",
            least(&weighted, &frame("equal_300", "unweighted_clopper_pearson"))
        ),
        format!(
            "in `equal_300` the least is {:.3}",
            least(&weighted, &[("design", "equal_300"), ("method", "korn_graubard"), ("target", "process")])
        ),
        format!("as low as {:.3}; with 50 (16.7 %) it is at least {:.3}", large("32"), large("50")),
        format!("(mean width ratio {:.3})", mean(ratios("proportional_300", "cap design"))),
        format!("from {:.3} to {:.3} for a width ratio of {:.3}", difficult.0, caps.0, caps.1),
        format!(
            "the cases below 0.94 from {} to {} for {:.3}",
            below(&candidates, &[("design", "equal_300"), ("method", "specified")]),
            below(&candidates, &[("design", "equal_300"), ("method", "cap design")]),
            of_design("equal_300", "cap design").1
        ),
        format!("*cap design* leaves {:.3}", of_design("equal_300", "cap design").0),
        format!(
            "mends it ({:.3}, *all three* {:.3}), but its intervals are up to {widest:.1} times",
            of_design("equal_300", "heaviest at V = 0").0,
            of_design("equal_300", "all three").0
        ),
        format!("falls to {:.3} of what it was", variance_ratio("0.9")),
        format!(
            "the width stays ({:.3}) while coverage rises to {:.3}",
            sensitivity("proportional_300", "0.9", "post_frame_korn_graubard", "width"),
            sensitivity("proportional_300", "0.9", "post_frame_korn_graubard", "coverage")
        ),
        format!(
            "is {:.3} wide and covers {:.3}",
            sensitivity("proportional_300", "0.9", "post_frame_logit", "width"),
            sensitivity("proportional_300", "0.9", "post_frame_logit", "coverage")
        ),
        format!(
            "({:.3} in `equal_300`, without post-stratification {:.3})",
            sensitivity("equal_300", "0.9", "post_frame_logit", "coverage"),
            sensitivity("equal_300", "0.9", "logit", "coverage")
        ),
        format!(
            "becomes {:.3} wide in place of {:.3}",
            sensitivity("equal_300", "0.9", "post_frame_korn_graubard", "width"),
            sensitivity("equal_300", "0.9", "korn_graubard", "width")
        ),
        format!("{:.3} and {:.3})", bootstrapped("percentile"), bootstrapped("bca")),
        format!("{:.2} of the variance at prevalence 0.9", variance_ratio("0.9")),
        format!("{:.2} at prevalence 0.5", variance_ratio("0.5")),
    ]
}

#[test]
fn the_numbers_in_the_sentences_are_those_of_the_files() {
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let page = words(&page());
    for sentence in sentences() {
        assert!(page.contains(&words(&sentence)), "the page does not say: {sentence}");
    }
}

fn all<'r>(rows: &'r [Cells], wanted: &[(&str, &str)]) -> Vec<&'r Cells> {
    let found: Vec<&Cells> =
        rows.iter().filter(|row| wanted.iter().all(|(column, cell)| row[*column] == *cell)).collect();
    assert!(!found.is_empty(), "no rows with {wanted:?}");
    found
}
