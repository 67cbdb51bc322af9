//! The record key of a row, and the person that it names.

use super::super::Exclusion;
use super::super::tally::Remark;
use super::{Person, Scanner};
use crate::protocol::Role;
use crate::register::cpr::Cpr;
use crate::register::date::written;
use crate::register::{Row, hospital};

impl Scanner<'_> {
    /// Builds the record key and reads the person on the way.
    pub(super) fn read_key(&mut self, row: &Row) -> Result<Person, Exclusion> {
        self.key.clear();
        let cpr = self.cpr(row)?;
        let first_attendance = self.date(&Role::FirstAttendance, row)?;
        let birth = match cpr {
            Some(cpr) => Some(cpr.birth_date()),
            None => self.date(&Role::BirthDate, row)?,
        };
        if let (Some(birth), Some(day)) = (birth, first_attendance)
            && birth > day
        {
            let columns =
                [Role::Cpr, Role::BirthDate, Role::FirstAttendance].map(|role| self.columns.role(&role));
            let [cpr, birth, attendance] = columns;
            let born = Remark::BornAfterAttendance(cpr.or(birth).unwrap_or_default());
            self.tally.add(born, attendance.unwrap_or_default(), row.number);
            return Err(Exclusion::BrokenKey);
        }
        let person = Person { birth, first_attendance, sex: cpr.map(|cpr| cpr.sex()), age: None };
        let protocol = self.protocol;
        for (place, role) in protocol.layout.key.iter().enumerate() {
            if place > 0 {
                self.key.push(b'|');
            }
            self.push_key_part(role, row, cpr, &person)?;
        }
        Ok(person)
    }

    fn push_key_part(
        &mut self,
        role: &Role,
        row: &Row,
        cpr: Option<Cpr>,
        person: &Person,
    ) -> Result<(), Exclusion> {
        let column = self.columns.role(role).unwrap_or_default();
        let date = match role {
            Role::FirstAttendance => person.first_attendance,
            Role::BirthDate => person.birth,
            _ => None,
        };
        match (role, cpr, date) {
            (Role::Cpr, Some(cpr), _) => self.key.extend_from_slice(cpr.as_bytes()),
            (_, _, Some(date)) => self.key.extend_from_slice(&written(date)),
            (Role::Hospital, ..) if self.hospitals.get(row.word(column)).is_some() => {
                self.key.extend_from_slice(row.cell(column).as_bytes());
            }
            _ => return self.push_key_text(role, row, column),
        }
        Ok(())
    }

    fn push_key_text(&mut self, role: &Role, row: &Row, column: usize) -> Result<(), Exclusion> {
        let text = row.trimmed(column);
        let remark = match () {
            () if text.is_empty() => Remark::EmptyKeyPart(column),
            () if text.contains('|') => Remark::BarInKeyPart(column),
            () => {
                self.push_code(text, *role == Role::Hospital, row, column);
                return Ok(());
            }
        };
        self.tally.add(remark, column, row.number);
        Err(Exclusion::BrokenKey)
    }

    fn push_code(&mut self, text: &str, is_hospital: bool, row: &Row, column: usize) {
        let code = hospital::canonical(text);
        match hospital::name(&code) {
            // Only a cell that is the code itself, without blanks, is pushed as it stands the next time.
            Some(_) if is_hospital && code == row.cell(column) => {
                self.hospitals.remember(row.word(column), ());
            }
            None if is_hospital => self.tally.unknown_hospital(&code, row.number),
            _ => {}
        }
        self.key.extend_from_slice(code.as_bytes());
    }
}
