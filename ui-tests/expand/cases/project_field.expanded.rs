//! A path of one step.
struct Regs {
    ctrl: u32,
}
fn project(regs: io_core::Mmio<'_, Regs>) {
    ::io_core::expansion::field(
        regs,
        const {
            let __b = ::io_core::expansion::base();
            unsafe { ::io_core::expansion::offset(__b, &raw const (*__b.at).ctrl) }
        },
    );
}
fn main() {}
