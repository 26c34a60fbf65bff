// Choosing products to compare: when the bar comes back, every card is ticked as the bar says.
(() => {
  const mark = () => {
    const bar = document.getElementById("compare-chosen");
    if (!bar) return;
    const chosen = new Set(bar.dataset.chosen.split(" "));
    for (const toggle of document.querySelectorAll(".compare-toggle")) {
      const isChosen = chosen.has(toggle.value);
      toggle.name = isChosen ? "remove" : "add";
      toggle.setAttribute("aria-pressed", String(isChosen));
    }
  };

  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id !== "compare-chosen") return;
    mark();
    // What was pressed in the bar is gone with the old bar: its neighbour takes the focus.
    if (document.activeElement === document.body) event.target.querySelector("button, a")?.focus();
  });
})();
