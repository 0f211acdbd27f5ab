//! Plots of the speeds: one for each layout, with one line for each contestant.
//!
//! They are drawn by `plotters`, of which only the SVG part is built: it places logarithmic axes,
//! labels and legends. The background is transparent, and every colour has medium lightness, so
//! that the lines are visible on light and dark pages.

use plotters::prelude::*;

use crate::{
    contest::Contest,
    contestants::{Contestant, Family, Shared},
    sizes::written,
    statistics::throughput,
};

/// Width and height in pixels.
const EXTENT: (u32, u32) = (860, 480);

/// The colour of axes and text.
const INK: RGBColor = RGBColor(0x88, 0x88, 0x88);

/// Returns the colours of the lines of a family, in the order of the contestants.
const fn colours(family: Family) -> &'static [RGBColor] {
    match family {
        Family::Plain => &[RGBColor(0x88, 0x88, 0x88), RGBColor(0xb8, 0x9a, 0x50)],
        Family::Ours => &[RGBColor(0xe0, 0x4f, 0x1a), RGBColor(0xd0, 0x3a, 0x8c)],
        Family::Fallible => &[RGBColor(0xc8, 0xa0, 0x10)],
        Family::AtomicMemcpy => &[RGBColor(0x10, 0xa0, 0x70)],
        Family::VmMemory => &[RGBColor(0x2f, 0x86, 0xd6), RGBColor(0x30, 0xa8, 0xc0)],
        Family::StringCopy => &[RGBColor(0x10, 0xa0, 0x70)],
        Family::SystemCall => &[RGBColor(0x2f, 0x86, 0xd6)],
        Family::Loop => &[RGBColor(0x98, 0x60, 0xd8), RGBColor(0x80, 0x98, 0x30)],
    }
}

/// Draws the median speeds of all copies out of shared memory.
///
/// # Errors
///
/// Returns the error of the drawing library.
pub fn draw(contests: &[&Contest]) -> Result<String, String> {
    let mut text = String::new();
    draw_into(&mut text, contests).map_err(|error| format!("cannot draw: {error}"))?;
    Ok(text)
}

/// Returns the contestants that copy out of shared memory, and the baselines, each with its colour.
fn drawn(contests: &[&Contest]) -> Vec<(Contestant, RGBColor)> {
    let first = contests.first().map_or(&[][..], |contest| &contest.results);
    let mut drawn: Vec<(Contestant, RGBColor)> = Vec::new();
    for (contestant, _) in first.iter().filter(|(one, _)| one.shared != Shared::Destination) {
        let before = drawn.iter().filter(|(other, _)| other.family == contestant.family).count();
        let colours = colours(contestant.family);
        drawn.push((*contestant, colours[before % colours.len()]));
    }
    drawn
}

fn draw_into(text: &mut String, contests: &[&Contest]) -> Result<(), Box<dyn core::error::Error>> {
    let area = SVGBackend::with_string(text, EXTENT).into_drawing_area();
    let last = contests.len().saturating_sub(1);
    let font = ("sans-serif", 13).into_font().color(&INK);
    let mut chart = ChartBuilder::on(&area)
        .margin(10)
        .x_label_area_size(36)
        .y_label_area_size(48)
        .build_cartesian_2d(-0.2..last as f64 + 0.2, (0.2..200.0).log_scale())?;
    chart
        .configure_mesh()
        .axis_style(INK)
        .bold_line_style(INK.mix(0.35))
        .light_line_style(INK.mix(0.0))
        .label_style(font.clone())
        .axis_desc_style(font.clone())
        .x_labels(contests.len())
        .x_label_formatter(&|x| size_at(contests, *x))
        .y_label_formatter(&|y| y.to_string())
        .x_desc("bytes per copy")
        .y_desc("GB/s, median")
        .draw()?;
    for (contestant, colour) in drawn(contests) {
        let points = contests.iter().enumerate().filter_map(|(x, contest)| {
            let times = contest.times(contestant.name)?;
            Some((x as f64, throughput(contest.size, times.summary().median)))
        });
        let width = if contestant.family == Family::Ours { 3 } else { 2 };
        let style = colour.stroke_width(width);
        chart
            .draw_series(LineSeries::new(points, style))?
            .label(contestant.name)
            .legend(move |(x, y)| PathElement::new([(x, y), (x + 18, y)], style));
    }
    chart
        .configure_series_labels()
        .position(SeriesLabelPosition::LowerRight)
        .label_font(font)
        .border_style(INK.mix(0.35))
        .draw()?;
    area.present()?;
    Ok(())
}

/// Returns the label at a position of the horizontal axis: a size, or nothing between two sizes.
fn size_at(contests: &[&Contest], x: f64) -> String {
    let near = x.round();
    let contest = ((x - near).abs() < 0.01).then(|| contests.get(near as usize)).flatten();
    contest.map_or_else(String::new, |contest| written(contest.size))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{place::Layout, statistics::Times};

    fn contest(size: usize) -> Contest {
        let named = [
            ("base", Family::Plain, Shared::Neither),
            ("in", Family::Ours, Shared::Destination),
            ("out", Family::Ours, Shared::Source),
        ];
        let results = named.map(|(name, family, shared)| {
            let mut times = Times::default();
            times.push(10.0);
            (Contestant::new(name, family, shared, |_, _| ()), times)
        });
        Contest { layout: Layout::Aligned, size, results: results.into() }
    }

    #[test]
    fn a_plot_names_sizes_and_contestants() {
        let (small, large) = (contest(64), contest(1024));
        let svg = draw(&[&small, &large]).expect("two sizes can be drawn");
        let texts: Vec<&str> = svg.lines().map(str::trim).collect();
        for shown in ["base", "out", "64 B", "1 KiB", "GB/s, median"] {
            assert!(texts.contains(&shown), "`{shown}` is not shown in\n{svg}");
        }
        assert!(!texts.contains(&"in"), "a copy into shared memory is drawn");
        let thick = |line: &&str| line.contains("#E04F1A\" stroke-width=\"3\"");
        let lines = svg.lines().filter(thick).count();
        assert_eq!(lines, 2, "ours is drawn and in the legend:\n{svg}");
        assert!(!svg.contains("fill=\"#FFFFFF\""), "there is a background");
    }
}
