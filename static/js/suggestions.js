// The search field as a combobox (WAI-ARIA 1.2): under it stands what the server offers for the words so far.
//
// The field keeps the focus. Keys and mouse move one highlight, which aria-activedescendant names: Enter opens what is
// highlighted, and sends the words when nothing is. Only the newest question is ever answered.
(() => {
  const PAUSE = 130; // milliseconds without a letter before the server is asked

  const form = document.querySelector("form[data-suggest]");
  if (!form?.dataset.suggest) return;
  const input = form.querySelector("input[type=search]");
  const list = form.querySelector("[role=listbox]");
  const status = form.querySelector("[data-suggested]");

  let options = [];
  let chosen = -1; // -1 is the field itself
  let answered = ""; // the words that the list is for; null after a failure
  let pause;
  let question = new AbortController();

  const words = () => input.value.trim().replace(/\s+/g, " ");
  const isOpen = () => !list.hidden;

  const choose = (index) => {
    options[chosen]?.setAttribute("aria-selected", "false");
    chosen = index;
    options[chosen]?.setAttribute("aria-selected", "true");
    if (chosen < 0) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", options[chosen].id);
  };

  const chooseByKey = (index) => {
    choose(index);
    options[chosen]?.scrollIntoView({ block: "nearest" });
  };

  const forget = () => {
    clearTimeout(pause);
    question.abort();
  };

  const close = () => {
    forget();
    choose(-1);
    list.hidden = true;
    status.textContent = "";
    input.setAttribute("aria-expanded", "false");
  };

  const open = () => {
    list.hidden = options.length === 0;
    input.setAttribute("aria-expanded", String(isOpen()));
    status.textContent = list.querySelector("[data-offered]")?.content.textContent ?? "";
  };

  const show = (asked, answer) => {
    choose(-1);
    answered = asked;
    list.innerHTML = answer;
    list.scrollTop = 0;
    options = [...list.querySelectorAll("[role=option]")];
    options.forEach((option, index) => (option.id = `suggestion-${index}`));
    open();
  };

  const ask = async () => {
    forget();
    const asked = words();
    const { signal } = (question = new AbortController());
    try {
      const answer = await fetch(`${form.dataset.suggest}?q=${encodeURIComponent(asked)}`, { signal });
      if (!answer.ok) throw new Error(answer.statusText);
      show(asked, await answer.text());
    } catch {
      // Either a later question took its place, or it failed: then nothing is offered, and Enter tells why.
      if (!signal.aborted) show(null, "");
    }
  };

  const reopen = () => {
    if (!words()) return;
    if (words() === answered) open();
    else ask();
  };

  const walk = (step) => {
    const places = options.length + 1; // one more than options: the field stands before the first and after the last
    chooseByKey(((chosen + 1 + step + places) % places) - 1);
  };

  const KEYS = {
    ArrowDown: (event) => {
      if (!isOpen()) reopen();
      if (isOpen() && !event.altKey) walk(1);
    },
    ArrowUp: (event) => {
      if (event.altKey) return close();
      if (!isOpen()) reopen();
      if (isOpen()) walk(-1);
    },
    Escape: close,
    Home: () => chooseByKey(0),
    End: () => chooseByKey(options.length - 1),
    Enter: () => options[chosen].click(),
  };

  // Otherwise the key means what it means in every field: the caret moves, Escape empties, Enter sends.
  const isOurs = (key) => {
    if (key === "ArrowDown" || key === "ArrowUp") return words() !== "";
    if (key === "Escape") return isOpen();
    return isOpen() && chosen >= 0;
  };

  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.key === "ArrowLeft" || event.key === "ArrowRight") choose(-1); // back to the words
    if (!(event.key in KEYS) || !isOurs(event.key)) return;
    event.preventDefault();
    KEYS[event.key](event);
  });

  input.addEventListener("input", () => {
    forget();
    choose(-1);
    if (!words()) show("", "");
    else if (words() === answered) open();
    else pause = setTimeout(ask, PAUSE);
  });

  input.addEventListener("click", () => {
    if (!isOpen()) reopen();
  });
  input.addEventListener("blur", close);
  form.addEventListener("submit", close);

  list.addEventListener("mousedown", (event) => event.preventDefault()); // the focus stays where it is
  list.addEventListener("click", close);
  list.addEventListener("pointermove", (event) => {
    if (event.pointerType === "mouse") choose(options.indexOf(event.target.closest("[role=option]")));
  });
  list.addEventListener("pointerleave", () => choose(-1));

  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");
})();
