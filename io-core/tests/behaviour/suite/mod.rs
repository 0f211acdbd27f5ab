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
type Bar = Region<0x78, A8, Block>;
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

    #[allow(dead_code, reason = "unused under Miri")]
    fn write_combining(&self) -> MmioWc<'_, Bar> {
        // SAFETY: the view borrows the bench, which owns the memory.
        unsafe { MmioWc::from_raw(MmioRaw::from_ptr(self.region())) }
    }

    fn system(&self) -> SysMem<'_, Bar> {
        // SAFETY: the view borrows the bench, which owns the memory.
        unsafe { SysMem::new(self.region()) }
    }

    #[allow(dead_code, reason = "unused under Miri")]
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
            scalars::integers_are_in_native_order scalars::updates_read_and_write_one_value
            scalars::signed_integers_keep_their_sign scalars::newtypes_are_stored_as_their_integer
            scalars::bytes_can_have_every_value scalars::access_kinds_do_not_change_the_bytes
            scalars::write_flush_and_barriers_write_only_the_value
            scalars::is_gone_requires_all_ones
            orders::little_endian_fields_have_literal_bytes
            orders::big_endian_fields_have_literal_bytes orders::copies_keep_the_byte_order
            copies::whole_blocks_are_copied copies::copies_change_only_their_part
            copies::structs_are_copied copies::slices_of_structs_are_copied
            copies::stated_widths_must_fit copies::fills_change_only_their_part
            copies::copies_of_no_bytes_change_nothing copies::fifo_slices_use_one_register
            copies::different_lengths_are_errors
            parts::projections_access_their_field parts::elements_are_accessed_in_order
            parts::split_at_separates_the_bytes parts::chunks_cover_every_byte
            parts::indices_out_of_bounds_change_nothing
            regions::offsets_access_the_given_bytes regions::typed_offsets_encode_the_value
            regions::byte_ranges_are_read_written_and_filled
            regions::locations_access_the_given_register
            regions::locations_of_parts_access_the_given_register regions::casts_view_the_same_bytes
            regions::subregions_view_their_range regions::offsets_that_do_not_fit_are_errors
            trace::every_backend_makes_the_same_accesses
        }
        #[cfg(target_pointer_width = "64")]
        over! { $bench => $view;
            scalars::words_of_64_bits_are_in_native_order
            orders::fields_of_64_bits_have_literal_bytes
            regions::offsets_of_64_bit_values_are_checked
        }
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

// Under Miri, the suite runs over a view of a device and one of memory, and on a big-endian machine
// over a simulated device, which converts bytes. The others pass on the same pointers; `model` runs
// over all of them.

mod mmio {
    over! { bench => bench.mmio() }
}

#[cfg(not(miri))]
mod relaxed_mmio {
    use io_core::Io as _;

    over! { bench => bench.mmio().relaxed() }
}

#[cfg(not(miri))]
mod write_combining {
    over! { bench => bench.write_combining() }
}

mod sys_mem {
    over! { bench => bench.system() }
}

#[cfg(not(miri))]
mod sys_map_of_mmio {
    over! { bench => io_core::IoSysMap::from(bench.mmio()) }
}

#[cfg(not(miri))]
mod sys_map_of_sys_mem {
    over! { bench => io_core::IoSysMap::from(bench.system()) }
}

#[cfg(not(miri))]
mod coherent {
    over! { bench => bench.coherent() }
}

#[cfg(not(miri))]
mod recorded {
    over! { bench => io_sim::Recorder::new().record_region("bar", bench.mmio()) }
}

#[cfg(any(not(miri), target_endian = "big"))]
mod simulated {
    use super::{Bar, SIZE};
    use crate::support::direct::Direct;
    use io_sim::Simulated;
    over! {
        bench => &Simulated::<Bar, _>::new_region(Direct::new(bench.ptr(), SIZE), SIZE).unwrap()
    }
}
