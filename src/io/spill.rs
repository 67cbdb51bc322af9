//! Numbers put down in a file without a name, to be looked through in parts that fit into memory.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

/// How many parts there are: one for each first byte.
pub const PARTS: usize = 256;

/// 64-bit numbers in a file that only this process can open and that is gone when it ends.
#[derive(Debug)]
pub struct Spill {
    file: File,
    runs: Vec<Run>,
    bytes: u64,
}

/// Numbers that were put down at once, sorted by their first byte.
#[derive(Debug)]
struct Run {
    start: u64,
    /// How many of them have a smaller first byte, for each first byte and beyond the last.
    before: Vec<u32>,
}

impl Spill {
    /// An empty file in a folder.
    ///
    /// # Errors
    /// What the operating system refuses.
    pub fn create(folder: &Path) -> io::Result<Self> {
        Ok(Spill { file: tempfile::tempfile_in(folder)?, runs: Vec::new(), bytes: 0 })
    }

    /// Puts numbers down, at most 2³² of them.
    ///
    /// # Errors
    /// What the operating system refuses; then none of them is in the file.
    pub fn put(&mut self, numbers: &[u64]) -> io::Result<()> {
        let before = counts_before(numbers);
        let mut next: Vec<usize> = before.iter().map(|&count| 8 * count as usize).collect();
        let mut bytes = vec![0; 8 * numbers.len()];
        for number in numbers {
            let place = &mut next[first_byte(*number)];
            bytes[*place..*place + 8].copy_from_slice(&number.to_le_bytes());
            *place += 8;
        }
        self.file.seek(SeekFrom::Start(self.bytes))?;
        self.file.write_all(&bytes)?;
        self.runs.push(Run { start: self.bytes, before });
        self.bytes += bytes.len() as u64;
        Ok(())
    }

    /// Adds all numbers with a first byte to a list.
    ///
    /// # Errors
    /// What the operating system refuses.
    pub fn part(&mut self, first_byte: u8, numbers: &mut Vec<u64>) -> io::Result<()> {
        let part = usize::from(first_byte);
        let mut bytes = Vec::new();
        for run in &self.runs {
            let [from, until] = [part, part + 1].map(|part| 8 * u64::from(run.before[part]));
            bytes.resize((until - from) as usize, 0);
            self.file.seek(SeekFrom::Start(run.start + from))?;
            self.file.read_exact(&mut bytes)?;
            let (words, _) = bytes.as_chunks();
            numbers.extend(words.iter().copied().map(u64::from_le_bytes));
        }
        Ok(())
    }
}

fn counts_before(numbers: &[u64]) -> Vec<u32> {
    let mut before = vec![0; PARTS + 1];
    numbers.iter().for_each(|&number| before[first_byte(number) + 1] += 1);
    for part in 0..PARTS {
        before[part + 1] += before[part];
    }
    before
}

fn first_byte(number: u64) -> usize {
    (number >> 56) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Generator;

    #[test]
    fn every_number_is_found_again_in_its_part() {
        let folder = tempfile::tempdir().unwrap();
        let mut generator = Generator::of("spill");
        let numbers: Vec<u64> = (0..5000).map(|_| generator.below(u64::MAX)).chain([0, u64::MAX]).collect();
        let mut spill = Spill::create(folder.path()).unwrap();
        numbers.chunks(1999).for_each(|run| spill.put(run).unwrap());
        let mut found = Vec::new();
        for first_byte in 0..=u8::MAX {
            let mut part = Vec::new();
            spill.part(first_byte, &mut part).unwrap();
            assert!(part.iter().all(|number| number >> 56 == u64::from(first_byte)));
            found.extend(part);
        }
        let sorted = |mut numbers: Vec<u64>| {
            numbers.sort_unstable();
            numbers
        };
        assert_eq!(sorted(found), sorted(numbers));
    }

    #[test]
    #[cfg(unix)]
    fn the_file_has_no_name() {
        let folder = tempfile::tempdir().unwrap();
        let mut spill = Spill::create(folder.path()).unwrap();
        spill.put(&[1, 2, 3]).unwrap();
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
