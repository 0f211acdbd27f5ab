//! Copy, validate, forward: the forwarded message is the one that was validated, although another
//! thread changes the shared message all the time.
//!
//! If the compiler recognises a copy, it may remove the private buffer, validate one fetch of the
//! shared bytes and forward another. All functions are inlined, so that the compiler sees all of
//! the code; [`controls`] shows that it would do this.

#[cfg(not(miri))] // The controls are data races.
mod controls;
mod library;
mod race;
