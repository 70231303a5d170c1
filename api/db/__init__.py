"""The database: tables, migrations, engine. Only ``api`` knows it."""
