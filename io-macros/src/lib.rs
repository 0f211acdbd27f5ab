//! The procedural macros of io-core. Use them through io-core, which re-exports
//! and documents them; here are entry points only.

use proc_macro::TokenStream;

/// Makes a `#[repr(C)]` struct or union a register block or descriptor.
///
/// The last field may be a slice (`IoTail`): a header and a ring. All fields of a
/// union have its size. Refuses what device memory cannot be: implicit padding, references and
/// other types that are no field types, destructors, fields that are not
/// aligned for their accesses.
///
/// * `#[io(at = 0x18)]` on a field: its offset in the data sheet, compared with
///   the real one.
/// * `#[io(stride = 0x20)]` on an array: the distance of its elements in the data
///   sheet, compared with the real one.
/// * `#[io(own_bit)]` on a field of type `OwnBit<_>`: it hands the struct over.
/// * `#[io(size = 0x1000)]` on the struct: its size in the data sheet, compared
///   with the real one.
/// * `#[io(crate = ::path::to::io_core)]` on the struct: where io-core is, if it
///   is renamed or re-exported. What is named, and `::io_core` where nothing is, must
///   be io-core itself, which makes the checks: another crate behind that name is
///   as good as writing `unsafe`.
///
/// Device memory takes every bit pattern, so private invariants of the struct's
/// fields do not hold behind a view.
#[proc_macro_derive(IoStruct, attributes(io))]
pub fn derive_io_struct(input: TokenStream) -> TokenStream {
    io_macros_expand::io_struct(input.into()).into()
}

/// A struct as the data sheet writes it: offsets are said, gaps are filled.
///
/// ```text
/// #[io_struct(size = 0x1000)]
/// pub struct Uart {
///     #[io(at = 0x000)]          pub dr: RwSideEffect<Le<u32>>,
///     #[io(at = 0x018)]          pub fr: Ro<Le<u32>>,
///     #[io(at = 0x018, overlay)] pub fr_clear: Wo<Le<u32>>,
/// }
/// ```
///
/// Adds `#[repr(C)]` and `#[derive(IoStruct)]`, whose checks all hold, and fills
/// the bytes between offsets with private reserved ones.
///
/// * `size = 0x1000`: the size; the rest is reserved as well.
/// * `remote = path::to::Struct`: describes a struct that is defined elsewhere in
///   this crate, such as by bindgen, and becomes another name of it. The fields
///   must be those of that struct.
/// * `crate = ::path::to::io_core`: as in the derive.
/// * `#[io(overlay)]` on a field: it lies over fields that start at the same
///   offset; read one, write the other.
#[proc_macro_attribute]
pub fn io_struct(arguments: TokenStream, item: TokenStream) -> TokenStream {
    io_macros_expand::io_struct_attribute(arguments.into(), item.into()).into()
}

/// Makes a newtype of an integer, or an enum, a field type.
///
/// Every bit pattern of the integer becomes a value of the newtype, whatever its
/// constructors check; it is `#[repr(transparent)]` or `#[repr(C)]`. An enum has
/// the width of its `#[repr(u8)]` to `#[repr(i64)]`; reading it gives a `Result`,
/// since a device may answer a number that no variant has. Byte order and access
/// kind stay outside: `Ro<Le<Status>>`.
///
/// * `#[io(bits = u32)]` on a newtype of something else than an integer: what its
///   `bits()` gives, as in the structs that `bitflags!` makes.
/// * `#[io(crate = ::path::to::io_core)]`: as in `IoStruct`.
#[proc_macro_derive(IoValue, attributes(io))]
pub fn derive_io_value(input: TokenStream) -> TokenStream {
    io_macros_expand::io_value(input.into()).into()
}

/// What `io_project!` and kin hand their tokens to.
#[doc(hidden)]
#[proc_macro]
pub fn __project(input: TokenStream) -> TokenStream {
    io_macros_expand::project(input.into()).into()
}
