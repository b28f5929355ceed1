//! `pronto demo`.

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::Args;

use super::{log, say};
use crate::config::Config;
use crate::{demo, serving};

#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// Where it listens.
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: String,
    /// The folder of its data; without it, one under the system's data folder.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Forgets what was there and begins anew.
    #[arg(long)]
    fresh: bool,
}

impl Demo {
    pub(crate) async fn run(self) -> Result<()> {
        let folder = self.data.unwrap_or_else(data_folder);
        if self.fresh {
            demo::forget(&folder)?;
        }
        std::fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
        let config = Config::demo(&self.listen, &folder)?;
        log(&config.log)?;
        let listener = serving::listen(&config).await?;
        let base = format!("http://{}", listener.local_addr()?);
        let desk = serving::open(&config).await?;
        let seed = demo::furnish(&desk, &base).await.context("the sample data cannot be made")?;
        let simulator = pronto_simulator::open(pronto_simulator::Config {
            database: folder.join("simulator.db"),
            public_base: base.clone(),
            seed,
        })
        .await?;
        let shown = demo::shown(&base);
        say(&format!("\n  Pronto   {base}/\n  Phones   {base}/simulator/\n  API      {base}/api/docs\n\n  Sign in as"));
        for sign_in in &shown.sign_ins {
            say(&format!("    {:<8} {:<14} {} ({})", sign_in.login, sign_in.password, sign_in.name, sign_in.role));
        }
        say(&format!("\n  Data in {} (--fresh begins anew). Ctrl-C stops.\n", folder.display()));
        let served = serving::serve(desk, &config, listener, Some(shown), Some(simulator.router())).await;
        simulator.close().await;
        served
    }
}

/// A folder of ours under the system's data folder.
fn data_folder() -> PathBuf {
    let of = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let base =
        of("XDG_DATA_HOME").or_else(|| of("LOCALAPPDATA")).or_else(|| of("HOME").map(|home| home.join(".local/share")));
    base.unwrap_or_else(std::env::temp_dir).join("pronto-demo")
}
