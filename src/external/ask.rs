//! One address, one answer.

use std::time::{Duration, Instant};

use ureq::Agent;
use ureq::http::StatusCode;
use url::Url;

use super::Pace;
use crate::checks::outside_address::Answer;

/// The most redirections that are followed.
const REDIRECTIONS: usize = 10;

/// The host of an address, with its port.
pub(super) fn host(address: &str) -> String {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split(['/', '?']).next().unwrap_or(rest).to_ascii_lowercase()
}

/// Asks the addresses of one host, one after another with a pause between. A host that asks to be
/// left alone is left alone, and one that has been silent twice is not asked a third time.
pub(super) fn one_host(addresses: &[&str], manners: Pace) -> Vec<(String, Answer)> {
    let agent = agent(manners.patience);
    let mut silent = 0;
    let mut answers: Vec<(String, Answer)> = Vec::with_capacity(addresses.len());
    for (index, address) in addresses.iter().enumerate() {
        let given_up = match answers.last() {
            Some((_, answer @ Answer::Blocked(reason))) if reason.contains("429") => Some(answer),
            Some((_, answer @ Answer::Unreachable(_))) if silent >= 2 => Some(answer),
            _ => None,
        };
        let answer = match given_up {
            Some(answer) => answer.clone(),
            None => {
                if index > 0 {
                    std::thread::sleep(manners.pause);
                }
                ask(&agent, address, manners.patience)
            }
        };
        let is_silent = matches!(&answer, Answer::Unreachable(reason) if is_silence(reason));
        silent = if is_silent { silent + 1 } else { 0 };
        answers.push(((*address).to_owned(), answer));
    }
    answers
}

fn agent(patience: Duration) -> Agent {
    let config = Agent::config_builder()
        .timeout_global(Some(patience))
        // Redirections are followed here, to know their kind.
        .max_redirects(0)
        .max_redirects_will_error(false)
        .http_status_as_error(false)
        .user_agent(concat!("Recto/", env!("CARGO_PKG_VERSION"), " (checks whether links work)"));
    config.build().into()
}

fn ask(agent: &Agent, address: &str, patience: Duration) -> Answer {
    let started = Instant::now();
    // As browsers send it, with spaces and letters that are not ASCII encoded.
    let Ok(mut at) = Url::parse(address).map(String::from) else {
        return Answer::Unreachable("it is not an address that can be asked".to_owned());
    };
    let mut is_for_good = true;
    for redirections in 0..=REDIRECTIONS {
        if started.elapsed() > patience {
            return Answer::Unreachable(silence(patience));
        }
        // Not HEAD: many hosts answer it wrongly. The body is not read.
        let response = match agent.get(&at).call() {
            Ok(response) => response,
            Err(error) => return Answer::Unreachable(reason(&error, patience)),
        };
        let status = response.status();
        let to =
            response.headers().get("location").map(|to| String::from_utf8_lossy(to.as_bytes()));
        let Some(to) = to.filter(|_| status.is_redirection()) else {
            return match answer(status) {
                Answer::Fine if redirections > 0 && is_for_good => Answer::Moved(at),
                answer => answer,
            };
        };
        is_for_good &=
            matches!(status, StatusCode::MOVED_PERMANENTLY | StatusCode::PERMANENT_REDIRECT);
        match resolve(&at, &to) {
            Some(next) => at = next,
            None => {
                return Answer::Unreachable(
                    "it redirects to something that is not an address".to_owned(),
                );
            }
        }
    }
    Answer::Unreachable(format!("it redirects more than {REDIRECTIONS} times"))
}

fn answer(status: StatusCode) -> Answer {
    match status.as_u16() {
        200..=299 => Answer::Fine,
        404 | 410 => Answer::Broken(status.as_u16()),
        code @ 300..=499 => Answer::Blocked(format!("its host answers {code}")),
        code => Answer::Unreachable(format!("its host answers {code}")),
    }
}

/// Where a redirection leads, if that is a web address.
fn resolve(from: &str, to: &str) -> Option<String> {
    let to = Url::parse(from).ok()?.join(to).ok()?;
    matches!(to.scheme(), "http" | "https").then(|| to.to_string())
}

/// Whether a reason means that nothing answered at all.
fn is_silence(reason: &str) -> bool {
    reason.starts_with(NO_ANSWER) || [NO_HOST, NO_CONNECTION].contains(&reason)
}

const NO_ANSWER: &str = "nothing came back within";
const NO_HOST: &str = "there is no such host";
const NO_CONNECTION: &str = "its host refuses connections";

fn silence(patience: Duration) -> String {
    format!("{NO_ANSWER} {} s", patience.as_secs_f32())
}

/// Why there was no answer, in the words of these messages.
fn reason(error: &ureq::Error, patience: Duration) -> String {
    match error {
        ureq::Error::Timeout(_) => silence(patience),
        ureq::Error::HostNotFound => NO_HOST.to_owned(),
        ureq::Error::ConnectionFailed => NO_CONNECTION.to_owned(),
        ureq::Error::Io(error) => match error.kind() {
            std::io::ErrorKind::ConnectionRefused => NO_CONNECTION.to_owned(),
            std::io::ErrorKind::TimedOut => silence(patience),
            _ => format!("the connection broke: {error}"),
        },
        ureq::Error::BadUri(_) => "it is not an address that can be asked".to_owned(),
        error => format!("its answer makes no sense: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn redirections_are_relative() {
        let from = "https://example.org/a/b?c";
        for (to, expected) in [
            ("http://other.org/x", Some("http://other.org/x")),
            ("//other.org/x", Some("https://other.org/x")),
            ("/x", Some("https://example.org/x")),
            ("x", Some("https://example.org/a/x")),
            ("?lang=en", Some("https://example.org/a/b?lang=en")),
            ("../é x", Some("https://example.org/%C3%A9%20x")),
            ("javascript:x", None),
            ("file:///etc/passwd", None),
        ] {
            assert_eq!(resolve(from, to).as_deref(), expected, "{to}");
        }
        assert_eq!(host("https://Example.org:8080/a?b"), "example.org:8080");
    }
}
