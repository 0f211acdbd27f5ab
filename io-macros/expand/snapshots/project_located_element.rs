// read io_core; bar, build: CHANS.element(2)

fn expansion() {
    match io_core::expansion::start(bar) {
        __p => {
            let __p = io_core::expansion::locate(__p, const { (CHANS.element(2)) });
            io_core::expansion::read_element(__p)
        }
    }
}
