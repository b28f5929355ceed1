//! An account: one WhatsApp business number and how it is run.

use serde::{Deserialize, Serialize};

use crate::flow::Step;
use crate::id::{AccountId, DispositionId, QueueId};
use crate::message::words;
use crate::silence;

words! {
    /// Which reading of the service window an account follows.
    WindowRule {
        /// 24 hours after the latest inbound message, as WhatsApp counts.
        LatestInbound = "latest_inbound",
        /// 24 hours after the first inbound message of the interaction.
        FirstInbound = "first_inbound",
        /// 24 hours after the first template of the interaction, once the customer has written.
        FirstTemplate = "first_template",
    }
}

/// What the rules need to know of an account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rules {
    pub id: AccountId,
    pub flow: Vec<Step>,
    pub default_queue: QueueId,
    pub window_rule: WindowRule,
    /// Seconds after closing in which a message reopens the interaction; 0 = off.
    pub grace_s: i64,
    pub take_from_bot: bool,
    pub closing: Closing,
}

/// How an account's interactions are closed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Closing {
    /// Nobody closes without saying how it ended.
    pub disposition_required: bool,
    /// How those end that the desk closes by itself.
    pub system_disposition: Option<DispositionId>,
    pub silence: silence::Policy,
}
