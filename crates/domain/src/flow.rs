//! The steps a new interaction runs through.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::id::QueueId;

/// One step of an account's flow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Step {
    /// Wait in a queue. After `timeout_s` seconds the next step runs; 0 waits without end.
    Queue { queue_id: QueueId, timeout_s: i64 },
}

/// Where a flow puts an interaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Placed {
    /// In a queue, by step number `step`, until the deadline if there is one.
    InQueue { queue: QueueId, step: i64, until: Option<Timestamp> },
    /// The flow has ended; it stays open and is offered from the default queue.
    Unassigned { queue: QueueId, step: i64 },
}

/// Runs the flow from step number `from`. `now` is when the step begins.
pub fn run(steps: &[Step], from: i64, default_queue: QueueId, now: Timestamp) -> Placed {
    let index = usize::try_from(from.max(0)).unwrap_or(usize::MAX);
    match steps.get(index) {
        Some(Step::Queue { queue_id, timeout_s }) => {
            let until = (*timeout_s > 0)
                .then(|| now.checked_add(SignedDuration::from_secs(*timeout_s)).unwrap_or(Timestamp::MAX));
            Placed::InQueue { queue: *queue_id, step: from.max(0), until }
        }
        None => Placed::Unassigned { queue: default_queue, step: i64::try_from(steps.len()).unwrap_or(i64::MAX) },
    }
}
