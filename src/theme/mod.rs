//! Templates and assets: ours, with the site's laid over them file by file.

mod built_in;

use std::collections::BTreeMap;
use std::sync::Arc;

use tera::{Context, Kwargs, State, Tera, Value};

use crate::diagnostics::{Diagnostic, Rule};
use crate::language::{Phrase, Words};
use crate::source::{Content, FileId, Input, Span};

pub use built_in::{ASSETS, PRINT, SCAFFOLD, TEMPLATES};

pub(crate) const TEMPLATE_ERROR: Rule = Rule {
    code: "template-error",
    summary: "one of your own templates that cannot be used",
    explanation: "The files in `templates/` are laid over the built-in ones. This one has a syntax \
                  error, or asks for something that its page does not have.",
    wrong: &["# templates/home.html\n{% if %}"],
    right: &["# templates/home.html\n{% if true %}{% endif %}"],
    ..Rule::UNREAD
};

/// The rules about templates.
pub(crate) const RULES: &[&Rule] = &[&TEMPLATE_ERROR];

/// Where a site keeps its own templates.
const FOLDER: &str = "templates/";

/// The folder of assets, in the templates and in the output.
pub const ASSET_FOLDER: &str = "assets/";

/// The folder of the templates of PDFs, in the templates.
const PRINT_FOLDER: &str = "pdf/";

/// A template for PDFs.
#[derive(Debug, Clone)]
pub struct Print {
    /// Its text, in the language of Typst.
    pub text: std::sync::Arc<str>,
    /// The file, where it is the site's own.
    pub own: Option<FileId>,
}

/// Everything that decides how pages and PDFs look.
pub struct Theme {
    tera: Tera,
    words: BTreeMap<String, Value>,
    /// Assets by their address.
    pub assets: BTreeMap<String, Asset>,
    /// Templates of PDFs, by their paths from the site's root.
    pub print: BTreeMap<String, Print>,
    /// Other files beside them, such as a logo, by their paths from the site's root.
    pub print_files: Vec<(String, FileId)>,
    /// The site's own templates, for diagnostics.
    own: BTreeMap<String, FileId>,
}

/// A file that pages use.
#[derive(Debug, Clone)]
pub enum Asset {
    /// Built in, or a text of the site.
    Text(std::sync::Arc<str>),
    /// Copied from the site.
    File(FileId),
}

/// A built-in file as readers load it: a script without the lines that are comments, and without the
/// spaces before the others.
fn published(name: &str, text: &str) -> Arc<str> {
    if !name.ends_with(".js") {
        return text.into();
    }
    let lines = text.lines().map(str::trim_start);
    let code = lines.filter(|line| !line.is_empty() && !line.starts_with("//"));
    code.flat_map(|line| [line, "\n"]).collect::<String>().into()
}

impl Theme {
    /// Reads the theme of a site. What is wrong with its templates is reported at its place, and
    /// the built-in ones are used instead.
    pub fn read(input: &Input, words: &[Words], diagnostics: &mut Vec<Diagnostic>) -> Self {
        let mut templates: BTreeMap<String, &str> =
            TEMPLATES.iter().map(|(name, text)| ((*name).to_owned(), *text)).collect();
        let mut assets: BTreeMap<String, Asset> = ASSETS
            .iter()
            .map(|(name, text)| {
                (format!("{ASSET_FOLDER}{name}"), Asset::Text(published(name, text)))
            })
            .collect();
        let mut print: BTreeMap<String, Print> = PRINT
            .iter()
            .map(|(name, text)| {
                let path = format!("{FOLDER}{PRINT_FOLDER}{name}");
                (path, Print { text: (*text).into(), own: None })
            })
            .collect();
        let mut print_files = Vec::new();
        let mut own = BTreeMap::new();
        for (id, file) in input.files_with_id() {
            let Some(path) = file.path.strip_prefix(FOLDER) else {
                continue;
            };
            if path.starts_with(PRINT_FOLDER) {
                match &file.content {
                    Content::Text(text) if path.ends_with(".typ") => {
                        let template = Print { text: text.clone(), own: Some(id) };
                        print.insert(file.path.clone(), template);
                    }
                    _ => print_files.push((file.path.clone(), id)),
                }
            } else if path.starts_with(ASSET_FOLDER) {
                let asset = match &file.content {
                    Content::Text(text) => Asset::Text(text.clone()),
                    Content::NotUtf8(_) | Content::Font(_) | Content::Asset => Asset::File(id),
                };
                assets.insert(path.to_owned(), asset);
            } else if !path.contains('/')
                && path.ends_with(".html")
                && matches!(file.content, Content::Text(_))
            {
                templates.insert(path.to_owned(), file.text());
                own.insert(path.to_owned(), id);
            }
        }
        let tera = load(&templates).unwrap_or_else(|error| {
            diagnostics.push(template_error(&error, &own, input));
            let built_in = TEMPLATES.iter().map(|(name, text)| ((*name).to_owned(), *text));
            load(&built_in.collect()).unwrap_or_default()
        });
        let words = words.iter().map(|words| (words.tag.clone(), words_value(words))).collect();
        Self { tera, words, assets, print, print_files, own }
    }

    /// Renders a template with a view, and the words of a language as `words`.
    ///
    /// # Errors
    ///
    /// When the template asks for something that the view does not have: a diagnostic at its place.
    pub fn render(
        &self,
        template: &str,
        mut view: Context,
        language: &str,
        input: &Input,
    ) -> Result<String, Box<Diagnostic>> {
        if let Some(words) = self.words.get(language) {
            view.insert_value("words", words.clone());
        }
        self.tera
            .render(template, &view)
            .map_err(|error| Box::new(template_error(&error, &self.own, input)))
    }
}

fn load(templates: &BTreeMap<String, &str>) -> tera::TeraResult<Tera> {
    let mut tera = Tera::new();
    tera.autoescape_on(vec![".html"]);
    // The built-in filter copies what it marks, which may be the whole of a report.
    tera.register_filter("safe", |html: Value, _: Kwargs, _: &State<'_>| html.mark_safe());
    tera.add_raw_templates(templates.iter().map(|(name, text)| (name.as_str(), *text)))?;
    Ok(tera)
}

/// The words of a language as templates see them: `words.report.summary`.
fn words_value(words: &Words) -> Value {
    let mut groups: BTreeMap<&str, BTreeMap<&str, &str>> = BTreeMap::new();
    let mut top: BTreeMap<&str, &str> = BTreeMap::new();
    for key in words.keys() {
        let Some(Phrase::Text(text)) = words.phrase(key) else {
            continue;
        };
        match key.split_once('.') {
            Some((group, name)) => {
                groups.entry(group).or_default().insert(name, text);
            }
            None => {
                top.insert(key, text);
            }
        }
    }
    let mut map = tera::Map::new();
    for (group, texts) in groups {
        map.insert(group.to_owned().into(), Value::from_serializable(&texts));
    }
    for (key, text) in top {
        map.insert(key.to_owned().into(), Value::from(text));
    }
    Value::from(map)
}

/// The diagnostic for an error of the template engine, at its place where that is in a file of the
/// site.
fn template_error(
    error: &tera::Error,
    own: &BTreeMap<String, FileId>,
    input: &Input,
) -> Diagnostic {
    let report = match error.kind() {
        tera::ErrorKind::SyntaxError(report) | tera::ErrorKind::RenderingError(report) => report,
        _ => return Diagnostic::of_site(&TEMPLATE_ERROR, error.to_string()),
    };
    let message = format!("template error: {}", report.message());
    match own.get(report.filename()) {
        Some(id) => {
            let range = report.span().range.clone();
            let end = range.end.min(input.file(*id).text().len());
            Diagnostic::of(&TEMPLATE_ERROR, Span::new(*id, range.start.min(end)..end), message)
        }
        None => Diagnostic::of_site(&TEMPLATE_ERROR, error.to_string()),
    }
}
