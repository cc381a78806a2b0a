"""The tables, for SQLite and PostgreSQL alike. `migrations/` brings older ones here; a test compares the two."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    text,
)

metadata = MetaData()

inbox = Table(  # every update as received, until handled; then only its number, so that it is not redone
    "inbox",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("received_at", BigInteger, nullable=False),  # seconds since 1970, UTC
    Column("state", String(12), nullable=False),  # waiting | done | quarantined | again: asked for by the operator
    Column("replays", Integer, nullable=False),  # how often it was begun again after a restart
    Column("body", Text),  # sealed JSON; NULL once handled
    Column("reason", Text),  # why it is in quarantine; never what the person wrote
    Column("reply", Text),  # sealed JSON: what is still to be said; NULL once it is
    Index("inbox_by_state", "state", "received_at"),
    Index(
        "inbox_to_say", "update_id", sqlite_where=text("reply IS NOT NULL"), postgresql_where=text("reply IS NOT NULL")
    ),
)

fsm = Table(  # where each person is in a conversation
    "fsm",
    metadata,
    Column("key", String(200), primary_key=True),
    Column("person", BigInteger, nullable=False, index=True),  # Telegram id: to erase a person's rows
    Column("state", Text),
    Column("data", Text, nullable=False),  # sealed JSON
    Column("updated_at", BigInteger, nullable=False),  # seconds since 1970, UTC
)

votes = Table(  # « Utile / Pas utile », once a person an entry
    "votes",
    metadata,
    Column("person", String(32), primary_key=True),  # keyed hash, never the Telegram id
    Column("topic", String(32), primary_key=True),
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),
    Column("useful", Boolean, nullable=False),
    Column("version", Text, nullable=False),  # of the content that was shown
    Column("day", Date, nullable=False),
)

missed_questions = Table(  # questions asked in vain: nobody's, masked and sealed
    "missed_questions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("question", Text, nullable=False),
    Column("day", Date, nullable=False),
    Column("why", String(12), nullable=False, default="unknown"),  # knowledge.feedback.Vain
    Column("answered", Text, nullable=False, default=""),  # ids of the entries shown, joined by a plus
    Column("nearest", Text, nullable=False, default=""),  # those that come closest, the same
)

counts = Table(  # how often a day something happened, whoever it was
    "counts",
    metadata,
    Column("day", Date, primary_key=True),
    Column("name", String(100), primary_key=True),  # « entry:contact », « read:answer »…
    Column("n", Integer, nullable=False),
)

visitors = Table(  # who was counted today; emptied after midnight
    "visitors",
    metadata,
    Column("day", Date, primary_key=True),
    Column("person", String(32), primary_key=True),  # keyed hash, salted with the salt of the day
)

salts = Table(  # of the pseudonyms of `visitors`; thrown away after midnight: the days cannot be joined
    "salts",
    metadata,
    Column("day", Date, primary_key=True),
    Column("salt", String(32), nullable=False),
)

dossiers = Table(  # to be sent to the team, or sent
    "dossiers",
    metadata,
    Column("reference", String(16), primary_key=True),
    Column("person", String(32), nullable=False),  # keyed hash: to find and erase a person's own
    Column("revision", Integer, nullable=False),  # how often the person corrected it
    Column("body", Text, nullable=False),  # sealed JSON: everything personal
    Column("state", String(12), nullable=False),  # knowledge.submission.Delivery
    Column("attempts", Integer, nullable=False),
    Column("doubts", Integer, nullable=False),  # how often nobody could tell whether the mail server took it
    Column("claim", String(16)),  # of whoever has it in hand: an older claim changes nothing
    Column("next_at", BigInteger, nullable=False),  # of the next attempt, or the end of the lease while in hand
    Column("reason", Text),  # why it is held or was put off; never what the person wrote
    Column("created_at", BigInteger, nullable=False),  # when it was filed
    Column("changed_at", BigInteger, nullable=False),  # when the person sent this revision
    Column("sent_at", BigInteger),
    Index("dossiers_by_state", "state", "next_at"),
    Index("dossiers_by_person", "person", "created_at"),
)

replies = Table(  # questions that the team may answer in the conversation they came from, and its answers
    "replies",
    metadata,
    Column("reference", ForeignKey("dossiers.reference", ondelete="CASCADE"), primary_key=True),
    Column("here", Boolean, nullable=False),  # the person gave no address: there is no other way to answer
    Column("state", String(12), nullable=False),  # bot.dossiers.reply_queue.ReplyState
    Column("body", Text),  # sealed: the answer on its way; NULL before and after
    Column("attempts", Integer, nullable=False),
    Column("next_at", BigInteger, nullable=False),  # of the next attempt, or the end of the lease while in hand
    Column("reminded_at", BigInteger),  # when the team was reminded of it
    Column("answered_at", BigInteger),  # when Telegram took the answer
    Index("replies_by_state", "state", "next_at"),
)

handovers = Table(  # drafts lent to a colleague
    "handovers",
    metadata,
    Column("code", String(32), primary_key=True),  # keyed hash: the code itself is nowhere
    Column("person", String(32), nullable=False, index=True),  # keyed hash of who lends
    Column("body", Text, nullable=False),  # sealed JSON
    Column("ends_at", BigInteger, nullable=False),
    Column("taken_at", BigInteger),  # by the colleague: the code serves no more, and the body is gone
    Column("reference", String(16)),  # of the dossier that was sent from the answers, by either
)

limits = Table(  # what a person did today that may be done so many times only
    "limits",
    metadata,
    Column("person", String(32), primary_key=True),  # keyed hash
    Column("action", String(12), primary_key=True),  # knowledge.limits.Action
    Column("key", String(32), primary_key=True),  # keyed hash of which one it was: tried again, it counts once
    Column("ends_at", BigInteger, nullable=False),  # when it does not count any more: a day at most
)

subscriptions = Table(  # who asked to be told of new calls and dates
    "subscriptions",
    metadata,
    Column("person", String(32), primary_key=True),  # keyed hash
    Column("chat", Text, nullable=False),  # sealed Telegram id: one cannot write to a hash
    Column("created_at", BigInteger, nullable=False),
)

witness = Table(  # one row: it opens with the installation's key, and with no other
    "witness",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("sealed", Text, nullable=False),
)

publications = Table(  # the calls as they were when people were last told; the highest number counts
    "publications",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("calls", Text, nullable=False),  # JSON
    Column("published_at", BigInteger, nullable=False),
)

announcements = Table(  # what people are told, once for each thing
    "announcements",
    metadata,
    Column("id", String(100), primary_key=True),
    Column("body", Text, nullable=False),  # in the editors' mark-up
    Column("total", Integer, nullable=False),  # subscribers when it was queued
    Column("created_at", BigInteger, nullable=False),
    Column("ends_on", Date),  # after that day it is pointless
)

alerts = Table(  # one announcement to one person
    "alerts",
    metadata,
    Column("announcement", ForeignKey("announcements.id", ondelete="CASCADE"), primary_key=True),
    Column("person", ForeignKey("subscriptions.person", ondelete="CASCADE", onupdate="CASCADE"), primary_key=True),
    Column("state", String(12), nullable=False),  # bot.alerts.queue.AlertState
    Column("attempts", Integer, nullable=False),
    Column("next_at", BigInteger, nullable=False),  # of the next attempt, or the end of the lease while in hand
    Column("reason", Text),  # why it failed; never an identity
    Index("alerts_by_state", "state", "next_at"),
    Index("alerts_by_person", "person"),
)
