"""WTForms' own errors, in Indonesian."""

import re
from pathlib import Path

import wtforms
from babel.messages.pofile import read_po
from flask import Flask
from flask.testing import FlaskClient

from market.web.form_sentences import SENTENCES, FormSentences

PLACEHOLDER = re.compile(r"%\(\w+\)\w|\{\w+\}")


def test_every_sentence_wtforms_can_say_is_known() -> None:
    template = Path(wtforms.__file__).parent / "locale" / "wtforms.pot"
    with template.open("rb") as source:
        said = {
            message.id[0] if isinstance(message.id, tuple) else message.id for message in read_po(source) if message.id
        }

    assert said - set(SENTENCES) == set()


def test_no_sentence_asks_for_a_value_that_wtforms_does_not_give(gallery: Flask) -> None:
    with gallery.test_request_context():
        for english, ours in SENTENCES.items():
            assert set(PLACEHOLDER.findall(str(ours))) <= set(PLACEHOLDER.findall(english)), english


def test_a_sentence_of_the_forms_own_stays_as_it_is(gallery: Flask) -> None:
    with gallery.test_request_context():
        assert FormSentences().ugettext("Isi nama produk.") == "Isi nama produk."


def test_a_form_that_fails_speaks_indonesian(gallery: Flask, client: FlaskClient) -> None:
    gallery.config["WTF_CSRF_ENABLED"] = False
    try:
        page = client.post(
            "/gallery/form?as=seller", data={"name": "x" * 81, "category": "emas", "ready": "kapan"}
        ).text
    finally:
        gallery.config["WTF_CSRF_ENABLED"] = True

    assert "Tulis paling banyak 80 karakter." in page
    assert "Pilih salah satu dari daftar." in page
    assert "Tulis tanggal yang lengkap, misalnya 21-11-2026." in page
    assert "Not a valid" not in page
