//! Types whose size a pointer alone can tell, and blocks that can be projected into their fields.

use crate::value::{FieldInfo, TypeInfo};

/// A type whose size is known from a pointer and its metadata.
///
/// Every sized type and every slice has one; `#[derive(IoStruct)]` and
/// [`Region`](crate::Region) add more.
///
/// # Safety
///
/// `size` depends on the pointer's metadata only and is exactly the number of
/// bytes of the place that it points to. For every pointer that a view may
/// hold it is at least `MIN_SIZE`, and the address is a multiple of `MIN_ALIGN`.
pub unsafe trait KnownSize {
    /// The least size in bytes.
    const MIN_SIZE: usize;
    /// The least alignment in bytes.
    const MIN_ALIGN: usize;

    /// The size in bytes of the place that `ptr` points to. Never follows `ptr`.
    fn size(ptr: *const Self) -> usize;
}

// SAFETY: a sized type has one size and one alignment.
unsafe impl<T> KnownSize for T {
    const MIN_SIZE: usize = size_of::<T>();
    const MIN_ALIGN: usize = align_of::<T>();

    #[inline(always)]
    fn size(_ptr: *const Self) -> usize {
        size_of::<T>()
    }
}

// SAFETY: a slice is `len` elements in a row, and its pointer carries `len`.
// The product cannot overflow for a place that exists.
unsafe impl<T> KnownSize for [T] {
    const MIN_SIZE: usize = 0;
    const MIN_ALIGN: usize = align_of::<T>();

    #[inline(always)]
    fn size(ptr: *const Self) -> usize {
        ptr.len().wrapping_mul(size_of::<T>())
    }
}

/// A register block or descriptor that can be projected into its fields.
///
/// Derived: `#[derive(IoStruct)]` on a `#[repr(C)]` struct. It needs no
/// zerocopy derive; only copies of the whole value ask for those.
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
/// * `FIELDS` lists all fields in address order, without gaps, each aligned for
///   its type; of a union, all fields at offset 0. The type has no destructor, and
///   neither has any field.
/// * Where a field of type [`Overlay<V>`](crate::Overlay) is, a `V` fits inside the type, aligned.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a register block or descriptor with fields to project to",
    label = "has no I/O fields",
    note = "fields are those of a `#[repr(C)]` struct with `#[derive(IoStruct)]`; an array is indexed, \
            a `Region` is cast first"
)]
pub unsafe trait IoStruct: KnownSize {
    /// The fields, in address order; nested blocks through [`FieldInfo::fields`].
    const FIELDS: &'static [FieldInfo];

    /// Evaluated before the first projection: layout checks of generic structs.
    #[doc(hidden)]
    const CHECKED: () = ();
}

/// The fields of a `repr(C)` struct `T` at the offsets that the language gives them: name,
/// documentation and type of each, in order.
///
/// One call for all, since the time that rustc takes grows with the number of bodies and calls that
/// it evaluates, and blocks have hundreds of fields.
pub const fn fields<T, const N: usize>(
    entries: [(&'static str, &'static str, &'static TypeInfo); N],
) -> [FieldInfo; N] {
    let mut fields = [FieldInfo::EMPTY; N];
    let (mut end, mut i) = (0, 0);
    while i < N {
        let (name, doc, ty) = entries[i];
        // In a packed struct no field is aligned more than the struct.
        let align = if ty.align < align_of::<T>() { ty.align } else { align_of::<T>() };
        let offset = (end + align - 1) & !(align - 1);
        fields[i] = FieldInfo::of_type(name, offset, doc, ty);
        end = offset + ty.size;
        i += 1;
    }
    fields
}
