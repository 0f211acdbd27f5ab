//! The picture of the README: `cargo xtask picture` draws the trace of `cargo run --bin edu`.
//!
//! The picture has its own background, so that it is readable on light and on dark pages.

use std::fs;

use xtask_process::{Call, run};

use crate::project::Project;
use crate::report;

/// The file of the picture.
const FILE: &str = "docs/src/edu.svg";
/// The command whose output is drawn.
const COMMAND: &str = "run --quiet --bin edu";
/// The first lines of the trace that are drawn, and the last ones.
const SHOWN: (usize, usize) = (5, 18);

/// Size of the font, width of a column, height of a line, and margin, in pixels.
const FONT: usize = 13;
const COLUMN: usize = 8;
const LINE: usize = 19;
const MARGIN: usize = 16;

/// The operation of the command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    /// Write the picture.
    Write,
    /// Compare the committed picture with the one that would be written.
    Check,
}

/// Draws the picture, and writes it or compares it; returns whether the file is up to date.
pub(crate) fn run(project: &Project, action: Action) -> Result<bool, String> {
    let output = run::answer(&Call::new("cargo", COMMAND), &project.root)?;
    let svg = draw(&lines(report::before(&output)?));
    let path = project.root.join(FILE);
    if action == Action::Write {
        fs::write(&path, svg).map_err(|error| format!("cannot write {FILE}: {error}"))?;
        println!("wrote {FILE}");
        return Ok(true);
    }
    let found =
        fs::read_to_string(&path).map_err(|error| format!("cannot read {FILE}: {error}"))?;
    if found != svg {
        println!("{FILE} differs from the trace of `cargo {COMMAND}`: run `cargo xtask picture`");
    }
    Ok(found == svg)
}

/// Returns the lines of the picture: the command, then both ends of the trace.
fn lines(trace: &str) -> Vec<String> {
    let trace: Vec<&str> = trace.lines().collect();
    let (first, last) = SHOWN;
    let omitted = trace.len().saturating_sub(first + last);
    let mut lines = vec!["$ cargo run --bin edu".to_owned()];
    for (i, line) in trace.iter().enumerate() {
        if i < first || i >= first + omitted {
            lines.push((*line).to_owned());
        } else if i == first {
            lines.push(format!("… {omitted} more lines"));
        }
    }
    lines
}

/// Returns the picture in SVG.
fn draw(lines: &[String]) -> String {
    let columns = lines.iter().map(|line| line.chars().count()).max().unwrap_or(0);
    let (width, height) = (columns * COLUMN + 2 * MARGIN, lines.len() * LINE + 2 * MARGIN);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" role=\"img\">\n\
         <title>Trace of the edu driver: every access with register, width, value and flags</title>\n\
         <style>\n\
         text {{ font: {FONT}px ui-monospace, SFMono-Regular, Menlo, Consolas, \"DejaVu Sans Mono\", \
         monospace; fill: #e6edf3; white-space: pre; }}\n\
         .read {{ fill: #79c0ff; }}\n.write {{ fill: #ffa657; }}\n.name {{ fill: #7ee787; }}\n\
         .flags {{ fill: #d2a8ff; }}\n.note {{ fill: #9198a1; }}\n\
         </style>\n\
         <rect x=\"0.5\" y=\"0.5\" width=\"{}\" height=\"{}\" rx=\"8\" fill=\"#0d1117\" \
         stroke=\"#656c76\"/>\n",
        width - 1,
        height - 1
    );
    for (i, line) in lines.iter().enumerate() {
        let y = MARGIN + LINE * i + FONT;
        let spans: String = spans(line).iter().map(|(class, text)| span(class, text)).collect();
        svg.push_str(&format!(
            "<text x=\"{MARGIN}\" y=\"{y}\" xml:space=\"preserve\">{spans}</text>\n"
        ));
    }
    svg.push_str("</svg>\n");
    svg
}

/// Splits a line into parts of one colour, each with its class.
fn spans(line: &str) -> Vec<(&'static str, &str)> {
    let class = match line.split(' ').next() {
        Some("RD" | "CR") => "read",
        Some("WR" | "CW") => "write",
        _ => return vec![("note", line)],
    };
    let (kind, rest) = line.split_at(2);
    let end = |text: &str, from: usize| text[from..].find(' ').map_or(text.len(), |at| from + at);
    let (name, rest) = rest.split_at(end(rest, 1));
    let value = ["-> ", "<- "].iter().find_map(|arrow| Some(rest.find(arrow)? + arrow.len()));
    let (value, flags) = rest.split_at(value.map_or(rest.len(), |from| end(rest, from)));
    vec![(class, kind), ("name", name), ("", value), ("flags", flags)]
}

/// Returns a part of a line in SVG.
fn span(class: &str, text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    match (class, text.is_empty()) {
        (_, true) => text,
        ("", _) => text,
        _ => format!("<tspan class=\"{class}\">{text}</tspan>"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ends_of_a_long_trace_are_shown() {
        let trace: Vec<String> = (0..30).map(|i| format!("RD a.b 32 -> {i}")).collect();
        let lines = lines(&trace.join("\n"));
        assert_eq!(lines.len(), 1 + SHOWN.0 + 1 + SHOWN.1);
        assert_eq!(lines[SHOWN.0 + 1], format!("… {} more lines", 30 - SHOWN.0 - SHOWN.1));
        assert_eq!(lines.last(), trace.last());
    }

    #[test]
    fn a_short_trace_is_shown_as_a_whole() {
        assert_eq!(lines("RD a.b 32 -> 0x1\n"), ["$ cargo run --bin edu", "RD a.b 32 -> 0x1"]);
    }

    #[test]
    fn a_line_has_parts() {
        let line = "WR edu.command 64 <- 0x07 START | IRQ (x2)";
        let expected = [
            ("write", "WR"),
            ("name", " edu.command"),
            ("", " 64 <- 0x07"),
            ("flags", " START | IRQ (x2)"),
        ];
        assert_eq!(spans(line), expected);
        assert_eq!(spans("BARRIER mb"), [("note", "BARRIER mb")]);
        assert_eq!(spans("RD a.b 32 !! gone")[2..], [("", " 32 !! gone"), ("flags", "")]);
    }

    #[test]
    fn text_is_escaped() {
        let svg = draw(&["RD a.b 8 -> 0x01 <&>".to_owned()]);
        assert!(
            svg.contains(" 8 -&gt; 0x01<tspan class=\"flags\"> &lt;&amp;&gt;</tspan>"),
            "{svg}"
        );
    }
}
