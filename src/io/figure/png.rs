//! A drawing as PNG: the SVG drawn with the shipped font alone, 300 points to the inch, in shades of grey.

use std::sync::{Arc, LazyLock};

use png::{BitDepth, ColorType, Compression, Encoder, PixelDimensions, Unit};
use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

use super::letters::{BOLD, REGULAR};
use super::svg::figure_svg_inline;
use crate::error::{Error, Finding, Result};
use crate::report::Figure;

/// Points to the inch: what journals ask for.
const RESOLUTION: f32 = 300.0;
/// Units of CSS to the inch.
const CSS: f32 = 96.0;
/// The same resolution to the metre, rounded.
const PER_METRE: u32 = 11_811;

/// The figure as a PNG file.
///
/// # Errors
/// When it is too large to be held in memory.
pub fn figure_png(figure: &Figure) -> Result<Vec<u8>> {
    let pixmap = pixmap(&figure_svg_inline(figure)).ok_or_else(|| not_drawn(&figure.name))?;
    encoded(&pixmap).map_err(|_| not_drawn(&figure.name))
}

fn not_drawn(name: &str) -> Error {
    let what = format!("the figure `{name}` cannot be drawn");
    Error::cannot_run(
        Finding::error("figure", what)
            .because("it is too large")
            .remedy("group into fewer parts, `by` in study.toml"),
    )
}

fn fonts() -> Arc<fontdb::Database> {
    static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
        let mut fonts = fontdb::Database::new();
        [REGULAR, BOLD].into_iter().for_each(|font| fonts.load_font_data(font.to_vec()));
        Arc::new(fonts)
    });
    Arc::clone(&FONTS)
}

fn pixmap(svg: &str) -> Option<Pixmap> {
    let tree = Tree::from_str(svg, &Options { fontdb: fonts(), ..Options::default() }).ok()?;
    let scale = RESOLUTION / CSS;
    let [width, height] =
        [tree.size().width(), tree.size().height()].map(|size| (size * scale).round() as u32);
    let mut pixmap = Pixmap::new(width, height)?;
    pixmap.fill(Color::WHITE);
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    Some(pixmap)
}

/// Everything is grey: one colour of the three tells it all.
fn encoded(pixmap: &Pixmap) -> std::result::Result<Vec<u8>, png::EncodingError> {
    let grey: Vec<u8> = pixmap.data().chunks_exact(4).map(|pixel| pixel[0]).collect();
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, pixmap.width(), pixmap.height());
    encoder.set_color(ColorType::Grayscale);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Fast);
    encoder.set_pixel_dims(Some(PixelDimensions { xppu: PER_METRE, yppu: PER_METRE, unit: Unit::Meter }));
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&grey)?;
    writer.finish()?;
    Ok(bytes)
}
