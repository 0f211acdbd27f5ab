//! Allocation, addresses, errors and names.

use io_core::{Error, prelude::*};
use io_sim::World;

const BASE: u64 = 0x1000_0000;

#[derive(IoStruct)]
#[repr(C)]
struct Slot {
    id: Be<u16>,
    tag: [u8; 2],
}

#[derive(IoStruct)]
#[repr(C)]
struct Ring {
    idx: Le<u32>,
    slots: [Slot; 4],
}

#[test]
fn blocks_have_distinct_addresses() {
    let world = World::seeded(0);
    let (one, two) = (world.memory::<Ring>().unwrap(), world.memory_slice::<u8>(100).unwrap());
    assert_eq!(one.dma_address(), DmaAddr::new(BASE));
    assert_eq!(two.dma_address(), DmaAddr::new(BASE + 64));
    assert_eq!(io_project!(&one, .slots[2].tag).dma_address(), DmaAddr::new(BASE + 14));
    drop(two);
    let three = world.memory::<u8>().unwrap();
    assert_eq!(three.dma_address(), DmaAddr::new(BASE + 192), "addresses are not reused");
}

#[test]
fn empty_and_oversized_allocations_are_errors() {
    let world = World::seeded(0);
    assert_eq!(world.memory::<[u8; 0]>().unwrap_err(), Error::Empty);
    assert_eq!(world.memory_slice::<u64>(0).unwrap_err(), Error::Empty);
    let huge = Error::NoMemory { size: usize::MAX, align: align_of::<u64>() };
    assert_eq!(world.memory_slice::<u64>(usize::MAX).unwrap_err(), huge);
    let more = Error::NoMemory { size: isize::MAX as usize, align: 1 };
    assert_eq!(world.memory_slice::<u8>(isize::MAX as usize).unwrap_err(), more);
}

#[test]
fn devices_can_access_only_blocks() {
    let world = World::seeded(0);
    let port = world.port("device");
    let denied = |at: u64, size, limit| {
        let offset = at.wrapping_sub(BASE) as usize;
        let error = Err(Error::OutOfRange { offset, size, limit });
        assert_eq!(port.read(DmaAddr::new(at), &mut vec![0; size]), error);
        assert_eq!(port.write(DmaAddr::new(at), &vec![0; size]), error);
    };
    denied(BASE, 1, 0);
    let one = world.memory::<Ring>().unwrap();
    let two = world.memory::<Ring>().unwrap();
    port.write(one.dma_address(), &[5; 20]).unwrap();
    denied(BASE, 21, 20);
    denied(BASE + 20, 1, 0);
    denied(BASE - 1, 2, 0);
    denied(BASE + 64 + 19, 2, 84);
    assert_eq!(port.read(DmaAddr::new(0), &mut []), Ok(()));
    drop(one);
    denied(BASE, 1, 0);
    port.read(two.dma_address(), &mut [0; 20]).unwrap();
    if usize::BITS == 64 {
        denied(u64::MAX, 1, 0);
    }
}

#[test]
fn accesses_need_no_alignment() {
    let world = World::seeded(0);
    let bytes = world.memory::<[u8; 32]>().unwrap();
    let port = world.port("device");
    let pattern: Vec<u8> = (1..=21).collect();
    port.write(bytes.dma_address().checked_add(3).unwrap(), &pattern).unwrap();
    (&bytes).mb();
    let mut seen = [0; 32];
    (&bytes).as_view().copy_to_slice(&mut seen);
    assert_eq!(seen[3..24], pattern);
    assert_eq!((&seen[..3], &seen[24..]), (&[0; 3][..], &[0; 8][..]));
    let mut back = [0; 21];
    port.read(bytes.dma_address().checked_add(3).unwrap(), &mut back).unwrap();
    assert_eq!(back[..], pattern);
}

#[test]
fn the_log_contains_field_names() {
    let world = World::seeded(5);
    let ring = world.memory::<Ring>().unwrap();
    let more = world.memory_slice::<Slot>(3).unwrap();
    let again = world.memory::<Ring>().unwrap();
    io_write!(&ring, .slots[3].id, 0x1234);
    io_write!(&again, .idx, 5);
    (&ring).dma_mb();
    io_read!((&more).get(2).unwrap(), .tag[1]);
    world.port("nic").write(more.dma_address(), &[0x12, 0x34]).unwrap();
    world.port("nic").read(ring.dma_address(), &mut [0; 4]).unwrap();
    assert_eq!(
        world.to_string(),
        "World::seeded(5)\n  \
         driver stores Ring.slots[3].id = 0x1234, visible later\n  \
         driver stores Ring#2.idx = 0x5, visible later\n  \
         dma_mb\n  \
         ... Ring.slots[3].id = 0x1234 is visible\n  \
         ... Ring#2.idx = 0x5 is visible\n  \
         driver loads Slot[2].tag[1]: 0x0\n  \
         nic writes Slot[0].id = 0x1234\n  \
         nic reads Ring.idx: 0x0"
    );
    let text = format!("{world:?} {ring:?} {:?}", world.port("nic"));
    assert_eq!(text, "World(World::seeded(5)) WorldMemory(0x10000000, 0x14 bytes) Port(nic)");
}

#[test]
fn long_logs_omit_their_start() {
    let world = World::seeded(5);
    let words = world.memory::<[u8; 2]>().unwrap();
    for _ in 0..300 {
        io_read!(&words, [0]);
        io_read!(&words, [1]);
    }
    let log = world.to_string();
    assert!(log.contains("\n  ... 200 earlier lines\n"), "{log}");
    assert_eq!(log.lines().count(), 402);
}
