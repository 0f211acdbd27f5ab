//! The compile time of describing and using registers, compared with peers.
//!
//! Crates with equal content are generated for every contestant and compiled in every round, one
//! after the other; the processor times of rustc processes in the same round are compared.

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
