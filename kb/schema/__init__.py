"""The tables of a knowledge base, as numbered SQL scripts: each is run once and never changed after a release."""
