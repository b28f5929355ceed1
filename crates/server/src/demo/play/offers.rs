//! The offers that led to an agent, and what routing thought of it.

use anyhow::Result;
use pronto_domain::id::{InteractionId, UserId};
use pronto_domain::routing::{Decision, Skip, Strategy, TieBreak};
use pronto_store::instant;

use super::{Player, SECOND};

/// How long an agent has to answer an offer.
const AGENT_HAS: i64 = 30 * SECOND;

/// An offer and its cards.
pub(in crate::demo) struct Offered {
    pub(in crate::demo) decision: Decision,
    pub(in crate::demo) single: bool,
    pub(in crate::demo) starts_at: i64,
    pub(in crate::demo) ends_at: i64,
    pub(in crate::demo) result: &'static str,
    pub(in crate::demo) ended_at: i64,
    /// User, how their card ended.
    pub(in crate::demo) cards: Vec<(i64, &'static str)>,
}

impl Player<'_> {
    /// What was offered until `who` accepted at `at`.
    pub(super) fn offer(&mut self, who: &str, at: i64) {
        let Ok(winner) = self.scene.company.user(who) else { return };
        let opened = self.at;
        // It was on screen for a while; before that it may have lapsed once.
        let shown = self.random.between(3, 21) * SECOND;
        if at - opened > AGENT_HAS + shown + 2 * SECOND {
            let starts = opened + 600;
            self.one_offer(None, starts, starts + AGENT_HAS, winner);
        }
        let starts = (at - shown).max(opened + 1);
        self.one_offer(Some(winner), starts, at, winner);
    }

    /// An offer to `who`, and in the first queue to others too, that nobody answered.
    pub(super) fn lapse(&mut self, who: &str, at: i64) -> Result<()> {
        let user = self.scene.company.user(who)?;
        self.one_offer(None, at - AGENT_HAS, at, user);
        Ok(())
    }

    fn one_offer(&mut self, accepted_by: Option<UserId>, starts_at: i64, ended_at: i64, winner: UserId) {
        let company = self.scene.company;
        let Some(queue) = self.rules.queue else { return };
        let beeps = queue == company.queues[0];
        let members = company.members(usize::from(!beeps));
        let mut skipped = Vec::new();
        let mut free = Vec::new();
        for member in members {
            let why = [Skip::Paused, Skip::AtCapacity, Skip::Offline];
            if member != winner && self.random.percent(35) {
                skipped.push((member, why[self.random.place(why.len())]));
            } else {
                free.push(member);
            }
        }
        let single = |lapsed: &[UserId]| match accepted_by {
            Some(user) => vec![user],
            None => lapsed.last().copied().into_iter().collect(),
        };
        let chosen = if beeps { free } else { single(&free) };
        let lost = if accepted_by.is_some() { "taken" } else { "expired" };
        let cards = chosen.iter().map(|user| (user.0, if Some(*user) == accepted_by { "accepted" } else { lost }));
        let cards = cards.collect();
        let ends_at = starts_at + AGENT_HAS;
        self.played.offers.push(Offered {
            decision: Decision {
                interaction: InteractionId(0),
                queue,
                strategy: if beeps { Strategy::BeepAll } else { Strategy::RoundRobin },
                chosen,
                skipped,
                tie_break: Some(if beeps { TieBreak::All } else { TieBreak::NextInOrder }),
                joins: false,
                ends_at: instant(ends_at),
            },
            single: !beeps,
            starts_at,
            ends_at,
            result: if accepted_by.is_some() { "accepted" } else { "expired" },
            ended_at,
            cards,
        });
    }
}
