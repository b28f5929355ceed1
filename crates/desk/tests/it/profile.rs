//! The name a customer has given themselves, where it comes after what they wrote.

use pronto_desk::act::contact::{Learn, learn};
use pronto_domain::id::InteractionId;
use pronto_testkit::on_both;

use crate::world::{MARIA, World};

/// Somebody who wrote, and whom nobody has named.
async fn nameless(world: &World) -> InteractionId {
    let interaction = world.writes(MARIA, "Buongiorno").await;
    world.set("UPDATE address SET profile_name = NULL").await;
    world.set("UPDATE contact SET first_name = '', last_name = NULL, name_words = ''").await;
    world.set("UPDATE interaction SET customer = '+393331234567', customer_words = '393331234567'").await;
    interaction
}

async fn learns(world: &World, interaction: InteractionId, name: Option<&str>) {
    let address = world.row(interaction).await.address_id;
    let input = Learn { address, name: name.map(str::to_owned), job: 0 };
    world.desk().run(&input, |tx, now, input| Box::pin(learn(tx, now, input))).await.expect("learned");
}

on_both! {
    async fn a_name_that_comes_later_stands_wherever_the_number_stood(world: World) {
        let interaction = nameless(&world).await;
        learns(&world, interaction, None).await;
        assert_eq!(world.row(interaction).await.customer, "+393331234567");
        learns(&world, interaction, Some("Maria De Luca")).await;
        assert_eq!(world.row(interaction).await.customer, "Maria De Luca");
        let words = "SELECT count(*) AS count FROM interaction WHERE customer_words = 'maria de luca'";
        assert_eq!(world.count(words).await, 1);
        let named = "SELECT count(*) AS count FROM contact WHERE first_name = 'Maria' AND last_name = 'De Luca'
            AND name_words = 'maria de luca'";
        assert_eq!(world.count(named).await, 1);
        // The first that is known stays: it may come twice.
        learns(&world, interaction, Some("Somebody Else")).await;
        assert_eq!(world.row(interaction).await.customer, "Maria De Luca");
    }

    async fn who_has_a_name_here_keeps_it(world: World) {
        let interaction = nameless(&world).await;
        world.set("UPDATE contact SET first_name = 'Mary', name_words = 'mary'").await;
        world.set("UPDATE interaction SET customer = 'Mary', customer_words = 'mary'").await;
        learns(&world, interaction, Some("Maria De Luca")).await;
        assert_eq!(world.row(interaction).await.customer, "Mary");
        assert_eq!(world.count("SELECT count(*) AS count FROM contact WHERE first_name = 'Mary'").await, 1);
        assert_eq!(world.count("SELECT count(*) AS count FROM address WHERE profile_name = 'Maria De Luca'").await, 1);
    }

    async fn who_was_erased_stays_so(world: World) {
        let interaction = nameless(&world).await;
        world.set("UPDATE contact SET erased_at = 1, deleted_at = 1").await;
        learns(&world, interaction, Some("Maria De Luca")).await;
        assert_eq!(world.row(interaction).await.customer, "+393331234567");
        assert_eq!(world.count("SELECT count(*) AS count FROM address WHERE profile_name IS NOT NULL").await, 0);
    }

    async fn without_a_contact_the_conversation_has_the_name(world: World) {
        let interaction = nameless(&world).await;
        world.set("UPDATE interaction SET contact_id = NULL").await;
        world.set("UPDATE address SET contact_id = NULL").await;
        learns(&world, interaction, Some("Maria")).await;
        assert_eq!(world.row(interaction).await.customer, "Maria");
    }
}
