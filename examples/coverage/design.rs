//! The frame and the sample sizes: 18 municipalities, some designs of the study and one that is worse.

use hjertekommidt::plan::{AllocationError, Bounds, allocate};

/// The municipalities of the study with their populations (Statistics Denmark, 4th quarter 2019).
pub(crate) const MUNICIPALITIES: [(&str, u64); 18] = [
    ("Horsens", 91_296),
    ("Herning", 89_085),
    ("Holstebro", 58_566),
    ("Lemvig", 19_748),
    ("Struer", 21_014),
    ("Syddjurs", 42_976),
    ("Norddjurs", 37_360),
    ("Favrskov", 48_404),
    ("Odder", 22_854),
    ("Randers", 97_886),
    ("Silkeborg", 93_782),
    ("Skanderborg", 62_479),
    ("Aarhus", 349_977),
    ("Ikast-Brande", 41_506),
    ("Ringkøbing-Skjern", 56_622),
    ("Hedensted", 46_685),
    ("Skive", 45_924),
    ("Viborg", 97_084),
];

/// Courses in the frame, spread over the municipalities as the population is: the size of the demo's register.
const COURSES: u64 = 6000;

/// The municipality that deviates where one does: the largest, with 26 % of the courses.
pub(crate) const LARGE: usize = 12;

/// Sizes of the strata in the frame and in the sample.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Design {
    pub(crate) name: &'static str,
    /// N and n of each stratum.
    pub(crate) strata: Vec<(u64, u64)>,
}

impl Design {
    /// 300 records, so many of them of the large municipality and the others equally of the rest.
    ///
    /// # Errors
    /// More than 300.
    pub(crate) fn with_large(reviewed: u64) -> Result<Design, AllocationError> {
        let courses = courses()?;
        let rest: Vec<u64> =
            courses.iter().enumerate().filter(|(h, _)| *h != LARGE).map(|(_, n)| *n).collect();
        let bounds: Vec<Bounds> = rest.iter().map(|most| Bounds { fewest: 2, most: *most }).collect();
        let mut sizes = allocate(300 - reviewed, &vec![1; rest.len()], &bounds)?;
        sizes.insert(LARGE, reviewed);
        Ok(Design { name: "large", strata: courses.into_iter().zip(sizes).collect() })
    }

    /// Every design, from the usual to the difficult.
    ///
    /// # Errors
    /// None: the totals can be met.
    pub(crate) fn all() -> Result<Vec<Design>, AllocationError> {
        let courses = courses()?;
        let equal = [1; 18];
        Ok(vec![
            allocated("proportional_300", &courses, &courses, 300)?,
            allocated("proportional_600", &courses, &courses, 600)?,
            allocated("equal_300", &courses, &equal, 300)?,
            difficult(courses)?,
        ])
    }
}

fn courses() -> Result<Vec<u64>, AllocationError> {
    let populations = MUNICIPALITIES.map(|(_, population)| population);
    allocate(COURSES, &populations, &populations.map(|_| Bounds { fewest: 0, most: COURSES }))
}

fn allocated(
    name: &'static str,
    courses: &[u64],
    weights: &[u64],
    total: u64,
) -> Result<Design, AllocationError> {
    let bounds: Vec<Bounds> = courses.iter().map(|most| Bounds { fewest: 2, most: *most }).collect();
    let reviewed = allocate(total, weights, &bounds)?;
    Ok(Design { name, strata: courses.iter().copied().zip(reviewed).collect() })
}

/// Three municipalities so small that they are taken whole, three with one record found of two drawn, two with two, and
/// 134 records spread equally over the other ten, of which one holds 28 % of the frame.
fn difficult(mut courses: Vec<u64>) -> Result<Design, AllocationError> {
    const WHOLE: [(usize, u64); 3] = [(3, 4), (4, 6), (8, 2)];
    const FIXED: [(usize, u64); 5] = [(5, 1), (6, 1), (13, 1), (15, 2), (16, 2)];
    let mut reviewed = vec![0; courses.len()];
    for (stratum, size) in WHOLE {
        (courses[stratum], reviewed[stratum]) = (size, size);
    }
    for (stratum, size) in FIXED {
        reviewed[stratum] = size;
    }
    let is_free = |reviewed: &u64| u64::from(*reviewed == 0);
    let weights: Vec<u64> = reviewed.iter().map(is_free).collect();
    let bounds: Vec<Bounds> = (courses.iter().zip(&reviewed))
        .map(|(most, fixed)| match fixed {
            0 => Bounds { fewest: 2, most: *most },
            fixed => Bounds { fewest: *fixed, most: *fixed },
        })
        .collect();
    let reviewed = allocate(153, &weights, &bounds)?;
    Ok(Design { name: "difficult_153", strata: courses.into_iter().zip(reviewed).collect() })
}
