//! Random blocks, generated as Rust source by the build script; the test program compiles them.
