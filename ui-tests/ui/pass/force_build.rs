// Makes trybuild run `cargo build` instead of `cargo check` for the cases in this folder.
fn main() {}
