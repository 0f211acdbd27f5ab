//! The device of one run: it answers as planned and writes down what happens.

use alloc::{vec, vec::Vec};

use super::{
    mismatch::{Mismatch, Run},
    operation::{AccessEvent, Operation},
    step::{Step, made},
};
use io_core::{Width, barrier::Barrier, layout::FieldInfo};

use crate::device::Device;

/// The number of accesses that a driver may make after the first difference: it may be
/// waiting for something that never comes.
const MAX_AFTER_DIFFERENCE: usize = 1000;

/// What happens at a read that has no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unanswered {
    /// The run ends by a panic: what the driver would do next means nothing.
    Panic,
    /// All ones, as where a device is gone.
    AllOnes,
}

/// A strict device. From the first difference on it still answers what was
/// planned, in any order, so that the rest of what the driver does can be shown.
#[derive(Debug)]
pub(super) struct Script {
    run: Run,
    fields: &'static [FieldInfo],
    /// Which steps were taken.
    taken: Vec<bool>,
    /// The step that is due; up to the first difference the taken ones are those
    /// before it.
    next: usize,
    /// The first step that was not done.
    difference: Option<usize>,
    unanswered: Unanswered,
    /// It has panicked: what comes now is the driver's clean-up.
    ended: bool,
}

impl Script {
    pub(super) fn new(run: Run, fields: &'static [FieldInfo], unanswered: Unanswered) -> Self {
        let taken = vec![false; run.steps.len()];
        Script { run, fields, taken, next: 0, difference: None, unanswered, ended: false }
    }

    /// What was not as expected, when the driver is done.
    pub(super) fn finish(self) -> Result<(), Mismatch> {
        let left = (self.next < self.run.steps.len()).then_some(self.next);
        match self.difference.or(left) {
            Some(at) => Err(Mismatch::new(&self.run, at)),
            None => Ok(()),
        }
    }

    /// Takes the next step of those left that is for this access: the due one, if
    /// that is.
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
