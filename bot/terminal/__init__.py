"""A Telegram in this process, for the terminal and the tests."""
