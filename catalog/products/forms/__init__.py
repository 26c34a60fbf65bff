"""The forms of products: the product, its variants, its certificates, and the rows that stand in them."""

from catalog.products.forms.certificates import CertificateForm
from catalog.products.forms.product import NewProductForm, ProductForm, form_values

__all__ = ["CertificateForm", "NewProductForm", "ProductForm", "form_values"]
