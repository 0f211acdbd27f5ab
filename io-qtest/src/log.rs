//! QEMU's log: the trace of accesses, and guest errors.

use std::fs::File;

use crate::{Error, memfd};

/// The trace events for accesses to registers.
pub(crate) const EVENTS: [&str; 2] = ["memory_region_ops_read", "memory_region_ops_write"];
const EVENT: &str = "memory_region_ops_";

/// One access to a device's registers, as QEMU observed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Access {
    /// `true` for a write, `false` for a read.
    pub write: bool,
    /// The offset in the BAR that contains the address; the same as `address` if no BAR placed by
    /// [`PciDevice::bar`](crate::PciDevice::bar) contains it.
    pub offset: u64,
    /// The absolute address or port.
    pub address: u64,
    /// The value written or read, `size` bytes of it.
    pub value: u64,
    /// Width in bytes.
    pub size: u8,
    /// QEMU's name of the memory region, such as `edu-mmio`.
    pub region: String,
}

/// The lines of a log, classified.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Log {
    /// The trace; `offset` is still the absolute address.
    pub(crate) accesses: Vec<Access>,
    /// The lines that are not trace events.
    pub(crate) errors: Vec<String>,
}

impl Log {
    /// Reads the log of a QEMU that may be writing to it. QEMU flushes the log after each message,
    /// before it answers the command that caused it.
    pub(crate) fn read(file: &File) -> Result<Self, Error> {
        let text = memfd::read_all(file).map_err(Error::io("cannot read QEMU's log"))?;
        Ok(Self::parse(&text))
    }

    fn parse(text: &str) -> Self {
        let mut log = Self::default();
        let (whole, last) = text.rsplit_once('\n').unwrap_or(("", text));
        for line in whole.lines().filter(|line| !line.trim().is_empty()) {
            log.take(line);
        }
        // A last line without a line end may be an event that QEMU is still writing (or was killed
        // while writing), but also a complete message without a line end.
        let rest = without_stamp(last);
        let message = &rest[..rest.find(EVENT).unwrap_or(rest.len())];
        if !EVENT.starts_with(message) && !is_stamp(message) {
            log.errors.push(message.to_owned());
        }
        log
    }

    fn take(&mut self, line: &str) {
        let line = without_stamp(line);
        let event = line.find(EVENT);
        let access = event.and_then(|at| parse_event(&line[at + EVENT.len()..]));
        // Some of QEMU's messages have no line end, and the next event follows on the same line.
        let message = match (event, &access) {
            (Some(at), Some(_)) => &line[..at],
            _ => line,
        };
        if !message.is_empty() {
            self.errors.push(message.to_owned());
        }
        self.accesses.extend(access);
    }
}

/// Parses `read cpu -1 mr 0x55.. addr 0x.. value 0x.. size 4 name 'edu-mmio'`.
fn parse_event(event: &str) -> Option<Access> {
    let (numbers, name) = event.split_once(" name ")?;
    let mut words = numbers.split(' ');
    let write = match words.next()? {
        "read" => false,
        "write" => true,
        _ => return None,
    };
    let mut after = |word: &str| words.find(|w| *w == word).and_then(|_| words.next());
    let hex = |word: &str| u64::from_str_radix(word.strip_prefix("0x")?, 16).ok();
    let (address, value) = (hex(after("addr")?)?, hex(after("value")?)?);
    let size = after("size")?.parse().ok()?;
    // Bits beyond the width that a device returns do not reach the bus.
    let beyond = 64_u32.checked_sub(8 * u32::from(size))?;
    Some(Access {
        write,
        offset: address,
        address,
        value: value & u64::MAX.checked_shr(beyond)?,
        size,
        region: name.strip_prefix('\'')?.strip_suffix('\'')?.to_owned(),
    })
}

/// Returns a line without the `pid@seconds:` prefix, which QEMU adds to its events if timestamps
/// are enabled.
fn without_stamp(line: &str) -> &str {
    match line.split_once(':') {
        Some((stamp, rest)) if stamp.contains('@') && is_stamp(stamp) => rest,
        _ => line,
    }
}

/// Returns whether the text may be such a prefix, or the beginning of one.
fn is_stamp(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_digit() || "@.".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: &str =
        "memory_region_ops_write cpu -1 mr 0x55d0 addr 0xe0000004 value 0xff size 4 name 'a b'\n";

    fn access() -> Access {
        Access {
            write: true,
            offset: 0xE000_0004,
            address: 0xE000_0004,
            value: 0xFF,
            size: 4,
            region: "a b".to_owned(),
        }
    }

    #[test]
    fn stamped_and_plain_events_are_accesses() {
        let log = Log::parse(&format!("{PLAIN}4711@1700000000.123456:{PLAIN}"));
        assert_eq!(log.accesses, [access(), access()]);
        assert_eq!(log.errors, [""; 0]);
    }

    #[test]
    fn a_value_has_the_width_of_the_access() {
        let value = |size| {
            let event = format!("read addr 0x0 value 0xfedcba9876543210 size {size} name 'a'");
            parse_event(&event).map(|access| access.value)
        };
        assert_eq!(value(1), Some(0x10));
        assert_eq!(value(4), Some(0x7654_3210));
        assert_eq!(value(8), Some(0xFEDC_BA98_7654_3210));
        assert_eq!([value(0), value(9), value(255)], [None; 3]);
    }

    #[test]
    fn no_error_is_lost_around_events() {
        let log = Log::parse(&format!("one\n\ntwo{PLAIN}memory_region_ops_read of four\n"));
        assert_eq!(log.accesses, [access()]);
        assert_eq!(log.errors, ["one", "two", "memory_region_ops_read of four"]);
    }

    #[test]
    fn an_unfinished_event_is_ignored() {
        for line in [PLAIN, &format!("4711@17.25:{PLAIN}")] {
            for end in 0..line.len() {
                let cut = &line[..end];
                assert_eq!(Log::parse(cut), Log::default(), "{cut}");
                let log = Log::parse(&format!("{PLAIN}{cut}"));
                assert_eq!(log.accesses, [access()], "{cut}");
            }
        }
    }

    #[test]
    fn an_unfinished_message_is_an_error() {
        let log = Log::parse(&format!("{PLAIN}three{}", &PLAIN[..40]));
        assert_eq!(log.errors, ["three"]);
        assert_eq!(Log::parse("four").errors, ["four"]);
    }
}
