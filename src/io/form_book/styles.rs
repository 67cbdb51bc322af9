//! How cells look. Colours are light, so that they can be printed and black letters stay readable.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder};

use crate::review::{Colour, EntryFormat, Style};

const LINES: u32 = 0xBF_BF_BF;
const HEADER: u32 = 0xD9_E2_F3;
const WARNING: u32 = 0xC0_00_00;
const WHITE: u32 = 0xFF_FF_FF;

/// The formats of a workbook, made once.
pub(super) struct Styles {
    title: Format,
    heading: Format,
    warning: Format,
    header: Format,
    entry_header: Format,
    plain: Format,
    body: Format,
    text: Format,
    key: Format,
    patches: [Format; 4],
    day: Format,
    entries: [Format; 3],
}

impl Styles {
    pub(super) fn new(day_format: &str) -> Self {
        let top = Format::new().set_align(FormatAlign::Top);
        let cell = top.clone().set_border(FormatBorder::Thin).set_border_color(LINES);
        let body = cell.clone().set_text_wrap();
        let header = body.clone().set_bold().set_background_color(HEADER);
        let entry = cell.clone().set_unlocked();
        let patch = |colour| cell.clone().set_background_color(shade(colour));
        Styles {
            title: Format::new().set_bold().set_font_size(16).set_align(FormatAlign::VerticalCenter),
            heading: Format::new().set_bold().set_font_size(12).set_align(FormatAlign::Bottom),
            warning: Format::new()
                .set_bold()
                .set_font_color(WHITE)
                .set_background_color(WARNING)
                .set_text_wrap()
                .set_align(FormatAlign::VerticalCenter),
            entry_header: header.clone().set_background_color(shade(Colour::Complete)),
            header,
            plain: top.clone().set_text_wrap().set_indent(1),
            day: cell.clone().set_num_format(day_format).set_align(FormatAlign::Left),
            text: cell.clone().set_num_format("@"),
            key: body.clone().set_bold(),
            entries: [
                entry.clone().set_align(FormatAlign::Left).set_shrink(),
                entry.clone().set_num_format(day_format).set_align(FormatAlign::Left).set_shrink(),
                entry.set_num_format("@").set_text_wrap(),
            ],
            patches: [Colour::Open, Colour::Complete, Colour::NotAsked, Colour::Wrong].map(patch),
            body,
        }
    }

    pub(super) fn of(&self, style: Style) -> &Format {
        match style {
            Style::Title => &self.title,
            Style::Heading => &self.heading,
            Style::Warning => &self.warning,
            Style::Header => &self.header,
            Style::EntryHeader => &self.entry_header,
            Style::Plain => &self.plain,
            Style::Body => &self.body,
            Style::Text => &self.text,
            Style::Key => &self.key,
            Style::Patch(colour) => &self.patches[colour as usize],
        }
    }

    pub(super) fn entry(&self, format: EntryFormat) -> &Format {
        &self.entries[format as usize]
    }

    pub(super) fn day(&self) -> &Format {
        &self.day
    }
}

/// The fill of cells in which a rule holds.
pub(super) fn fill(colour: Colour) -> Format {
    Format::new().set_background_color(shade(colour))
}

fn shade(colour: Colour) -> u32 {
    match colour {
        Colour::Open => 0xFF_E6_99,
        Colour::Complete => 0xE2_EF_DA,
        Colour::NotAsked => 0xD9_D9_D9,
        Colour::Wrong => 0xF4_A6_A0,
    }
}
