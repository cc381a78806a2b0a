"""The numbers of the blend and of the decision. Measured by `make bench`; how chosen: docs/measurements.md."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Thresholds:
    """The blend and the thresholds; measured by `make bench`, see docs/measurements.md."""

    # The blend: scores are logarithms of odds
    ridge: float = 0.01
    steps: int = 20
    nearest_weight: float = 5.0
    length_power: float = 0.6
    strangeness: float = 3.0
    """Added to « not ours » for a text of unknown words only, less for one with some."""
    heard_at: float = 0.1
    """Least similarity of the nearest phrase; below it, nothing in the message is known."""

    # One question: least probabilities
    answer_at: float = 0.35
    """Of a topic, if the question is ours;"""
    over_off_topic: float = 1.0
    """and how many times likelier than « not ours » it must be."""
    courtesy_at: float = 0.6
    """For a greeting or thanks to be answered: short words look like many things."""
    also_at: float = 0.03
    """To be offered beside an answer."""
    offer_at: float = 0.02
    """For a choice to be worth offering; each topic in it has `choice_at` times the best one's."""
    choice_at: float = 0.1
    off_topic_at: float = 0.95
    story_words: int = 20
    """Words from which a message is a story, that holds words nobody used;"""
    story_margin: float = 2.6
    """how much likelier than the best entry « not ours » may be in it, as in a message of usual length, for it not to
    be refused;"""
    named_margin: float = 5.1
    """the same where it names something of the programme;"""
    story_over: float = 0.5
    """and how much likelier « not ours » then stays."""
    beside_near_miss_at: float = 0.7
    """Least probability of an answer in a message that names a neighbouring scheme, and nothing of the programme."""

    # Several questions in a message
    segment_at: float = 0.2
    """Least probability of a segment that begins a sentence; `inside_at` of one that does not."""
    inside_at: float = 0.1
    statement: float = 0.4
    """What a segment without the form of a question is worth, beside one that asks."""
    whole_weight: float = 0.5
    """The share of the whole message in each part's scores."""
    part_own: float = 0.45
    """What counts for a part: the odds of its topic from its own words,"""
    part_whole: float = 0.25
    """its topic's score in the whole message,"""
    part_share: float = 0.3
    """the logarithm of its topic's probability there,"""
    part_asks: float = 1.3
    """whether it is one of several that have the form of a question,"""
    part_told: float = -0.4
    """whether it has not, where another has,"""
    part_listed: float = 1.0
    """whether it is an item of a list,"""
    part_states: float = -1.0
    """whether it is told of oneself,"""
    part_aside: float = -2.0
    """whether its whole sentence asks nothing, where another does,"""
    part_constant: float = -0.6
    """and this. Fitted: a logistic regression on the parts of labelled messages."""
    part_at: float = 0.55
    """Least probability of the main part, or of a few words that ask, for an answer of its own,"""
    part_beside_at: float = 0.6
    """and of another; `part_offer_at` for a button, where it asks."""
    part_offer_at: float = 0.3
    lone_at: float = 0.7
    """Least probability of the only clear part of a message that is unclear as a whole, for it to be answered;"""
    lone_off_topic: float = 0.03
    """and the most of « not ours »."""
