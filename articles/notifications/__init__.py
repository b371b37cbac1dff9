"""Who is told what (`rules`), the rows that tell them (`telling`), and the mails made of those (`mailing`)."""

from .mailing import Sent, send_due
from .rules import RULES
from .telling import address, notify, sentence, setting_of

__all__ = ["RULES", "Sent", "address", "notify", "send_due", "sentence", "setting_of"]
