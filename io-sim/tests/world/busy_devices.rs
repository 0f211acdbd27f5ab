//! Devices that always have work.

use io_core::{Width, prelude::*};
use io_sim::{Device, World};

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    count: Ro<Le<u32>>,
}

/// Counts forever.
struct EndlessWork(u64);

impl Device for EndlessWork {
    fn read(&mut self, _: usize, _: Width) -> u64 {
        self.0
    }

    fn write(&mut self, _: usize, _: Width, _: u64) {}

    fn step(&mut self) -> bool {
        self.0 += 1;
        true
    }
}

#[test]
fn devices_with_endless_work_do_not_block_the_driver() {
    let mut explorer = World::exhaustive(100);
    let seen =
        (&mut explorer).map(|world| io_read!(&world.device::<Regs, _>(|_| EndlessWork(0)), .count));
    assert_eq!(seen.collect::<Vec<_>>(), [0, 1, 2, 3]);
    assert!(explorer.is_complete());
}

/// Not under Miri: too many steps.
#[cfg(not(miri))]
#[test]
#[should_panic = "a device still has work after 100000 steps"]
fn settling_a_device_with_endless_work_panics() {
    let world = World::seeded(0);
    world.device::<Regs, _>(|_| EndlessWork(0));
    world.settle();
}

/// Not under Miri or emulation, which cannot run a second program.
#[cfg(not(any(miri, emulated)))]
#[test]
fn a_failing_test_prints_the_replay_of_its_world() {
    let program = std::env::current_exe().unwrap();
    let arguments =
        ["--exact", "busy_devices::settling_a_device_with_endless_work_panics", "--nocapture"];
    let output = std::process::Command::new(program).args(arguments).output().unwrap();
    let text = String::from_utf8_lossy(&output.stderr);
    let world = "World::seeded(0)\n  all stores are visible, all devices finish\n  \
                 Regs performed a step (x100000)\n";
    assert!(text.contains(world), "{text}");
}
