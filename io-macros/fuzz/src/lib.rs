//! What the fuzz targets share.

#[doc(hidden)]
pub use {io_macros_oracle as oracle, libfuzzer_sys as libfuzzer};

/// The fuzz target of a language and the function that expands it: bytes are tokens, and each
/// expansion is judged.
#[macro_export]
macro_rules! target {
    ($language:ident, $expand:path) => {
        $crate::libfuzzer::fuzz_target!(|bytes: &[u8]| {
            thread_local!(static CODING: $crate::oracle::Coding = $crate::oracle::Coding::default());
            let tokens = CODING.with(|coding| coding.decode(bytes));
            $crate::oracle::Language::$language.judge(&tokens, $expand);
        });
    };
}
