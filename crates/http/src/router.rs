//! Every route, on one page.

use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderValue, Request, header};
use axum::routing::{any, get};
use axum::{Router, middleware};
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate as _};
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::trace::TraceLayer;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::{App, api, docs, error, health, live, origin};

/// Bodies of the API are small; a resource that takes more says so itself.
const BODY_LIMIT: usize = 256 * 1024;

const ARCHIVES: NotForContentType = NotForContentType::const_new("application/zip");

const WORKBOOKS: NotForContentType =
    NotForContentType::const_new("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

/// The resources, with their document. Each resource has a file of its own in `api`.
fn resources() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(docs::document())
        .routes(routes!(api::welcome::find_welcome))
        .routes(routes!(api::session::sign_in, api::session::find_session, api::session::sign_out))
        .routes(routes!(api::me::change_me))
        .routes(routes!(api::me::change_password))
        .routes(routes!(api::dashboard::find_dashboard))
        .routes(routes!(api::next::find_next))
        .routes(routes!(api::presence::declare_presence))
        .routes(routes!(api::presence::extend_wrap_up, api::presence::end_wrap_up))
        .routes(routes!(api::offers::list_offers))
        .routes(routes!(api::offers::accept_interaction, api::offers::reject_interaction))
        .routes(routes!(api::interaction_list::list_interactions, api::start::start_interaction))
        .routes(routes!(api::watching::list_watching))
        .routes(routes!(api::interactions::find_interaction))
        .routes(routes!(api::interactions::take_interaction))
        .routes(routes!(api::closing::close_interaction, api::interactions::reopen_interaction))
        .routes(routes!(api::closing::close_interactions))
        .routes(routes!(api::closing::list_choices))
        .routes(routes!(api::closing::dispose_interaction))
        .routes(routes!(api::closing::snooze_interaction, api::closing::take_up_interaction))
        .routes(routes!(api::tags::tag_interactions))
        .routes(routes!(api::blocks::block_sender))
        .routes(routes!(api::transfers::propose_transfer))
        .routes(routes!(api::transfers::cancel_transfer))
        .routes(routes!(api::assignments::assign_interactions))
        .routes(routes!(api::recipients::list_recipients))
        .routes(routes!(api::notices::list_notices))
        .routes(routes!(api::notices::read_notices))
        .routes(routes!(api::journey::list_journey))
        .routes(routes!(api::interactions::list_decisions))
        .routes(routes!(api::archives::find_archive_extent))
        .routes(routes!(api::archives::download_interaction))
        .routes(routes!(api::messages::list_messages, api::messages::send_message))
        .routes(routes!(api::messages::read_interaction, api::messages::mark_interaction_unread))
        .routes(routes!(api::messages::retry_message))
        .routes(routes!(api::messages::find_raw_message))
        .routes(routes!(api::messages::find_message_history))
        .routes(routes!(api::messages::keep_card))
        .routes(routes!(api::interactions::list_colleagues))
        .routes(routes!(api::scheduled::list_scheduled, api::scheduled::schedule_message))
        .routes(routes!(api::scheduled::change_scheduled, api::scheduled::cancel_scheduled))
        .routes(routes!(api::scheduled::send_scheduled))
        .routes(routes!(api::canned::suggest_canned_answers))
        .routes(routes!(api::saved_views::list_saved_views, api::saved_views::add_saved_view))
        .routes(routes!(api::saved_views::change_saved_view, api::saved_views::remove_saved_view))
        .routes(routes!(api::contact_views::list_contact_views, api::contact_views::add_contact_view))
        .routes(routes!(api::contact_views::change_contact_view, api::contact_views::remove_contact_view))
        .routes(routes!(api::canned::list_canned_answers, api::canned::add_canned_answer))
        .routes(routes!(
            api::canned::find_canned_answer,
            api::canned::change_canned_answer,
            api::canned::remove_canned_answer
        ))
        .routes(routes!(api::canned::use_canned_answer))
        .routes(routes!(api::attachments::find_attachment))
        .routes(routes!(api::attachments::fetch_attachment))
        .routes(routes!(api::uploads::hand_in_file, api::uploads::take_back_file))
        .routes(routes!(api::contact_page::list_contacts, api::contacts::make_contact))
        .routes(routes!(api::contact_export::export_contacts))
        .routes(routes!(api::contact_bulk::tag_contacts))
        .routes(routes!(api::contact_bulk::move_contacts))
        .routes(routes!(api::contact_bulk::delete_contacts))
        .routes(routes!(api::contacts::find_contact, api::contacts::change_contact))
        .routes(routes!(api::contacts::copy_contact))
        .routes(routes!(api::contact_rights::export_person))
        .routes(routes!(api::contact_rights::erase_person))
        .routes(routes!(api::contact_merges::merge_contacts, api::contact_merges::list_merges))
        .routes(routes!(api::contact_merges::part_contacts))
        .routes(routes!(api::contact_merges::list_duplicates))
        .routes(routes!(api::contact_merges::list_duplicates_of))
        .routes(routes!(api::contact_merges::distinguish_contacts))
        .routes(routes!(api::contact_notes::add_contact_note))
        .routes(routes!(api::contact_notes::change_contact_note, api::contact_notes::remove_contact_note))
        .routes(routes!(api::contact_notes::say_consent, api::contact_notes::forget_consent))
        .routes(routes!(api::contacts::link_contact))
        .routes(routes!(api::contact_lists::list_contact_lists, api::contact_lists::add_contact_list))
        .routes(routes!(api::contact_lists::change_contact_list))
        .routes(routes!(api::companies::list_companies, api::companies::add_company))
        .routes(routes!(api::companies::change_company))
        .routes(routes!(api::contact_fields::list_contact_fields, api::contact_fields::add_contact_field))
        .routes(routes!(api::contact_fields::arrange_contact_fields))
        .routes(routes!(api::contact_fields::change_contact_field))
        .routes(routes!(api::contact_imports::list_contact_imports, api::contact_imports::hand_in_contacts))
        .routes(routes!(
            api::contact_imports::find_contact_import,
            api::contact_imports::change_contact_import,
            api::contact_imports::remove_contact_import
        ))
        .routes(routes!(api::contact_imports::preview_contact_import))
        .routes(routes!(api::contact_imports::work_contact_import))
        .routes(routes!(api::contact_imports::list_contact_import_rows))
        .routes(routes!(api::import_rejects::download_import_rejects))
        .routes(routes!(api::journey::list_contact_journey))
        .routes(routes!(api::users::list_users, api::users::add_user))
        .routes(routes!(api::users::find_user, api::users::change_user, api::users::remove_user))
        .routes(routes!(api::teams::list_teams, api::teams::add_team))
        .routes(routes!(api::teams::find_team, api::teams::change_team, api::teams::remove_team))
        .routes(routes!(api::profiles::list_profiles))
        .routes(routes!(api::profiles::change_profile))
        .routes(routes!(api::queues::list_queues, api::queues::add_queue))
        .routes(routes!(api::queues::find_queue, api::queues::change_queue, api::queues::remove_queue))
        .routes(routes!(api::accounts::list_accounts, api::accounts::add_account))
        .routes(routes!(api::accounts::find_account, api::accounts::change_account, api::accounts::remove_account))
        .routes(routes!(api::accounts::check_account))
        .routes(routes!(api::accounts::test_account))
        .routes(routes!(api::accounts::subscribe_account))
        .routes(routes!(api::templates::list_templates, api::templates::make::make_template))
        .routes(routes!(api::templates::make::check_template))
        .routes(routes!(api::templates::change_template, api::templates::make::delete_template))
        .routes(routes!(api::templates::make::edit_variant, api::templates::make::delete_variant))
        .routes(routes!(api::templates::sync_templates))
        .routes(routes!(api::templates::choose_recontact))
        .routes(routes!(api::templates::send_template))
        .routes(routes!(api::templates::find_recontact, api::templates::send_recontact))
        .routes(routes!(api::start::find_start))
        .routes(routes!(api::start::ask_for_interaction))
        .routes(routes!(api::dispositions::list_dispositions, api::dispositions::add_disposition))
        .routes(routes!(api::dispositions::arrange_dispositions))
        .routes(routes!(api::dispositions::change_disposition, api::dispositions::remove_disposition))
        .routes(routes!(api::dispositions::list_disposition_places))
        .routes(routes!(api::tags::list_tags, api::tags::add_tag))
        .routes(routes!(api::tags::find_tag, api::tags::change_tag, api::tags::remove_tag))
        .routes(routes!(api::blocks::list_blocks))
        .routes(routes!(api::blocks::review_block))
        .routes(routes!(api::settings::find_settings, api::settings::change_settings))
        .routes(routes!(api::deliveries::list_deliveries))
        .routes(routes!(api::deliveries::find_delivery))
        .routes(routes!(api::deliveries::replay_delivery))
        .routes(routes!(live::socket::connect))
        .routes(routes!(live::poll::poll_events))
}

/// The API's document: OpenAPI 3.1.
pub fn openapi() -> utoipa::openapi::OpenApi {
    docs::finished(resources().into_openapi())
}

/// Everything this process answers; what is not of the API goes to `desktop`.
pub fn router(app: App, desktop: Router<()>) -> Router {
    // Counting begins with the first request that could be counted.
    health::recorder();
    let json = docs::Document::new(&openapi());
    let (resources, _) = resources().split_for_parts();
    resources
        .route("/api/v1/openapi.json", get(docs::json).with_state(json.clone()))
        .route("/api/docs", get(docs::page).with_state(json))
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .route("/metrics", get(health::metrics))
        .route("/api/{*rest}", any(error::unknown_path))
        .method_not_allowed_fallback(error::unknown_method)
        .layer(middleware::from_fn_with_state(app.clone(), origin::guard))
        .layer(middleware::from_fn_with_state(app.clone(), error::finish))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .with_state(app)
        .fallback_service(desktop)
        .layer(
            ServiceBuilder::new()
                // An error is logged where it is answered. A query may hold what somebody searched for.
                .layer(TraceLayer::new_for_http().make_span_with(span).on_failure(()))
                .layer(CatchPanicLayer::custom(error::panicked))
                // An archive is as small as it gets.
                .layer(CompressionLayer::new().compress_when(DefaultPredicate::new().and(ARCHIVES).and(WORKBOOKS)))
                .layer(unless_set(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
                .layer(unless_set(header::REFERRER_POLICY, "same-origin"))
                .layer(unless_set(header::X_FRAME_OPTIONS, "DENY")),
        )
}

fn span<B>(request: &Request<B>) -> tracing::Span {
    tracing::debug_span!("request", method = %request.method(), path = request.uri().path())
}

fn unless_set(name: header::HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
}
