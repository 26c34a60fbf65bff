"""The forms of products: the product, its variants, and the rows that stand in them."""

from catalog.products.forms.product import NewProductForm, ProductForm, form_values

__all__ = ["NewProductForm", "ProductForm", "form_values"]
