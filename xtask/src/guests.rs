//! The other architectures whose tests run here, in QEMU's user-mode emulation.
//!
//! Instructions, sizes, alignments and the widest access are those of the guest; the kernel and its
//! pages are those of the host. Reordering that a weak memory model permits does not occur: QEMU
//! makes the guest's accesses in program order, and an x86-64 host keeps that order.

use std::path::Path;

use xtask_process::{Call, run};

use crate::packages::{Wanted, on_path};

/// An architecture, as a Linux target that the pinned compiler supports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Guest {
    /// The name of its suite.
    pub(crate) suite: &'static str,
    /// A one-line description of what its suite shows.
    pub(crate) about: &'static str,
    /// The compiler's name for it.
    pub(crate) target: &'static str,
    /// The emulator of its programs.
    emulator: &'static str,
    linker: Linker,
}

/// The linker of programs for a guest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Linker {
    /// The toolchain's own linker, with the musl that the toolchain includes.
    Own,
    /// A GCC with its C library, from these Debian packages.
    Gcc(&'static str, &'static [&'static str]),
}

/// 64-bit Arm.
pub(crate) const AARCH64: Guest = Guest {
    suite: "qemu-aarch64",
    about: "the tests with the instructions of 64-bit Arm",
    target: "aarch64-unknown-linux-musl",
    emulator: "qemu-aarch64",
    linker: Linker::Own,
};

/// 64-bit RISC-V. Some rustup mirrors lack its musl target.
pub(crate) const RISCV64: Guest = Guest {
    suite: "qemu-riscv64",
    about: "the tests with the instructions of 64-bit RISC-V",
    target: "riscv64gc-unknown-linux-gnu",
    emulator: "qemu-riscv64",
    linker: Linker::Gcc(
        "riscv64-linux-gnu-gcc",
        &["gcc-riscv64-linux-gnu", "libc6-dev-riscv64-cross"],
    ),
};

/// 32-bit Arm: Armv7-A, which can run Linux programs, includes the instructions of Armv7-M. Some
/// rustup mirrors lack its musl target too.
pub(crate) const ARM: Guest = Guest {
    suite: "qemu-arm",
    about: "the tests with the instructions of Armv7-M, on Armv7-A",
    target: "armv7-unknown-linux-gnueabihf",
    emulator: "qemu-arm",
    linker: Linker::Gcc(
        "arm-linux-gnueabihf-gcc",
        &["gcc-arm-linux-gnueabihf", "libc6-dev-armhf-cross"],
    ),
};

impl Guest {
    /// Returns a cargo command that builds for the guest and runs the programs in the emulator.
    ///
    /// Programs are linked statically, so that no folder with the guest's libraries is needed.
    pub(crate) fn call(&self, arguments: &str) -> Call {
        let mut flags = "-Ctarget-feature=+crt-static --cfg emulated".to_owned();
        if cfg!(target_arch = "x86_64") {
            flags += " --cfg in_order";
        }
        let linker = match self.linker {
            Linker::Own => "rust-lld",
            Linker::Gcc(program, _) => program,
        };
        let call = Call::new("cargo", arguments).words("--target").words(self.target);
        [("LINKER", linker), ("RUNNER", self.emulator), ("RUSTFLAGS", &flags)]
            .into_iter()
            .fold(call, |call, (key, value)| call.variable(self.variable(key), value))
    }

    /// Returns a call that runs a program of the guest.
    pub(crate) fn run(&self, program: &str) -> Call {
        Call::new(self.emulator, "").argument(program.to_owned())
    }

    /// Returns cargo's variable for a setting of this target only: build scripts and macros, which
    /// run on the host, are not affected.
    fn variable(&self, key: &str) -> String {
        format!("CARGO_TARGET_{}_{key}", self.target.to_uppercase().replace('-', "_"))
    }

    /// Installs the emulator and the linker; the toolchain's setup installs the target.
    pub(crate) fn get_programs(&self, root: &Path) -> Result<(), String> {
        let is_emulated = || on_path(self.emulator);
        match self.linker {
            Linker::Own => {
                Wanted { thing: self.emulator, packages: &["qemu-user"] }.get(is_emulated, root)
            }
            Linker::Gcc(gcc, packages) => {
                let thing = format!("{} and {gcc} with a static C library", self.emulator);
                let packages = [&["qemu-user"], packages].concat();
                Wanted { thing: &thing, packages: &packages }
                    .get(|| is_emulated() && links_statically(gcc, root), root)
            }
        }
    }
}

/// Returns whether the GCC is installed and finds its static C library. For a file that it cannot
/// find, GCC prints the name without a folder.
pub(crate) fn links_statically(gcc: &'static str, root: &Path) -> bool {
    run::answer(&Call::new(gcc, "-print-file-name=libc.a"), root)
        .is_ok_and(|answer| Path::new(answer.trim()).is_absolute())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_apply_only_to_the_guest() {
        let line = RISCV64.call("test -p x").to_string();
        for part in [
            "CARGO_TARGET_RISCV64GC_UNKNOWN_LINUX_GNU_LINKER=riscv64-linux-gnu-gcc ",
            "CARGO_TARGET_RISCV64GC_UNKNOWN_LINUX_GNU_RUNNER=qemu-riscv64 ",
            "CARGO_TARGET_RISCV64GC_UNKNOWN_LINUX_GNU_RUSTFLAGS='-Ctarget-feature=+crt-static ",
            "' cargo test -p x --target riscv64gc-unknown-linux-gnu",
        ] {
            assert!(line.contains(part), "{line}");
        }
        assert!(!line.starts_with("RUSTFLAGS") && !line.contains(" RUSTFLAGS"), "{line}");
    }

    #[test]
    fn rust_lld_is_used_where_it_suffices() {
        let line = AARCH64.call("test").to_string();
        assert!(line.contains("_LINKER=rust-lld "), "{line}");
    }

    #[cfg(unix)]
    #[test]
    fn a_linker_without_its_library_is_rejected() {
        // `echo` prints its arguments, like GCC when the file does not exist.
        assert!(!links_statically("echo", Path::new(".")));
        assert!(!links_statically("no-such-program", Path::new(".")));
    }
}
