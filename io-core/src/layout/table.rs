//! The fields of a plain block, computed at once: rustc's time goes by bodies and
//! calls that it evaluates, and blocks have hundreds of fields.

use crate::value::{FieldInfo, TypeInfo};

/// The fields of a `repr(C)` struct `T` at the offsets that the language gives
/// them: name, documentation and type of each, in order.
pub const fn fields<T, const N: usize>(
    entries: [(&'static str, &'static str, &'static TypeInfo); N],
) -> [FieldInfo; N] {
    let mut fields = [FieldInfo::EMPTY; N];
    let (mut end, mut i) = (0, 0);
    while i < N {
        let (name, doc, ty) = entries[i];
        // In a packed struct no field is aligned more than the struct.
        let align = if ty.align < align_of::<T>() { ty.align } else { align_of::<T>() };
        let offset = (end + align - 1) & !(align - 1);
        fields[i] = FieldInfo::of_type(name, offset, doc, ty);
        end = offset + ty.size;
        i += 1;
    }
    fields
}
