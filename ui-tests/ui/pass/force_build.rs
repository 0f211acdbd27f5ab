// Makes trybuild run `cargo build` instead of `cargo check` for the cases beside it.
fn main() {}
