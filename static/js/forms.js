// A form is sent once: its button waits while sending. After a failed one the first wrong field gets the focus.
// A list's rows can be ticked all at once.
(() => {
  const busy = (form, state) => {
    for (const button of document.querySelectorAll("button[type=submit]")) {
      if (button.form !== form) continue;
      if (state) button.setAttribute("aria-busy", "true");
      else button.removeAttribute("aria-busy");
    }
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sending) {
      event.preventDefault();
      return;
    }
    form.dataset.sending = "true";
    busy(form, true);
  });

  const rest = (form) => {
    delete form.dataset.sending;
    busy(form, false);
  };

  // Coming back with the back button must not find a form that can no longer be sent.
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sending]").forEach(rest));
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest?.("form");
    if (form) rest(form);
  });

  // One tick for all ticks of a list; without JavaScript it is not shown, and each is ticked by itself.
  for (const all of document.querySelectorAll("[data-choose-all]")) {
    const ticks = [...all.form.querySelectorAll("td input[type=checkbox]")];
    const look = () => {
      const ticked = ticks.filter((tick) => tick.checked).length;
      all.checked = ticked === ticks.length;
      all.indeterminate = ticked > 0 && ticked < ticks.length;
    };
    all.addEventListener("change", () => ticks.forEach((tick) => (tick.checked = all.checked)));
    all.form.addEventListener("change", look);
    all.closest("[hidden]")?.removeAttribute("hidden");
  }

  const wrong = document.querySelector('[aria-invalid="true"]') ?? document.querySelector("[data-focus]");
  wrong?.focus();
})();
