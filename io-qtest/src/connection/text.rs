//! Numbers and bytes in the format of the protocol.

/// Parses an answer without a value.
pub(super) fn nothing(answer: &str) -> Option<()> {
    answer.is_empty().then_some(())
}

/// Parses the number in the answer to a read.
pub(crate) fn number<T: TryFrom<u64>>(answer: &str) -> Option<T> {
    let digits = answer.strip_prefix(" 0x")?;
    T::try_from(u64::from_str_radix(digits, 16).ok()?).ok()
}

/// Formats bytes for QEMU.
pub(super) fn hex(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    let digits = digits.map(|digit| char::from(b"0123456789abcdef"[usize::from(digit)]));
    "0x".chars().chain(digits).collect()
}

/// Fills `into` from exactly as many hexadecimal digits as it needs.
pub(super) fn unhex(answer: &str, into: &mut [u8]) -> Option<()> {
    let digits = answer.strip_prefix(" 0x")?.as_bytes();
    let (pairs, rest) = digits.as_chunks::<2>();
    if pairs.len() != into.len() || !rest.is_empty() {
        return None;
    }
    let digit = |byte: u8| char::from(byte).to_digit(16);
    for (byte, &[high, low]) in into.iter_mut().zip(pairs) {
        *byte = u8::try_from(digit(high)? << 4 | digit(low)?).ok()?;
    }
    Some(())
}

/// Shortens a line for an error message.
pub(super) fn shorten(line: &str) -> String {
    match line.char_indices().nth(200) {
        Some((end, _)) => format!("{}...", &line[..end]),
        None => line.to_owned(),
    }
}
