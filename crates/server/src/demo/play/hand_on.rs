//! What changes hands: transfers, and what is opened again.

use anyhow::{Context as _, Result};
use pronto_domain::message::{Content, Direction, Kind};
use pronto_store::instant;

use super::{MINUTE, Player, SECOND};

/// How long a colleague has to answer a transfer.
const COLLEAGUE_HAS: i64 = MINUTE;

/// How a transfer ended.
#[derive(Debug, Clone, Copy)]
pub(super) enum Ending {
    Accepted,
    Rejected,
    Expired,
}

impl Player<'_> {
    /// The owner proposes it to `to`.
    pub(super) fn transfer(&mut self, to: &str, ending: Ending, at: i64) -> Result<()> {
        let from = self.rules.owner.context("nobody owns it")?;
        let to = self.scene.company.user(to)?;
        let (from_name, to_name) = (self.scene.company.name(from), self.scene.company.name(to));
        self.system("transfer_proposed", from, Some(("to", to_name)), at);
        let answered = at + self.random.between(8, 40) * SECOND;
        match ending {
            Ending::Accepted => {
                self.rules.hand_over(from, to, None, instant(answered))?;
                self.adopt();
                self.system("transfer_accepted", to, Some(("from", from_name)), answered);
            }
            Ending::Rejected => self.system("transfer_rejected", to, Some(("to", to_name)), answered),
            Ending::Expired => self.by_itself("transfer_expired", ("to", to_name), at + COLLEAGUE_HAS),
        }
        Ok(())
    }

    /// Somebody opens it again, and it is theirs.
    pub(super) fn reopen(&mut self, who: &str, at: i64) -> Result<()> {
        let user = self.scene.company.user(who)?;
        self.rules.reopen_by(user, None, instant(at))?;
        self.adopt();
        self.system("reopened", user, None, at);
        Ok(())
    }

    /// A quiet line of what the desk did by itself.
    fn by_itself(&mut self, code: &str, (name, value): (&str, &str), at: i64) {
        let params = [(name.to_owned(), value.to_owned())].into();
        let content = Content::System { code: code.to_owned(), params };
        let row = self.message(Direction::System, Kind::System, None, content, at);
        self.push(row, None, None);
        self.at = self.at.max(at);
    }
}
