//! Devices that perform steps without an access, and polling that ends.

extern crate alloc;

use alloc::sync::Arc;

use io_core::{Width, prelude::*};
use io_sim::{Device, Port, World, WorldDevice, WorldMemory};

use super::explore::{all_runs_pass, outcomes, some_run_fails};

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    count: Ro<Le<u32>>,
    other: Ro<Le<u32>>,
}

/// Counts in a register and in memory, up to a limit.
struct Counter {
    port: Port,
    word: DmaAddr,
    count: u8,
    limit: u8,
}

impl Device for Counter {
    fn read(&mut self, offset: usize, _: Width) -> u64 {
        if offset == 0 { self.count.into() } else { 0 }
    }

    fn write(&mut self, _: usize, _: Width, _: u64) {}

    fn step(&mut self) -> bool {
        if self.count == self.limit {
            return false;
        }
        self.count += 1;
        self.port.write(self.word, &[self.count]).unwrap();
        true
    }
}

fn machine(world: &World, limit: u8) -> (WorldMemory<u8>, WorldDevice<Regs, Counter>) {
    let word = world.memory::<u8>().unwrap();
    let at = word.dma_address();
    let counter = world.device::<Regs, _>(|port| Counter { port, word: at, count: 0, limit });
    (word, counter)
}

#[test]
fn devices_perform_steps_between_accesses() {
    let seen = outcomes(|world| {
        let (_word, counter) = machine(world, 2);
        [io_read!(&counter, .count), io_read!(&counter, .count)]
    });
    assert_eq!(seen, [[0, 0], [0, 1], [0, 2], [1, 1], [1, 2], [2, 2]]);
}

#[test]
fn devices_perform_steps_before_a_full_barrier() {
    let seen = outcomes(|world| {
        let (word, _counter) = machine(world, 1);
        (&word).mb();
        // Devices perform no step here: nothing is loaded from memory or a register.
        world.port("test").write(word.dma_address(), &[9]).unwrap();
        world.to_string().contains("Regs performed a step")
    });
    assert_eq!(seen, [false, true]);
}

#[test]
fn polling_ends_in_every_run() {
    let runs = all_runs_pass(|world| {
        let (word, counter) = machine(world, 3);
        while io_read!(&counter, .count) == 0 {}
        while (&word).read_val() != 3 {}
    });
    assert!(runs < 1000, "{runs} runs: devices wait too long");
    for world in World::seeds(0..if cfg!(miri) { 5 } else { 200 }) {
        let (word, counter) = machine(&world, 200);
        while io_read!(counter.relaxed(), .count) != 200 || io_read!(&counter, .other) != 0 {}
        while (&word).read_val() != 200 {
            (&word).dma_rmb();
        }
    }
}

/// Not under Miri, where 100,000 accesses take too long.
#[cfg(not(miri))]
#[test]
fn endless_polling_is_reported() {
    let test = |world: &World| {
        let (word, _counter) = machine(world, 0);
        while (&word).read_val() == 0 {}
    };
    some_run_fails(test, "the driver does not stop polling", "driver loads u8: 0x0");
}

#[test]
fn threads_share_a_world() {
    let world = World::seeded(0);
    let (word, counter) = machine(&world, 50);
    std::thread::scope(|s| {
        s.spawn(|| while io_read!(&counter, .count) != 50 {});
        s.spawn(|| while (&word).read_val() != 50 {});
    });
}

#[test]
fn dropping_a_world_drops_its_models() {
    struct Holds(#[expect(dead_code)] Port, #[expect(dead_code)] Arc<()>);
    impl Device for Holds {
        fn read(&mut self, _: usize, _: Width) -> u64 {
            0
        }
        fn write(&mut self, _: usize, _: Width, _: u64) {}
    }
    let held = Arc::new(());
    let world = World::seeded(0);
    let device = world.device::<Regs, _>(|port| Holds(port, held.clone()));
    drop((world, device));
    assert_eq!(Arc::strong_count(&held), 1);
}
