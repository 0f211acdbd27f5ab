// read io_core; regs, [1]

fn expansion() {
    match io_core::expansion::start(regs) {
        __io_core_view => {
            let __io_core_view = {
                use io_core::expansion::{Compare as _, NoCompare as _};
                (&io_core::expansion::literal::<_, 1>(__io_core_view))
                    .literal_index_is_in_bounds();
                io_core::expansion::at(
                    __io_core_view,
                    const {
                        use io_core::expansion::NoIndex as _;
                        io_core::expansion::BuildIndex(1).check()
                    },
                )
            };
            io_core::expansion::read_element(__io_core_view)
        }
    }
}
