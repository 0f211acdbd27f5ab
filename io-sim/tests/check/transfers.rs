//! Addresses that a device cannot reach.

use io_core::{DmaAddr, prelude::*};
use io_sim::{Checker, Rules, field};

use super::{broken, shared};

#[derive(IoStruct)]
#[repr(C)]
struct Dma {
    source: LoHi<Le<DmaAddr>>,
    count: Le<u32>,
    start: Wo<Le<u32>>,
}

type Rule = for<'a> fn(Rules<'a, Dma>) -> Rules<'a, Dma>;

const ADDRESS: Rule = |rules| rules.dma_mask(field!(.source), 36);
const RANGE: Rule = |rules| rules.dma_range(field!(.source), field!(.count), 36);
const END: u64 = 1 << 36;

/// Runs a driver over relaxed registers.
fn driver(rule: Rule, run: impl FnOnce(&dyn Fn(u64), &dyn Fn(u32), &dyn Fn())) -> Vec<String> {
    let mut words = [0; 16];
    broken(|checker: &Checker| {
        let dma = rule(checker.device::<Dma>("dma")).watch(super::relaxed::<Dma>(&mut words));
        run(
            &|address| io_write!(dma, .source, DmaAddr::new(address)),
            &|count| io_write!(dma, .count, count),
            &|| io_write!(dma, .start, 1),
        );
    })
}

#[test]
fn an_address_beyond_the_mask_is_a_violation() {
    assert_eq!(
        driver(ADDRESS, |address, _, _| address(END)),
        ["WR dma.source.hi 32: the device has 36 address bits: it cannot reach 0x1000000000"]
    );
    assert_eq!(driver(ADDRESS, |address, _, _| address(END - 1)), [""; 0]);
    // Reported once, whatever the length.
    let wrong = driver(RANGE, |address, count, start| {
        address(END);
        count(1);
        start();
    });
    assert_eq!(wrong.len(), 1, "{wrong:#?}");
}

#[test]
fn an_end_beyond_the_mask_is_a_violation() {
    let text = "the device has 36 address bits: it cannot reach 0x11 bytes at 0xffffffff0";
    let wrong = driver(RANGE, |address, count, start| {
        address(END - 0x10);
        count(0x11);
        start();
    });
    assert_eq!(wrong, [format!("WR dma.count 32: {text}")]);
    let wrong = driver(RANGE, |address, count, start| {
        count(0x11);
        start();
        address(END - 0x10);
        start();
    });
    assert_eq!(wrong, [format!("WR dma.start 32 after dma.source.hi: {text}")]);
    let right = driver(RANGE, |address, count, start| {
        address(END - 0x10);
        count(0x10);
        start();
        // The previous length is not combined with the new address.
        address(END - 1);
        count(1);
        start();
    });
    assert_eq!(right, [""; 0]);
}

#[derive(Clone, Copy, zerocopy::IntoBytes, zerocopy::Immutable, zerocopy::FromBytes, IoStruct)]
#[repr(C)]
struct Desc {
    address: Le<u32>,
    len: Le<u32>,
    flags: Le<u32>,
}

#[test]
fn addresses_in_descriptors_are_checked() {
    let mut words = [0; 16];
    let wrong = broken(|checker| {
        let rules = checker.elements::<Desc>("ring");
        let rules = rules.dma_range(field!(.address), field!(.len), 16);
        let ring = rules.watch(shared::<[Desc; 4]>(&mut words));
        let desc = |address: u32, len: u32| Desc {
            address: address.into(),
            len: len.into(),
            flags: 0.into(),
        };
        io_project!(ring, [0]).copy_write(desc(0xf000, 0x1000));
        io_project!(ring, [1]).copy_write(desc(0xf000, 0x1001));
        io_project!(ring, [2]).copy_write(desc(0x1_0000, 1));
        // The lengths of the earlier transfers are not used.
        for i in 0..2 {
            io_write!(ring, [panic: i].address, 0xffff);
            io_write!(ring, [panic: i].flags, 1);
        }
        for i in 0..2 {
            io_write!(ring, [panic: i].len, 1);
        }
    });
    assert_eq!(
        wrong,
        [
            "CW ring[1] 12 bytes, ring[1].len: the device has 16 address bits: it cannot \
             reach 0x1001 bytes at 0xf000",
            "CW ring[2] 12 bytes, ring[2].address: the device has 16 address bits: it cannot reach 0x10000",
        ]
    );
}
