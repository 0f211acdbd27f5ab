//! The texts of compile errors with numbers, composed in constants.

/// A message composed in a constant.
pub(super) struct Message {
    text: [u8; 256],
    len: usize,
}

impl Message {
    pub(super) const fn new() -> Self {
        Message { text: [0; 256], len: 0 }
    }

    pub(super) const fn str(mut self, s: &str) -> Self {
        let bytes = s.as_bytes();
        let mut i = 0;
        while i < bytes.len() && self.len < self.text.len() {
            self.text[self.len] = bytes[i];
            self.len += 1;
            i += 1;
        }
        self
    }

    pub(super) const fn number(self, n: usize, base: usize) -> Self {
        let mut digits = [0_u8; 64];
        let mut at = digits.len();
        let mut rest = n;
        loop {
            at -= 1;
            digits[at] = b"0123456789abcdef"[rest % base];
            rest /= base;
            if rest == 0 {
                break;
            }
        }
        match core::str::from_utf8(digits.split_at(at).1) {
            Ok(digits) => self.str(digits),
            Err(_) => self,
        }
    }

    pub(super) const fn hex(self, n: usize) -> Self {
        self.str("0x").number(n, 16)
    }

    pub(super) const fn dec(self, n: usize) -> Self {
        self.number(n, 10)
    }

    /// Appends `1 byte` or `2 bytes`.
    pub(super) const fn bytes(self, n: usize) -> Self {
        self.dec(n).str(if n == 1 { " byte" } else { " bytes" })
    }

    /// Appends `1 reserved byte` or `2 reserved bytes`.
    pub(super) const fn reserved(self, n: usize) -> Self {
        self.dec(n).str(if n == 1 { " reserved byte" } else { " reserved bytes" })
    }

    #[track_caller]
    pub(super) const fn fail(&self) -> ! {
        match core::str::from_utf8(self.text.split_at(self.len).0) {
            Ok(text) => panic!("{}", text),
            Err(_) => panic!("a layout check failed, but its message is too long to be shown"),
        }
    }
}
