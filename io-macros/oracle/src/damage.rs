//! Inputs near those that people wrote, the same in every run: what ordinary tests try where no
//! fuzzer watches the coverage.

/// A generator of numbers (xorshift, by Marsaglia) and of damage.
#[derive(Debug)]
pub struct Damage(u64);

impl Default for Damage {
    fn default() -> Self {
        Self(0x9e37_79b9_7f4a_7c15)
    }
}

impl Damage {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end.max(1) as u64).unwrap_or_default()
    }

    /// One of the seeds with some tokens lost, doubled, moved, replaced, or come from another seed.
    pub fn one_of(&mut self, seeds: &[Vec<u8>]) -> Vec<u8> {
        let mut bytes = seeds[self.below(seeds.len())].clone();
        for _ in 0..=self.below(3) {
            let at = self.below(bytes.len());
            let token = u8::try_from(self.below(256)).unwrap_or_default();
            match self.below(6) {
                _ if bytes.is_empty() => bytes.push(token),
                0 => drop(bytes.remove(at)),
                1 => bytes.insert(at, bytes[at]),
                2 => {
                    let to = self.below(bytes.len());
                    bytes.swap(at, to);
                }
                3 => bytes[at] = token,
                4 => bytes.insert(at, token),
                _ => {
                    let other = &seeds[self.below(seeds.len())];
                    let from = self.below(other.len());
                    let to = (from + 1 + self.below(8)).min(other.len());
                    bytes.splice(at..at, other[from..to].iter().copied());
                }
            }
        }
        bytes
    }
}
