"""The knowledge base: storing, joining across documents, judgements, search, chains and exports."""
