// The search field: "/" focuses it; suggestions are walked with arrow keys, taken with Enter, closed with Escape.
(() => {
  const field = document.querySelector("[data-suggest]");
  const input = document.querySelector("[data-search-focus]");

  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || !input) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    event.preventDefault();
    input.focus();
    input.select();
  });

  if (!field || !input) return;
  const list = field.querySelector(".suggestions");
  const options = () => [...list.querySelectorAll("[role=option]")];
  let answered = "";

  const show = (visible) => {
    const shown = visible && options().length > 0;
    field.classList.toggle("is-closed", !shown);
    input.setAttribute("aria-expanded", String(shown));
    if (!shown) choose(-1);
  };

  const choose = (index) => {
    options().forEach((option, position) => {
      option.id = `suggestion-${position}`;
      option.setAttribute("aria-selected", String(position === index));
      if (position === index) option.scrollIntoView({ block: "nearest" });
    });
    if (index < 0) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", `suggestion-${index}`);
  };

  const chosen = () => options().findIndex((option) => option.getAttribute("aria-selected") === "true");

  input.addEventListener("keydown", (event) => {
    const count = options().length;
    const open = count > 0 && !field.classList.contains("is-closed");
    if (event.key === "Escape" && open) {
      event.preventDefault();
      show(false);
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && count > 0) {
      event.preventDefault();
      show(true);
      const step = event.key === "ArrowDown" ? 1 : -1;
      // One place before the first is the field itself.
      choose(((chosen() + 1 + step + count + 1) % (count + 1)) - 1);
    } else if (event.key === "Enter" && open && chosen() >= 0) {
      event.preventDefault();
      options()[chosen()].click();
    }
  });

  field.addEventListener("focusout", (event) => {
    if (!field.contains(event.relatedTarget)) show(false);
  });
  input.addEventListener("focus", () => {
    if (input.value.trim() === answered) show(true);
  });
  field.addEventListener("submit", () => show(false));

  // hx-sync drops the answer to an earlier word; one that comes after the field was left is dropped here.
  list.addEventListener("htmx:beforeSwap", (event) => {
    if (document.activeElement !== input) event.detail.shouldSwap = false;
  });
  list.addEventListener("htmx:afterSwap", () => {
    answered = input.value.trim();
    show(true);
  });
})();
