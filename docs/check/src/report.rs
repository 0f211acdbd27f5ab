//! Results of checks, printed as libtest prints the results of tests.

/// Prints the results and counts them.
#[derive(Debug)]
pub(crate) struct Report {
    expected: usize,
    passed: usize,
    failed: usize,
}

impl Report {
    /// Announces this many checks.
    pub(crate) fn new(expected: usize) -> Self {
        println!("running {expected} tests");
        Self { expected, passed: 0, failed: 0 }
    }

    /// Prints the result of one check, which passes without problems.
    pub(crate) fn add(&mut self, name: &str, problems: &[String]) {
        println!("test {name} ... {}", if problems.is_empty() { "ok" } else { "FAILED" });
        problems.iter().for_each(|problem| println!("{problem}"));
        *(if problems.is_empty() { &mut self.passed } else { &mut self.failed }) += 1;
    }

    /// Prints the last line. Returns `true` if every announced check was made and has passed; a
    /// check that was not made counts as failed.
    pub(crate) fn finish(self) -> bool {
        let Self { expected, passed, .. } = self;
        let failed = self.failed.max(expected.saturating_sub(passed));
        let word = if failed == 0 { "ok" } else { "FAILED" };
        println!("\ntest result: {word}. {passed} passed; {failed} failed; 0 ignored; 0 measured");
        failed == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finished(expected: usize, results: &[bool]) -> bool {
        let mut report = Report::new(expected);
        let problem = [String::new()];
        for passes in results {
            report.add("check", if *passes { &[] } else { &problem });
        }
        report.finish()
    }

    #[test]
    fn every_check_must_be_made_and_pass() {
        assert!(finished(2, &[true, true]));
        assert!(!finished(2, &[true, false]));
        assert!(!finished(2, &[true]));
    }
}
