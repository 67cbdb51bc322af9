//! Figures as SVG and as PNG.
//!
//! A figure is laid out once, in points, with the widths of the letters of the one font that is shipped; the SVG is that
//! layout, and the PNG is the SVG drawn with the same font and no other. Grey alone is used, so that nothing is lost in print or to the
//! colour-blind.

mod drawing;
mod flow;
mod forest;
mod letters;
mod png;
mod sheet;
mod svg;
#[cfg(test)]
mod tests;

pub use png::figure_png;
pub use svg::{figure_faces, figure_svg, figure_svg_inline};

use drawing::Drawing;
use sheet::Sheet;

use crate::report::{Figure, Picture};

/// Lays a figure out: its title, its picture, its notes and the line of every page.
fn laid_out(figure: &Figure) -> Drawing {
    let mut sheet = Sheet::titled(&figure.title);
    match &figure.picture {
        Picture::Forest(forest) => forest::draw(forest, &mut sheet),
        Picture::Flow(diagram) => flow::draw(diagram, &mut sheet),
    }
    sheet.finish(&figure.notes, &figure.page_line)
}
