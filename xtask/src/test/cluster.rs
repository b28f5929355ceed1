//! A PostgreSQL for one run of the tests: on a socket in a folder of its own, gone afterwards.

use std::fs;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

use crate::run::{command, on_path, output};

/// Made and run by a shell that waits for its input to end. That happens when this is dropped and also when we die
/// without dropping anything, so no server is ever left behind.
pub(crate) struct Cluster {
    keeper: Child,
    folder: PathBuf,
}

/// Whether a commit waits for the disk.
#[derive(Clone, Copy)]
pub(crate) enum Durability {
    /// Nothing survives the machine; for tests, which only kill processes.
    Fast,
    /// As PostgreSQL comes; for measurements.
    Real,
}

impl Durability {
    fn options(self) -> &'static str {
        match self {
            Self::Fast => "-c fsync=off -c synchronous_commit=off -c full_page_writes=off",
            Self::Real => "",
        }
    }
}

const KEEPER: &str = r#"
trap '' INT TERM HUP
cd "$1" || exit 1
"$2/initdb" -D data -U pronto --auth=trust --encoding=UTF8 --locale=C --no-sync >initdb.log 2>&1 &&
"$2/pg_ctl" -D data -l server.log -w -t 60 start >start.log 2>&1 -o "-k '$1' -c listen_addresses= \
    -c max_connections=300 $3" &&
touch ready || touch failed
cat >/dev/null
"$2/pg_ctl" -D data -m immediate -w stop >/dev/null 2>&1
cd / && rm -rf "$1"
"#;

impl Cluster {
    pub(crate) fn start(durability: Durability) -> Result<Self> {
        let programs = programs().context("there is no PostgreSQL on this machine")?;
        // PostgreSQL refuses to run as root.
        let postgres = if output(&mut command("", "id -u"))? == "0" { Some(ids("postgres")?) } else { None };
        let own = |command: &mut Command| {
            if let Some((user, group)) = postgres {
                command.uid(user).gid(group);
            }
        };
        let mut make = Command::new("mktemp");
        // Not below TMPDIR: the name of a socket may be 107 bytes long.
        make.args(["-d", "/tmp/pronto-postgres.XXXXXX"]);
        own(&mut make);
        let folder = PathBuf::from(output(&mut make)?);
        let mut keeper = Command::new("sh");
        keeper
            .args(["-c", KEEPER, "keeper"])
            .arg(&folder)
            .arg(&programs)
            .arg(durability.options())
            .stdin(Stdio::piped())
            .stdout(Stdio::null());
        own(&mut keeper);
        let cluster = Self { keeper: keeper.spawn().context("could not start a shell")?, folder };
        cluster.wait()?;
        Ok(cluster)
    }

    pub(crate) fn url(&self) -> String {
        format!("postgres://pronto@localhost/postgres?host={}", self.folder.display())
    }

    fn wait(&self) -> Result<()> {
        let began = Instant::now();
        while !self.folder.join("ready").exists() {
            if self.folder.join("failed").exists() || began.elapsed() > Duration::from_secs(90) {
                let logs = ["initdb.log", "start.log", "server.log"];
                let said: Vec<String> =
                    logs.iter().filter_map(|log| fs::read_to_string(self.folder.join(log)).ok()).collect();
                bail!("PostgreSQL did not start:\n{}", said.join("\n"));
            }
            thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        // Nothing can be done about a shell that fails here.
        let _ = self.keeper.wait();
    }
}

/// The folder of `initdb` and `pg_ctl`: where Debian keeps the newest, or the path.
pub(super) fn programs() -> Option<PathBuf> {
    let whole = |folder: &Path| folder.join("initdb").is_file() && folder.join("pg_ctl").is_file();
    let mut versions: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            Some((path.file_name()?.to_str()?.parse().ok()?, path.join("bin")))
        })
        .filter(|(_, folder)| whole(folder))
        .collect();
    versions.sort_unstable();
    versions.pop().map(|(_, folder)| folder).or_else(|| {
        let folder = on_path(&["initdb"])?.parent()?.to_owned();
        whole(&folder).then_some(folder)
    })
}

fn ids(user: &str) -> Result<(u32, u32)> {
    let id = |flag: &str| -> Result<u32> { Ok(output(Command::new("id").args([flag, user]))?.parse()?) };
    Ok((id("-u")?, id("-g")?))
}
