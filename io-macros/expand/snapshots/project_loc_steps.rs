// loc io_core; CHANS, [2].data[build: N][panic: i]

fn expansion() {
    match io_core::expansion::loc_start(CHANS) {
        __io_core_view => {
            let __io_core_view = {
                io_core::expansion::loc_at(
                    __io_core_view,
                    const {
                        use io_core::expansion::NoIndex as _;
                        io_core::expansion::BuildIndex(2).check()
                    },
                )
            };
            let __io_core_view = io_core::expansion::loc_field(
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
            let __io_core_view = io_core::expansion::loc_at(
                __io_core_view,
                const {
                    use io_core::expansion::NoIndex as _;
                    io_core::expansion::BuildIndex(N).check()
                },
            );
            let __io_core_view = io_core::expansion::loc_index(__io_core_view, i);
            __io_core_view
        }
    }
}
