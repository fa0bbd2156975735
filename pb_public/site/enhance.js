// @ts-check
// Makes public pages pleasanter; every page does its work without this file.
//
//   data-theme-toggle      a button that switches light and dark, and remembers it in the cookie "theme"
//   details[data-narrow]   starts folded on a phone
//   form[data-swap="#id"]  a filter form: results come as a fragment of the same page, without a reload.
//                          Links inside the results that lead to the same path are followed the same way.

const root = document.documentElement;

for (const button of document.querySelectorAll("[data-theme-toggle]")) {
  button.addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    document.cookie = `theme=${root.dataset.theme}; path=/; max-age=31536000; samesite=lax`;
  });
}

if (matchMedia("(max-width: 860px)").matches) {
  for (const box of document.querySelectorAll("details[data-narrow]")) box.removeAttribute("open");
}

for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll("form[data-swap]"))) {
  const target = /** @type {HTMLElement | null} */ (document.querySelector(form.dataset.swap ?? ""));
  if (target) swap(form, target);
}

/**
 * Fetches the results of a filter form as a fragment. When that fails the form is sent as a page.
 * @param {HTMLFormElement} form
 * @param {HTMLElement} target
 */
function swap(form, target) {
  /** @type {AbortController | undefined} */
  let asking;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let pause;

  const filled = () => {
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (value) query.append(name, String(value));
    return query.size ? "?" + query : "";
  };

  /** Puts into the form what the address says, after a way back or a removed filter. */
  const settle = () => {
    const query = new URLSearchParams(location.search);
    for (const field of form.elements) {
      if (field instanceof HTMLInputElement && field.type === "checkbox") field.checked = query.getAll(field.name).includes(field.value);
      else if ((field instanceof HTMLInputElement || field instanceof HTMLSelectElement) && field.name) field.value = query.get(field.name) ?? "";
    }
  };

  /** @param {string} query @param {boolean} remember */
  const show = async (query, remember = true) => {
    asking?.abort();
    asking = new AbortController();
    target.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(location.pathname + query, { headers: { "X-Fragment": target.id }, signal: asking.signal });
      if (!answer.ok) throw new Error(answer.statusText);
      const held = target.contains(document.activeElement) ? document.activeElement?.getAttribute("name") : null;
      target.innerHTML = await answer.text(); // of our own origin, escaped by the server's templates
      if (held) /** @type {HTMLElement | null} */ (target.querySelector(`[name="${CSS.escape(held)}"]`))?.focus();
    } catch (error) {
      if (/** @type {Error} */ (error).name !== "AbortError") location.assign(location.pathname + query);
      return;
    }
    target.removeAttribute("aria-busy");
    for (const n of /** @type {NodeListOf<HTMLElement>} */ (target.querySelectorAll("[data-for]"))) {
      const shown = document.getElementById(n.dataset["for"] ?? ""); // counts stand beside the filters, outside of what was swapped
      if (shown) shown.textContent = n.textContent;
    }
    if (remember) history.pushState(null, "", location.pathname + query);
    const live = document.getElementById("live");
    if (live) live.textContent = target.querySelector("[data-count]")?.textContent ?? "";
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show(filled());
  });
  document.addEventListener("input", (event) => {
    if (/** @type {HTMLInputElement} */ (event.target).form !== form) return;
    clearTimeout(pause);
    pause = setTimeout(() => show(filled()), 250);
  });
  target.addEventListener("click", async (event) => {
    const link = /** @type {HTMLElement} */ (event.target).closest("a");
    if (!link || link.pathname !== location.pathname || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    await show(link.search);
    settle();
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: "start" });
  });
  addEventListener("popstate", () => {
    settle();
    show(location.search, false);
  });
}
