//! Registers that are ports of a FIFO.

use io_core::{Aliased, RoSideEffect, RwSideEffect, prelude::*};
use io_sim::{Fifo, RegisterModel, Simulated, field};

use crate::rejected;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    data: RwSideEffect<Le<u32>>,
    head: RoSideEffect<Be<u16>>,
    tail: Wo<Le<u16>>,
}

fn fifos(fifo: Fifo) -> Simulated<Regs, RegisterModel<Regs>> {
    Simulated::new(
        RegisterModel::<Regs>::new("dev")
            .fifo(field!(.data), fifo)
            .fifo(field!(.head), fifo)
            .fifo(field!(.tail), fifo),
    )
}

#[test]
fn values_are_queued_in_order_in_both_directions() {
    let dev = fifos(Fifo::new(4));
    dev.with(|model| {
        let ctx = model.context();
        assert!([1, 2, 3].into_iter().all(|value| ctx.push(field!(.data), value)));
        assert!(ctx.push(field!(.head), 0x1234));
    });
    io_write!(&dev, .data, 10);
    io_write!(&dev, .data, 11);
    io_write!(&dev, .tail, 12);
    assert_eq!([io_read!(&dev, .data), io_read!(&dev, .data)], [1, 2]);
    assert_eq!(io_read!(&dev, .head), 0x1234);
    dev.with(|model| {
        let ctx = model.context();
        assert_eq!((ctx.unread(field!(.data)), ctx.untaken(field!(.data))), (1, 2));
        assert_eq!(ctx.take(field!(.data)), Some(10));
        assert_eq!(ctx.take(field!(.data)), Some(11));
        assert_eq!(ctx.take(field!(.data)), None);
        assert_eq!(ctx.take(field!(.tail)), Some(12));
    });
    assert!(rejected(&dev).is_empty());
}

#[test]
fn accesses_to_full_and_empty_fifos_are_rejected() {
    let dev = fifos(Fifo::new(2));
    (1..4).for_each(|value| io_write!(&dev, .data, value));
    assert_eq!(io_read!(&dev, .data), 0);
    dev.with(|model| {
        let ctx = model.context();
        let pushed = [4, 5, 6].map(|value| ctx.push(field!(.data), value));
        assert_eq!(pushed, [true, true, false]);
        assert_eq!([1, 2].map(Some), [ctx.take(field!(.data)), ctx.take(field!(.data))]);
    });
    assert_eq!(
        rejected(&dev),
        ["WR dev.data 32: the FIFO is full", "RD dev.data 32: the FIFO is empty"]
    );
}

#[test]
fn configured_full_and_empty_behaviour_applies() {
    let dev = fifos(Fifo::new(2).empty_reads(0x8000).full_drops_oldest());
    (1..4).for_each(|value| io_write!(&dev, .data, value));
    assert_eq!(io_read!(&dev, .head), 0x8000);
    dev.with(|model| {
        let ctx = model.context();
        assert_eq!([2, 3].map(Some), [ctx.take(field!(.data)), ctx.take(field!(.data))]);
        assert!([4, 5, 6].into_iter().all(|value| ctx.push(field!(.head), value)));
    });
    assert_eq!([io_read!(&dev, .head), io_read!(&dev, .head)], [5, 6]);
    assert!(rejected(&dev).is_empty());
}

#[test]
fn a_reset_empties_both_queues() {
    let dev = fifos(Fifo::new(2));
    io_write!(&dev, .data, 1);
    dev.with(|model| {
        let ctx = model.context();
        ctx.push(field!(.data), 2);
        ctx.reset();
        assert_eq!((ctx.unread(field!(.data)), ctx.untaken(field!(.data))), (0, 0));
    });
}

#[test]
#[should_panic(expected = "plain.data is not a FIFO")]
fn pushing_to_a_plain_register_panics() {
    RegisterModel::<Regs>::new("plain").context().push(field!(.data), 1);
}

#[test]
fn fifo_slices_transfer_every_value() {
    let dev = fifos(Fifo::new(4));
    dev.with(|model| (1..4).for_each(|value| _ = model.context().push(field!(.head), value)));
    let mut values = [0; 3];
    io_project!(&dev, .head).read_fifo(&mut values);
    io_project!(&dev, .data).write_fifo(&[7, 8]);
    assert_eq!(values, [1, 2, 3]);
    assert_eq!(dev.with(|model| model.context().untaken(field!(.data))), 2);
}

/// Reads and writes have different value types.
#[test]
fn reads_and_writes_may_have_different_types() {
    #[derive(Debug, PartialEq, IoValue)]
    #[repr(transparent)]
    struct Received(u16);

    #[derive(IoStruct)]
    #[repr(C)]
    struct Uart {
        data: RwSideEffect<Be<Aliased<Received, Narrow<u8, u16>>>>,
        last: Ro<Le<Aliased<Received, Narrow<u8, u16>>>>,
    }

    let model = RegisterModel::<Uart>::new("uart")
        .fifo(field!(.data), Fifo::new(1))
        .on_write(field!(.data), |ctx, Received(bits)| {
            ctx.set_number(field!(.last), u64::from(bits) | 0x100)
        });
    let dev = Simulated::<Uart, _>::new(model);
    dev.with(|model| assert!(model.context().push_number(field!(.data), 0x841)));
    assert_eq!(io_read!(&dev, .data), Received(0x841));
    io_write!(&dev, .data, b'A');
    assert_eq!(io_read!(&dev, .last), Received(0x141));
    assert_eq!(dev.with(|model| model.context().take(field!(.data))), Some(Received(0x41)));
}
