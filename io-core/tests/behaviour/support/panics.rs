//! Expected panics: their message and location.

use core::{
    cell::{Cell, RefCell},
    panic::AssertUnwindSafe,
};
use std::{panic, sync::Once};

/// Message and location of one panic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Panic {
    pub(crate) message: String,
    pub(crate) file: String,
    pub(crate) line: u32,
}

std::thread_local! {
    static EXPECTED: Cell<bool> = const { Cell::new(false) };
    static LAST: RefCell<Option<Panic>> = const { RefCell::new(None) };
}

/// Returns the panic of `f`.
///
/// # Panics
///
/// Panics if `f` does not.
#[track_caller]
pub(crate) fn panic_of<R>(f: impl FnOnce() -> R) -> Panic {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !EXPECTED.get() {
                return usual(info);
            }
            let payload = info.payload();
            let message = match (payload.downcast_ref::<&str>(), payload.downcast_ref::<String>()) {
                (Some(text), _) => (*text).to_owned(),
                (_, Some(text)) => text.clone(),
                _ => String::from("not a string"),
            };
            let (file, line) = info.location().map_or(("", 0), |l| (l.file(), l.line()));
            LAST.set(Some(Panic { message, file: file.to_owned(), line }));
        }));
    });
    EXPECTED.set(true);
    let result = panic::catch_unwind(AssertUnwindSafe(f));
    EXPECTED.set(false);
    assert!(result.is_err(), "no panic");
    LAST.take().expect("the panic hook stored the message")
}

/// Returns the message of the panic of `f`.
#[track_caller]
pub(crate) fn message_of<R>(f: impl FnOnce() -> R) -> String {
    panic_of(f).message
}

/// Asserts that an expression panics with this message, and that the location is in the lines of
/// this macro's call.
macro_rules! assert_panics {
    ($message:expr, $call:expr $(,)?) => {{
        let (panic, line) = ($crate::support::panics::panic_of(|| $call), line!());
        assert_eq!(panic.message, $message);
        assert_eq!(panic.file, file!());
        assert!((line..line + 4).contains(&panic.line), "line {} for {line}", panic.line);
    }};
}
pub(crate) use assert_panics;
