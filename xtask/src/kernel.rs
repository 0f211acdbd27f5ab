//! The kernel of `guest/`, in a machine that QEMU emulates completely.
//!
//! It prints the results of its cases in the format of Rust's test programs, and ends the machine
//! with an exit status that cannot come from a reset (after a fault without a handler) or a signal.

use core::time::Duration;

use xtask_process::{
    Call,
    run::{self, Output},
};

use crate::project::Project;

/// The package name; the program has the same name.
const PACKAGE: &str = "io-guest";
const TARGET: &str = "x86_64-unknown-none";

/// Cargo's profiles with the folders of their programs: a wrong operand of an `asm!` may cause
/// failures in only one of them.
const PROFILES: [(&str, &str); 2] = [("dev", "debug"), ("release", "release")];

/// The options of the machine. It does not use hardware virtualisation, so that the same emulator
/// runs everywhere.
const MACHINE: &str = "-machine microvm -accel tcg -cpu max -m 64M -no-reboot -nodefaults \
     -no-user-config -display none -monitor none -serial stdio \
     -device isa-debug-exit,iobase=0xf4,iosize=4 -kernel";

/// The exit status of QEMU when the kernel reports success by writing 16: 2 * 16 + 1.
const GOOD: i32 = 33;

/// A time limit that a busy, slow machine does not exceed.
const LIMIT: Duration = Duration::from_secs(120);

/// Builds and runs the kernel in each profile; returns `false` when a case failed.
pub(crate) fn run(project: &Project) -> Result<bool, String> {
    let mut is_good = true;
    for profile in PROFILES {
        println!("\n# {}", profile.0);
        run::get(
            &format!("the kernel ({})", profile.0),
            &build(project, profile.0),
            &project.root,
        )?;
        let call = machine(project, profile.1);
        if let Some(failure) = run::within(&call, &project.root, LIMIT, GOOD, true).failure {
            eprintln!("\n`{call}` {failure}; status {GOOD} means success, 0 means a reset");
            is_good = false;
        }
    }
    Ok(is_good)
}

/// Builds the optimised kernel and runs it without printing its output.
pub(crate) fn quiet(project: &Project) -> Output {
    let (profile, folder) = PROFILES[1];
    let built = run::quiet(&build(project, profile), &project.root);
    match built.failure {
        Some(_) => built,
        None => run::within(&machine(project, folder), &project.root, LIMIT, GOOD, false),
    }
}

fn build(project: &Project, profile: &str) -> Call {
    let call = Call::new("cargo", "build --quiet --package").words(PACKAGE);
    let call = call.words("--target").words(TARGET).words("--profile").words(profile);
    call.words("--target-dir").argument(project.target_dir.clone())
}

fn machine(project: &Project, folder: &str) -> Call {
    let program = project.root.join(&project.target_dir).join(TARGET).join(folder).join(PACKAGE);
    Call::new("qemu-system-x86_64", MACHINE).argument(program.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_program_is_run() {
        let project = Project::sample();
        let line = build(&project, "dev").to_string();
        assert!(line.ends_with("--profile dev --target-dir target"), "{line}");
        let line = machine(&project, "debug").to_string();
        assert!(line.ends_with(" -kernel ./target/x86_64-unknown-none/debug/io-guest"), "{line}");
        // Without this option, the machine would reset after a fault without a handler, again and
        // again.
        assert!(line.contains(" -no-reboot "), "{line}");
    }
}
