"""What happens, counted for Prometheus: never who, never what was written. Served only where a port is set."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

REGISTRY = CollectorRegistry()

UPDATES = Counter("tevo_updates", "Updates by what became of them", ["outcome"], registry=REGISTRY)
"""`applied`, `put_aside`, `passed_over`, `waits`: to be tried again, Telegram or the database being away."""

ANSWERED = Histogram(
    "tevo_answer_seconds",
    "From an update taken in to the last of what is said of it",
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 600),
    registry=REGISTRY,
)
WAITING = Gauge("tevo_queue_updates", "Updates taken in and not answered yet", registry=REGISTRY)
OLDEST = Gauge("tevo_queue_oldest_seconds", "Age of the oldest of them", registry=REGISTRY)
PEOPLE = Gauge("tevo_queue_people", "People with something waiting", registry=REGISTRY)

TELEGRAM_ERRORS = Counter("tevo_telegram_errors", "Calls that failed, by kind", ["kind"], registry=REGISTRY)

DOSSIERS = Gauge("tevo_dossiers", "Dossiers by state, as tevo outbox list names them", ["state"], registry=REGISTRY)
MAIL_LATE = Gauge("tevo_mail_stuck", "1 when a dossier waits to leave for more than an hour", registry=REGISTRY)

CONTENT = Gauge("tevo_content", "1 for the version of the content that answers", ["version"], registry=REGISTRY)
REFUSED = Gauge("tevo_content_refused", "1 while the folder holds a content that is refused", registry=REGISTRY)

WELL = Gauge("tevo_healthy", "1 when tevo health says so", registry=REGISTRY)
