//! `pronto serve`.

use anyhow::Result;
use clap::Args;

use super::{Configured, log, say};
use crate::serving;

#[derive(Debug, Args)]
pub(crate) struct Serve {
    #[command(flatten)]
    configured: Configured,
}

impl Serve {
    pub(crate) async fn run(self) -> Result<()> {
        let config = self.configured.load()?;
        log(&config.log)?;
        let desk = serving::open(&config).await?;
        let listener = serving::listen(&config).await?;
        if !desk.config().users.values().any(|user| user.row.deleted_at.is_none()) {
            say("There is nobody to sign in yet: make the first administrator with `pronto user create-admin`.");
        }
        say(&format!("Pronto listens on http://{}", listener.local_addr()?));
        serving::serve(desk, &config, listener, None, None).await
    }
}
