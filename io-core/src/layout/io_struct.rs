//! Types whose size is known from a pointer alone, and blocks that can be projected to their
//! fields.

use crate::value::{FieldInfo, TypeInfo};

/// A type whose size is known from a pointer and its metadata.
///
/// Implemented for every sized type and every slice, and for [`Region`](crate::Region).
/// `#[derive(IoStruct)]` implements it for other types.
///
/// ```
/// use io_core::{KnownSize, Region};
///
/// assert_eq!(<[u16; 4] as KnownSize>::MIN_SIZE, 8);
/// assert_eq!(<Region<0x100> as KnownSize>::MIN_SIZE, 0x100);
/// let region = Region::<0x100>::ptr_from_raw_parts_mut(core::ptr::null_mut(), 0x1000);
/// assert_eq!(KnownSize::size(region), 0x1000);
/// ```
///
/// # Safety
///
/// * `size` must depend only on the pointer's metadata, and must be exactly the number of bytes
///   that the pointer refers to.
/// * For every pointer that a view may hold, `size` must be at least `MIN_SIZE`, and the address
///   must be a multiple of `MIN_ALIGN`.
pub unsafe trait KnownSize {
    /// The minimum size in bytes.
    const MIN_SIZE: usize;
    /// The minimum alignment in bytes.
    const MIN_ALIGN: usize;

    /// The number of bytes that `ptr` refers to. Never dereferences `ptr`.
    fn size(ptr: *const Self) -> usize;
}

// SAFETY: all values of a sized type have the same size and alignment.
unsafe impl<T> KnownSize for T {
    const MIN_SIZE: usize = size_of::<T>();
    const MIN_ALIGN: usize = align_of::<T>();

    #[inline(always)]
    fn size(_ptr: *const Self) -> usize {
        size_of::<T>()
    }
}

// SAFETY: a slice consists of `len` consecutive elements, and its pointer contains `len`. The
// product cannot overflow for memory that exists.
unsafe impl<T> KnownSize for [T] {
    const MIN_SIZE: usize = 0;
    const MIN_ALIGN: usize = align_of::<T>();

    #[inline(always)]
    fn size(ptr: *const Self) -> usize {
        ptr.len().wrapping_mul(size_of::<T>())
    }
}

/// A register block or descriptor that can be projected to its fields.
///
/// Derived by [`#[derive(IoStruct)]`](derive@crate::IoStruct) on a `#[repr(C)]` struct. The derive
/// needs no zerocopy derive; only [copies of the whole value](crate::Io::copy_read) do.
///
/// ```
/// use io_core::prelude::*;
///
/// #[derive(IoStruct)]
/// #[io(size = 0x10)]
/// #[repr(C)]
/// struct Timer {
///     /// Counts down.
///     value: Ro<u32>,
///     #[io(at = 0x04)]
///     load: u32,
///     irq: W1c<u32>,
///     _reserved: [u8; 4],
/// }
///
/// assert_eq!(Timer::FIELDS[1].name, "load");
/// assert_eq!(Timer::FIELDS[1].offset, 0x04);
/// ```
///
/// # Safety
///
/// * `FIELDS` must list all fields in the order of their offsets, without gaps, each aligned for its
///   type. For a union, it must list all fields at offset 0.
/// * Neither the type nor any field may have a destructor.
/// * For a field of type [`Overlay<V>`](crate::Overlay), a `V` at the offset of the field must lie
///   inside the type and be aligned.
/// * The elements of a field with a stride that is larger than an element, as `#[io_struct]` places
///   them, must lie inside the type and be aligned. They must share no bytes with other fields,
///   except for reserved bytes and for fields between the elements.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a register block or descriptor with fields to project to",
    label = "has no I/O fields",
    note = "only types with `#[derive(IoStruct)]` have fields: index an array with `[i]`, and \
            cast a `Region` to such a type first"
)]
pub unsafe trait IoStruct: KnownSize {
    /// The fields, in address order. The fields of nested blocks are in [`FieldInfo::fields`].
    const FIELDS: &'static [FieldInfo];

    /// Evaluated before the first projection: the layout checks of generic structs.
    #[doc(hidden)]
    const CHECKED: () = ();
}

/// The fields of a `repr(C)` struct `T`, at the offsets that the language defines. `entries`
/// contains name, documentation and type of each field, in order.
///
/// One call for all fields: rustc's evaluation time depends on the number of bodies and calls that
/// are evaluated, and blocks can have hundreds of fields.
pub const fn fields<T, const N: usize>(
    entries: [(&'static str, &'static str, &'static TypeInfo); N],
) -> [FieldInfo; N] {
    let mut fields = [FieldInfo::EMPTY; N];
    let (mut end, mut i) = (0, 0);
    while i < N {
        let (name, doc, ty) = entries[i];
        // In a packed struct, no field has a larger alignment than the struct.
        let align = if ty.align < align_of::<T>() { ty.align } else { align_of::<T>() };
        let offset = (end + align - 1) & !(align - 1);
        fields[i] = FieldInfo::of_type(name, offset, doc, ty);
        end = offset + ty.size;
        i += 1;
    }
    fields
}
