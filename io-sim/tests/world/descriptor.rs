//! A descriptor and the index that offers it: a write barrier is required between them.

use io_core::{Width, prelude::*};
use io_sim::{Device, Port, World};

use super::explore::{all_runs_pass, fails, some_run_fails};

#[derive(IoStruct)]
#[repr(C)]
pub(crate) struct Desc {
    address: Le<DmaAddr>,
    len: Le<u32>,
    flags: Le<u32>,
}

#[derive(IoStruct)]
#[repr(C)]
pub(crate) struct Ring {
    idx: Le<u32>,
    _reserved: [u8; 4],
    desc: [Desc; 2],
}

#[derive(IoStruct)]
#[repr(C)]
pub(crate) struct Nic {
    pub(crate) doorbell: Wo<Le<u32>>,
}

/// Fetches descriptors at any time, or only after the doorbell.
pub(crate) struct Model {
    port: Port,
    ring: DmaAddr,
    polls: bool,
    pub(crate) fetched: Vec<(u64, u32)>,
}

impl Model {
    pub(crate) fn new(port: Port, ring: DmaAddr, polls: bool) -> Self {
        Model { port, ring, polls, fetched: Vec::new() }
    }

    fn fetch(&mut self) -> bool {
        let mut idx = [0; 4];
        self.port.read(self.ring, &mut idx).unwrap();
        let done = self.fetched.len();
        if u32::from_le_bytes(idx) as usize == done {
            return false;
        }
        let mut desc = [0; 16];
        let address = self.ring.checked_add(8 + done as u64 % 2 * 16).unwrap();
        self.port.read(address, &mut desc).unwrap();
        let (address, len) = desc[..12].split_at(8);
        let address = u64::from_le_bytes(address.try_into().unwrap());
        self.fetched.push((address, u32::from_le_bytes(len.try_into().unwrap())));
        true
    }
}

impl Device for Model {
    fn read(&mut self, _: usize, width: Width) -> u64 {
        width.all_ones()
    }

    fn write(&mut self, _: usize, _: Width, _: u64) {
        self.fetch();
    }

    fn step(&mut self) -> bool {
        self.polls && self.fetch()
    }
}

/// Fills a descriptor and calls `barrier` before the store of the index.
pub(crate) fn offer<'a, I>(ring: I, number: u32, barrier: fn(I))
where
    I: Io<'a, Target = Ring, Backend: Bus64>,
{
    let desc = io_project!(ring, .desc[panic: number as usize % 2]);
    io_write!(desc, .address, DmaAddr::new(0x8000 + u64::from(number)));
    io_write!(desc, .len, 64 + number);
    barrier(ring);
    io_write!(ring, .idx, number + 1);
}

/// A driver that offers two descriptors and writes the doorbell.
fn driver(world: &World, barrier: fn(&WorldRing)) {
    let ring = world.memory::<Ring>().unwrap();
    let at = ring.dma_address();
    let nic = world.device::<Nic, _>(|port| Model::new(port, at, true));
    for number in 0..2 {
        offer(&ring, number, barrier);
    }
    io_write!(&nic, .doorbell, 2);
    world.settle();
    let fetched = nic.with(|model| model.fetched.clone());
    assert_eq!(fetched, [(0x8000, 64), (0x8001, 65)], "descriptor fetched by the device");
}

type WorldRing = io_sim::WorldMemory<Ring>;

#[test]
fn without_a_write_barrier_the_device_may_fetch_stale_bytes() {
    some_run_fails(
        |world| driver(world, |_| ()),
        "descriptor fetched by the device",
        "WITHOUT the driver's store to Ring.desc[",
    );
}

#[test]
fn a_read_barrier_does_not_order_stores() {
    for barrier in [|ring: &WorldRing| ring.dma_rmb(), |ring: &WorldRing| ring.rmb()] {
        some_run_fails(
            |world| driver(world, barrier),
            "descriptor fetched by the device",
            "WITHOUT",
        );
    }
}

#[test]
fn every_write_barrier_suffices() {
    let barriers: [fn(&WorldRing); 4] =
        [|ring| ring.dma_wmb(), |ring| ring.wmb(), |ring| ring.dma_mb(), |ring| ring.mb()];
    for barrier in barriers {
        all_runs_pass(|world| driver(world, barrier));
    }
}

fn seeds() -> impl Iterator<Item = World> {
    World::seeds(0..if cfg!(miri) { 20 } else { 200 })
}

#[test]
fn random_runs_find_the_missing_barrier() {
    assert!(seeds().any(|world| fails(&world, |world| driver(world, |_| ()))));
    seeds().for_each(|world| driver(&world, |ring| ring.dma_wmb()));
}
