"""Limits, fees and the writing of amounts; every amount is in hundredths of a rupiah, as Stripe counts IDR."""

CURRENCY = "idr"

RUPIAH = 100

SMALLEST_CHARGE = 8_250 * RUPIAH
"""Stripe's minimum is US$0.50 or its equivalent; here the dollar is always Rp 16.500."""

LARGEST_CHARGE = 999_999_999_999
"""Twelve digits, a limit Stripe grants to IDR alone (other currencies: eight): Rp 9.999.999.999,99."""

FEE_BASIS_POINTS = 290
FIXED_FEE = 2_000 * RUPIAH


def stripe_fee(amount: int) -> int:
    """2.9% and Rp 2.000 of a successful charge, rounded half up: believable, not a quotation of Stripe's prices."""
    return (amount * FEE_BASIS_POINTS + 5_000) // 10_000 + FIXED_FEE


def rupiah_text(amount: int) -> str:
    """`Rp 1.234.567`, with `,50` behind it only where there are hundredths."""
    whole, hundredths = divmod(amount, RUPIAH)
    text = f"Rp {whole_text(whole)}"
    return f"{text},{hundredths:02d}" if hundredths else text


def whole_text(number: int) -> str:
    """`1.234.567`, with dots for thousands as Indonesians write them."""
    return f"{number:,}".replace(",", ".")
