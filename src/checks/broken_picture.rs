//! A picture is what its name says, and browsers show it.

use super::{Check, Context};
use crate::diagnostics::{Diagnostic, Rule};
use crate::model::LinkKind;
use crate::source::{PictureFault, Span};

pub(super) const CHECK: Check = Check { rule: &RULE, run };

const RULE: Rule = Rule {
    code: "broken-picture",
    summary: "a picture that is damaged, or of another format than its name says",
    explanation: "Many browsers refuse a picture whose name is wrong, and a PDF can only show a whole \
                  one. Save the picture again from the program that it comes from.",
    ..Rule::WARNING
};

pub(crate) const UNSHOWN_PICTURE: Rule = Rule {
    code: "unshown-picture",
    summary: "a picture of a format that browsers do not show",
    explanation: "Readers get a link to the file instead. Save drawings as SVG, and photographs as \
                  JPEG or PNG: Word’s own drawings (EMF, WMF), pictures of phones (HEIC), scans (TIFF) \
                  and PDFs are not shown.",
    wrong: &["\n## Recommendation\n\n![A map](map.emf)\n# content/audit/map.emf\n"],
    right: &["\n## Recommendation\n\n[A map](map.emf)\n# content/audit/map.emf\n"],
    ..Rule::WARNING
};

fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (path, fault) in &context.input.picture_faults {
        let Some(file) = context.input.find(path) else { continue };
        let name = path.rsplit('/').next().unwrap_or(path);
        let (message, help) = match fault {
            PictureFault::NoPicture => (
                format!("`{name}` is not a picture"),
                "put the picture itself in its place".to_owned(),
            ),
            PictureFault::Cut => (
                format!("`{name}` is cut off: its end is missing"),
                "copy or save it again".to_owned(),
            ),
            PictureFault::Damaged => {
                (format!("`{name}` is damaged"), "copy or save it again".to_owned())
            }
            PictureFault::Other { found, is_shown: true } => (
                format!("`{name}` is a {found} picture, although its name ends otherwise"),
                format!("give its name the ending of {found} pictures, and change the links to it"),
            ),
            PictureFault::Other { found, is_shown: false } => (
                format!("`{name}` is a {found} picture, although its name ends otherwise"),
                "save it as PNG or JPEG".to_owned(),
            ),
        };
        diagnostics.push(Diagnostic::of(&RULE, Span::top(file), message).help(help));
    }
    for text in context.texts() {
        for link in text.links.iter().filter(|link| text.slice(link.span).starts_with("![")) {
            if let LinkKind::File { path, .. } = &link.kind
                && context.site.has_file(path)
                && !crate::tree::is_picture(path)
            {
                let name = path.rsplit('/').next().unwrap_or(path);
                let message = format!("browsers do not show `{name}` as a picture");
                let help = "save it as SVG, PNG or JPEG, or link to it without the `!`";
                diagnostics.push(Diagnostic::of(&UNSHOWN_PICTURE, link.span, message).help(help));
            }
        }
    }
}
