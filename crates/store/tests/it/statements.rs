use pronto_testkit::{TestDesk, on_both};

on_both! {
    async fn every_statement_prepares(bench: TestDesk) {
        // A list that had lost its entries would prepare too.
        assert!(pronto_db::written().count() > 100, "{}", pronto_db::written().count());
        assert_eq!(bench.desk.db().refused().await, Vec::<String>::new());
    }
}
