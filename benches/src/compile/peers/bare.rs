//! Bare `repr(C)` structs and volatile accesses through raw pointers: the minimum cost.

use crate::compile::peer::{Peer, repr_c};

/// A driver without any library.
pub const BARE: Peer = Peer {
    name: "bare repr(C)",
    needs: &[],
    head: "",
    definition: |block| repr_c("", block, |register| format!("pub {}: u32", register.name())),
    parameter: |block| format!("io: *mut {}", block.name()),
    read: |register| format!("unsafe {{ (&raw const (*io).{}).read_volatile() }}", register.name()),
    write: |register| {
        format!("unsafe {{ (&raw mut (*io).{}).write_volatile(7) }}", register.name())
    },
};
