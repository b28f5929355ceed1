//! What is done to an interaction: each as the act of that name does it.

use anyhow::{Context as _, Result};
use pronto_domain::flow::Placed;
use pronto_domain::interaction::State;
use pronto_domain::message::Direction;
use pronto_domain::sentiment::Sentiment;
use pronto_store::instant;

use super::super::script::Script;
use super::hand_on::Ending;
use super::{MINUTE, Player, SECOND, Said, place_of};

/// How long an interaction waits in the first queue before it moves on to the second, and how long there.
pub(in crate::demo) const FIRST_STEP: i64 = 15 * MINUTE;
pub(in crate::demo) const SECOND_STEP: i64 = 4 * 60 * MINUTE;

impl Player<'_> {
    pub(super) fn first_queue(&self) -> Placed {
        let until = None;
        Placed::InQueue { queue: self.scene.company.queues[0], step: 0, until }
    }

    fn second_queue(&self) -> Placed {
        Placed::InQueue { queue: self.scene.company.queues[1], step: 1, until: None }
    }

    /// Runs the flow, as far as this interaction came in it.
    pub(super) fn place(&mut self, at: i64) {
        let first = self.first_queue();
        self.rules.place(&first, instant(at));
        let mut ends = at + FIRST_STEP;
        if self.second_queue {
            let second = self.second_queue();
            self.rules.step_lapsed(self.rules.epoch, &second, instant(at));
            ends += SECOND_STEP;
        }
        self.played.step_ends = Some((self.rules.epoch, ends));
        self.adopt();
    }

    pub(super) fn act(&mut self, what: &str, by: Option<&'static str>, at: i64) -> Result<()> {
        let who = by.unwrap_or(self.scene.owner);
        match what {
            "accept" => self.accept(who, at),
            "take" => self.take(who, at),
            "close" => self.close(who, at),
            "give_back" => self.give_back(who, at),
            "lapse" => self.lapse(who, at),
            "transfer" => self.transfer(who, Ending::Accepted, at),
            "transfer_rejected" => self.transfer(who, Ending::Rejected, at),
            "transfer_expired" => self.transfer(who, Ending::Expired, at),
            "reopen" => self.reopen(who, at),
            other => anyhow::bail!("nobody knows how to {other}"),
        }
    }

    pub(super) fn accept(&mut self, who: &str, at: i64) -> Result<()> {
        self.offer(who, at);
        self.rules.offered();
        let user = self.scene.company.user(who)?;
        self.rules.accept(user, true, instant(at))?;
        self.adopt();
        self.system("accepted", user, None, at);
        Ok(())
    }

    fn take(&mut self, who: &str, at: i64) -> Result<()> {
        let user = self.scene.company.user(who)?;
        let from = self.rules.owner.map(|owner| ("from", self.scene.company.name(owner)));
        self.rules.take(user, who == "luca", true, instant(at))?;
        self.adopt();
        self.system("taken", user, from, at);
        Ok(())
    }

    fn close(&mut self, who: &str, at: i64) -> Result<()> {
        let user = self.scene.company.user(who)?;
        self.rules.close(Some(user), who == "luca", instant(at))?;
        let ending = self.scene.company.ending(self.second_queue, at);
        self.rules.disposition = ending.map(|(id, _)| *id);
        self.adopt();
        let row = &mut self.played.row;
        row.unread = 0;
        row.marked_unread = false;
        row.unmanaged = 0;
        row.unanswered_since = None;
        self.system("closed", user, ending.map(|(_, path)| ("disposition", path.as_str())), at);
        Ok(())
    }

    fn give_back(&mut self, who: &str, at: i64) -> Result<()> {
        let user = self.scene.company.user(who)?;
        let placed = if self.second_queue { self.second_queue() } else { self.first_queue() };
        self.rules.give_back(&placed, instant(at))?;
        self.adopt();
        self.played.row.unanswered_since.get_or_insert(at);
        self.played.step_ends = Some((self.rules.epoch, at + FIRST_STEP));
        self.system("given_back", user, None, at);
        Ok(())
    }

    /// Ends as the script says: closed, unless it says otherwise.
    pub(super) fn end(&mut self, script: &Script) -> Result<()> {
        match script.get("end").unwrap_or("closed") {
            "closed" if self.rules.state != State::Closed => {
                let at = self.at + self.random.between(40, 300) * SECOND;
                let owner = self.rules.owner.map(|owner| self.scene.company.login(owner)).unwrap_or(self.scene.owner);
                self.close(owner, at.min(self.scene.now))?;
            }
            "unassigned" => {
                let (armed, ends) = self.played.step_ends.take().context("it waits in no queue")?;
                let placed = Placed::Unassigned { queue: self.scene.company.queues[1], step: 2 };
                self.rules.step_lapsed(armed, &placed, instant(ends));
                self.adopt();
            }
            _ => {}
        }
        let row = &mut self.played.row;
        for Said { row: said, .. } in &self.played.messages {
            if said.direction == Direction::In.as_str() && said.shown && said.deleted_at.is_none() {
                row.heard(None, Sentiment::of_message(said.kind.parse()?, said.body.as_deref()));
            }
        }
        if script.get("read").is_some() {
            // The owner has looked, and not answered yet.
            row.unread = 0;
            row.read_through = place_of(&self.played.messages);
        }
        row.marked_unread = script.get("marked").is_some();
        row.version = 1 + row.message_count;
        if !matches!(self.rules.state, State::Waiting) {
            self.played.step_ends = None;
        }
        Ok(())
    }
}
