// write io_core; bar, build: CHAN, .data[2], 5

fn expansion() {
    match io_core::expansion::start(bar) {
        __p => {
            let __p = io_core::expansion::locate(__p, CHAN);
            let __p = io_core::expansion::field(
                __p,
                const {
                    let __b = io_core::expansion::base();
                    unsafe { io_core::expansion::offset(__b, &raw const (*__b.at).data) }
                },
            );
            let __p = {
                use io_core::expansion::{Compare as _, NoCompare as _};
                (&io_core::expansion::literal::<_, 2>(__p)).literal_index_is_in_bounds();
                io_core::expansion::at(
                    __p,
                    const {
                        use io_core::expansion::NoIndex as _;
                        io_core::expansion::BuildIndex(2).check()
                    },
                )
            };
            io_core::expansion::write_element(__p, 5)
        }
    }
}
