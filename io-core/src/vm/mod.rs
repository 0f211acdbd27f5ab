//! Memory that untrusted parties share.

#[cfg(feature = "alloc")]
mod page;

#[cfg(feature = "alloc")]
pub use page::SharedPage;
