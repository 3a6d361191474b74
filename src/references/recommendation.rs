//! Other recommendations: `[[2]]`, `[[central-asia/2]]`, `[[2|the second one]]`, and ordinary
//! links to the file of one.
//!
//! These are links of Markdown, which its parser finds: there is nothing to look for in running
//! text. The key is the report's folder and the number: `central-asia/2`.

use super::Scheme;

pub(super) const SCHEME: Scheme = Scheme {
    name: "recommendation",
    triggers: |_| Vec::new(),
    read: |_, _| (),
    address: |_, _| None,
};
