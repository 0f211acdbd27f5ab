//! The printed output: a line for each probe, then all problems.

use core::fmt;

use crate::target::{LEVELS, Level, MACHINES, Machine};

/// A probe that breaks its rule, or a mutant that does not.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) name: String,
    pub(crate) machine: &'static Machine,
    pub(crate) level: &'static Level,
    pub(crate) problems: Vec<String>,
    pub(crate) listing: String,
}

/// The size of a probe: name, machine, level, number of instructions, and whether it passes.
pub(crate) type Count = (String, &'static Machine, &'static Level, usize, bool);

/// The results of a check; printed, they are the table and all problems.
#[derive(Debug, Default)]
pub struct Results {
    pub(crate) checks: usize,
    /// The number of mutants that had to be refused.
    pub(crate) refused: usize,
    pub(crate) counts: Vec<Count>,
    pub(crate) failures: Vec<Failure>,
}

impl Results {
    /// Returns the sum of both results.
    pub(crate) fn with(mut self, other: Self) -> Self {
        self.checks += other.checks;
        self.refused += other.refused;
        self.counts.extend(other.counts);
        self.failures.extend(other.failures);
        self
    }

    /// Returns the number of probes and mutants that were checked, over all targets and levels.
    pub fn checks(&self) -> usize {
        self.checks
    }

    /// Returns the number of failures: probes that broke their rule, and mutants that did not.
    pub fn failed(&self) -> usize {
        self.failures.len()
    }

    /// Returns the problems, one in each line, without the listings.
    pub fn problems(&self) -> String {
        let lines = self.failures.iter().flat_map(|Failure { name, machine, problems, .. }| {
            problems.iter().map(move |problem| format!("{name}, {}: {problem}\n", machine.short))
        });
        lines.collect()
    }

    /// Returns the numbers of instructions of a probe on a machine, by level.
    fn cell(&self, name: &str, machine: &Machine) -> String {
        let of =
            |level: &Level| {
                self.counts
                    .iter()
                    .find(|(probe, on, at, ..)| probe == name && *on == machine && *at == level)
                    .map_or("-".to_owned(), |(_, _, _, count, good)| {
                        if *good { count.to_string() } else { format!("{count}!") }
                    })
            };
        let (optimised, plain): (Vec<&Level>, Vec<&Level>) =
            self.levels().into_iter().partition(|level| level.is_optimised());
        let [mut plain, mut optimised] =
            [plain, optimised].map(|levels| levels.into_iter().map(of).collect::<Vec<String>>());
        if optimised.iter().all(|count| *count == optimised[0]) {
            optimised.truncate(1);
        }
        plain.extend((!optimised.is_empty()).then(|| optimised.join(" ")));
        plain.join("/")
    }

    /// Returns the levels that were checked, in the order of the list.
    fn levels(&self) -> Vec<&'static Level> {
        let is_there = |level: &&Level| self.counts.iter().any(|(_, _, at, ..)| at == level);
        LEVELS.iter().filter(is_there).collect()
    }
}

impl fmt::Display for Results {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut names: Vec<&String> = vec![];
        for (name, ..) in &self.counts {
            if names.last() != Some(&name) && !names.contains(&name) {
                names.push(name);
            }
        }
        let levels: Vec<&str> = self.levels().into_iter().map(|level| level.short).collect();
        writeln!(
            f,
            "\nInstructions at opt-level {}; level 0 is before the slash; one number if all other \
             levels agree, `!` if a rule is violated.\n\
             At level 0 the calls that a probe makes are followed instead of counted.\n",
            levels.join(", ")
        )?;
        let column = 26;
        write!(f, "{:<36}", "probe")?;
        MACHINES.iter().try_for_each(|machine| write!(f, " {:<column$}", machine.short))?;
        writeln!(f)?;
        for name in names {
            let mut line = format!("{:<36}", name.trim_start_matches("probe_"));
            for machine in &MACHINES {
                line.push_str(&format!(" {:<column$}", self.cell(name, machine)));
            }
            writeln!(f, "{}", line.trim_end())?;
        }
        for Failure { name, machine, level, problems, listing } in &self.failures {
            writeln!(f, "\n==== {name}, {}, opt-level {} ====", machine.triple, level.short)?;
            problems.iter().try_for_each(|problem| writeln!(f, "* {problem}"))?;
            write!(f, "{listing}")?;
        }
        writeln!(
            f,
            "\n{} checks, of which {} are mutants that must be rejected",
            self.checks, self.refused
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Formats a cell of the table from pairs of the index of a level and a number of instructions.
    fn cell(counts: &[(usize, usize)]) -> String {
        let count = |(level, count): &(usize, usize)| {
            ("probe".to_owned(), &MACHINES[0], &LEVELS[*level], *count, true)
        };
        let counts = counts.iter().map(count).collect();
        Results { counts, ..Results::default() }.cell("probe", &MACHINES[0])
    }

    #[test]
    fn only_checked_levels_are_in_the_table() {
        assert_eq!(cell(&[(0, 9), (3, 4), (4, 4)]), "9/4");
        assert_eq!(cell(&[(0, 9), (3, 4), (4, 5)]), "9/4 5");
        assert_eq!(cell(&[(1, 4), (2, 5), (5, 4)]), "4 5 4");
        assert_eq!(cell(&[(3, 4)]), "4");
    }
}
