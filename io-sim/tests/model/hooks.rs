//! Hooks that run at an access, and interrupt lines.

use io_core::{WoW1c, WoW1s, prelude::*};
use io_sim::{Interrupt, RegisterModel, Simulated, field};

use crate::rejected;

/// The registers of QEMU's edu device.
#[derive(IoStruct)]
#[repr(C)]
struct Edu {
    id: Ro<Le<u32>>,
    liveness: Le<u32>,
    status: Le<u32>,
    irq: Ro<Le<u32>>,
    raise: WoW1s<Le<u32>>,
    ack: WoW1c<Le<u32>>,
    factorial: Le<u32>,
}

const COMPUTING: u32 = 1;

fn edu(line: &Interrupt) -> RegisterModel<Edu, u32> {
    RegisterModel::<Edu, _>::with_state("edu", 0)
        .reset(field!(.id), 0x0100_00ed)
        .on_read(field!(.liveness), |_, value| !value)
        .sets(field!(.raise), field!(.irq))
        .clears(field!(.ack), field!(.irq))
        .interrupts_while(line, |ctx| ctx.get(field!(.irq)) != 0)
        .read_only_bits(field!(.status), COMPUTING)
        .takes_writes_if(field!(.factorial), |ctx| ctx.get(field!(.status)) & COMPUTING == 0)
        .on_write(field!(.factorial), |ctx, n| {
            ctx.state += 1;
            let status = ctx.get(field!(.status));
            ctx.set(field!(.status), status | COMPUTING);
            ctx.after_polls(3, move |ctx| {
                ctx.set(field!(.factorial), (1..=n).product());
                ctx.set(field!(.status), status);
                ctx.set(field!(.irq), 1);
            });
        })
}

#[test]
fn read_hooks_compute_the_value() {
    let dev = Simulated::<Edu, _>::new(edu(&Interrupt::new()));
    io_write!(&dev, .liveness, 0x1234_5678);
    assert_eq!(io_read!(&dev, .liveness), 0xedcb_a987);
    dev.with(|model| assert_eq!(model.context().get(field!(.liveness)), 0x1234_5678));
}

#[test]
fn write_hooks_start_work_that_polls_finish() {
    let line = Interrupt::new();
    let dev = Simulated::<Edu, _>::new(edu(&line));
    io_write!(&dev, .factorial, 5);
    let polls = (0..10).take_while(|_| io_read!(&dev, .status) & COMPUTING != 0).count();
    assert_eq!((polls, io_read!(&dev, .factorial)), (3, 120));
    assert!(line.is_raised());
    assert_eq!(dev.with(|model| model.context().state), 1);
}

#[test]
fn write_hooks_may_reject_writes() {
    let dev = Simulated::<Edu, _>::new(edu(&Interrupt::new()));
    io_write!(&dev, .factorial, 5);
    io_write!(&dev, .factorial, 6);
    (0..3).for_each(|_| assert_eq!(io_read!(&dev, .status), COMPUTING));
    assert_eq!(io_read!(&dev, .factorial), 120);
    assert_eq!(rejected(&dev), ["WR edu.factorial 32: the device does not accept writes now"]);
    io_write!(&dev, .factorial, 6);
    assert_eq!(dev.with(|model| model.context().state), 2);
}

#[test]
fn an_interrupt_line_follows_the_registers() {
    let line = Interrupt::new();
    let dev = Simulated::<Edu, _>::new(edu(&line));
    io_project!(&dev, .raise).set_bits(6);
    io_project!(&dev, .ack).clear_bits(2);
    assert!(line.is_raised());
    io_project!(&dev, .ack).clear_bits(4);
    assert_eq!((line.is_raised(), line.edges()), (false, 1));
    dev.with(|model| model.context().set(field!(.irq), 1));
    io_read!(&dev, .id);
    assert_eq!((line.is_raised(), line.edges()), (true, 2));
}

#[test]
fn hooks_raise_and_lower_an_interrupt_line() {
    let line = Interrupt::new();
    let (raise, lower) = (line.clone(), line.clone());
    let dev = Simulated::<Edu, _>::new(
        RegisterModel::<Edu>::new("edu")
            .on_write(field!(.raise), move |_, value| raise.set(value != 0))
            .on_write(field!(.ack), move |_, _| lower.lower()),
    );
    io_project!(&dev, .raise).set_bits(1);
    io_project!(&dev, .raise).set_bits(1);
    assert_eq!((line.is_raised(), line.edges()), (true, 1));
    io_project!(&dev, .ack).clear_bits(1);
    assert!(!line.is_raised());
}

#[test]
fn hooks_run_in_the_order_of_registration() {
    let model = RegisterModel::<Edu>::new("edu")
        .on_write(field!(.liveness), |ctx, value| ctx.set(field!(.id), value))
        .on_write(field!(.liveness), |ctx, value| {
            let id = ctx.get(field!(.id));
            ctx.set(field!(.id), id * value);
        })
        .on_read(field!(.id), |_, value| value + 1)
        .on_read(field!(.id), |_, value| value * 2);
    let dev = Simulated::<Edu, _>::new(model);
    io_write!(&dev, .liveness, 3);
    assert_eq!(io_read!(&dev, .id), 20);
}
