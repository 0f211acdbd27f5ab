//! A peripheral access crate of one peripheral, written by hand in the form of svd2rust's output:
//! the external interrupt controller of the STM32F1 family, reduced to the registers that the
//! driver uses.
//!
//! svd2rust generates more methods, and documentation with every item. Names, types and accesses
//! are the same: one volatile access for `read` and `write`, two for `modify`.

use core::{marker::PhantomData, ops::Deref};

use vcell::VolatileCell;

/// The type of a register: its width, and the accesses that it allows.
pub trait RegisterSpec {
    type Ux: Copy;
}

pub trait Readable: RegisterSpec {}

pub trait Writable: RegisterSpec {
    /// The fields in which a one modifies the value; `modify` writes zeros to them.
    const ONE_TO_MODIFY_FIELDS_BITMAP: u32 = 0;
}

pub trait Resettable: RegisterSpec {
    const RESET_VALUE: u32 = 0;
}

/// A register.
#[repr(transparent)]
pub struct Reg<REG: RegisterSpec> {
    register: VolatileCell<REG::Ux>,
    _marker: PhantomData<REG>,
}

/// The value that was read from a register.
pub struct R<REG: RegisterSpec> {
    bits: REG::Ux,
    _reg: PhantomData<REG>,
}

/// The value that will be written to a register.
pub struct W<REG: RegisterSpec> {
    bits: REG::Ux,
    _reg: PhantomData<REG>,
}

impl<REG: Readable<Ux = u32>> Reg<REG> {
    #[inline(always)]
    pub fn read(&self) -> R<REG> {
        R { bits: self.register.get(), _reg: PhantomData }
    }
}

impl<REG: Resettable<Ux = u32> + Writable> Reg<REG> {
    #[inline(always)]
    pub fn write(&self, f: impl FnOnce(&mut W<REG>) -> &mut W<REG>) -> u32 {
        let bits = REG::RESET_VALUE & !REG::ONE_TO_MODIFY_FIELDS_BITMAP;
        let value = f(&mut W { bits, _reg: PhantomData }).bits;
        self.register.set(value);
        value
    }
}

impl<REG: Readable<Ux = u32> + Writable> Reg<REG> {
    #[inline(always)]
    pub fn modify(&self, f: impl for<'w> FnOnce(&R<REG>, &'w mut W<REG>) -> &'w mut W<REG>) -> u32 {
        let bits = self.register.get();
        let changed = bits & !REG::ONE_TO_MODIFY_FIELDS_BITMAP;
        let value =
            f(&R { bits, _reg: PhantomData }, &mut W { bits: changed, _reg: PhantomData }).bits;
        self.register.set(value);
        value
    }
}

impl<REG: RegisterSpec<Ux = u32>> R<REG> {
    #[inline(always)]
    pub const fn bits(&self) -> u32 {
        self.bits
    }
}

/// A field of one bit that was read.
pub struct BitReader(bool);

impl BitReader {
    #[inline(always)]
    pub const fn bit_is_set(&self) -> bool {
        self.0
    }
}

/// A field of one bit that will be written.
pub struct BitWriter<'a, REG: RegisterSpec> {
    w: &'a mut W<REG>,
    o: u8,
}

impl<'a, REG: RegisterSpec<Ux = u32>> BitWriter<'a, REG> {
    #[inline(always)]
    pub fn set_bit(self) -> &'a mut W<REG> {
        self.w.bits |= 1 << self.o;
        self.w
    }

    #[inline(always)]
    pub fn clear_bit(self) -> &'a mut W<REG> {
        self.w.bits &= !(1 << self.o);
        self.w
    }
}

/// A field of one bit that is cleared by a one.
pub struct BitWriter1C<'a, REG: RegisterSpec> {
    w: &'a mut W<REG>,
    o: u8,
}

impl<'a, REG: RegisterSpec<Ux = u32>> BitWriter1C<'a, REG> {
    #[inline(always)]
    pub fn clear_bit_by_one(self) -> &'a mut W<REG> {
        self.w.bits |= 1 << self.o;
        self.w
    }
}

/// A peripheral at a constant address.
pub struct Periph<RB, const A: usize> {
    _marker: PhantomData<RB>,
}

// SAFETY: an instance is a permission to use the registers, which any thread may have.
unsafe impl<RB, const A: usize> Send for Periph<RB, A> {}

impl<RB, const A: usize> Periph<RB, A> {
    pub const PTR: *const RB = A as *const _;

    /// Creates an instance, even if another one exists.
    ///
    /// # Safety
    ///
    /// The peripheral must be at the address, and no other code may use it.
    pub const unsafe fn steal() -> Self {
        Self { _marker: PhantomData }
    }

    pub const fn ptr() -> *const RB {
        Self::PTR
    }
}

impl<RB, const A: usize> Deref for Periph<RB, A> {
    type Target = RB;

    fn deref(&self) -> &Self::Target {
        // SAFETY: the code that created the instance guarantees that the peripheral is there.
        unsafe { &*Self::PTR }
    }
}

pub type Exti = Periph<exti::RegisterBlock, 0x4001_0400>;

/// External interrupts.
pub mod exti {
    #[repr(C)]
    pub struct RegisterBlock {
        imr: Imr,
        _reserved1: [u8; 0x04],
        rtsr: Rtsr,
        _reserved2: [u8; 0x08],
        pr: Pr,
    }

    impl RegisterBlock {
        /// 0x00: interrupt mask register.
        #[inline(always)]
        pub const fn imr(&self) -> &Imr {
            &self.imr
        }

        /// 0x08: rising trigger selection register.
        #[inline(always)]
        pub const fn rtsr(&self) -> &Rtsr {
            &self.rtsr
        }

        /// 0x14: pending register.
        #[inline(always)]
        pub const fn pr(&self) -> &Pr {
            &self.pr
        }
    }

    pub type Imr = super::Reg<imr::ImrSpec>;
    pub type Rtsr = super::Reg<rtsr::RtsrSpec>;
    pub type Pr = super::Reg<pr::PrSpec>;

    pub mod imr {
        use crate::pac::{BitWriter, Readable, RegisterSpec, Resettable, W, Writable};

        pub struct ImrSpec;

        impl RegisterSpec for ImrSpec {
            type Ux = u32;
        }
        impl Readable for ImrSpec {}
        impl Writable for ImrSpec {}
        impl Resettable for ImrSpec {}

        impl W<ImrSpec> {
            /// Bits 0 to 18: interrupt mask on line `n`.
            #[inline(always)]
            pub fn mr(&mut self, n: u8) -> BitWriter<'_, ImrSpec> {
                assert!(n < 19, "index out of bounds");
                BitWriter { w: self, o: n }
            }
        }
    }

    pub mod rtsr {
        use crate::pac::{BitWriter, Readable, RegisterSpec, Resettable, W, Writable};

        pub struct RtsrSpec;

        impl RegisterSpec for RtsrSpec {
            type Ux = u32;
        }
        impl Readable for RtsrSpec {}
        impl Writable for RtsrSpec {}
        impl Resettable for RtsrSpec {}

        impl W<RtsrSpec> {
            /// Bits 0 to 18: rising edge trigger of line `n`.
            #[inline(always)]
            pub fn tr(&mut self, n: u8) -> BitWriter<'_, RtsrSpec> {
                assert!(n < 19, "index out of bounds");
                BitWriter { w: self, o: n }
            }
        }
    }

    pub mod pr {
        use crate::pac::{
            BitReader, BitWriter1C, R, Readable, RegisterSpec, Resettable, W, Writable,
        };

        pub struct PrSpec;

        impl RegisterSpec for PrSpec {
            type Ux = u32;
        }
        impl Readable for PrSpec {}
        impl Writable for PrSpec {
            const ONE_TO_MODIFY_FIELDS_BITMAP: u32 = 0x0007_ffff;
        }
        impl Resettable for PrSpec {}

        impl R<PrSpec> {
            /// Bits 0 to 18: pending bit of line `n`.
            #[inline(always)]
            pub fn pr(&self, n: u8) -> BitReader {
                assert!(n < 19, "index out of bounds");
                BitReader(self.bits >> n & 1 != 0)
            }
        }

        impl W<PrSpec> {
            /// Bits 0 to 18: pending bit of line `n`, cleared by a one.
            #[inline(always)]
            pub fn pr(&mut self, n: u8) -> BitWriter1C<'_, PrSpec> {
                assert!(n < 19, "index out of bounds");
                BitWriter1C { w: self, o: n }
            }
        }
    }
}
