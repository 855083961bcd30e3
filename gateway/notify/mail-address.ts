import { EmailOptions } from "./email.ts";

/** The mail server of an address such as "smtps://user:password@host"; `smtp:` is encrypted by STARTTLS. */
export const mailOptions = ({ url, from }: { url: string; from: string }): EmailOptions => {
  const { protocol, hostname, port, username, password } = new URL(url);
  const tls = protocol === "smtps:";
  const login = username
    ? { login: { user: decodeURIComponent(username), password: decodeURIComponent(password) } }
    : {};
  return EmailOptions.parse({
    ...{ host: hostname, port: Number(port || (tls ? 465 : 587)), from, ...login },
    security: tls ? "tls" : "starttls",
  });
};
