"""Reads a page of the desk as a browser without scripts would: the fields of a form with what they hold."""

import html5lib


def page(response):
    """The document of a response."""
    return html5lib.parse(response.content.decode(), namespaceHTMLElements=False)


def fields(response, form_id="article_form"):
    """{name: value} of a form, as it would be posted back unchanged; buttons left out."""
    document = page(response)
    form = next(form for form in document.iter("form") if form.get("id") == form_id)
    values = {}
    for field in form.iter():
        name = field.get("name")
        if not name or field.get("form") not in (None, form_id) or field.get("disabled") is not None:
            continue
        if field.tag == "textarea":
            values[name] = (field.text or "").removeprefix("\n")
        elif field.tag == "select":
            chosen = [option for option in field.iter("option") if option.get("selected") is not None]
            values[name] = chosen[0].get("value") if chosen else next(field.iter("option")).get("value")
        elif field.tag == "input" and _is_sent(field):
            values[name] = field.get("value", "on" if field.get("type") == "checkbox" else "")
    return {name: value for name, value in values.items() if "__prefix__" not in name}


def _is_sent(field):
    kind = field.get("type", "text")
    if kind in ("submit", "button", "file"):
        return False
    return kind not in ("checkbox", "radio") or field.get("checked") is not None


def text(response):
    """The words of a page."""
    return " ".join(" ".join(page(response).itertext()).split())
