//! The fonts of PDFs: those in the program, then those of the site.

use std::sync::{Arc, LazyLock};

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

use crate::content::layout::{FONT_ENDINGS, FONT_FOLDER, LARGEST_FONT, is_font};
use crate::diagnostics::Diagnostic;
use crate::source::{Content, File, Input, Span, is_blank};

/// The families in the program that PDFs are set in: one for text, and one for code, which also
/// has the marks that the first lacks. The others are for mathematics.
const FAMILIES: [&str; 2] = ["Libertinus Serif", "DejaVu Sans Mono"];

/// Fonts, and the index by which Typst chooses among them.
#[derive(Clone)]
pub struct Fonts {
    pub(super) book: LazyHash<FontBook>,
    pub(super) fonts: Vec<Font>,
    /// The families of the site, in the order of their files.
    pub(super) families: Vec<String>,
}

static BUILT_IN: LazyLock<Fonts> = LazyLock::new(|| {
    let fonts = typst_assets::fonts().flat_map(|data| Font::iter(Bytes::new(data)));
    Fonts::new(fonts.filter(|font| FAMILIES.contains(&font.info().family.as_str())).collect())
});

impl Fonts {
    /// The fonts for a site.
    pub fn of(input: &Input) -> Self {
        let of_site = input.files.iter().filter(|file| file.path.starts_with(FONT_FOLDER));
        let of_site: Vec<Font> = of_site
            .filter_map(|file| match &file.content {
                Content::Font(bytes) => Some(Bytes::new(SharedBytes(bytes.clone()))),
                _ => None,
            })
            .flat_map(Font::iter)
            .collect();
        if of_site.is_empty() {
            return BUILT_IN.clone();
        }
        let mut families: Vec<String> = Vec::new();
        for font in &of_site {
            if !families.contains(&font.info().family) {
                families.push(font.info().family.clone());
            }
        }
        let mut fonts = Self::new(BUILT_IN.fonts.iter().cloned().chain(of_site).collect());
        fonts.families = families;
        fonts
    }

    fn new(fonts: Vec<Font>) -> Self {
        let book = LazyHash::new(FontBook::from_fonts(&fonts));
        Self { book, fonts, families: Vec::new() }
    }

    /// Whether a font has a character, or it needs none.
    pub fn has(&self, c: char) -> bool {
        let has = |font: &Font| font.info().coverage.contains(u32::from(c));
        is_blank(c) || self.fonts.iter().any(has)
    }
}

/// Endings of files that come with fonts: licences and descriptions.
const BESIDE: [&str; 5] = ["", "html", "md", "pdf", "txt"];

/// Reports the files in the folder of fonts that are not usable fonts.
pub(super) fn unreadable(input: &Input) -> impl Iterator<Item = Diagnostic> {
    let files = input.files_with_id().filter(|(_, file)| file.path.starts_with(FONT_FOLDER));
    files.filter_map(|(id, file)| {
        let (message, help) = why_unreadable(file)?;
        Some(Diagnostic::of(&super::UNREADABLE_FONT, Span::top(id), message).help(help))
    })
}

/// Why a file in the folder of fonts is not a usable font, and what to do.
fn why_unreadable(file: &File) -> Option<(String, String)> {
    let name = file.path.rsplit('/').next().unwrap_or(&file.path);
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
    let endings = FONT_ENDINGS.map(|ending| format!("`.{ending}`")).join(", ");
    match &file.content {
        Content::Font(bytes) => {
            let bytes = Bytes::new(SharedBytes(bytes.clone()));
            Font::iter(bytes).next().is_none().then(|| {
                let message = format!("`{name}` has no font that can be read");
                (message, "download it again, or remove it".to_owned())
            })
        }
        _ if is_font(&file.path) => {
            let message = format!("`{name}` has more than {LARGEST_FONT} MiB, and is not read");
            (message, "use a font with fewer scripts".to_owned()).into()
        }
        _ if BESIDE.contains(&ending.as_str()) => None,
        _ => {
            let message = format!("`{name}` is not read: its name ends with `.{ending}`");
            let help = format!(
                "PDFs need OpenType fonts, whose names end with {endings}; get the font as such a \
                 file"
            );
            Some((message, help))
        }
    }
}

/// Bytes shared with the input.
struct SharedBytes(Arc<[u8]>);

impl AsRef<[u8]> for SharedBytes {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}
