"""The pages on which a cooperative says what it wants to know of products, and the platform names categories."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from catalog.categories import operations, queries
from catalog.categories.forms import (
    AttributeForm,
    CategoryForm,
    NewAttributeForm,
    attribute_values,
    category_values,
)
from catalog.categories.kbli import codes_for
from catalog.categories.models import Category
from catalog.categories.overview import category_rows
from market.accounts import acting
from market.accounts.roles import Role
from market.errors import DomainError
from market.web.forms import show_error

bp = Blueprint("categories", __name__, url_prefix="/cooperative/categories")

platform_bp = Blueprint("platform_categories", __name__, url_prefix="/platform/categories")


@bp.get("")
@acting.requires(Role.ADMIN)
def index() -> ResponseReturnValue:
    """Every category, with its codes, what is asked for in it, and how many products lie in it."""
    cooperative_id = acting.current_actor().require(Role.ADMIN)
    return render_template("catalog/categories/index.html", rows=category_rows(cooperative_id))


@bp.get("/<slug>")
@acting.requires(Role.ADMIN)
def show(slug: str) -> ResponseReturnValue:
    """One category: what it asks for itself, and what it takes over from those above."""
    cooperative_id = acting.current_actor().require(Role.ADMIN)
    category = queries.get_category(slug)
    asked = queries.attributes_for(category, cooperative_id)
    own = [attribute for attribute in asked if attribute.category_id == category.id]
    return render_template(
        "catalog/categories/show.html",
        category=category,
        own=own,
        inherited=[attribute for attribute in asked if attribute not in own],
        kbli=codes_for(category),
        products=queries.count_products_in(category, cooperative_id),
    )


@bp.route("/<slug>/attributes/new", methods=["GET", "POST"])
@acting.requires(Role.ADMIN)
def new(slug: str) -> ResponseReturnValue:
    """Ask for something."""
    category, form = queries.get_category(slug), NewAttributeForm()
    if form.validate_on_submit():
        try:
            attribute = operations.define_attribute(slug, form.chosen_kind, form.details(), by=acting.current_actor())
        except DomainError as error:
            show_error(form, error, otherwise="name")
        else:
            flash(_("%(name)s ditanyakan mulai sekarang.", name=attribute.name), "success")
            return redirect(url_for(".show", slug=slug))
    return _form_page(form, category)


@bp.route("/attributes/<int:attribute_id>/edit", methods=["GET", "POST"])
@acting.requires(Role.ADMIN)
def edit(attribute_id: int) -> ResponseReturnValue:
    """Ask for it in other words, or with other choices."""
    actor = acting.current_actor()
    attribute = queries.get_attribute(attribute_id, cooperative_id=actor.require(Role.ADMIN))
    category, form = attribute.category, AttributeForm(data=attribute_values(attribute))
    if form.validate_on_submit():
        try:
            operations.change_attribute(attribute_id, form.details(), by=actor)
        except DomainError as error:
            show_error(form, error, otherwise="name")
        else:
            flash(_("%(name)s disimpan.", name=attribute.name), "success")
            return redirect(url_for(".show", slug=category.slug))
    return _form_page(form, category, attribute=attribute)


@bp.post("/attributes/<int:attribute_id>/move")
@acting.requires(Role.ADMIN)
def move(attribute_id: int) -> ResponseReturnValue:
    """Ask for it earlier or later."""
    steps = 1 if request.form.get("to") == "later" else -1
    attribute = operations.move_attribute(attribute_id, steps, by=acting.current_actor())
    return redirect(url_for(".show", slug=attribute.category.slug, _anchor="own"))


@bp.post("/attributes/<int:attribute_id>/remove")
@acting.requires(Role.ADMIN)
def remove(attribute_id: int) -> ResponseReturnValue:
    """Ask for it no longer."""
    category = operations.remove_attribute(attribute_id, by=acting.current_actor())
    flash(_("Isian dihapus. Yang sudah ditulis penjual tidak tampil lagi."), "success")
    return redirect(url_for(".show", slug=category.slug))


@platform_bp.get("")
@acting.requires(Role.PLATFORM)
def tree() -> ResponseReturnValue:
    """Every category with its codes, for all cooperatives."""
    return render_template("catalog/categories/platform.html", rows=category_rows(None))


@platform_bp.route("/<slug>", methods=["GET", "POST"])
@acting.requires(Role.PLATFORM)
def rename(slug: str) -> ResponseReturnValue:
    """What a category is called, and its codes."""
    category = queries.get_category(slug)
    form = CategoryForm(data=category_values(category))
    if form.validate_on_submit():
        try:
            operations.change_category(slug, form.details(), by=acting.current_actor())
        except DomainError as error:
            show_error(form, error, otherwise="name")
        else:
            flash(_("%(name)s disimpan.", name=category.label), "success")
            return redirect(url_for(".tree"))
    page = render_template("catalog/categories/category_form.html", form=form, category=category)
    return page, 422 if form.errors else 200


def _form_page(form: AttributeForm, category: Category, **more: Any) -> ResponseReturnValue:
    page = render_template("catalog/categories/attribute_form.html", form=form, category=category, **more)
    return page, 422 if form.errors else 200
