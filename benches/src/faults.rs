//! The cost of a recovered fault.

use std::time::Instant;

use io_core::{
    fault::{FaultBackend, RecoveryTable, SystemCalls},
    vm::{HasVmReaderWriter, Mapping},
};
use rustix::{
    fs::{MemfdFlags, ftruncate, memfd_create},
    param::page_size,
};

use crate::{contest::Plan, statistics::Times};

/// The size of each copy, of which the second half faults.
pub const SIZE: usize = 1024;

/// Measures copies that reach the end of a file in their middle.
///
/// # Errors
///
/// Returns the system's error about the file or its mapping.
pub fn costs(plan: Plan) -> std::io::Result<[(&'static str, Times); 2]> {
    let file = memfd_create("faults", MemfdFlags::CLOEXEC)?;
    ftruncate(&file, page_size() as u64)?;
    let memory = Mapping::read_only(&file, 0, 2 * page_size())?;
    let source = memory.reader().cursor().wrapping_add(page_size() - SIZE / 2);
    let mut all = [
        ("RecoveryTable copy", copy::<RecoveryTable> as fn(*const u8), Times::default()),
        ("SystemCalls copy", copy::<SystemCalls>, Times::default()),
    ];
    for _ in 0..plan.rounds {
        for (_, run, times) in &mut all {
            let start = Instant::now();
            run(source);
            times.push(start.elapsed().as_nanos() as f64 / f64::from(REPEATS));
        }
    }
    Ok(all.map(|(name, _, times)| (name, times)))
}

const REPEATS: u32 = 16;

fn copy<B: FaultBackend>(source: *const u8) {
    let mut buffer = [0; SIZE];
    for _ in 0..REPEATS {
        // SAFETY: `source` is in the mapping of `costs`, whose handler is installed, and the buffer
        // has `SIZE` bytes.
        let done = unsafe { B::copy(buffer.as_mut_ptr(), source, SIZE) };
        assert_eq!(done, SIZE / 2, "bytes before the file's end");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_contestants_count_the_accessible_bytes() {
        let costs = costs(Plan::QUICK).unwrap();
        assert!(costs.iter().all(|(_, times)| times.rounds() == Plan::QUICK.rounds));
    }
}
