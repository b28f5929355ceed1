//! A scenario that is being played, or has been.

use std::sync::{Mutex, PoisonError};

use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use super::{Script, Wrong};
use crate::clock;

/// How it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    Running,
    /// Played to its end.
    Done,
    /// Somebody stopped it.
    Stopped,
    Failed,
}

impl State {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Done => "done",
            Self::Stopped => "stopped",
            Self::Failed => "failed",
        }
    }
}

#[derive(Debug)]
struct Progress {
    state: State,
    ended: Option<i64>,
    done: usize,
    /// Grows with every change.
    revision: u64,
    /// For each person, and last for nobody in particular: the line they are at, and whether they wait there.
    at: Vec<Option<(usize, bool)>>,
    problem: Option<Wrong>,
}

/// One playing of a scenario.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) id: u64,
    /// The name of the scenario, when it is one that comes with the simulator.
    name: Option<String>,
    pub(crate) text: String,
    title: String,
    steps: usize,
    /// Ids of phones, and names.
    pub(super) people: Vec<(String, String)>,
    pub(super) speed: f64,
    begun: i64,
    progress: Mutex<Progress>,
    pub(crate) stop: CancellationToken,
}

impl Run {
    pub(super) fn new(
        id: u64,
        name: Option<String>,
        text: String,
        script: &Script,
        people: Vec<(String, String)>,
        speed: f64,
    ) -> Self {
        let at = vec![None; people.len() + 1];
        Self {
            id,
            name,
            text,
            title: script.title.clone(),
            steps: script.steps.len(),
            people,
            speed,
            begun: clock::now(),
            progress: Mutex::new(Progress {
                state: State::Running,
                ended: None,
                done: 0,
                revision: 1,
                at,
                problem: None,
            }),
            stop: CancellationToken::new(),
        }
    }

    fn with<T>(&self, look: impl FnOnce(&mut Progress) -> T) -> T {
        look(&mut self.progress.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn change(&self, change: impl FnOnce(&mut Progress)) {
        self.with(|progress| {
            progress.revision += 1;
            change(progress);
        });
    }

    pub(crate) fn is_running(&self) -> bool {
        self.with(|progress| progress.state == State::Running)
    }

    /// Somebody, or nobody in particular, has come to a line.
    pub(super) fn comes_to(&self, who: Option<usize>, line: usize, waits: bool) {
        let place = who.unwrap_or(self.people.len());
        self.change(|progress| {
            if let Some(at) = progress.at.get_mut(place) {
                *at = Some((line, waits));
            }
        });
    }

    /// What they came to is done.
    pub(super) fn has_done(&self, who: Option<usize>) {
        let place = who.unwrap_or(self.people.len());
        self.change(|progress| {
            progress.done += 1;
            if let Some(at) = progress.at.get_mut(place) {
                *at = None;
            }
        });
    }

    pub(super) fn end(&self, state: State, problem: Option<Wrong>) {
        self.change(|progress| {
            progress.state = state;
            progress.ended = Some(clock::now());
            progress.problem = problem;
            progress.at.fill(None);
        });
    }

    /// As the control API and the page show it, without its text.
    pub(crate) fn view(&self) -> Value {
        let people: Vec<Value> =
            self.people.iter().map(|(phone, name)| json!({"phone": phone, "name": name})).collect();
        self.with(|progress| {
            let at = progress.at.iter().enumerate();
            let doing: Vec<Value> = at
                .filter_map(|(place, at)| {
                    let (line, waits) = (*at)?;
                    let phone = self.people.get(place).map(|(phone, _)| phone);
                    Some(json!({"phone": phone, "line": line, "waits": waits}))
                })
                .collect();
            json!({
                "id": self.id,
                "scenario": self.name,
                "title": self.title,
                "speed": self.speed,
                "state": progress.state.as_str(),
                "begun_at": clock::rfc3339(self.begun),
                "ended_at": progress.ended.map(clock::rfc3339),
                "people": people,
                "doing": doing,
                "done": progress.done,
                "revision": progress.revision,
                "steps": self.steps,
                "problem": progress.problem.as_ref().map(|wrong| json!({"line": wrong.line, "detail": wrong.detail})),
            })
        })
    }
}
