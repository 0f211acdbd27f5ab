// read io_core; regs, .chan[i].ctrl

fn expansion() {
    match io_core::__private::start(regs) {
        __p => {
            let __p = __p
                .field(const {
                    let __b = io_core::__private::base();
                    unsafe { io_core::__private::offset(__b, &raw const (*__b.at).chan) }
                });
            ::core::compile_error! {
                "an index that is no literal needs a policy: `[build: N]` is proved by the compiler, `[try: i]` returns an error, `[panic: i]` panics"
            }
        }
    }
}
