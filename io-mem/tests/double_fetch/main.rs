//! Copy, validate, forward: what is forwarded is what was validated, although
//! another thread changes the shared message all the time.
//!
//! A compiler that knows a copy may drop the private buffer, validate one fetch
//! of the shared bytes and forward another. Everything on the way is inlined, so
//! that it sees all of it; [`controls`] shows that it would do so.

#[cfg(not(miri))] // The controls are data races.
mod controls;
mod library;
mod race;
