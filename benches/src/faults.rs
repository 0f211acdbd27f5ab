//! What a fault costs that is survived.

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

/// What each copy is asked for, of which the second half faults.
pub const SIZE: usize = 1024;

/// How long copies take that come to a file's end in their middle.
///
/// # Errors
///
/// What the system says to such a file.
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
        // SAFETY: memory of the mapping in `costs`, whose handler is installed, and a buffer.
        let done = unsafe { B::copy(buffer.as_mut_ptr(), source, SIZE) };
        assert_eq!(done, SIZE / 2, "bytes before the file's end");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_count_what_is_there() {
        let costs = costs(Plan::QUICK).unwrap();
        assert!(costs.iter().all(|(_, times)| times.rounds() == Plan::QUICK.rounds));
    }
}
