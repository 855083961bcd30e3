/*
 * Keeps what is typed on this device, with the key that it is sent under, until it is acknowledged, and sends it again
 * by itself: closing the page loses nothing, and sending twice registers once. Without this the same form works by hand.
 */
const name = "everydose-registration";
const dayMs = 86_400_000;
const patienceMs = 20_000;
const soonestMs = 2_000;
const latestMs = 30_000;

const find = (selector) => document.querySelector(selector);
const form = () => find("[data-registering]");

const read = () => {
  try {
    const kept = JSON.parse(localStorage.getItem(name));
    if (kept && Date.now() - kept.at < dayMs) return kept;
  } catch {
    // Nothing that we wrote, or a browser that keeps nothing.
  }
  erase();
  return undefined;
};
const write = (kept) => {
  try {
    localStorage.setItem(name, JSON.stringify(kept));
  } catch {
    // The form works all the same.
  }
};
const erase = () => {
  try {
    localStorage.removeItem(name);
  } catch {
    // There is nothing.
  }
};

const keep = (isSending) => {
  const fields = [...new FormData(form())];
  const { region, postcode } = Object.fromEntries(fields);
  const path = `/register?${new URLSearchParams({ region, ...(postcode && { postcode }) })}`;
  write({ at: Date.now(), fields, path, region, isSending, lang: document.documentElement.lang });
};

const restore = ({ fields }) => {
  const ticked = new Set(fields.map(([field, value]) => `${field} ${value}`));
  const values = Object.fromEntries(fields);
  for (const input of form().elements) {
    if (input.type === "checkbox" || input.type === "radio")
      input.checked = ticked.has(`${input.name} ${input.value}`);
    else if (input.name in values) input.value = values[input.name];
  }
};

let timer;
let sending = 0;

const say = (text) => {
  const status = find("[data-status]");
  status.hidden = !text;
  if (status.textContent !== text) status.textContent = text;
  find("[data-stop]").hidden = !text;
};

/** The page that came as an answer, in the place of this one. */
const show = (text) => {
  const page = new DOMParser().parseFromString(text, "text/html");
  // An answer that some proxy wrote is no page of ours: what stands here stays.
  if (!page.querySelector("main h1")) return false;
  for (const part of [".top", "main"]) find(part)?.replaceWith(page.querySelector(part) ?? "");
  document.title = page.title;
  const own = find("[data-own]");
  // Their own place: an address that opens again, with the token in the fragment, which is sent nowhere.
  if (own) history.replaceState(null, "", own.href);
  for (const form of own ? document.querySelectorAll("[data-language]") : [])
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      location.assign(`/my-place?lang=${form.dataset.language}${location.hash}`);
    });
  ready();
  (find("[aria-invalid=true]") ?? find("[data-says]"))?.focus();
  return true;
};

const statusOf = ({ ok, status, headers }) => ({ ok, status, retryAfter: headers.get("retry-after") });

const secondsOf = (reply, tries) => {
  const told = Number(reply?.retryAfter) * 1000;
  // A little apart from all the others who were told the same.
  return (told || Math.min(latestMs, soonestMs * 2 ** tries)) + Math.random() * 1000;
};

const countDown = (until, then) => {
  const left = Math.ceil((until - Date.now()) / 1000);
  if (left <= 0) return then();
  const status = find("[data-status]");
  say(status.dataset.later.replace("{s}", left));
  // Once is enough for whoever has it read out.
  status.ariaLive = "off";
  timer = setTimeout(countDown, 500, until, then);
};

const send = async (tries = 0) => {
  clearTimeout(timer);
  sending += 1;
  const mine = sending;
  if (tries === 0) say(find("[data-status]").dataset.sending);
  const reply = await fetch(form().action, {
    method: "POST",
    body: new URLSearchParams([...new FormData(form())]),
    signal: AbortSignal.timeout(patienceMs),
  })
    // An answer that breaks off is none: it held the only link to the registration.
    .then(async (answer) => ({ ...statusOf(answer), text: await answer.text() }))
    .catch(() => undefined);
  if (mine !== sending) return;
  if (reply && reply.status < 500 && reply.status !== 429 && show(reply.text)) {
    if (reply.ok) erase();
    else if (form()) keep(false);
    return;
  }
  if (!read()) return stop();
  countDown(Date.now() + secondsOf(reply, tries), () => send(tries + 1));
};

const stop = () => {
  clearTimeout(timer);
  sending += 1;
  form().inert = false;
  say("");
  keep(false);
};

/** A page has come, whether by itself or as an answer. */
const ready = () => {
  const kept = find("[data-kept]");
  if (kept) kept.hidden = false;
  dispatchEvent(new Event("everydose:shown"));
};

document.addEventListener("submit", (event) => {
  if (event.target !== form()) return;
  event.preventDefault();
  keep(true);
  form().inert = true;
  send();
});
document.addEventListener("input", (event) => {
  if (event.target.form === form() && form()) keep(false);
});
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-stop]")) stop();
  if (!event.target.closest("[data-erase]")) return;
  clearTimeout(timer);
  sending += 1;
  erase();
  location.assign("/register");
});
addEventListener("online", () => {
  if (form()?.inert) send();
});

const kept = read();
ready();
if (!form() && kept) {
  const link = find("[data-resume]");
  const pathIn = (lang) => `${kept.path}&lang=${lang}`;
  if (kept.isSending && link) location.replace(pathIn(kept.lang));
  else if (link) {
    link.hidden = false;
    link.firstElementChild.href = pathIn(document.documentElement.lang);
  }
}
if (form() && kept?.region === new FormData(form()).get("region")) {
  restore(kept);
  if (kept.isSending) {
    form().inert = true;
    send();
  }
}
