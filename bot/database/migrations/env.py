"""Run by Alembic, on the connection that `bot.database.migrations.upgrade` gives it."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
with context.begin_transaction():
    context.run_migrations()
