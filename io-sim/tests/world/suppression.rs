//! A device that disables notifications, and a driver that checks whether it did: without a full
//! barrier between index and flag, a wake-up is lost.

use io_core::{Width, prelude::*};
use io_sim::{Device, Port, World, WorldMemory};

use super::explore::{all_runs_pass, some_run_fails};

#[derive(IoStruct)]
#[repr(C)]
struct Queue {
    idx: Le<u32>,
    no_notify: Le<u32>,
}

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    kick: Wo<Le<u32>>,
}

/// Processes requests while there are any, then enables notifications, checks once more, and
/// sleeps.
struct Worker {
    port: Port,
    queue: DmaAddr,
    awake: bool,
    done: u32,
}

impl Worker {
    fn idx(&self) -> u32 {
        let mut bytes = [0; 4];
        self.port.read(self.queue, &mut bytes).unwrap();
        u32::from_le_bytes(bytes)
    }

    fn set_no_notify(&self, value: u8) {
        let address = self.queue.checked_add(4).unwrap();
        self.port.write(address, &[value, 0, 0, 0]).unwrap();
    }
}

impl Device for Worker {
    fn read(&mut self, _: usize, width: Width) -> u64 {
        width.all_ones()
    }

    fn write(&mut self, _: usize, _: Width, _: u64) {
        self.set_no_notify(1);
        self.awake = true;
    }

    fn step(&mut self) -> bool {
        if !self.awake {
            return false;
        }
        self.done = self.idx();
        self.set_no_notify(0);
        if self.idx() == self.done {
            self.awake = false;
        } else {
            self.set_no_notify(1);
        }
        true
    }
}

fn driver(world: &World, barrier: fn(&WorldMemory<Queue>)) {
    let queue = world.memory::<Queue>().unwrap();
    let at = queue.dma_address();
    let worker = world.device::<Regs, _>(|port| Worker { port, queue: at, awake: false, done: 0 });
    for idx in 1..=2 {
        io_write!(&queue, .idx, idx);
        barrier(&queue);
        if io_read!(&queue, .no_notify) == 0 {
            io_write!(&worker, .kick, 1);
        }
    }
    world.settle();
    assert_eq!(worker.with(|worker| worker.done), 2, "completed entries of Queue");
}

#[test]
fn without_a_full_barrier_a_wake_up_may_be_lost() {
    let what = "completed entries of Queue";
    let barriers: [fn(&WorldMemory<Queue>); 4] =
        [|_| (), |queue| queue.wmb(), |queue| queue.rmb(), |queue| queue.dma_wmb()];
    for barrier in barriers {
        some_run_fails(
            |world| driver(world, barrier),
            what,
            "WITHOUT the driver's store to Queue.idx",
        );
    }
}

#[test]
fn with_a_full_barrier_no_wake_up_is_lost() {
    all_runs_pass(|world| driver(world, |queue| queue.mb()));
    all_runs_pass(|world| driver(world, |queue| queue.dma_mb()));
}
