//! Expansions as readable files, which are compared, and rewritten only on request.

use std::{
    collections::HashSet,
    env, fs,
    path::{Path, PathBuf},
};

use proc_macro2::TokenStream;

/// Compares the expansion of each case, a name and an input, with the file
/// `snapshots/<prefix>_<name>.rs`. `UPDATE_SNAPSHOTS=1` rewrites the files.
pub(crate) fn assert_snapshots(
    prefix: &str,
    cases: &[(&str, &str)],
    expand: impl Fn(TokenStream) -> TokenStream,
) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots");
    let mut expected = HashSet::new();
    for (name, input) in cases {
        let file = folder.join(format!("{prefix}_{name}.rs"));
        let text = format!("// {input}\n\n{}", pretty(expand(super::parse(input))));
        if env::var_os("UPDATE_SNAPSHOTS").is_some_and(|value| value == "1") {
            fs::write(&file, &text).unwrap();
        }
        let before = fs::read_to_string(&file).unwrap_or_default();
        let file = file.display();
        assert!(before == text, "UPDATE_SNAPSHOTS=1 rewrites {file}, which should be\n{text}");
        expected.insert(PathBuf::from(file.to_string()));
    }
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let is_ours = path.file_name().unwrap().to_string_lossy().starts_with(prefix);
        assert!(!is_ours || expected.contains(&path), "{} contains no case", path.display());
    }
}

/// Formats the tokens with rustfmt's style.
fn pretty(tokens: TokenStream) -> String {
    // An expression becomes the body of a function, because a file contains only items.
    let file = syn::parse2(tokens.clone())
        .or_else(|_| syn::parse2(quote::quote!(fn expansion() { #tokens })))
        .unwrap_or_else(|error| panic!("{error} in the expansion {tokens}"));
    prettyplease::unparse(&file)
}
