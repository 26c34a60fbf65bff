"""What every answer tells the browser it may do."""

from urllib.parse import urlsplit

from flask import Flask, Response

from market.config import Settings

STRIPE_CHECKOUT = "https://checkout.stripe.com"
ONE_YEAR = 365 * 24 * 60 * 60

PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"


def init_app(app: Flask, settings: Settings) -> None:
    """Put the security headers on every answer; HSTS only where the public address is https."""
    policy = content_security_policy(settings)
    by_https = settings.base_url.startswith("https://")

    def add_headers(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["Permissions-Policy"] = PERMISSIONS
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        if by_https:
            response.headers["Strict-Transport-Security"] = f"max-age={ONE_YEAR}; includeSubDomains"
        return response

    app.after_request(add_headers)


def content_security_policy(settings: Settings) -> str:
    """Only our own files, no inline script or style, no frames; forms may lead on to the payment page."""
    return "; ".join(
        (
            "default-src 'self'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
            # A form that pays is answered with a redirect to the checkout page, and browsers check that too.
            " ".join(("form-action 'self'", *_payment_origins(settings))),
        )
    )


def _payment_origins(settings: Settings) -> list[str]:
    origins = [STRIPE_CHECKOUT]
    if settings.stripe_api_base:
        address = urlsplit(settings.stripe_api_base)
        origins.append(f"{address.scheme}://{address.netloc}")
    return origins
