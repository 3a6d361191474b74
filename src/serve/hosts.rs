//! Whom the server answers. A page of another site could have its own name lead to this machine
//! (DNS rebinding), and read drafts: so only names that it was started for are answered.

use std::net::SocketAddr;

/// The names of the server, as browsers send them in `Host` and `Origin`.
pub(super) struct Hosts {
    names: Vec<String>,
}

impl Hosts {
    /// The names for what was typed and where it listens.
    pub(super) fn new(typed: &str, address: SocketAddr) -> Self {
        let mut names = vec![typed.to_lowercase(), address.ip().to_string()];
        if address.ip().is_loopback() || address.ip().is_unspecified() {
            names.extend(["localhost", "127.0.0.1", "::1"].map(str::to_owned));
        }
        let port = address.port();
        let bracketed = |name: &String| match name.contains(':') {
            true => format!("[{}]", name.trim_matches(['[', ']'])),
            false => name.clone(),
        };
        let names: Vec<String> = names.iter().map(bracketed).collect();
        let with_port = names.iter().map(|name| format!("{name}:{port}"));
        // Browsers leave out the port that is usual.
        let without = names.iter().filter(|_| port == 80).cloned();
        Self { names: with_port.chain(without).collect() }
    }

    /// Whether a request to this host is for us.
    pub(super) fn is_ours(&self, host: &str) -> bool {
        self.names.iter().any(|name| name.eq_ignore_ascii_case(host))
    }

    /// Whether a page from this origin is ours.
    pub(super) fn is_origin(&self, origin: &str) -> bool {
        origin.strip_prefix("http://").is_some_and(|host| self.is_ours(host))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_names_are_answered() {
        let hosts = Hosts::new("127.0.0.1", "127.0.0.1:8620".parse().unwrap());
        for host in ["127.0.0.1:8620", "localhost:8620", "LocalHost:8620", "[::1]:8620"] {
            assert!(hosts.is_ours(host), "{host}");
            assert!(hosts.is_origin(&format!("http://{host}")), "{host}");
        }
        for host in [
            "evil.example",
            "evil.example:8620",
            "localhost",
            "localhost:80",
            "",
            "127.0.0.1:86200",
        ] {
            assert!(!hosts.is_ours(host), "{host}");
        }
        assert!(!hosts.is_origin("https://localhost:8620"));
        assert!(!hosts.is_origin("null"));
        let named = Hosts::new("desk.local", "192.0.2.1:80".parse().unwrap());
        assert!(named.is_ours("desk.local") && named.is_ours("192.0.2.1:80"));
        assert!(!named.is_ours("localhost"));
    }
}
