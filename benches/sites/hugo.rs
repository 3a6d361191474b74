//! The same site for Hugo: a page for each recommendation, a report with its table, a page for each
//! document, unit and topic with what belongs to it, and the data as JSON and CSV.
//!
//! The head of a page, its facts and lists are those of Recto's pages in fewer tags; the citations
//! are in the front matter, because Hugo does not find them in texts. So Hugo has less to do.

use std::path::Path;
use std::process::Command;

use crate::corpus;
use crate::run::{Run, fastest, program};

const SETTINGS: &str = r#"baseURL = "https://example.org/large/"
title = "Large site"
uglyURLs = true
[markup.goldmark.renderer]
unsafe = false
[taxonomies]
document = "documents"
unit = "units"
tag = "tags"
[outputs]
home = ["html", "rss", "json", "csv"]
section = ["html", "json", "csv"]
taxonomy = ["html"]
term = ["html"]
"#;

const PAGES_ALONE: &str = r#"baseURL = "https://example.org/large/"
title = "Large site"
uglyURLs = true
disableKinds = ["taxonomy", "term", "rss"]
[outputs]
home = ["html"]
section = ["html"]
"#;

const BASE: &str = r##"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ .Title }} – {{ site.Title }}</title>
<meta name="description" content="{{ .Title }}">
<link rel="canonical" href="{{ .Permalink }}">
<link rel="stylesheet" href="/assets/recto.css">
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="site"><p class="site-title"><a href="/">{{ site.Title }}</a></p>
<nav><ul><li><a href="/documents.html">Documents</a></li><li><a href="/units.html">Units</a></li><li><a href="/tags.html">Topics</a></li></ul></nav></header>
<main id="main">
{{ block "main" . }}{{ end }}
</main>
<footer class="site"><p>Data <a href="/index.csv">CSV</a>, <a href="/index.json">JSON</a></p></footer>
</body>
</html>
"##;

const RECOMMENDATION: &str = r#"{{ define "main" }}<article>
<p class="kicker"><a href="{{ .CurrentSection.RelPermalink }}">{{ .CurrentSection.Title }}</a></p>
<h1>Recommendation {{ .Params.number }} {{ .Title }}</h1>
<p class="chips"><span class="status">{{ .Params.status }}</span></p>
<dl>
<div><dt>Response</dt><dd>{{ .Params.response }}</dd></div>
<div><dt>Status</dt><dd>{{ .Params.status }}</dd></div>
<div><dt>Deadline</dt><dd><time datetime="{{ .Params.deadline }}">{{ .Params.deadline }}</time></dd></div>
{{ with .Params.units }}<div><dt>Responsible</dt><dd>{{ range . }}<a href="/units/{{ . | urlize }}.html">{{ . }}</a>{{ end }}</dd></div>{{ end }}
{{ with .Params.tags }}<div><dt>Topics</dt><dd>{{ range . }}<a href="/tags/{{ . | urlize }}.html">{{ . }}</a> {{ end }}</dd></div>{{ end }}
</dl>
{{ .Content }}
{{ with .Params.documents }}<h2>Documents</h2><ul>{{ range . }}<li><a href="/documents/{{ . | urlize }}.html">{{ . }}</a></li>{{ end }}</ul>{{ end }}
<nav>{{ with .PrevInSection }}<a rel="prev" href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}{{ with .NextInSection }}<a rel="next" href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</nav>
</article>{{ end }}
"#;

const REPORT: &str = r#"{{ define "main" }}<h1>{{ .Title }}</h1>
{{ .Content }}
<table><thead><tr><th>No.</th><th>Recommendation and response</th><th>Responsible</th><th>Deadline</th><th>Status</th></tr></thead><tbody>
{{ range .RegularPages }}<tr><th><a href="{{ .RelPermalink }}">{{ .Params.number }} {{ .Title }}</a></th><td>{{ .Content }}</td><td>{{ range .Params.units }}<a href="/units/{{ . | urlize }}.html">{{ . }}</a>{{ end }}</td><td><time datetime="{{ .Params.deadline }}">{{ .Params.deadline }}</time></td><td>{{ .Params.status }}</td></tr>
{{ end }}</tbody></table>{{ end }}
"#;

const HOME: &str = r#"{{ define "main" }}<h1>{{ .Title }}</h1>
<ul>{{ range .Sections }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ len .RegularPages }}</li>{{ end }}</ul>{{ end }}
"#;

const TERM: &str = r#"{{ define "main" }}<h1>{{ .Title }}</h1>
<ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .CurrentSection.Title }}, {{ .Title }}</a> {{ .Params.status }}<blockquote>{{ .Summary }}</blockquote></li>
{{ end }}</ul>{{ end }}
"#;

const TAXONOMY: &str = r#"{{ define "main" }}<h1>{{ .Title }}</h1>
<ul>{{ range .Data.Terms.Alphabetical }}<li><a href="{{ .Page.RelPermalink }}">{{ .Page.Title }}</a> {{ .Count }}</li>
{{ end }}</ul>{{ end }}
"#;

const JSON: &str = r#"[{{ range $i, $p := PAGES }}{{ if $i }},
{{ end }}{{ dict "report" $p.CurrentSection.Title "number" $p.Params.number "title" $p.Title "response" $p.Params.response "status" $p.Params.status "deadline" $p.Params.deadline "units" $p.Params.units "tags" $p.Params.tags "documents" $p.Params.documents "url" $p.Permalink "text" $p.RawContent | jsonify }}{{ end }}]
"#;

const CSV: &str = r#"{{ range PAGES }}{{ .CurrentSection.Title }},{{ .Params.number }},{{ .Title }},{{ .Params.response }},{{ .Params.status }},{{ .Params.deadline }},{{ .Permalink }},"{{ replace .RawContent "\"" "\"\"" | safeHTML }}"
{{ end }}"#;

/// Builds the site with Hugo a few times; none where there is no Hugo. Without all of it, there are
/// the pages of the recommendations and the reports with their tables.
pub(crate) fn measure(folder: &Path, size: usize, is_whole: bool) -> Option<Run> {
    // At 10,000 it takes 1.4 GB besides its output, which is in memory too.
    if size > 20_000 {
        return None;
    }
    Command::new("hugo").arg("version").output().ok()?;
    corpus::write(folder, files(size, is_whole));
    let run = fastest(2, || {
        let _ = std::fs::remove_dir_all(folder.join("public"));
        program(Command::new("hugo").arg("--quiet").arg("--source").arg(folder))
    });
    let _ = std::fs::remove_dir_all(folder);
    Some(run)
}

fn files(size: usize, is_whole: bool) -> impl Iterator<Item = (String, String)> {
    let pages = |template: &str, of: &str| template.replace("PAGES", of);
    let settings = if is_whole { SETTINGS } else { PAGES_ALONE };
    let fixed = [
        ("hugo.toml", settings.to_owned()),
        ("layouts/baseof.html", BASE.to_owned()),
        ("layouts/page.html", RECOMMENDATION.to_owned()),
        ("layouts/section.html", REPORT.to_owned()),
        ("layouts/home.html", HOME.to_owned()),
        ("layouts/term.html", TERM.to_owned()),
        ("layouts/taxonomy.html", TAXONOMY.to_owned()),
        ("layouts/home.json", pages(JSON, "site.RegularPages")),
        ("layouts/section.json", pages(JSON, ".RegularPages")),
        ("layouts/home.csv", pages(CSV, "site.RegularPages")),
        ("layouts/section.csv", pages(CSV, ".RegularPages")),
    ];
    let fixed = fixed.map(|(path, text)| (path.to_owned(), text));
    let reports = (0..corpus::REPORTS).map(|report| {
        let path = format!("content/report-{report:02}/_index.md");
        (path, format!("---\ntitle: Report {report}\n---\n\nAn introduction.\n"))
    });
    let texts = (0..size).map(move |index| (corpus::path(index), page(index)));
    fixed.into_iter().chain(reports).chain(texts)
}

fn page(index: usize) -> String {
    let list = |items: &[String]| {
        let items: Vec<String> = items.iter().map(|item| format!("\"{item}\"")).collect();
        items.join(", ")
    };
    let mut page = format!(
        "---\nnumber: {}\ntitle: {}\nresponse: accepted\nstatus: in progress\n\
         deadline: \"2021-{:02}-15\"\nunits: [\"{}\"]\ntags: [{}]\ndocuments: [{}]\n---\n",
        index / corpus::REPORTS + 1,
        corpus::title(index),
        1 + index % 12,
        corpus::unit(index),
        list(&corpus::topics(index)),
        list(&corpus::documents(index)),
    );
    for (heading, text) in corpus::sections(index) {
        page.push_str(&format!("\n## {heading}\n\n{text}\n"));
    }
    page
}
