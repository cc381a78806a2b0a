"""What the assistant knows and decides: pure, with no Telegram, database, network or clock."""
