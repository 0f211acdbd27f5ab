// write io_core; bar, build: CHAN, .data[2], 5

fn expansion() {
    match io_core::expansion::start(bar) {
        __io_core_view => {
            let __io_core_view = io_core::expansion::locate(__io_core_view, CHAN);
            let __io_core_view = io_core::expansion::field(
                __io_core_view,
                const {
                    let __io_core_base = io_core::expansion::base();
                    unsafe {
                        io_core::expansion::offset(
                            __io_core_base,
                            &raw const (*__io_core_base.at).data,
                        )
                    }
                },
            );
            let __io_core_view = {
                use io_core::expansion::{Compare as _, NoCompare as _};
                (&io_core::expansion::literal::<_, 2>(__io_core_view))
                    .literal_index_is_in_bounds();
                io_core::expansion::at(
                    __io_core_view,
                    const {
                        use io_core::expansion::NoIndex as _;
                        io_core::expansion::BuildIndex(2).check()
                    },
                )
            };
            io_core::expansion::write_element(__io_core_view, 5)
        }
    }
}
