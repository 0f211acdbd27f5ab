//! How fast io-core copies, also where a fault would be survived, and what its macros cost to compile, against other crates.
//!
//! Every contestant of a contest runs in every round, in changing order, and what is reported is
//! the median of the ratios of one round: what else the machine does then slows both sides.

pub mod arguments;
pub mod bars;
pub mod compile;
pub mod constants;
pub mod contest;
pub mod contestants;
#[cfg(feature = "std")]
pub mod fallible;
#[cfg(feature = "std")]
pub mod faults;
pub mod fills;
pub mod libc_calls;
pub mod loops;
pub mod machine;
pub mod ours;
pub mod peers;
pub mod place;
pub mod plot;
pub mod sizes;
pub mod statistics;
pub mod table;
