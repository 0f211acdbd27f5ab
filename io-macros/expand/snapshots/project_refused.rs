// read io_core; regs, .chan[i].ctrl

fn expansion() {
    match io_core::expansion::start(regs) {
        __p => {
            let __p = io_core::expansion::field(
                __p,
                const {
                    let __b = io_core::expansion::base();
                    unsafe { io_core::expansion::offset(__b, &raw const (*__b.at).chan) }
                },
            );
            use io_core::expansion::core as __io_core_error;
            __io_core_error::compile_error! {
                "a non-literal index requires a policy: `[build: N]` is checked by the compiler, `[try: i]` returns an error, `[panic: i]` panics"
            }
        }
    }
}
