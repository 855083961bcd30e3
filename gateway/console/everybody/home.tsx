import { Layout } from "../frame/layout.tsx";
import { Registration } from "../volunteers/registration.tsx";

const totals = [
  { dose: "announced", says: "announced" },
  { dose: "promised", says: "promised" },
  { dose: "used", says: "used" },
  { dose: "lost", says: "lost" },
];

const legend = [
  { dose: "free", says: "free" },
  { dose: "held", says: "somebody is asked" },
  { dose: "promised", says: "promised" },
  { dose: "used", says: "used" },
  { dose: "lost", says: "lost" },
];

const Doses = () => (
  <section aria-labelledby="today">
    <h2 id="today">
      Doses today <span class="live" data-live="waiting" aria-live="polite" />
    </h2>
    <dl class="totals">
      {totals.map(({ dose, says }) => (
        <div>
          <dt>{says}</dt>
          <dd data-total={dose}>–</dd>
        </div>
      ))}
    </dl>
    <ul class="legend" aria-label="What the dots mean">
      {legend.map(({ dose, says }) => (
        <li>
          <i class={`dose ${dose}`} /> {says}
        </li>
      ))}
    </ul>
    <div id="surpluses" />
    <p class="quiet" id="no-surplus">
      No doses are left over today. When a centre announces some, they appear here by themselves.
    </p>
    <noscript>
      <p class="quiet">This part follows the evening live, which needs JavaScript.</p>
    </noscript>
    <template id="surplus">
      <article class="surplus">
        <h3>
          <span data-is="municipality" /> <small data-is="centre" />
        </h3>
        <p class="state" data-is="state" />
        <p class="doses" data-is="doses" role="img" />
      </article>
    </template>
  </section>
);

const Platforms = () => (
  <section aria-labelledby="platforms-title">
    <h2 id="platforms-title">Platforms</h2>
    <table>
      <thead>
        <tr>
          <th scope="col">platform</th>
          <th scope="col">state</th>
          <th scope="col">last answer</th>
          <th scope="col" class="number">
            waiting
          </th>
        </tr>
      </thead>
      <tbody id="platforms" />
    </table>
    <noscript>
      <p class="quiet">
        The same, without JavaScript: <a href="/v1/platforms">/v1/platforms</a>
      </p>
    </noscript>
    <template id="platform">
      <tr>
        <th scope="row">
          <span data-is="name" />
          <small data-is="capabilities" />
        </th>
        <td>
          <span class="badge" data-is="state" />
          <small data-is="reading" />
          <small data-is="guard" />
          <small data-is="drift" />
        </td>
        <td data-is="answered" />
        <td class="number">
          <span data-is="backlog" />
          <small data-is="givenUp" />
        </td>
      </tr>
    </template>
  </section>
);

export const Home = ({ sandbox }: { sandbox: boolean }) => (
  <Layout
    {...{ title: "everydose", language: "en", width: "wide", styles: ["everybody.css"] }}
    scripts={["live.js", "registration.js"]}
    nav={[
      { to: "/register", says: "Register" },
      ...(sandbox ? [{ to: "/sandbox/messages", says: "Messages" }] : []),
    ]}
  >
    <Registration />
    <div class="lead">
      <h1>Every leftover dose finds its person</h1>
      <p>
        One reserve list over many booking platforms. A centre announces the doses that are left this evening;
        the gateway asks people in their region’s order, each with time to answer, and books whoever says yes.
      </p>
      {sandbox && (
        <p class="notice">
          This is a sandbox: the platforms are simulated, and every message stays{" "}
          <a href="/sandbox/messages">readable here</a>. Keys were printed at the start.
        </p>
      )}
    </div>
    <Doses />
    <Platforms />
  </Layout>
);
