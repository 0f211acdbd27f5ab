//! The program as it is called by the tests and by contributors.

use std::fs;
use std::path::Path;
use std::process::Command;

/// Returns exit status, standard output and standard error of the program.
fn io_docs(arguments: &[&str]) -> (Option<i32>, String, String) {
    let program = Command::new(env!("CARGO_BIN_EXE_io-docs")).args(arguments).output();
    let output = program.expect("the program starts");
    let text = |bytes| String::from_utf8(bytes).expect("text");
    (output.status.code(), text(output.stdout), text(output.stderr))
}

/// Writes a page into a folder of its own; returns its path.
fn page(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    fs::write(&path, text).expect("a file");
    path.to_str().expect("text").to_owned()
}

#[test]
fn dead_links_are_printed_with_file_and_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let good = page(folder.path(), "good.md", "# A\n\n[a](#a) [b](bad.html)\n");
    let bad = page(folder.path(), "bad.html", "<p>\n<a href=\"none.html\">x</a>\n");
    let (status, stdout, _) = io_docs(&["links", &good]);
    assert_eq!(status, Some(0), "{stdout}");
    assert!(stdout.ends_with("test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured\n"));
    let (status, stdout, _) = io_docs(&["links", &good, &bad]);
    assert_eq!(status, Some(1), "{stdout}");
    assert!(stdout.contains(&format!("{bad}:2: none.html: the file does not exist\n")), "{stdout}");
    assert!(stdout.contains("test result: FAILED. 1 passed; 1 failed;"), "{stdout}");
}

#[test]
fn a_listing_that_fails_stops_its_page_and_fails_the_run() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "`a.txt`:\n\n```text\nx\n```\n\n```console\n$ cat a.txt\nx\n$ false\n$ true\n```\n";
    let first = page(folder.path(), "first.md", text);
    let second =
        page(folder.path(), "second.md", "```console\n$ head -1 io/Cargo.toml\n[workspace]\n```\n");
    let (status, stdout, _) = io_docs(&["listings", &first, &second]);
    assert_eq!(status, Some(1), "{stdout}");
    assert!(stdout.contains(&format!("test {first}:8: cat a.txt ... ok\n")), "{stdout}");
    assert!(stdout.contains(&format!("test {first}:10: false ... FAILED\n")), "{stdout}");
    assert!(stdout.contains("running 4 tests"), "{stdout}");
    assert!(stdout.contains("test result: FAILED. 2 passed; 2 failed;"), "{stdout}");
}

#[test]
fn wrong_arguments_are_errors() {
    let folder = tempfile::tempdir().expect("a folder");
    let unnamed = page(folder.path(), "a.md", "\n```rust\nfn a() {}\n```\n");
    for (arguments, message) in [
        (&[][..], "usage:"),
        (&["check"], "unknown command `check`"),
        (&["links", "--all"], "unknown option `--all`"),
        (&["links", "no/such/file.md"], "cannot read no/such/file.md"),
        (&["listings", &unnamed], "a.md:2: the paragraph before this listing"),
    ] {
        let (status, stdout, stderr) = io_docs(arguments);
        assert_eq!((status, stdout.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(stderr.starts_with("error: ") && stderr.contains(message), "{stderr}");
    }
}
