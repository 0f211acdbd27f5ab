//! The names that a source file imports from the root of its crate.

use alloc::collections::{BTreeMap, BTreeSet};

use super::tokens::{Token, group, test_items, tokens};

/// A source file of a crate, identified by its path below `src`.
#[derive(Debug)]
pub(super) struct Source {
    pub(super) path: String,
    tokens: Vec<Token>,
}

/// A name that is imported from the root of the crate, or `*`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Import {
    pub(super) line: usize,
    pub(super) name: String,
}

/// The names at the root of a crate, each with the modules that define it. The set is empty if
/// another crate defines it.
pub(super) type Root = BTreeMap<String, BTreeSet<String>>;

impl Source {
    /// Splits the text of a file into tokens.
    pub(super) fn new(path: &str, text: &str) -> Result<Self, String> {
        let tokens = tokens(text).map_err(|error| format!("{path}: {error}"))?;
        Ok(Self { path: path.to_owned(), tokens })
    }

    /// The module at the root of the crate that the file belongs to; `None` for the root itself.
    pub(super) fn module(&self) -> Option<&str> {
        match self.path.split_once('/') {
            Some((folder, _)) => Some(folder),
            None => self.path.strip_suffix(".rs").filter(|name| *name != "lib"),
        }
    }

    /// The number of modules around the code of the file, its own module included.
    fn depth(&self) -> usize {
        let path = self.path.strip_suffix("/mod.rs").unwrap_or(&self.path);
        if self.module().is_none() { 0 } else { path.split('/').count() }
    }

    /// Tokens of the file without those of test code.
    fn tokens(&self) -> Vec<Token> {
        let tests = test_items(&self.tokens);
        let is_kept = |at: &usize| !tests.iter().any(|range| range.contains(at));
        (0..self.tokens.len()).filter(is_kept).map(|at| self.tokens[at].clone()).collect()
    }

    /// The prefixes of the paths of files that belong to test modules: `#[cfg(test)] mod name;`.
    pub(super) fn test_files(&self) -> Vec<String> {
        let mut found = Vec::new();
        let folder = self.path.strip_suffix("mod.rs").or(self.path.strip_suffix("lib.rs"));
        let folder = folder.map_or_else(|| self.path.replace(".rs", "/"), str::to_owned);
        for range in test_items(&self.tokens) {
            if let [.., keyword, name, end] = &self.tokens[range]
                && (keyword.text.as_str(), end.text.as_str()) == ("mod", ";")
            {
                found.push(format!("{folder}{}.rs", name.text));
                found.push(format!("{folder}{}/", name.text));
            }
        }
        found
    }

    /// Every name that the file imports from the root of the crate, by `crate::` or `super::`.
    pub(super) fn imports(&self) -> Vec<Import> {
        let mut imports = Vec::new();
        walk(&self.tokens(), self.depth(), &mut |line, depth, path| {
            let mut level = depth;
            for segment in path {
                match *segment {
                    "crate" => level = 0,
                    "super" => level = level.saturating_sub(1),
                    "self" => {}
                    name if level == 0 => {
                        return imports.push(Import { line, name: name.to_owned() });
                    }
                    _ => return,
                }
            }
        });
        imports
    }

    /// The macros that the file exports: they are at the root, whichever module defines them.
    fn exported_macros(&self) -> Vec<String> {
        let tokens = self.tokens();
        let is_macro = |at: &usize| {
            tokens[*at].text == "macro_rules"
                && tokens[..*at]
                    .iter()
                    .rev()
                    .take_while(|token| token.text != "}")
                    .any(|token| token.text == "macro_export")
        };
        let names = (0..tokens.len()).filter(is_macro).filter_map(|at| tokens.get(at + 2));
        names.map(|token| token.text.clone()).collect()
    }
}

/// Calls a function for every path that starts with `crate`, `super` or `self`, once for each leaf
/// of a `use` tree, with the line and the number of modules around it.
fn walk(tokens: &[Token], depth: usize, found: &mut dyn FnMut(usize, usize, &[&str])) {
    let mut at = 0;
    // The ends of the inline modules that contain the token.
    let mut inline = Vec::new();
    while at < tokens.len() {
        inline.retain(|end| at < *end);
        let before = at.checked_sub(1).map_or("", |before| &tokens[before].text);
        let is_start =
            ["crate", "super", "self"].contains(&tokens[at].text.as_str()) && before != "::";
        if is_start && tokens.get(at + 1).is_some_and(|token| token.text == "::") {
            let depth = depth + inline.len();
            at = leaves(tokens, at, &[], &mut |line, path, _| found(line, depth, path));
            continue;
        }
        if before == "{" && at >= 3 && tokens[at - 3].text == "mod" {
            inline.push(group(tokens, at - 1));
        }
        at += 1;
    }
}

/// Calls a function for each leaf of the path or tree that starts at a token, with line, segments
/// and the imported name; returns the end of the tree.
fn leaves<'a>(
    tokens: &'a [Token],
    mut at: usize,
    before: &[&'a str],
    found: &mut dyn FnMut(usize, &[&'a str], &'a str),
) -> usize {
    let text = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
    let mut path = before.to_vec();
    loop {
        match text(at) {
            "{" => {
                let end = group(tokens, at);
                at += 1;
                while at + 1 < end {
                    at = leaves(tokens, at, &path, found) + 1;
                }
                return end;
            }
            // A path of generic arguments ends here.
            "<" => break,
            segment => path.push(segment),
        }
        at += 1;
        if text(at) != "::" {
            break;
        }
        at += 1;
    }
    let line = tokens.get(at - 1).map_or(0, |token| token.line);
    let name = if text(at) == "as" { text(at + 1) } else { path.last().copied().unwrap_or("") };
    found(line, &path, name);
    if text(at) == "as" { at + 2 } else { at }
}

/// Collects the names at the root of a crate: modules, exported macros, and the re-exports of
/// `lib.rs`.
pub(super) fn root(sources: &[Source]) -> Root {
    let mut root = Root::new();
    for source in sources {
        let Some(module) = source.module() else { continue };
        root.entry(module.to_owned()).or_default().insert(module.to_owned());
        for name in source.exported_macros() {
            root.entry(name).or_default().insert(module.to_owned());
        }
    }
    if let Some(lib) = sources.iter().find(|source| source.module().is_none()) {
        re_exports(&lib.tokens(), &mut root);
    }
    root
}

/// Adds the re-exports of `lib.rs`. An inline module there depends on the modules that its body
/// imports.
fn re_exports(tokens: &[Token], root: &mut Root) {
    let text = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
    let mut at = 0;
    while at < tokens.len() {
        match (text(at), text(at + 2)) {
            ("mod", "{") => {
                let end = group(tokens, at + 2);
                let mut needed = BTreeSet::new();
                walk(&tokens[at + 3..end], 1, &mut |_, _, path| {
                    let defined = path.iter().find(|segment| !["crate", "super"].contains(segment));
                    needed.extend(defined.and_then(|name| root.get(*name)).into_iter().flatten());
                });
                let needed = needed.into_iter().cloned().collect();
                root.insert(text(at + 1).to_owned(), needed);
                at = end;
            }
            ("use", _) => {
                at = leaves(tokens, at + 1, &[], &mut |_, path, name| {
                    let first = path.iter().find(|segment| !["crate", "self"].contains(segment));
                    let needed = first.and_then(|first| root.get(*first)).cloned();
                    // A module keeps its own entry.
                    root.entry(name.to_owned()).or_insert(needed.unwrap_or_default());
                });
            }
            _ => at += 1,
        }
    }
}
