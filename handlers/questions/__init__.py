"""Questions about the programme, and everything that is not a question: greetings, voice, old buttons."""
