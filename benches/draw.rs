//! The draw from a generated frame: numbering and selection alone, and a whole pass over a register.

use std::fmt::Write as _;
use std::fs;
use std::hint::black_box;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use hjertekommidt::draw::{FrameDigest, Numbering, Selection};
use hjertekommidt::plan::{Bounds, allocate};
use hjertekommidt::protocol::Seed;
use hjertekommidt::protocol::preset::Preset;
use hjertekommidt::random::Generator;
use hjertekommidt::store::Actor;
use hjertekommidt::study::{self, Session, Study};

const ROWS: u64 = 100_000;

/// Keys that look like `CPR|date|hospital`, without being anybody's.
fn keys() -> Vec<String> {
    (0..ROWS).map(|row| format!("{row:010}|2021-03-05|6620")).collect()
}

fn numbering_and_selection(c: &mut Criterion) {
    let keys = keys();
    let seed = Seed::new("bench of the draw").expect("a seed");
    let mut group = c.benchmark_group("draw");
    group.throughput(Throughput::Elements(ROWS)).sample_size(20);
    group.bench_function("number, digest and select 1e5 keys", |b| {
        b.iter(|| {
            let numbering = Numbering::new(&seed);
            let mut digest = FrameDigest::default();
            let mut selection = Selection::of_at_most(720);
            for (row, key) in keys.iter().enumerate() {
                let number = numbering.number(key);
                digest.add(&number);
                selection.offer(number, || row);
            }
            black_box((digest, selection))
        });
    });
    group.finish();
}

/// A register of so many courses in the 18 municipalities; the CPR numbers have a day of 61 to 88, as replacement numbers do.
fn register(rows: u64) -> String {
    let codes = [
        "615", "657", "661", "665", "671", "706", "707", "710", "727", "730", "740", "746", "751", "756",
        "760", "766", "779", "791",
    ];
    let mut generator = Generator::of("bench register");
    let mut text = String::from(
        "cpr;foerste_fremmoede;sygehus;diagnose;kommune;vedholdenhed;traening_80;diaet;depression;rygestop;kapacitet\r\n",
    );
    for row in 0..rows {
        let mut below = |bound| generator.below(bound);
        let (day, month, year) = (61 + below(28), 1 + below(12), 40 + below(30));
        let (attended, code) = (1 + below(28), codes[below(18) as usize]);
        let _ = write!(
            text,
            "{day:02}{month:02}{year:02}-{:04};{attended:02}-06-2021;6620;DI219;{code}",
            row % 4000
        );
        for _ in 0..6 {
            let _ = write!(text, ";{}", below(2));
        }
        text.push_str("\r\n");
    }
    text
}

fn a_whole_pass(c: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("study.toml"), Preset::Hjertekommidt.text()).expect("a protocol");
    fs::write(folder.path().join("register.csv"), register(ROWS)).expect("a register");
    let study = Study::open(folder.path()).expect("a study");
    let actor = Actor { at: "2026-01-01T00:00:00Z".to_owned(), who: "bench".to_owned() };
    let session = Session { actor, today: jiff::civil::date(2026, 1, 1), progress: &|_| {} };
    let mut group = c.benchmark_group("scan");
    group.throughput(Throughput::Elements(ROWS)).sample_size(10);
    group.bench_function("cohort of 1e5 rows from a file", |b| {
        b.iter(|| study::cohort(&study, &session).is_ok())
    });
    group.finish();
}

fn allocation(c: &mut Criterion) {
    let courses: Vec<u64> = (1..=18).map(|stratum| stratum * stratum * 17).collect();
    let bounds: Vec<Bounds> = courses.iter().map(|&most| Bounds { fewest: 5.min(most), most }).collect();
    c.bench_function("allocate 600 to 18 strata", |b| {
        b.iter_batched(|| courses.clone(), |courses| allocate(600, &courses, &bounds), BatchSize::SmallInput);
    });
}

criterion_group!(benches, numbering_and_selection, a_whole_pass, allocation);
criterion_main!(benches);
