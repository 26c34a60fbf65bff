// The order grid: how many pieces and rupiah come together while quantities are filled in. Columns copied from a
// spreadsheet go into the fields from the one on which they are pasted.
(() => {
  const quantity = (text) => (/^[\d.\s]+$/.test(text) ? Number(text.replace(/\D/g, "")) : 0);
  const dotted = (value) => String(value).replace(/\B(?=(\d{3})+$)/g, ".");

  const unitPrice = (input, pieces) => {
    const steps = input.dataset.steps.split(" ").map((step) => step.split(":").map(Number));
    return (steps.findLast(([least]) => least <= pieces) ?? steps[0])[1];
  };

  const showTogether = (part, pieces) => {
    if (!part) return;
    const least = Number(part.dataset.gridTogether);
    const reached = Number(part.dataset.gridInCart) + pieces;
    part.querySelector("progress").value = Math.min(reached, least);
    part.querySelector("[data-grid-missing]").textContent = dotted(least - reached);
    part.querySelector("[data-grid-short]").hidden = reached >= least;
    part.querySelector("[data-grid-enough]").hidden = reached < least;
  };

  const update = (grid) => {
    let pieces = 0;
    let amount = 0;
    for (const input of grid.querySelectorAll("[data-steps]")) {
      const wanted = quantity(input.value);
      pieces += wanted;
      amount += wanted * unitPrice(input, wanted);
    }
    grid.querySelector("[data-grid-total]").hidden = false;
    grid.querySelector("[data-grid-pieces]").textContent = dotted(pieces);
    grid.querySelector("[data-grid-amount]").textContent = `Rp\u00a0${dotted(amount)}`;
    showTogether(grid.querySelector("[data-grid-together]"), pieces);
  };

  document.addEventListener("input", (event) => {
    const grid = event.target.closest?.("[data-order-grid]");
    if (grid) update(grid);
  });

  document.addEventListener("paste", (event) => {
    const grid = event.target.closest?.("[data-order-grid]");
    const values = event.clipboardData.getData("text").trim().split(/[\t\r\n]+/);
    if (!grid || !event.target.matches("[data-steps]") || values.length < 2) return;
    event.preventDefault();
    const inputs = [...grid.querySelectorAll("[data-steps]")];
    const first = inputs.indexOf(event.target);
    values.forEach((value, index) => {
      const input = inputs[first + index];
      if (!input) return;
      input.value = value.trim();
      input.dispatchEvent(new Event("input", { bubbles: true }));
    });
  });

  for (const grid of document.querySelectorAll("[data-order-grid]")) update(grid);
  document.addEventListener("htmx:afterSwap", (event) => {
    const grid = event.target.querySelector?.("[data-order-grid]");
    if (!grid) return;
    update(grid);
    grid.querySelector('[aria-invalid="true"]')?.focus();
  });
})();
