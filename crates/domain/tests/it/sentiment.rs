//! What customers' messages sound like.

use pronto_domain::sentiment::{Sentiment, Tally};
use proptest::prelude::*;

#[track_caller]
fn all(sentiment: Sentiment, texts: &[&str]) {
    for text in texts {
        assert_eq!(Sentiment::of(text), Some(sentiment), "{text}");
    }
}

#[test]
fn praise_is_positive_in_every_language() {
    all(
        Sentiment::Positive,
        &[
            "Thank you so much, that was really quick!",
            "Perfect, it works now",
            "Grazie mille, siete stati gentilissimi",
            "Il divano è bellissimo, complimenti",
            "Muchas gracias, todo llegó perfecto",
            "Obrigada, o atendimento foi excelente",
            "Merci beaucoup, c'est parfait",
            "Vielen Dank, das ging sehr schnell",
            "No problem at all, thanks",
            "Nessun problema, grazie!",
            "👍",
            "❤️❤️❤️",
            "ok :)",
        ],
    );
}

#[test]
fn complaints_are_negative_in_every_language() {
    all(
        Sentiment::Negative,
        &[
            "My order still hasn't arrived and nobody answers",
            "This is the worst service I have ever had",
            "The lamp is broken",
            "I am not happy with this",
            "Il pacco non è arrivato e nessuno risponde",
            "Sono molto delusa, il tavolo è graffiato",
            "El pedido no ha llegado, es una vergüenza",
            "O produto veio quebrado, péssimo atendimento",
            "Ça ne marche pas, je suis très déçu",
            "Das Paket ist beschädigt angekommen und ich warte seit zwei Wochen",
            "Ich bin gar nicht zufrieden",
            "😡",
            "Wieder nichts :(",
        ],
    );
}

#[test]
fn questions_and_greetings_are_neutral() {
    all(
        Sentiment::Neutral,
        &[
            "Good morning, is the shop open on Sunday?",
            "Buongiorno, vorrei sapere gli orari",
            "Buenos días, ¿tienen esta mesa en blanco?",
            "Bom dia, qual é o prazo de entrega?",
            "Bonjour, je voudrais changer mon adresse",
            "Guten Tag, wann haben Sie geöffnet?",
            "via Roma 12, Milano",
            "I would like to order two chairs",
        ],
    );
}

#[test]
fn who_praises_and_complains_is_mixed() {
    all(
        Sentiment::Mixed,
        &[
            "The sofa is beautiful but the delivery was late",
            "Il divano è bello ma la consegna in ritardo",
            "Schöne Lampe, aber viel zu spät",
        ],
    );
}

#[test]
fn what_says_nothing_is_told_nothing_of() {
    for text in ["", "   ", "12345", "+39 333 1234567", "?!", "..."] {
        assert_eq!(Sentiment::of(text), None, "{text:?}");
    }
}

#[test]
fn most_of_a_conversation_decides() {
    let of = |positive, neutral, mixed, negative| Tally { positive, neutral, mixed, negative }.predominant();
    assert_eq!(of(0, 0, 0, 0), None);
    assert_eq!(of(0, 3, 0, 0), Some(Sentiment::Neutral));
    assert_eq!(of(1, 3, 0, 0), Some(Sentiment::Positive));
    assert_eq!(of(1, 12, 0, 0), Some(Sentiment::Neutral));
    assert_eq!(of(2, 0, 0, 1), Some(Sentiment::Positive));
    assert_eq!(of(1, 2, 0, 1), Some(Sentiment::Mixed));
    assert_eq!(of(0, 0, 1, 1), Some(Sentiment::Negative));
}

fn sentiment() -> impl Strategy<Value = Sentiment> {
    prop::sample::select(Sentiment::ALL)
}

proptest! {
    #[test]
    fn no_text_breaks_it(text in "\\PC{0,200}") {
        Sentiment::of(&text);
    }

    /// Letters and accents make no difference.
    #[test]
    fn shouting_sounds_the_same(text in "(grazie|perché|non|è|broken|good|la|der|très|déçu|schön| ){1,12}") {
        prop_assert_eq!(Sentiment::of(&text), Sentiment::of(&text.to_uppercase()));
    }

    /// What is taken back was never there, in whatever order things came.
    #[test]
    fn a_tally_forgets_what_is_taken_back(kept in prop::collection::vec(sentiment(), 0..20), gone in prop::collection::vec(sentiment(), 0..20)) {
        let mut tally = Tally::default();
        gone.iter().chain(&kept).for_each(|one| tally.add(*one));
        gone.iter().for_each(|one| tally.remove(*one));
        let mut plain = Tally::default();
        kept.iter().for_each(|one| plain.add(*one));
        prop_assert_eq!(tally, plain);
    }
}
