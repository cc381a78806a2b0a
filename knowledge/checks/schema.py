"""JSON Schemas of the content's files, so that an editor's tool completes and checks while typing."""

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from knowledge.content.calendar_texts import CalendarTexts
from knowledge.content.conversation import ConversationWords
from knowledge.content.conversation_examples import ConversationExamples
from knowledge.content.defaults import MORE, has_default
from knowledge.content.dossier import DossierForm
from knowledge.content.messages import Messages
from knowledge.content.models import Dates, Glossary, OffTopic, Theme
from knowledge.content.open_call import OpenCall
from knowledge.content.programme import Programme
from knowledge.content.questionnaire import AidList, Form
from knowledge.content.situation import SituationTexts
from knowledge.content.sources import Facts, Sources
from knowledge.distress.word_lists import DistressExamples, DistressPhrases, DistressTexts
from knowledge.words import content_files as named

FOLDER = Path(__file__).parents[1] / "schema"

MODELS: dict[str, type[BaseModel]] = {
    "topics.yaml": Theme,
    named.SOURCES: Sources,
    named.FACTS: Facts,
    named.DATES: Dates,
    named.GLOSSARY: Glossary,
    named.OFF_TOPIC_MESSAGES: OffTopic,
    named.MESSAGES: Messages,
    named.FORM: Form,
    named.AID: AidList,
    f"{named.OPEN_CALL}.yaml": OpenCall,
    named.PROGRAMME: Programme,
    named.DOSSIER: DossierForm,
    named.CALENDAR: CalendarTexts,
    named.CONVERSATION: ConversationWords,
    named.CONVERSATION_EXAMPLES: ConversationExamples,
    named.DISTRESS: DistressTexts,
    named.DISTRESS_PHRASES: DistressPhrases,
    named.DISTRESS_EXAMPLES: DistressExamples,
    named.SITUATION: SituationTexts,
}


def schemas() -> dict[str, str]:
    """The schema of each kind of file, as JSON text, by file name."""
    made: dict[str, str] = {}
    for name, model in MODELS.items():
        schema: Any = model.model_json_schema(mode="validation")
        if has_default(name):
            schema = _over_default(schema)
        made[f"{Path(name).stem}.json"] = json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
    return made


def _over_default(schema: Any) -> Any:
    """The schema of a file laid over the engine's: nothing is required, and a list may begin with « + »."""
    match schema:
        case dict():
            kept = {key: part for key, part in schema.items() if not (key == "required" and isinstance(part, list))}
            changed = {key: _over_default(part) for key, part in kept.items() if key != "minProperties"}
            if changed.get("type") == "array" and "items" in changed:
                changed["items"] = {"anyOf": [{"const": MORE}, changed["items"]]}
            return changed
        case list():
            return [_over_default(part) for part in schema]
    return schema


def write_schemas(folder: Path = FOLDER) -> list[Path]:
    """Write the schemas; the paths written."""
    folder.mkdir(exist_ok=True)
    written = []
    for name, text in schemas().items():
        path = folder / name
        path.write_text(text, "utf-8")
        written.append(path)
    return written
