"""Texts of the interface in templates: in the language of the moment, escaped where the template is markup."""

from flask import Flask
from flask_babel import force_locale, ngettext, pgettext
from jinja2 import Environment


def say(app: Flask, template: str, language: str, *, markup: bool = True, **values: object) -> str:
    """What a template says in a language."""
    env: Environment = app.jinja_env if markup else app.jinja_env.overlay(autoescape=False)
    with app.test_request_context("/"), force_locale(language):
        return env.from_string(template).render(**values)


def test_a_text_is_said_in_the_language_of_the_moment(app):
    assert say(app, "{{ _('Sampai') }}", "id") == "Sampai"
    assert say(app, "{{ _('Sampai') }}", "en") == "To"
    with app.test_request_context("/"), force_locale("en"):
        assert app.jinja_env.from_string("{{ _('Sampai') }}").render() == "To"
        with force_locale("id"):
            assert app.jinja_env.from_string("{{ _('Sampai') }}").render() == "Sampai"


def test_a_text_may_depend_on_its_place_and_on_a_number(app):
    plural = "{{ pgettext('plural', 'Produk') }} {{ ngettext('%(num)s varian', '%(num)s varian', 3) }}"
    with app.test_request_context("/"), force_locale("en"):
        expected = f"{pgettext('plural', 'Produk')} {ngettext('%(num)s varian', '%(num)s varian', 3)}"
    assert say(app, plural, "en") == expected
    assert say(app, plural, "id") == "Produk 3 varian"


def test_values_are_escaped_in_markup_and_left_alone_in_letters(app):
    template = "{{ _('Hasil untuk “%(words)s”', words=words) }}"
    assert say(app, template, "id", words="<b>") == "Hasil untuk “&lt;b&gt;”"
    assert say(app, template, "id", words="<b>", markup=False) == "Hasil untuk “<b>”"
    assert say(app, template, "id", words="<b>") == "Hasil untuk “&lt;b&gt;”"


def test_a_text_that_no_catalogue_has_says_itself(app):
    assert say(app, "{{ _('Kalimat yang tidak ada') }}", "en") == "Kalimat yang tidak ada"
