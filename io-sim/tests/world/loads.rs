//! Values that a load may return, and values that it must not return.

use io_core::prelude::*;
use io_sim::{World, WorldMemory};

use super::explore::outcomes;

#[derive(IoStruct)]
#[repr(C)]
struct Pair {
    a: Le<u32>,
    b: Le<u32>,
}

/// The device stores `a`, then `b`.
fn pair(world: &World) -> WorldMemory<Pair> {
    let pair = world.memory::<Pair>().unwrap();
    let (port, at) = (world.port("device"), pair.dma_address());
    port.write(at, &[1, 0, 0, 0]).unwrap();
    port.write(at.checked_add(4).unwrap(), &[2, 0, 0, 0]).unwrap();
    pair
}

#[test]
fn loads_are_unordered_without_a_barrier() {
    let seen = outcomes(|world| {
        let pair = pair(world);
        (io_read!(&pair, .b), io_read!(&pair, .a))
    });
    assert_eq!(seen, [(0, 0), (0, 1), (2, 0), (2, 1)]);
}

#[test]
fn a_read_barrier_orders_loads() {
    let seen = outcomes(|world| {
        let pair = pair(world);
        let b = io_read!(&pair, .b);
        (&pair).dma_rmb();
        (b, io_read!(&pair, .a))
    });
    assert_eq!(seen, [(0, 0), (0, 1), (2, 1)]);
}

#[test]
fn a_full_barrier_makes_all_stores_visible() {
    let seen = outcomes(|world| {
        let pair = pair(world);
        (&pair).dma_mb();
        (io_read!(&pair, .b), io_read!(&pair, .a))
    });
    assert_eq!(seen, [(2, 1)]);
}

#[test]
fn values_of_one_location_never_go_back() {
    let seen = outcomes(|world| {
        let word = world.memory::<Le<u16>>().unwrap();
        for value in 1..=3 {
            world.port("device").write(word.dma_address(), &[value, value]).unwrap();
        }
        [(); 3].map(|()| (&word).read_val())
    });
    assert!(seen.iter().all(|values| values.is_sorted()), "{seen:x?}");
    assert!(seen.contains(&[0, 0, 0x303]) && seen.contains(&[0x101, 0x202, 0x303]));
}

#[test]
fn stale_loads_are_limited() {
    let most = outcomes(|world| {
        let word = world.memory::<u8>().unwrap();
        world.port("device").write(word.dma_address(), &[1]).unwrap();
        (0..).take_while(|_| (&word).read_val() == 0).count()
    });
    assert_eq!(most, [0, 1, 2]);
}

#[test]
fn a_load_is_a_snapshot() {
    let seen = outcomes(|world| {
        let word = world.memory::<Le<u64>>().unwrap();
        let (port, at) = (world.port("device"), word.dma_address());
        port.write(at.checked_add(4).unwrap(), &[1; 4]).unwrap();
        port.write(at, &[2; 4]).unwrap();
        (&word).read_val()
    });
    assert_eq!(seen, [0, 0x0101_0101_0000_0000, 0x0101_0101_0202_0202]);
}

/// A wide load is not older than any value of its bytes that the driver has already seen.
#[test]
fn a_wide_load_is_not_older_than_earlier_narrow_loads() {
    let seen = outcomes(|world| {
        let word = world.memory::<[Le<u32>; 2]>().unwrap();
        let port = world.port("device");
        port.write(word.dma_address(), &[1, 0, 0, 0]).unwrap();
        port.write(word.dma_address().checked_add(4).unwrap(), &[2, 0, 0, 0]).unwrap();
        let high = io_read!(&word, [1]);
        let both = (&word).copy_read_as::<u32>();
        (high, u32::from(both[1]))
    });
    assert_eq!(seen, [(0, 0), (0, 2), (2, 2)]);
}

#[test]
fn words_of_a_long_write_become_visible_in_any_order() {
    let seen = outcomes(|world| {
        let words = world.memory::<[Le<u64>; 3]>().unwrap();
        world.port("device").write(words.dma_address(), &[1; 24]).unwrap();
        let first = [2, 0, 1].map(|i| io_read!(&words, [panic: i]) != 0);
        (&words).dma_mb();
        assert!((0..3).all(|i| io_read!(&words, [panic: i]) == 0x0101_0101_0101_0101));
        first
    });
    assert_eq!(seen.len(), 8, "{seen:?}");
}

/// The last word therefore implies nothing about the first.
#[test]
fn the_last_word_may_become_visible_first() {
    let seen = outcomes(|world| {
        let words = world.memory::<[Le<u64>; 2]>().unwrap();
        world.port("device").write(words.dma_address(), &[1; 16]).unwrap();
        let last = io_read!(&words, [1]) != 0;
        (&words).dma_rmb();
        (last, io_read!(&words, [0]) != 0)
    });
    assert_eq!(seen, [(false, false), (false, true), (true, false), (true, true)]);
}

#[test]
fn words_of_an_unaligned_write_are_aligned() {
    let seen = outcomes(|world| {
        let words = world.memory::<[Le<u64>; 2]>().unwrap();
        let at = words.dma_address().checked_add(4).unwrap();
        world.port("device").write(at, &[1; 12]).unwrap();
        io_read!(&words, [1])
    });
    assert_eq!(seen, [0, 0x0101_0101_0101_0101]);
}

#[test]
fn loads_return_the_drivers_own_stores() {
    let seen = outcomes(|world| {
        let pair = pair(world);
        io_write!(&pair, .a, 7);
        let before = io_read!(&pair, .a);
        (&pair).mb();
        (before, io_read!(&pair, .a), io_read!(&pair, .b))
    });
    assert_eq!(seen, [(7, 7, 2)]);
}

#[test]
fn loading_an_own_store_orders_no_other_loads() {
    let seen = outcomes(|world| {
        let pair = world.memory::<Pair>().unwrap();
        let (port, at) = (world.port("device"), pair.dma_address());
        io_write!(&pair, .a, 7);
        port.write(at.checked_add(4).unwrap(), &[2, 0, 0, 0]).unwrap();
        // The device sees the store at the latest after three reads.
        (0..3).for_each(|_| port.read(at, &mut [0; 4]).unwrap());
        let a = io_read!(&pair, .a);
        (&pair).dma_rmb();
        (a, io_read!(&pair, .b))
    });
    assert_eq!(seen, [(7, 0), (7, 2)]);
}

/// The driver cannot distinguish the second store from the first.
#[test]
fn loading_an_equal_value_orders_no_other_loads() {
    let seen = outcomes(|world| {
        let pair = world.memory::<Pair>().unwrap();
        let (port, at) = (world.port("device"), pair.dma_address());
        port.write(at, &[1, 0, 0, 0]).unwrap();
        port.write(at.checked_add(4).unwrap(), &[0; 4]).unwrap();
        let b = io_read!(&pair, .b);
        (&pair).dma_rmb();
        (b, io_read!(&pair, .a))
    });
    assert_eq!(seen, [(0, 0), (0, 1)]);
}

#[test]
fn no_load_is_older_than_the_last_full_barrier() {
    let seen = outcomes(|world| {
        let pair = pair(world);
        (&pair).mb();
        world.port("device").write(pair.dma_address(), &[9, 0, 0, 0]).unwrap();
        io_read!(&pair, .a)
    });
    assert_eq!(seen, [1, 9]);
}

/// A copy is bytewise, so it may be torn at each byte.
#[test]
fn copies_may_be_torn_at_each_byte() {
    let seen = outcomes(|world| {
        let word = world.memory::<[Le<u16>; 1]>().unwrap();
        world.port("device").write(word.dma_address(), &[0xff; 2]).unwrap();
        u16::from((&word).copy_read()[0])
    });
    assert_eq!(seen, [0, 0xff, 0xff00, 0xffff]);
}
