//! What describing and using registers costs at compile time, against peers.
//!
//! Crates of equal content are generated for every contestant and compiled in every round, one
//! after the other; what is compared is the processor time of one rustc process in one round.

pub mod bars;
pub mod block;
pub mod cargo;
pub mod generated;
pub mod peer;
pub mod peers;
pub mod report;
pub mod rounds;
pub mod usage;
pub mod versions;
