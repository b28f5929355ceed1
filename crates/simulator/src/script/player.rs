//! Plays scenarios: each line when its time has come.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::try_join_all;
use serde_json::json;

use super::hand::Hand;
use super::read::read;
use super::run::{Run, State};
use super::{Pause, Person, Script, Step, What, Wrong};
use crate::live::News;
use crate::network::{Act, Network};
use crate::store::apps::{self, NumberRow};
use crate::store::phones::{self, PhoneRow};
use crate::{ids, number};

/// Played at the same time; more would only get into each other's way.
const MOST_AT_ONCE: usize = 8;
/// Of those that have ended, so many can still be looked at.
const REMEMBERED: usize = 30;

/// Why a scenario was not begun.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Refused {
    #[error(transparent)]
    Wrong(#[from] Wrong),
    #[error("{MOST_AT_ONCE} scenarios are being played already: stop one of them first")]
    TooMany,
    #[error("the simulator could not read or write its state")]
    Store(#[from] sqlx::Error),
}

/// What is to be played.
#[derive(Debug)]
pub(crate) struct Wanted {
    /// The name of a scenario that comes with the simulator.
    pub(crate) name: Option<String>,
    pub(crate) text: String,
    /// How many times faster than written.
    pub(crate) speed: f64,
}

/// Reads a scenario, finds or makes its phones, and begins to play it.
pub(crate) async fn begin(network: &Arc<Network>, wanted: Wanted) -> Result<Arc<Run>, Refused> {
    let script = read(&wanted.text)?;
    let mut act = network.begin().await?;
    let business = match &script.business {
        Some(text) => apps::number_called(act.db(), text).await?,
        None => apps::numbers(act.db()).await?.into_iter().next(),
    };
    let business = business.ok_or_else(|| Wrong {
        line: 1,
        detail: "there is no such business: “GET control/numbers” lists those one can write to".to_owned(),
    })?;
    let mut people = Vec::with_capacity(script.people.len());
    for person in &script.people {
        let phone = phone_of(&mut act, person).await?;
        people.push((phone.id, phone.name));
    }
    act.tell(News::Resync);
    act.commit().await?;
    let run = network.with_runs(|runs| {
        if runs.iter().filter(|run| run.is_running()).count() >= MOST_AT_ONCE {
            return Err(Refused::TooMany);
        }
        if runs.len() >= REMEMBERED
            && let Some(oldest) = runs.iter().position(|run| !run.is_running())
        {
            runs.remove(oldest);
        }
        let id = runs.last().map_or(1, |run| run.id + 1);
        let run = Arc::new(Run::new(id, wanted.name, wanted.text, &script, people, wanted.speed));
        runs.push(Arc::clone(&run));
        Ok(run)
    })?;
    let player = Player { network: Arc::clone(network), run: Arc::clone(&run), script, business };
    player.tell();
    tokio::spawn(player.play());
    Ok(run)
}

/// The phone of somebody in a scenario: the one that is there, switched on and blocking nobody, or a new one.
async fn phone_of(act: &mut Act<'_>, person: &Person) -> Result<PhoneRow, Refused> {
    let mut found = phones::find(act.db(), &person.id).await?;
    let digits = person.number.as_deref().map(number::digits);
    if let (None, Some(digits)) = (&found, &digits) {
        found = phones::by_number(act.db(), digits).await?;
    }
    if let Some(mut phone) = found {
        act.set_blocked(&mut phone, false).await?;
        act.switch(&mut phone, true).await?;
        return Ok(phone);
    }
    let wrong = |detail: String| Refused::Wrong(Wrong { line: person.line, detail });
    let id = &person.id;
    let name = person.name.clone();
    let name =
        name.ok_or_else(|| wrong(format!("there is no phone called “{id}”: give it a name, “person {id}: …”")))?;
    let digits = digits.unwrap_or_else(number::free);
    let phone = PhoneRow {
        id: id.clone(),
        name,
        user_id: ids::user_id(number::country(&digits).1),
        number: digits,
        username: None,
        hidden_number: false,
        online: true,
        blocked: false,
        synthetic: false,
    };
    if phones::add(act.db(), &phone).await? {
        return Ok(phone);
    }
    Err(wrong(format!("a phone for “{id}” cannot be made: its number is taken, give it another one")))
}

struct Player {
    network: Arc<Network>,
    run: Arc<Run>,
    script: Script,
    business: NumberRow,
}

impl Player {
    async fn play(self) {
        let played = tokio::select! {
            () = self.network.stop.cancelled() => return,
            () = self.run.stop.cancelled() => None,
            played = self.all() => Some(played),
        };
        match played {
            None => self.run.end(State::Stopped, None),
            Some(Ok(())) => self.run.end(State::Done, None),
            Some(Err(wrong)) => self.run.end(State::Failed, Some(wrong)),
        }
        self.tell();
    }

    async fn all(&self) -> Result<(), Wrong> {
        let mut hands = Vec::with_capacity(self.run.people.len());
        for (phone, _) in &self.run.people {
            let hand = Hand::new(Arc::clone(&self.network), phone.clone(), self.business.clone(), self.run.speed).await;
            hands.push(hand.map_err(|halt| Wrong { line: 1, detail: halt.to_string() })?);
        }
        if !self.script.apart {
            for step in &self.script.steps {
                self.step(step, &mut hands).await?;
            }
            return Ok(());
        }
        for step in self.script.steps.iter().filter(|step| matches!(step.what, What::Fault(..))) {
            self.step(step, &mut []).await?;
        }
        let each = hands.into_iter().enumerate().map(|(place, hand)| self.alone(place, hand));
        try_join_all(each).await.map(|_| ())
    }

    /// One person's lines, at their own pace.
    async fn alone(&self, place: usize, mut hand: Hand) -> Result<(), Wrong> {
        for step in &self.script.steps {
            if let What::Does(who, deed) = &step.what
                && *who == place
            {
                self.does(&mut hand, place, step.line, deed).await?;
            }
        }
        Ok(())
    }

    async fn step(&self, step: &Step, hands: &mut [Hand]) -> Result<(), Wrong> {
        match &step.what {
            What::Does(place, deed) => {
                if let Some(hand) = hands.get_mut(*place) {
                    self.does(hand, *place, step.line, deed).await?;
                }
                return Ok(());
            }
            What::Wait(pause) => {
                self.run.comes_to(None, step.line, true);
                self.tell();
                tokio::time::sleep(drawn(*pause, self.run.speed)).await;
            }
            What::Fault(name, value) => {
                let patch = json!({ name: value });
                let changed = self.network.with_faults(|faults| {
                    *faults = faults.patched(&patch)?;
                    Ok(())
                });
                changed.map_err(|detail| Wrong { line: step.line, detail })?;
            }
            What::Heal => self.network.with_faults(|faults| *faults = crate::faults::Faults::default()),
        }
        self.run.has_done(None);
        self.tell();
        Ok(())
    }

    async fn does(&self, hand: &mut Hand, place: usize, line: usize, deed: &super::Deed) -> Result<(), Wrong> {
        self.run.comes_to(Some(place), line, deed.waits());
        self.tell();
        hand.does(deed).await.map_err(|halt| Wrong { line, detail: halt.to_string() })?;
        self.run.has_done(Some(place));
        Ok(())
    }

    fn tell(&self) {
        self.network.tell(&json!({"type": "run", "run": self.run.view()}));
    }
}

/// A time between the two, at the speed at which it is played.
pub(super) fn drawn(pause: Pause, speed: f64) -> Duration {
    let spread = pause.most.saturating_sub(pause.least);
    (pause.least + spread.mul_f64(rand::random_range(0.0..=1.0))).div_f64(speed)
}
