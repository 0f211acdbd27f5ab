//! The accesses of a copy of a device's registers, computed from the layout of the copied type.
//!
//! A plan is a constant of the type. It consists of groups, each of which is repeated at a stride:
//! the fields of a block form one group, and an array of blocks forms one group of the fields of an
//! element. Consecutive values of one width form one run.

use core::marker::PhantomData;

use crate::{
    layout::Descriptor,
    value::{AccessKind, FieldInfo, FieldLayout, IoLayout, Width},
};

/// The largest number of groups of a plan.
const GROUPS: usize = 8;
/// The largest number of runs of a group.
const RUNS: usize = 8;

/// Consecutive accesses of one width, in ascending order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    /// The offset from the start of the group's repetition.
    pub(super) at: usize,
    pub(super) width: Width,
    pub(super) count: usize,
    /// The offset before which all bytes have been copied when the run starts. Less than `at` for
    /// the first access of a value whose upper word is accessed first.
    pub(super) done: usize,
}

/// Runs that are repeated at a stride.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Group {
    /// The offset from the start of the copied value.
    pub(super) at: usize,
    pub(super) times: usize,
    pub(super) stride: usize,
    pub(super) runs: [Run; RUNS],
    pub(super) len: usize,
}

/// The accesses of a copy of one value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Plan {
    pub(super) groups: [Group; GROUPS],
    pub(super) len: usize,
    /// `false` if the plan has too few groups or runs for the type. Its groups are then incomplete.
    pub(super) is_complete: bool,
}

/// The part of a type that is copied.
pub(super) trait Part {
    /// The type.
    type Of: IoLayout;
    /// The offset of a field that is not copied.
    const SKIP: Option<usize>;
    const PLAN: Plan = Plan::of(&Self::Of::LAYOUT, Self::SKIP);
}

/// All fields of a `T`.
pub(super) struct Whole<T>(PhantomData<T>);

impl<T: IoLayout> Part for Whole<T> {
    type Of = T;
    const SKIP: Option<usize> = None;
}

impl<T: IoLayout> Whole<T> {
    /// The width, if the value consists of words of one width, without gaps, in ascending order.
    pub(super) const WORDS: Option<Width> = match Survey::of(&T::LAYOUT).shared {
        Some(_) => None,
        None => Self::PLAN.words(size_of::<T>()),
    };
}

/// All fields of a descriptor apart from its ownership field.
pub(super) struct Body<T>(PhantomData<T>);

impl<T: Descriptor + IoLayout> Part for Body<T> {
    type Of = T;
    const SKIP: Option<usize> = {
        assert!(has_own_bit::<T>(), "the ownership field must be one of the descriptor's fields");
        Some(T::OWN_BIT_OFFSET)
    };
}

/// Returns whether a descriptor has a field with the offset and the size of its ownership field.
const fn has_own_bit<T: Descriptor>() -> bool {
    let mut i = 0;
    while i < T::FIELDS.len() {
        if is_at(&T::FIELDS[i], Some(T::OWN_BIT_OFFSET)) {
            return T::FIELDS[i].size == size_of::<T::OwnBit>();
        }
        i += 1;
    }
    false
}

impl Run {
    const EMPTY: Self = Run { at: 0, width: Width::W8, count: 0, done: 0 };

    /// The offset after the last access.
    const fn end(&self) -> usize {
        self.at + self.count * self.width.bytes()
    }
}

impl Group {
    /// A group without runs.
    const fn new(at: usize, times: usize, stride: usize) -> Self {
        Group { at, times, stride, runs: [Run::EMPTY; RUNS], len: 0 }
    }

    /// Adds `count` accesses at `at`. Returns `false` if there are too many runs.
    const fn push(&mut self, at: usize, width: Width, count: usize, done: usize) -> bool {
        if self.len > 0 {
            let last = &mut self.runs[self.len - 1];
            if last.end() == at && last.width.bytes() == width.bytes() && at == done {
                last.count += count;
                return true;
            }
        }
        if self.len == RUNS {
            return false;
        }
        self.runs[self.len] = Run { at, width, count, done };
        self.len += 1;
        true
    }

    /// Adds the accesses of a part at `at`, and repeats those of arrays. Returns `false` if there
    /// are too many runs.
    const fn add(&mut self, layout: &FieldLayout, at: usize) -> bool {
        match layout {
            FieldLayout::Value { access: AccessKind::Reserved, .. } => true,
            FieldLayout::Value { width, .. } => self.push(at, *width, 1, at),
            FieldLayout::Halves { .. } => {
                let [first, second] = layout.halves();
                // If the upper word is first, no byte of the value is complete before the second.
                self.push(at + first, Width::W32, 1, at)
                    && self.push(at + second, Width::W32, 1, at + second)
            }
            FieldLayout::Block { fields } => {
                let mut i = 0;
                while i < fields.len() {
                    if !self.add(&fields[i].layout, at + fields[i].offset) {
                        return false;
                    }
                    i += 1;
                }
                true
            }
            FieldLayout::Array { count, stride, element } => {
                let mut one = Group::new(0, 1, 0);
                if !one.add(element, 0) {
                    return false;
                }
                match one.words(*stride) {
                    Some(width) => {
                        *count == 0 || self.push(at, width, *count * (*stride / width.bytes()), at)
                    }
                    None => self.repeat(&one, at, *count, *stride),
                }
            }
            // A union is refused before its plan is used. The length of a tail is not a constant.
            FieldLayout::Union { .. } | FieldLayout::Tail { .. } => true,
        }
    }

    /// Adds the runs of `one`, `count` times. Returns `false` if there are too many runs.
    const fn repeat(&mut self, one: &Group, at: usize, count: usize, stride: usize) -> bool {
        let mut i = 0;
        while i < count && one.len > 0 {
            let mut run = 0;
            while run < one.len {
                let Run { at: offset, width, count, done } = one.runs[run];
                let start = at + i * stride;
                if !self.push(start + offset, width, count, start + done) {
                    return false;
                }
                run += 1;
            }
            i += 1;
        }
        true
    }

    /// The width, if the runs cover `size` bytes with ascending words of one width.
    const fn words(&self, size: usize) -> Option<Width> {
        let run = self.runs[0];
        if self.len == 1 && run.at == 0 && run.end() == size { Some(run.width) } else { None }
    }
}

impl Plan {
    /// The accesses of a type, without the field of a block at the offset `skip`.
    pub(super) const fn of(layout: &FieldLayout, skip: Option<usize>) -> Self {
        let mut plan = Plan { groups: [Group::new(0, 1, 0); GROUPS], len: 0, is_complete: true };
        plan.add(layout, 0, skip);
        plan
    }

    /// Adds the accesses of a part at `at`, without the field of a block at the offset `skip`. An
    /// array of blocks becomes a group.
    const fn add(&mut self, layout: &FieldLayout, at: usize, skip: Option<usize>) {
        match layout {
            FieldLayout::Block { fields } => {
                let mut i = 0;
                while i < fields.len() {
                    if !is_at(&fields[i], skip) {
                        self.add(&fields[i].layout, at + fields[i].offset, None);
                    }
                    i += 1;
                }
            }
            FieldLayout::Array { count, stride, element } if *count > 1 => {
                let mut one = Group::new(at, *count, *stride);
                if !one.add(element, 0) {
                    self.is_complete = false;
                } else if one.words(*stride).is_some() {
                    self.add_to_last(layout, at);
                } else if one.len > 0 {
                    self.push(one);
                }
            }
            layout => self.add_to_last(layout, at),
        }
    }

    /// Adds the accesses of a part to the last group, or to a new one if that is full or repeated.
    const fn add_to_last(&mut self, layout: &FieldLayout, at: usize) {
        if self.len > 0 && self.groups[self.len - 1].times == 1 {
            let mut longer = self.groups[self.len - 1];
            if longer.add(layout, at) {
                self.groups[self.len - 1] = longer;
                return;
            }
        }
        let mut group = Group::new(0, 1, 0);
        if !group.add(layout, at) {
            self.is_complete = false;
        } else if group.len > 0 {
            self.push(group);
        }
    }

    const fn push(&mut self, group: Group) {
        if self.len == GROUPS {
            self.is_complete = false;
            return;
        }
        self.groups[self.len] = group;
        self.len += 1;
    }

    /// The width, if the accesses cover `size` bytes with ascending words of one width.
    const fn words(&self, size: usize) -> Option<Width> {
        let group = &self.groups[0];
        if self.is_complete && self.len == 1 && group.times == 1 { group.words(size) } else { None }
    }
}

/// Returns whether a field is the one at the offset `skip`.
pub(super) const fn is_at(field: &FieldInfo, skip: Option<usize>) -> bool {
    match skip {
        Some(offset) => field.offset == offset && field.size > 0,
        None => false,
    }
}

/// Bytes that belong to several fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shared {
    pub(super) offset: usize,
    pub(super) size: usize,
    /// The name of one of the fields.
    pub(super) name: &'static str,
}

/// Properties of a layout on which it depends whether a device's registers can be copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Survey {
    /// Reserved bytes, which are not accessed.
    pub(super) has_gaps: bool,
    /// The first bytes that belong to several fields.
    pub(super) shared: Option<Shared>,
    /// The widest access.
    pub(super) widest: Width,
}

impl Survey {
    pub(super) const fn of(layout: &FieldLayout) -> Self {
        let mut survey = Survey { has_gaps: false, shared: None, widest: Width::W8 };
        survey.add(layout, 0);
        survey
    }

    const fn add(&mut self, layout: &FieldLayout, at: usize) {
        match layout {
            FieldLayout::Value { access: AccessKind::Reserved, .. } => self.has_gaps = true,
            FieldLayout::Value { width, .. } => self.add_width(*width),
            FieldLayout::Halves { .. } => self.add_width(Width::W32),
            FieldLayout::Array { element, .. } | FieldLayout::Tail { element, .. } => {
                self.add(element, at);
            }
            FieldLayout::Union { fields } => {
                if !fields.is_empty() {
                    self.add_shared(at, &fields[0]);
                }
            }
            FieldLayout::Block { fields } => {
                let (mut end, mut i) = (0, 0);
                while i < fields.len() {
                    let FieldInfo { offset, size, .. } = fields[i];
                    // Fields are in address order, apart from overlays.
                    if offset < end && size > 0 {
                        self.add_shared(at + offset, &fields[i]);
                    }
                    self.add(&fields[i].layout, at + offset);
                    end = if offset + size > end { offset + size } else { end };
                    i += 1;
                }
            }
        }
    }

    const fn add_width(&mut self, width: Width) {
        if width.bytes() > self.widest.bytes() {
            self.widest = width;
        }
    }

    const fn add_shared(&mut self, offset: usize, field: &FieldInfo) {
        if self.shared.is_none() {
            self.shared = Some(Shared { offset, size: field.size, name: field.name });
        }
    }
}
