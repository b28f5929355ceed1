use pronto_testkit::{TestDesk, on_both};

on_both! {
    async fn every_statement_prepares(bench: TestDesk) {
        assert_eq!(bench.desk.db().refused().await, Vec::<String>::new());
    }
}
