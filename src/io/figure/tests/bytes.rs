//! What is written: SVG and PNG.

use super::super::sheet::WIDTH;
use super::*;

#[test]
fn a_png_is_180_mm_wide_at_300_dpi_and_white_at_its_edges() {
    let bytes = figure_png(&forest(&eighteen(), &cells(), &TITLES)).unwrap();
    let mut reader = ::png::Decoder::new(std::io::Cursor::new(&bytes)).read_info().unwrap();
    let (width, height) = (reader.info().width as usize, reader.info().height as usize);
    let dots = reader.info().pixel_dims.unwrap();
    assert_eq!((dots.xppu, dots.yppu, dots.unit), (11_811, 11_811, ::png::Unit::Meter));
    assert_eq!(width, (180.0f64 / 25.4 * 300.0).round() as usize);
    let drawing = laid_out(&forest(&eighteen(), &cells(), &TITLES));
    assert_eq!(height, (drawing.height / 72.0 * 300.0).round() as usize);
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut pixels).unwrap();
    let is_edge = |place: usize| {
        let (x, y) = (place % width, place / width);
        x < 20 || y < 20 || x >= width - 20 || y >= height - 20
    };
    assert!(pixels.iter().enumerate().all(|(place, grey)| !is_edge(place) || *grey == 255));
    let dark = pixels.iter().filter(|grey| **grey < 64).count() as f64 / pixels.len() as f64;
    assert!((0.01..0.2).contains(&dark), "{dark}");
}

#[test]
fn the_same_figure_has_the_same_bytes() {
    for figure in [forest(&eighteen(), &cells(), &TITLES), flow("Rækker i registret", 3)] {
        assert_eq!(figure_svg(&figure), figure_svg(&figure));
        assert!(figure_png(&figure).unwrap() == figure_png(&figure).unwrap());
    }
}

#[test]
fn a_file_of_its_own_carries_its_font_and_a_part_of_a_page_does_not() {
    let figure = flow("Rækker", 1);
    let (alone, inline) = (figure_svg(&figure), figure_svg_inline(&figure));
    assert!(alone.starts_with("<?xml") && alone.contains(figure_faces()));
    assert!(inline.starts_with("<svg") && !inline.contains("@font-face"));
    assert!(alone.contains("width=\"180mm\"") && WIDTH > 510.0);
    assert_eq!(figure_faces().matches("font/woff2;base64,").count(), 2);
}

#[test]
fn a_forest_plot_as_svg() {
    let labels = ["Diæt".to_owned(), "Hele studiet".to_owned()];
    let cells = [cell("87,1 (83,7–90,0)", Some((0.871, [0.837, 0.9]))), cell("#", None)];
    insta::assert_snapshot!(figure_svg_inline(&forest(&labels, &cells, &TITLES[..1])), @r##"
    <svg xmlns="http://www.w3.org/2000/svg" width="180mm" height="35.63mm" viewBox="0 0 510.24 101" role="img" font-family="'Noto Sans', 'Open Sans', 'DejaVu Sans', Arial, sans-serif">
    <title>Nøjagtighed &amp; mere</title>
    <desc>Studiet. Registret. Resultater: endelige. hkm. Data 0123.</desc>
    <rect width="100%" height="100%" fill="#fff"/>
    <text x="6" y="14.78" font-size="9" font-weight="bold">Nøjagtighed &amp; mere</text>
    <text x="10" y="30.07" font-size="7" font-weight="bold">Kommune</text>
    <text x="59.44" y="30.07" font-size="7" font-weight="bold">Sensitivitet, %</text>
    <text x="218.15" y="30.07" font-size="7" font-weight="bold" text-anchor="end">n</text>
    <text x="225.15" y="30.07" font-size="7" font-weight="bold">95 % KI</text>
    <line x1="6" y1="33.5" x2="504.24" y2="33.5" stroke="#000000" stroke-width="0.6"/>
    <line x1="6" y1="46.45" x2="504.24" y2="46.45" stroke="#000000" stroke-width="0.4"/>
    <line x1="64.44" y1="34.5" x2="64.44" y2="58.4" stroke="#cdcdcd" stroke-width="0.4"/>
    <line x1="64.44" y1="58.4" x2="64.44" y2="60.9" stroke="#000000" stroke-width="0.6"/>
    <text x="64.44" y="67.25" font-size="6" text-anchor="middle">0</text>
    <line x1="89.18" y1="34.5" x2="89.18" y2="58.4" stroke="#cdcdcd" stroke-width="0.4"/>
    <line x1="89.18" y1="58.4" x2="89.18" y2="60.9" stroke="#000000" stroke-width="0.6"/>
    <text x="89.18" y="67.25" font-size="6" text-anchor="middle">20</text>
    <line x1="113.92" y1="34.5" x2="113.92" y2="58.4" stroke="#cdcdcd" stroke-width="0.4"/>
    <line x1="113.92" y1="58.4" x2="113.92" y2="60.9" stroke="#000000" stroke-width="0.6"/>
    <text x="113.92" y="67.25" font-size="6" text-anchor="middle">40</text>
    <line x1="138.66" y1="34.5" x2="138.66" y2="58.4" stroke="#cdcdcd" stroke-width="0.4"/>
    <line x1="138.66" y1="58.4" x2="138.66" y2="60.9" stroke="#000000" stroke-width="0.6"/>
    <text x="138.66" y="67.25" font-size="6" text-anchor="middle">60</text>
    <line x1="163.4" y1="34.5" x2="163.4" y2="58.4" stroke="#cdcdcd" stroke-width="0.4"/>
    <line x1="163.4" y1="58.4" x2="163.4" y2="60.9" stroke="#000000" stroke-width="0.6"/>
    <text x="163.4" y="67.25" font-size="6" text-anchor="middle">80</text>
    <line x1="188.14" y1="34.5" x2="188.14" y2="58.4" stroke="#cdcdcd" stroke-width="0.4"/>
    <line x1="188.14" y1="58.4" x2="188.14" y2="60.9" stroke="#000000" stroke-width="0.6"/>
    <text x="188.14" y="67.25" font-size="6" text-anchor="middle">100</text>
    <line x1="64.44" y1="58.4" x2="188.14" y2="58.4" stroke="#000000" stroke-width="0.6"/>
    <text x="10" y="42.93" font-size="7">Diæt</text>
    <text x="218.15" y="42.93" font-size="7" text-anchor="end">1.234</text>
    <text x="225.15" y="42.93" font-size="7">87,1 (83,7–90,0)</text>
    <line x1="167.98" y1="40.48" x2="175.77" y2="40.48" stroke="#000000" stroke-width="0.8"/>
    <line x1="167.98" y1="38.68" x2="167.98" y2="42.27" stroke="#000000" stroke-width="0.8"/>
    <line x1="175.77" y1="38.68" x2="175.77" y2="42.27" stroke="#000000" stroke-width="0.8"/>
    <polygon points="170.39,38.68 173.99,38.68 173.99,42.27 170.39,42.27" fill="#000000"/>
    <text x="10" y="54.88" font-size="7" font-weight="bold">Hele studiet</text>
    <text x="218.15" y="54.88" font-size="7" text-anchor="end">#</text>
    <text x="225.15" y="54.88" font-size="7">#</text>
    <text x="6" y="81.75" font-size="6">#: skjult.</text>
    <line x1="6" y1="85.4" x2="504.24" y2="85.4" stroke="#000000" stroke-width="0.4"/>
    <text x="6" y="93.25" font-size="6">Studiet. Registret. Resultater: endelige. hkm. Data 0123.</text>
    </svg>
    "##);
}

#[test]
fn a_flow_diagram_as_svg() {
    insta::assert_snapshot!(figure_svg_inline(&flow("Rækker", 1)), @r##"
    <svg xmlns="http://www.w3.org/2000/svg" width="180mm" height="93.84mm" viewBox="0 0 510.24 266" role="img" font-family="'Noto Sans', 'Open Sans', 'DejaVu Sans', Arial, sans-serif">
    <title>Nøjagtighed &amp; mere</title>
    <desc>Studiet. Registret. Resultater: endelige. hkm. Data 0123.</desc>
    <rect width="100%" height="100%" fill="#fff"/>
    <text x="6" y="14.78" font-size="9" font-weight="bold">Nøjagtighed &amp; mere</text>
    <polygon points="46,23.25 226,23.25 226,50.75 46,50.75" fill="none" stroke="#000" stroke-width="0.8"/>
    <text x="136" y="35.08" font-size="7" text-anchor="middle">Rækker</text>
    <text x="136" y="43.83" font-size="7" text-anchor="middle">n = 1.326.913</text>
    <line x1="136" y1="50.75" x2="136" y2="97" stroke="#000000" stroke-width="0.8"/>
    <polygon points="136,101 134,97 138,97" fill="#000000"/>
    <polygon points="256,57.75 484.24,57.75 484.24,94 256,94" fill="none" stroke="#000" stroke-width="0.8"/>
    <text x="261" y="69.58" font-size="7">Udelukket:</text>
    <text x="261" y="78.33" font-size="7">Rækker</text>
    <text x="261" y="87.08" font-size="7">uden for perioden (n = #)</text>
    <line x1="136" y1="75.88" x2="252" y2="75.88" stroke="#000000" stroke-width="0.8"/>
    <polygon points="256,75.88 252,73.88 252,77.88" fill="#000000"/>
    <polygon points="46,101 226,101 226,128.5 46,128.5" fill="none" stroke="#000" stroke-width="0.8"/>
    <text x="136" y="112.83" font-size="7" text-anchor="middle">Rækker</text>
    <text x="136" y="121.58" font-size="7" text-anchor="middle">n = 1.326.913</text>
    <line x1="136" y1="128.5" x2="136" y2="138.5" stroke="#000000" stroke-width="0.8"/>
    <polygon points="136,142.5 134,138.5 138,138.5" fill="#000000"/>
    <polygon points="46,142.5 226,142.5 226,170 46,170" fill="none" stroke="#000" stroke-width="0.8"/>
    <text x="136" y="154.32" font-size="7" text-anchor="middle">Rækker</text>
    <text x="136" y="163.07" font-size="7" text-anchor="middle">n = 1.326.913</text>
    <line x1="136" y1="170" x2="136" y2="198.75" stroke="#000000" stroke-width="0.8"/>
    <polygon points="136,202.75 134,198.75 138,198.75" fill="#000000"/>
    <polygon points="256,177 484.24,177 484.24,195.75 256,195.75" fill="none" stroke="#000" stroke-width="0.8"/>
    <text x="261" y="188.82" font-size="7">Rækker</text>
    <line x1="136" y1="186.38" x2="252" y2="186.38" stroke="#000000" stroke-width="0.8"/>
    <polygon points="256,186.38 252,184.38 252,188.38" fill="#000000"/>
    <line x1="6" y1="202.75" x2="504.24" y2="202.75" stroke="#000000" stroke-width="0.8"/>
    <text x="6" y="219.82" font-size="7" font-weight="bold">Indicator</text>
    <text x="45.26" y="219.82" font-size="7" font-weight="bold">Ikke i tabellen</text>
    <text x="396.24" y="219.82" font-size="7" font-weight="bold" text-anchor="end">I tabellen</text>
    <text x="450.24" y="211.07" font-size="7" font-weight="bold" text-anchor="end">Register ja,</text>
    <text x="450.24" y="219.82" font-size="7" font-weight="bold" text-anchor="end">journal ja</text>
    <text x="504.24" y="211.07" font-size="7" font-weight="bold" text-anchor="end">Register ja,</text>
    <text x="504.24" y="219.82" font-size="7" font-weight="bold" text-anchor="end">journal nej</text>
    <line x1="6" y1="223.25" x2="504.24" y2="223.25" stroke="#000000" stroke-width="0.6"/>
    <text x="6" y="231.57" font-size="7">Rækker</text>
    <text x="45.26" y="231.57" font-size="7">mangler i registret 16; ikke dokumenteret #</text>
    <text x="396.24" y="231.57" font-size="7" text-anchor="end">1.326.913</text>
    <text x="450.24" y="231.57" font-size="7" text-anchor="end">1.326.913</text>
    <text x="504.24" y="231.57" font-size="7" text-anchor="end">#</text>
    <line x1="6" y1="235" x2="504.24" y2="235" stroke="#000000" stroke-width="0.8"/>
    <text x="6" y="246.85" font-size="6">#: skjult.</text>
    <line x1="6" y1="250.5" x2="504.24" y2="250.5" stroke="#000000" stroke-width="0.4"/>
    <text x="6" y="258.35" font-size="6">Studiet. Registret. Resultater: endelige. hkm. Data 0123.</text>
    </svg>
    "##);
}
