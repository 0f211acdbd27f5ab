//! What a failure of the channel is to the user of a view.

use core::convert::Infallible;

use io_core::backend::{ErrorMode, MayFail};

use crate::Error;

mod sealed {
    pub trait Sealed {}
}

/// How a view fails: [`Quiet`] or [`Fallible`]. Sealed.
pub trait Mode: sealed::Sealed + 'static {
    /// What users see.
    type Fail: ErrorMode;

    /// The result of one access that gives `lost` where nothing answers.
    #[doc(hidden)]
    fn settle<T>(result: Result<T, Error>, lost: T) -> Result<T, ErrorIn<Self>>;
}

/// The error of one access.
pub(super) type ErrorIn<M> = <<M as Mode>::Fail as ErrorMode>::Error;

/// Accesses cannot fail. When the channel has, reads give all ones, as those of
/// a PCI device that is gone do, and writes go nowhere.
#[derive(Debug)]
pub enum Quiet {}

/// Accesses give the failure of the channel.
#[derive(Debug)]
pub enum Fallible {}

impl sealed::Sealed for Quiet {}
impl sealed::Sealed for Fallible {}

impl Mode for Quiet {
    type Fail = Infallible;

    fn settle<T>(result: Result<T, Error>, lost: T) -> Result<T, ErrorIn<Self>> {
        // The channel remembers its failure, and `Qemu` tells of it.
        Ok(result.unwrap_or(lost))
    }
}

impl Mode for Fallible {
    type Fail = MayFail<Error>;

    fn settle<T>(result: Result<T, Error>, _lost: T) -> Result<T, ErrorIn<Self>> {
        result
    }
}
