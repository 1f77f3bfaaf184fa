//! nginx with its own configuration and directory, without a background process.

use super::programs::program;
use super::{Peer, folder, free_port};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// A running nginx.
pub(crate) struct Nginx {
    peer: Option<Peer>,
    folder: PathBuf,
    port: u16,
    second: u16,
}

/// A log line: protocol, presence of the key, method, target, host, and the address of the client.
const ACCESS: &str = "$server_protocol key=$http_x_key $request_method $request_uri $http_host connection=$connection";

impl Nginx {
    /// Starts nginx with files in its directory and with these directives of `http`. `PORT` and `SECOND` in them stand
    /// for two free ports. It listens on both.
    pub(crate) fn start(files: &[(&str, &[u8])], http: &str) -> Option<Self> {
        let program = program("nginx", &["/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx"])?;
        let (port, second) = (free_port(), free_port());
        let own = folder().join(format!("nginx-{port}"));
        fs::create_dir_all(own.join("root")).unwrap();
        for (name, bytes) in files {
            fs::write(own.join(name), bytes).unwrap();
        }
        let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
        let temporary: String = temporary.iter().map(|kind| format!("    {kind}_temp_path {kind};\n")).collect();
        let http = http.replace("PORT", &port.to_string()).replace("SECOND", &second.to_string());
        // Most paths are relative to the prefix, and some to the configuration.
        let text = format!(
            "daemon off;\nmaster_process off;\npid pid;\nerror_log stderr info;\nevents {{ worker_connections 512; }}\nhttp \
             {{\n{temporary}    log_format requests '{ACCESS}';\n    access_log access.log requests;\n    default_type \
             application/json;\n    root root;\n    lingering_timeout 1s;\n{http}\n}}\n"
        );
        fs::write(own.join("nginx.conf"), text).unwrap();
        let mut command = Command::new(program);
        command.arg("-p").arg(&own).arg("-c").arg(own.join("nginx.conf")).args(["-e", "stderr"]);
        let peer = Some(Peer::start("nginx", port, &mut command));
        Some(Self { peer, folder: own, port, second })
    }

    /// URL of the first port.
    pub(crate) fn base(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// URL of the first port over TLS. Certificates are for `localhost`.
    pub(crate) fn tls(&self) -> String {
        format!("https://localhost:{}", self.port)
    }

    /// The port of a second `server`.
    pub(crate) fn second(&self) -> u16 {
        self.second
    }

    /// The lines of the requests in the format [`ACCESS`]. nginx writes a line when its request has ended, so the file
    /// is read until it has this number of lines.
    pub(crate) fn accesses(&self, least: usize) -> Vec<String> {
        for _ in 0..100 {
            let text = fs::read_to_string(self.folder.join("access.log")).unwrap_or_default();
            if text.lines().count() >= least {
                return text.lines().map(str::to_owned).collect();
            }
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        panic!("fewer than {least} requests: {}", self.peer.as_ref().map(Peer::log).unwrap_or_default());
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        drop(self.peer.take());
        if !std::thread::panicking() {
            drop(fs::remove_dir_all(&self.folder));
        }
    }
}
