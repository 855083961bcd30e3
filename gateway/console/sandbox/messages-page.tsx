import { publicFrame } from "../everybody/public-frame.tsx";
import { Layout } from "../frame/layout.tsx";

/** A message that the sandbox kept instead of sending it to anybody. */
export type Message = {
  id: string;
  at: string;
  channel: "email" | "sms";
  to: string;
  subject: string;
  text: string;
};

const channels = { email: "e-mail", sms: "text message" } as const;

const moment = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/Brussels",
  dateStyle: "medium",
  timeStyle: "medium",
});

const Linked = ({ text }: { text: string }) => (
  <>
    {text.split(/(https?:\/\/\S+)/).map((part) => (/^https?:/.test(part) ? <a href={part}>{part}</a> : part))}
  </>
);

const Letter = ({ message }: { message: Message }) => (
  <article class="card letter">
    <p class="meta">
      {channels[message.channel]} to{" "}
      <a href={`/sandbox/messages?to=${encodeURIComponent(message.to)}`}>{message.to}</a>
      <time datetime={message.at}>{moment.format(Date.parse(message.at))}</time>
    </p>
    {message.subject && <h2>{message.subject}</h2>}
    <p class="text">
      <Linked text={message.text} />
    </p>
  </article>
);

export const Messages = ({ messages, to }: { messages: Message[]; to?: string }) => (
  <Layout {...publicFrame("en", { here: "messages", isSandbox: true })} title="Messages" style="sandbox.css">
    <div class="lead">
      <h1>Messages</h1>
      <p>What was written {to ? `to ${to}` : "to people"}, newest first. Nothing leaves this machine.</p>
      <p>
        <a href={to ? `/sandbox/messages?to=${encodeURIComponent(to)}` : "/sandbox/messages"}>
          Reload, to see the newest
        </a>
        {to && (
          <>
            {" "}
            · <a href="/sandbox/messages">Show everybody’s</a>
          </>
        )}
      </p>
    </div>
    {messages.map((message) => (
      <Letter message={message} />
    ))}
    {messages.length === 0 && <p class="quiet">Nothing has been written{to ? ` to ${to}` : ""} yet.</p>}
  </Layout>
);
