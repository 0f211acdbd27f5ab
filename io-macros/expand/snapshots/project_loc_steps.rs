// loc io_core; CHANS, [2].data[build: N][panic: i]

fn expansion() {
    match io_core::expansion::loc_start(CHANS) {
        __p => {
            let __p = {
                io_core::expansion::loc_at(
                    __p,
                    const {
                        use io_core::expansion::NoIndex as _;
                        io_core::expansion::BuildIndex(2).check()
                    },
                )
            };
            let __p = io_core::expansion::loc_field(
                __p,
                const {
                    let __b = io_core::expansion::base();
                    unsafe { io_core::expansion::offset(__b, &raw const (*__b.at).data) }
                },
            );
            let __p = io_core::expansion::loc_at(
                __p,
                const {
                    use io_core::expansion::NoIndex as _;
                    io_core::expansion::BuildIndex(N).check()
                },
            );
            let __p = io_core::expansion::loc_index(__p, i);
            __p
        }
    }
}
