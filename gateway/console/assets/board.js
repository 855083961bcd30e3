import { countDown, keepTime } from "/countdown.js";
import { Idiomorph } from "/idiomorph.js";
import "/staff.js";

/*
 * The board, live. The gateway sends the parts that changed as they stand on a page; here they are put in so that whoever
 * is about to press or type something is not disturbed.
 */

const board = document.getElementById("board");
const mark = board.querySelector("[data-mark]");
const listOf = (name) => board.querySelector(`[data-people="${name}"]`);
const clock = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });

/* How it stands */

let heard = Date.now();
let lost;
const say = (state) => {
  if (state === "old" && mark.dataset.mark === "old") return;
  mark.dataset.mark = state;
  const words = mark.dataset[state].replace("{time}", clock.format(heard));
  mark.querySelector("[data-says]").textContent = words;
};

/* Parts that changed */

const morphing = {
  morphStyle: "outerHTML",
  ignoreActiveValue: true,
  callbacks: {
    // Whoever has begun to fill a form in goes on with it.
    beforeNodeMorphed: (old) => !(old instanceof HTMLFormElement && old.dataset.touched),
    beforeAttributeUpdated: (name, node) => !(name === "open" && node instanceof HTMLDetailsElement),
  },
};

const insert = (part, list, isBefore) => {
  const next = [...list.children].find((each) => isBefore(part, each));
  list.insertBefore(part, next ?? null);
};

const focusNear = (list, index) => {
  const next = list.children[Math.min(index, list.children.length - 1)];
  (next?.querySelector("summary") ?? document.getElementById("main")).focus();
};

/** What was pressed may be gone afterwards: whoever works with the keyboard goes on where they were. */
const morph = (old, part) => {
  const hadFocus = old.contains(document.activeElement);
  Idiomorph.morph(old, part, morphing);
  if (hadFocus && !old.contains(document.activeElement))
    (old.querySelector("summary") ?? document.getElementById("main")).focus();
};

const placePerson = (part) => {
  const old = document.getElementById(part.id);
  const { list, at } = part.dataset;
  if (old && old.dataset.list === list && old.dataset.at === at) return morph(old, part);
  const from = old?.parentElement;
  const index = from ? [...from.children].indexOf(old) : 0;
  const hadFocus = old?.contains(document.activeElement);
  old?.remove();
  part.classList.add("fresh");
  insert(part, listOf(list), (one, other) => one.dataset.at < other.dataset.at);
  if (hadFocus) focusNear(from, index);
};

const placeDoses = (part, order) => {
  const old = document.getElementById(part.id);
  if (old) return morph(old, part);
  const nth = ({ dataset }) => order.indexOf(dataset.surplus);
  insert(part, board.querySelector("[data-surpluses]"), (one, other) => nth(one) < nth(other));
};

const count = () => {
  for (const total of board.querySelectorAll("[data-total]"))
    total.textContent = String(listOf(total.dataset.total).children.length);
  board.querySelector('[data-none="coming"]').hidden = listOf("coming").children.length > 0;
  const announced = board.querySelector("[data-surpluses]").children.length > 0;
  board.querySelector('[data-none="announced"]').hidden = announced;
};

const put = (html) => {
  const template = document.createElement("template");
  template.innerHTML = html;
  const changes = template.content.firstElementChild;
  const order = changes.dataset.evening.split(" ");
  keepTime(changes.dataset.now);
  for (const part of [...changes.children]) {
    if (part.matches("[data-surplus]")) placeDoses(part, order);
    else placePerson(part);
  }
  for (const part of board.querySelectorAll("[data-surplus], [data-person]"))
    if (!order.includes(part.dataset.surplus ?? part.dataset.person)) part.remove();
  count();
  countDown();
};

/* The stream */

let source;
let opened = 0;
let position;
const alive = () => {
  heard = Date.now();
  lost = undefined;
  say("yes");
};

const open = () => {
  source?.close();
  opened = Date.now();
  const address = new URL(board.dataset.live, location.href);
  if (position) address.searchParams.set("after", position);
  source = new EventSource(address);
  source.addEventListener("open", alive);
  source.addEventListener("beat", alive);
  source.addEventListener("evening", ({ data, lastEventId }) => {
    position = lastEventId;
    put(data);
    alive();
  });
  source.addEventListener("error", () => {
    lost ??= Date.now();
    say(Date.now() - lost > 10_000 ? "old" : "waiting");
  });
};

/** The stream says every 15 seconds that it is there; a network may go without a word, and a tablet sleeps. */
const check = () => {
  const silent = Date.now() - heard > 40_000;
  if (silent) lost ??= heard;
  if (lost) say(silent || Date.now() - lost > 10_000 ? "old" : "waiting");
  const ended = source.readyState === EventSource.CLOSED;
  if ((silent || ended) && Date.now() - opened > 5_000) open();
};

/* What is pressed is sent without leaving the page; what came of it comes over the stream. */

const tell = (form, html) => {
  const place = form.closest("article, .body")?.querySelector("[data-said]");
  if (place) place.innerHTML = html;
};

const fold = (details) => {
  if (!details) return;
  const hadFocus = details.contains(document.activeElement);
  details.open = false;
  if (hadFocus) details.querySelector("summary").focus();
};

const send = async (form, pressed) => {
  tell(form, "");
  pressed?.setAttribute("aria-busy", "true");
  try {
    const body = new URLSearchParams(new FormData(form, pressed));
    const reply = await fetch(form.action, { method: "POST", body, headers: { "x-board": "1" } });
    // Whoever is signed out is led to where one signs in, by a page and not by a part of one.
    if (reply.redirected) return location.reload();
    if (!reply.ok) return tell(form, await reply.text());
    delete form.dataset.touched;
    fold(form.closest("details:not([id^='d-'])"));
  } catch {
    say("waiting");
  } finally {
    pressed?.removeAttribute("aria-busy");
  }
};

board.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-quiet]")) return;
  event.preventDefault();
  if (event.submitter?.getAttribute("aria-busy") !== "true") send(event.target, event.submitter);
});
board.addEventListener("input", ({ target }) => {
  if (target.form) target.form.dataset.touched = "yes";
});

keepTime(board.dataset.now);
countDown();
open();
setInterval(() => {
  countDown();
  check();
}, 1000);
// A network that is gone may leave the stream open and dumb for long: who knows of it first is the browser.
addEventListener("offline", () => {
  source.close();
  lost ??= Date.now();
  say("waiting");
});
for (const name of ["online", "pageshow"]) addEventListener(name, check);
document.addEventListener("visibilitychange", () => document.hidden || check());
