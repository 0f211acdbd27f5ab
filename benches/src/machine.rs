//! The machine and the program: the information without which a figure is meaningless.

use core::fmt;

use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};

use crate::libc_calls::memcpy_is_from;

/// The processor flags that determine the speed of a copy.
const FLAGS: [&str; 5] = ["sse2", "avx2", "avx512f", "erms", "fsrm"];

/// The description of the machine and the program in a report.
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
    /// Returns the lines that apply to every program.
    pub fn without_copies(&self) -> String {
        let bound = match self.pinned {
            true => "bound to one processor",
            false => "not bound to one processor (rejected by the system)",
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

/// Returns the form of the copies that was built.
pub const fn form() -> &'static str {
    if cfg!(feature = "std") {
        "feature `std`, the widest found at run time"
    } else {
        "no `std`, as for a kernel"
    }
}

/// Binds this thread to the last allowed processor: most interrupts go to the first.
fn pin() -> bool {
    let Ok(allowed) = sched_getaffinity(None) else { return false };
    let Some(last) = (0..CpuSet::MAX_CPU).rev().find(|cpu| allowed.is_set(*cpu)) else {
        return false;
    };
    let mut one = CpuSet::new();
    one.set(last);
    sched_setaffinity(None, &one).is_ok()
}

/// Returns model, family and capabilities from Linux's description of the first processor.
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

/// Returns the leading numbers of a version: a distributor's suffix may contain machine names.
fn numbers(version: &str) -> &str {
    let end = version.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(version.len());
    version[..end].trim_end_matches('.')
}

#[cfg(target_env = "gnu")]
fn libc_version() -> String {
    // SAFETY: the function has no requirements.
    let version = unsafe { libc::gnu_get_libc_version() };
    // SAFETY: the string is static.
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
    fn a_processor_is_named_with_its_features() {
        let info = "processor\t: 0\ncpu family\t: 25\nmodel\t\t: 1\nmodel name\t: Some CPU\n\
                    flags\t\t: fpu sse2 avx2 erms avx2x\n\nmodel name\t: Another\n";
        assert_eq!(cpu(info), "Some CPU, family 25, model 1; sse2 avx2 erms");
        assert_eq!(cpu(""), "unknown, family unknown, model unknown; ");
    }

    #[test]
    fn a_version_is_reduced_to_its_numbers() {
        assert_eq!(numbers("6.18.3-host-7"), "6.18.3");
        assert_eq!(numbers("6.18"), "6.18");
        assert_eq!(numbers("6.x"), "6");
        assert_eq!(numbers("odd"), "");
    }
}
