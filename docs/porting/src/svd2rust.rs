//! From a peripheral access crate of svd2rust: the external interrupts of a microcontroller.

/// Register proxies with `read`, `write` and `modify`.
pub mod before {
    use crate::pac;

    pub struct Exti<'a> {
        registers: &'a pac::exti::RegisterBlock,
    }

    impl<'a> Exti<'a> {
        pub fn new(registers: &'a pac::exti::RegisterBlock) -> Self {
            Exti { registers }
        }

        pub fn enable(&mut self, line: u8) {
            self.registers.rtsr().modify(|_, w| w.tr(line).set_bit());
            self.registers.imr().modify(|_, w| w.mr(line).set_bit());
        }

        pub fn acknowledge(&mut self, line: u8) -> bool {
            let is_pending = self.registers.pr().read().pr(line).bit_is_set();
            if is_pending {
                self.registers.pr().write(|w| w.pr(line).clear_bit_by_one());
            }
            is_pending
        }
    }
}

/// A described block, whose address comes from the peripheral's singleton.
pub mod after {
    use io_core::prelude::*;

    use crate::pac;

    #[io_struct(size = 0x18)]
    pub struct Registers {
        #[io(at = 0x00)]
        imr: Le<u32>,
        #[io(at = 0x08)]
        rtsr: Le<u32>,
        #[io(at = 0x14)]
        pr: W1c<Le<u32>>,
    }

    /// Takes the singleton, so that other code cannot use the peripheral.
    pub fn registers(_exti: pac::Exti) -> RelaxedMmio<'static, Registers> {
        let raw = MmioRaw::from_ptr(pac::Exti::ptr().cast::<Registers>().cast_mut());
        // SAFETY: the singleton is the permission to use the registers at its address, and it no
        // longer exists.
        unsafe { Mmio::from_raw(raw) }.relaxed()
    }

    /// The bit of a line in each register.
    fn bit(line: u8) -> u32 {
        assert!(line < 19, "no line {line}");
        1 << line
    }

    pub struct Exti<I> {
        registers: I,
    }

    impl<'a, I: Io<'a, Target = Registers, Backend: Bus32>> Exti<I> {
        pub fn new(registers: I) -> Self {
            Exti { registers }
        }

        pub fn enable(&mut self, line: u8) {
            let line = bit(line);
            io_update!(self.registers, .rtsr, |rtsr| rtsr | line);
            io_update!(self.registers, .imr, |imr| imr | line);
        }

        pub fn acknowledge(&mut self, line: u8) -> bool {
            let line = bit(line);
            let is_pending = io_read!(self.registers, .pr) & line != 0;
            if is_pending {
                io_project!(self.registers, .pr).clear_bits(line);
            }
            is_pending
        }
    }
}
