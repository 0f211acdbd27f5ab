// read io_core; bar, build: CHANS.element(2)

fn expansion() {
    match io_core::expansion::start(bar) {
        __io_core_view => {
            let __io_core_view = io_core::expansion::locate(
                __io_core_view,
                const { (CHANS.element(2)) },
            );
            io_core::expansion::read_element(__io_core_view)
        }
    }
}
