"""What pages move and weigh in a real browser: nothing jumps, little is loaded (goals.md)."""

import pytest

from tests.browser.pages import ARTICLE, LISTING, MAGAZINE, PAGES

SCRIPTS_WITH_MAP, SCRIPTS, STYLES = 80_000, 15_000, 20_000
LANDED_ON = {
    "home": "/",
    "search": PAGES["search"],
    "everything": "/annuaire/",
    "listing": LISTING,
    "markets": PAGES["markets"],
    "article": ARTICLE,
    "magazine": MAGAZINE,
    "label": PAGES["label"],
    "member": PAGES["member"],
    "made here": PAGES["made here"],
    "made here, a page": PAGES["made here, a page"],
}
WATCH_SHIFTS = """
    window.shifts = [];
    new PerformanceObserver(list => {
        for (const entry of list.getEntries())
            if (!entry.hadRecentInput)
                shifts.push([entry.value, entry.sources.map(source => source.node?.className)]);
    }).observe({ type: "layout-shift", buffered: true });
"""
# Two frames later, what the load has moved is known.
SLOW_PHONE = 8
SHIFTS = """() => new Promise(resolve =>
    requestAnimationFrame(() => requestAnimationFrame(() => resolve(shifts))))"""


@pytest.mark.parametrize("screen", ["phone", "desktop"])
def test_nothing_jumps_while_a_page_loads(visitor, screen):
    page = visitor("/sante/", screen=screen)
    page.add_init_script(WATCH_SHIFTS)
    # A slow machine reads a page in several goes, and may paint between them.
    processor = page.context.new_cdp_session(page)
    processor.send("Emulation.setCPUThrottlingRate", {"rate": SLOW_PHONE})
    for name, path in LANDED_ON.items():
        page.goto(path, wait_until="networkidle")
        page.mouse.wheel(0, 2000)
        assert page.evaluate(SHIFTS) == [], name


@pytest.mark.parametrize("screen", ["phone", "desktop"])
def test_little_is_sent_over_the_network(visitor, screen):
    page = visitor("/sante/", screen=screen)
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    # Each page is somebody's first one.
    network.send("Network.setCacheDisabled", {"cacheDisabled": True})
    kinds, heads, sent, names = {}, {}, {}, []

    def begun(event):
        kinds[event["requestId"]] = event["type"]
        heads[event["requestId"]] = event["response"]["encodedDataLength"]
        names.append(event["response"]["url"])

    def finished(event):
        kind = kinds.get(event["requestId"])
        # The budgets are of contents: the headers of each answer are not counted.
        size = event["encodedDataLength"] - heads[event["requestId"]]
        sent[kind] = sent.get(kind, 0) + size

    network.on("Network.responseReceived", begun)
    network.on("Network.loadingFinished", finished)
    for name, path in LANDED_ON.items():
        sent.clear()
        names.clear()
        page.goto(path, wait_until="networkidle")
        has_map = any("leaflet" in url for url in names)
        assert sent.get("Script", 0) <= (SCRIPTS_WITH_MAP if has_map else SCRIPTS), (name, sent)
        assert 0 < sent["Stylesheet"] <= STYLES, (name, sent)
        assert sent["Document"] > 0, name
