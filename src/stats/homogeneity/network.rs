//! All tables with the margins, nodes with the same events and the same product so far taken together.

use std::collections::BTreeMap;

use super::margins::Margins;

/// Logarithms of products that agree to this many parts of one are the same product: far closer than the 10⁻⁷ of a tie,
/// far wider than rounding.
const SAME: f64 = (1_u64 << 36) as f64;

/// More nodes than this at one group, and tables are drawn instead.
const MOST_NODES: usize = 500_000;

/// More steps than this in all, and tables are drawn instead.
const MOST_STEPS: u64 = 5_000_000;

/// Events so far, and the logarithm of the product so far as a whole number of parts.
type Place = (u64, i64);

/// What leads to a place: one logarithm of the product, and how many ways, each a choice of events for the groups so far.
type Nodes = BTreeMap<Place, (f64, f64)>;

/// The probability of tables no more probable than the observed one; `None` if there are too many to go through.
pub(super) fn p_value(margins: &Margins) -> Option<f64> {
    let ahead = Ahead::of(margins)?;
    let mut search = Search { margins, ahead, p: 0.0, steps: 0 };
    let mut nodes = Nodes::from([((0, 0), (0.0, 1.0))]);
    for group in 0..margins.sizes.len() {
        let open = search.settle(group, nodes);
        nodes = search.spread(group, open)?;
    }
    search.settle(margins.sizes.len(), nodes);
    Some(search.p.min(1.0))
}

/// The way through the groups: what is settled so far, and the steps it took.
struct Search<'m> {
    margins: &'m Margins,
    ahead: Ahead,
    p: f64,
    steps: u64,
}

impl Search<'_> {
    /// Adds the nodes all of whose completions count, forgets those none of which does, and returns the others.
    fn settle(&mut self, group: usize, mut nodes: Nodes) -> Nodes {
        nodes.retain(|(events, _), (product, ways)| {
            let rest = self.ahead.rest(group, self.margins.events - *events);
            let verdict = rest.compare(*product, self.margins.limit);
            if matches!(verdict, Verdict::All) {
                self.p += *ways * (*product + rest.all - self.ahead.total).exp();
            }
            matches!(verdict, Verdict::Some)
        });
        nodes
    }

    /// The nodes after one more group.
    fn spread(&mut self, group: usize, open: Nodes) -> Option<Nodes> {
        let mut nodes = Nodes::new();
        for ((events, _), (product, ways)) in open {
            for (events, product) in self.ahead.next(self.margins, group, events, product) {
                self.steps += 1;
                let place = (events, (product * SAME).round() as i64);
                nodes.entry(place).or_insert((product, 0.0)).1 += ways;
            }
            if nodes.len() > MOST_NODES || self.steps > MOST_STEPS {
                return None;
            }
        }
        Some(nodes)
    }
}

/// Which of the completions of a node are no more probable than the observed table.
enum Verdict {
    All,
    Some,
    None,
}

/// What the groups from one on can add with some number of events: ln of the least, the greatest and the sum of the
/// products.
#[derive(Debug, Clone, Copy)]
struct Rest {
    least: f64,
    greatest: f64,
    all: f64,
}

impl Rest {
    fn compare(&self, product: f64, limit: f64) -> Verdict {
        match (product + self.greatest <= limit, product + self.least <= limit) {
            (true, _) => Verdict::All,
            (_, true) => Verdict::Some,
            _ => Verdict::None,
        }
    }
}

/// The rests for every group and every number of events.
struct Ahead {
    rests: Vec<Vec<Rest>>,
    trials: Vec<u64>,
    total: f64,
}

impl Ahead {
    /// From the last group backwards; `None` if that alone takes too many steps.
    fn of(margins: &Margins) -> Option<Self> {
        if (margins.events + 1).saturating_mul(margins.trials) > MOST_STEPS {
            return None;
        }
        let (mut rests, mut trials) = (vec![vec![Rest { least: 0.0, greatest: 0.0, all: 0.0 }]], vec![0]);
        for size in margins.sizes.iter().rev() {
            let ahead = trials[trials.len() - 1] + size;
            let later = &rests[rests.len() - 1];
            let row =
                (0..=margins.events.min(ahead)).map(|events| before(margins, *size, later, ahead, events));
            rests.push(row.collect());
            trials.push(ahead);
        }
        rests.reverse();
        trials.reverse();
        Some(Ahead { rests, trials, total: margins.log_choices(margins.trials, margins.events) })
    }

    fn rest(&self, group: usize, events: u64) -> Rest {
        self.rests[group][events as usize]
    }

    /// The events and products after a group that gets each number of events it can.
    fn next(
        &self,
        margins: &Margins,
        group: usize,
        events: u64,
        product: f64,
    ) -> impl Iterator<Item = (u64, f64)> {
        let (size, to_come) = (margins.sizes[group], margins.events - events);
        let fewest = to_come.saturating_sub(self.trials[group + 1]);
        (fewest..=size.min(to_come)).map(move |x| (events + x, product + margins.log_choices(size, x)))
    }
}

/// The rest with one more group in front of the later ones; `ahead` trials in all, of which `events` are events.
fn before(margins: &Margins, size: u64, later: &[Rest], ahead: u64, events: u64) -> Rest {
    let all = margins.log_choices(ahead, events);
    let mut rest = Rest { least: f64::INFINITY, greatest: f64::NEG_INFINITY, all };
    let fewest = events.saturating_sub(ahead - size);
    for x in fewest..=size.min(events) {
        let choices = margins.log_choices(size, x);
        let then = later[(events - x) as usize];
        rest.least = rest.least.min(choices + then.least);
        rest.greatest = rest.greatest.max(choices + then.greatest);
    }
    rest
}
