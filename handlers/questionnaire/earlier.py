"""What was said before the questionnaire: not asked again, once the person has confirmed it."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from aiogram.fsm.context import FSMContext

from handlers.questionnaire.screens import FormScreens, kept_authority
from knowledge.questionnaire.affirming import affirms
from knowledge.questionnaire.condition import Answers
from knowledge.register.authorities import Register
from knowledge.register.mention import Mention, certain, mentioned, names_alone
from knowledge.understanding.segmentation import pieces


class Earlier:
    """Listens to questions for what they tell of who asks them. Without a questionnaire, to nothing."""

    def __init__(self, form: FormScreens | None, register: Callable[[], Register]) -> None:
        self._form = form
        self._load = register
        self._register: Register | None = None

    async def listen(self, state: FSMContext, text: str, topics: Iterable[str], told: Answers) -> None:
        """Keep what a question on these topics tells, and the answers that it gives: never the question itself.

        And who says in a few words which authority one is, whatever they are about: « DGS à Ambert ».
        """
        if self._form is None:
            return
        if known := self._form.known_from(topics):
            known = self._form.questionnaire.still_valid({**told, **known})
            await state.update_data(mention=_told(self._form, known, mentioned(text, await self._names())))
        elif mention := await self.named(text):
            await state.update_data(mention=mention)
        elif self._form.questionnaire.asks_authority(told):
            found = mentioned(text, await self._names())
            is_new = found and found.near and not (await state.get_data()).get("mention")
            # « je suis maire de Millau et on voudrait envoyer quelqu'un au Laos » ; « une commune de la Drôme »
            if found and (found.authority or is_new):
                answers = self._form.questionnaire.still_valid(told)
                await state.update_data(mention=_told(self._form, answers, found))

    async def change(self, state: FSMContext, told: Answers) -> None:
        """Answers told anew take the place of those that were kept: another country."""
        mention = (await state.get_data()).get("mention")
        if self._form and mention and told:
            answers = self._form.questionnaire.still_valid({**mention["answers"], **told})
            await state.update_data(mention={**_told(self._form, answers, None), "near": mention["near"]})

    async def named(self, text: str) -> dict[str, Any] | None:
        """What is to be confirmed of a text that is the name of an authority, and asks nothing."""
        path = self._form.questionnaire.authority_path if self._form else {}
        says_none = not path or "?" in text or affirms(text) or any(piece.asks for piece in pieces(text))
        names = [] if says_none else names_alone(text)
        if self._form is None or not names:  # « ok », « merci » : the register is not even loaded
            return None
        authority = certain(names, await self._names())
        return _told(self._form, path, Mention(authority.name, authority=authority)) if authority else None

    async def _names(self) -> Register:
        if self._register is None:  # the first time takes half a second; later, a thread would cost more than it
            self._register = await asyncio.to_thread(self._load)
        return self._register


async def said_before(state: FSMContext, form: FormScreens) -> dict[str, Any] | None:
    """What the conversation before tells: the last words on it, else the topic asked about by a button."""
    memory = await state.get_data()
    if mention := memory.get("mention"):
        return {**mention, "answers": form.questionnaire.still_valid(mention["answers"])}
    known = form.known_from(memory.get("topics", []))
    return _told(form, known, None) if known else None


def _told(form: FormScreens, known: Answers, found: Mention | None) -> dict[str, Any]:
    """The words to confirm, the place they name, and the answers that follow from them."""
    questions = form.questionnaire.questions
    words = {name: form.said(questions[name], value) for name, value in known.items()}
    told = {"said": ", ".join(words.values()), "near": "", "answers": dict(known)}
    question = form.questionnaire.authority_question(known)
    if found and question and (found.authority or found.near):  # « commune » alone says no more than the answer
        said, answers = found.said, dict(known)
        if found.authority:
            answers[question.id] = kept_authority(found.authority)
            said = form.authority(answers[question.id])
        others = [words[name] for name, value in known.items() if isinstance(value, Mapping)]  # « …, Togo »
        told = {"said": ", ".join([said, *others]), "near": found.near, "answers": answers}
    return told
