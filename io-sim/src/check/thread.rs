//! Which thread does it: what one has read or stored is not another's matter.

use alloc::vec::Vec;

#[cfg(feature = "std")]
type Id = std::thread::ThreadId;
/// All is taken to be done by one.
#[cfg(not(feature = "std"))]
#[derive(PartialEq)]
struct Id;

fn current() -> Id {
    #[cfg(feature = "std")]
    let id = std::thread::current().id();
    #[cfg(not(feature = "std"))]
    let id = Id;
    id
}

/// Whether a panic is on its way, which a second one would turn into an abort.
pub(super) fn is_panicking() -> bool {
    #[cfg(feature = "std")]
    let is_it = std::thread::panicking();
    #[cfg(not(feature = "std"))]
    let is_it = false;
    is_it
}

/// A `T` for each thread.
#[derive(Default)]
pub(super) struct PerThread<T>(Vec<(Id, T)>);

impl<T: Default> PerThread<T> {
    /// That of this thread.
    pub(super) fn mine(&mut self) -> &mut T {
        let id = current();
        let found = self.0.iter().position(|(other, _)| *other == id);
        let index = found.unwrap_or_else(|| {
            self.0.push((id, T::default()));
            self.0.len() - 1
        });
        &mut self.0[index].1
    }
}
