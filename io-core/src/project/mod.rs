//! What the macros expand to, and the parts of slice views.

mod elements;
mod field;
mod handover;
mod index;
mod projection;
mod publish;
mod slice;

pub use elements::{Chunks, Iter};
pub use index::{Indexable, ProjectIndex};
pub use publish::IoPublish;
pub use slice::IoSlice;

/// What generated code names. Not for people: may change in any version.
#[doc(hidden)]
pub mod generated {
    pub use super::{
        field::{FieldOffset, HasTwin, Place, Scratch, offset},
        index::{BuildIndex, Built, NoIndex},
        projection::{Projection, shape, start},
    };
    pub use crate::layout::{
        Tail, check_align, check_field, check_meaning, check_no_drop, check_overlay, check_size,
        check_stride, gap, gap_at_end,
    };
}
