//! The texts of the repository: comments, string literals, test names, messages and Markdown.

use std::fs;
use std::path::Path;

use proc_macro2::{Spacing, TokenStream, TokenTree};

/// The kinds of texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A line of a documentation comment.
    Documentation,
    /// A line of another comment.
    Comment,
    /// A line of a string literal that contains several words.
    Literal,
    /// The name of a test.
    TestName,
    /// A line of a compile-fail message.
    Message,
    /// A line of Markdown outside code blocks.
    Markdown,
}

/// One line of text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Text {
    /// The file, relative to the root of the repository.
    pub(super) path: String,
    /// The line number, from 1.
    pub(super) line: usize,
    pub(super) kind: Kind,
    pub(super) text: String,
}

/// Folders that contain no text of the project.
const SKIPPED: [&str; 4] = ["target", ".git", "snapshots", "node_modules"];

/// Returns all texts of the repository, in the order of the paths.
pub(super) fn all(root: &Path) -> Result<Vec<Text>, String> {
    let mut paths = Vec::new();
    walk(root, root, &mut paths)?;
    paths.sort();
    let mut texts = Vec::new();
    for path in paths {
        let content = fs::read_to_string(root.join(&path))
            .map_err(|error| format!("cannot read {path}: {error}"))?;
        texts.extend(of_file(&path, &content)?);
    }
    Ok(texts)
}

fn walk(root: &Path, folder: &Path, paths: &mut Vec<String>) -> Result<(), String> {
    let failed = |error| format!("cannot list {}: {error}", folder.display());
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if path.is_symlink() {
            continue;
        } else if path.is_dir() {
            if !SKIPPED.contains(&name) {
                walk(root, &path, paths)?;
            }
        } else if let Ok(relative) = path.strip_prefix(root) {
            paths.push(relative.to_string_lossy().into_owned());
        }
    }
    Ok(())
}

/// Returns the texts of one file; none for files of other kinds.
pub(super) fn of_file(path: &str, content: &str) -> Result<Vec<Text>, String> {
    let text = |(line, kind, text): (usize, Kind, String)| Text {
        path: path.to_owned(),
        line,
        kind,
        text,
    };
    let lines = match path.rsplit_once('.') {
        Some((_, "rs")) => rust(content).map_err(|error| format!("{path}: {error}"))?,
        Some((_, "md")) => markdown(content),
        Some((_, "stderr")) => messages(content),
        _ => Vec::new(),
    };
    Ok(lines.into_iter().map(text).collect())
}

type Line = (usize, Kind, String);

fn rust(content: &str) -> Result<Vec<Line>, String> {
    let mut lines: Vec<Line> = Vec::new();
    for (number, line) in content.lines().enumerate() {
        let line = line.trim_start();
        let comment = line.strip_prefix("///").or_else(|| line.strip_prefix("//!"));
        let (kind, text) = match (comment, line.strip_prefix("//")) {
            (Some(text), _) => (Kind::Documentation, text),
            (None, Some(text)) => (Kind::Comment, text),
            (None, None) => continue,
        };
        lines.push((number + 1, kind, text.trim().to_owned()));
    }
    // Compile-fail cases need not be valid tokens; their comments are checked.
    if let Ok(tokens) = content.parse() {
        literals(tokens, &mut lines);
    }
    Ok(lines)
}

/// Appends the string literals and the names of tests.
fn literals(tokens: TokenStream, lines: &mut Vec<Line>) {
    let mut is_test = false;
    let mut trees = tokens.into_iter().peekable();
    while let Some(tree) = trees.next() {
        match tree {
            // An attribute: documentation is a comment, and `#[test]` marks the next function.
            TokenTree::Punct(mark) if mark.as_char() == '#' && mark.spacing() == Spacing::Alone => {
                if let Some(TokenTree::Group(group)) = trees.peek() {
                    let text = group.stream().to_string();
                    is_test |= text == "test";
                    if text.starts_with("doc ") || text == "test" {
                        trees.next();
                    }
                }
            }
            TokenTree::Group(group) => literals(group.stream(), lines),
            TokenTree::Ident(word) if is_test && word == "fn" => {
                is_test = false;
                if let Some(TokenTree::Ident(name)) = trees.next() {
                    let line = name.span().start().line;
                    lines.push((line, Kind::TestName, name.to_string()));
                }
            }
            TokenTree::Literal(literal) => {
                let first = literal.span().start().line;
                for (number, line) in content_of(&literal.to_string()).lines().enumerate() {
                    if line.split_whitespace().count() > 2 {
                        lines.push((first + number, Kind::Literal, line.trim().to_owned()));
                    }
                }
            }
            _ => {}
        }
    }
}

/// Returns the content of a string literal, and nothing for other literals.
fn content_of(literal: &str) -> &str {
    let start = literal.trim_start_matches(['b', 'c', 'r', '#']);
    if start.starts_with('"') { start.trim_matches(['"', '#']) } else { "" }
}

fn markdown(content: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut is_code = false;
    for (number, line) in content.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            is_code = !is_code;
        } else if !is_code && !line.trim().is_empty() {
            lines.push((number + 1, Kind::Markdown, line.to_owned()));
        }
    }
    lines
}

/// The lines of a compiler message that are not source code.
fn messages(content: &str) -> Vec<Line> {
    let is_code = |line: &str| line.contains(" | ") || line.trim_end().ends_with(" |");
    let lines = content.lines().enumerate();
    lines
        .filter(|(_, line)| !line.trim().is_empty() && !is_code(line))
        .map(|(number, line)| (number + 1, Kind::Message, line.trim().to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, content: &str) -> Vec<(usize, Kind, String)> {
        let texts = of_file(path, content).unwrap();
        texts.into_iter().map(|text| (text.line, text.kind, text.text)).collect()
    }

    #[test]
    fn rust_has_comments_literals_and_test_names() {
        let source = "//! One.\n/// Two.\n#[test]\nfn a_name() {\n    // Three.\n    f(\"four words in it\", \"two\");\n}\n";
        assert_eq!(
            found("a.rs", source),
            [
                (1, Kind::Documentation, "One.".to_owned()),
                (2, Kind::Documentation, "Two.".to_owned()),
                (5, Kind::Comment, "Three.".to_owned()),
                (4, Kind::TestName, "a_name".to_owned()),
                (6, Kind::Literal, "four words in it".to_owned()),
            ]
        );
    }

    #[test]
    fn code_blocks_of_markdown_are_skipped() {
        let page = "One\n\n```rust\ncode\n```\nTwo";
        assert_eq!(
            found("a.md", page),
            [(1, Kind::Markdown, "One".to_owned()), (6, Kind::Markdown, "Two".to_owned())]
        );
    }

    #[test]
    fn quoted_code_of_messages_is_skipped() {
        let message = "error: text\n --> a.rs\n  |\n1 | code\n  |\n  = note: more\n";
        let lines: Vec<usize> = found("a.stderr", message).into_iter().map(|line| line.0).collect();
        assert_eq!(lines, [1, 2, 6]);
    }

    #[test]
    fn other_files_have_no_texts() {
        assert_eq!(found("a.toml", "# comment"), []);
    }
}
