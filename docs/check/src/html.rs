//! Rendered pages: links, and the anchors that elements define.

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{StartTag, Token, Tokenizer};

use crate::page::{Page, line_at};

/// Attributes that contain a link, with the elements that have them.
const LINKS: [(&str, &[&str]); 2] =
    [("href", &["a", "area", "link"]), ("src", &["audio", "embed", "iframe", "img", "script"])];

/// Reads a page, or a part of one.
pub(crate) fn page(text: &str) -> Page {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    // The contents of `<script>` and `<style>` are not elements.
    emitter.naively_switch_states(true);
    let mut page = Page::default();
    // The line of the last element: lines are counted once.
    let (mut offset, mut line) = (0, 1);
    for token in Tokenizer::new_with_emitter(text, emitter) {
        let Ok(Token::StartTag(tag)) = token else { continue };
        let start = tag.span.start.clamp(offset, text.len());
        line += line_at(&text[offset..], start - offset) - 1;
        offset = start;
        element(&mut page, line, &tag);
    }
    page
}

/// Adds the links and anchors of one element.
fn element(page: &mut Page, line: usize, tag: &StartTag<usize>) {
    let name = String::from_utf8_lossy(&tag.name);
    let value = |attribute: &str| {
        let value = tag.attributes.get(attribute.as_bytes())?;
        Some(String::from_utf8_lossy(value).into_owned())
    };
    for (attribute, elements) in LINKS {
        if let Some(target) = value(attribute).filter(|_| elements.contains(&&*name)) {
            page.link(line, &target);
        }
    }
    if name == "meta"
        && value("http-equiv").is_some_and(|kind| kind.eq_ignore_ascii_case("refresh"))
        && let Some((_, target)) = value("content").as_deref().and_then(|c| c.split_once("URL="))
    {
        page.link(line, target);
        page.redirect = Some(target.to_owned());
    }
    page.anchors.extend(value("id"));
    page.anchors.extend(value("name").filter(|_| name == "a"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_and_anchors_of_elements_are_found() {
        let text = "<!DOCTYPE html>\n<link href=\"a.css\" rel=x>\n<p id=\"one\">\n<a\n name='two' \
                    href=\"b.html#c&amp;d\">x</a> <img src=e.svg>\n<input name=three>";
        let page = page(text);
        let links: Vec<_> = page.links.iter().map(|l| (l.line, l.target.as_str())).collect();
        assert_eq!(links, [(2, "a.css"), (4, "b.html#c&d"), (5, "e.svg")]);
        assert_eq!(page.anchors, ["one", "two"].map(str::to_owned).into());
    }

    #[test]
    fn scripts_and_comments_contain_no_links() {
        let text = "<script>'<a href=\"x\">'</script><!-- <a href=y> --><title><a href=z></title>";
        assert_eq!(page(text), Page::default());
    }

    #[test]
    fn redirections_are_links() {
        let page =
            page("<meta charset=x><meta http-equiv=\"refresh\" content=\"0;URL=../b.html\">");
        assert_eq!((page.redirect.as_deref(), page.links.len()), (Some("../b.html"), 1));
    }

    #[test]
    fn parts_of_a_page_are_read() {
        let page = page("é<img src=\"a.svg\" alt=\"<\n\n\"><img src=\"b.svg\"");
        assert_eq!(page.links.len(), 1, "the second element is incomplete");
    }
}
