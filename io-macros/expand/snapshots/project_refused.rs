// read io_core; regs, .chan[i].ctrl

fn expansion() {
    match io_core::expansion::start(regs) {
        __io_core_view => {
            let __io_core_view = io_core::expansion::field(
                __io_core_view,
                const {
                    let __io_core_base = io_core::expansion::base();
                    unsafe {
                        io_core::expansion::offset(
                            __io_core_base,
                            &raw const (*__io_core_base.at).chan,
                        )
                    }
                },
            );
            use io_core::expansion::core as __io_core_error;
            __io_core_error::compile_error! {
                "a non-literal index requires a policy: `[build: N]` is checked by the compiler, `[try: i]` returns an error, `[panic: i]` panics"
            }
        }
    }
}
