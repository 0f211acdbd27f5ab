//! Types and free items (rows of `docs/src/kernel-rows.md`).
//!
//! | row | test |
//! |---|---|
//! | `Region::ptr_from_raw_parts_mut` | `region_pointers_keep_base_and_size` |
//! | `Region::ptr_try_from_raw_parts_mut` | `small_or_misaligned_regions_are_rejected` |
//! | `KnownSize` of sized types, slices, regions | `known_size_returns_size_and_alignment` |
//! | `MmioRaw::{new, addr, size}`, `Copy`, `Send`, `Sync` | `mmio_raw_keeps_address_and_size` |
//! | `MmioRaw::new_region` | `mmio_raw_regions_are_checked` |
//! | `Mmio::from_raw` | `suite::*` |
//! | `Mmio::relaxed`, `RelaxedMmio` | `relaxed_views_access_the_same_memory`, `suite::*` |
//! | `SysMem::{new, as_ptr}` | `sys_mem_accesses_references_and_pointers`, `suite::*` |
//! | `IoSysMap`, `From` of both | `parts_of_io_sys_map_have_the_same_variant`, `suite::*` |
//! | `CoherentView::as_sys_mem` | `coherent::*` |
//! | `CoherentView::dma_address` | `coherent_views_have_a_device_address`, `coherent::*` |
//! | `offset_valid` | `offsets::every_offset_is_checked` |
//! | `Mmio`, `SysMem`: `Send`, `Sync` iff `T: Sync` | `views::*` |

use core::ptr;

use io_core::{
    A1, A2, A4, A8, A16, CoherentView, DmaAddr, Error, KnownSize, Region,
    backend::{IoBackend, MmioBackend, RelaxedMmioBackend, SysMemBackend},
    prelude::*,
};
use io_sim::Recorder;

use crate::support::raw::Raw;

#[test]
fn region_pointers_keep_base_and_size() {
    let base = ptr::without_provenance_mut::<u8>(0x1000);
    let region = Region::<0x10>::ptr_from_raw_parts_mut(base, 0x20);
    assert_eq!((region.cast::<u8>(), Region::size(region)), (base, 0x20));
    for size in [0x10, 0x14, 0x1000] {
        let region = Region::<0x10>::ptr_try_from_raw_parts_mut(base, size).unwrap();
        assert_eq!((region.cast::<u8>(), Region::size(region)), (base, size));
    }
    let odd = ptr::without_provenance_mut::<u8>(0x1001);
    assert!(Region::<3, A1>::ptr_try_from_raw_parts_mut(odd, 3).is_ok());
    assert!(Region::<0, A16>::ptr_try_from_raw_parts_mut(base, 0).is_ok());
}

#[test]
fn small_or_misaligned_regions_are_rejected() {
    fn error<const SIZE: usize, A: io_core::RegionAlign>(base: usize, size: usize) -> Error {
        let base = ptr::without_provenance_mut(base);
        Region::<SIZE, A>::ptr_try_from_raw_parts_mut(base, size).unwrap_err()
    }
    let small = Error::OutOfRange { offset: 0, size: 0x10, limit: 0xc };
    assert_eq!(error::<0x10, A4>(0x1000, 0xc), small);
    assert_eq!(small.to_string(), "offset 0x0 + 16 bytes exceeds region of 0xc");
    // The first invalid argument is reported: size before address.
    assert_eq!(error::<0x10, A4>(0x1001, 0xc), small);
    for (address, align, error) in [
        (0x1001, 2, error::<0, A2>(0x1001, 8)),
        (0x1002, 4, error::<0, A4>(0x1002, 8)),
        (0x1004, 8, error::<0, A8>(0x1004, 8)),
        (0x1008, 16, error::<0, A16>(0x1008, 16)),
    ] {
        assert_eq!(error, Error::Misaligned { address, align });
        assert_eq!(error.to_string(), format!("address {address:#x} is not a multiple of {align}"));
    }
    assert!(matches!(error::<0, A4>(0x1000, 0x11), Error::Misaligned { align: 4, .. }));
}

#[test]
fn known_size_returns_size_and_alignment() {
    fn size<T: ?Sized + KnownSize>(ptr: *const T) -> (usize, usize, usize) {
        (T::MIN_SIZE, T::MIN_ALIGN, T::size(ptr))
    }
    let null = ptr::null::<u8>();
    assert_eq!(size::<u32>(null.cast()), (4, 4, 4));
    assert_eq!(size::<[u16; 5]>(null.cast()), (10, 2, 10));
    assert_eq!(size(ptr::slice_from_raw_parts(null.cast::<u16>(), 5)), (0, 2, 10));
    let region = Region::<8, A16>::ptr_from_raw_parts_mut(null.cast_mut(), 32);
    assert_eq!(size(region), (8, 16, 32));
    assert_eq!(size(Region::<0, A1>::ptr_from_raw_parts_mut(null.cast_mut(), 7)), (0, 1, 7));
}

#[test]
fn mmio_raw_keeps_address_and_size() {
    let raw = MmioRaw::<u32>::new(0x4000_1000);
    let copy = raw;
    assert_eq!((raw.addr(), copy.addr(), raw.size()), (0x4000_1000, 0x4000_1000, 4));
    assert_eq!(raw.as_ptr().addr(), 0x4000_1000);
    assert_eq!(format!("{raw:?}"), "MmioRaw(0x40001000)");
    let mut word = 0_u32;
    let raw = MmioRaw::from_ptr(&raw mut word);
    assert_eq!((raw.addr(), raw.as_ptr()), ((&raw const word).addr(), &raw mut word));
    let slice = MmioRaw::from_ptr(ptr::slice_from_raw_parts_mut(&raw mut word, 1));
    assert_eq!(slice.size(), 4);
}

#[test]
fn mmio_raw_regions_are_checked() {
    let raw = MmioRaw::<Region<0x10>>::new_region(0x1000, 0x20).unwrap();
    assert_eq!((raw.addr(), raw.size()), (0x1000, 0x20));
    let error = |address, size| MmioRaw::<Region<0x10>>::new_region(address, size).unwrap_err();
    assert_eq!(error(0x1000, 8), Error::OutOfRange { offset: 0, size: 0x10, limit: 8 });
    assert_eq!(error(0x1002, 0x10), Error::Misaligned { address: 0x1002, align: 4 });
    let memory = Raw::new(0x20);
    let raw = MmioRaw::<Region<0x10>>::region_from_ptr(memory.ptr(), 0x20).unwrap();
    // SAFETY: the test has just allocated the memory, which outlives the view.
    unsafe { Mmio::from_raw(raw) }.write_at::<u8>(0x1f, 1);
    memory.expect(0x1f, &[1]);
    memory.unchanged();
    let short = MmioRaw::<Region<0x40>>::region_from_ptr(memory.ptr(), 0x20).unwrap_err();
    assert_eq!(short, Error::OutOfRange { offset: 0, size: 0x40, limit: 0x20 });
}

#[test]
fn relaxed_views_access_the_same_memory() {
    let (memory, recorder) = (Raw::new(0x10), Recorder::new());
    let raw = MmioRaw::<[Le<u32>; 4]>::from_ptr(memory.ptr().cast());
    // SAFETY: the test has just allocated the memory, which outlives the view.
    let ordered = unsafe { Mmio::from_raw(raw) };
    let relaxed = ordered.relaxed();
    assert_eq!(MmioBackend::as_ptr(ordered), RelaxedMmioBackend::as_ptr(relaxed));
    recorder.record_region("o", ordered).get(1).unwrap().write_val(0x0102_0304);
    recorder.record_region("r", relaxed).get(2).unwrap().write_val(0x0506_0708);
    assert_eq!(io_read!(ordered, [2]), 0x0506_0708);
    assert_eq!(io_read!(relaxed, [1]), 0x0102_0304);
    assert_eq!(recorder.accesses().map(|event| event.addr().offset).collect::<Vec<_>>(), [4, 8]);
    memory.expect(4, &[4, 3, 2, 1, 8, 7, 6, 5]);
    memory.unchanged();
}

#[test]
fn sys_mem_accesses_references_and_pointers() {
    let (mut word, mut words) = (1_u32, [2_u16, 3]);
    let view = SysMem::from_mut(&mut word);
    assert_eq!((view.read_val(), view.size()), (1, 4));
    view.write_val(7);
    let slice = SysMem::from_mut_slice(&mut words);
    slice.last().unwrap().write_val(8);
    assert_eq!((slice.len(), SysMemBackend::as_ptr(slice)), (2, slice.as_ptr()));
    assert_eq!((word, words), (7, [2, 8]));
    let mut byte = 0_u8;
    let ptr = &raw mut byte;
    // SAFETY: `byte` is not used while the view is in use.
    let view = unsafe { SysMem::new(ptr) };
    assert_eq!(view.as_ptr(), ptr);
    view.write_val(9);
    assert_eq!(byte, 9);
}

#[test]
fn parts_of_io_sys_map_have_the_same_variant() {
    let memory = Raw::new(0x10);
    let raw = MmioRaw::<[u8; 16]>::from_ptr(memory.ptr().cast());
    // SAFETY: the test has just allocated the memory, which outlives the view.
    let device = IoSysMap::from(unsafe { Mmio::from_raw(raw) });
    // SAFETY: as above.
    let system = IoSysMap::from(unsafe { SysMem::new(raw.as_ptr()) });
    for (i, map) in [device, system].into_iter().enumerate() {
        let part = io_project!(map, [build: 4..6]);
        // A part is of the same kind as the whole.
        assert_eq!(matches!(part, IoSysMap::Io(_)), i == 0);
        assert_eq!(matches!(part, IoSysMap::Sys(_)), i == 1);
        io_write!(part, [panic: i], 0xc0);
    }
    memory.expect(4, &[0xc0, 0xc0]);
    memory.unchanged();
}

#[test]
fn coherent_views_have_a_device_address() {
    let memory = Raw::new(0x10);
    // SAFETY: the test has just allocated the memory, which outlives the view.
    let system = unsafe { SysMem::new(memory.ptr().cast::<[Le<u32>; 4]>()) };
    // SAFETY: no device uses the address.
    let view = unsafe { CoherentView::new(system, DmaAddr::new(0xffff_0000)) };
    assert_eq!(view.dma_address(), DmaAddr::new(0xffff_0000));
    assert_eq!(view.as_sys_mem().as_ptr(), system.as_ptr());
    io_write!(view, [1], 5);
    assert_eq!(io_read!(view.as_sys_mem(), [1]), 5);
}
