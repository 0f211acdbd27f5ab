//! Markdown pages: links, images and the anchors of headings.

use alloc::collections::BTreeMap;
use std::path::Path;

use pulldown_cmark::{BrokenLink, Event, LinkType, Options, Parser, Tag, TagEnd};

use crate::files::read;
use crate::html;
use crate::page::{Page, line_at};

/// Reads a page, with the files that it includes (`{{#include FILE}}` on a line of its own).
pub(crate) fn page(path: &Path) -> Result<Page, String> {
    let text = read(path)?;
    let mut page = of_text(&text);
    for (i, line) in text.lines().enumerate() {
        let Some(name) = included(line) else { continue };
        let file = path.with_file_name(name);
        match read(&file) {
            Ok(text) => page.include(i + 1, of_text(&text)),
            Err(problem) => page.problems.push((i + 1, problem)),
        }
        page.included.push(file);
    }
    Ok(page)
}

/// Returns the file of a line `{{#include FILE}}`.
fn included(line: &str) -> Option<&str> {
    line.trim().strip_prefix("{{#include ")?.strip_suffix("}}").map(str::trim)
}

impl Page {
    /// Adds the content of an included file. Its links are attributed to the line that includes it.
    fn include(&mut self, line: usize, part: Page) {
        part.links.iter().for_each(|link| self.link(line, &link.target));
        self.anchors.extend(part.anchors);
        self.problems.extend(part.problems.into_iter().map(|(_, problem)| (line, problem)));
    }
}

/// Reads a page without the files that it includes.
fn of_text(text: &str) -> Page {
    let mut page = Page::default();
    let mut undefined = Vec::new();
    let mut on_undefined = |link: BrokenLink<'_>| {
        // `[text]` alone is usually not meant as a link.
        if matches!(link.link_type, LinkType::Reference | LinkType::Collapsed) {
            undefined.push((line_at(text, link.span.start), link.reference.to_string()));
        }
        None
    };
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let parser = Parser::new_with_broken_link_callback(text, options, Some(&mut on_undefined));
    let mut anchors = Anchors::default();
    let mut heading: Option<String> = None;
    for (event, range) in parser.into_offset_iter() {
        match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                page.link(line_at(text, range.start), &dest_url);
            }
            Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_) => {
                let first = line_at(text, range.start);
                let part = html::page(&text[range]);
                part.links.iter().for_each(|link| page.link(first + link.line - 1, &link.target));
                page.anchors.extend(part.anchors);
            }
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => {
                page.anchors.extend(heading.take().map(|title| anchors.next(&title)));
            }
            Event::Text(part) | Event::Code(part) => {
                if let Some(title) = &mut heading {
                    title.push_str(&part);
                }
            }
            _ => {}
        }
    }
    let message = |name| format!("[{name}] is not defined");
    page.problems.extend(undefined.into_iter().map(|(line, name)| (line, message(name))));
    page
}

/// The anchors of the headings of a page, as mdBook and GitHub generate them.
#[derive(Debug, Default)]
struct Anchors {
    /// The number of headings with each anchor.
    used: BTreeMap<String, usize>,
}

impl Anchors {
    /// Returns the anchor of the next heading; a repeated one gets a number.
    fn next(&mut self, title: &str) -> String {
        let anchor: String = title.trim().chars().filter_map(anchor_char).collect();
        let count = self.used.entry(anchor.clone()).or_default();
        *count += 1;
        if *count == 1 { anchor } else { format!("{anchor}-{}", *count - 1) }
    }
}

fn anchor_char(c: char) -> Option<char> {
    match c {
        c if c.is_alphanumeric() || c == '_' || c == '-' => Some(c.to_ascii_lowercase()),
        c if c.is_whitespace() => Some('-'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn targets(text: &str) -> Vec<(usize, String)> {
        of_text(text).links.into_iter().map(|link| (link.line, link.target)).collect()
    }

    #[test]
    fn links_of_all_kinds_are_found_with_their_lines() {
        let text = "[a](a.md) ![b](b.svg)\n\n| x |\n|---|\n| [c][id] |\n\n<https://d.org>\n\n\
                    <p>\n<img src=\"e.svg\"></p>\n\nf <a href=\"f.md#g\">g</a>\n\n[id]: c.md\n";
        let expected = [
            (1, "a.md"),
            (1, "b.svg"),
            (5, "c.md"),
            (7, "https://d.org"),
            (10, "e.svg"),
            (12, "f.md#g"),
        ];
        assert_eq!(targets(text), expected.map(|(line, target)| (line, target.to_owned())));
    }

    #[test]
    fn code_contains_no_links() {
        assert_eq!(targets("`[a](a.md)`\n\n```text\n[b](b.md)\n```\n"), []);
    }

    #[test]
    fn undefined_references_are_problems() {
        let page = of_text("[try: i] is no link\n\n[text][missing] [other][]\n");
        let problem = |name: &str| (3, format!("[{name}] is not defined"));
        assert_eq!(page.problems, [problem("missing"), problem("other")]);
    }

    #[test]
    fn headings_have_anchors() {
        let page = of_text("# The `io_read!` macro, briefly\n\n## Limits\n\nx\n\n## Limits\n");
        let expected = ["the-io_read-macro-briefly", "limits", "limits-1"];
        assert_eq!(page.anchors, expected.map(str::to_owned).into());
    }

    #[test]
    fn included_files_are_part_of_the_page() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name, text| std::fs::write(folder.path().join(name), text).unwrap();
        write("a.md", "# A\n\n{{#include b.md}}\n{{#include c.md}}\n");
        write("b.md", "## B\n\n![x](x.svg)\n");
        let page = page(&folder.path().join("a.md")).unwrap();
        assert_eq!(page.anchors, ["a", "b"].map(str::to_owned).into());
        assert_eq!((page.links[0].line, page.links[0].target.as_str()), (3, "x.svg"));
        assert_eq!(page.included, ["b.md", "c.md"].map(|name| folder.path().join(name)));
        assert!(matches!(&page.problems[..], [(4, problem)] if problem.contains("c.md")));
    }
}
