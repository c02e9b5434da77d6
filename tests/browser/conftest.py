"""A visitor with a telephone or a big screen, in front of the running site."""

import ipaddress
import itertools
import os
import re
import shutil
import tempfile
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import expect

from tests.browser.served import Served

CHROMIUMS = ["chromium", "chromium-browser", "google-chrome"]
SCREENS = {
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
    "desktop": {"viewport": {"width": 1440, "height": 900}},
}
# The browser says this of a page that answers 404 or 422 on purpose.
ANSWERED = re.compile(r"Failed to load resource: the server responded with a status of 4\d\d")
# A busy machine takes its time; milliseconds.
PATIENCE = 15_000
expect.set_options(timeout=PATIENCE)
NO_WORKER = "Service Worker registration blocked by Playwright"
addresses = itertools.count(1)
# The map's background comes from here (served.py): green squares, or nothing where a test says so.
GROUND = "/fond/"
SVG = "image/svg+xml"
TILE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256">'
    '<path fill="#d6e2c8" d="M0 0h256v256H0z"/></svg>'
)


def pytest_collection_modifyitems(items):
    """Whatever lies in this folder needs a browser."""
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args():
    """The machine's own Chromium, which calls nobody."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if not path:
        pytest.skip("aucun Chromium trouvé")
    return {
        "executable_path": path,
        "args": [
            "--no-sandbox",
            "--disable-background-networking",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
        ],
    }


@pytest.fixture(scope="session")
def site():
    """The site of `cast.py`, filled and served once for all tests."""
    served = Served(tempfile.mkdtemp(prefix="browser-site-"))
    try:
        served.python("-m", "config.prepare")
        served.python("-m", "tests.browser.cast")
        served.start()
        yield served
    finally:
        served.stop()


def address_of(number):
    """The address of one visitor, of those kept for tests (RFC 2544): no two are alike."""
    return str(ipaddress.IPv4Address("198.18.0.0") + number)


@dataclass
class Trouble:
    """What went wrong behind a page: nothing of it may happen."""

    foreign: list = field(default_factory=list)
    console: list = field(default_factory=list)
    failed: list = field(default_factory=list)

    def watch(self, context, url):
        """Note foreign requests (none gets through), errors, and files that did not come."""

        def refuse(route):
            self.foreign.append(route.request.url)
            route.abort()

        context.route(re.compile(f"^(?!{re.escape(url)}/|data:|blob:)"), refuse)
        context.route(f"{url}{GROUND}**", lambda route: route.fulfill(body=TILE, content_type=SVG))
        context.on("console", self.on_console)
        context.on("weberror", lambda error: self.console.append(str(error.error)))
        context.on("requestfailed", self.on_failed)
        context.on("response", self.on_response)

    def on_console(self, message):
        """Errors and warnings; a refusal by the Content-Security-Policy is one."""
        ground = GROUND in message.location.get("url", "")
        expected = ground or ANSWERED.match(message.text) or message.text == NO_WORKER
        if message.type in ("error", "warning") and not expected:
            self.console.append(message.text)

    def on_failed(self, request):
        """A page that is left early gives up its files: that is no failure."""
        if request.failure != "net::ERR_ABORTED" and GROUND not in request.url:
            self.failed.append(f"{request.url} {request.failure}")

    def on_response(self, response):
        """Pages may answer 4xx; what they are made of may not."""
        wrong = response.status >= 400 and not response.request.is_navigation_request()
        if wrong or response.status >= 500:
            self.failed.append(f"{response.url} {response.status}")

    def check(self):
        """Fail with everything that was seen."""
        assert (self.foreign, self.console, self.failed) == ([], [], [])


@pytest.fixture
def visitor(browser, site):
    """Make pages: `visitor("/annuaire/", screen="desktop", color_scheme="dark")`.

    Each visitor has an address of his own, so that nobody's forms count for another. Afterwards
    no page may have asked a foreign host, written an error or missed a file.
    """
    contexts, trouble = [], Trouble()

    def arrive(path="/", screen="phone", service_workers="block", **options):
        number = next(addresses)
        context = browser.new_context(
            **SCREENS[screen],
            base_url=site.url,
            locale="fr-FR",
            # Tests see what pages ask for; the application's own test lets its worker in.
            service_workers=service_workers,
            extra_http_headers={"X-Forwarded-For": address_of(number)},
            **options,
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        trouble.watch(context, site.url)
        page = context.new_page()
        page.goto(path)
        return page

    yield arrive
    for context in contexts:
        context.close()
    trouble.check()
