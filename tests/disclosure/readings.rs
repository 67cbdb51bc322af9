//! What each count of the whole study is a sum of: courses by what the register says and by what became of the chart.

/// What the register says of a course.
pub(super) const REGISTER: [&str; 5] = ["yes", "no", "not_relevant", "missing", "not_in_force"];
/// What the chart says, or why it was not read.
pub(super) const CHARTS: [&str; 8] =
    ["yes", "no", "not_relevant", "not_documented", "unsettled", "not_found", "no_access", "wrong_person"];
/// So many of them were read; all but the last of these have an answer.
pub(super) const READ: usize = 5;
pub(super) const CELLS: [&str; 4] = ["tp", "fp", "fn", "tn"];
pub(super) const READINGS: [&str; 3] = ["not_documented", "register_missing", "register_not_relevant"];

/// Why a chart that was read is outside the table.
pub(super) const OUTSIDE: [&str; 6] = [
    "not_in_force",
    "register_missing",
    "register_not_relevant",
    "record_not_relevant",
    "not_documented",
    "unsettled",
];

/// What counts as *no*, of what the record does not document and of what the register does not hold or calls not relevant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rules(pub(super) [bool; READINGS.len()]);

impl Rules {
    /// With one of them the other way.
    fn other(self, reading: usize) -> Self {
        let mut rules = self;
        rules.0[reading] = !rules.0[reading];
        rules
    }

    /// The cell of a course, or the reason why it is in none; nothing for a chart that was not read.
    pub(super) fn place(self, register: usize, chart: usize) -> Option<&'static str> {
        let [not_documented, missing, not_relevant] = self.0;
        let row = match REGISTER[register] {
            "yes" => 0,
            "no" => 2,
            "not_relevant" if not_relevant => 2,
            "missing" if missing => 2,
            "not_relevant" => return (chart < READ).then_some("register_not_relevant"),
            "missing" => return (chart < READ).then_some("register_missing"),
            _ => return (chart < READ).then_some("not_in_force"),
        };
        match CHARTS[chart] {
            "yes" => Some(CELLS[row]),
            "no" => Some(CELLS[row + 1]),
            "not_documented" if not_documented => Some(CELLS[row + 1]),
            "not_relevant" => Some("record_not_relevant"),
            "not_documented" => Some("not_documented"),
            "unsettled" => Some("unsettled"),
            _ => None,
        }
    }
}

/// Whether something about a course is not known that could change its place.
fn is_unknown(rules: Rules, register: usize, chart: usize) -> bool {
    match (rules.place(register, chart), REGISTER[register], CHARTS[chart]) {
        (_, "not_in_force", _) => false,
        (_, "not_relevant", _) if !rules.0[2] => false,
        (None, _, _) => true,
        (Some("register_missing"), _, answer) => answer != "not_relevant",
        (Some(place), _, _) => ["not_documented", "unsettled"].contains(&place),
    }
}

/// The places that a count is the sum of.
pub(super) struct Count {
    pub(super) name: String,
    pub(super) places: Vec<[usize; 2]>,
    /// Whether a small one is nobody's business.
    pub(super) is_protected: bool,
}

pub(super) fn micro(register: usize, chart: usize) -> String {
    format!("{}/{}", REGISTER[register], CHARTS[chart])
}

/// All counts that the results show or hide.
pub(super) fn counts(rules: Rules) -> Vec<Count> {
    let mut all = Vec::new();
    let mut add = |name: String, is_protected: bool, of: &dyn Fn(usize, usize) -> bool| {
        let places = (0..REGISTER.len()).flat_map(|one| (0..CHARTS.len()).map(move |other| [one, other]));
        all.push(Count {
            name,
            places: places.filter(|[one, other]| of(*one, *other)).collect(),
            is_protected,
        });
    };
    add("in_use".to_owned(), false, &|_, _| true);
    add("read".to_owned(), false, &|_, chart| chart < READ);
    (READ..CHARTS.len()).for_each(|why| add(CHARTS[why].to_owned(), true, &|_, chart| chart == why));
    for (place, status) in REGISTER[..4].iter().enumerate() {
        add(format!("drawn {status}"), true, &|register, _| register == place);
        add(format!("read {status}"), true, &|register, chart| register == place && chart < READ);
        add(format!("unread {status}"), true, &|register, chart| register == place && chart >= READ);
    }
    for name in CELLS.iter().chain(&OUTSIDE) {
        add((*name).to_owned(), true, &|register, chart| rules.place(register, chart) == Some(*name));
    }
    for (place, reading) in READINGS.iter().enumerate() {
        let other = rules.other(place);
        for cell in CELLS {
            let name = format!("{cell} by {reading}");
            add(name, true, &|register, chart| other.place(register, chart) == Some(cell));
        }
        add(format!("changed by {reading}"), false, &|register, chart| {
            let is_in = |rules: Rules| rules.place(register, chart).is_some_and(|of| CELLS.contains(&of));
            is_in(rules) != is_in(other)
        });
    }
    add("unknown".to_owned(), false, &|register, chart| is_unknown(rules, register, chart));
    for register in 0..4 {
        for chart in 0..READ - 1 {
            add(format!("both {}", micro(register, chart)), true, &|one, other| {
                [one, other] == [register, chart]
            });
        }
    }
    all
}
