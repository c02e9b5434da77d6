"""Sending the administration's forms as a browser would."""

from bs4 import BeautifulSoup


def form_data(response, **changes):
    """What a browser would send of the page's editing form, with these fields changed."""
    page = BeautifulSoup(response.content, "html.parser")
    form = page.find("form", attrs={"data-edit-form": True}) or page.find("form", method="POST")
    data = {}
    for field in form.find_all(["input", "select", "textarea"]):
        name = field.get("name")
        if not name or "__prefix__" in name or field.get("type") in ("submit", "button", "file"):
            continue
        if field.get("type") in ("checkbox", "radio"):
            if field.has_attr("checked"):
                data.setdefault(name, []).append(field.get("value", "on"))
        elif field.name == "select":
            chosen = field.find_all("option", selected=True)
            data[name] = [option["value"] for option in chosen]
        elif field.name == "textarea":
            data[name] = [field.text.strip()]
        else:
            data[name] = [field.get("value", "")]
    return data | changes
