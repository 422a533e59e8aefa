-- What joining compares beside the rest: how a telling came by its time, and which of its kind it says it is.
ALTER TABLE telling ADD COLUMN dating  TEXT NOT NULL DEFAULT 'told'; -- told; guessed, undated: days up to publication
ALTER TABLE telling ADD COLUMN ordinal TEXT NOT NULL DEFAULT '';     -- "2" for "zweiter Gipfel"; '' where none is told
CREATE INDEX telling_ordinal ON telling (kind, ordinal, earliest) WHERE ordinal <> '';
