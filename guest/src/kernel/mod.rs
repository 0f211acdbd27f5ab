//! The kernel: runs its cases one by one, and says what came of them as Rust's test programs do.

mod boot;
mod cases;
mod console;
mod exceptions;
mod foreign;
mod memory;

use core::{
    panic::PanicInfo,
    sync::atomic::{AtomicUsize, Ordering::Relaxed},
};

use console::{End, exit, say};

/// How many cases are done.
static PASSED: AtomicUsize = AtomicUsize::new(0);

/// From `boot.rs`: 64-bit mode, on a stack of its own, interrupts off.
#[unsafe(no_mangle)]
extern "C" fn kernel_main() -> ! {
    exceptions::install();
    say!("running {} tests\n", cases::ALL.len());
    for (name, case) in cases::ALL {
        say!("test {name} ... ");
        let before = exceptions::total();
        let accesses = case();
        let faults = exceptions::total() - before;
        say!("ok: {accesses} accesses, {faults} faults\n");
        PASSED.fetch_add(1, Relaxed);
    }
    say_result("ok", 0);
    exit(End::Good);
}

fn say_result(word: &str, failed: usize) {
    let passed = PASSED.load(Relaxed);
    say!("\ntest result: {word}. {passed} passed; {failed} failed; 0 ignored; 0 measured\n");
}

#[panic_handler]
fn on_panic(panic: &PanicInfo<'_>) -> ! {
    say!("FAILED\n{panic}\n");
    say_result("FAILED", 1);
    exit(End::Bad);
}
