//! One suite for all backends over real memory: written once, run over each backend. Every byte is
//! checked without a view, including the neighbouring bytes.
//!
//! Rows of `docs/src/kernel-rows.md` and 1.3: `Mmio`, `RelaxedMmio`, `SysMem`, `IoSysMap` (both
//! variants), `CoherentView`; also a recorder around one of them, and a simulated device on the
//! same bytes.

mod copies;
mod orders;
mod parts;
mod regions;
mod scalars;
mod trace;

use io_core::{A8, CoherentView, DmaAddr, MmioWc, Region, prelude::*};
use io_sim::Recorder;
use zerocopy::{FromBytes, Immutable, IntoBytes};

use crate::support::raw::Raw;

#[derive(Clone, Copy, Debug, PartialEq, Eq, IoValue)]
#[repr(transparent)]
struct Status(u16);

#[derive(Clone, Copy, Debug, PartialEq, IoStruct, FromBytes, IntoBytes, Immutable)]
#[repr(C)]
struct Pair(Le<u16>, [u8; 2]);

#[derive(IoStruct, FromBytes)]
#[io(size = 0xc)]
#[repr(C)]
struct Chan {
    ctrl: Le<u32>,
    count: Ro<Le<u32>>,
    pair: Pair,
}

/// Every kind of field that one access reads or writes.
#[derive(IoStruct)]
#[io(size = 0x78)]
#[repr(C)]
struct Block {
    #[io(at = 0x00)]
    byte: u8,
    sbyte: i8,
    half: u16,
    word: u32,
    #[io(at = 0x08)]
    long: u64,
    #[io(at = 0x10)]
    le16: Le<u16>,
    be16: Be<u16>,
    le32: Le<u32>,
    #[io(at = 0x18)]
    be32: Be<u32>,
    shalf: i16,
    status: Be<Status>,
    #[io(at = 0x20)]
    le64: Le<u64>,
    #[io(at = 0x28)]
    be64: Be<u64>,
    #[io(at = 0x30)]
    sword: i32,
    pending: W1c<Le<u32>>,
    #[io(at = 0x38)]
    bell: Wo<Le<u32>>,
    #[io(at = 0x3c)]
    chan: [Chan; 3],
    #[io(at = 0x60)]
    bytes: [u8; 12],
    #[io(at = 0x6c)]
    pairs: [Pair; 3],
}

/// The untyped memory of a [`Block`].
type Bar = Region<0x78, A8>;
const SIZE: usize = 0x78;
/// The number of bytes before the block, which must not be accessed. The guard follows the block.
const BEFORE: usize = 0x18;

/// The memory of one test.
struct Bench {
    raw: Raw,
    /// A recorder that lives as long as the views that it wraps.
    recorder: Recorder,
}

impl Bench {
    fn new() -> Self {
        Bench { raw: Raw::new(BEFORE + SIZE), recorder: Recorder::new() }
    }

    /// The start of the block, for a view.
    fn ptr(&self) -> *mut u8 {
        self.raw.ptr().wrapping_add(BEFORE)
    }

    fn region(&self) -> *mut Bar {
        Bar::ptr_try_from_raw_parts_mut(self.ptr(), SIZE).unwrap()
    }

    fn mmio(&self) -> Mmio<'_, Bar> {
        // SAFETY: the view borrows the bench, which owns the memory.
        unsafe { Mmio::from_raw(MmioRaw::from_ptr(self.region())) }
    }

    fn write_combining(&self) -> MmioWc<'_, Bar> {
        // SAFETY: the view borrows the bench, which owns the memory.
        unsafe { MmioWc::from_raw(MmioRaw::from_ptr(self.region())) }
    }

    fn system(&self) -> SysMem<'_, Bar> {
        // SAFETY: the view borrows the bench, which owns the memory.
        unsafe { SysMem::new(self.region()) }
    }

    fn coherent(&self) -> CoherentView<'_, Bar> {
        // SAFETY: no device uses the address.
        unsafe { CoherentView::new(self.system(), DmaAddr::new(0x1000)) }
    }

    fn put(&self, at: usize, bytes: &[u8]) {
        self.raw.put(BEFORE + at, bytes);
    }

    fn get<const N: usize>(&self, at: usize) -> [u8; N] {
        self.raw.get(BEFORE + at)
    }

    /// Records that these bytes are expected to be written.
    fn expect(&self, at: usize, bytes: &[u8]) {
        self.raw.expect(BEFORE + at, bytes);
    }

    /// Asserts that, since the last check, exactly these bytes were written.
    #[track_caller]
    fn changed(&self, at: usize, bytes: &[u8]) {
        self.expect(at, bytes);
        self.raw.unchanged();
    }

    /// Asserts that, since the last check, no bytes were written.
    #[track_caller]
    fn unchanged(&self) {
        self.raw.unchanged();
    }
}

/// Generates `#[test] fn name` for each function of the suite, over one backend.
macro_rules! over {
    ($bench:ident => $view:expr) => {
        over! { $bench => $view;
            scalars::integers scalars::updates scalars::signed scalars::newtypes
            scalars::every_value_of_a_byte scalars::access_kinds scalars::flushing scalars::gone
            orders::little orders::big orders::both_ways
            copies::bytes copies::every_part copies::structs copies::slices_of_structs
            copies::stated_widths copies::fills copies::nothing copies::one_register copies::bad_lengths
            parts::projections parts::elements parts::halves parts::chunks parts::out_of_bounds
            regions::by_offset regions::typed_offsets regions::bulk regions::by_location regions::casts regions::subregions
            regions::bad_offsets
            trace::recorded
        }
        #[cfg(target_pointer_width = "64")]
        over! { $bench => $view; scalars::longs orders::long regions::long_offsets }
    };
    ($bench:ident => $view:expr; $($module:ident::$test:ident)+) => {$(
        #[test]
        fn $test() {
            let $bench = super::Bench::new();
            super::$module::$test($view, &$bench);
            $bench.unchanged();
        }
    )+};
}

mod mmio {
    over! { bench => bench.mmio() }
}

mod relaxed_mmio {
    over! { bench => bench.mmio().relaxed() }
}

mod write_combining {
    over! { bench => bench.write_combining() }
}

mod sys_mem {
    over! { bench => bench.system() }
}

mod sys_map_of_mmio {
    over! { bench => io_core::IoSysMap::from(bench.mmio()) }
}

mod sys_map_of_sys_mem {
    over! { bench => io_core::IoSysMap::from(bench.system()) }
}

mod coherent {
    over! { bench => bench.coherent() }
}

mod recorded {
    over! { bench => io_sim::Recorder::new().record_region("bar", bench.mmio()) }
}

mod simulated {
    use super::{Bar, SIZE};
    use crate::support::direct::Direct;
    use io_sim::Simulated;
    over! {
        bench => &Simulated::<Bar, _>::new_region(Direct::new(bench.ptr(), SIZE), SIZE).unwrap()
    }
}
