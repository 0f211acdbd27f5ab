//! The interrupt line of a device.

use alloc::sync::Arc;
use core::fmt;

use spin::Mutex;

/// An interrupt line. Clones refer to the same line: one for the model, one for the test.
///
/// ```
/// use io_sim::Interrupt;
///
/// let line = Interrupt::new();
/// let device_side = line.clone();
/// device_side.raise();
/// device_side.raise(); // still the same edge
/// assert!(line.is_raised());
/// device_side.lower();
/// assert_eq!((line.is_raised(), line.edges()), (false, 1));
/// ```
#[derive(Clone, Default)]
pub struct Interrupt {
    line: Arc<Mutex<Line>>,
}

#[derive(Default)]
struct Line {
    raised: bool,
    edges: usize,
}

impl Interrupt {
    /// Creates a line that is low.
    #[inline]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the line high.
    #[inline]
    pub fn raise(&self) {
        self.set(true);
    }

    /// Sets the line low.
    #[inline]
    pub fn lower(&self) {
        self.set(false);
    }

    /// Sets the line high or low.
    #[inline]
    pub fn set(&self, raised: bool) {
        let mut line = self.line.lock();
        line.edges += usize::from(raised && !line.raised);
        line.raised = raised;
    }

    /// Returns whether the line is high.
    #[inline]
    pub fn is_raised(&self) -> bool {
        self.line.lock().raised
    }

    /// Returns the number of transitions from low to high.
    #[inline]
    pub fn edges(&self) -> usize {
        self.line.lock().edges
    }
}

impl fmt::Debug for Interrupt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Line { raised, edges } = *self.line.lock();
        write!(f, "Interrupt({}, {edges} edges)", if raised { "high" } else { "low" })
    }
}
