//! A path of one step.
struct Regs {
    ctrl: u32,
}
fn project(regs: io_core::Mmio<'_, Regs>) {
    match ::io_core::__private::start(regs) {
        __p => {
            let __p = __p
                .field(const {
                    let __s;
                    let __b;
                    unsafe {
                        ::io_core::__private::offset(
                            {
                                __s = ::io_core::__private::Scratch::new();
                                __b = ::io_core::__private::Scratch::base(&__s);
                                &__s
                            },
                            &raw const (*__b).ctrl,
                        )
                    }
                });
            __p.view()
        }
    };
}
fn main() {}
