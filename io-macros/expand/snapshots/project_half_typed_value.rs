// write io_core; regs, .ctrl, ring.tail.

fn expansion() {
    io_core::expansion::write_field(
        regs,
        const {
            let __b = io_core::expansion::base();
            unsafe { io_core::expansion::offset(__b, &raw const (*__b.at).ctrl) }
        },
        ring.tail.missing_field_name,
    )
}
