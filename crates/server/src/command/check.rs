//! `pronto check`: everything that must hold, looked at without starting.

use anyhow::{Result, bail};
use pronto_store as store;

use std::time::Duration;

use super::say;
use crate::config::Config;
use crate::serving;

/// How long a provider may take to answer.
const WITHIN: Duration = Duration::from_secs(10);

pub(crate) async fn run(config: &Config) -> Result<()> {
    let mut failed = 0_u32;
    let mut tell = |what: &str, done: std::result::Result<String, String>| match done {
        Ok(how) => say(&format!("ok      {what}: {how}")),
        Err(why) => {
            failed += 1;
            say(&format!("FAILED  {what}: {why}"));
        }
    };
    tell("configuration", Ok(format!("listens on {}", config.listen)));
    tell("secret key", config.key().map(|_| "32 bytes".to_owned()).map_err(|error| format!("{error:#}")));
    let desk = match serving::open(config).await {
        Ok(desk) => desk,
        Err(error) => {
            tell("database", Err(format!("{error:#}")));
            bail!("the database cannot be used");
        }
    };
    let migrated = pronto_db::migrated(desk.db(), store::MIGRATIONS).await;
    tell(
        "database",
        match migrated {
            Ok(true) => Ok("reachable, schema up to date".to_owned()),
            Ok(false) => Err("its schema is of another version".to_owned()),
            Err(error) => Err(error.to_string()),
        },
    );
    tell("media", writable(config));
    for account in desk.config().accounts.values().filter(|account| account.row.deleted_at.is_none()) {
        let what = format!("account {}", account.row.key);
        let asked = match account.endpoint.probe() {
            Ok(Some(request)) => {
                let asked = desk.outside().call_as(&account.endpoint, &request, WITHIN).await;
                asked.map_err(|error| error.to_string())
            }
            Ok(None) => {
                tell(&what, Ok("its provider has nothing to be asked".to_owned()));
                continue;
            }
            Err(error) => Err(error.to_string()),
        };
        tell(
            &what,
            match asked {
                Ok(answer) if answer.status == 200 => Ok("the provider answers".to_owned()),
                Ok(answer) => Err(format!("the provider answers {}", answer.status)),
                Err(error) => Err(error),
            },
        );
    }
    desk.db().close().await;
    if failed > 0 { bail!("{failed} of the checks failed") } else { Ok(()) }
}

fn writable(config: &Config) -> std::result::Result<String, String> {
    let folder = config.media().map_err(|error| error.to_string())?;
    let probe = folder.join(".pronto-check");
    std::fs::create_dir_all(&folder)
        .and_then(|()| std::fs::write(&probe, b"ok"))
        .and_then(|()| std::fs::remove_file(&probe))
        .map(|()| format!("{} can be written", folder.display()))
        .map_err(|error| format!("{}: {error}", folder.display()))
}
