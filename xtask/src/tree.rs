//! The dependencies of io-core, separated into the host and the target.
//!
//! A proc macro and its dependencies run inside the compiler, on the host; all other crates are
//! linked into the user's program. Each side has its own list of allowed crates, so that a
//! host-side crate cannot become part of a program unnoticed.

/// The crates that a tree may contain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Allowed {
    /// Linked into the user's program.
    pub(crate) linked: &'static [&'static str],
    /// Proc macros and their dependencies.
    pub(crate) host: &'static [&'static str],
}

/// `io-mem`: the traits of zerocopy, without their derives.
pub(crate) const IO_MEM: Allowed = Allowed { linked: &["io-mem", "zerocopy"], host: &[] };

/// Without the macros: only byte-validity traits.
pub(crate) const WITHOUT_DERIVE: Allowed = Allowed {
    linked: &["io-core", "io-mem", "zerocopy"],
    host: &["zerocopy-derive", "proc-macro2", "quote", "syn", "unicode-ident"],
};

/// With the macros: the same crates in the program, and more in the compiler.
pub(crate) const WITH_DERIVE: Allowed = Allowed {
    linked: WITHOUT_DERIVE.linked,
    host: &[
        "zerocopy-derive",
        "proc-macro2",
        "quote",
        "syn",
        "unicode-ident",
        "io-macros",
        "io-macros-expand",
        "darling",
        "darling_core",
        "darling_macro",
        "ident_case",
    ],
};

/// One line of `cargo tree --prefix depth`.
#[derive(Debug, PartialEq, Eq)]
struct Node<'a> {
    depth: usize,
    name: &'a str,
    is_proc_macro: bool,
}

/// Returns an error that names each crate of a tree (`cargo tree --prefix depth --no-dedupe`) that
/// is not allowed on its side.
pub(crate) fn check(tree: &str, allowed: &Allowed) -> Result<(), String> {
    let mut problems: Vec<String> = Vec::new();
    let mut macro_depth = None;
    let mut seen_root = false;
    for line in tree.lines().filter(|line| !line.trim().is_empty()) {
        let node = node(line).ok_or_else(|| format!("cannot parse the line `{line}`"))?;
        seen_root |= node.depth == 0 && node.name == allowed.linked[0];
        if macro_depth.is_some_and(|depth| node.depth <= depth) {
            macro_depth = None;
        }
        if macro_depth.is_none() && node.is_proc_macro {
            macro_depth = Some(node.depth);
        }
        let (list, side) = match macro_depth {
            Some(_) => (allowed.host, "needed by the compiler"),
            None => (allowed.linked, "linked into the program"),
        };
        let problem = format!("`{}` is {side}, but not in the allowed list", node.name);
        if !list.contains(&node.name) && !problems.contains(&problem) {
            problems.push(problem);
        }
    }
    match (seen_root, problems.is_empty()) {
        (false, _) => Err(format!("`{}` itself is not in the tree", allowed.linked[0])),
        (true, true) => Ok(()),
        (true, false) => Err(problems.join("; ")),
    }
}

/// Parses `2syn v2.0.1 (proc-macro) (*)`.
fn node(line: &str) -> Option<Node<'_>> {
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (depth, rest) = line.split_at(digits);
    let (name, details) = rest.split_once(' ')?;
    details.starts_with('v').then_some(())?;
    let is_proc_macro = details.split_whitespace().any(|word| word == "(proc-macro)");
    Some(Node { depth: depth.parse().ok()?, name, is_proc_macro })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TREE: &str = "\
0io-core v0.1.0 (/w/io-core)
1io-mem v0.1.0 (/w/io-mem)
2zerocopy v0.8.63
3zerocopy-derive v0.8.63 (proc-macro)
4proc-macro2 v1.0.107
5unicode-ident v1.0.27
4syn v2.0.119
1zerocopy v0.8.63
";

    fn problem(tree: &str, allowed: &Allowed) -> String {
        check(tree, allowed).expect_err("the tree is not allowed")
    }

    #[test]
    fn the_allowed_crates_pass() {
        assert_eq!(check(TREE, &WITHOUT_DERIVE), Ok(()));
        let more = "\
1io-macros v0.1.0 (proc-macro) (/w/m)
2darling v0.23.0
3darling_macro v0.23.0 (proc-macro)
3ident_case v1.0.1
2quote v1.0.47
";
        let tree = format!("{TREE}{more}1zerocopy v0.8.63\n");
        assert_eq!(check(&tree, &WITH_DERIVE), Ok(()));
        let named = problem(&tree, &WITHOUT_DERIVE);
        for name in ["`io-macros`", "`darling`", "`ident_case`"] {
            assert!(named.contains(name), "{named}");
        }
    }

    #[test]
    fn io_mem_needs_no_derive() {
        let tree = "0io-mem v0.1.0 (/w/io-mem)\n1zerocopy v0.8.63\n";
        assert_eq!(check(tree, &IO_MEM), Ok(()));
        let named = problem(&format!("{tree}2zerocopy-derive v0.8.63 (proc-macro)\n"), &IO_MEM);
        assert!(named.contains("`zerocopy-derive` is needed by the compiler"), "{named}");
    }

    #[test]
    fn a_foreign_crate_is_reported_once() {
        let tree = format!("{TREE}1spin v0.10.1\n1spin v0.10.1\n");
        let named = problem(&tree, &WITH_DERIVE);
        assert_eq!(named.matches("`spin` is linked into the program").count(), 1, "{named}");
        let named = problem(&format!("{TREE}1x v0.1.0 (proc-macro)\n2y v0.1.0\n"), &WITH_DERIVE);
        assert!(named.contains("`x` is needed") && named.contains("`y` is needed"), "{named}");
    }

    #[test]
    fn a_linked_host_crate_is_reported() {
        for line in ["1quote v1.0.47", "2syn v2.0.119", "1darling v0.23.0"] {
            let named = problem(&format!("{TREE}{line}\n"), &WITH_DERIVE);
            assert!(named.contains("is linked into the program"), "{line}: {named}");
        }
    }

    #[test]
    fn a_linked_crate_below_a_macro_is_reported() {
        let named = problem(
            &format!("{TREE}1io-macros v0.1.0 (proc-macro)\n2zerocopy v0.8.63\n"),
            &WITH_DERIVE,
        );
        assert!(named.contains("`zerocopy` is needed by the compiler"), "{named}");
    }

    #[test]
    fn an_empty_or_unreadable_tree_is_an_error() {
        assert!(problem("", &WITH_DERIVE).contains("`io-core` itself"));
        assert!(problem("1zerocopy v0.8.63\n", &WITH_DERIVE).contains("`io-core` itself"));
        assert!(problem(&format!("{TREE}syn v2\n"), &WITH_DERIVE).contains("`syn v2`"));
        assert!(problem(&format!("{TREE}warning: odd\n"), &WITH_DERIVE).contains("cannot parse"));
    }
}
