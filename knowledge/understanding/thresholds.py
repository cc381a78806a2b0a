"""The numbers of the blend and of the decision. Measured by `make bench`; how they were chosen: ARCHITECTURE.md."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """The blend and the thresholds; measured by `make bench`, see ARCHITECTURE.md."""

    # The blend
    ridge: float = 1.0
    steps: int = 4
    nearest_weight: float = 1.0
    sharpness: float = 14.0
    """Of probabilities: e^(sharpness × difference of scores) between two topics."""
    follow_up: float = 0.2
    """Added to the topics around the last answer, for a short message."""
    read_on: float = 0.4
    """The share of a short message read after the title of the last answer, where it begins so as to go on."""
    stay: float = 0.05
    """Added to the topic of the last answer then."""

    # One question: least probabilities
    answer_at: float = 0.55
    over_off_topic: float = 5.0
    """How many times likelier than « not ours » an answer must be."""
    also_at: float = 0.003
    """To be offered beside an answer."""
    offer_at: float = 0.1
    """For a choice to be worth offering; each topic in it has `choice_at` times the best one's."""
    choice_at: float = 0.005
    off_topic_at: float = 0.9
    strangeness: float = 0.7
    """Added to « not ours » for a text of unknown words only, less for one with some."""
    heard_at: float = 0.25
    """Least score of the best topic; below it, nothing in the message is known."""

    # Several questions in a message
    segment_at: float = 0.2
    """Least probability of a segment that begins a sentence; `inside_at` of one that does not."""
    inside_at: float = 0.1
    linear_scale: float = 2.0
    """The classifier's scores alone are about half of the blend's."""
    statement: float = 0.4
    """What a segment without the form of a question is worth, beside one that asks."""
    whole_weight: float = 0.5
    """The share of the whole message in each part's scores."""
    piece_at: float = 0.5
    apart_score_at: float = 0.5
    """Least score of a question that begins a sentence."""
    piece_score_at: float = 0.7
    """Of one inside a sentence."""
    statement_score_at: float = 0.85
    """Of what has not the form of a question, in a message where nothing has."""
    beside_score_at: float = 1.0
    """Of what has not the form of a question, beside what has."""
