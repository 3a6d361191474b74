//! What is embedded in the program. A test compares these tables with the folder `templates/`.

/// Pairs of a file's name and its text.
macro_rules! embed {
    ($folder:literal: $($name:literal),* $(,)?) => {
        &[$( ($name, include_str!(concat!("../../templates/", $folder, $name))) ),*]
    };
}

/// The templates of pages.
pub const TEMPLATES: &[(&str, &str)] = embed!["":
    "base.html",
    "changes.html",
    "chosen.html",
    "components.html",
    "deadlines.html",
    "document.html",
    "documents.html",
    "glossary.html",
    "goal.html",
    "goals.html",
    "home.html",
    "not_found.html",
    "overdue.html",
    "page.html",
    "portfolio.html",
    "recommendation.html",
    "recommendations.html",
    "redirect.html",
    "report.html",
    "table.html",
    "tag.html",
    "tags.html",
    "unit.html",
    "units.html",
    "years.html",
];

/// The files that pages use.
pub const ASSETS: &[(&str, &str)] =
    embed!["assets/": "find.js", "icon.svg", "recto.css", "recto.js"];

/// The templates of PDFs.
pub const PRINT: &[(&str, &str)] = embed!["pdf/": "common.typ", "document.typ", "table.typ"];

/// The small site that `recto init` makes.
pub const SCAFFOLD: &[(&str, &str)] = embed!["scaffold/":
    "content/about.md",
    "content/documents.yaml",
    "content/glossary.yaml",
    "content/index.md",
    "content/site.yaml",
    "content/units.yaml",
    "content/example/01-publish-the-list.md",
    "content/example/02-train-the-staff.md",
    "content/example/report.md",
    "github/workflows/check.yml",
    "github/workflows/comment.yml",
    "gitignore",
    "vscode/extensions.json",
];
