"""What is said before a question is left out, as far as anybody would go."""

import pytest

from knowledge.content.models import Content
from knowledge.conversation.follow_up import without_opening


@pytest.mark.content
def test_openings_are_left_out_one_after_the_other_but_not_without_end(packaged: Content) -> None:
    texts = packaged.conversation.follow_ups
    assert without_opening("ok ok ok combien ?", texts) == "combien ?"
    assert without_opening("ok " * 500, texts).count("ok") > 400
