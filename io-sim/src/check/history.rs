//! The last events, for the message of a violation.

use alloc::collections::VecDeque;
use core::fmt;

use crate::{Entry, Event};

/// How many lines a message shows.
const KEPT: usize = 16;

/// The last events; equal ones in a row are one line.
#[derive(Default)]
pub(super) struct History(VecDeque<Entry>);

impl History {
    pub(super) fn push(&mut self, event: Event) {
        if let Some(last) = self.0.back_mut().filter(|last| last.event == event) {
            last.count += 1;
            return;
        }
        if self.0.len() == KEPT {
            self.0.pop_front();
        }
        self.0.push_back(Entry { event, count: 1 });
    }
}

/// A line an event, each behind a line end.
impl fmt::Display for History {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.0.is_empty() {
            f.write_str("\nbefore it:")?;
        }
        self.0.iter().try_for_each(|entry| write!(f, "\n  {entry}"))
    }
}
