//! Notices: what a person is told beside the work itself, and finds again in a list.

use crate::message::words;

words! {
    /// What a notice says. The desktop words it.
    Kind {
        /// Everybody who could be asked has rejected it; it goes on being offered.
        NobodyAccepts = "nobody_accepts",
        /// What was proposed to somebody is theirs now.
        TransferAccepted = "transfer_accepted",
        /// It is back with its owner: `result` says why.
        TransferBack = "transfer_back",
        /// A supervisor, or a colleague who left, gave it to them.
        Assigned = "assigned",
        /// What was put off until now is back on their desk.
        Reminded = "reminded",
        /// The customer wrote in what was put off.
        CustomerWrote = "customer_wrote",
        /// A supervisor gave what was theirs to somebody else, or put it back into a queue.
        Moved = "moved",
        /// They were away for so long that what was theirs waits for somebody else.
        LeftBehind = "left_behind",
        /// A colleague named them in a note: `message` says which.
        Mentioned = "mentioned",
        /// What they planned could not be sent: `reason` says why.
        ScheduledFailed = "scheduled_failed",
        /// A colleague would like to have what is theirs.
        AskedFor = "asked_for",
    }
}
