//! The procedural macros of io-core. Use them through io-core, which re-exports and documents them;
//! this crate contains only the entry points.

use proc_macro::TokenStream;

/// Makes a `#[repr(C)]` struct or union a register block or descriptor.
///
/// The last field may be a slice (`IoTail`), as for a ring with a header. All fields of a union
/// have the size of the union. The derive rejects types that cannot describe device memory:
/// implicit padding, destructors, references and other types that are not field types, and fields
/// that are not aligned for their accesses.
///
/// The documentation of the implementation contains a table of the fields with offsets, widths and
/// access kinds. The width of a bit field or an enum is a number where the offset of the next field
/// implies it, and otherwise a link to the type.
///
/// * `#[io(at = 0x18)]` on a field: its offset in the data sheet, compared with the actual offset.
/// * `#[io(stride = 0x20)]` on an array: the distance between its elements in the data sheet,
///   compared with the actual distance.
/// * `#[io(own_bit)]` on a field of type `OwnBit<_>`: the field that transfers ownership of the
///   struct.
/// * `#[io(followed_by(used_event: Le<u16>))]` on a trailing slice: a field after its elements. Its
///   name is used like that of any field.
/// * `#[io(size = 0x1000)]` on the struct: its size in the data sheet, compared with the actual
///   size.
/// * `#[io(crate = ::path::to::io_core)]` on the struct: the path of io-core, if it is renamed or
///   re-exported. The path, by default `::io_core`, must refer to io-core itself, which makes the
///   checks: using the name for another crate is equivalent to writing `unsafe`.
///
/// An attribute macro that changes the struct must precede the derive: the derive describes the
/// struct that it is given, and its expansion compiles only if the compiler's struct is the same.
///
/// Device memory may contain any bit pattern, so private invariants of the struct's fields do not
/// hold for values that a view refers to.
#[proc_macro_derive(IoStruct, attributes(io))]
pub fn derive_io_struct(input: TokenStream) -> TokenStream {
    io_macros_expand::io_struct(input.into()).into()
}

/// Defines a struct as the data sheet describes it: fields have offsets, and the macro fills the
/// gaps.
///
/// Adds `#[repr(C)]` and `#[derive(IoStruct)]`, with all of its checks, and fills the bytes between
/// offsets with private reserved bytes. The table of the fields is part of the struct's
/// documentation.
///
/// The last field may be a slice, with an offset, and may be followed by one more field, which has
/// none.
///
/// * `size = 0x1000`: the size; the bytes after the last field are reserved too.
/// * `remote = path::to::Struct`: describes a struct that is defined elsewhere in this crate, such
///   as by bindgen, and becomes an alias of it. The fields must be those of that struct.
/// * `crate = ::path::to::io_core`: as in the derive.
/// * `#[io(at = 0x10, stride = 0x20)]` on an array: its elements are placed that many bytes apart.
///   Other fields may lie between them.
/// * `#[io(overlay)]` on a field: it shares its address with fields that start at the same offset,
///   for registers that are read as one field and written as another.
#[proc_macro_attribute]
pub fn io_struct(arguments: TokenStream, item: TokenStream) -> TokenStream {
    io_macros_expand::io_struct_attribute(arguments.into(), item.into()).into()
}

/// Makes a newtype of an integer, or an enum, a field type.
///
/// A newtype must be `#[repr(transparent)]` or `#[repr(C)]`. Every bit pattern of the integer
/// becomes a value of the newtype, whatever its constructors check. An enum has the width of its
/// `#[repr(u8)]` to `#[repr(i64)]`; reading it returns a `Result`, since a device may return a
/// number that is not a variant. Byte order and access kind are not part of the type:
/// `Ro<Le<Status>>`.
///
/// * `#[io(bits = u32)]` on a newtype of a type other than an integer: the type that its `bits()`
///   returns, as in the structs that `bitflags!` generates.
/// * `#[io(crate = ::path::to::io_core)]`: as in `IoStruct`.
#[proc_macro_derive(IoValue, attributes(io))]
pub fn derive_io_value(input: TokenStream) -> TokenStream {
    io_macros_expand::io_value(input.into()).into()
}

/// Implements `io_project!`, `loc!` and related macros, which pass their tokens to it.
#[doc(hidden)]
#[proc_macro]
pub fn project(input: TokenStream) -> TokenStream {
    io_macros_expand::project(input.into()).into()
}
