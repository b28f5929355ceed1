//! The demo's company: *Aurora Living*, a small furniture shop with a real week behind it.
mod care;
mod company;
mod composer;
mod fields;
mod fill;
mod ledger;
mod media;
mod number;
mod people;
mod phones;
mod play;
mod project;
mod random;
mod script;
mod templates;
#[cfg(test)]
mod tests;
mod views;
mod week;
mod write;

use std::path::Path;

use anyhow::{Context as _, Result};
use pronto_desk::Desk;
use pronto_http::{Demo, SignIn};
use pronto_simulator::Seed;

pub(crate) use company::PASSWORD;

/// Makes the sample data where there is none yet. The account's provider address follows `base`. Answers what the
/// simulator starts with: its phones remember what the desk does.
pub(crate) async fn furnish(desk: &Desk, base: &str) -> Result<Seed> {
    let mut seed = Seed::demo(base);
    if desk.config().users.is_empty() {
        let company = company::make(desk, base).await?;
        templates::make(desk, &seed, company.account, company.user("admin")?).await?;
        let rows = write::history(desk, &company).await.context("the history of the demo cannot be made")?;
        phones::seed(&rows, &mut seed);
        fields::make(desk, &company).await?;
        composer::make(desk, &company).await.context("the canned answers of the demo cannot be made")?;
        care::today(desk, &company, &rows).await?;
        views::make(desk, &company).await?;
    } else {
        company::move_to(desk, base).await?;
    }
    Ok(seed)
}

/// Forgets a demo's data: only the files a demo makes.
pub(crate) fn forget(folder: &Path) -> Result<()> {
    for name in ["pronto.db", "pronto.db-wal", "pronto.db-shm", "simulator.db", "simulator.db-wal", "simulator.db-shm"]
    {
        let path = folder.join(name);
        if path.exists() {
            std::fs::remove_file(&path).with_context(|| format!("{} cannot be removed", path.display()))?;
        }
    }
    let media = folder.join("media");
    if media.exists() {
        std::fs::remove_dir_all(&media).with_context(|| format!("{} cannot be removed", media.display()))?;
    }
    Ok(())
}

/// What the sign-in page shows.
pub(crate) fn shown(base: &str) -> Demo {
    let sign_ins = company::STAFF.iter().map(|person| SignIn {
        login: person.login.to_owned(),
        password: PASSWORD.to_owned(),
        name: person.name.to_owned(),
        role: person.role,
    });
    Demo { sign_ins: sign_ins.collect(), phones_url: format!("{base}/simulator/") }
}
