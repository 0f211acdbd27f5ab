//! The steps of a page that a reader follows: files to write and commands to run.
//!
//! A listing of a file follows a paragraph that ends with its path and a colon, such as "The driver
//! is `src/driver.rs`:". A listing of the same path replaces the file; after a paragraph that
//! contains "Add to" or "add to", it is appended. Commands are the lines of `console` blocks that start with
//! `$`; the lines after a command are its output, where `...` stands for any text or any lines. An
//! empty line before the next command is not output.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use crate::page::line_at;

/// Something that the reader does.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Step {
    /// The line of the page.
    pub(crate) line: usize,
    /// The action itself.
    pub(crate) action: Action,
}

/// The kinds of steps.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Action {
    /// Write a file in the current folder, or append to it.
    Write { path: String, text: String, append: bool },
    /// Run a command in the current folder, and compare the output, if the page contains it.
    Run { command: String, output: Vec<String> },
}

/// Words of a paragraph before a listing that is appended, in lower case.
const APPEND: &str = "add to ";

/// Languages whose blocks must be files: a reader could not use them otherwise.
const CODE: [&str; 3] = ["rust", "rs", "toml"];

/// Returns the steps of a page, or an error that starts with a line number.
pub(crate) fn of(text: &str) -> Result<Vec<Step>, String> {
    let mut steps = Vec::new();
    let mut paragraph = Paragraph::default();
    let mut block: Option<(usize, String, String)> = None;
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        match (event, &mut block) {
            (Event::Start(Tag::CodeBlock(kind)), _) => {
                let language = match &kind {
                    CodeBlockKind::Fenced(info) => info.split([',', ' ']).next().unwrap_or(""),
                    CodeBlockKind::Indented => "",
                };
                block = Some((line_at(text, range.start), language.to_owned(), String::new()));
            }
            (Event::Text(part), Some((.., content))) => content.push_str(&part),
            (Event::End(TagEnd::CodeBlock), content) => {
                let (line, language, content) = content.take().unwrap_or_default();
                steps.extend(block_steps(line, &language, content, paragraph.file())?);
                paragraph = Paragraph::default();
            }
            (Event::Start(Tag::Paragraph), None) => paragraph = Paragraph::default(),
            (Event::Text(part), None) => paragraph.text(&part),
            (Event::Code(part), None) => paragraph.code(&part),
            (Event::SoftBreak, None) => paragraph.text(" "),
            (Event::Start(Tag::Heading { .. }), None) => paragraph = Paragraph::default(),
            _ => {}
        }
    }
    Ok(steps)
}

/// The paragraph before a block.
#[derive(Debug, Default)]
struct Paragraph {
    /// Its text, without code.
    words: String,
    /// The last piece of code, and the text after it.
    last: Option<(String, String)>,
}

impl Paragraph {
    fn text(&mut self, part: &str) {
        self.words.push_str(part);
        if let Some((_, after)) = &mut self.last {
            after.push_str(part);
        }
    }

    fn code(&mut self, part: &str) {
        self.last = Some((part.to_owned(), String::new()));
    }

    /// Returns the file that the paragraph names at its end, and whether the listing is appended.
    fn file(&self) -> Option<(&str, bool)> {
        let (path, after) = self.last.as_ref()?;
        (after.trim() == ":").then(|| (path.as_str(), self.words.to_lowercase().contains(APPEND)))
    }
}

/// Returns the steps of one code block.
fn block_steps(
    line: usize,
    language: &str,
    text: String,
    file: Option<(&str, bool)>,
) -> Result<Vec<Step>, String> {
    let is_hidden = |line: &str| line == "#" || line.starts_with("# ");
    if language == "console" {
        return commands(line, &text);
    }
    let Some((path, append)) = file else {
        return if CODE.contains(&language) {
            Err(format!("{line}: the paragraph before this listing does not end with its file"))
        } else {
            Ok(vec![])
        };
    };
    if path.starts_with('/') || path.split('/').any(|part| part == "..") {
        return Err(format!("{line}: {path} is not inside the current folder"));
    }
    if language == "rust" && text.lines().any(is_hidden) {
        return Err(format!("{line}: mdBook does not show the lines that start with `# `"));
    }
    Ok(vec![Step { line, action: Action::Write { path: path.to_owned(), text, append } }])
}

/// Returns the commands of a console block, each with the output after it.
fn commands(line: usize, text: &str) -> Result<Vec<Step>, String> {
    let mut steps: Vec<Step> = Vec::new();
    for (line, text) in (line + 1..).zip(text.lines()) {
        if let Some(command) = text.strip_prefix("$ ") {
            let action = Action::Run { command: command.trim().to_owned(), output: vec![] };
            steps.push(Step { line, action });
        } else if let Some(Step { action: Action::Run { output, .. }, .. }) = steps.last_mut() {
            output.push(text.trim_end().to_owned());
        } else {
            return Err(format!("{line}: output without a command (`$ command`) before it"));
        }
    }
    // A blank line between two commands is not output.
    for step in &mut steps {
        if let Action::Run { output, .. } = &mut step.action {
            while output.last().is_some_and(String::is_empty) {
                output.pop();
            }
        }
    }
    Ok(steps)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(line: usize, path: &str, text: &str, append: bool) -> Step {
        let action = Action::Write { path: path.to_owned(), text: text.to_owned(), append };
        Step { line, action }
    }

    fn command(line: usize, command: &str, output: &[&str]) -> Step {
        let output = output.iter().map(ToString::to_string).collect();
        Step { line, action: Action::Run { command: command.to_owned(), output } }
    }

    #[test]
    fn files_and_commands_are_found_in_order() {
        let page = "\
# Title

The driver of `a` is
`src/lib.rs`:

```rust
#![no_std]
```

It also has a function. Add to
`src/lib.rs`:

```rust,ignore
fn a() {}
```

```console
$ cargo new a --lib
$ cd a

$ cargo test
...
ok
```

`ignored`: not a file.

```text
illustration
```
";
        let expected = [
            write(6, "src/lib.rs", "#![no_std]\n", false),
            write(13, "src/lib.rs", "fn a() {}\n", true),
            command(18, "cargo new a --lib", &[]),
            command(19, "cd a", &[]),
            command(21, "cargo test", &["...", "ok"]),
        ];
        assert_eq!(of(page).unwrap(), expected);
    }

    #[test]
    fn a_listing_that_a_reader_cannot_use_is_an_error() {
        for (page, problem) in [
            ("Text.\n\n```rust\nfn a() {}\n```\n", "3: the paragraph before"),
            ("`a.rs`:\n\n# Heading\n\n```rust\nfn a() {}\n```\n", "5: the paragraph before"),
            ("`a.rs`: see below\n\n```rust\nfn a() {}\n```\n", "3: the paragraph before"),
            ("`../a.rs`:\n\n```rust\nfn a() {}\n```\n", "3: ../a.rs is not inside"),
            ("`/a.rs`:\n\n```rust\nfn a() {}\n```\n", "3: /a.rs is not inside"),
            ("`a.rs`:\n\n```rust\n# fn a() {}\n```\n", "3: mdBook does not show"),
            ("```console\noutput\n$ ls\n```\n", "2: output without a command"),
        ] {
            let error = of(page).unwrap_err();
            assert!(error.starts_with(problem), "{error}");
        }
    }
}
