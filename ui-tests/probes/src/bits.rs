//! Registers whose bits differ in their kinds: the masks are constants of the instructions.

use io_core::{W0c, prelude::*};

use crate::{twin, views};

/// xHCI's port status and control: bits that a written one clears or sets, one read-only bit.
#[derive(Clone, Copy, IoValue)]
#[io(w1c = Self::CLEARED, w1s = Self::SET, ro = Self::READ_ONLY)]
#[repr(transparent)]
struct PortSc(u32);

impl PortSc {
    const CLEARED: u32 = 0x00fe_0002;
    const SET: u32 = 1 << 4;
    const READ_ONLY: u32 = 1;
    const COMMANDS: u32 = Self::CLEARED | Self::SET;
}

/// Bits that a written zero clears.
#[derive(Clone, Copy, IoValue)]
#[io(w0c = Self::CLEARED)]
#[repr(transparent)]
struct Status(u32);

impl Status {
    const CLEARED: u32 = 0xff;
}

/// NVMe's controller status: no plain bits.
#[derive(Clone, Copy, IoValue)]
#[io(w1c = 0x10, ro = !0x10)]
#[repr(transparent)]
struct Csts(u32);

#[derive(IoStruct)]
#[repr(C)]
struct Mixed {
    port: Le<PortSc>,
    big: Be<Status>,
    csts: Le<Csts>,
    whole: W0c<u32>,
}

macro_rules! probe {
    ($name:literal $words:literal |$view:ident, $bits:ident| $probe:expr; |$read:ident| $twin:expr) => {
        const _: () = {
            #[unsafe(export_name = concat!("probe_bits_", $name))]
            extern "C" fn probe(ptr: *mut u8, $bits: u32) {
                let $view = views::mmio(ptr.cast::<Mixed>());
                $probe;
            }

            #[unsafe(export_name = concat!("twin_bits_", $name))]
            extern "C" fn twin(ptr: *mut u8, $bits: u32) {
                let place = ptr.cast::<u32>().wrapping_add($words);
                // SAFETY: twins are only compiled, never called; a caller would have to guarantee
                // this.
                let $read = unsafe { twin::mmio::w32::read(place) };
                // SAFETY: twins are only compiled, never called; a caller would have to guarantee
                // this.
                unsafe { twin::mmio::w32::write(place, $twin) };
            }
        };
    };
    ($name:literal $words:literal |$view:ident, $bits:ident| $probe:expr; $twin:expr) => {
        const _: () = {
            #[unsafe(export_name = concat!("probe_bits_", $name))]
            extern "C" fn probe(ptr: *mut u8, $bits: u32) {
                let $view = views::mmio(ptr.cast::<Mixed>());
                $probe;
            }

            #[unsafe(export_name = concat!("twin_bits_", $name))]
            extern "C" fn twin(ptr: *mut u8, $bits: u32) {
                let place = ptr.cast::<u32>().wrapping_add($words);
                // SAFETY: twins are only compiled, never called; a caller would have to guarantee
                // this.
                unsafe { twin::mmio::w32::write(place, $twin) };
            }
        };
    };
}

probe!("update_constant" 0
    |view, _bits| io_update!(view, .port, |port| PortSc(port.0 | 1 << 9));
    |read| ((u32::from_le(read) | 1 << 9) & !PortSc::COMMANDS).to_le());
probe!("update" 0
    |view, bits| io_update!(view, .port, |port| PortSc(port.0 | bits));
    |read| ((u32::from_le(read) | bits) & !PortSc::COMMANDS).to_le());
probe!("update_big" 1
    |view, bits| io_update!(view, .big, |status| Status(status.0 | bits));
    |read| (u32::from_be(read) | bits).to_be() | Status::CLEARED.to_be());
probe!("write" 0
    |view, bits| io_write!(view, .port, PortSc(bits));
    (bits & !PortSc::COMMANDS).to_le());
probe!("clear_constant" 0
    |view, _bits| io_clear_bits!(view, .port, build: PortSc(1 << 17));
    |read| (u32::from_le(read) & !PortSc::COMMANDS | 1 << 17).to_le());
probe!("clear" 0
    |view, bits| io_clear_bits!(view, .port, PortSc(bits));
    |read| (u32::from_le(read) & !PortSc::COMMANDS | bits & PortSc::CLEARED).to_le());
probe!("set" 0
    |view, bits| io_set_bits!(view, .port, PortSc(bits));
    |read| (u32::from_le(read) & !PortSc::COMMANDS | bits & PortSc::SET).to_le());
probe!("clear_without_read" 2
    |view, bits| io_clear_bits!(view, .csts, Csts(bits));
    (bits & 0x10).to_le());
probe!("clear_zeros" 3
    |view, bits| io_clear_bits!(view, .whole, bits);
    !bits);
