//! The state after a world has settled, and devices that wait for events.

use io_core::{Width, prelude::*};
use io_sim::{Device, Port, World, WorldDevice, WorldMemory};

use super::explore::all_runs_pass;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    go: Le<u32>,
}

/// Writes two words to memory after the driver has stored a request or written the register.
struct Writer {
    port: Port,
    memory: DmaAddr,
    go: bool,
    done: bool,
}

impl Device for Writer {
    fn read(&mut self, _: usize, _: Width) -> u64 {
        self.go = true;
        0
    }

    fn write(&mut self, _: usize, _: Width, _: u64) {
        self.go = true;
    }

    fn step(&mut self) -> bool {
        let mut byte = [0];
        self.port.read(self.memory, &mut byte).unwrap();
        if self.done || !self.go && byte == [0] {
            return false;
        }
        self.done = true;
        self.port.write(self.memory.checked_add(8).unwrap(), &[0xff; 16]).unwrap();
        true
    }
}

type Words = WorldMemory<[Le<u64>; 3]>;

fn machine(world: &World) -> (Words, WorldDevice<Regs, Writer>) {
    let words = world.memory::<[Le<u64>; 3]>().unwrap();
    let memory = words.dma_address();
    let model = |port| Writer { port, memory, go: false, done: false };
    (words, world.device(model))
}

#[test]
fn settle_completes_all_work_without_decisions() {
    let runs = all_runs_pass(|world| {
        let (words, _writer) = machine(world);
        io_write!(&words, [0], 1);
        world.settle();
        assert_eq!([1, 2].map(|i| io_read!(&words, [panic: i])), [u64::MAX; 2]);
    });
    assert_eq!(runs, 1);
}

#[test]
fn settle_makes_all_stores_visible() {
    all_runs_pass(|world| {
        let word = world.memory::<u8>().unwrap();
        (&word).write_val(7);
        world.settle();
        let mut byte = [0];
        world.port("device").read(word.dma_address(), &mut byte).unwrap();
        assert_eq!(byte, [7]);
    });
}

/// Returns whether, for some seed, an idle device performs a step directly after `change`.
fn runs_again(change: impl Fn(&World, &Words, &WorldDevice<Regs, Writer>)) -> bool {
    World::seeds(0..100).any(|world| {
        let (words, writer) = machine(&world);
        io_read!(&words, [0]);
        if !world.to_string().contains("Regs had no work") {
            return false;
        }
        change(&world, &words, &writer);
        io_read!(&words, [2]);
        writer.with(|writer| writer.done)
    })
}

#[test]
fn idle_devices_run_again_after_a_change() {
    assert!(runs_again(|_, words, _| io_write!(words, [0], 1)));
    assert!(runs_again(|_, _, writer| io_write!(writer, .go, 1)));
    assert!(runs_again(|_, _, writer| _ = io_read!(writer, .go)));
    assert!(runs_again(|_, _, writer| writer.with(|writer| writer.go = true)));
    assert!(runs_again(|world, words, _| {
        world.port("other").write(words.dma_address(), &[1]).unwrap();
    }));
    assert!(!runs_again(|_, _, _| ()), "the writer stepped without a change");
}

/// The device may now see the store that it has missed.
#[test]
fn devices_that_missed_a_store_run_again() {
    assert!(World::seeds(0..100).any(|world| {
        let (words, writer) = machine(&world);
        io_write!(&words, [0], 1);
        io_read!(&words, [1]);
        let log = world.to_string();
        let missed = log.contains("had no work") && !log.contains("performed a step");
        io_read!(&words, [2]);
        missed && writer.with(|writer| writer.done)
    }));
}
