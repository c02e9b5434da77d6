"""« Autour de moi », where the browser tells its place and where it does not."""

from playwright.sync_api import expect

HERE = {"latitude": 48.64441234, "longitude": 1.83081234}


def test_around_me_finds_the_nearest_and_keeps_the_place_in_the_address(visitor):
    page = visitor("/", permissions=["geolocation"], geolocation=HERE)
    page.get_by_label("Que cherchez-vous ?").fill("fromage")
    page.get_by_role("button", name="Autour de moi").click()
    page.wait_for_url("**lat=**")
    assert "lat=48.644" in page.url and "lng=1.831" in page.url and "q=fromage" in page.url
    assert "48.64441" not in page.url
    first = page.locator("[data-listing]").first
    expect(first).to_have_attribute("data-listing", "zelie-fromages-du-parc")


def test_a_refused_position_is_said_and_the_commune_is_asked_for(visitor):
    page = visitor("/")
    page.get_by_role("button", name="Autour de moi").click()
    status = page.get_by_role("status")
    status.get_by_text("Position indisponible : indiquez votre commune.").wait_for()
    expect(page.get_by_label("Où ?")).to_be_focused()


def test_without_javascript_there_is_no_button_that_does_nothing(visitor):
    page = visitor("/", java_script_enabled=False)
    assert page.get_by_role("button", name="Autour de moi").count() == 0
    assert page.get_by_role("button", name="Menu").count() <= 1
