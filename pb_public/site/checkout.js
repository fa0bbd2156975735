// @ts-check
// Makes buying a ticket pleasanter on a telephone; every step does its work without this file.
//
//   form[data-buy]       steppers and the sum; a key, so that a second click is not a second order
//   [data-until]         a clock that runs down, spoken at five, two and one minute and at the end; before it may stand the words for
//                        that, data-running
//   form[data-once]      sent once, however often its button is pressed
//   [data-copy]          copies what stands beside it
//   [data-poll]          asks whether the order has moved, and shows the page again when it has
//   [data-big]           a code as large as the screen, which stays lit

export {}; // a module of its own: its names are not those of the other script

const root = document.documentElement;
root.classList.add("js");

/** @param {string} what @param {ParentNode} [within] */
const all = (what, within = document) => /** @type {HTMLElement[]} */ ([...within.querySelectorAll(what)]);

const live = document.getElementById("live");

/** Says something to whoever does not see it. @param {string} text */
function say(text) {
  if (live) live.textContent = text;
}

/** What keeps something on this device; without storage nothing is kept. */
const kept = {
  /** @param {string} slug @returns {{ path: string, until: number } | null} */
  get(slug) {
    try {
      const cart = JSON.parse(localStorage.getItem("cart." + slug) ?? "null");
      return cart && cart.until > Date.now() && /^(\/en)?\/orders\//.test(cart.path) ? cart : null;
    } catch {
      return null;
    }
  },
  /** @param {string} slug @param {{ path: string, until: number } | null} cart */
  set(slug, cart) {
    try {
      if (cart) localStorage.setItem("cart." + slug, JSON.stringify(cart));
      else localStorage.removeItem("cart." + slug);
    } catch {
      // a browser that keeps nothing
    }
  },
};

// choosing

const money = new Intl.NumberFormat(root.lang);

/** A text that nobody else draws: where there is no secure context the browser has no UUID. */
function fresh() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((n) => n.toString(16).padStart(2, "0")).join("");
}

for (const form of /** @type {HTMLFormElement[]} */ (all("form[data-buy]"))) {
  const key = /** @type {HTMLInputElement | null} */ (form.querySelector("[name=key]"));
  const inputs = /** @type {HTMLInputElement[]} */ (all(".qty input", form));
  const bars = all("[data-bar]");
  const renew = () => {
    if (key) key.value = fresh();
  };
  const reckon = () => {
    let n = 0;
    let sum = 0;
    for (const input of inputs) {
      const [less, more] = /** @type {HTMLButtonElement[]} */ (all("button", input.parentElement ?? form));
      const count = input.valueAsNumber || 0;
      n += count;
      sum += count * Number(input.parentElement?.dataset.price);
      if (less) less.disabled = count <= 0;
      if (more) more.disabled = count >= Number(input.max);
    }
    for (const out of all("[data-sum]")) out.textContent = sum || !n ? money.format(sum) + "\u00a0₫" : (form.dataset.free ?? "");
    for (const out of all("[data-count]")) out.textContent = (out.dataset.count ?? "").replace("{n}", String(n));
    for (const box of [...all("[data-total]", form), ...bars]) box.hidden = n === 0;
  };
  form.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? /** @type {HTMLElement | null} */ (event.target.closest("[data-d]")) : null;
    const input = /** @type {HTMLInputElement | null} */ (button?.parentElement?.querySelector("input"));
    if (!button || !input) return;
    const least = Number(input.dataset.least ?? 1);
    const now = input.valueAsNumber || 0;
    let next = now + Number(button.dataset.d);
    if (next > 0 && next < least) next = next > now ? least : 0; // so many, or none
    input.value = String(Math.max(0, Math.min(Number(input.max), next)));
    renew();
    reckon();
  });
  form.addEventListener("input", () => {
    renew();
    reckon();
  });
  for (const button of all("[data-d]", form)) button.hidden = false;
  for (const go of all("[data-go]")) {
    go.addEventListener("click", (event) => {
      event.preventDefault();
      form.requestSubmit();
    });
  }
  renew();
  reckon();
}

const resume = all("[data-resume]")[0];
const before = resume && kept.get(resume.dataset.resume ?? "");
if (resume && before) {
  resume.hidden = false;
  resume.querySelector("a")?.setAttribute("href", before.path);
}
for (const over of all("[data-forget]")) kept.set(over.dataset.forget ?? "", null);

// holding

for (const clock of all("[data-until]")) run(clock);

/** @param {HTMLElement} clock */
function run(clock) {
  const behind = Date.parse(clock.dataset.now ?? "") - Date.now(); // a telephone's clock may be wrong
  const until = Date.parse(clock.dataset.until ?? "");
  const cart = all("[data-cart]")[0];
  if (cart) kept.set(cart.dataset.cart ?? "", { path: location.pathname, until: until - behind });
  const words = /** @type {HTMLElement | null} */ (clock.previousElementSibling);
  if (words?.dataset.running) words.textContent = words.dataset.running; // what stands there without this file is an hour
  let told = 99;
  const tick = () => {
    const left = Math.max(0, Math.ceil((until - Date.now() - behind) / 1000));
    const hours = Math.floor(left / 3600);
    const parts = [Math.floor(left / 60) % 60, left % 60].map((n) => String(n).padStart(2, "0"));
    clock.textContent = (hours ? hours + ":" : "") + parts.join(":");
    const minutes = [1, 2, 5].find((n) => left <= n * 60) ?? 99;
    if (left === 0) {
      clearInterval(timer);
      say(clock.dataset.over ?? "");
      if (clock.dataset.over) setTimeout(() => location.reload(), 3000);
    } else if (minutes < told && clock.dataset.left) {
      if (told !== 99 || left > minutes * 60 - 5) say(clock.dataset.left.replace("{n}", String(minutes)));
      told = minutes;
    }
  };
  const timer = setInterval(tick, 1000);
  tick();
}

// sending

for (const form of /** @type {HTMLFormElement[]} */ (all("form[data-once], form[data-buy]"))) {
  const buttons = () => /** @type {HTMLButtonElement[]} */ ([...all("button[data-busy]", form), ...all(`button[form="${form.id || "-"}"]`)]);
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    for (const button of buttons()) {
      button.dataset.was = button.innerHTML;
      button.setAttribute("aria-disabled", "true");
      if (button.dataset.busy) button.textContent = button.dataset.busy;
    }
  });
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    delete form.dataset.sent;
    for (const button of buttons()) {
      button.removeAttribute("aria-disabled");
      if (button.dataset.was) button.innerHTML = button.dataset.was;
    }
  });
}

for (const summary of all("[data-focus]")) summary.focus();

for (const box of /** @type {HTMLInputElement[]} */ (all("[data-mine]"))) {
  const field = document.getElementById(box.dataset.mine ?? "")?.closest("div");
  const show = () => {
    if (field) field.hidden = box.checked;
  };
  box.addEventListener("change", show);
  if (!field?.querySelector(".err")) show();
}

// paying

for (const button of all("[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    const label = button.firstElementChild ?? button;
    const was = label.textContent;
    try {
      await navigator.clipboard.writeText(button.dataset.copy ?? "");
    } catch {
      return; // the browser has asked, and was told no
    }
    label.textContent = button.dataset.done ?? "";
    say(button.dataset.done ?? "");
    setTimeout(() => (label.textContent = was), 2500);
  });
}

for (const box of all("[data-poll]")) void watch(box);

/** Asks every few seconds while somebody looks, less often the longer it takes. @param {HTMLElement} box */
async function watch(box) {
  for (let n = 0; ; n++) {
    await new Promise((done) => setTimeout(done, n < 60 ? 4000 : 15000));
    if (document.hidden) continue;
    try {
      const answer = await fetch(box.dataset.poll ?? "", { headers: { Accept: "application/json" } });
      if (!answer.ok) continue;
      const order = await answer.json();
      if (!order.status || order.status === box.dataset.status) continue;
    } catch {
      continue; // a tunnel
    }
    say(box.dataset.paid ?? "");
    const state = box.querySelector("[data-state]");
    if (state) state.textContent = box.dataset.paid ?? "";
    setTimeout(() => location.reload(), 1200);
    return;
  }
}

// showing

for (const button of all("[data-big]")) {
  button.setAttribute("aria-label", button.dataset.big ?? "");
  button.addEventListener("click", () => {
    const dialog = document.createElement("dialog");
    dialog.className = "qr-big";
    dialog.setAttribute("aria-label", button.dataset.big ?? "");
    const close = document.createElement("button");
    close.append(...[...button.children].map((child) => child.cloneNode(true)));
    close.setAttribute("aria-label", document.querySelector("[popovertargetaction=hide]")?.getAttribute("aria-label") ?? "");
    close.addEventListener("click", () => dialog.close());
    dialog.append(close);
    document.body.append(dialog);
    /** @type {Promise<{ release(): Promise<void> } | undefined> | undefined} */
    const lamp = /** @type {any} */ (navigator).wakeLock?.request("screen").catch(() => undefined);
    dialog.addEventListener("close", () => {
      void lamp?.then((held) => held?.release());
      dialog.remove();
      button.focus();
    });
    dialog.showModal();
  });
}
