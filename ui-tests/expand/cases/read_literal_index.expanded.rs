//! A path with a literal index.
fn read(ring: io_core::Mmio<'_, [u32; 4]>) -> u32 {
    match ::io_core::expansion::start(ring) {
        __io_core_view => {
            let __io_core_view = {
                use ::io_core::expansion::{Compare as _, NoCompare as _};
                (&::io_core::expansion::literal::<_, 2>(__io_core_view))
                    .literal_index_is_in_bounds();
                ::io_core::expansion::at(
                    __io_core_view,
                    const {
                        use ::io_core::expansion::NoIndex as _;
                        ::io_core::expansion::BuildIndex(2).check()
                    },
                )
            };
            ::io_core::expansion::read_element(__io_core_view)
        }
    }
}
fn main() {}
