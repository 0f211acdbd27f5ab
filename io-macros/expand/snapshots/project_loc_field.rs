// loc io_core; CHAN, .ctrl

fn expansion() {
    io_core::expansion::loc_field(
        CHAN,
        const {
            let __b = io_core::expansion::base();
            unsafe { io_core::expansion::offset(__b, &raw const (*__b.at).ctrl) }
        },
    )
}
