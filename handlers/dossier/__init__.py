"""Sending a dossier or a question: information, details, recap; where it is afterwards."""
