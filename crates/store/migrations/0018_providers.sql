-- How an account of another provider is reached and recognised: `Connection` in crates/domain/src/provider.rs.
ALTER TABLE account ADD COLUMN connection {json} NOT NULL DEFAULT '{}';
-- Twilio's secondary token while tokens change over; sealed like the others.
ALTER TABLE account ADD COLUMN second_token {bytes};
