//! How fast a large review form is written, read and checked: 2,000 charts of 200 items in one workbook.

#![expect(clippy::unwrap_used, reason = "a measurement may stop at the first surprise")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use hjertekommidt::draw::{Sample, SampledCourse, SampledStratum, StudyId};
use hjertekommidt::io::{FormFile, book_bytes};
use hjertekommidt::protocol::preset::Preset;
use hjertekommidt::protocol::{ItemKind, Language, Protocol};
use hjertekommidt::review::{
    EntryContext, FormColumns, FormKind, FormStamp, MonthFirst, Question, Reading, RowReading, form_header,
    is_id_header, questions, read_entry, review_book,
};
use jiff::civil::date;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

const CHARTS: u32 = 2_000;
const ITEMS: u32 = 200;
const KINDS: [&str; 5] = [
    "kind = \"yes_no\"",
    "kind = \"whole\"\nmin = 0\nmax = 500",
    "kind = \"decimal\"",
    "kind = \"date\"",
    "kind = \"choice\"\nchoices = { a = \"Første\", b = \"Anden\", c = \"Tredje\" }",
];

fn protocol() -> Protocol {
    let mut items = String::new();
    for (number, kind) in (0..ITEMS).zip(KINDS.iter().cycle()) {
        let words = format!("name = \"Spørgsmål {number}\"\ndefinition = \"Hvad journalen siger.\"\n{kind}");
        write!(items, "\n[item.i{number}]\n{words}\n").unwrap();
    }
    let text = Preset::Blank.text().replace("\n[sampling]\n", &format!("\n{items}\n[sampling]\n"));
    Protocol::read(&text, "study.toml").unwrap()
}

fn sample() -> Sample {
    let course = |number: u32| SampledCourse {
        study_id: StudyId::new(number),
        person: StudyId::new(number),
        stratum: "1".to_owned(),
        rank: u64::from(number),
        second_reviewer: false,
        age: None,
        sex: None,
        period: None,
        register: BTreeMap::new(),
    };
    let stratum = SampledStratum {
        code: "1".to_owned(),
        name: "First site".to_owned(),
        cluster: None,
        frame: u64::from(CHARTS),
        in_use: u64::from(CHARTS),
        drawn: u64::from(CHARTS),
    };
    Sample { strata: vec![stratum], courses: (1..=CHARTS).map(course).collect() }
}

fn written(protocol: &Protocol, sample: &Sample) -> Vec<u8> {
    let courses: Vec<&SampledCourse> = sample.courses.iter().collect();
    let [study, draw, codebook] = ["s", "d", "c"].map(str::to_owned);
    let kind = FormKind::Review(Reading::First);
    let stamp = FormStamp { kind, stratum: None, study, draw, codebook };
    book_bytes(&review_book(protocol, Language::Da, Reading::First, "First site", &courses, stamp)).unwrap()
}

/// The same form as it comes back, every cell filled.
fn fill(protocol: &Protocol, sample: &Sample, path: &Path) {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let day = Format::new().set_num_format("dd-mm-yyyy");
    let header = form_header(protocol, Language::Da, Reading::First);
    sheet.write_row(0, 0, header).unwrap();
    let read_on = ExcelDateTime::from_ymd(2024, 5, 17).unwrap();
    for (row, course) in (1..).zip(&sample.courses) {
        let own = [course.study_id.to_string(), "Fundet".to_owned(), "ABC".to_owned()];
        sheet.write_row(row, 0, own).unwrap();
        sheet.write_with_format(row, 3, &read_on, &day).unwrap();
        for (column, question) in (4..).zip(questions(protocol)) {
            let kind = if let Question::Item(item) = question { &item.kind } else { &ItemKind::YesNo };
            match kind {
                ItemKind::Whole(_) => sheet.write(row, column, 12),
                ItemKind::Decimal(_) => sheet.write(row, column, 3.5),
                ItemKind::Date => sheet.write_with_format(row, column, &read_on, &day),
                ItemKind::Choice(_) => sheet.write(row, column, "Anden"),
                _ => sheet.write(row, column, "Ja"),
            }
            .unwrap();
        }
    }
    book.save(path).unwrap();
}

/// How many charts of a form are complete.
fn read(protocol: &Protocol, sample: &Sample, path: &Path) -> usize {
    let file = FormFile::open(path, is_id_header, Language::Da).unwrap();
    let (columns, _) = FormColumns::find(&file.table, protocol, Language::Da).unwrap();
    let context = EntryContext {
        sample,
        first_attendance: &|_| None,
        today: date(2024, 6, 1),
        reading: Reading::First,
        stratum: None,
        items: &protocol.items,
        month_first: &MonthFirst::of(&file.rows),
        language: Language::Da,
    };
    let read = file.rows.iter().map(|row| read_entry(row, &columns, &context));
    read.filter(|reading| matches!(reading, RowReading::Complete(..))).count()
}

fn forms(criterion: &mut Criterion) {
    let (protocol, sample) = (protocol(), sample());
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("form.xlsx");
    fill(&protocol, &sample, &path);
    let mut group = criterion.benchmark_group("a form of 2,000 charts and 200 items");
    group.throughput(Throughput::Elements(u64::from(CHARTS * ITEMS))).sample_size(10);
    group.bench_function("written", |bench| bench.iter(|| black_box(written(&protocol, &sample)).len()));
    group.bench_function("read and checked", |bench| {
        bench.iter(|| assert_eq!(read(&protocol, &sample, &path), CHARTS as usize));
    });
    group.finish();
}

criterion_group!(benches, forms);
criterion_main!(benches);
