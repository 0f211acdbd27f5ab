//! Crates that name bits: their types can be used like any other field type. The book's chapter
//! "Values" describes the declarations.

mod all_uses;
mod bilge;
mod bitbybit;
mod bitfield_struct;
mod bitflags;
mod masks;
