// try_update io_core; bar, build: CTRL, |v| v

fn expansion() {
    match io_core::expansion::start(bar) {
        __p => {
            let __p = io_core::expansion::locate(__p, CTRL);
            io_core::expansion::try_update_element(__p, |v| v)
        }
    }
}
