"""How dossiers leave with these settings: the message, and the way out."""

import logging
from collections.abc import Callable
from email.message import EmailMessage

from bot.describe import short
from bot.dossiers.claim import Claim
from bot.dossiers.mail import compose
from bot.dossiers.mail_files import folder
from bot.dossiers.smtp import Send, smtp
from bot.papers.recap import draw
from bot.settings import Settings
from knowledge.content.dossier import DossierForm
from knowledge.content.models import Content
from knowledge.submission import Dossier

logger = logging.getLogger(__name__)


def composer(settings: Settings, live: Callable[[], Content]) -> Callable[[Claim], EmailMessage]:
    """Makes the message of a dossier, its recap attached, in the words of the content in service by then."""

    def message(claim: Claim) -> EmailMessage:
        dossier, content = claim.dossier, live()
        form = content.dossier
        assert form is not None  # a content that sends nothing has no dossiers, and no courier
        pdf = _recap(dossier, form, content.email)
        # Where nothing is sent, the person sends the file: from the person's own address.
        sender = settings.mail_from or (dossier.email or content.email)
        mail = compose(claim, form, sender, content.email, pdf)
        if settings.smtp_url is None:
            mail["X-Unsent"] = "1"  # mail programs open it as a draft
        return mail

    return message


def _recap(dossier: Dossier, form: DossierForm, contact: str) -> bytes | None:
    """The recap; None when there is none, or none that can be drawn: the message matters more."""
    if dossier.recap is None:
        return None
    try:
        return draw("recap", dossier.recap, form, dossier.reference, contact)
    except Exception as error:
        logger.error("recap of %s not drawn: %s", dossier.reference, short(error))
        return None


def way_out(settings: Settings) -> Send:
    """Through the mail server of the settings; without one, into files of the data folder."""
    if settings.smtp_url is None:
        return folder(settings.mail_files)
    return smtp(settings.smtp_url.get_secret_value())
