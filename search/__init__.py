"""Finding: the Meilisearch index, its sync, the queries over it and the pages that show what was found."""
