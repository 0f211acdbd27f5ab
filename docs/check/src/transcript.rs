//! Comparison of a command's output with the lines that a page shows.

/// Stands for any lines, if alone on a line, and for any text within a line.
const ANY: &str = "...";

/// Returns whether the output consists of the expected lines. Blank lines at both ends of the
/// output, blanks at the ends of lines and the number of blanks are ignored: the compiler indents a
/// message by the largest line number in it.
pub(crate) fn matches(expected: &[String], output: &str) -> bool {
    let expected: Vec<String> = expected.iter().map(|line| with_single_blanks(line)).collect();
    let lines: Vec<String> = output.trim_matches('\n').lines().map(with_single_blanks).collect();
    lines_match(&expected, &lines)
}

fn with_single_blanks(line: &str) -> String {
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn lines_match(expected: &[String], lines: &[String]) -> bool {
    match expected.split_first() {
        None => lines.is_empty(),
        Some((first, rest)) if first == ANY => {
            (0..=lines.len()).any(|skipped| lines_match(rest, &lines[skipped..]))
        }
        Some((first, rest)) => lines
            .split_first()
            .is_some_and(|(line, lines)| line_matches(first, line) && lines_match(rest, lines)),
    }
}

fn line_matches(expected: &str, line: &str) -> bool {
    match expected.split_once(ANY) {
        None => expected == line,
        Some((start, rest)) => line.strip_prefix(start).is_some_and(|line| {
            line.char_indices()
                .map(|(at, _)| at)
                .chain([line.len()])
                .any(|at| line_matches(rest, &line[at..]))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_match(expected: &str, output: &str) -> bool {
        let expected: Vec<String> = expected.lines().map(str::to_owned).collect();
        matches(&expected, output)
    }

    #[test]
    fn equal_lines_match() {
        assert!(is_match("a\n\n  b", "\na  \n\n  b\n\n"));
        assert!(!is_match("a", "a\nb"));
        assert!(!is_match("a\nb", "a"));
        assert!(!is_match("a\nb", "b\na"));
        assert!(is_match(" 7 |  a", "7 | a  "));
        assert!(!is_match("a b", "ab"));
    }

    #[test]
    fn an_ellipsis_alone_is_any_number_of_lines() {
        for output in ["b", "a\nb", "a\nb\nb"] {
            assert!(is_match("...\nb", output), "{output}");
        }
        assert!(!is_match("...\nb", "a\nc"));
        assert!(!is_match("...\nb", "b\nc"));
        assert!(is_match("a\n...", "a") && is_match("a\n...\nd", "a\nb\nc\nd"));
    }

    #[test]
    fn an_ellipsis_in_a_line_is_any_text() {
        let expected = "test result: ok. 5 passed; ...; finished in ...s";
        assert!(is_match(expected, "test result: ok. 5 passed; 0 failed; finished in 0.01s"));
        assert!(!is_match(expected, "test result: ok. 4 passed; 0 failed; finished in 0.01s"));
        assert!(!is_match(expected, "test result: ok. 5 passed; 0 failed"));
        assert!(is_match("é...é", "éäé") && !is_match("a...", "b"));
    }
}
