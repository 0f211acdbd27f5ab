//! What was measured on what: the lines that a figure is worthless without.

use core::fmt;

use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};

use crate::libc_calls::memcpy_is_from;

/// The parts of a processor's description that decide how fast a copy is.
const FLAGS: [&str; 5] = ["sse2", "avx2", "avx512f", "erms", "fsrm"];

/// What a report says about the machine and the program.
#[derive(Clone, Debug)]
pub struct Machine {
    cpu: String,
    libc: String,
    kernel: String,
    pinned: bool,
}

impl Machine {
    /// Describes this machine, after binding this thread to one processor.
    pub fn pin_and_describe() -> Self {
        let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
        let uname = rustix::system::uname();
        Self {
            cpu: cpu(&info),
            libc: libc_version(),
            kernel: format!(
                "{} {}",
                uname.sysname().to_string_lossy(),
                numbers(&uname.release().to_string_lossy())
            ),
            pinned: pin(),
        }
    }
}

impl Machine {
    /// The lines that concern every program.
    pub fn without_copies(&self) -> String {
        let bound = match self.pinned {
            true => "bound to one processor",
            false => "not bound to one processor: the system refuses that",
        };
        format!(
            "* processor: {}\n* {bound}\n* kernel: {}\n* compiler: {}\n",
            self.cpu,
            self.kernel,
            env!("BENCH_RUSTC")
        )
    }
}

impl fmt::Display for Machine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.without_copies())?;
        writeln!(f, "* libc: {}", self.libc)?;
        writeln!(f, "* io-core's copies: {}", form())
    }
}

/// Which form of the copies was built.
pub const fn form() -> &'static str {
    if cfg!(feature = "std") {
        "feature `std`, the widest found at run time"
    } else {
        "no `std`, as for a kernel"
    }
}

/// Binds this thread to the last processor that it may run on: the first is the one that most
/// interrupts go to.
fn pin() -> bool {
    let Ok(allowed) = sched_getaffinity(None) else { return false };
    let Some(last) = (0..CpuSet::MAX_CPU).rev().find(|cpu| allowed.is_set(*cpu)) else {
        return false;
    };
    let mut one = CpuSet::new();
    one.set(last);
    sched_setaffinity(None, &one).is_ok()
}

/// Model, family and what it can do, out of Linux' description of the first processor.
fn cpu(info: &str) -> String {
    let value = |wanted: &str| {
        info.lines()
            .filter_map(|line| line.split_once(':'))
            .find(|(name, _)| name.trim() == wanted)
            .map_or("unknown", |(_, value)| value.trim())
    };
    let flags: Vec<&str> =
        value("flags").split_whitespace().filter(|flag| FLAGS.contains(flag)).collect();
    format!(
        "{}, family {}, model {}; {}",
        value("model name"),
        value("cpu family"),
        value("model"),
        flags.join(" ")
    )
}

/// The leading numbers of a version: what a distributor adds names machines.
fn numbers(version: &str) -> &str {
    let end = version.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(version.len());
    version[..end].trim_end_matches('.')
}

#[cfg(target_env = "gnu")]
fn libc_version() -> String {
    // SAFETY: asks nothing of its caller.
    let version = unsafe { libc::gnu_get_libc_version() };
    // SAFETY: a string that lives as long as the program.
    let version = unsafe { core::ffi::CStr::from_ptr(version) };
    let from = memcpy_is_from().unwrap_or_else(|| "the program itself".to_owned());
    format!("glibc {}, `memcpy` from `{from}`", version.to_string_lossy())
}

#[cfg(not(target_env = "gnu"))]
fn libc_version() -> String {
    let from = memcpy_is_from().unwrap_or_else(|| "the program itself".to_owned());
    format!("not glibc, `memcpy` from `{from}`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_processor_is_named_with_what_it_can_do() {
        let info = "processor\t: 0\ncpu family\t: 25\nmodel\t\t: 1\nmodel name\t: Some CPU\n\
                    flags\t\t: fpu sse2 avx2 erms avx2x\n\nmodel name\t: Another\n";
        assert_eq!(cpu(info), "Some CPU, family 25, model 1; sse2 avx2 erms");
        assert_eq!(cpu(""), "unknown, family unknown, model unknown; ");
    }

    #[test]
    fn only_the_numbers_of_a_version_are_told() {
        assert_eq!(numbers("6.18.3-host-7"), "6.18.3");
        assert_eq!(numbers("6.18"), "6.18");
        assert_eq!(numbers("6.x"), "6");
        assert_eq!(numbers("odd"), "");
    }
}
