//! Variations of handwritten inputs, the same in every run. Ordinary tests use them in place of a
//! fuzzer that measures coverage.

/// A pseudorandom number generator (xorshift, by Marsaglia) that damages inputs.
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

    /// Returns one of the seeds with some tokens lost, duplicated, moved, replaced, or inserted
    /// from another seed.
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
