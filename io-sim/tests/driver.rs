//! All parts together: a driver, its device with a DMA engine, memory and time.

use core::time::Duration;

use io_core::{Coherent, DmaAddr, DmaAllocator, Error, Width, prelude::*};
use io_sim::{Device, Recorder, SimClock, SimRam, Simulated};

/// The registers of a device that adds up bytes in memory.
#[derive(IoStruct)]
#[repr(C)]
struct Summer {
    ring: Le<u32>,
    doorbell: Wo<Le<u32>>,
    status: Ro<Le<u32>>,
}

/// One job. The device stores the sum and then sets the status.
#[derive(IoStruct)]
#[repr(C)]
struct Job {
    buffer: Le<u32>,
    len: Le<u32>,
    sum: Le<u32>,
}

const BUSY: u32 = 1;
const FAULT: u32 = 2;

/// The device has 32 address bits.
fn low(address: DmaAddr) -> u32 {
    u32::try_from(address.raw()).unwrap()
}

/// The driver contains nothing about simulation.
fn sum<'a>(
    dev: impl Io<'a, Target = Summer, Backend: Bus32>,
    memory: impl DmaAllocator + Copy,
    clock: &impl Clock,
    data: &[u8],
) -> Result<u32, Error> {
    let job = Coherent::<Job, _>::zeroed(memory)?;
    let buffer = Coherent::<[u8], _>::zeroed_slice(memory, data.len())?;
    buffer.try_copy_from_slice(data)?;
    io_write!(&job, .buffer, low(buffer.dma_address()));
    io_write!(&job, .len, data.len() as u32);
    io_write!(dev, .ring, low(job.dma_address()));
    dev.dma_wmb();
    io_write!(dev, .doorbell, 1);
    let limit = Poll::within(Duration::from_millis(1)).every(Duration::from_micros(10));
    let status = io_project!(dev, .status).poll(clock, limit, |status| status & BUSY == 0)?;
    if status & FAULT != 0 {
        return Err(Error::Gone);
    }
    dev.dma_rmb();
    Ok(io_read!(&job, .sum))
}

/// The model.
struct Model {
    ram: SimRam,
    clock: SimClock,
    ring: u64,
    status: u32,
    ready: Duration,
}

impl Model {
    fn run(&self) -> Result<(), Error> {
        let (mut job, mut sum, mut byte) = ([0; 8], 0_u32, [0]);
        self.ram.read(DmaAddr::new(self.ring), &mut job)?;
        let [buffer, len] =
            [&job[..4], &job[4..]].map(|word| u32::from_le_bytes(word.try_into().unwrap()));
        for i in 0..len {
            self.ram.read(DmaAddr::new(u64::from(buffer + i)), &mut byte)?;
            sum += u32::from(byte[0]);
        }
        self.ram.write(DmaAddr::new(self.ring + 8), &sum.to_le_bytes())
    }
}

impl Device for Model {
    fn read(&mut self, offset: usize, width: Width) -> u64 {
        match offset {
            0x0 => self.ring,
            0x8 if self.clock.now() < self.ready => u64::from(self.status | BUSY),
            0x8 => u64::from(self.status),
            _ => width.all_ones(),
        }
    }

    fn write(&mut self, offset: usize, _: Width, value: u64) {
        match offset {
            0x0 => self.ring = value,
            0x4 => {
                self.ready = self.clock.now() + Duration::from_micros(25);
                self.status = if self.run().is_ok() { 0 } else { FAULT };
            }
            _ => {}
        }
    }
}

fn machine() -> (Simulated<Summer, Model>, SimRam, SimClock) {
    let ram = SimRam::new(DmaAddr::new(0x8000_0000), 0x1000).unwrap();
    let clock = SimClock::new();
    let (ready, status) = (Duration::ZERO, 0);
    let model = Model { ram: ram.clone(), clock: clock.clone(), ring: 0, status, ready };
    (Simulated::new(model), ram, clock)
}

#[test]
fn a_job_completes_with_the_expected_trace() {
    let (dev, ram, clock) = machine();
    let recorder = Recorder::new();
    let dev = recorder.record("summer", &dev);
    assert_eq!(sum(dev, &ram, &clock, &[1, 2, 3, 250]), Ok(256));
    assert_eq!(ram.available(), ram.size());
    assert_eq!(
        recorder.to_string(),
        "\
WR summer.ring 32 <- 0x80000000
BARRIER dma_wmb
WR summer.doorbell 32 <- 0x00000001
RD summer.status 32 -> 0x00000001 (x3)
RD summer.status 32 -> 0x00000000
BARRIER dma_rmb"
    );
}

#[test]
fn a_device_that_does_not_answer_causes_a_timeout() {
    let (dev, ram, clock) = machine();
    dev.with(|model| model.status = BUSY);
    struct Unresponsive<'a>(&'a Simulated<Summer, Model>);
    impl Device for Unresponsive<'_> {
        fn read(&mut self, offset: usize, _: Width) -> u64 {
            self.0.with(|model| model.read(offset, Width::W32))
        }

        fn write(&mut self, _: usize, _: Width, _: u64) {}
    }
    let deaf = Simulated::<Summer, _>::new(Unresponsive(&dev));
    let error = sum(&deaf, &ram, &clock, &[1]).unwrap_err();
    assert!(matches!(error, Error::Timeout(_)), "{error}");
    assert_eq!((clock.now(), ram.available()), (Duration::from_millis(1), ram.size()));
}

#[test]
fn an_invalid_descriptor_address_sets_the_fault_bit() {
    let (dev, ram, _) = machine();
    io_write!(&dev, .ring, 0x8000_1000 - 8);
    io_write!(&dev, .doorbell, 1);
    assert_eq!(io_read!(&dev, .status) & FAULT, FAULT);
    assert_eq!(ram.available(), ram.size());
}

#[test]
fn machines_run_independently() {
    std::thread::scope(|s| {
        for id in 1..=3_u8 {
            s.spawn(move || {
                let (dev, ram, clock) = machine();
                assert_eq!(sum(&dev, &ram, &clock, &[id; 20]), Ok(20 * u32::from(id)));
            });
        }
    });
}

#[test]
fn driver_and_device_may_run_in_two_threads() {
    let (dev, ram, _) = machine();
    let words = Coherent::<[Le<u32>; 2], _>::zeroed(ram.clone()).unwrap();
    std::thread::scope(|s| {
        // The device answers through memory, after its register was written.
        s.spawn(|| {
            while dev.with(|model| model.ring) == 0 {
                std::thread::yield_now();
            }
            let address = dev.with(|model| model.ring);
            let mut word = [0; 4];
            ram.read(DmaAddr::new(address), &mut word).unwrap();
            assert_eq!(word, 41_u32.to_le_bytes());
            ram.write(DmaAddr::new(address + 4), &42_u32.to_le_bytes()).unwrap();
        });
        let (first, second) = (words.get(0).unwrap(), words.get(1).unwrap());
        first.write_val(41);
        io_write!(&dev, .ring, low(words.dma_address()));
        while second.read_val() == 0 {
            std::thread::yield_now();
        }
        assert_eq!(second.read_val(), 42);
    });
}
