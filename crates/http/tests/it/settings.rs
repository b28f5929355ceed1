//! Settings of the desk.

use pronto_domain::access::Role;
use pronto_testkit::{TestApp, on_both};
use serde_json::json;

on_both! {
    async fn settings_change_and_every_desktop_is_told(app: TestApp) {
        let ann = app.with_agent("ann").await;
        let settings = app.get(&app.admin, "/settings").await.ok();
        assert_eq!((&settings["version"], &settings["max_tabs"]), (&json!(0), &json!(20)));
        let change = json!({ "version": 0, "max_tabs": 5, "attachment_limit_mb": 25, "pause_reasons": [" Lunch "] });
        let changed = app.patch(&app.admin, "/settings", change.clone()).await.ok();
        assert_eq!((&changed["version"], &changed["pause_reasons"]), (&json!(1), &json!(["Lunch"])));
        assert_eq!(changed["reconnect_grace_s"], settings["reconnect_grace_s"]);
        app.patch(&app.admin, "/settings", change).await.refused(409, "changed_meanwhile");
        let told = app.get(&ann, "/session").await.ok();
        assert_eq!(told["settings"]["max_tabs"], 5);
        assert_eq!(told["settings"]["attachment_limit_bytes"], 25 * 1024 * 1024);
        app.patch(&app.admin, "/settings", json!({ "version": 1, "max_tabs": 6 })).await.ok();
    }

    async fn every_field_has_its_range(app: TestApp) {
        let wrong = json!({
            "version": 0, "max_tabs": 0, "attachment_limit_mb": 26, "offer_sound_repeat_s": -1, "reconnect_grace_s": -1,
            "offline_requeue_min": 10_081, "not_responding_after": 101, "pause_reasons": ["Lunch", "", "lunch"],
        });
        let answer = app.patch(&app.admin, "/settings", wrong).await;
        assert_eq!(answer.fields(), [
            ("max_tabs", "out_of_range"), ("attachment_limit_mb", "out_of_range"),
            ("offer_sound_repeat_s", "out_of_range"), ("reconnect_grace_s", "out_of_range"),
            ("offline_requeue_min", "out_of_range"), ("not_responding_after", "out_of_range"), ("pause_reasons[1]", "required"), ("pause_reasons[2]", "taken"),
        ]);
        let kind = app.patch(&app.admin, "/settings", json!({ "version": 0, "max_tabs": "many" })).await;
        assert_eq!(kind.fields(), [("max_tabs", "format")]);
        let version = app.patch(&app.admin, "/settings", json!({ "max_tabs": 5 })).await;
        assert_eq!(version.fields(), [("version", "required")]);
    }

    async fn agents_and_supervisors_may_not(app: TestApp) {
        for (role, login) in [(Role::Agent, "ann"), (Role::Supervisor, "sue")] {
            let who = app.with_user(role, login).await;
            app.get(&who, "/settings").await.refused(403, "forbidden");
            let refused = app.patch(&who, "/settings", json!({ "version": 0 })).await.refused(403, "forbidden");
            assert_eq!(refused["params"]["permission"], "settings.edit");
        }
    }
}
