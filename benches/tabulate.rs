//! The cross-tabulation: sampled courses × indicators × strata → all tables and measures.

use std::collections::BTreeMap;
use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use hjertekommidt::accuracy::{Columns, Evidence, Group, assess, tabulate};
use hjertekommidt::draw::{RegisterEntry, Sample, SampledCourse, SampledStratum, StudyId};
use hjertekommidt::protocol::Protocol;
use hjertekommidt::protocol::preset::Preset;
use hjertekommidt::random::Generator;
use hjertekommidt::review::{Answer, Provenance, Reference, ReferenceStandard};

fn course(number: u32, protocol: &Protocol, generator: &mut Generator) -> SampledCourse {
    let strata: Vec<&str> = protocol.strata.in_study().map(|stratum| stratum.code.as_str()).collect();
    let entry =
        |generator: &mut Generator| RegisterEntry { value: generator.below(2).to_string(), in_force: true };
    SampledCourse {
        study_id: StudyId::new(number),
        person: StudyId::new(number),
        stratum: strata[number as usize % strata.len()].to_owned(),
        rank: u64::from(number) / strata.len() as u64 + 1,
        second_reviewer: false,
        age: Some(70),
        sex: Some("male".to_owned()),
        period: Some("2021-06".to_owned()),
        register: protocol.assessable().map(|indicator| (indicator.id.clone(), entry(generator))).collect(),
    }
}

fn answers(protocol: &Protocol, generator: &mut Generator) -> Reference {
    let mut answer = || if generator.chance(0.7) { Answer::Yes } else { Answer::No };
    Reference::Read(
        protocol
            .assessable()
            .map(|indicator| (indicator.id.clone(), (Some(answer()), Provenance::Single)))
            .collect(),
    )
}

fn evidence(protocol: &Protocol, courses: u32) -> (Sample, ReferenceStandard) {
    let mut generator = Generator::of("bench tabulate");
    let drawn: Vec<SampledCourse> =
        (0..courses).map(|number| course(number, protocol, &mut generator)).collect();
    let strata = protocol.strata.in_study().map(|stratum| SampledStratum {
        code: stratum.code.clone(),
        name: stratum.name.clone(),
        cluster: stratum.cluster.clone(),
        frame: u64::from(courses),
        in_use: u64::from(courses),
        drawn: u64::from(courses),
    });
    let reference = ReferenceStandard {
        courses: drawn.iter().map(|course| (course.study_id, answers(protocol, &mut generator))).collect(),
        pending: Vec::new(),
        pending_second: Vec::new(),
        unsettled: Vec::new(),
    };
    (Sample { strata: strata.collect(), courses: drawn }, reference)
}

/// As many courses of each register value as the stratum has in the sample.
fn frame_values(protocol: &Protocol, courses: u32) -> BTreeMap<(String, String, String), u64> {
    let strata: Vec<String> = protocol.strata.in_study().map(|stratum| stratum.code.clone()).collect();
    let of_stratum = |stratum: &String| {
        let of_value =
            |id: &String, value: &str| ((stratum.clone(), id.clone(), value.to_owned()), u64::from(courses));
        let values = |id: &String| ["0", "1"].map(|value| of_value(id, value));
        protocol.assessable().flat_map(|indicator| values(&indicator.id)).collect::<Vec<_>>()
    };
    strata.iter().flat_map(of_stratum).collect()
}

fn cross_tabulation(c: &mut Criterion) {
    let protocol = Protocol::read(Preset::Hjertekommidt.text(), "study.toml").expect("the preset");
    let mut group = c.benchmark_group("tabulate");
    for courses in [100, 1_000, 10_000] {
        let (sample, reference) = evidence(&protocol, courses);
        let frame_values = frame_values(&protocol, courses);
        let evidence = Evidence {
            protocol: &protocol,
            sample: &sample,
            reference: &reference,
            frame_values: &frame_values,
        };
        let columns = Columns::new(evidence);
        let column = columns.assessable().next().expect("an indicator");
        group.throughput(Throughput::Elements(u64::from(courses))).sample_size(20);
        group.bench_function(format!("the columns of all indicators, {courses} courses"), |b| {
            b.iter(|| black_box(Columns::new(evidence)));
        });
        group.bench_function(format!("one indicator, {courses} courses"), |b| {
            b.iter(|| black_box(tabulate(&columns, column, &Group::All).expect("counts")));
        });
        group.bench_function(format!("one indicator with all measures, {courses} courses"), |b| {
            b.iter(|| black_box(assess(&columns, column, &Group::All).expect("counts")));
        });
    }
    group.finish();
}

criterion_group!(benches, cross_tabulation);
criterion_main!(benches);
