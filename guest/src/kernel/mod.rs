//! The kernel: runs its cases one by one, and prints the results in the format of Rust's test
//! programs.

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

use console::{End, exit, print};

/// The number of cases that passed.
static PASSED: AtomicUsize = AtomicUsize::new(0);

/// Called by `boot.rs` in 64-bit mode, on a separate stack, with interrupts disabled.
#[unsafe(no_mangle)]
extern "C" fn kernel_main() -> ! {
    exceptions::install();
    print!("running {} tests\n", cases::ALL.len());
    for (name, case) in cases::ALL {
        print!("test {name} ... ");
        let before = exceptions::total();
        let accesses = case();
        let faults = exceptions::total() - before;
        print!("ok: {accesses} accesses, {faults} faults\n");
        PASSED.fetch_add(1, Relaxed);
    }
    print_result("ok", 0);
    exit(End::Good);
}

fn print_result(word: &str, failed: usize) {
    let passed = PASSED.load(Relaxed);
    print!("\ntest result: {word}. {passed} passed; {failed} failed; 0 ignored; 0 measured\n");
}

#[panic_handler]
fn on_panic(panic: &PanicInfo<'_>) -> ! {
    print!("FAILED\n{panic}\n");
    print_result("FAILED", 1);
    exit(End::Bad);
}
