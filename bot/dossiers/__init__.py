"""Dossiers on their way to the team: kept, composed, sent, looked at by the operator."""
