-- What most of an interaction sounds like, and how many of the customer's messages sound how: `Tally` in
-- crates/domain/src/sentiment.
ALTER TABLE interaction ADD COLUMN sentiment TEXT;
ALTER TABLE interaction ADD COLUMN sentiment_tally {json} NOT NULL DEFAULT '{}';
-- Most are neutral: who looks for those walks the list.
CREATE INDEX interaction_sentiment ON interaction (sentiment, last_at, id) WHERE sentiment <> 'neutral';
