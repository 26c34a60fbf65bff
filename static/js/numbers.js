// Numbers get their dots as they are typed; quantities get − and + that respect the minimum and the multiple.
(() => {
  const digits = (text) => text.replace(/\D/g, "").replace(/^0+(?=\d)/, "");
  const grouped = (text) => digits(text).replace(/\B(?=(\d{3})+$)/g, ".");

  // Only what is plainly a number is touched: "1,5" stays as typed, so that the server can explain.
  const plain = (text) => /^[\d.\s]*$/.test(text);

  const format = (input) => {
    if (!plain(input.value)) return;
    const before = input.value.slice(0, input.selectionStart ?? input.value.length);
    const count = before.replace(/\D/g, "").length;
    input.value = grouped(input.value);
    if (document.activeElement !== input) return;
    let position = 0;
    for (let seen = 0; seen < count && position < input.value.length; position += 1) {
      if (input.value[position] !== ".") seen += 1;
    }
    input.setSelectionRange(position, position);
  };

  document.addEventListener("input", (event) => {
    if (event.target.matches?.("[data-grouped]") && !event.isComposing) format(event.target);
  });

  const limits = (stepper) => {
    const multiple = Number(stepper.dataset.multiple) || 1;
    const lowest = Math.ceil(Math.max(Number(stepper.dataset.minimum) || 1, 1) / multiple) * multiple;
    const most = stepper.dataset.maximum === undefined ? Infinity : Math.floor(Number(stepper.dataset.maximum) / multiple) * multiple;
    return { multiple, lowest, most };
  };

  const update = (stepper) => {
    const { lowest, most } = limits(stepper);
    const value = Number(digits(stepper.querySelector("input").value));
    stepper.querySelector('[data-step="-1"]').disabled = value <= lowest;
    stepper.querySelector('[data-step="1"]').disabled = value >= most;
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-step]");
    if (!button) return;
    const stepper = button.closest("[data-stepper]");
    const input = stepper.querySelector("input");
    const { multiple, lowest, most } = limits(stepper);
    const value = Number(digits(input.value));
    const up = Number(button.dataset.step) > 0;
    const next = up ? Math.floor(value / multiple) * multiple + multiple : Math.ceil(value / multiple) * multiple - multiple;
    input.value = grouped(String(Math.min(Math.max(next, lowest), Math.max(most, lowest))));
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });

  document.addEventListener("input", (event) => {
    const stepper = event.target.closest?.("[data-stepper]");
    if (stepper) update(stepper);
  });

  const prepare = (root) => {
    for (const input of root.querySelectorAll("[data-grouped]")) format(input);
    for (const stepper of root.querySelectorAll("[data-stepper]")) {
      for (const button of stepper.querySelectorAll("[data-step]")) button.hidden = false;
      update(stepper);
    }
  };

  prepare(document);
  document.addEventListener("htmx:afterSwap", (event) => prepare(event.target));
})();
