//! Formulas, written in one line: what is raised is raised, and a fraction has a slash.

use crate::import::document::Script;
use crate::import::error::ReadError;
use crate::import::xml::{Element, Namespace};

use super::paragraph::Line;
use super::plain::{brackets, nary_sign};
use super::reader::{ReaderContext, WordReader};
use super::styles::ShownStyle;

impl<'t> WordReader<'t, '_, '_> {
    /// Reads a formula or a part of one.
    pub(super) fn math(
        &mut self,
        element: Element<'t>,
        shown: ShownStyle,
        context: &ReaderContext<'t>,
        line: &mut Line,
    ) -> Result<(), ReadError> {
        let (Namespace::M, name) = element.key() else {
            return match element.key() {
                // Changes and runs of text within a formula are those of any paragraph.
                (Namespace::W, _) => self.inline(element, context, line),
                _ => Ok(()),
            };
        };
        match name {
            "t" => {
                self.put(&element.text(), shown, context, line);
                return Ok(());
            }
            "f" => return self.parts(element, &["num", "/", "den"], shown, context, line),
            "rad" => return self.parts(element, &["deg", "√", "e"], shown, context, line),
            "nary" => {
                return self.parts(
                    element,
                    &[&nary_sign(element), "sub", "sup", "e"],
                    shown,
                    context,
                    line,
                );
            }
            "d" => {
                let [open, close] = brackets(element);
                self.put(&open, shown, context, line);
                for part in element.children() {
                    self.math(part, shown, context, line)?;
                }
                self.put(&close, shown, context, line);
                return Ok(());
            }
            _ => {}
        }
        let shown = match name {
            "sup" | "deg" => ShownStyle { script: Script::Super, ..shown },
            "sub" | "lim" => ShownStyle { script: Script::Sub, ..shown },
            _ => shown,
        };
        for part in element.children() {
            self.math(part, shown, context, line)?;
            // Rows and cells of a matrix, and lines of a system, would run together.
            if matches!(name, "m" | "mr" | "eqArr") {
                self.put(" ", shown, context, line);
            }
        }
        Ok(())
    }

    /// Puts the parts of a formula in their order; a name that is not a part is a sign.
    fn parts(
        &mut self,
        element: Element<'t>,
        order: &[&str],
        shown: ShownStyle,
        context: &ReaderContext<'t>,
        line: &mut Line,
    ) -> Result<(), ReadError> {
        for name in order {
            if matches!(*name, "num" | "den" | "deg" | "sub" | "sup" | "e") {
                if let Some(part) = element.child(Namespace::M, name) {
                    self.math(part, shown, context, line)?;
                }
            } else {
                self.put(name, shown, context, line);
            }
        }
        Ok(())
    }
}
