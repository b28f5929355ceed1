//! What we send, in words that fit every provider.
