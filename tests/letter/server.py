"""A mail server on loopback that keeps who got what, and says no where it is told to."""

from email import message_from_bytes
from email.policy import default

from aiosmtpd.controller import Controller


class Keeper:
    """Takes everything but what `answers` says: {recipient: its answer to RCPT}."""

    def __init__(self):
        self.answers, self.data_answers, self.mails, self.sessions = {}, {}, [], set()

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 -- its name
        """Answer as told."""
        said = self.answers.get(address)
        if said:
            return said
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 -- its name
        """Keep it."""
        said = self.data_answers.get(envelope.rcpt_tos[0])
        if said:
            return said
        self.sessions.add(id(session))
        self.mails.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
        return "250 OK"

    @property
    def recipients(self):
        """Everybody who got something, as often as they did."""
        return [one for _, to, _ in self.mails for one in to]

    def message(self, number=0):
        """One of the mails, taken apart."""
        return message_from_bytes(self.mails[number][2], policy=default)


class OnAnyPort(Controller):
    """Listens wherever there is room."""

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


class Server:
    """The server and its keeper."""

    def __init__(self):
        self.keeper = Keeper()
        self.controller = OnAnyPort(self.keeper, hostname="127.0.0.1", port=0)
        self.controller.start()

    @property
    def port(self):
        """Where it listens."""
        return self.controller.port

    def close(self):
        """Stop."""
        self.controller.stop()
