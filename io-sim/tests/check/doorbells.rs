//! Doorbells that the device may see before the stores that they announce.

use io_core::{
    Mmio, MmioRaw,
    backend::{MmioBackend, RelaxedMmioBackend, SysMemBackend},
    barrier::Barrier,
    prelude::*,
};
use io_sim::{Checker, TracedView, field};

use super::{broken, relaxed, shared};

#[derive(IoStruct)]
#[repr(C)]
struct Nic {
    ctrl: Le<u32>,
    notify: Wo<Le<u32>>,
}

#[derive(zerocopy::FromBytes, IoStruct)]
#[repr(C)]
struct Desc {
    addr: Le<u32>,
    len: Le<u32>,
}

type Registers<'a> = TracedView<'a, RelaxedMmioBackend, Nic>;
type Ring<'a> = TracedView<'a, SysMemBackend, [Desc; 4]>;

/// Runs a driver with relaxed registers and a ring in memory, after two stores to the ring.
fn driver(run: impl FnOnce(&Checker, Registers<'_>, Ring<'_>)) -> Vec<String> {
    let (mut registers, mut memory) = ([0; 16], [0; 16]);
    broken(|checker| {
        let nic = checker.device::<Nic>("nic").doorbell(field!(.notify));
        let nic = nic.watch(relaxed::<Nic>(&mut registers));
        let ring = checker.elements::<Desc>("ring").watch(shared::<[Desc; 4]>(&mut memory));
        io_write!(ring, [1].len, 64);
        io_write!(ring, [1].addr, 0x1000);
        run(checker, nic, ring);
    })
}

const TWO: &str = "WR nic.notify 32: 2 stores without wmb before this relaxed doorbell write: the \
                   device may see it before ring[1].addr";

#[test]
fn relaxed_doorbells_need_a_wmb() {
    let with = |barrier: Option<Barrier>| {
        driver(|_, nic, ring| {
            match barrier {
                None => {}
                Some(Barrier::Mb) => ring.mb(),
                Some(Barrier::Rmb) => ring.rmb(),
                Some(Barrier::Wmb) => ring.wmb(),
                Some(Barrier::DmaMb) => ring.dma_mb(),
                Some(Barrier::DmaRmb) => ring.dma_rmb(),
                Some(Barrier::DmaWmb) => ring.dma_wmb(),
            }
            io_write!(nic, .notify, 1);
        })
    };
    for none in [
        None,
        Some(Barrier::Rmb),
        Some(Barrier::DmaMb),
        Some(Barrier::DmaRmb),
        Some(Barrier::DmaWmb),
    ] {
        assert_eq!(with(none), [TWO], "{none:?}");
    }
    for right in [Barrier::Mb, Barrier::Wmb] {
        assert_eq!(with(Some(right)), [""; 0], "{right:?}");
    }
}

#[test]
fn a_store_after_the_barrier_is_a_violation() {
    let wrong = driver(|_, nic, ring| {
        nic.wmb();
        io_project!(ring, [build: 2..4]).fill(0);
        io_write!(nic, .ctrl, 1);
        io_write!(nic, .notify, 1);
    });
    assert_eq!(
        wrong,
        ["WR nic.notify 32: 1 store without wmb before this relaxed doorbell write: the \
             device may see it before ring[2]"]
    );
}

/// Runs the same driver, with additional ordered registers of instance `name`.
fn with_ordered(
    name: &'static str,
    run: impl FnOnce(TracedView<'_, MmioBackend, Nic>, Registers<'_>, Ring<'_>),
) -> Vec<String> {
    let mut words = [0_u32; 16];
    // SAFETY: the exclusive borrow of `words` covers a `Nic`.
    let ordered = unsafe { Mmio::<Nic>::from_raw(MmioRaw::from_ptr((&raw mut words).cast())) };
    driver(|checker, nic, ring| {
        let rules = checker.device::<Nic>(name).doorbell(field!(.notify));
        run(rules.watch(ordered), nic, ring);
    })
}

#[test]
fn ordered_writes_need_no_barrier() {
    let right = with_ordered("nic", |ordered, _, _| io_write!(ordered, .notify, 1));
    assert_eq!(right, [""; 0]);
    let right = with_ordered("nic", |ordered, relaxed, _| {
        io_write!(ordered, .ctrl, 1);
        io_write!(relaxed, .notify, 1);
    });
    assert_eq!(right, [""; 0]);
}

#[test]
fn ordered_writes_order_only_earlier_stores_for_their_device() {
    let wrong = with_ordered("other", |ordered, relaxed, _| {
        io_write!(ordered, .ctrl, 1);
        io_write!(relaxed, .notify, 1);
    });
    assert_eq!(wrong, [TWO]);
    let one = "WR nic.notify 32: 1 store without wmb before this relaxed doorbell write: the \
               device may see it before ring[0].len";
    let wrong = with_ordered("nic", |ordered, relaxed, ring| {
        io_write!(ordered, .ctrl, 1);
        io_write!(ring, [0].len, 1);
        io_write!(relaxed, .notify, 1);
        relaxed.wmb();
        io_write!(ring, [0].len, 1);
        io_write!(relaxed, .notify, 1);
    });
    assert_eq!(wrong, [one, one]);
}

#[test]
fn a_doorbell_in_memory_needs_dma_wmb() {
    let driver = |with_barrier: bool| {
        let mut words = [0; 16];
        broken(|checker| {
            let shadow = checker.device::<Nic>("shadow").doorbell(field!(.notify));
            let shadow = shadow.watch(shared::<Nic>(&mut words));
            io_write!(shadow, .ctrl, 1);
            if with_barrier {
                shadow.dma_wmb();
            }
            io_write!(shadow, .notify, 1);
            io_write!(shadow, .notify, 2);
        })
    };
    assert_eq!(
        driver(false),
        ["WR shadow.notify 32: 1 store without dma_wmb before this hand-over: \
             the device may see it before shadow.ctrl"]
    );
    assert_eq!(driver(true), [""; 0]);
}
