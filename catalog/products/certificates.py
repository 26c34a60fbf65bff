"""The certificates a product may carry."""

from enum import StrEnum


class CertificateKind(StrEnum):
    """The marks factories ask for. Halal, P-IRT and BPOM concern food; SNI quality; TKDN local content."""

    HALAL = "halal"
    PIRT = "pirt"
    BPOM = "bpom"
    SNI = "sni"
    TKDN = "tkdn"
    SLHS = "slhs"
    ISO = "iso"

    @property
    def label(self) -> str:
        """The mark as it is written."""
        return {"halal": "Halal", "pirt": "P-IRT"}.get(self.value, self.value.upper())
