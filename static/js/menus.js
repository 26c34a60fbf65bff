// Menus and confirmations are <details> and open by themselves. This adds Escape, one open at a time, and focus.
(() => {
  const OPENABLE = "details.menu, details.confirm";
  const KNOWS_DETAILS_CONTENT = CSS.supports("selector(::details-content)");

  const close = (details, { focus } = { focus: false }) => {
    details.open = false;
    if (focus) details.querySelector("summary").focus();
  };

  document.addEventListener(
    "toggle",
    (event) => {
      const opened = event.target;
      if (!(opened instanceof HTMLElement) || !opened.matches(OPENABLE) || !opened.open) return;
      for (const other of document.querySelectorAll(OPENABLE)) {
        if (other !== opened && !other.contains(opened)) close(other);
      }
      if (opened.matches(".confirm")) opened.querySelector("textarea, input:not([type=hidden]), [type=submit]")?.focus();
    },
    true, // toggle does not bubble
  );

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = document.querySelector("details.menu[open], details.confirm[open]");
    if (open) close(open, { focus: true });
  });

  document.addEventListener("focusout", (event) => {
    const menu = event.target.closest?.(OPENABLE);
    if (menu?.open && event.relatedTarget && !menu.contains(event.relatedTarget)) close(menu);
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-close]");
    if (button) close(button.closest("details"), { focus: true });
    if (event.target.closest("[data-print]")) window.print();
  });

  const prepare = (root) => {
    for (const button of root.querySelectorAll("[data-close], [data-print]")) button.hidden = false;
    if (KNOWS_DETAILS_CONTENT || !window.matchMedia("(min-width: 992px)").matches) return;
    for (const fold of root.querySelectorAll("details.fold")) fold.open = true;
  };

  prepare(document);
  document.addEventListener("htmx:afterSwap", (event) => prepare(event.target));
})();
