//! nginx with a configuration of the test's own, in a folder of the test's own, without a process in the background.

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

/// Protocol, whether the key came along, the method, the target, the host that was meant, and who connects.
const ACCESS: &str = "$server_protocol key=$http_x_key $request_method $request_uri $http_host connection=$connection";

impl Nginx {
    /// Starts it with files in its folder and these directives of `http`, in which `PORT` and `SECOND` stand for two ports
    /// that are free. It listens on both.
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
        // Paths are relative to the prefix, but for a few that are relative to the configuration.
        let text = format!(
            "daemon off;\nmaster_process off;\npid pid;\nerror_log stderr info;\nevents {{ worker_connections 512; }}\nhttp \
             {{\n{temporary}    log_format told '{ACCESS}';\n    access_log access.log told;\n    default_type \
             application/json;\n    root root;\n    lingering_timeout 1s;\n{http}\n}}\n"
        );
        fs::write(own.join("nginx.conf"), text).unwrap();
        let mut command = Command::new(program);
        command.arg("-p").arg(&own).arg("-c").arg(own.join("nginx.conf")).args(["-e", "stderr"]);
        let peer = Some(Peer::start("nginx", port, &mut command));
        Some(Self { peer, folder: own, port, second })
    }

    /// Address of the first port.
    pub(crate) fn base(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Address of the first port over TLS; certificates are made for `localhost`.
    pub(crate) fn tls(&self) -> String {
        format!("https://localhost:{}", self.port)
    }

    /// The port of a second `server`.
    pub(crate) fn second(&self) -> u16 {
        self.second
    }

    /// The lines of what came, as [`ACCESS`] has them. A line is written when its request has ended, and the file is read
    /// until there are so many, as the client may be faster.
    pub(crate) fn accesses(&self, least: usize) -> Vec<String> {
        for _ in 0..100 {
            let text = fs::read_to_string(self.folder.join("access.log")).unwrap_or_default();
            if text.lines().count() >= least {
                return text.lines().map(str::to_owned).collect();
            }
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        panic!("fewer than {least} requests came: {}", self.peer.as_ref().map(Peer::log).unwrap_or_default());
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
