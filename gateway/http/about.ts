/* What the API's document says of the whole, before its addresses. Readers show it as Markdown. */

const description = `One reserve list over many booking platforms, so that no leftover vaccine dose is lost: a centre
announces doses, people are asked in the order that their region decides, and whoever says yes is booked.

## Who it is for

- **Anybody** reads where one can go, by which rules people are called, how today is going and the public figures, and
  registers. No key is needed.
- **Volunteers** reach what is their own by the token in a message that they got, and nobody else does.
- **Centres, agencies, helpers, auditors and reporting** come in with a key, or with an access token of their own
  identity provider. What each may do, and how far it reaches, is one table: \`docs/security.md\`.
- **Platforms** are asked by the gateway; some send news by themselves, signed in their own way.

The pages of this gateway are a client of this API and know nothing more than it tells.

## Signing in

Send \`Authorization: Bearer …\` with a key, an access token (RFC 9068) or the token of a message. The sandbox prints a
key of each kind when it starts. Somebody who reaches one region sees nothing of another, as if it were not there.

## Errors

Every refusal is a problem document (RFC 9457, \`application/problem+json\`). Branch on its \`code\`, which never changes;
\`title\` and \`detail\` are for people. \`issues\` name each field that is wrong, by JSON pointer in a body and by name
elsewhere. \`retry\` says whether the same request may succeed later, and \`Retry-After\` when. Give \`requestId\` where
you ask for help. Unknown fields and parameters are refused.

## Repeating safely

Send an \`Idempotency-Key\` (a string in quotes, such as a UUID) with a POST where it is offered: the same key and body
again are answered with the first answer, and nothing happens twice. The same key with another body is refused.

## Limits

Each address, token and key may ask so often in a minute; \`RateLimit\` says how often still (draft
ietf-httpapi-ratelimit-headers). Beyond that the answer is 429 with \`Retry-After\`. At the start of a campaign the gateway
may answer 503 with \`Retry-After\`, so that what it takes it also keeps; the place on the list does not depend on being
first.

## Pages

Long collections come in pages: \`limit\`, and \`next\` of one page as \`cursor\` of the following one. The last has no
\`next\`.

## Following the evening

\`GET /v1/live\` is a stream of server-sent events: \`today\` at once and after each change, always with all of today, so
that whoever missed one has missed nothing. \`GET /v1/today\` answers the same once.

Moments are ISO 8601 in UTC; days and hours of a region are those of its wall clocks (Europe/Brussels).`;

export const about = {
  openapi: "3.1.0",
  info: { title: "everydose", version: "0.1.0", description },
  security: [],
};
