//! Dependencies that the system's packages provide.

use std::path::Path;

use xtask_process::{Call, run};

/// A dependency that Debian packages provide.
#[derive(Debug)]
pub(crate) struct Wanted<'a> {
    /// Its description, for the message that it is missing.
    pub(crate) thing: &'a str,
    /// The packages that provide it.
    pub(crate) packages: &'a [&'a str],
}

impl Wanted<'_> {
    /// Installs the packages where that is possible, unless `is_there` returns `true`.
    pub(crate) fn get(&self, is_there: impl Fn() -> bool, root: &Path) -> Result<(), String> {
        let thing = self.thing;
        if !is_there() {
            if !on_path("apt-get") || !is_root(root) {
                return Err(self.by_hand());
            }
            for call in [Call::new("apt-get", "update"), self.install()] {
                run::get(thing, &call.variable("DEBIAN_FRONTEND", "noninteractive"), root)?;
            }
            if !is_there() {
                return Err(format!("the packages {} did not provide {thing}", self.names(", ")));
            }
        }
        println!("{thing}: ready");
        Ok(())
    }

    fn install(&self) -> Call {
        Call::new("apt-get", "install -y --no-install-recommends").words(&self.names(" "))
    }

    fn names(&self, between: &str) -> String {
        self.packages.join(between)
    }

    /// Returns the manual instructions for where this program cannot install packages.
    fn by_hand(&self) -> String {
        format!(
            "{} is missing, and this program can install it only as root with apt-get. Install \
             the package {}, on Debian with\n    {}",
            self.thing,
            self.names(", "),
            self.install()
        )
    }
}

/// Returns whether a shell would find the program.
pub(crate) fn on_path(program: &str) -> bool {
    std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|dir| dir.join(program).is_file()))
}

fn is_root(root: &Path) -> bool {
    run::answer(&Call::new("id", "-u"), root).is_ok_and(|answer| answer.trim() == "0")
}

#[cfg(test)]
mod tests {
    use super::*;

    const WANTED: Wanted<'_> = Wanted { thing: "a tool", packages: &["one", "two"] };

    #[test]
    fn present_packages_are_not_installed() {
        // The folder does not exist, so no command can run there.
        assert_eq!(WANTED.get(|| true, Path::new("no/such/folder")), Ok(()));
        assert!(WANTED.get(|| false, Path::new("no/such/folder")).is_err());
    }

    #[test]
    fn failed_installations_are_reported_with_the_command() {
        let text = WANTED.by_hand();
        assert!(text.starts_with("a tool is missing"), "{text}");
        assert!(text.ends_with("apt-get install -y --no-install-recommends one two"), "{text}");
    }

    #[cfg(unix)]
    #[test]
    fn programs_are_searched_on_the_path() {
        assert!(on_path("sh"));
        assert!(!on_path("no-such-program"));
    }
}
