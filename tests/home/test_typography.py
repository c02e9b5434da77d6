"""French spaces that hold, put in once for the whole page."""

from home.templatetags.french import insecables, uncapped

NBSP = "\N{NO-BREAK SPACE}"


def test_punctuation_stays_with_its_word():
    assert insecables("Où ? Ici ; là : « miel » · 2 km") == (
        f"Où{NBSP}? Ici{NBSP}; là{NBSP}: «{NBSP}miel{NBSP}»{NBSP}· 2 km"
    )


def test_tags_and_what_somebody_typed_are_left_alone():
    kept = '<input value="Où ?"><textarea>Où ?</textarea><script>a ? b : c</script>'
    assert insecables(kept) == kept


def test_a_page_comes_out_with_spaces_that_hold(client, db):
    page = client.get("/annuaire/").content.decode()
    assert f"Que cherchez-vous{NBSP}?" in page


def test_after_a_colon_only_the_first_letter_becomes_small():
    assert uncapped("Choisissez Dourdan ou « Le Cabas ».") == "choisissez Dourdan ou « Le Cabas »."
    assert uncapped("URL trop longue") == "URL trop longue"
    assert uncapped("À remplir") == "à remplir"
    assert uncapped("") == ""
