const find = (id) => document.getElementById(id);
const clock = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/Brussels",
  hour: "2-digit",
  minute: "2-digit",
});
const time = (at) => clock.format(Date.parse(at));
const shown = ["used", "promised", "held", "free", "lost"];

/** A copy of a template with each part named in `facts` filled in. */
const filled = (template, facts) => {
  const copy = find(template).content.cloneNode(true);
  for (const part of copy.querySelectorAll("[data-is]"))
    part.append(...[facts[part.dataset.is] ?? ""].flat());
  return copy.firstElementChild;
};

const dotsOf = (doses) =>
  shown.flatMap((state) =>
    Array.from({ length: doses[state] }, () => {
      const dot = document.createElement("i");
      dot.className = `dose ${state}`;
      return dot;
    }),
  );

const saying = ({ state, usableUntil, doses }) => {
  if (state === "cancelled") return "cancelled by the centre";
  if (state === "closed") return `ended at ${time(usableUntil)}`;
  const sought = doses.free + doses.held;
  return sought > 0
    ? `looking for ${sought === 1 ? "one person" : `${sought} people`}, usable until ${time(usableUntil)}`
    : `everybody found, usable until ${time(usableUntil)}`;
};

const cardOf = (surplus) => {
  const card = filled("surplus", { ...surplus, state: saying(surplus), doses: dotsOf(surplus.doses) });
  const counts = shown
    .filter((state) => surplus.doses[state])
    .map((state) => `${surplus.doses[state]} ${state}`);
  card.querySelector(".doses").ariaLabel = counts.join(", ");
  card.classList.toggle("over", surplus.state !== "open");
  return card;
};

const showToday = (surpluses) => {
  const sum = (...states) =>
    surpluses.reduce((total, { doses }) => states.reduce((all, state) => all + doses[state], total), 0);
  const totals = {
    announced: sum(...shown),
    promised: sum("promised"),
    used: sum("used"),
    lost: sum("lost"),
  };
  for (const part of document.querySelectorAll("[data-total]")) part.textContent = totals[part.dataset.total];
  find("surpluses").replaceChildren(...surpluses.map(cardOf));
  find("no-surplus").hidden = surpluses.length > 0;
};

const number = (count) => count.toLocaleString("en-GB");
const duration = (seconds) =>
  seconds < 90
    ? `${seconds} s`
    : seconds < 5400
      ? `${Math.round(seconds / 60)} min`
      : `${Math.round(seconds / 3600)} h`;

/** How far a list has been read, and whether staff should look at what came of it. */
const readingOf = ({ done, total, perSecond, secondsLeft, endedAt, missing, verdict } = {}) => {
  if (done === undefined) return "";
  if (endedAt) return verdict === "doubted" ? `list doubted: ${number(missing)} missing, nobody removed` : "";
  const parts = [
    `reading list: ${number(done)}${total === undefined ? " so far" : ` of ${number(total)}`}`,
    perSecond === undefined ? "" : `${number(Math.round(perSecond))} a second`,
    secondsLeft === undefined ? "" : `${duration(secondsLeft)} left`,
  ];
  return parts.filter(Boolean).join(", ");
};

/** Which ports are left alone for a while, since they failed again and again. */
const guardOf = (ports) => {
  const open = ports.filter(({ breaker }) => breaker !== "closed").map(({ port }) => port);
  return open.length > 0 ? `left alone for a while: ${open.join(", ")}` : "";
};

/** In what its answers differ from its API document; the first of it, and how much more. */
const driftOf = ([first, ...more]) => {
  if (!first) return "";
  const { operation, pointer, documented, came } = first;
  const others = more.length > 0 ? `, and ${more.length} more` : "";
  return `drifted since ${time(first.firstSeenAt)}: ${operation} ${pointer} is ${came}, documented: ${documented}${others}`;
};

const rowOf = ({ name, capabilities, state, lastSuccessAt, backlog, givenUp, reading, ports, drifts }) => {
  const row = filled("platform", {
    name,
    capabilities: capabilities.join(", "),
    state: state === "unknown" ? "not asked" : state,
    answered: lastSuccessAt ? time(lastSuccessAt) : "–",
    backlog: String(backlog),
    givenUp: givenUp > 0 ? `${givenUp} given up` : "",
    reading: readingOf(reading),
    guard: guardOf(ports),
    drift: driftOf(drifts),
  });
  row.querySelector(".badge").classList.add(state);
  return row;
};

const showPlatforms = async () => {
  try {
    const reply = await fetch("/v1/platforms");
    if (!reply.ok) return;
    const { items } = await reply.json();
    find("platforms").replaceChildren(...items.map(rowOf));
  } catch {
    // The mark beside "Doses today" says that the gateway is away; the last known state stays on the page.
  }
};

const mark = document.querySelector("[data-live]");
const say = (live) => {
  mark.dataset.live = live;
  mark.textContent = live === "yes" ? "live" : "connecting…";
};

const source = new EventSource("/v1/live");
source.addEventListener("open", () => say("yes"));
source.addEventListener("error", () => say("waiting"));
source.addEventListener("today", ({ data }) => showToday(JSON.parse(data)));

showPlatforms();
setInterval(() => document.hidden || showPlatforms(), 3000);
