//! Which column of a register holds which indicator, told by their names alone.

use super::proposal::plain;
use crate::protocol::{Indicator, nearest};

/// A shorter header than this is within too many names.
const LEAST_ALIKE: usize = 4;

/// A shorter stem than this is in too many words.
const STEM: usize = 5;

/// Words of names that say nothing of one indicator alone.
const GENERAL: [&str; 7] =
    ["screening", "behandling", "treatment", "forbedret", "improved", "fysisk", "cessation"];

/// What registers call an indicator of HjerteKomMidt beside its names. All words must stand in the header.
const FURTHER: [(&str, &str); 6] = [
    ("adherence", "gennemfoert forloeb"),
    ("adherence", "gennemfoert rehabilitering"),
    ("adherence", "completed course"),
    ("capacity", "gangtest"),
    ("capacity", "walk test"),
    ("capacity", "6mwt"),
];

/// For each indicator the position of its column among `headers`. A column that two of them would have is nobody's.
pub(super) fn columns_of(indicators: &[Indicator], headers: &[&str]) -> Vec<Option<usize>> {
    let headers: Vec<String> = headers.iter().map(|header| plain(header)).collect();
    let mut found: Vec<Option<usize>> = vec![None; indicators.len()];
    for way in [alike, within, of_one_stem] {
        let is_free = |column: &usize| !found.contains(&Some(*column));
        let free: Vec<usize> = (0..headers.len()).filter(is_free).collect();
        let names: Vec<&str> = free.iter().map(|&column| headers[column].as_str()).collect();
        let wanted: Vec<Option<usize>> = (0..indicators.len())
            .map(|place| found[place].is_none().then(|| way(indicators, place, &names)).flatten())
            .collect();
        for (place, column) in wanted.iter().enumerate().filter(|(_, column)| column.is_some()) {
            if wanted.iter().filter(|other| *other == column).count() == 1 {
                found[place] = column.map(|column| free[column]);
            }
        }
    }
    found
}

/// The same as one of the names, but for a slip.
fn alike(indicators: &[Indicator], place: usize, headers: &[&str]) -> Option<usize> {
    let near = names(&indicators[place]).iter().find_map(|name| nearest(name, headers.iter().copied()))?;
    headers.iter().position(|header| *header == near)
}

/// Longer or shorter than one of the names.
fn within(indicators: &[Indicator], place: usize, headers: &[&str]) -> Option<usize> {
    let of_one = |name: &String| {
        let alike = |header: &&str| header.contains(name.as_str()) || name.contains(*header);
        headers.iter().position(|header| header.len() >= LEAST_ALIKE && alike(header))
    };
    names(&indicators[place]).iter().find_map(of_one)
}

/// With the longest stem in common, among the headers that have one with no other indicator.
fn of_one_stem(indicators: &[Indicator], place: usize, headers: &[&str]) -> Option<usize> {
    let own = |header: &str| {
        let others = indicators.iter().enumerate().filter(|(other, _)| *other != place);
        let is_own = others.map(|(_, other)| shared(other, header)).all(|shared| shared == 0);
        if is_own { shared(&indicators[place], header) } else { 0 }
    };
    let longest = headers.iter().map(|header| own(header)).max().filter(|longest| *longest > 0)?;
    headers.iter().position(|header| own(header) == longest)
}

fn names(indicator: &Indicator) -> Vec<String> {
    let column = indicator.column.as_deref().unwrap_or_default();
    let names = [column, &indicator.id, &indicator.name.da, &indicator.name.en];
    names.map(plain).into_iter().filter(|name| !name.is_empty()).collect()
}

/// The letters of the longest stem that a header shares with the names of an indicator.
fn shared(indicator: &Indicator, header: &str) -> usize {
    let names = names(indicator);
    let own = names.iter().flat_map(|name| words(name)).filter(|word| !GENERAL.contains(word));
    let of_names = own.flat_map(|name| words(header).map(move |word| stem(name, word))).max();
    let further = FURTHER.iter().filter(|(id, phrase)| *id == indicator.id && holds(header, phrase));
    of_names.max(further.map(|(_, phrase)| phrase.len()).max()).unwrap_or_default()
}

/// Whether each word of a phrase, or its stem, stands in a header.
fn holds(header: &str, phrase: &str) -> bool {
    words(phrase).all(|wanted| words(header).any(|word| word == wanted || stem(wanted, word) > 0))
}

/// The letters with which both words begin, if they are most of the shorter one: `rygestop` and `rygestatus` have five.
fn stem(one: &str, other: &str) -> usize {
    let same = one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
    let shorter = one.len().min(other.len());
    if same >= STEM && same * 8 >= shorter * 5 { same } else { 0 }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::Protocol;
    use crate::protocol::preset::Preset;

    /// The ids of the indicators that the headers are taken for.
    fn taken(headers: &[&str]) -> Vec<Option<String>> {
        let protocol = Protocol::read(Preset::Hjertekommidt.text(), "study.toml").unwrap();
        let found = columns_of(&protocol.indicators, headers);
        let of = |column: usize| found.iter().position(|one| *one == Some(column));
        (0..headers.len()).map(|column| Some(protocol.indicators[of(column)?].id.clone())).collect()
    }

    /// The same for one header.
    fn alone(header: &str) -> Option<String> {
        taken(&[header]).remove(0)
    }

    #[test]
    fn a_word_of_a_name_tells_the_indicator() {
        for (header, id) in [
            ("Gennemført forløb", "adherence"),
            ("Forløbet gennemført", "adherence"),
            ("≥80 % fremmøde træning", "sessions"),
            ("Rygestatus v. afslutning", "smoking_cessation"),
            ("Rygestop ved 6 mdr", "smoking_cessation"),
            ("Fysisk kapacitet", "capacity"),
            ("Gangtest", "capacity"),
            ("6-min. gangtest forbedret", "capacity"),
        ] {
            assert_eq!(alone(header).as_deref(), Some(id), "{header}");
        }
    }

    #[test]
    fn a_word_that_says_nothing_or_too_much_tells_none() {
        for header in [
            "Gennemført spørgeskema",
            "Screening for alkohol",
            "Fremmedsprog",
            "Forbedret livskvalitet",
            "Fysisk aktivitet",
            "Ryger ved start",
            "Treatment stopped",
            "Gennemsnit over 8",
        ] {
            assert_eq!(alone(header), None, "{header}");
        }
    }

    #[test]
    fn a_header_with_the_stems_of_two_indicators_is_nobodys() {
        assert_eq!(alone("Rygestatus og fremmøde"), None);
    }

    #[test]
    fn the_nearer_name_comes_first_and_each_column_is_taken_once() {
        let headers = ["Rygestatus v. afslutning", "Rygestop ved 6 mdr", "Diæt", "Diætist"];
        let of = |id: &str| Some(id.to_owned());
        assert_eq!(taken(&headers), [None, of("smoking_cessation"), of("diet"), None]);
    }
}
