// read io_core; regs, .chan.

fn expansion() {
    match io_core::__private::start(regs) {
        __p => {
            let __p = __p
                .field(const {
                    let __b = io_core::__private::base();
                    unsafe { io_core::__private::offset(__b, &raw const (*__b.at).chan) }
                });
            let __p = __p
                .field(const {
                    let __b = io_core::__private::base();
                    unsafe {
                        io_core::__private::offset(
                            __b,
                            &raw const (*__b.at).missing_field_name,
                        )
                    }
                });
            __p.read_val()
        }
    }
}
