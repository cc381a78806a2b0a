"""The model of what the questionnaire says by itself: `words` of `prequalification.yaml`."""

from typing import Annotated

from knowledge.content.messages import Label, filled_with, may_hold
from knowledge.content.part import ContentPart
from knowledge.words.markup import MarkedText
from knowledge.words.typography import French


class QuestionnaireWords(ContentPart):
    """What the questionnaire says by itself. The names say when; braces are filled in."""

    start: Annotated[French, filled_with("questions", "minutes")]
    prepare_title: French
    prepare: tuple[French, ...]
    prepare_note: French
    resume: French
    progress: Annotated[French, filled_with("number", "total")]
    back: Label
    back_also: tuple[str, ...] = ()
    """Other ways to type it, as for each « also »."""
    later: Label
    later_also: tuple[str, ...] = ()
    cancel: Label
    cancel_also: tuple[str, ...] = ()
    dont_know: Label
    dont_know_also: tuple[str, ...] = ()
    done_choosing: Label
    chosen: Annotated[French, filled_with("label")]
    confirm_known: Annotated[French, filled_with("said")]
    confirm: Label
    deny: Label
    deny_also: tuple[str, ...] = ()
    switched: Annotated[French, filled_with("answer", "button")]
    paused: French
    cancelled: French
    undo_button: Label
    undone: French
    undo_too_late: French
    nothing_to_cancel: French
    resume_button: Label
    start_button: Label
    restart_button: Label
    edit_button: Label
    edit: French
    old_button: French
    not_understood: French
    explained: French
    yes_but: French
    corrected: Annotated[French, filled_with("answer")]
    changed: Annotated[French, filled_with("label", "before", "after")]
    edited_late: French
    back_to_question: French
    number_expected: French
    text_expected: French
    name_doubted: Annotated[French, filled_with("name")]
    name_expected: French
    email_expected: French
    email_meant: Annotated[French, filled_with("email")]
    phone_expected: French
    country_expected: French
    country_doubted: Annotated[French, filled_with("country")]
    country_said: Annotated[French, filled_with("country", "status")]
    country_in_own_words: Annotated[French, filled_with("answer", "words")]
    """Where the person's words say more than the countries' names: « Thiès, au Sénégal »."""
    country_statuses: dict[str, Annotated[French, may_hold("source", "date")]]
    """By status: recipient, other, cited (both ways), destination, origin, union, unlisted, unknown."""
    country_date: str
    """A date, as `strftime` writes it."""
    authority_none: French
    authority_unmatched: Annotated[French, filled_with("name")]
    authority_number: Annotated[French, filled_with("name")]
    """A name that the register does not have, and that may be one."""
    authority_which: Annotated[French, filled_with("said")]
    authority_body: French
    """After the sentence on a body that the register does not have: « PETR du Pays Lauragais »."""
    authority_several: French
    """« Oui », where there are several: how to say which."""
    authority_none_also: tuple[str, ...] = ()
    """Ways to say that it is none of them."""
    authority_wrong_also: tuple[str, ...] = ()
    """Ways to say, once it was chosen, that it is not the right one."""
    ordinals: tuple[tuple[str, ...], ...] = ()
    """Ways to say that it is the first of several, the second…"""
    ordinal_also: tuple[str, ...] = ()
    """What may stand around one of these: « je prends la deuxième »."""
    departement_also: tuple[str, ...] = ()
    """What may stand around a département's number or name: « celle du 12 »."""
    authority_label: Annotated[French, filled_with("name", "kind", "place", "population")]
    authority_place: Annotated[str, filled_with("place")]
    """The département within it, where there is one."""
    changed_form: French
    recap: French
    answered: Annotated[French, filled_with("label", "answer")]
    in_own_words: Annotated[French, filled_with("answer", "words")]
    verdict_met: MarkedText
    verdict_open: MarkedText
    verdict_unmet: MarkedText
    decides: MarkedText
    decides_rules: Annotated[MarkedText, filled_with("rules")]
    """The same where the rules of the call are known: a link, called `rules_link`."""
    rules_link: French
    met: French
    open: French
    unmet: French
    quote: Annotated[MarkedText, filled_with("quote", "source")]
    paraphrase: Annotated[MarkedText, filled_with("says", "source")]
    change: Annotated[French, filled_with("changes")]
    change_one: Annotated[French, filled_with("question", "answers")]
    change_found: Annotated[French, filled_with("question")]
    change_answer: Annotated[French, filled_with("answer")]
    either: str
    both: str
    to_ask: French
    to_check: French
    """Of a criterion of the open call that the answers do not decide."""
    next_step: French
    case: Annotated[French, filled_with("answers")]
    case_joint: str
    details_button: Label
    ready: French
    ready_once: French
    apply_before: Annotated[French, filled_with("closing")]
    advice: French
    write: French
    message_button: Label
    message_intro: Annotated[French, filled_with("contact")]
    message: Annotated[French, filled_with("who", "answers", "points", "questions", "reach")]
    message_open: Annotated[French, filled_with("title", "text")]
    blank: French
    reach_blank: French
    """Stands for how to reach the person, who has not said."""
    no_points: French
    kinds: dict[str, French]
