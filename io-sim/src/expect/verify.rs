//! Runs of a driver against the list.

use alloc::vec::Vec;

use super::{
    Diagnosis, Expect, Mismatch,
    mismatch::Run,
    script::{Script, Unanswered},
    step::{Planned, steps},
};
use io_core::{Error, IoStruct, KnownSize, Region, RegionAlign};

use crate::view::{SimView, Wired};

/// The number of runs if bits are random: pairs of runs whose random bits are each other's inverse.
const RUNS: u64 = 8;

impl<T: IoStruct> Expect<T> {
    /// Runs the driver and fails unless it performs exactly the expected operations.
    ///
    /// If bits are random, the driver runs eight times with different bits, so that it cannot pass
    /// by chance; otherwise it runs once. The closure must check what the driver returns. A driver
    /// that is generic over its backend must be passed as a closure, `|dev| driver(dev)`, because
    /// its name alone stands for a single lifetime.
    ///
    /// # Panics
    ///
    /// * The driver performs any other operations. The message shows both sequences side by side.
    /// * The driver makes a read that no step plans, which has no answer. The panic is inside the
    ///   driver.
    /// * The driver makes 1000 accesses after the first difference. The panic is inside the driver.
    #[track_caller]
    pub fn verify(&self, driver: impl FnMut(SimView<'_, T>)) {
        let result = self.run(core::ptr::null_mut(), Unanswered::Panic, driver);
        if let Err(mismatch) = result {
            panic!("{mismatch}");
        }
    }

    /// Same as `verify`, but returns an error. A read that no step plans returns all ones, as with
    /// a removed device.
    ///
    /// # Errors
    ///
    /// * [`Mismatch`] if the driver performs any other operations.
    ///
    /// # Panics
    ///
    /// * The driver makes 1000 accesses after the first difference.
    ///
    /// ```
    /// use io_core::{prelude::*};
    /// use io_sim::{Diagnosis, Expect, field};
    ///
    /// #[derive(IoStruct)]
    /// #[repr(C)]
    /// struct Uart { id: Ro<Le<u32>>, ctrl: Le<u32> }
    ///
    /// let mut uart = Expect::<Uart>::new();
    /// uart.write(field!(.ctrl), 1).write(field!(.ctrl), 3);
    /// let mismatch = uart.check(|uart| io_write!(uart, .ctrl, 1)).unwrap_err();
    /// assert_eq!(mismatch.diagnosis(), Diagnosis::Missing);
    /// assert_eq!(mismatch.to_string(), "\
    /// Uart: the driver ended before the last step, the write of 0x00000003 to ctrl
    ///     expected                 | happened
    ///     WR ctrl 32 <- 0x00000001 | WR ctrl 32 <- 0x00000001
    /// --> WR ctrl 32 <- 0x00000003 |");
    /// ```
    pub fn check(&self, driver: impl FnMut(SimView<'_, T>)) -> Result<(), Mismatch> {
        self.run(core::ptr::null_mut(), Unanswered::AllOnes, driver)
    }

    /// [`verify`](Self::verify) for a driver that uses offsets instead of fields.
    ///
    /// # Errors
    ///
    /// * [`Error::OutOfRange`] if `T` is smaller than the region.
    /// * [`Error::Misaligned`] if the size of `T` is not a multiple of the region's alignment.
    ///
    /// # Panics
    ///
    /// * The conditions of [`verify`](Self::verify).
    ///
    /// ```
    /// use io_core::{Region, prelude::*};
    /// use io_sim::{Expect, SimView, field};
    ///
    /// #[derive(IoStruct)]
    /// #[repr(C)]
    /// struct Uart { id: Ro<Le<u32>>, ctrl: Le<u32> }
    ///
    /// let mut uart = Expect::<Uart>::new();
    /// uart.write(field!(.ctrl), 1);
    /// uart.verify_region(|bar: SimView<'_, Region<8>>| bar.write_at::<u32>(4, 1_u32.to_le()))?;
    /// # Ok::<_, io_core::Error>(())
    /// ```
    #[track_caller]
    pub fn verify_region<const SIZE: usize, A: RegionAlign, D: ?Sized>(
        &self,
        driver: impl FnMut(SimView<'_, Region<SIZE, A, D>>),
    ) -> Result<(), Error> {
        let base = core::ptr::null_mut();
        let region = Region::<SIZE, A, D>::ptr_try_from_raw_parts_mut(base, size_of::<T>())?;
        match self.run(region, Unanswered::Panic, driver) {
            Ok(()) => Ok(()),
            Err(mismatch) => panic!("{mismatch}"),
        }
    }

    /// `token` is an offset of 0 with the metadata of a `U` that is at most as large as a `T`.
    fn run<U: ?Sized + KnownSize>(
        &self,
        token: *mut U,
        unanswered: Unanswered,
        mut driver: impl FnMut(SimView<'_, U>),
    ) -> Result<(), Mismatch> {
        let is_random = self.plan.iter().any(Planned::is_random);
        let mut once = |seed: u64, unanswered| {
            let run = Run {
                block: short_name::<T>(),
                steps: steps(&self.plan, seed),
                happened: Vec::new(),
                seed: is_random.then_some(seed),
            };
            let device = Wired::new(Script::new(run, T::FIELDS, unanswered));
            driver(SimView::new(token, &device));
            device.into_inner().finish()
        };
        for i in 0..if is_random { RUNS } else { 1 } {
            let seed = self.seed.wrapping_add(i);
            if let Err(mismatch) = once(seed, unanswered) {
                let inverse = match mismatch.diagnosis() {
                    Diagnosis::LostBits { .. } => once(seed ^ 1, Unanswered::AllOnes).err(),
                    _ => None,
                };
                return Err(match inverse {
                    Some(inverse) => mismatch.with_bits_of(&inverse),
                    None => mismatch,
                });
            }
        }
        Ok(())
    }
}

/// Returns the name of a type without its path.
fn short_name<T>() -> &'static str {
    let name = core::any::type_name::<T>();
    let path = name.find('<').map_or(name, |end| &name[..end]);
    &name[path.rfind("::").map_or(0, |at| at + 2)..]
}
