// read io_core; regs, [1]

fn expansion() {
    match io_core::expansion::start(regs) {
        __p => {
            let __p = {
                use io_core::expansion::{Compare as _, NoCompare as _};
                (&io_core::expansion::literal::<_, 1>(__p)).literal_index_is_in_bounds();
                io_core::expansion::at(
                    __p,
                    const {
                        use io_core::expansion::NoIndex as _;
                        io_core::expansion::BuildIndex(1).check()
                    },
                )
            };
            io_core::expansion::read_element(__p)
        }
    }
}
