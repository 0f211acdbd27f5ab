//! Registers with a queue behind them.

use io_core::{
    prelude::*,
    sim::{Fifo, RegisterModel, Simulated, field},
};

use crate::refused;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    data: RwEffect<Le<u32>>,
    head: RoEffect<Be<u16>>,
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
fn both_directions_in_order() {
    let dev = fifos(Fifo::new(4));
    dev.with(|model| {
        let chip = model.chip();
        assert!([1, 2, 3].into_iter().all(|value| chip.push(field!(.data), value)));
        assert!(chip.push(field!(.head), 0x1234));
    });
    io_write!(&dev, .data, 10);
    io_write!(&dev, .data, 11);
    io_write!(&dev, .tail, 12);
    assert_eq!([io_read!(&dev, .data), io_read!(&dev, .data)], [1, 2]);
    assert_eq!(io_read!(&dev, .head), 0x1234);
    dev.with(|model| {
        let chip = model.chip();
        assert_eq!((chip.unread(field!(.data)), chip.untaken(field!(.data))), (1, 2));
        assert_eq!(chip.take(field!(.data)), Some(10));
        assert_eq!(chip.take(field!(.data)), Some(11));
        assert_eq!(chip.take(field!(.data)), None);
        assert_eq!(chip.take(field!(.tail)), Some(12));
    });
    assert!(refused(&dev).is_empty());
}

#[test]
fn full_and_empty_are_refused() {
    let dev = fifos(Fifo::new(2));
    (1..4).for_each(|value| io_write!(&dev, .data, value));
    assert_eq!(io_read!(&dev, .data), 0);
    dev.with(|model| {
        let chip = model.chip();
        let pushed = [4, 5, 6].map(|value| chip.push(field!(.data), value));
        assert_eq!(pushed, [true, true, false]);
        assert_eq!([1, 2].map(Some), [chip.take(field!(.data)), chip.take(field!(.data))]);
    });
    assert_eq!(
        refused(&dev),
        ["WR dev.data 32: the FIFO is full", "RD dev.data 32: the FIFO is empty"]
    );
}

#[test]
fn full_and_empty_as_described() {
    let dev = fifos(Fifo::new(2).empty_reads(0x8000).full_drops_oldest());
    (1..4).for_each(|value| io_write!(&dev, .data, value));
    assert_eq!(io_read!(&dev, .head), 0x8000);
    dev.with(|model| {
        let chip = model.chip();
        assert_eq!([2, 3].map(Some), [chip.take(field!(.data)), chip.take(field!(.data))]);
        assert!([4, 5, 6].into_iter().all(|value| chip.push(field!(.head), value)));
    });
    assert_eq!([io_read!(&dev, .head), io_read!(&dev, .head)], [5, 6]);
    assert!(refused(&dev).is_empty());
}

#[test]
fn a_reset_empties_them() {
    let dev = fifos(Fifo::new(2));
    io_write!(&dev, .data, 1);
    dev.with(|model| {
        let chip = model.chip();
        chip.push(field!(.data), 2);
        chip.reset();
        assert_eq!((chip.unread(field!(.data)), chip.untaken(field!(.data))), (0, 0));
    });
}

#[test]
#[should_panic(expected = "plain.data is no FIFO")]
fn a_plain_register_has_no_queue() {
    RegisterModel::<Regs>::new("plain").chip().push(field!(.data), 1);
}
