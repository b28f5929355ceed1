//! Prints the API's document, for `cargo xtask regen`: from here, so that it needs no desktop to be built.
#![expect(clippy::print_stdout, reason = "printing is what it is for")]

fn main() -> Result<(), serde_json::Error> {
    println!("{}", serde_json::to_string_pretty(&pronto_http::openapi())?);
    Ok(())
}
