//! Sets the linker arguments of the kernel, so that a plain
//! `cargo build --target x86_64-unknown-none` links it.

fn main() {
    println!("cargo::rerun-if-changed=link.ld");
    if std::env::var_os("CARGO_CFG_TARGET_OS").is_none_or(|system| system != "none") {
        return;
    }
    let folder = std::env::var("CARGO_MANIFEST_DIR").expect("cargo sets the path of the package");
    for argument in
        ["--no-pie", "-znorelro", "-zmax-page-size=4096", &format!("-T{folder}/link.ld")]
    {
        println!("cargo::rustc-link-arg-bins={argument}");
    }
}
