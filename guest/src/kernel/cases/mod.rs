//! The cases: one function each, which returns the number of accesses that it made.

mod copies;
mod handler;
mod non_canonical;
mod transfer;
mod user;
mod words;

/// The name and the function of a case.
pub(super) type Case = (&'static str, fn() -> usize);

/// All cases.
pub(super) const ALL: &[Case] = &[
    ("handler::a_fault_that_is_not_ours", handler::a_fault_that_is_not_ours),
    ("handler::rows_are_for_one_instruction", handler::rows_are_for_one_instruction),
    ("handler::a_page_that_comes_goes_unnoticed", handler::a_page_that_comes_goes_unnoticed),
    ("copies::source_is_absent", copies::source_is_absent),
    ("copies::destination_is_absent", copies::destination_is_absent),
    ("copies::destination_is_read_only", copies::destination_is_read_only),
    ("copies::filled_is_absent", copies::filled_is_absent),
    ("copies::filled_is_read_only", copies::filled_is_read_only),
    ("copies::values_are_whole_or_not_there", copies::values_are_whole_or_not_there),
    ("copies::both_sides_may_fault", copies::both_sides_may_fault),
    ("non_canonical::copies", non_canonical::copies),
    ("non_canonical::words", non_canonical::words),
    ("words::bits_8", words::bits_8),
    ("words::bits_16", words::bits_16),
    ("words::bits_32", words::bits_32),
    ("words::bits_64", words::bits_64),
    ("user::smap_refuses_and_a_backend_opens", user::smap_refuses_and_a_backend_opens),
];
