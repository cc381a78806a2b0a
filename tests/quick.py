"""A content of which little is learnt about distress: for tests of something else, so that they wait for nothing."""

from knowledge.content.models import Content

_FEW, _ORDINARY = 12, 150
"""Examples of each kind of distress, and of people who are well."""


def quick(content: Content) -> Content:
    """The same content, with a few of the examples of distress; its phrases are all there."""
    examples = content.distress.examples
    families = {name: texts[:_FEW] for name, texts in examples.families.items()}
    few = examples.model_copy(update={"families": families, "ordinary": examples.ordinary[:_ORDINARY]})
    distress = content.distress.model_copy(update={"examples": few})
    return content.model_copy(update={"distress": distress})
