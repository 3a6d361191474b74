//! Reading a site again after a change: only what may have changed is read.

use chrono::NaiveDate;

use super::{
    Contents, Drafts, Entry, MANY, Memory, Reading, Registers, past, read, read_again, report_days,
};
use crate::config::Config;
use crate::diagnostics::Diagnostic;
use crate::language::Languages;
use crate::references::Finder;
use crate::source::{File, FileId, Input};
use crate::vocabulary::Vocabulary;

/// The settings and registers of a site, which reading any of its texts needs.
pub struct SiteSettings {
    /// The words of all languages.
    pub languages: Languages,
    /// The settings.
    pub config: Config,
    /// The words that authors may use.
    pub vocabulary: Vocabulary,
    /// What the registers say.
    pub registers: Registers,
    /// Finds what texts point at.
    pub finder: Finder,
}

impl SiteSettings {
    /// Reads them from the files of a site.
    pub fn read(input: &Input, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let languages = Languages::read(input, diagnostics);
        let config = Config::read(input, &languages, diagnostics);
        let vocabulary = config.vocabulary(&languages);
        super::own_facts::check_keys(&config, diagnostics);
        let registers = Registers::read(input, &vocabulary, diagnostics);
        let finder = registers.finder(&config, diagnostics);
        Self { languages, config, vocabulary, registers, finder }
    }

    /// What reading a text needs of them.
    pub fn reading(&self) -> Reading<'_> {
        Reading {
            config: &self.config,
            languages: &self.languages,
            vocabulary: &self.vocabulary,
            finder: &self.finder,
        }
    }
}

/// Reads the content of a site, and remembers what it has read until the next time.
#[derive(Default)]
pub struct ContentReader {
    /// Where the site will be published, if not where `site.yaml` says.
    base_url: Option<String>,
    settings: Option<ReadSettings>,
    memory: Memory,
}

/// The settings read last, with the files that they may have been made from.
struct ReadSettings {
    files: Vec<(FileId, File)>,
    settings: SiteSettings,
    /// What is wrong with them; none where that is too much to remember.
    diagnostics: Option<Vec<Diagnostic>>,
}

impl ContentReader {
    /// A reader that has read nothing yet.
    pub fn new(base_url: Option<String>) -> Self {
        Self { base_url, ..Self::default() }
    }

    /// How many texts were read the last time; the others were known.
    pub fn texts_read(&self) -> usize {
        self.memory.read
    }

    /// Reads the settings and the texts of a site.
    pub fn read<'r>(
        &'r mut self,
        input: &'r Input,
        drafts: Drafts,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> ReadSite<'r> {
        let last = self.settings.take().filter(|last| last.is_of(input));
        let last = last.unwrap_or_else(|| {
            // What was read with other settings is no longer valid.
            self.memory = Memory::default();
            ReadSettings::read(input, self.base_url.as_deref())
        });
        let last = self.settings.insert(last);
        let too_many = last.diagnostics.take_if(|known| known.len() > MANY);
        diagnostics.extend(too_many.into_iter().flatten());
        diagnostics.extend(last.diagnostics.iter().flatten().cloned());
        let settings = &last.settings;
        let contents = read(input, &settings.reading(), drafts, &mut self.memory, diagnostics);
        ReadSite { input, settings, memory: &self.memory, contents }
    }
}

/// A site that was read.
pub struct ReadSite<'r> {
    input: &'r Input,
    /// The settings and registers.
    pub settings: &'r SiteSettings,
    memory: &'r Memory,
    /// All that its authors wrote, whenever it was so.
    contents: Contents,
}

impl ReadSite<'_> {
    /// The content as it stood: each report on the day as at which it reports, or all of it on the day
    /// that is asked for.
    pub fn on(&self, asked: Option<NaiveDate>) -> Contents {
        self.cut(self.contents.entries.clone(), asked)
    }

    /// The reports that have an edition of a day, as they stood then, and nothing else: what their pages
    /// link to is on the site.
    pub fn editions_of(&self, day: NaiveDate) -> Contents {
        self.cut(past::editions(&self.contents.entries, day), Some(day))
    }

    fn cut(&self, entries: Vec<Entry>, asked: Option<NaiveDate>) -> Contents {
        let days = report_days(&entries, self.input.today);
        let past::Past { mut entries, rewritten, not_yet } = past::on(entries, &days, asked);
        if !rewritten.is_empty() {
            let reading = self.settings.reading();
            past::replace(&mut entries, read_again(self.input, &reading, self.memory, rewritten));
        }
        let assets = self.contents.assets.clone();
        Contents { entries, assets, not_yet, ..self.contents }
    }
}

impl ReadSettings {
    fn read(input: &Input, base_url: Option<&str>) -> Self {
        let mut diagnostics = Vec::new();
        let mut settings = SiteSettings::read(input, &mut diagnostics);
        if let Some(url) = base_url {
            settings.config.set_base_url(url);
        }
        let files = Self::files(input).map(|(id, file)| (id, file.clone())).collect();
        Self { files, settings, diagnostics: Some(diagnostics) }
    }

    /// Whether the settings of these files would be the same. Their spans depend on the numbers of
    /// files.
    fn is_of(&self, input: &Input) -> bool {
        let files = self.files.iter().map(|(id, file)| (*id, file));
        self.diagnostics.is_some() && files.eq(Self::files(input))
    }

    /// The files that settings are made from: all of these are YAML.
    fn files(input: &Input) -> impl Iterator<Item = (FileId, &File)> {
        input.files_with_id().filter(|(_, file)| file.path.ends_with(".yaml"))
    }
}
