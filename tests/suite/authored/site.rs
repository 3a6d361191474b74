//! Sites as authors might write them, made from arbitrary bytes: each byte chooses how the site goes
//! on, and where there are no more bytes it goes on in the simplest way. So a shorter list of bytes
//! makes a simpler site.

use std::fmt::Write as _;

/// A site, and the words that must not get lost.
pub(crate) struct Authored {
    /// The files by their paths from the site's root.
    pub(crate) files: Vec<(String, Vec<u8>)>,
    /// Every word of the texts and of the front matter. None of them is in another.
    pub(crate) words: Vec<Word>,
}

/// A word of a site.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    /// The file that has it.
    pub(crate) path: String,
    pub(crate) word: String,
    pub(crate) place: Place,
}

/// Where a word is in its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// In the title: the official table has it only as a bookmark.
    Title,
    /// In what is said of a picture to those who cannot see it: text is not made of it.
    Alternative,
    /// Anywhere else.
    Text,
}

/// Makes a site from these bytes.
pub(crate) fn authored(bytes: &[u8]) -> Authored {
    let mut author = Author { bytes, path: String::new(), words: Vec::new(), notes: 0, depth: 0 };
    let mut files = vec![
        (
            "content/site.yaml",
            "title: Site\nlanguages: [en, fr]\nsections:\n  other: [Background, Contexte]\n\
             vocabulary:\n  status:\n    in progress: [Open, Stalled]\nfacts:\n  \
             place: Place\n  sum: { label: Sum, kind: number, unit: USD, column: true }\n",
        ),
        ("content/documents.yaml", "- symbol: ECE/CP.TEIA/38\n  title: Report\n"),
        ("content/glossary.yaml", "- { term: NPD, expansion: National Policy Dialogue }\n"),
        ("content/r/annex.pdf", "%PDF"),
        ("content/r/drawing.svg", SVG),
    ]
    .into_iter()
    .map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()))
    .collect::<Vec<_>>();
    files.push(("content/r/map.png".to_owned(), PNG.to_vec()));
    files.push(("content/r/odd name.png".to_owned(), PNG.to_vec()));
    let report = author.text("content/r/report.md", |author| {
        let title = author.word_at(Place::Title);
        let layout = author.one_of(&["", "pdf: document\n"]);
        let groups = match author.choice(4) {
            3 => "groups: [First]\n",
            _ => "",
        };
        let earlier = author.one_of(&["", "", "earlier: [2020-06-30]\n"]);
        format!(
            "---\ntitle: \"{title}\"\nas_at: 2020-12-31\n{earlier}{layout}{groups}---\n\n{}",
            author.blocks(0)
        )
    });
    files.push(report);
    let count = 1 + author.choice(3);
    for number in 1..=count {
        let name = author.one_of(&["", " b", "é", "-x"]);
        let path = format!("content/r/{number}{name}.md");
        files.push(author.text(&path, |author| author.recommendation(number)));
        if author.choice(4) == 3 {
            let path = format!("content/r/{number}{name}.fr.md");
            files.push(author.text(&path, Author::translation));
        }
    }
    if author.choice(2) == 1 {
        files.push(author.text("content/about.md", |author| {
            let title = author.word_at(Place::Title);
            format!("---\ntitle: \"{title}\"\n---\n\n{}", author.blocks(0))
        }));
    }
    Authored { files, words: author.words }
}

/// The smallest PNG: one pixel.
const PNG: &[u8] =
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\
    \0\0\0\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\0\x05\0\x01\xff\x89\x99=\x1d\0\0\0\0IEND\xaeB`\x82";

const SVG: &str =
    "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><path d='M0 0h9'/></svg>";

/// Who writes a site.
struct Author<'b> {
    bytes: &'b [u8],
    path: String,
    words: Vec<Word>,
    /// How many notes the text has so far.
    notes: usize,
    depth: usize,
}

impl Author<'_> {
    /// A number below `count`; 0 where there are no more bytes.
    fn choice(&mut self, count: usize) -> usize {
        let Some((first, rest)) = self.bytes.split_first() else { return 0 };
        self.bytes = rest;
        usize::from(*first) % count
    }

    fn one_of(&mut self, options: &[&'static str]) -> &'static str {
        options[self.choice(options.len())]
    }

    /// A word that occurs nowhere else.
    fn word(&mut self) -> String {
        self.word_at(Place::Text)
    }

    fn word_at(&mut self, place: Place) -> String {
        let word = format!("x{}x", self.words.len());
        self.words.push(Word { path: self.path.clone(), word: word.clone(), place });
        word
    }

    fn shown_picture(&mut self) -> String {
        format!("![{}]({})", self.word_at(Place::Alternative), self.picture())
    }

    fn text(&mut self, path: &str, write: impl FnOnce(&mut Self) -> String) -> (String, Vec<u8>) {
        path.clone_into(&mut self.path);
        self.notes = 0;
        let mut text = write(self);
        if self.choice(3) == 0 {
            // Most notes are where they belong: at the end.
            for number in 1..=self.notes {
                let note = self.inlines(1);
                let _ = write!(text, "\n[^{number}]: {note}\n");
            }
        }
        (path.to_owned(), text.into_bytes())
    }

    fn recommendation(&mut self, number: usize) -> String {
        let mut text = format!("---\nnumber: {number}\n");
        if self.choice(4) != 3 {
            let _ = writeln!(text, "title: \"{}\"", self.word_at(Place::Title));
        }
        text.push_str(self.one_of(&["response: accepted\n", "", "response: noted\n"]));
        text.push_str(self.one_of(&["status: in progress\n", "", "status: Stalled\n"]));
        // Each key once at the most, in an order that does not matter.
        for key in 0..11 {
            if self.choice(4) == 3 {
                let fact = self.fact(key);
                text.push_str(&fact);
            }
        }
        text.push_str("---\n");
        let sections = [
            "## Recommendation",
            "## Management response",
            "## Target date",
            "## Progress",
            "## Progress at 30 June 2020: in progress",
            "## Background",
        ];
        self.sections(&mut text, &sections);
        text
    }

    /// A key of the front matter.
    fn fact(&mut self, key: usize) -> String {
        match key {
            0 => format!("tags: [{}]\n", self.word()),
            1 => match self.choice(3) {
                0 => format!("responsible: {}\n", self.word()),
                1 => format!("responsible: [{}, {}]\n", self.word(), self.word()),
                _ => format!(
                    "responsible:\n  - {{ unit: {}, role: {}, response: accepted, status: {} }}\n  - {}\n  - {{ unit: {}, note: {}, deadline: 2020-06-30 }}\n",
                    self.word(),
                    self.word(),
                    self.one_of(&["implemented", "in progress"]),
                    self.word(),
                    self.word(),
                    self.word(),
                ),
            },
            2 => format!(
                "deadline: 2021-06-30\ndeadlines:\n  - {{ deadline: 2020-06-30 }}\n  - {{ deadline: 2021-06-30, reason: \"{} A/RES/70/1\" }}\n",
                self.word()
            ),
            3 => format!(
                "actions:\n  - text: {}\n    responsible: {}\n    evidence: [{}]\n    deadline: {}\n",
                self.word(),
                self.word(),
                self.word(),
                self.one_of(&["2020-06-30", "Spring 2021", "tbc"]),
            ),
            4 => format!("evidence: [{}]\n", self.word()),
            5 => format!("group: {}\n", self.word()),
            6 => format!("made_by: [{}, {}]\n", self.word(), self.word()),
            7 => format!(
                "source: {{ document: {}, paragraph: {}, page: 4 }}\n",
                self.word(),
                self.word()
            ),
            8 => format!(
                "parts:\n  - {{ label: a, text: {}, status: implemented }}\n  - {{ label: (b), text: \"{} A/RES/70/1\", responsible: {}, evidence: [{}] }}\n",
                self.word(),
                self.word(),
                self.word(),
                self.word(),
            ),
            9 => format!("place: {}\n", self.word()),
            _ => format!("sum: {}\n", self.choice(200) * 1000),
        }
    }

    fn translation(&mut self) -> String {
        let mut text = format!("---\ntitle: \"{}\"\n---\n", self.word_at(Place::Title));
        let sections =
            ["## Recommandation", "## Réponse de l’administration", "## Progrès", "## Contexte"];
        self.sections(&mut text, &sections);
        text
    }

    fn sections(&mut self, text: &mut String, headings: &[&'static str]) {
        let _ = write!(text, "\n{}\n\n{}", headings[0], self.blocks(0));
        for _ in 0..self.choice(5) {
            let heading = self.one_of(headings);
            let mark = if self.choice(8) == 7 { self.mark_of_note() } else { String::new() };
            let _ = write!(text, "\n{heading}{mark}\n\n{}", self.blocks(0));
        }
    }

    /// Some blocks, each line of them after so many spaces.
    fn blocks(&mut self, indent: usize) -> String {
        let mut text = String::new();
        self.depth += 1;
        for _ in 0..=self.choice(if self.depth > 4 { 1 } else { 4 }) {
            let block = self.block();
            for line in block.lines() {
                let _ = match line.is_empty() {
                    true => writeln!(text),
                    false => writeln!(text, "{:indent$}{line}", ""),
                };
            }
            text.push('\n');
        }
        self.depth -= 1;
        text
    }

    fn block(&mut self) -> String {
        let is_deep = self.depth > 4;
        match self.choice(if is_deep { 4 } else { 18 }) {
            0 | 1 => self.inlines(4),
            2 => format!("{} {}", self.one_of(&["###", "####", "######", "###"]), self.heading()),
            3 => format!("```\n{}\n```", self.word()),
            4 | 5 => self.list(),
            6..=8 => self.table(),
            9 => self.quotation(),
            10 => self.note(),
            11 => format!("{}\n: {}", self.word(), self.inlines(2)),
            12 => format!("<!-- {} -->", "a note"),
            13 => "---".to_owned(),
            14 => format!("    {}", self.word()),
            15 => format!("{}\n---", self.inlines(1)),
            16 => format!("<div>{}</div>", self.word()),
            _ => self.shown_picture(),
        }
    }

    fn heading(&mut self) -> String {
        match self.choice(6) {
            0..=2 => self.inlines(2),
            3 => String::new(),
            4 => "<!-- later -->".to_owned(),
            _ => self.shown_picture(),
        }
    }

    fn list(&mut self) -> String {
        let (mark, indent) =
            [("- ", 2), ("1. ", 3), ("* ", 2), ("7) ", 3), ("- [x] ", 2)][self.choice(5)];
        let mut text = String::new();
        for _ in 0..=self.choice(3) {
            let content = match self.choice(3) {
                0 => format!("{}\n", self.inlines(2)),
                _ => self.blocks(0),
            };
            for (index, line) in content.trim_end().lines().enumerate() {
                let _ = match (index, line.is_empty()) {
                    (0, _) => writeln!(text, "{mark}{line}"),
                    (_, true) => writeln!(text),
                    _ => writeln!(text, "{:indent$}{line}", ""),
                };
            }
        }
        text
    }

    fn quotation(&mut self) -> String {
        let alert = self.one_of(&["", "", "> [!NOTE]\n", "> [!WARNING]\n"]);
        let content = self.blocks(0);
        let lines = content.trim_end().lines().map(|line| format!("> {line}\n"));
        format!("{alert}{}", lines.collect::<String>())
    }

    fn table(&mut self) -> String {
        let columns = 1 + self.choice(6);
        // Some tables are right below a line of text, or have no `|` at the sides.
        let mut text =
            if self.choice(4) == 0 { format!("{}:\n", self.word()) } else { String::new() };
        let (left, right) = if self.choice(4) == 0 { ("", "") } else { ("|", "|") };
        for row in 0..2 + self.choice(4) {
            // Some rows have a cell more or less than the head.
            let cells = match (row, self.choice(8)) {
                (1.., 6) => columns + 1,
                (1.., 7) => columns - 1,
                _ => columns,
            };
            let cells: Vec<String> = (0..cells.max(1)).map(|_| self.cell()).collect();
            let _ = writeln!(text, "{left} {} {right}", cells.join(" | "));
            if row == 0 {
                let rule = self.one_of(&["---", ":--", ":-:", "--:"]);
                let _ = writeln!(text, "{left}{}{right}", vec![rule; columns].join("|"));
            }
        }
        text
    }

    fn cell(&mut self) -> String {
        match self.choice(4) {
            0 => String::new(),
            _ => self.inlines(2).replace('\n', " "),
        }
    }

    fn note(&mut self) -> String {
        self.notes += 1;
        let number = self.notes;
        let first = self.inlines(2);
        let more = match self.choice(3) {
            0 => String::new(),
            _ => format!("\n{}", self.blocks(4)),
        };
        let mark = self.one_of(&["", "Its mark [^N]."]).replace('N', &number.to_string());
        format!("{mark}\n\n[^{number}]: {first}\n{more}")
    }

    fn mark_of_note(&mut self) -> String {
        if self.notes == 0 || self.choice(3) == 0 {
            self.notes += 1;
        }
        format!("[^{}]", 1 + self.choice(self.notes))
    }

    fn picture(&mut self) -> &'static str {
        self.one_of(&["map.png", "drawing.svg", "<odd name.png>", "odd%20name.png"])
    }

    /// Running text.
    fn inlines(&mut self, most: usize) -> String {
        let mut text = self.word();
        self.depth += 1;
        for _ in 0..self.choice(most + 1) {
            let between = match self.choice(12) {
                0..=5 => " ",
                6 => "\n",
                7 => "  \n",
                8 => "\u{a0}",
                9 => "\u{200b}",
                10 => "&nbsp;",
                _ => "\\\n",
            };
            text.push_str(between);
            let inline = self.inline();
            text.push_str(&inline);
        }
        self.depth -= 1;
        text
    }

    fn inline(&mut self) -> String {
        let is_deep = self.depth > 5;
        let word = self.word();
        match self.choice(if is_deep { 6 } else { 24 }) {
            0..=2 => word,
            3 => format!("**{word}**"),
            4 => format!("`{word}`"),
            5 => format!("{word} ECE/CP.TEIA/38/Add.1"),
            6 => format!("*{word} {}*", self.inlines(1)),
            7 => format!("~~{word}~~"),
            8 => format!("[{word}](https://example.org/{})", self.one_of(&["", "a_(b)", "?q=1#x"])),
            9 => format!("[{word}](annex.pdf)"),
            10 => format!("[{word} {}](report.md)", self.inlines(1)),
            11 | 12 => format!("{word}{}", self.mark_of_note()),
            13 => format!("{word} {}", self.shown_picture()),
            14 => format!("{word} SDG 6.{} and NPD", 1 + self.choice(6)),
            15 => format!("{word} [[1]]"),
            16 => format!(
                "{word} https://example.org/a{}",
                self.one_of(&["", ".", "\u{200b}b", "[^1]"])
            ),
            17 => format!("<b>{word}</b>"),
            18 => format!(
                "{word}{}",
                self.one_of(&[
                    "\u{ad}", "\u{2028}", "\0", "\u{feff}", "\u{202e}", "\u{7f}", "\u{85}",
                    "\u{fffc}"
                ])
            ),
            19 => format!(
                "{word}{}",
                self.one_of(&["{width=3}", "^[a]", "&#0;", "&amp;", "\\|", "#", "@", "$x$", "<"])
            ),
            20 => format!("[](https://example.org) {word}"),
            21 => format!("{word} [{}](https://example.org)", self.shown_picture()),
            22 => format!("<{}> {word}", self.one_of(&["https://example.org", "a@example.org"])),
            _ => format!("***{word}** {}*", self.inlines(1)),
        }
    }
}
