// try_update io_core; bar, build: CTRL, |v| v

fn expansion() {
    match io_core::expansion::start(bar) {
        __io_core_view => {
            let __io_core_view = io_core::expansion::locate(__io_core_view, CTRL);
            io_core::expansion::try_update_element(__io_core_view, |v| v)
        }
    }
}
