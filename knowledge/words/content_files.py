"""The files of a content package, by name; what each holds is told by its model."""

PROGRAMME = "programme.yaml"
SOURCES = "sources.yaml"
FACTS = "facts.yaml"
DATES = "dates.yaml"
CALENDAR = "calendrier.yaml"
GLOSSARY = "glossary.yaml"
MESSAGES = "messages.yaml"
FORM = "prequalification.yaml"
AID = "pays.yaml"
DOSSIER = "dossier.yaml"
SITUATION = "situation.yaml"
OFF_TOPIC_MESSAGES = "hors-sujet.yaml"
CONVERSATION = "conversation.yaml"
CONVERSATION_EXAMPLES = "conversation-exemples.yaml"
DISTRESS = "detresse.yaml"
DISTRESS_PHRASES = "detresse-phrases.yaml"
DISTRESS_EXAMPLES = "detresse-exemples.yaml"

OF_DISTRESS = (DISTRESS, DISTRESS_PHRASES, DISTRESS_EXAMPLES)
_OF_TALK = (CONVERSATION, CONVERSATION_EXAMPLES, OFF_TOPIC_MESSAGES, *OF_DISTRESS)
_OF_PROGRAMME = (PROGRAMME, SOURCES, FACTS, DATES, CALENDAR, GLOSSARY, MESSAGES, FORM, AID, DOSSIER, SITUATION)
FILES = frozenset((*_OF_PROGRAMME, *_OF_TALK))
"""Those that stand beside `topics/`; the calls that are told on their own come besides."""
TYPED_BY_PEOPLE = (OFF_TOPIC_MESSAGES, CONVERSATION_EXAMPLES)
"""Files of what people typed, which is shown to nobody."""
OPEN_CALL = "appel"
OPEN_CALLS = f"{OPEN_CALL}*.yaml"
"""Once there is a call to tell: `appel.yaml`, `appel-organismes.yaml`, one an audience. The name of the file is that
of the source of everything that it tells."""
