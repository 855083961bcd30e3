import type { PropsWithChildren } from "hono/jsx";

/** A dose in its vial: the page's icon, within the page, so that no request is made for it. */
const icon =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Ccircle cx='16' cy='16' r='13' fill='%230f766e'/%3E%3Cpath d='M9 17l5 5 9-11' fill='none' stroke='white' stroke-width='3.4' stroke-linecap='round' stroke-linejoin='round'/%3E%3C/svg%3E";

type Frame = PropsWithChildren<{ title: string; language?: string; scripts?: string[] }>;

export const Layout = ({ title, language = "en", scripts = [], children }: Frame) => (
  <html lang={language}>
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>{title}</title>
      <link rel="icon" href={icon} />
      <link rel="stylesheet" href="/style.css" />
      {scripts.map((script) => (
        <script type="module" src={script} />
      ))}
    </head>
    <body>{children}</body>
  </html>
);
