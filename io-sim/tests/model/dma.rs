//! A small DMA engine as a register model, with memory, time and an interrupt.

use core::time::Duration;

use io_core::{Coherent, DmaAddr, DmaAllocator, Error, SelfClearing, prelude::*};
use io_sim::{Interrupt, ModelContext, RegisterModel, SimClock, SimRam, Simulated, field};

#[derive(IoStruct)]
#[repr(C)]
struct Engine {
    source: LoHi<Le<u64>>,
    destination: LoHi<Le<u64>>,
    length: Le<u32>,
    start: SelfClearing<Le<u32>>,
    status: W1c<Le<u32>>,
    _pad: Reserved<4>,
}

const DONE: u32 = 1;
const FAULT: u32 = 2;
const TIME: Duration = Duration::from_micros(10);

fn transfer(ctx: &mut ModelContext<Engine, SimRam>) -> Result<(), Error> {
    let mut bytes = vec![0; ctx.get(field!(.length)) as usize];
    ctx.state.read(DmaAddr::new(ctx.get(field!(.source))), &mut bytes)?;
    ctx.state.write(DmaAddr::new(ctx.get(field!(.destination))), &bytes)
}

fn engine(ram: SimRam, clock: &SimClock, line: &Interrupt) -> RegisterModel<Engine, SimRam> {
    let idle = |ctx: &ModelContext<Engine, SimRam>| ctx.get(field!(.start)) == 0;
    RegisterModel::<Engine, _>::with_state("dma", ram)
        .with_clock(clock.clone())
        .takes_writes_if(field!(.source), idle)
        .takes_writes_if(field!(.start), idle)
        .reserved_bits(field!(.length), 0xffff_0000)
        .interrupts_while(line, |ctx| ctx.get(field!(.status)) != 0)
        .on_write(field!(.start), |ctx, start| {
            ctx.set(field!(.start), start);
            ctx.after(TIME, |ctx| {
                let status = if transfer(ctx).is_ok() { DONE } else { FAULT };
                ctx.set(field!(.status), status);
                ctx.set(field!(.start), 0);
            });
        })
}

/// The driver.
fn copy<'a, M: DmaAllocator + Copy>(
    dma: impl Io<'a, Target = Engine, Backend: Bus32>,
    clock: &impl Clock,
    from: &Coherent<[u8], M>,
    to: &Coherent<[u8], M>,
    length: u32,
) -> Result<u32, Error> {
    io_write!(dma, .source, from.dma_address().raw());
    io_write!(dma, .destination, to.dma_address().raw());
    io_write!(dma, .length, length);
    dma.dma_wmb();
    io_write!(dma, .start, 1);
    let limit = Poll::within(Duration::from_millis(1));
    io_project!(dma, .start).poll(clock, limit, |start| *start == 0)?;
    let status = io_read!(dma, .status);
    io_project!(dma, .status).clear_bits(status);
    dma.dma_rmb();
    Ok(status)
}

#[test]
fn a_transfer_copies_the_bytes_and_raises_the_interrupt() -> Result<(), Error> {
    let ram = SimRam::new(DmaAddr::new(0x1_0000_0000), 0x4000)?;
    let (clock, line) = (SimClock::new(), Interrupt::new());
    let dma = Simulated::<Engine, _>::new(engine(ram.clone(), &clock, &line));
    let from = Coherent::<[u8], _>::zeroed_slice(&ram, 64)?;
    let to = Coherent::<[u8], _>::zeroed_slice(&ram, 64)?;
    let data: [u8; 64] = core::array::from_fn(|i| i as u8 ^ 0x5a);
    from.try_copy_from_slice(&data)?;

    assert_eq!(copy(&dma, &clock, &from, &to, 60)?, DONE);
    let mut arrived = [0; 64];
    to.try_copy_to_slice(&mut arrived)?;
    assert_eq!(arrived[..60], data[..60]);
    assert_eq!(arrived[60..], [0; 4]);
    assert_eq!((line.is_raised(), line.edges()), (false, 1));
    assert!(clock.now() >= TIME);
    assert!(crate::rejected(&dma).is_empty());

    // An access beyond the buffer is rejected by the memory.
    assert_eq!(copy(&dma, &clock, &from, &to, 65)?, FAULT);
    Ok(())
}

#[test]
fn writes_during_a_transfer_are_rejected() -> Result<(), Error> {
    let ram = SimRam::new(DmaAddr::new(0), 0x1000)?;
    let (clock, line) = (SimClock::new(), Interrupt::new());
    let dma = Simulated::<Engine, _>::new(engine(ram, &clock, &line));
    io_write!(&dma, .start, 1);
    io_write!(&dma, .source, 1);
    io_write!(&dma, .start, 1);
    assert_eq!(
        crate::rejected(&dma),
        [
            "WR dma.source.lo 32: the device does not accept writes now",
            "WR dma.source.hi 32: the device does not accept writes now",
            "WR dma.start 32: the device does not accept writes now",
        ]
    );
    clock.advance(TIME);
    assert_eq!(io_read!(&dma, .start), 0);
    assert_eq!((line.is_raised(), line.edges()), (true, 1));
    Ok(())
}
