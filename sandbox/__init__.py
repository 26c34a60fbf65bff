"""A local server that speaks enough of Stripe's API to take and return money that does not exist.

`make run` starts it when no STRIPE_API_KEY is set, so that the demo and the tests use the real `stripe` library over
real HTTP: Checkout in rupiah, a hosted payment page, signed webhooks, idempotency keys, refunds, fees. Nothing in
the product imports this package and this package imports nothing of the product: the two meet over HTTP only.

    python -m sandbox --port 8421 --data var/sandbox --api-key sk_test_x \\
        --webhook-url http://127.0.0.1:8000/webhooks/stripe --webhook-secret whsec_x

What it answers is listed in `sandbox/api.py`; the shapes are checked in tests against Stripe's published OpenAPI.
Everything is kept in one SQLite file in `--data` and survives a restart, undelivered webhooks and idempotency keys
included. Amounts are what Stripe's are: IDR in hundredths, so Rp 1 is 100.

Test cards on the payment page: 4242 4242 4242 4242 pays, 4000 0000 0000 0002 is declined, 4000 0000 0000 9995 has
too little money.

To see how the product behaves when Stripe is slow, late or repeats itself (all take the API key, except health):

| call                                       | does                                                               |
|--------------------------------------------|--------------------------------------------------------------------|
| GET  /_sandbox/health                      | 200 when it is up                                                  |
| POST /_sandbox/forget                      | empties the account                                                |
| GET  /_sandbox/deliveries                  | every webhook: event, state, attempts, the receiver's last answer  |
| POST /_sandbox/deliveries/pause            | holds all webhooks back: they come late                            |
| POST /_sandbox/deliveries/resume           | sends them; with `order=newest_first` they come out of order       |
| POST /_sandbox/deliveries/abandon          | gives up those that wait                                           |
| POST /_sandbox/events/:id/redeliver        | sends this event once more, with a fresh signature                 |
| POST /_sandbox/fees/hold, /fees/release    | new charges have no `balance_transaction` until released, as Stripe|
|                                            | may take a while to know its fee; then `charge.updated` is sent    |

Why not `localstripe`: it has no Checkout, and of what it has a payment needs, storage (one pickle at a fixed place
in /tmp, rewritten at every change), keys (any `sk_` will do), errors (no code, no param), idempotency (none), event
delivery (once, never again, signed with the event's own age) and the shapes of PaymentIntent, Charge and Refund would
all have to be replaced, by reaching into its module globals. It is also GPL, and subclassing it here would make that
licence a question for everyone who takes this MIT repository. What remains is small enough to read in one sitting.
"""
