//! Which requests the server answers: those to a name that it was started for.
//!
//! A page on another site can send a browser to a loopback address, and under its own name for that
//! address it could even read the answer. The name is in `Host`, so such a request can be refused.

use std::net::SocketAddr;

use axum::http::{HeaderMap, Uri, header};

/// The names that a machine has for itself.
const LOOPBACK: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

/// The names that a server was started for.
#[derive(Debug, Clone)]
pub(super) struct Hosts {
    /// What was typed as `--host`.
    typed: String,
    port: u16,
}

impl Hosts {
    /// The names of a server that was started for a host, and listens to a port.
    pub(super) fn new(typed: &str, port: u16) -> Self {
        Self { typed: bracketed(typed), port }
    }

    /// The name to open the server with.
    pub(super) fn name(&self) -> &str {
        match self.typed.as_str() {
            // An address for listening everywhere is not a name.
            "0.0.0.0" => "127.0.0.1",
            "[::]" => "[::1]",
            typed => typed,
        }
    }

    /// Checks a request that reached the machine at this address, and says why if it is refused.
    pub(super) fn refuse(
        &self,
        uri: &Uri,
        headers: &HeaderMap,
        at: SocketAddr,
    ) -> Result<(), String> {
        let host = one(headers, &header::HOST)?.ok_or("the request names no host")?;
        // A request may name a host in its first line too, but not a different one.
        let named = uri.authority().map(|authority| authority.as_str());
        for host in [Some(host), named].into_iter().flatten() {
            if !self.are_asked(host, at) {
                return Err(format!(
                    "this server does not answer to `{}`; to use another name, start it with \
                     --host",
                    host.escape_default()
                ));
            }
        }
        // Browsers say where a request comes from when that is another site.
        if let Some(origin) = one(headers, &header::ORIGIN)?
            && origin.strip_prefix("http://") != Some(host)
        {
            return Err(format!("pages of `{}` may not ask this server", origin.escape_default()));
        }
        let said = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let is_foreign =
            said("sec-fetch-site").is_some_and(|site| matches!(site, "cross-site" | "same-site"));
        // Following a link from anywhere is allowed.
        if is_foreign && said("sec-fetch-mode") != Some("navigate") {
            return Err("pages of other sites may not ask this server".to_owned());
        }
        Ok(())
    }

    /// Whether a `Host` is one of the names.
    fn are_asked(&self, host: &str, at: SocketAddr) -> bool {
        let (name, port) = match host.rsplit_once(':') {
            // The colons of an IPv6 address are in brackets.
            Some((name, port)) if !port.ends_with(']') => (name, Some(port)),
            _ => (host, None),
        };
        if port.is_some_and(|port| port != self.port.to_string()) {
            return false;
        }
        let name = name.to_ascii_lowercase();
        // No other site can make its own name look like this address.
        let is_address = name == bracketed(&at.ip().to_canonical().to_string());
        // Nor like a loopback name, which the asking machine may use when it forwards one of its
        // ports, as to a container.
        is_address || name == self.typed || LOOPBACK.contains(&name.as_str())
    }
}

/// A host in the form that addresses use.
fn bracketed(host: &str) -> String {
    let host = host.to_ascii_lowercase();
    if host.contains(':') && !host.starts_with('[') { format!("[{host}]") } else { host }
}

/// The value of a header that may occur only once.
fn one<'h>(headers: &'h HeaderMap, name: &header::HeaderName) -> Result<Option<&'h str>, String> {
    let mut values = headers.get_all(name).iter();
    let (first, second) = (values.next(), values.next());
    match (first.map(|value| value.to_str()), second) {
        (None, _) => Ok(None),
        (Some(Ok(value)), None) => Ok(Some(value)),
        _ => Err(format!("the request has a `{name}` that cannot be read")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(typed: &str, at: &str, host: &str) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, host.parse().unwrap());
        Hosts::new(typed, 8620)
            .refuse(&Uri::from_static("/"), &headers, at.parse().unwrap())
            .is_ok()
    }

    #[test]
    fn only_its_own_names_are_answered() {
        let here = "127.0.0.1:8620";
        for host in
            ["localhost", "localhost:8620", "LOCALHOST:8620", "127.0.0.1:8620", "[::1]:8620"]
        {
            assert!(answers("127.0.0.1", here, host), "{host}");
        }
        for host in [
            "evil.example",
            "evil.example:8620",
            "localhost:80",
            "localhost.evil.example:8620",
            "localhost:8620:8620",
            "localhost:8620@evil.example",
            "127.0.0.1.evil.example",
            "127.0.0.2:8620",
            "10.0.0.5:8620",
            "",
            ":8620",
        ] {
            assert!(!answers("127.0.0.1", here, host), "{host}");
        }
    }

    #[test]
    fn who_listens_everywhere_answers_to_the_address_that_was_reached() {
        assert!(answers("0.0.0.0", "192.168.1.7:8620", "192.168.1.7:8620"));
        assert!(answers("0.0.0.0", "127.0.0.1:8620", "localhost:8620"));
        assert!(answers("::", "[fe80::1]:8620", "[fe80::1]:8620"));
        assert!(answers("box.local", "192.168.1.7:8620", "box.local:8620"));
        // A container is reached through a port of the machine that it runs on.
        assert!(answers("0.0.0.0", "172.17.0.2:8620", "localhost:8620"));
        assert!(!answers("0.0.0.0", "192.168.1.7:8620", "box.local:8620"));
        assert!(!answers("0.0.0.0", "192.168.1.7:8620", "evil.example:8620"));
    }

    #[test]
    fn pages_of_other_sites_are_refused() {
        let ask = |extra: &[(&'static str, &str)]| {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, "localhost:8620".parse().unwrap());
            for (name, value) in extra {
                headers.append(*name, value.parse().unwrap());
            }
            let at = "127.0.0.1:8620".parse().unwrap();
            Hosts::new("127.0.0.1", 8620).refuse(&Uri::from_static("/"), &headers, at)
        };
        assert_eq!(ask(&[]), Ok(()));
        assert_eq!(ask(&[("origin", "http://localhost:8620")]), Ok(()));
        assert_eq!(ask(&[("sec-fetch-site", "same-origin"), ("sec-fetch-mode", "cors")]), Ok(()));
        assert_eq!(
            ask(&[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate")]),
            Ok(())
        );
        for refused in [
            &[("origin", "http://evil.example")][..],
            &[("origin", "null")],
            &[("origin", "https://localhost:8620")],
            &[("origin", "http://localhost:3000")],
            &[("origin", "http://localhost:8620"), ("origin", "http://evil.example")],
            &[("host", "evil.example")],
            &[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "no-cors")],
        ] {
            assert!(ask(refused).is_err(), "{refused:?}");
        }
    }
}
