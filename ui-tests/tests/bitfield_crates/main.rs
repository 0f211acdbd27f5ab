//! The crates that give names to bits: what each makes is a field like any
//! other. The book's chapter "Values" says what to write.

mod bilge;
mod bitbybit;
mod bitfield_struct;
mod bitflags;
mod everywhere;
