//! The device of one run: it answers as planned and records the operations.

use alloc::{vec, vec::Vec};

use super::{
    mismatch::{Mismatch, Run},
    operation::{AccessEvent, Operation},
    step::{Step, made},
};
use io_core::{Width, barrier::Barrier, layout::FieldInfo};

use crate::device::Device;

/// The maximum number of accesses after the first difference: the driver may be waiting for a value
/// that will never be returned.
const MAX_AFTER_DIFFERENCE: usize = 1000;

/// The reaction to a read without a planned answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unanswered {
    /// The run ends with a panic, because later operations of the driver would be meaningless.
    Panic,
    /// The read returns all ones, as with a removed device.
    AllOnes,
}

/// A strict device. After the first difference it still answers planned accesses in any order, so
/// that the remaining operations of the driver can be shown.
#[derive(Debug)]
pub(super) struct Script {
    run: Run,
    fields: &'static [FieldInfo],
    /// `true` for each step that was taken.
    taken: Vec<bool>,
    /// The step that is due. Before the first difference, exactly the steps before it are taken.
    next: usize,
    /// The first step that was not performed.
    difference: Option<usize>,
    unanswered: Unanswered,
    /// The run has panicked: later accesses come from the driver's cleanup.
    ended: bool,
}

impl Script {
    pub(super) fn new(run: Run, fields: &'static [FieldInfo], unanswered: Unanswered) -> Self {
        let taken = vec![false; run.steps.len()];
        Script { run, fields, taken, next: 0, difference: None, unanswered, ended: false }
    }

    /// Returns the mismatch, if any, after the driver has returned.
    pub(super) fn finish(self) -> Result<(), Mismatch> {
        let left = (self.next < self.run.steps.len()).then_some(self.next);
        match self.difference.or(left) {
            Some(at) => Err(Mismatch::new(&self.run, at)),
            None => Ok(()),
        }
    }

    /// Takes the first remaining step that matches this access, starting with the step that is due.
    fn take(&mut self, is_at: impl Fn(&Step) -> bool) -> Option<usize> {
        let mut left = self.next..self.taken.len();
        let step = left.find(|&i| !self.taken[i] && is_at(&self.run.steps[i]))?;
        self.taken[step] = true;
        Some(step)
    }

    fn happened(&mut self, operation: Operation) {
        self.run.happened.push(operation);
        if self.difference.is_some() {
            return;
        }
        match self.run.steps.get(self.next) {
            Some(step) if step.accepts(&operation) => self.next += 1,
            _ => self.difference = Some(self.next),
        }
    }

    fn end(&mut self) {
        if let (Some(at), false) = (self.difference, self.ended) {
            self.ended = true;
            panic!("{}", Mismatch::new(&self.run, at));
        }
    }

    fn check_limit(&mut self) {
        let is_over = |at: usize| at + MAX_AFTER_DIFFERENCE < self.run.happened.len();
        if self.difference.is_some_and(is_over) {
            self.end();
        }
    }

    fn access(&self, offset: usize, width: Width, write: bool, number: u64) -> AccessEvent {
        made(self.fields, (offset, width, write), number)
    }
}

impl Device for Script {
    fn read(&mut self, offset: usize, width: Width) -> u64 {
        if self.ended {
            return width.all_ones();
        }
        let access = self.access(offset, width, false, width.all_ones());
        let Some(step) = self.take(|step| step.is_at(&access)) else {
            self.happened(Operation::Access(access));
            if self.unanswered == Unanswered::Panic {
                self.end();
            }
            self.check_limit();
            return width.all_ones();
        };
        let step = self.run.steps[step];
        self.happened(step.operation);
        self.check_limit();
        match step.operation {
            Operation::Access(answer) => step.turn(answer.value, width),
            Operation::Barrier(_) => width.all_ones(),
        }
    }

    fn write(&mut self, offset: usize, width: Width, value: u64) {
        if self.ended {
            return;
        }
        let access = self.access(offset, width, true, value);
        let step = self.take(|step| step.is_at(&access));
        let number = step.map(|step| self.run.steps[step].turn(value, width));
        let access = AccessEvent { value: number.unwrap_or(access.value), ..access };
        self.happened(Operation::Access(access));
        self.check_limit();
    }

    fn barrier(&mut self, kind: Barrier) {
        if self.ended {
            return;
        }
        let operation = Operation::Barrier(kind);
        self.take(|step| step.accepts(&operation));
        self.happened(operation);
        self.check_limit();
    }
}
