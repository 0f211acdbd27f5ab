//! From tock-registers: initialisation, transmission and reception of a PL011 UART.

/// Registers and bit fields in tock-registers' macros.
pub mod before {
    use tock_registers::{
        interfaces::{ReadWriteable, Readable, Writeable},
        register_bitfields, register_structs,
        registers::{ReadOnly, ReadWrite, WriteOnly},
    };

    register_bitfields! {
        u32,
        pub FR [
            TXFF OFFSET(5) NUMBITS(1) [],
            RXFE OFFSET(4) NUMBITS(1) [],
            BUSY OFFSET(3) NUMBITS(1) [],
        ],
        pub LCR_H [
            WLEN OFFSET(5) NUMBITS(2) [Eight = 3],
            FEN OFFSET(4) NUMBITS(1) [],
        ],
        pub CR [
            RXE OFFSET(9) NUMBITS(1) [],
            TXE OFFSET(8) NUMBITS(1) [],
            UARTEN OFFSET(0) NUMBITS(1) [],
        ],
    }

    register_structs! {
        pub Registers {
            (0x00 => dr: ReadWrite<u32>),
            (0x04 => _reserved0),
            (0x18 => fr: ReadOnly<u32, FR::Register>),
            (0x1c => _reserved1),
            (0x24 => ibrd: ReadWrite<u32>),
            (0x28 => fbrd: ReadWrite<u32>),
            (0x2c => lcr_h: ReadWrite<u32, LCR_H::Register>),
            (0x30 => cr: ReadWrite<u32, CR::Register>),
            (0x34 => _reserved2),
            (0x44 => icr: WriteOnly<u32>),
            (0x48 => @END),
        }
    }

    pub struct Uart<'a> {
        registers: &'a Registers,
    }

    impl<'a> Uart<'a> {
        pub fn new(registers: &'a Registers) -> Self {
            Uart { registers }
        }

        pub fn init(&self, ibrd: u32, fbrd: u32) {
            self.registers.cr.modify(CR::UARTEN::CLEAR);
            while self.registers.fr.is_set(FR::BUSY) {}
            self.registers.icr.set(0x7ff);
            self.registers.ibrd.set(ibrd);
            self.registers.fbrd.set(fbrd);
            self.registers.lcr_h.write(LCR_H::WLEN::Eight + LCR_H::FEN::SET);
            self.registers.cr.write(CR::RXE::SET + CR::TXE::SET + CR::UARTEN::SET);
        }

        pub fn send(&self, byte: u8) {
            while self.registers.fr.is_set(FR::TXFF) {}
            self.registers.dr.set(byte.into());
        }

        pub fn receive(&self) -> Option<u8> {
            if self.registers.fr.is_set(FR::RXFE) {
                return None;
            }
            Some(self.registers.dr.get() as u8)
        }
    }
}

/// A described block, and flags of the crate `bitflags`.
pub mod after {
    use bitflags::bitflags;
    use io_core::{RwSideEffect, WoW1c, prelude::*};

    #[derive(Clone, Copy, IoValue)]
    #[repr(transparent)]
    pub struct Flags(u32);

    #[derive(Clone, Copy, IoValue)]
    #[repr(transparent)]
    pub struct LineControl(u32);

    #[derive(Clone, Copy, IoValue)]
    #[repr(transparent)]
    pub struct Control(u32);

    bitflags! {
        impl Flags: u32 {
            const TXFF = 1 << 5;
            const RXFE = 1 << 4;
            const BUSY = 1 << 3;
            const _ = !0;
        }

        impl LineControl: u32 {
            const WLEN_EIGHT = 3 << 5;
            const FEN = 1 << 4;
            const _ = !0;
        }

        impl Control: u32 {
            const RXE = 1 << 9;
            const TXE = 1 << 8;
            const UARTEN = 1 << 0;
            const _ = !0;
        }
    }

    #[io_struct(size = 0x48)]
    pub struct Registers {
        #[io(at = 0x00)]
        dr: RwSideEffect<Le<u32>>,
        #[io(at = 0x18)]
        fr: Ro<Le<Flags>>,
        #[io(at = 0x24)]
        ibrd: Le<u32>,
        #[io(at = 0x28)]
        fbrd: Le<u32>,
        #[io(at = 0x2c)]
        lcr_h: Le<LineControl>,
        #[io(at = 0x30)]
        cr: Le<Control>,
        #[io(at = 0x44)]
        icr: WoW1c<Le<u32>>,
    }

    pub struct Uart<I> {
        registers: I,
    }

    impl<'a, I: Io<'a, Target = Registers, Backend: Bus32>> Uart<I> {
        pub fn new(registers: I) -> Self {
            Uart { registers }
        }

        pub fn init(&self, ibrd: u32, fbrd: u32) {
            io_update!(self.registers, .cr, |cr| cr - Control::UARTEN);
            while io_read!(self.registers, .fr).contains(Flags::BUSY) {}
            io_project!(self.registers, .icr).clear_bits(0x7ff);
            io_write!(self.registers, .ibrd, ibrd);
            io_write!(self.registers, .fbrd, fbrd);
            io_write!(self.registers, .lcr_h, LineControl::WLEN_EIGHT | LineControl::FEN);
            io_write!(self.registers, .cr, Control::RXE | Control::TXE | Control::UARTEN);
        }

        pub fn send(&self, byte: u8) {
            while io_read!(self.registers, .fr).contains(Flags::TXFF) {}
            io_write!(self.registers, .dr, byte.into());
        }

        pub fn receive(&self) -> Option<u8> {
            if io_read!(self.registers, .fr).contains(Flags::RXFE) {
                return None;
            }
            Some(io_read!(self.registers, .dr) as u8)
        }
    }
}
