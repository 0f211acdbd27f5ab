//! The sizes of copies in bytes, and their formatting.

/// The sizes of the copies whose size the compiler does not know.
pub const SIZES: [usize; 13] =
    [8, 16, 32, 64, 128, 256, 512, 1 << 10, 4 << 10, 16 << 10, 64 << 10, 256 << 10, LARGEST];

/// Sizes between these, which end in smaller pieces. They have no bars, but programs copy them.
pub const BETWEEN: [usize; 9] = [24, 63, 65, 100, 127, 200, 255, 500, 1500];

/// The largest size.
pub const LARGEST: usize = 1 << 20;

/// Formats a size for display.
pub fn written(size: usize) -> String {
    if size >= 1 << 20 && size.is_multiple_of(1 << 20) {
        format!("{} MiB", size >> 20)
    } else if size >= 1 << 10 && size.is_multiple_of(1 << 10) {
        format!("{} KiB", size >> 10)
    } else {
        format!("{size} B")
    }
}

/// Calls `$call::<N>` with the constant `N` that equals `$size`, one of [`SIZES`].
///
/// # Panics
///
/// Panics if `$size` is not in [`SIZES`].
macro_rules! with_constant {
    ($size:expr, $call:ident, $arguments:tt) => {
        match $size {
            8 => $call::<8> $arguments,
            16 => $call::<16> $arguments,
            32 => $call::<32> $arguments,
            64 => $call::<64> $arguments,
            128 => $call::<128> $arguments,
            256 => $call::<256> $arguments,
            512 => $call::<512> $arguments,
            1024 => $call::<1024> $arguments,
            4096 => $call::<4096> $arguments,
            16384 => $call::<16384> $arguments,
            65536 => $call::<65536> $arguments,
            262144 => $call::<262144> $arguments,
            1048576 => $call::<1048576> $arguments,
            other => panic!("{other} is not one of the sizes"),
        }
    };
}

pub(crate) use with_constant;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_formatted_with_binary_units() {
        assert_eq!(written(8), "8 B");
        assert_eq!(written(1023), "1023 B");
        assert_eq!(written(1024), "1 KiB");
        assert_eq!(written(1536), "1536 B");
        assert_eq!(written(3 << 10), "3 KiB");
        assert_eq!(written(64 << 10), "64 KiB");
        assert_eq!(written(LARGEST), "1 MiB");
    }

    #[test]
    fn every_size_is_available_as_a_constant() {
        fn constant<const N: usize>() -> usize {
            N
        }
        for size in SIZES {
            assert_eq!(with_constant!(size, constant, ()), size);
        }
    }
}
