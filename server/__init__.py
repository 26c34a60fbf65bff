"""How Pasok runs on one machine: its embedded PostgreSQL and Meilisearch, and the supervisor behind `make run`.

Nothing here knows the marketplace. In production, with `DATABASE_URL` and `MEILI_URL` set, none of it is needed.
"""
