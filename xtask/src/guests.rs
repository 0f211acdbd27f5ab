//! The other architectures whose tests run here, in QEMU's user emulation.
//!
//! The instructions are the guest's, and so are sizes, alignments and the widest access; the
//! kernel and its pages are the host's. What a weak memory model permits is not seen: QEMU makes
//! the guest's accesses in program order, and an x86-64 host keeps that order.

use std::path::Path;

use xtask_process::{Call, run};

use crate::packages::{Wanted, on_path};

/// An architecture, as a Linux that the pinned compiler knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Guest {
    /// Its suite.
    pub(crate) suite: &'static str,
    /// What its suite shows, in a line.
    pub(crate) about: &'static str,
    /// The compiler's name of it.
    pub(crate) target: &'static str,
    /// The program that runs its programs.
    emulator: &'static str,
    linker: Linker,
}

/// What links programs for a guest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Linker {
    /// The toolchain's own, which brings musl along.
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

/// 64-bit RISC-V. Its musl target is not on every mirror of rustup's.
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

/// The instructions of Armv7-M are among those of Armv7-A, which can run a Linux program. Its
/// musl target, too, is not on every mirror.
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
    /// A command of cargo that builds for the guest and runs there what it runs.
    ///
    /// Programs are static, so that no folder with the guest's libraries has to be named.
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

    /// A program of the guest's, run here.
    pub(crate) fn run(&self, program: &str) -> Call {
        Call::new(self.emulator, "").argument(program.to_owned())
    }

    /// Cargo's variable for a setting of this target alone: build scripts and macros, which run
    /// on the host, are not touched.
    fn variable(&self, key: &str) -> String {
        format!("CARGO_TARGET_{}_{key}", self.target.to_uppercase().replace('-', "_"))
    }

    /// Gets emulator and linker; the compiler's part is the toolchain's.
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

/// Whether a GCC is there and knows where its static C library is; it repeats the bare name of a
/// file that it cannot find.
pub(crate) fn links_statically(gcc: &'static str, root: &Path) -> bool {
    run::answer(&Call::new(gcc, "-print-file-name=libc.a"), root)
        .is_ok_and(|answer| Path::new(answer.trim()).is_absolute())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_for_the_guest_alone() {
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
    fn the_own_linker_needs_no_package() {
        let line = AARCH64.call("test").to_string();
        assert!(line.contains("_LINKER=rust-lld "), "{line}");
    }

    #[cfg(unix)]
    #[test]
    fn a_linker_without_its_library_is_not_enough() {
        // `echo` repeats what it is asked for, as GCC does when there is no such file.
        assert!(!links_statically("echo", Path::new(".")));
        assert!(!links_statically("no-such-program", Path::new(".")));
    }
}
