// Toasts leave by themselves, notices can be closed, and a failed request of htmx is told in words.
(() => {
  const STAYS = 7000;
  const toasts = () => document.getElementById("toasts");
  const words = (name) => document.getElementById(`words-${name}`).content.textContent;

  const leave = (toast) => {
    toast.classList.add("is-leaving");
    setTimeout(() => toast.remove(), 300);
  };

  const watch = (toast) => {
    let timer = setTimeout(() => leave(toast), STAYS);
    // Whoever points at it or reaches it by keyboard is still reading.
    for (const pause of ["pointerenter", "focusin"]) toast.addEventListener(pause, () => clearTimeout(timer));
    for (const resume of ["pointerleave", "focusout"]) {
      toast.addEventListener(resume, () => {
        timer = setTimeout(() => leave(toast), STAYS);
      });
    }
  };

  const tell = (sentence) => {
    const toast = document.createElement("div");
    toast.className = "toast-note tone-red";
    toast.dataset.toast = "";
    const text = document.createElement("p");
    text.textContent = sentence;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn-close";
    button.dataset.dismiss = "";
    button.setAttribute("aria-label", words("close"));
    toast.append(text, button);
    toasts()?.append(toast);
    watch(toast);
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-dismiss]");
    if (button) button.closest("[data-toast], [data-closable]").remove();
  });
  document.addEventListener("htmx:responseError", () => tell(words("request-failed")));
  document.addEventListener("htmx:sendError", () => tell(words("offline")));

  for (const button of document.querySelectorAll("[data-dismiss]")) button.hidden = false;
  for (const toast of document.querySelectorAll("[data-toast]")) watch(toast);
})();
