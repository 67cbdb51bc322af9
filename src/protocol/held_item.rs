//! Items that the register holds as well: which column, and which columns may not be one.

use super::item::{Item, ItemKind};
use super::section::Section;
use super::{Protocol, Role};
use crate::error::Finding;

impl Protocol {
    /// The items that are compared with a column of the register, in the order of the file, each with the header of its column.
    pub fn held_items(&self) -> impl Iterator<Item = (&Item, &str)> {
        self.items.iter().filter_map(|item| Some((item, item.register_column.as_deref()?)))
    }
}

/// The header of an item's column; `None` where it is wrong. Days and numbers can be compared.
pub(super) fn read_column(section: &Section<'_, '_>, kind: Option<&ItemKind>) -> Option<Option<String>> {
    let column = section.text("register_column");
    let compared = kind.is_none_or(|kind| kind.is_date() || kind.is_number());
    if column.is_none() || compared {
        return Some(column);
    }
    let what = format!(
        "`{}` belongs to items of the kinds `date`, `whole` and `decimal`",
        section.path_of("register_column")
    );
    section.wrong(
        "register_column",
        Finding::error("item_key", what)
            .remedy("take it away; what is yes or no in the register is an indicator"),
    );
    None
}

/// Columns that an item may not name: the reviewers see the key, and nobody's civil registration number or birthday is stored with the
/// sample.
pub(super) fn note_held_items(root: &Section<'_, '_>, protocol: &Protocol) {
    let folded = |header: &str| header.trim().to_lowercase();
    for (item, header) in protocol.held_items() {
        let layout = &protocol.layout;
        let role =
            layout.columns.iter().find(|(_, column)| folded(column) == folded(header)).map(|(role, _)| role);
        let because = match role {
            Some(Role::Cpr | Role::BirthDate) => {
                "it tells who the patient is, and the values of an item are stored with the sample"
            }
            Some(role) if layout.key.contains(role) => {
                "it is part of the record key: the reviewers find the chart by it, and would compare it with itself"
            }
            _ => continue,
        };
        let what = format!("`item.{}.register_column` names `{header}`", item.id);
        let finding = Finding::error("item_register_column", what).because(because);
        root.wrong(
            "item",
            finding.remedy(
                "name the column that holds what the reviewers enter, or take `register_column` away",
            ),
        );
    }
}
