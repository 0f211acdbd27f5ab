//! The report of the main program, and the comparison of the reports of two runs.

/// The line between the register trace and the report.
const MARK: &str = "== report ==";

/// Returns the text after the mark in a program's output.
pub(crate) fn of(stdout: &str) -> Result<&str, String> {
    let mut rest = stdout;
    while let Some((line, after)) = rest.split_once('\n') {
        if line == MARK {
            let empty = || format!("nothing follows the line `{MARK}`");
            return (!after.trim().is_empty()).then_some(after).ok_or_else(empty);
        }
        rest = after;
    }
    Err(format!("no line equals `{MARK}`, or nothing follows it"))
}

/// Returns the text before the mark in a program's output: the trace.
pub(crate) fn before(stdout: &str) -> Result<&str, String> {
    let trace = stdout.split_once(&format!("\n{MARK}\n")).map(|(trace, _)| trace);
    trace.ok_or_else(|| format!("no line is exactly `{MARK}`, or it is the first one"))
}

/// Compares two reports; the error shows the first difference.
pub(crate) fn compare(first: &str, second: &str) -> Result<(), String> {
    if first == second {
        return Ok(());
    }
    let (mut first, mut second) = (first.split('\n'), second.split('\n'));
    for line in 1.. {
        let (a, b) = (first.next(), second.next());
        if a != b {
            let shown = |line: Option<&str>| line.map_or("the end".into(), |l| format!("`{l}`"));
            return Err(format!(
                "the reports differ at line {line}: {} here, {} there",
                shown(a),
                shown(b)
            ));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_report_starts_after_the_marker() {
        assert_eq!(of("trace\n== report ==\na\nb\n"), Ok("a\nb\n"));
        assert_eq!(of("== report ==\na"), Ok("a"));
        assert_eq!(of("x\n== report ==\na\n== report ==\nb\n"), Ok("a\n== report ==\nb\n"));
    }

    #[test]
    fn a_missing_report_is_an_error() {
        for output in [
            "",
            "a\nb\n",
            "== report ==",
            "== report ==\n",
            "== report ==\n \n\n",
            " == report ==\na\n",
            "== report == \na\n",
            "x == report ==\na\n",
        ] {
            assert!(of(output).is_err(), "{output:?}");
        }
    }

    #[test]
    fn reports_are_compared_to_the_last_byte() {
        assert_eq!(compare("a\nb\n", "a\nb\n"), Ok(()));
        let part = |a, b| compare(a, b).expect_err("they differ");
        assert!(part("a\nb\n", "a\nc\n").contains("line 2: `b` here, `c` there"));
        assert!(part("a\n", "a\nc\n").contains("line 2: `` here, `c` there"));
        assert!(part("a", "a\n").contains("line 2: the end here, `` there"));
    }
}
