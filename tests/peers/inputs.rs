//! Random inputs for us and the peers, as CSV files that R and Python read.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use hjertekommidt::random::Generator;
use hjertekommidt::stats::{
    ConfidenceLevel, PostStratifiedStratum, Proportion, RegisterCounts, TwoByTwo, TwoByTwoStratum,
};

const PROPORTIONS: usize = 300;
const TABLES: usize = 200;
const GROUPS: usize = 40;
const AGREEMENTS: usize = 200;
const DESIGNS: usize = 24;

/// What is compared. A row of a file is known by its place in the list.
pub(super) struct Inputs {
    pub(super) proportions: Vec<(Proportion, ConfidenceLevel)>,
    pub(super) tables: Vec<TwoByTwo>,
    pub(super) groups: Vec<Vec<Proportion>>,
    /// Tables of two reviewers, row by row.
    pub(super) agreements: Vec<Vec<Vec<u64>>>,
    pub(super) designs: Vec<Vec<PostStratifiedStratum>>,
}

impl Inputs {
    pub(super) fn of(seed: &str) -> Self {
        let mut generator = Generator::of(seed);
        let g = &mut generator;
        Inputs {
            proportions: (0..PROPORTIONS).map(|_| (proportion(g), level(g))).collect(),
            tables: (0..TABLES).map(|_| table(g)).collect(),
            groups: (0..GROUPS).map(|_| groups(g)).collect(),
            agreements: (0..AGREEMENTS).map(|_| agreement(g)).collect(),
            designs: (0..DESIGNS).map(|_| design(g)).collect(),
        }
    }

    pub(super) fn write(&self, folder: &Path) {
        let proportions = self
            .proportions
            .iter()
            .map(|(of, level)| format!("{},{},{:e}", of.events(), of.trials(), level.tail()));
        write(folder, "proportions", "row,x,n,tail", proportions);
        let tables = self.tables.iter().map(|table| table.cells().map(|cell| cell.to_string()).join(","));
        write(folder, "tables", "row,tp,fp,fn,tn", tables);
        let agreements = self
            .agreements
            .iter()
            .map(|rows| rows.iter().flatten().map(u64::to_string).collect::<Vec<_>>().join(" "));
        write(folder, "agreements", "row,counts", agreements);
        let groups =
            self.groups.iter().map(|all| lines(all, |of| format!("{},{}", of.events(), of.trials())));
        write_blocks(folder, "groups", "row,group,x,n", groups);
        let designs = self.designs.iter().map(|strata| lines(strata, stratum_line));
        write_blocks(folder, "designs", DESIGN_HEADER, designs);
    }
}

const DESIGN_HEADER: &str =
    "design,stratum,population,frame_yes,frame_no,reviewed,seen_yes,seen_no,tp,fp,fn,tn";

fn stratum_line(one: &PostStratifiedStratum) -> String {
    let TwoByTwoStratum { population, reviewed, table, register, .. } = one.stratum;
    let (frame, seen) = (register.unwrap_or_default(), one.reviewed);
    let counts = [population, frame.yes, frame.no, reviewed, seen.yes, seen.no];
    counts.into_iter().chain(table.cells()).map(|count| count.to_string()).collect::<Vec<_>>().join(",")
}

fn lines<T>(all: &[T], line: impl Fn(&T) -> String) -> Vec<String> {
    all.iter().map(line).collect()
}

fn write(folder: &Path, name: &str, header: &str, lines: impl Iterator<Item = String>) {
    let mut text = format!("{header}\n");
    lines.enumerate().for_each(|(row, line)| writeln!(text, "{row},{line}").unwrap());
    fs::write(folder.join(name).with_extension("csv"), text).unwrap();
}

/// Several lines for each row, which are numbered as well.
fn write_blocks(folder: &Path, name: &str, header: &str, blocks: impl Iterator<Item = Vec<String>>) {
    let mut text = format!("{header}\n");
    for (row, lines) in blocks.enumerate() {
        lines.iter().enumerate().for_each(|(line, cells)| writeln!(text, "{row},{line},{cells}").unwrap());
    }
    fs::write(folder.join(name).with_extension("csv"), text).unwrap();
}

/// A size from 1 to 10^decades, each decade equally likely.
fn size(g: &mut Generator, decades: f64) -> u64 {
    10_f64.powf(decades * g.unit()) as u64
}

/// Up to 100,000 trials, up to which scipy can be trusted; often none or all events, or one beside them.
fn proportion(g: &mut Generator) -> Proportion {
    let trials = size(g, 5.0);
    let events = match g.below(6) {
        0 => g.below(2).min(trials),
        1 => trials - g.below(2).min(trials),
        _ => g.below(trials + 1),
    };
    Proportion::new(events, trials).unwrap()
}

/// From 50 % to 99.99 %, every third time 95 %.
fn level(g: &mut Generator) -> ConfidenceLevel {
    let digits = if g.below(3) == 0 { 9500 } else { 5000 + g.below(5000) };
    format!("0.{digits}").parse().unwrap()
}

/// Every third count is 0.
fn count(g: &mut Generator, decades: f64) -> u64 {
    if g.below(3) == 0 { 0 } else { size(g, decades) }
}

fn table(g: &mut Generator) -> TwoByTwo {
    let [tp, fp, fn_, tn] = std::array::from_fn(|_| count(g, 2.5));
    TwoByTwo { tp, fp, fn_, tn }
}

/// Three to six municipalities with up to twenty charts.
fn groups(g: &mut Generator) -> Vec<Proportion> {
    let of = |g: &mut Generator| {
        let trials = 1 + g.below(20);
        Proportion::new(g.below(trials + 1), trials).unwrap()
    };
    (0..3 + g.below(4)).map(|_| of(g)).collect()
}

/// Two, three or four answers; more on the diagonal.
fn agreement(g: &mut Generator) -> Vec<Vec<u64>> {
    let categories = 2 + g.below(3);
    let cell = |g: &mut Generator, i, j| if i == j { count(g, 2.5) } else { count(g, 1.0) };
    (0..categories).map(|i| (0..categories).map(|j| cell(g, i, j)).collect()).collect()
}

/// 2 to 18 strata: most of them ordinary, the others taken whole, lonely, of one course, or not reviewed at all.
fn design(g: &mut Generator) -> Vec<PostStratifiedStratum> {
    let right = [0.5 + 0.5 * g.unit(), 0.5 + 0.5 * g.unit()];
    let ordinary = stratum(g, 300, 20, right);
    let others = (1..2 + g.below(17)).map(|_| {
        let population = 2 + g.below(400);
        match g.below(12) {
            0 => stratum(g, population.min(30), population.min(30), right),
            1 => stratum(g, population, 1, right),
            2 => stratum(g, 1, 1, right),
            3 => stratum(g, population, 0, right),
            _ => {
                let reviewed = 2 + g.below(40);
                stratum(g, population, reviewed.min(population), right)
            }
        }
    });
    std::iter::once(ordinary).chain(others.collect::<Vec<_>>()).collect()
}

/// A stratum whose register is right with these probabilities where it says yes and no.
fn stratum(g: &mut Generator, population: u64, reviewed: u64, right: [f64; 2]) -> PostStratifiedStratum {
    let prevalence = g.unit();
    let mut status = || if g.chance(0.1) { 2 } else { usize::from(g.chance(prevalence)) };
    let frame: Vec<usize> = (0..population).map(|_| status()).collect();
    let (mut table, mut answered) = (TwoByTwo::default(), 0);
    for status in &frame[..reviewed as usize] {
        let (is_answered, is_right) = (g.chance(0.93), g.chance(right[*status % 2]));
        answered += u64::from(is_answered);
        match (is_answered, status, is_right) {
            (true, 1, true) => table.tp += 1,
            (true, 1, false) => table.fp += 1,
            (true, 0, true) => table.tn += 1,
            (true, 0, false) => table.fn_ += 1,
            _ => {}
        }
    }
    let register = Some(by_status(&frame));
    let stratum = TwoByTwoStratum { population, reviewed, answered, table, register };
    PostStratifiedStratum { stratum, reviewed: by_status(&frame[..reviewed as usize]) }
}

fn by_status(records: &[usize]) -> RegisterCounts {
    let of = |status| records.iter().filter(|one| **one == status).count() as u64;
    RegisterCounts { yes: of(1), no: of(0) }
}
