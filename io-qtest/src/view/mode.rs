//! The effect of a channel failure on the accesses of a view.

use core::convert::Infallible;

use io_core::backend::{ErrorMode, MayFail};

use crate::Error;

mod sealed {
    pub trait Sealed {}
}

/// The error mode of a view: [`Quiet`] or [`Fallible`]. Sealed.
pub trait Mode: sealed::Sealed + 'static {
    /// The error mode of the view's accesses.
    type Fail: ErrorMode;

    /// Returns the result of one access; `lost` is the value if QEMU does not answer.
    ///
    /// # Errors
    ///
    /// * The failure of the channel, unless the mode hides it.
    #[doc(hidden)]
    fn settle<T>(result: Result<T, Error>, lost: T) -> Result<T, ErrorIn<Self>>;
}

/// The error of one access.
pub(super) type ErrorIn<M> = <<M as Mode>::Fail as ErrorMode>::Error;

/// Accesses cannot fail. After a failure of the channel, reads return all ones, as with a removed
/// PCI device, and writes are dropped.
#[derive(Debug)]
pub enum Quiet {}

/// Accesses return the failure of the channel.
#[derive(Debug)]
pub enum Fallible {}

impl sealed::Sealed for Quiet {}
impl sealed::Sealed for Fallible {}

impl Mode for Quiet {
    type Fail = Infallible;

    fn settle<T>(result: Result<T, Error>, lost: T) -> Result<T, ErrorIn<Self>> {
        // The channel stores its failure, and `Qemu` reports it.
        Ok(result.unwrap_or(lost))
    }
}

impl Mode for Fallible {
    type Fail = MayFail<Error>;

    fn settle<T>(result: Result<T, Error>, _lost: T) -> Result<T, ErrorIn<Self>> {
        result
    }
}
