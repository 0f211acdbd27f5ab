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
    ("handler::a_foreign_fault_is_not_in_the_table", handler::a_foreign_fault_is_not_in_the_table),
    ("handler::a_row_applies_to_one_instruction", handler::a_row_applies_to_one_instruction),
    (
        "handler::a_page_made_present_by_the_handler_is_copied",
        handler::a_page_made_present_by_the_handler_is_copied,
    ),
    ("copies::an_absent_source_page_faults", copies::an_absent_source_page_faults),
    ("copies::an_absent_destination_page_faults", copies::an_absent_destination_page_faults),
    ("copies::a_read_only_destination_page_faults", copies::a_read_only_destination_page_faults),
    ("copies::filling_an_absent_page_faults", copies::filling_an_absent_page_faults),
    ("copies::filling_a_read_only_page_faults", copies::filling_a_read_only_page_faults),
    (
        "copies::a_faulting_value_does_not_move_the_cursor",
        copies::a_faulting_value_does_not_move_the_cursor,
    ),
    (
        "copies::copies_between_fallible_ranges_may_fault_on_either_side",
        copies::copies_between_fallible_ranges_may_fault_on_either_side,
    ),
    (
        "non_canonical::copies_fault_at_non_canonical_addresses",
        non_canonical::copies_fault_at_non_canonical_addresses,
    ),
    (
        "non_canonical::words_fault_at_non_canonical_addresses",
        non_canonical::words_fault_at_non_canonical_addresses,
    ),
    ("words::words_of_8_bits_fault_as_a_whole", words::words_of_8_bits_fault_as_a_whole),
    ("words::words_of_16_bits_fault_as_a_whole", words::words_of_16_bits_fault_as_a_whole),
    ("words::words_of_32_bits_fault_as_a_whole", words::words_of_32_bits_fault_as_a_whole),
    ("words::words_of_64_bits_fault_as_a_whole", words::words_of_64_bits_fault_as_a_whole),
    (
        "user::smap_faults_unless_the_backend_opens_user_pages",
        user::smap_faults_unless_the_backend_opens_user_pages,
    ),
];
