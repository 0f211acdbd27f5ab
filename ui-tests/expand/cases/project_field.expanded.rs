//! A path of one step.
struct Regs {
    ctrl: u32,
}
fn project(regs: io_core::Mmio<'_, Regs>) {
    ::io_core::expansion::field(
        regs,
        const {
            let __io_core_base = ::io_core::expansion::base();
            unsafe {
                ::io_core::expansion::offset(
                    __io_core_base,
                    &raw const (*__io_core_base.at).ctrl,
                )
            }
        },
    );
}
fn main() {}
