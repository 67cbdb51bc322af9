//! How fast a register is read: rows alone, and rows with every value that decides who is in the frame.

#![expect(clippy::unwrap_used, reason = "a measurement may stop at the first surprise")]

use std::fs::File;
use std::hint::black_box;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use hjertekommidt::io::{Extract, ReadOptions};
use hjertekommidt::register::cpr::Cpr;
use hjertekommidt::register::date::read_date;
use hjertekommidt::register::diagnosis::Diagnosis;
use hjertekommidt::register::stratum_name::StratumNames;
use hjertekommidt::register::{Row, hospital};

const ROWS: u64 = 1_000_000;
const MUNICIPALITIES: [(&str, &str); 4] =
    [("751", "Aarhus"), ("760", "Ringkøbing-Skjern"), ("741", "Samsø"), ("615", "Horsens")];

/// A register of invented courses, 58 bytes a row.
fn register(folder: &Path, name: &str, cell: impl Fn(&str) -> Vec<u8>) -> PathBuf {
    let path = folder.join(name);
    let mut file = BufWriter::new(File::create(&path).unwrap());
    file.write_all(b"cpr;foerste_fremmoede;sygehus;diagnose;kommune;diaet;depression;kapacitet\r\n").unwrap();
    for row in 0..ROWS {
        let (day, month, year) = (row % 27 + 2, row % 12 + 1, 30 + row % 50);
        let (_, municipality) = MUNICIPALITIES[(row / 3 % 4) as usize];
        let cpr = nobodys(&format!("{day:02}{month:02}{year:02}-{:03}", row % 400));
        write!(file, "{cpr};2021-{month:02}-{day:02};6620;DI21{};", row % 10).unwrap();
        file.write_all(&cell(municipality)).unwrap();
        write!(file, ";{};1;{}\r\n", row % 2, 300 + row % 400).unwrap();
    }
    file.flush().unwrap();
    path
}

/// A number that fails modulus 11, so that it can belong to nobody.
fn nobodys(first_nine: &str) -> String {
    let digits = first_nine.bytes().filter(u8::is_ascii_digit).map(|digit| u64::from(digit - b'0'));
    let sum: u64 = digits.zip([4, 3, 2, 7, 6, 5, 4, 3, 2]).map(|(digit, weight)| digit * weight).sum();
    let last = if sum.is_multiple_of(11) { 1 } else { 0 };
    format!("{first_nine}{last}")
}

fn rows(path: &Path) -> u64 {
    let mut extract = Extract::open(path, &ReadOptions::default()).unwrap();
    let (mut row, mut rows) = (Row::default(), 0);
    while extract.next_row(&mut row).unwrap() {
        rows += black_box(&row).cells.len() as u64;
    }
    rows / 8
}

fn values(path: &Path) -> u64 {
    let strata = MUNICIPALITIES.map(|(code, name)| (code, name, []));
    let mut names = StratumNames::new(strata).unwrap();
    let mut extract = Extract::open(path, &ReadOptions::default()).unwrap();
    let (mut row, mut rows) = (Row::default(), 0);
    while extract.next_row(&mut row).unwrap() {
        let cpr = Cpr::read(row.cell(0)).unwrap().cpr;
        let age =
            hjertekommidt::register::cpr::completed_years(cpr.birth_date(), read_date(row.cell(1)).unwrap());
        let diagnosis = Diagnosis::read(row.cell(3)).unwrap();
        let stratum = names.find(row.cell(4)).unwrap();
        black_box((cpr, age, diagnosis, stratum, hospital::canonical(row.cell(2))));
        rows += 1;
    }
    rows
}

fn reading(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().unwrap();
    let utf8 = register(folder.path(), "utf8.csv", |cell| cell.as_bytes().to_vec());
    let windows =
        register(folder.path(), "1252.csv", |cell| encoding_rs::WINDOWS_1252.encode(cell).0.into_owned());
    let quoted = register(folder.path(), "quoted.csv", |cell| format!("\"{cell}\"").into_bytes());
    let mut group = criterion.benchmark_group("a million rows");
    group.throughput(Throughput::Elements(ROWS)).sample_size(10);
    for (name, path) in [("utf-8", &utf8), ("windows-1252", &windows), ("one quoted cell", &quoted)] {
        group.bench_function(format!("rows, {name}"), |bench| bench.iter(|| assert_eq!(rows(path), ROWS)));
    }
    group.bench_function("rows and values, utf-8", |bench| bench.iter(|| assert_eq!(values(&utf8), ROWS)));
    group.finish();
}

criterion_group!(benches, reading);
criterion_main!(benches);
