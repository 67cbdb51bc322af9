//! How a table is set on paper: upright or across, how large the type is, how wide each column.

mod text_width;

use crate::report::{Align, Column, Style, Table};
use text_width::text_width;

/// Tables that make one document.
#[derive(Debug, Clone, Copy)]
pub struct TablesDocument<'a> {
    /// What the document is called.
    pub title: &'a str,
    /// The line of every page.
    pub page_line: &'a str,
    /// Language and decimal sign.
    pub style: Style,
    /// The tables, in order.
    pub tables: &'a [Table],
}

impl TablesDocument<'_> {
    /// What a table is called before its number.
    pub(super) fn table_word(&self) -> &'static str {
        self.style.says(["Tabel", "Table"])
    }
}

/// The width between the margins of 2 cm of A4, in points: upright and across.
const ROOM: [f64; 2] = [481.9, 728.5];
/// Sizes of type in points, from the best to the last resort, and whether the page lies across.
const SIZES: [(bool, f64); 5] = [(false, 9.0), (false, 8.0), (true, 9.0), (true, 8.0), (true, 7.0)];
/// What stands to the left and to the right of a column, in points.
pub(super) const PADDING: f64 = 4.0;
/// Bold type is so much wider, and no two programs set a line alike.
const BOLD: f64 = 1.12;
const SLACK: f64 = 1.04;
/// A cell of numbers of at most so many characters is one piece: a line break would part an interval.
const ONE_PIECE: usize = 24;
/// A column of words is not made narrower than this, in ems, where its cells are longer.
const NARROWEST: f64 = 13.0;

/// How a table is set.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Setting {
    /// Whether its page lies across.
    pub(super) landscape: bool,
    /// The size of its type, in points.
    pub(super) points: f64,
    /// Its columns.
    pub(super) columns: Vec<SetColumn>,
}

/// How a column is set.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct SetColumn {
    /// Its width without what stands beside it, in points.
    pub(super) width: f64,
    /// Whether a cell goes over more than one line.
    pub(super) wraps: bool,
    /// The lines of its header.
    pub(super) header: Vec<String>,
}

impl Setting {
    /// The first size and page that has room for the table.
    pub(super) fn of(table: &Table) -> Self {
        let needs: Vec<Need> =
            table.columns.iter().enumerate().map(|(place, column)| Need::of(table, place, column)).collect();
        let least: f64 = needs.iter().map(|need| need.least).sum();
        let fits = |(landscape, points): &(bool, f64)| least * points <= room(*landscape, needs.len());
        let last = SIZES[SIZES.len() - 1];
        let (landscape, points) = SIZES.into_iter().find(fits).unwrap_or(last);
        let widths = widths(&needs, room(landscape, needs.len()) / points);
        let set = |((need, width), column): ((&Need, f64), &Column)| SetColumn {
            width: width * points,
            wraps: need.cells > width + 1e-9,
            header: lines(&column.header, width),
        };
        let columns = needs.iter().zip(widths).zip(&table.columns).map(set).collect();
        Setting { landscape, points, columns }
    }
}

/// The room that so many columns share, in points.
fn room(landscape: bool, columns: usize) -> f64 {
    ROOM[usize::from(landscape)] - 2.0 * PADDING * columns as f64
}

/// What a column needs, in ems.
struct Need {
    /// The widest of its cells on one line.
    cells: f64,
    /// The same with its header.
    all: f64,
    /// What it cannot do without.
    least: f64,
}

impl Need {
    fn of(table: &Table, place: usize, column: &Column) -> Need {
        let cells = || table.rows.iter().filter_map(|row| row.get(place)).map(String::as_str);
        let width = |cell: &str| SLACK * (text_width(indent(cell).1) + indent(cell).0 as f64);
        let piece = |cell: &str| match column.align == Align::Right && is_one_piece(cell) {
            true => width(cell),
            false => widest_word(cell).max(width(cell).min(NARROWEST)),
        };
        let widest = |of: &dyn Fn(&str) -> f64| cells().map(of).fold(0.0, f64::max);
        let (natural, header) = (widest(&width), BOLD * text_width(&column.header));
        let least = widest(&piece).max(BOLD * widest_word(&column.header));
        Need { cells: natural, all: natural.max(header), least }
    }
}

fn widest_word(text: &str) -> f64 {
    SLACK * text.split(' ').map(text_width).fold(0.0, f64::max)
}

/// What the columns get of the room, all in ems: what they would like, or what is left in proportion to it.
fn widths(needs: &[Need], room: f64) -> Vec<f64> {
    let sum = |of: fn(&Need) -> f64| needs.iter().map(of).sum::<f64>();
    let (least, all) = (sum(|need| need.least), sum(|need| need.all.max(need.least)));
    if least > room {
        // Nothing helps: every column gives way, so that the last of them do not leave the page.
        return needs.iter().map(|need| need.least * room / least).collect();
    }
    let share = if all <= room { 1.0 } else { (room - least) / (all - least) };
    needs.iter().map(|need| need.least + share * (need.all - need.least).max(0.0)).collect()
}

/// The lines of a header of this width, in ems.
fn lines(header: &str, width: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in header.split(' ') {
        match lines.last_mut() {
            Some(line) if BOLD * text_width(&format!("{line} {word}")) <= width + 1e-9 => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// Whether a cell of numbers is never broken.
pub(super) fn is_one_piece(cell: &str) -> bool {
    cell.chars().count() <= ONE_PIECE
}

/// A group of more rows than this may go over a page.
const LONG_GROUP: usize = 24;

/// The table with the name of a long group repeated where the second column goes on to something else, so that a reader of the
/// next page sees what the rows belong to, and no group is too long for a page.
pub(super) fn with_names_repeated(table: &Table) -> Table {
    let mut repeated = table.clone();
    let starts =
        (0..table.rows.len()).filter(|place| table.rows[*place].first().is_some_and(|cell| !cell.is_empty()));
    let starts: Vec<usize> = starts.chain([table.rows.len()]).collect();
    for group in starts.windows(2).filter(|group| group[1] - group[0] > LONG_GROUP) {
        let name = table.rows[group[0]][0].clone();
        for row in &mut repeated.rows[group[0]..group[1]] {
            if row.get(1).is_some_and(|cell| !cell.is_empty()) {
                row[0].clone_from(&name);
            }
        }
    }
    repeated
}

/// How far a cell is set in, in steps, and its text: two blanks are a step.
pub(super) fn indent(cell: &str) -> (usize, &str) {
    let text = cell.trim_start_matches(' ');
    ((cell.len() - text.len()) / 2, text)
}

/// Whether a row goes on with what the row above began.
pub(super) fn goes_on(row: &[String]) -> bool {
    row.first().is_some_and(|cell| cell.is_empty() || cell.starts_with("  "))
}

/// Whether some room belongs above a row, so that the eye sees which rows belong together.
pub(super) fn begins_group(table: &Table, place: usize) -> bool {
    let near = &table.rows[place.saturating_sub(1)..table.rows.len().min(place + 2)];
    place > 0 && !goes_on(&table.rows[place]) && near.iter().any(|row| goes_on(row))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A table of so many columns of intervals.
    fn intervals(columns: usize) -> Table {
        let mut headers = vec!["indicator"];
        headers.resize(columns + 1, ">sensitivity");
        let mut table = Table::new("Accuracy", &headers);
        table.row(std::iter::once("Diet").chain(vec!["100.0 (85.1–100.0)"; columns]));
        table
    }

    #[test]
    fn a_wide_table_lies_across_and_a_wider_one_is_set_smaller() {
        let chosen = [4, 6, 8, 9].map(|columns| {
            let setting = Setting::of(&intervals(columns));
            (setting.landscape, setting.points)
        });
        assert_eq!(chosen, [(false, 9.0), (true, 9.0), (true, 8.0), (true, 7.0)]);
    }

    #[test]
    fn an_interval_has_its_line_and_the_page_is_not_left() {
        for columns in 1..=9 {
            let setting = Setting::of(&intervals(columns));
            assert!(setting.columns.iter().all(|column| !column.wraps), "{columns}");
            let width: f64 = setting.columns.iter().map(|column| column.width + 2.0 * PADDING).sum();
            assert!(width <= ROOM[usize::from(setting.landscape)] + 0.01, "{columns}");
        }
    }

    #[test]
    fn a_table_for_which_no_page_is_wide_enough_stays_on_it_all_the_same() {
        let setting = Setting::of(&intervals(14));
        let width: f64 = setting.columns.iter().map(|column| column.width + 2.0 * PADDING).sum();
        assert!((width - ROOM[1]).abs() < 0.01 && setting.columns[1].wraps, "{width}");
    }

    #[test]
    fn words_give_way_before_the_page_is_turned() {
        let mut table = intervals(4);
        table.rows[0][0] = "Andelen af patienter, der har fået vurderet deres fysiske kapacitet".to_owned();
        let setting = Setting::of(&table);
        assert!(setting.columns[0].wraps && !setting.landscape);
        assert!(setting.columns[1..].iter().all(|column| !column.wraps));
    }

    #[test]
    fn a_long_header_goes_over_several_lines_where_there_is_no_room() {
        let header = ">record not relevant for the indicator";
        let mut table =
            Table::new("Charts", &["indicator"].into_iter().chain([header; 9]).collect::<Vec<_>>());
        table.row(["Diet"; 10]);
        let setting = Setting::of(&table);
        assert!(setting.columns[1].header.len() > 1 && !setting.columns[1].wraps);
        assert_eq!(setting.columns[1].header.join(" "), &header[1..]);
    }

    #[test]
    fn a_group_that_is_longer_than_a_page_has_its_name_on_each() {
        let mut table = Table::new("", &["indicator", "municipality", "measure"]);
        table.row(["Diet", "A", "PPV"]);
        (0..12).for_each(|_| ["B", ""].iter().for_each(|name| table.row(["", name, "PPV"])));
        table.row(["Short", "A", "PPV"]);
        table.row(["", "B", "PPV"]);
        let repeated = with_names_repeated(&table);
        let names = |table: &Table| table.rows.iter().filter(|row| !row[0].is_empty()).count();
        assert_eq!((names(&table), names(&repeated)), (2, 14));
        assert_eq!([&repeated.rows[1][0], &repeated.rows[2][0], &repeated.rows[26][0]], ["Diet", "", ""]);
    }

    #[test]
    fn rows_that_belong_together_have_room_above_the_first_of_them() {
        let mut table = Table::new("", &["step"]);
        table.rows = ["a", "  plain", "b", "", "c", "d"].map(|cell| vec![cell.to_owned()]).to_vec();
        let groups: Vec<bool> = (0..6).map(|place| begins_group(&table, place)).collect();
        assert_eq!(groups, [false, false, true, false, true, false]);
        assert_eq!([indent("    − other"), indent("b ")], [(2, "− other"), (0, "b ")]);
    }
}
