//! The quiet lines of a thread in words, as the desktop words them.

use std::collections::BTreeMap;

use crate::words::Words;

/// What a line is about.
pub(super) struct Line<'a> {
    pub(super) code: &'a str,
    pub(super) params: &'a BTreeMap<String, String>,
    /// Who did it; empty where the desk did.
    pub(super) name: &'a str,
    /// What the network wrote.
    pub(super) text: Option<&'a str>,
    /// The instant among the parameters, as it is written here.
    pub(super) until: Option<String>,
}

impl Line<'_> {
    fn param(&self, name: &str) -> &str {
        self.params.get(name).map(String::as_str).unwrap_or_default()
    }

    pub(super) fn words(&self, words: &Words) -> String {
        let Some(key) = self.key() else {
            return self
                .text
                .map_or_else(|| words.say("conversation_line_other", &[("code", self.code)]), str::to_owned);
        };
        let (to, from) = match self.code {
            "disposed" => (self.param("disposition"), self.param("from")),
            _ => (self.param("to"), self.param("from")),
        };
        let name = if self.code == "transfer_rejected" && self.name.is_empty() { to } else { self.name };
        let text = self.text.unwrap_or_else(|| self.param("type"));
        let values = [
            ("name", name),
            ("to", to),
            ("from", from),
            ("tags", self.param("tags")),
            ("reason", self.param("reason")),
            ("time", self.until.as_deref().unwrap_or_default()),
            ("text", text),
        ];
        let said = words.say(key, &values);
        match self.param("disposition") {
            ending if self.code.starts_with("closed") && !ending.is_empty() => format!("{said} · {ending}"),
            _ => said,
        }
    }

    fn key(&self) -> Option<&'static str> {
        let has = |name: &str| !self.param(name).is_empty();
        Some(match self.code {
            "accepted" => "conversation_line_accepted",
            "taken" if has("from") => "conversation_line_taken_from",
            "taken" => "conversation_line_taken",
            "closed" if self.name.is_empty() => "conversation_line_closed_itself",
            "closed" => "conversation_line_closed",
            "closed_no_answer" => "conversation_line_closed_no_answer",
            "closed_blocked" => "conversation_line_closed_blocked",
            "disposed" if !has("disposition") => "conversation_line_disposed_none",
            "disposed" if has("from") => "conversation_line_disposed_from",
            "disposed" => "conversation_line_disposed",
            "put_off" if has("until") => "conversation_line_put_off_until",
            "put_off" => "conversation_line_put_off",
            "taken_up" => "conversation_line_taken_up",
            "reminded" => "conversation_line_reminded",
            "tagged" => "conversation_line_tagged",
            "untagged" => "conversation_line_untagged",
            "blocked" => "conversation_line_blocked",
            "block_confirmed" => "conversation_line_block_confirmed",
            "block_lifted" => "conversation_line_block_lifted",
            "reopened" if self.name.is_empty() => "conversation_line_reopened",
            "reopened" => "conversation_line_reopened_by",
            "started" => "conversation_line_started",
            "asked_for" => "conversation_line_asked_for",
            "linked" => "conversation_line_linked",
            "given_back" => "conversation_line_given_back",
            "owner_gone" => "conversation_line_owner_gone",
            "transfer_proposed" => "conversation_line_transfer_proposed",
            "transfer_accepted" => "conversation_line_transfer_accepted",
            "transfer_rejected" => "conversation_line_transfer_rejected",
            "transfer_expired" => "conversation_line_transfer_expired",
            "transfer_nobody" => "conversation_line_transfer_nobody",
            "transfer_cancelled" => "conversation_line_transfer_cancelled",
            "transfer_unreachable" => "conversation_line_transfer_unreachable",
            "assigned" if has("from") => "conversation_line_assigned_from",
            "assigned" => "conversation_line_assigned",
            "sent_to_queue" => "conversation_line_sent_to_queue",
            "number_changed" | "customer.number_changed" if has("to") => "conversation_line_number_changed",
            "number_changed" | "customer.number_changed" => "conversation_line_number_changed_unknown",
            "customer.user_id_changed" => "conversation_line_user_id_changed",
            "customer.identity_changed" => "conversation_line_identity_changed",
            "customer.notice" => "conversation_line_notice",
            "message.deleted" => "conversation_line_deleted",
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(language: &str, code: &str, name: &str, params: &[(&str, &str)]) -> String {
        let params = params.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Line { code, params: &params, name, text: None, until: None }.words(&Words::of(Some(language)))
    }

    #[test]
    fn lines_read_as_on_the_desk() {
        assert_eq!(said("en", "taken", "Ann", &[]), "Taken by Ann");
        assert_eq!(said("en", "taken", "Ann", &[("from", "Tom")]), "Taken by Ann from Tom");
        assert_eq!(said("en", "closed", "", &[("disposition", "Sold")]), "Closed · Sold");
        assert_eq!(said("en", "disposed", "Ann", &[("disposition", "Sold")]), "Ann set the disposition to Sold");
        assert_eq!(said("en", "something_new", "Ann", &[]), "Noted: something_new");
        assert_ne!(said("it", "taken", "Ann", &[]), "Taken by Ann");
    }

    /// The desktop's list is the one that grows: whoever adds a line there is told to add it here.
    #[test]
    fn every_line_that_the_desktop_words_is_worded_here() {
        let desktop = include_str!("../../../../web/src/features/conversation/systemLine.ts");
        let list = desktop.split("> = {\n").nth(1).and_then(|rest| rest.split("\n}\n").next()).expect("the list");
        let mut count = 0;
        for line in list.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   ")) {
            let Some((code, _)) = line.trim().split_once(':') else { continue };
            let code = code.trim_matches('\'');
            let params = BTreeMap::new();
            let known = Line { code, params: &params, name: "Ann", text: None, until: None }.key().is_some();
            assert!(known, "{code}");
            count += 1;
        }
        assert!(count > 25, "{count}");
    }
}
