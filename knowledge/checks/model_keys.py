"""The keys that a model allows at a place of its file; and, from the keys of an element, which file it belongs to."""

from collections.abc import Collection

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from knowledge.content.calendar import Milestone
from knowledge.content.models import Acronym, Topic, TopicPoint
from knowledge.content.sources import Fact, Source
from knowledge.words.yaml_file import KeyPath

_ELEMENTS: dict[str, type[BaseModel]] = {
    "belongs_topic": Topic,
    "belongs_point": TopicPoint,
    "belongs_date": Milestone,
    "belongs_source": Source,
    "belongs_fact": Fact,
    "belongs_acronym": Acronym,
}
"""By sentence of `editor.yaml`: what goes where it says."""


def keys_at(model: type[BaseModel], place: KeyPath) -> list[str]:
    """The keys allowed where `place` stands, found by walking down the model's fields."""
    current: type[BaseModel] | None = model
    for step in place[:-1]:
        field = next((one for name, one in _fields(current) if step in (name, one.alias)), None)
        if field:
            current = _model_in(field.annotation)
    return [field.alias or name for name, field in _fields(current)]


def is_element_of(keys: Collection[str]) -> str:
    """The sentence that tells where an element with these keys goes."""
    shared = {where: len({*keys} & {*keys_at(model, ("",))}) for where, model in _ELEMENTS.items()}
    best = max(shared, key=lambda where: shared[where])
    return best if shared[best] == len(keys) else "belongs_elsewhere"


def _fields(model: type[BaseModel] | None) -> list[tuple[str, FieldInfo]]:
    return [*model.model_fields.items()] if model else []


def _model_in(annotation: object) -> type[BaseModel] | None:
    """The model that a field's type contains, however it is wrapped."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_model_in(part) for part in getattr(annotation, "__args__", ()))
    return next((model for model in found if model), None)
