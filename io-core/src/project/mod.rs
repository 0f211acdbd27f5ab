//! The functions that the macros expand to, and slice views.

mod build_index;
mod commands;
mod element;
mod elements;
mod field;
mod index;
mod last;
mod literal;
mod locate;
mod slice;
mod slice_copy;
mod steps;
mod strided;

pub use elements::{Chunks, Iter};
pub use index::{Consecutive, Indexable, ProjectIndex};
pub use slice::IoSlice;
pub use strided::{StridedArray, StridedSlice};

/// Items used by generated code; may change in any version.
#[doc(hidden)]
pub(crate) mod generated {
    pub use super::{
        build_index::{BuildIndex, Built, NoIndex},
        commands::{
            Proved, clear_bits_element, clear_bits_proved, set_bits_element, set_bits_proved,
            toggle_bits_element, toggle_bits_proved,
        },
        element::{
            read_element, try_read_element, try_update_element, try_write_element, update_element,
            write_element,
        },
        field::{Base, FieldOffset, FieldTarget, HasTwin, base, offset},
        last::{
            read_field, try_read_field, try_update_field, try_write_field, update_field,
            write_field,
        },
        literal::{Compare, NoCompare, literal},
        locate::{loc_at, loc_field, loc_index, loc_locate, loc_start, loc_try_index, locate},
        steps::{at, field, index, start, try_index},
    };
    pub use crate::layout::{
        actual::{IsType, check_equal, check_type, check_value},
        check::{
            check_align, check_field, check_fields, check_gap, check_meaning, check_multiple,
            check_no_drop, check_overlay, check_size, check_stride, gap, gap_at_end,
        },
        io_struct::fields,
        strided::{
            FieldOf, HasStride, IsArray, Strided, StridedField, check_elements, check_strided,
            is_array, strided_end, strided_info, strided_rest,
        },
        tail::{AfterTail, Tail, check_after},
    };
}
