//! Code around the macros that must not break them.

mod arrays;
mod blocks;
mod cfgs;
mod enums;
mod fragments;
mod generics;
mod items;
mod names;
mod newtypes;
mod no_prelude;
mod order;
mod raw_names;
mod temporaries;
mod tuples;
mod types;
