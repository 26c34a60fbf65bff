// The search record: which question stood still while somebody typed, and which product was opened from the results.
// Both are told to the server beside the page; nothing waits for it, and without this script nothing is missing.
(() => {
  const STILL = 2500;
  const HASTE = 800; // what was left sooner was passed through
  let waiting = null;
  let seen = null;

  const tell = (address, values) => {
    const token = document.querySelector("[name=csrf_token]");
    if (!token) return;
    const body = new FormData();
    body.append("csrf_token", token.value);
    for (const [name, value] of Object.entries(values)) body.append(name, value);
    navigator.sendBeacon(address, body);
  };

  const handIn = () => {
    if (!waiting) return;
    clearTimeout(waiting.timer);
    if (Date.now() - waiting.since >= HASTE) tell(waiting.address, { note: waiting.note });
    waiting = null;
  };

  document.addEventListener("htmx:afterSettle", () => {
    const said = document.querySelector("#results [data-note]");
    if (said === seen) return;
    seen = said;
    if (waiting) clearTimeout(waiting.timer);
    const { note, askedUrl } = said ? said.dataset : {};
    waiting = askedUrl ? { note, address: askedUrl, since: Date.now(), timer: setTimeout(handIn, STILL) } : null;
  });

  const opened = (event) => {
    const card = event.target.closest("#results .product-card");
    const link = event.target.closest("a[href*='/products/']");
    const said = document.querySelector("#results [data-note]");
    if (!card || !link || !said) return;
    handIn();
    const { note, firstPlace, openedUrl } = said.dataset;
    const place = [...document.querySelectorAll("#results .product-card")].indexOf(card) + Number(firstPlace);
    tell(openedUrl, { note, product: link.pathname.split("/").pop(), place });
  };

  document.addEventListener("click", opened);
  document.addEventListener("auxclick", opened);
  addEventListener("pagehide", handIn);
})();
