"""How dossiers leave with these settings: the message, and the way out."""

from collections.abc import Callable
from email.message import EmailMessage

from bot.dossiers.mail import compose
from bot.dossiers.mail_files import folder
from bot.dossiers.outbox import Claim
from bot.dossiers.smtp import Send, smtp
from bot.papers.recap import draw
from bot.settings import Settings
from knowledge.content.dossier import DossierForm
from knowledge.content.models import Content
from knowledge.dossier import EMAIL


def composer(settings: Settings, content: Content, form: DossierForm) -> Callable[[Claim], EmailMessage]:
    """Makes the message of a dossier, its recap attached."""

    def message(claim: Claim) -> EmailMessage:
        dossier = claim.dossier
        pdf = draw("recap", dossier.recap, form, dossier.reference, content.email) if dossier.recap else None
        # Where nothing is sent, the person sends the file: from the person's own address.
        sender = settings.mail_from or dossier.details[EMAIL]
        mail = compose(dossier, form, sender, content.email, claim.changed_at, pdf)
        if settings.smtp_url is None:
            mail["X-Unsent"] = "1"  # mail programs open it as a draft
        return mail

    return message


def way_out(settings: Settings) -> Send:
    """Through the mail server of the settings; without one, into files of the data folder."""
    if settings.smtp_url is None:
        return folder(settings.mail_files)
    return smtp(settings.smtp_url.get_secret_value())
