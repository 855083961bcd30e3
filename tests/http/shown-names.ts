/*
 * The names that may stand in an answer, by who reads it. A name that is new in an answer fails until somebody has
 * decided here that its reader may see it; the names of what someone must not learn are in no list of theirs.
 */

const words = (text: string): string[] => text.split(/\s+/).filter(Boolean);

const week = "monday tuesday wednesday thursday friday saturday sunday";
const availability = `availability from week ${week} repeats exceptions day parts`;
const languages = "fr nl de en";
const rules = `region version from rules campaign consentText asks nationalNumber postcode email mobile
  minimumAge underAge order name fromAge toAge condition windowMinutes shortestWindowMinutes travelMinutes
  lastInvitationMinutes leaveWithinMinutes quietHours until standby messagesPerDose lastMinutes rule minutes
  pauseMinutes intervalDays spillOverKm dosesAtMost silencePausesDays
  vaccines vaccineFromAge pfizer moderna astrazeneca janssen
  budgets messagesPerPersonDay messagesPerContactDay messagesPerRegionHour helperAtMost retention leftDays closedDays
  doseDays doseKeeps listedDays tombstoneDays receiptDays tokenDays addressDays`;
const places = `items id region name municipality postcode latitude longitude serves nihii cbe centreBy postcodes ${languages}`;
const health = `name capabilities state lastSuccessAt lastFailureAt lastFault backlog givenUp
  reading kind begunAt done total perSecond secondsLeft haltedAt endedAt listed missing verdict
  traffic limits requestsPerSecond burst atOnce tokens running waiting heldUntil repeats repeatsLeft clockSkewSeconds
  ports port breaker since until calls callsAtOnce lastGoodAt lastGoodSeconds dropped *
  drifts operation pointer keyword documented came firstSeenAt lastSeenAt count status parts database`;
const slots = "slots id platform centre startsAt endsAt capacity sources state asOf";
const figures = `from until leastTold totals announced used lost hiddenWeeks regions region hiddenDays yes medianMinutes
  within minutes share hidden days day weeks week ages ageBand`;
const today = `id region centre municipality usableUntil announcedAt state doses free held promised used lost removed`;
const problem = "type title status code detail retry requestId issues in at";
const ownRegistration = `id region state givenName familyName birthDate nationalNumberKnown postcode contact email mobile
  helper name language ${availability} centres vaccines conditions consent textVersion at registeredAt`;
const ownInvitation = `id kind state centre name municipality postcode latitude longitude pausedUntil windowEndsAt knownBy comeBefore promise comeAt
  reason place group age before * policyVersion explanation language`;
const surplus = `items next id region campaign centre vaccine usableUntil announcedAt state doses
  free held promised used lost removed`;
const booking = "booking id surplus centre state at platform externalRef walkIn";
const event = `items next more specversion id source type subject time datacontenttype sequence data region centre surplus
  invitation booking registration campaign platform change webhook policyVersion kind fault because doses from to count`;
const webhook = `items id address types note owner role regions createdAt state disabledFor disabledAt failingSince restsUntil
  oldSecretUntil position waiting dead secret event taken at status fault milliseconds type attempts nextAt endedAt next`;
const steps =
  "surplus steps at actor event subject facts * anything replayed free held promised used lost removed agrees";
const rehearsal =
  "centre windowMinutes policyVersion called volunteer kind reason place group age before * explanation";
const pairs = `items next id regions state score reasons foundAt decidedAt decidedBy stays wouldStay
  one other region givenName familyName birthDate birthYearOnly nationalNumberKnown postcode contact email mobile
  helperName centres lastDoseOn platforms underWay registeredAt`;
const reading = "kind begunAt done total perSecond secondsLeft haltedAt endedAt listed missing verdict";
const change = `bindings changes region centre role platform from until change id centres roles before after inherited state
  undoes orderedBy orderedAt endedBy endedAt carryOver total done left carried asked refused
  volunteers lost field people missing withoutConsent inFlight invitations count bookings waiting order`;
const campaign = `items id name ${languages} regions from startsAt state orderedBy orderedAt endedBy endedAt
  asking total left written waiting yes no silent unreachable asked callableLater notAsked reason people`;
const comparison = `at platform compared equal inFlight mended missing not-asked moved renamed doubled not-ended unknown
  reported difference booking externalRef fault`;
const history = "platform from until hours hour calls failures backlog lastFault turns at state fault";
const calls = `items invitation kind place calls callBefore knownBy comeBefore givenName familyName contact email mobile
  language`;
const caller = `label by role regions id name ${languages} centres region validUntil routes`;
const card = "outcome objections bases what known by at";
const expected = `items ${booking} invitation givenName familyName birthDate declared card ${card}`;
const evening =
  "position centre at surpluses changed surplus asked id kind state windowEndsAt knownBy expected";
const appointment = `total state madeAt changedAt comeBefore asked kind windowEndsAt knownBy`;
const imported = "added changed unchanged left notUsable faults row column detail";
const work = `items id kind state regions centre platform campaign done total secondsLeft orderedBy orderedAt startedAt
  endedAt mayCancel fault read rows refused columns field column result added changed unchanged left notUsable toMend
  hasFile keptUntil`;
const toMend = "items row twiceOf cells field column text fault";
const report = `items day region province centre platform vaccine ageBand announced used lost
  version countedAt rows isLatest`;
const released = `publisher name homepage email licence dataset day until version isLatest publishedAt rows files format
  mediaType bytes sha256 path`;

const erasure = `id region cause askedAt doneAt keptUntil barredUntil receipts number platform what state at tries
  fault`;
const ownData = `format at region campaign state language items field value from by platform correct decides sentTo what
  consents purpose textVersion withdrawnAt invitations centre kind decidedAt bookings history actor event terms leftDays
  closedDays doseDays doseKeeps`;

/** Answers that everybody of these readers may be given; `registering`: by whoever has just said all of it themselves. */
export const mayBeShown = {
  anybody: words(`${rules} ${places} ${health} ${slots} ${figures} ${released} ${today} items`),
  registering: words(`volunteer token ${ownRegistration}`),
  volunteer: words(ownRegistration),
  /** By the link of a message alone. */
  linked: words("region state language consent textVersion pausedUntil token expiresAt"),
  holding: words(ownData),
  erased: words(`erasure token ${erasure}`),
  consenting: words(`version texts ${languages}`),
  invited: words(ownInvitation),
  renewing: words(`campaign id name ${languages} state consentText language callableFrom`),
  platform: words(`${event} ${webhook}`),
  staff:
    words(`${event} ${surplus} ${expected} ${booking} ${steps} ${rehearsal} ${pairs} ${reading} ${calls} ${imported}
    ${evening} ${appointment}
    ${work} ${toMend}
    ${ownInvitation}`),
  /** By staff who said why. */
  revealed: ["nationalNumber"],
  agency:
    words(`${event} ${webhook} ${work} ${surplus} ${steps} ${rehearsal} ${pairs} ${reading} ${change} ${campaign} ${comparison} ${report} ${rules}
    ${history} ${erasure} reference items next until kind count earliest became about
    results status replayed registered volunteer token problem ${ownRegistration} ${problem}`),
  reporting: words(`${report} ${event}`),
  caller: words(caller),
  deciding:
    words(`items id why who routes helper staff lead agency reporting platform operator auditor volunteer
    signedPlatform anybody`),
  operator: words("items label role regions centres issuedAt key"),
  // What a line of the audit says is no shape of the API's; docs/audit.md says that it names nobody, and its tests hold it.
  auditor: words(
    "items next searchedTo signed number at actor actorKind event subject facts * anything hash",
  ),
} as const;
export type Reader = keyof typeof mayBeShown;

/** Who reads the answers of each route; one without an entry fails. */
export const readers: Record<string, Reader[]> = {
  "POST /v1/volunteers": ["registering"],
  "POST /v1/volunteers/recover": ["anybody"],
  "GET /v1/volunteer": ["volunteer"],
  "PATCH /v1/volunteer": ["volunteer"],
  "GET /v1/volunteer/standing": ["linked"],
  "POST /v1/volunteer/session": ["linked"],
  "POST /v1/volunteer/pause": ["linked"],
  "POST /v1/volunteer/resume": ["linked"],
  "POST /v1/volunteer/consent": ["linked"],
  "POST /v1/volunteer/withdraw": ["linked"],
  "GET /v1/volunteer/data": ["holding"],
  "GET /v1/volunteer/export": ["holding"],
  "POST /v1/volunteer/correct": ["volunteer"],
  "POST /v1/volunteer/consents/{purpose}/withdraw": ["holding"],
  "POST /v1/volunteer/consents/{purpose}/give": ["holding"],
  "POST /v1/volunteer/erase": ["erased"],
  "GET /v1/erasure": ["erased"],
  "GET /v1/consent-texts/{version}": ["consenting"],
  "GET /v1/letters": ["agency"],
  "GET /v1/retention": ["agency"],
  "GET /v1/erasures": ["agency"],
  "GET /v1/erasures/{id}": ["agency"],
  "POST /v1/erasures/{id}/receipts/{receipt}/done": ["agency"],
  "POST /v1/volunteers/batch": ["agency"],
  "GET /v1/regions": ["anybody"],
  "GET /v1/regions/{region}": ["anybody"],
  "GET /v1/centres": ["anybody"],
  "GET /v1/centres/{centre}": ["anybody"],
  "GET /v1/regions/{region}/policy": ["anybody"],
  "GET /v1/regions/{region}/policies": ["agency"],
  "POST /v1/regions/{region}/policies": ["agency"],
  "POST /v1/policies/dry-run": ["staff", "agency"],
  "POST /v1/surpluses": ["staff"],
  "GET /v1/surpluses": ["staff", "agency"],
  "GET /v1/surpluses/{id}": ["staff"],
  "PATCH /v1/surpluses/{id}": ["staff"],
  "POST /v1/surpluses/{id}/cancel": ["staff"],
  "GET /v1/surpluses/{id}/expected": ["staff"],
  "GET /v1/surpluses/{id}/steps": ["staff", "agency"],
  "POST /v1/surpluses/{id}/walk-ins": ["staff"],
  "PATCH /v1/bookings/{id}": ["staff"],
  "POST /v1/bookings/{id}/card": ["staff"],
  "POST /v1/bookings/{id}/reveal": ["revealed"],
  "GET /v1/invitation": ["invited"],
  "POST /v1/invitation/accept": ["invited"],
  "POST /v1/invitation/decline": ["invited"],
  "POST /v1/invitation/cancel": ["invited"],
  "GET /v1/renewal": ["renewing"],
  "POST /v1/renewal/accept": ["renewing"],
  "POST /v1/renewal/decline": ["renewing"],
  "GET /v1/campaigns": ["agency"],
  "POST /v1/campaigns": ["agency"],
  "POST /v1/campaigns/rehearsal": ["agency"],
  "GET /v1/campaigns/{id}": ["agency"],
  "DELETE /v1/campaigns/{id}": ["agency"],
  "POST /v1/campaigns/{id}/halt": ["agency"],
  "POST /v1/campaigns/{id}/resume": ["agency"],
  "GET /v1/bindings": ["agency"],
  "POST /v1/bindings": ["agency"],
  "POST /v1/bindings/rehearsal": ["agency"],
  "GET /v1/bindings/{id}": ["agency"],
  "PATCH /v1/bindings/{id}": ["agency"],
  "DELETE /v1/bindings/{id}": ["agency"],
  "POST /v1/bindings/{id}/undo": ["agency"],
  "POST /v1/bindings/{id}/halt": ["agency"],
  "POST /v1/bindings/{id}/resume": ["agency"],
  "GET /v1/centres/{centre}/evening": ["staff"],
  "GET /v1/centres/{centre}/live": ["staff"],
  "GET /v1/centres/{centre}/calls": ["staff"],
  "GET /v1/appointments": ["staff"],
  "GET /v1/appointments/{id}": ["staff"],
  "POST /v1/invitations/{id}/call": ["staff"],
  "POST /v1/centres/{centre}/imports": ["staff"],
  "GET /v1/centres/{centre}/exports": ["staff"],
  "POST /v1/centres/{centre}/exports": ["staff"],
  "GET /v1/centres/{centre}/imports/model": ["staff"],
  "GET /v1/work": ["staff", "agency"],
  "GET /v1/work/{id}": ["staff", "agency"],
  "POST /v1/work/{id}/cancel": ["staff", "agency"],
  "POST /v1/work": ["staff"],
  "POST /v1/work/{id}/start": ["staff"],
  "GET /v1/work/{id}/rows": ["staff"],
  "POST /v1/work/{id}/rows": ["staff"],
  "POST /v1/work/{id}/file": ["staff"],
  "GET /v1/slots": ["anybody"],
  "GET /v1/pairs": ["staff", "agency"],
  "GET /v1/pairs/{id}": ["staff", "agency"],
  "POST /v1/pairs/{id}/merge": ["staff", "agency"],
  "POST /v1/pairs/{id}/keep-apart": ["staff", "agency"],
  "POST /v1/pairs/{id}/undo": ["staff", "agency"],
  "POST /v1/platforms/{platform}/reconciliation": ["agency"],
  "GET /v1/platforms/{platform}/reconciliation": ["agency"],
  "GET /v1/platforms/{platform}/history": ["agency"],
  "GET /v1/platforms": ["anybody"],
  "POST /v1/platforms/{platform}/events": ["platform"],
  "POST /v1/platforms/{platform}/reading": ["staff", "agency"],
  "POST /v1/platforms/{platform}/reading/halt": ["agency"],
  "GET /v1/reports/doses": ["reporting", "agency"],
  "GET /v1/events": ["staff", "agency", "platform", "reporting"],
  "GET /v1/webhooks": ["agency", "platform"],
  "POST /v1/webhooks": ["agency", "platform"],
  "GET /v1/webhooks/{id}": ["agency", "platform"],
  "PATCH /v1/webhooks/{id}": ["agency", "platform"],
  "DELETE /v1/webhooks/{id}": ["agency", "platform"],
  "POST /v1/webhooks/{id}/secret": ["agency", "platform"],
  "POST /v1/webhooks/{id}/test": ["agency", "platform"],
  "POST /v1/webhooks/{id}/replay": ["agency", "platform"],
  "GET /v1/webhooks/{id}/deliveries": ["agency", "platform"],
  "GET /v1/reports/days": ["reporting", "agency"],
  "GET /v1/reports/days/{day}/{format}": ["reporting", "agency"],
  "GET /v1/reports/days/{day}/versions/{version}/{format}": ["reporting", "agency"],
  "GET /v1/caller": ["caller"],
  "GET /v1/permissions": ["deciding"],
  "POST /v1/keys": ["operator"],
  "GET /v1/keys": ["operator"],
  "DELETE /v1/keys/{label}": ["operator"],
  "GET /v1/regions/{region}/audit": ["auditor"],
  "GET /v1/audit": ["auditor"],
  "GET /v1/regions/{region}/audit/lines": ["auditor"],
  "GET /v1/audit/lines": ["auditor"],
  "GET /v1/live": ["anybody"],
  "GET /v1/today": ["anybody"],
  "GET /v1/figures": ["anybody"],
  "GET /v1/figures.csv": ["anybody"],
  "GET /v1/releases": ["anybody"],
  "GET /v1/releases/{dataset}/{day}/{format}": ["anybody"],
  "GET /v1/releases/{dataset}/{day}/versions/{version}/{format}": ["anybody"],
  "GET /health": ["anybody"],
};
