//! Diagnoses: ICD-10 in the Danish SKS form.
//!
//! Upper case, no blanks around, no dots, a `D` in front of `I2…`, and without what is glued on with `:` or `+`.
//! Matched by prefix, never as a range of texts: sub-codes that no longer exist stay in old rows.

use std::fmt;

use super::in_rows;
use crate::error::{Finding, Place};

/// The longest code that is read; SKS has at most ten characters.
const LONGEST: usize = 15;

/// A diagnosis in its normal form: `DI219`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Diagnosis {
    text: [u8; LONGEST],
    length: u8,
}

/// Why a text is no diagnosis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DiagnosisFault {
    /// Nothing but blanks.
    Empty,
    /// Not letters and digits alone, or too long for a code.
    NotACode,
}

impl Diagnosis {
    /// Reads a code and brings it into its normal form.
    ///
    /// ```
    /// use hjertekommidt::register::diagnosis::Diagnosis;
    /// assert_eq!(Diagnosis::read(" i21.9+DZ955 ").unwrap().as_str(), "DI219");
    /// ```
    ///
    /// # Errors
    /// The [`DiagnosisFault`].
    pub fn read(text: &str) -> Result<Diagnosis, DiagnosisFault> {
        let code = text.split([':', '+']).next().unwrap_or_default().trim();
        let mut diagnosis = Diagnosis { text: [0; LONGEST], length: 0 };
        if code.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("i2")) {
            diagnosis.push(b'D')?;
        }
        code.bytes().filter(|&byte| byte != b'.').try_for_each(|byte| diagnosis.push(byte))?;
        if diagnosis.length == 0 { Err(DiagnosisFault::Empty) } else { Ok(diagnosis) }
    }

    /// The normal form.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.text[..usize::from(self.length)]).unwrap_or_default()
    }

    /// Whether the code is this one or one below it: `DI219` is below `DI21`.
    pub fn matches_prefix(&self, prefix: &Diagnosis) -> bool {
        self.as_str().starts_with(prefix.as_str())
    }

    fn push(&mut self, byte: u8) -> Result<(), DiagnosisFault> {
        let place = self.text.get_mut(usize::from(self.length)).filter(|_| byte.is_ascii_alphanumeric());
        *place.ok_or(DiagnosisFault::NotACode)? = byte.to_ascii_uppercase();
        self.length += 1;
        Ok(())
    }
}

impl fmt::Display for Diagnosis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Diagnosis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl DiagnosisFault {
    /// What to tell of the rows in which this was found.
    pub fn finding(self, place: Place) -> Finding {
        let rows = in_rows(&place);
        match self {
            DiagnosisFault::Empty => {
                Finding::error("diagnosis_empty", format!("the diagnosis is empty{rows}"))
            }
            DiagnosisFault::NotACode => Finding::error(
                "diagnosis_not_a_code",
                format!(
                    "the diagnosis column holds something else{rows}, expected a code as `DI219` or `I21.9`"
                ),
            ),
        }
        .at(place)
        .because("the diagnosis decides who belongs to the study")
        .remedy("correct it at the source, or accept that the rows are excluded")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn normal(text: &str) -> String {
        Diagnosis::read(text).unwrap().to_string()
    }

    #[test]
    fn every_spelling_of_a_code_has_the_same_normal_form() {
        for text in
            ["DI219", "di219", " DI21.9 ", "I219", "i21.9", "DI219:DZ955", "DI219+DZ955", "I21.9 + DZ955"]
        {
            assert_eq!(normal(text), "DI219", "{text}");
        }
    }

    #[test]
    fn the_letter_d_is_put_before_i2_alone() {
        assert_eq!(normal("I20"), "DI20");
        assert_eq!(normal("DI20"), "DI20");
        assert_eq!(normal("E11"), "E11");
        assert_eq!(normal("I1"), "I1");
    }

    #[test]
    fn a_code_matches_its_prefixes_and_no_neighbour() {
        let code = |text| Diagnosis::read(text).unwrap();
        assert!(code("DI219").matches_prefix(&code("DI21")));
        assert!(code("DI21").matches_prefix(&code("I21")));
        assert!(!code("DI2").matches_prefix(&code("DI21")));
        assert!(!code("DI26").matches_prefix(&code("DI25")));
        assert!(code("DI2511B").matches_prefix(&code("DI25")));
    }

    #[test]
    fn what_is_no_code_is_named() {
        for text in ["", " ", ".", "+DZ955"] {
            assert_eq!(Diagnosis::read(text), Err(DiagnosisFault::Empty), "{text}");
        }
        for text in ["iskæmi", "DI 219", "DI219, DI251", "DI20-DI25", "DI21999999999999"] {
            assert_eq!(Diagnosis::read(text), Err(DiagnosisFault::NotACode), "{text}");
        }
    }

    #[test]
    fn a_fault_says_what_where_why_and_what_to_do() {
        let place = || Place::file("register.csv").row(14).column("diagnose");
        insta::assert_snapshot!(DiagnosisFault::Empty.finding(place()), @"
        error: the diagnosis is empty in 1 row
          --> register.csv, row 14, column `diagnose`
          = why: the diagnosis decides who belongs to the study

        help: correct it at the source, or accept that the rows are excluded
        ");
        insta::assert_snapshot!(DiagnosisFault::NotACode.finding(place()), @"
        error: the diagnosis column holds something else in 1 row, expected a code as `DI219` or `I21.9`
          --> register.csv, row 14, column `diagnose`
          = why: the diagnosis decides who belongs to the study

        help: correct it at the source, or accept that the rows are excluded
        ");
    }

    proptest! {
        #[test]
        fn the_normal_form_reads_as_itself(text in ".{0,18}") {
            if let Ok(first) = Diagnosis::read(&text) {
                prop_assert_eq!(Diagnosis::read(first.as_str()), Ok(first));
            }
        }
    }
}
