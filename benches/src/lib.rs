//! Benchmarks of io-core against other crates: the speed of copies, including fallible ones, and
//! the compile time of its macros.
//!
//! Every contestant runs in every round, in changing order, and reports show the median of the
//! ratios within a round: other load on the machine then slows both sides.

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
