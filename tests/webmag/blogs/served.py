"""An old blog's server on loopback: its images, and what else it answers."""

import io

from PIL import Image

from tests.outside import Server, page

SIDES = (80, 64)


def image(number=1, size=SIDES, kind="PNG"):
    """The bytes of a photo of one colour."""
    file = io.BytesIO()
    Image.new("RGB", size, (number % 256, number // 256 % 256, 90)).save(file, kind)
    return file.getvalue()


def number_in(path):
    """« /im/104.png » is 104."""
    return int("".join(sign for sign in path if sign.isdigit()) or 1)


class OldBlog(Server):
    """Answers each path with what `answers` says (bytes of a whole answer), else with an image."""

    def __init__(self):
        self.answers = {}
        super().__init__(self.say)

    def say(self, connection, request):
        """One answer."""
        path = request.split(" ")[1]
        found = self.answers.get(path)
        if callable(found):
            found(connection, request)
        else:
            connection.sendall(found or page(image(number_in(path)), content_type="image/png"))

    @property
    def paths(self):
        """What was asked for, in order."""
        return [request.split(" ")[1] for request in self.requests]
