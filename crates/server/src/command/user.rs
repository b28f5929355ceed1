//! `pronto user …`.

use std::io::{IsTerminal as _, Read as _};

use anyhow::{Result, bail};
use clap::{Args, Subcommand};
use pronto_desk::act::user::{Add, add};
use pronto_desk::password::{Fresh, Passwords};
use pronto_domain::access::Role;

use super::{Configured, log, say};
use crate::serving;

#[derive(Debug, Subcommand)]
pub(crate) enum User {
    /// Makes an administrator.
    CreateAdmin(CreateAdmin),
}

#[derive(Debug, Args)]
pub(crate) struct CreateAdmin {
    #[command(flatten)]
    configured: Configured,
    /// What they sign in with.
    #[arg(long)]
    login: String,
    /// Shown to colleagues.
    #[arg(long)]
    name: String,
    /// The password; without it, it is read from standard input, which leaves no trace in the shell's history.
    #[arg(long, env = "PRONTO_ADMIN_PASSWORD", hide_env_values = true)]
    password: Option<String>,
}

impl User {
    pub(crate) async fn run(self) -> Result<()> {
        let Self::CreateAdmin(asked) = self;
        let config = asked.configured.load()?;
        log("warn")?;
        let password = match asked.password {
            Some(password) => password,
            None => read_password()?,
        };
        let desk = serving::open(&config).await?;
        let new = Add {
            by: None,
            login: asked.login.clone(),
            name: asked.name,
            alias: None,
            email: None,
            role: Role::Admin,
            profile_id: None,
            capacity: 5,
            team_ids: Vec::new(),
            password: Fresh::new(&Passwords::strong(), password).await?,
            must_change_password: false,
        };
        desk.run(&new, |tx, now, new| Box::pin(add(tx, now, new))).await?;
        desk.db().close().await;
        say(&format!("{} can sign in.", asked.login));
        Ok(())
    }
}

fn read_password() -> Result<String> {
    let mut input = std::io::stdin();
    if input.is_terminal() {
        say("Password (shown as you type; end with Enter):");
        let mut line = String::new();
        input.read_line(&mut line)?;
        return Ok(line.trim_end_matches(['\r', '\n']).to_owned());
    }
    let mut text = String::new();
    input.read_to_string(&mut text)?;
    let text = text.trim_end_matches(['\r', '\n']).to_owned();
    if text.is_empty() { bail!("no password was given") } else { Ok(text) }
}
