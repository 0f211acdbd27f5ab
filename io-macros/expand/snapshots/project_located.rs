// try_update io_core; bar, build: CTRL, |v| v

fn expansion() {
    match io_core::__private::start(bar) {
        __p => {
            let __p = __p.locate(const { (CTRL) });
            __p.try_update_val(|v| v)
        }
    }
}
