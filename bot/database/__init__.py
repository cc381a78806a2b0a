"""One database, SQLite or PostgreSQL: its tables, its transactions, its changes."""
