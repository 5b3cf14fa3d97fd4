"""The steps of the schema, run by `core.store.migrate` through Alembic."""
