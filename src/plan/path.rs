//! Paths of the output: none of them leaves the output folder, on any system.

use crate::diagnostics::{Diagnostic, Rule};
use crate::source::Spanned;

pub(crate) const UNSAFE_PATH: Rule = Rule {
    code: "unsafe-path",
    summary: "a name or alias that cannot be an address",
    explanation: "It would be outside the site, be hidden, be a name that Windows reserves, or contain \
                  a character that a file name or an address cannot have, such as `:` or `#`.",
    wrong: &["aliases: [../../elsewhere]", "number: con"],
    right: &["aliases: [old/list.html]"],
    ..Rule::ERROR
};

/// The file in the output folder that records what Recto wrote.
pub const MANIFEST: &str = ".recto-manifest.json";

/// The names that Windows reserves for devices, whatever their ending
/// (<https://learn.microsoft.com/windows/win32/fileio/naming-a-file>).
const DEVICES: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8",
    "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// Checks that a path can be one of the output, and says why if not.
pub(super) fn check(path: &str) -> Result<(), String> {
    if path.contains('#') {
        return Err("it contains `#`, which begins the anchor of an address".to_owned());
    }
    check_as_file(path)
}

/// Checks that a path can be one of a file in the output folder.
fn check_as_file(path: &str) -> Result<(), String> {
    if path.is_empty() {
        return Err("it is empty".to_owned());
    }
    if path.starts_with('/') {
        return Err("it begins with `/`".to_owned());
    }
    if path == MANIFEST {
        return Err("Recto uses this name for its own records".to_owned());
    }
    for part in path.split('/') {
        let device = part.split('.').next().unwrap_or(part).trim_end().to_lowercase();
        if matches!(part, "" | "." | "..") {
            return Err(format!("`{part}` is not a name"));
        }
        if part.len() > 250 {
            return Err("a name in it is longer than 250 bytes".to_owned());
        }
        if part.starts_with('.') {
            return Err(format!("`{part}` begins with a dot, so it would be hidden"));
        }
        if part.ends_with(['.', ' ']) || part.starts_with(' ') {
            return Err(format!("`{part}` begins with a space or ends with a dot or space"));
        }
        if let Some(c) = part.chars().find(|c| c.is_control() || "\\:*?\"<>|".contains(*c)) {
            return Err(format!("it contains `{}`", c.escape_default()));
        }
        if DEVICES.contains(&device.as_str()) {
            return Err(format!("Windows reserves the name `{part}`"));
        }
    }
    Ok(())
}

/// Whether Recto may have written a file at this path.
pub fn is_publishable(path: &str) -> bool {
    path == super::NO_JEKYLL || check_as_file(path).is_ok()
}

/// The path of the page at an alias: `old/page`, `old/page.html`, `old/`.
pub(super) fn of_alias(alias: &Spanned<String>) -> Result<String, Box<Diagnostic>> {
    let path = match alias.value.as_str() {
        folder if folder.ends_with('/') => format!("{folder}index.html"),
        page if page.ends_with(".html") || page.ends_with(".htm") => page.to_owned(),
        page => format!("{page}.html"),
    };
    match check(&path) {
        Ok(()) => Ok(path),
        Err(reason) => {
            let message = format!("the alias `{}` cannot be published: {reason}", alias.value);
            let help =
                "an alias is a former address from the top of the site, such as `old/page.html`";
            Err(Box::new(Diagnostic::of(&UNSAFE_PATH, alias.span, message).help(help)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_leaves_the_output() {
        for path in [
            "../x",
            "a/../../x",
            "/etc/passwd",
            "",
            "a//b",
            "./a",
            "a/.",
            "C:/x",
            "a\\..\\x",
            "nul",
            "a/CON.html",
            "a/aux .txt",
            ".git/config",
            "x\0y",
            "x.",
            "x ",
            "annex#1.pdf",
            MANIFEST,
        ] {
            assert!(check(path).is_err(), "{path:?}");
        }
        for path in ["index.html", "a/b.c/d-e_f.html", "documents/A_79_6(Sect.12).html", "é/1.html"]
        {
            assert_eq!(check(path), Ok(()), "{path:?}");
        }
    }
}
