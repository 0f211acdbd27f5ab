//! The suites that run under Miri, which finds undefined behaviour.

use xtask_process::Call;

use crate::project::Project;
use crate::setup::{NIGHTLY, Need};
use crate::suite::{Expect, Speed, Step, Suite};

/// The tests of all code that contains `unsafe`, on the host; with another machine as `target`, the
/// tests in which byte order or pointer width can matter.
pub(crate) fn full(
    project: &Project,
    name: &'static str,
    about: &'static str,
    target: &str,
    minutes: u32,
) -> Suite {
    let tests = |line: &str, aliasing: &str| {
        let call = interpreted(project, line, &format!("{FLAGS} {aliasing}"));
        Step { call, expect: Expect::Tests }
    };
    let mut steps = vec![match target {
        "" => tests(LIBRARIES, TREE_BORROWS),
        target => tests(&format!("{ELSEWHERE} --target {target}"), NOT_HOST),
    }];
    if target.starts_with("s390x") {
        steps.push(tests(&format!("{SIMULATED} --target {target}"), NOT_HOST));
    }
    Suite { name, about, speed: Speed::Deep, minutes, needs: &[Need::Nightly], steps }
}

/// The libraries. Drivers are safe code over simulated devices.
const LIBRARIES: &str = "-p io-mem -p io-core -p io-sim --no-fail-fast --lib --tests \
     --no-default-features --features io-mem/std,io-core/derive,io-core/std,io-sim/std";

/// The tests of libraries in which byte order or pointer width can matter.
const ELSEWHERE: &str = "-p io-mem -p io-core --no-fail-fast --lib \
     --test vm --test adversarial --test behaviour --test devices \
     --no-default-features --features io-mem/std,io-core/derive,io-core/std";

/// Safe code over simulated views. It is slow under Miri, so it runs once, on a machine that
/// differs in byte order.
const SIMULATED: &str = "-p io-sim --no-fail-fast --no-default-features --features io-sim/std \
     --test check --test model";

/// Returns a call of Miri.
///
/// Its target folder is the default, `miri` inside the shared one. Its standard library is built
/// into a separate folder, because by default all versions of Miri share the user's cache.
fn interpreted(project: &Project, line: &str, flags: &str) -> Call {
    let cache = project.root.join(&project.target_dir).join("miri-cache");
    let call =
        Call::new("cargo", &format!("+{NIGHTLY} miri test {line}")).variable("MIRIFLAGS", flags);
    call.variable("XDG_CACHE_HOME", cache.display().to_string())
}

/// Miri looks for unused tags after each 100,000 blocks of code instead of 10,000: it needs more
/// memory and a quarter less time, and finds the same.
const FLAGS: &str = "-Zmiri-strict-provenance -Zmiri-provenance-gc=100000";

/// The rules for references, on the host.
const TREE_BORROWS: &str = "-Zmiri-tree-borrows";

/// On other machines, only bounds and alignment are checked. The rules for references, the validity
/// of values and data races do not depend on byte order or pointer width, and take two thirds of the
/// time; they are checked on the host.
const NOT_HOST: &str = "-Zmiri-disable-stacked-borrows -Zmiri-disable-validation \
     -Zmiri-disable-data-race-detector";

/// The tests of races, in many interleavings. The order of threads does not depend on the machine,
/// so the host is sufficient: the suites of the other machines run each of these tests once.
pub(crate) fn seeds(project: &Project) -> Suite {
    let line = "-p io-core --no-default-features --features derive,std --test behaviour";
    let flags = format!("{FLAGS} -Zmiri-many-seeds=0..{SEEDS} {TREE_BORROWS}");
    let call = interpreted(project, line, &flags);
    let call = call.words("-- races::one_value races::memory page::checked");
    Suite {
        name: "miri-seeds",
        about: "races, in many interleavings",
        speed: Speed::Deep,
        minutes: 2,
        needs: &[Need::Nightly],
        steps: vec![Step { call, expect: Expect::Repeated(SEEDS) }],
    }
}

/// The number of interleavings of a test that Miri tries.
const SEEDS: usize = 8;
