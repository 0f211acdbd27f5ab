//! What accesses and copies over a backend return.

use super::{Failure, IoBackend};

/// The error of one access over backend `B`.
pub type ErrorOf<B> = <<B as IoBackend>::Fail as Failure>::Error;

/// What an access over backend `B` gives: `T`, or `Result<T, E>` where it can fail.
pub type Output<B, T> = <<B as IoBackend>::Fail as Failure>::Output<T>;

/// What a copy over backend `B` gives: `T`, or `Result<T, CopyError<E>>`.
pub type Copied<B, T> = <<B as IoBackend>::Fail as Failure>::Copied<T>;

/// The error of an access over backend `B` whose place is checked at run time:
/// [`Error`](crate::Error), or [`AccessError<E>`](crate::AccessError) where accesses can fail.
pub type LocatedError<B> = <<B as IoBackend>::Fail as Failure>::Located;
