//! Fields that hand memory over, and fields that report data as ready.

use io_core::{backend::SysMemBackend, barrier::Barrier, prelude::*};
use io_sim::{Rules, TracedView, field};

use super::{broken, shared};

/// A ring as in virtio, without the types that enforce the order.
#[derive(IoStruct)]
#[repr(C)]
struct Ring {
    avail: Le<u32>,
    used: Le<u32>,
    slots: [Le<u32>; 4],
}

/// A descriptor as declared by the data sheet, with an ownership field. The driver uses offsets.
#[derive(IoStruct)]
#[repr(C)]
struct Desc {
    #[io(own_bit)]
    own: OwnBit<Le<u32>>,
    len: Le<u32>,
}

type View<'a, T> = TracedView<'a, SysMemBackend, T>;
const BARRIERS: [Option<Barrier>; 7] = [
    None,
    Some(Barrier::Mb),
    Some(Barrier::Rmb),
    Some(Barrier::Wmb),
    Some(Barrier::DmaMb),
    Some(Barrier::DmaRmb),
    Some(Barrier::DmaWmb),
];

fn barrier<'a>(io: impl Io<'a>, kind: Option<Barrier>) {
    match kind {
        None => {}
        Some(Barrier::Mb) => io.mb(),
        Some(Barrier::Rmb) => io.rmb(),
        Some(Barrier::Wmb) => io.wmb(),
        Some(Barrier::DmaMb) => io.dma_mb(),
        Some(Barrier::DmaRmb) => io.dma_rmb(),
        Some(Barrier::DmaWmb) => io.dma_wmb(),
    }
}

/// Returns the barriers with which `run` has no violations; without them, its violation must be
/// `text`.
fn needed(run: impl Fn(Option<Barrier>) -> Vec<String>, text: &str) -> Vec<Barrier> {
    let needed = BARRIERS.into_iter().filter(|kind| {
        let broken = run(*kind);
        assert!(broken.is_empty() || broken == [text], "{kind:?}: {broken:#?}");
        broken.is_empty()
    });
    needed.map(|kind| kind.expect("a run without a barrier fails")).collect()
}

fn ring(run: impl FnOnce(View<'_, Ring>)) -> Vec<String> {
    let mut words = [0; 16];
    broken(|checker| {
        let rules: Rules<'_, Ring> = checker.device("ring");
        let rules = rules.publishes(field!(.avail)).consumes(field!(.used));
        run(rules.watch(shared(&mut words)));
    })
}

/// Elements that the driver accesses as plain words.
fn descs(run: impl FnOnce(View<'_, [[Le<u32>; 2]; 4]>)) -> Vec<String> {
    let mut words = [0; 16];
    broken(|checker| run(checker.elements::<Desc>("ring").watch(shared(&mut words))))
}

#[test]
fn an_index_needs_a_write_barrier_after_its_slots() {
    let publish = |kind| {
        ring(|ring| {
            io_write!(ring, .slots[2], 5);
            io_write!(ring, .slots[3], 6);
            barrier(ring, kind);
            io_write!(ring, .avail, 2);
            // A second store to the index alone needs no barrier.
            io_write!(ring, .avail, 3);
        })
    };
    let text = "WR ring.avail 32: 2 stores without dma_wmb before this hand-over: \
                the device may see it before ring.slots[3]";
    assert_eq!(needed(publish, text), [Barrier::Mb, Barrier::Wmb, Barrier::DmaMb, Barrier::DmaWmb]);
}

#[test]
fn slots_need_a_read_barrier_after_their_index() {
    let consume = |kind| {
        ring(|ring| {
            io_read!(ring, .used);
            barrier(ring, kind);
            io_read!(ring, .slots[1]);
        })
    };
    let text = "RD ring.slots[1] 32: no dma_rmb since the read of ring.used: this value may be \
                older than that one";
    assert_eq!(needed(consume, text), [Barrier::Mb, Barrier::Rmb, Barrier::DmaMb, Barrier::DmaRmb]);
}

#[test]
fn reading_several_indices_needs_no_barrier() {
    let (mut words, mut others) = ([0; 16], [0; 16]);
    let right = broken(|checker| {
        let rules = || checker.device::<Ring>("ring");
        let ring = rules().consumes(field!(.used)).consumes(field!(.avail));
        let (ring, other) =
            (ring.watch(shared::<Ring>(&mut words)), rules().watch(shared::<Ring>(&mut others)));
        io_read!(ring, .used);
        io_read!(ring, .avail);
        io_read!(ring, .used);
        // The field reports nothing about other memory.
        io_read!(other, .slots[1]);
    });
    assert_eq!(right, [""; 0]);
}

#[test]
fn an_ownership_field_needs_a_write_barrier_after_the_body() {
    let publish = |kind| {
        descs(|ring| {
            io_write!(ring, [2][1], 64);
            barrier(ring, kind);
            io_write!(ring, [2][0], 1);
            // Each ownership field covers its own struct only.
            io_write!(ring, [3][0], 1);
        })
    };
    let text = "WR ring[2].own 32: 1 store without dma_wmb before this hand-over: \
                the device may see it before ring[2].len";
    assert_eq!(needed(publish, text), [Barrier::Mb, Barrier::Wmb, Barrier::DmaMb, Barrier::DmaWmb]);
}

#[test]
fn a_body_needs_a_read_barrier_after_the_ownership_field() {
    let consume = |kind| {
        descs(|ring| {
            io_read!(ring, [2][0]);
            io_read!(ring, [3][0]);
            io_read!(ring, [1][1]);
            barrier(ring, kind);
            io_read!(ring, [2][1]);
        })
    };
    let text = "RD ring[2].len 32: no dma_rmb since the read of ring[2].own: this value may be \
                older than that one";
    assert_eq!(needed(consume, text), [Barrier::Mb, Barrier::Rmb, Barrier::DmaMb, Barrier::DmaRmb]);
}

#[test]
fn a_copy_of_body_and_ownership_field_is_a_violation() {
    let wrong = descs(|ring| io_project!(ring, [1]).copy_write([1.into(), 64.into()]));
    assert_eq!(
        wrong,
        ["CW ring[1] 8 bytes, ring[1].own: 1 store without dma_wmb before this hand-over: \
             the device may see it before ring[1]"]
    );
}

#[test]
fn an_ownership_field_is_ordered_before_an_index() {
    let mut words = [0; 16];
    #[derive(IoStruct)]
    #[repr(C)]
    struct Both {
        index: Le<u32>,
        desc: Desc,
    }
    let wrong = broken(|checker| {
        let both = checker.device::<Both>("both").publishes(field!(.index));
        let both = both.watch(shared::<Both>(&mut words));
        io_project!(both, .desc).publish_with(1, |desc| io_write!(desc, .len, 1));
        io_write!(both, .index, 1);
    });
    assert_eq!(
        wrong,
        ["WR both.index 32: 1 store without dma_wmb before this hand-over: the \
             device may see it before both.desc.own"]
    );
}

#[test]
fn publish_and_consume_violate_no_rule() {
    let mut words = [0; 16];
    let right = broken(|checker| {
        let ring = checker.elements::<Desc>("ring").watch(shared::<[Desc; 4]>(&mut words));
        for desc in ring.iter() {
            desc.publish_with(0, |desc| io_write!(desc, .len, 64));
            let len = desc.consume_with(|own| *own == 0, |desc, _| io_read!(desc, .len));
            assert_eq!(len, Some(64));
        }
    });
    assert_eq!(right, [""; 0]);
}
