// Written by adapters/kit/generate.ts from qvax.openapi.yaml; change that file, not this one.

export interface paths {
    "/answers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Answers in the order in which they came */
        get: operations["listAnswers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have Qvax invite somebody by text message and e-mail
         * @description `externalId` names the invitation: the same one again writes to nobody and returns the invitation as it is. The message says which `kind` it is and, to a standby, `knownBy`. The window runs from the moment when the message left, and ends at `knownBy` or `comeBefore` at the latest. Whoever answers after it, but before both of these, is heard all the same: the answer is listed, and the page says that the dose went on to somebody else and that one may come free.
         */
        post: operations["invite"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invitations/{externalId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                externalId: components["parameters"]["InvitationId"];
            };
            cookie?: never;
        };
        /** One invitation as it is now */
        get: operations["readInvitation"];
        put?: never;
        post?: never;
        /**
         * Take an invitation back
         * @description One that is answered, or lapsed and takes no late answer any more, stays as it is. Repeating it changes nothing more.
         */
        delete: operations["revokeInvitation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/registrations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Registrations in the order in which they last changed
         * @description A record that changes while one pages moves behind the last page, so it is seen again and none is missed. A cursor stays valid for ever, and is given on the last page too, to go on from later.
         */
        get: operations["listRegistrations"];
        put?: never;
        /** Register a person whose number is not known yet */
        post: operations["register"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/registrations/{registrationId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                registrationId: components["parameters"]["RegistrationId"];
            };
            cookie?: never;
        };
        get?: never;
        /**
         * Write everything about one registration anew
         * @description Repeating it changes nothing more. A corrected number is taken over, unless it is another registration's. State "on" switches somebody on again who was switched off or closed, with all that had been entered, and excuses whatever passed in silence before.
         */
        put: operations["replaceRegistration"];
        post?: never;
        /**
         * Close a registration and withdraw its open invitations
         * @description The record stays in the list with state "closed". Repeating it changes nothing more.
         */
        delete: operations["closeRegistration"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Answer: {
            /** @enum {unknown} */
            answer: "yes" | "no";
            /** Format: date-time */
            answeredAt: string;
            /** Format: uuid */
            externalId: string;
            /** @description Where the exact time is to be booked; null after a no, and where no dose is the person's yet: after a standby's yes and a late one */
            handover: components["schemas"]["Handover"] | null;
        };
        AnswerPage: {
            cursor: string;
            items: components["schemas"]["Answer"][];
            more: boolean;
        };
        Availability: {
            /** @description Whether it holds every week, or only for the seven days from `startsOn` */
            repeats: boolean;
            /** Format: date */
            startsOn?: string;
            /**
             * @description Monday to Sunday; in each day a flag for the morning (until 12:00), the afternoon (until 17:00) and the evening, 1 where one can come
             * @example [
             *       "000",
             *       "000",
             *       "110",
             *       "000",
             *       "000",
             *       "111",
             *       "111"
             *     ]
             */
            week: string[];
        };
        /** @example charleroi */
        CentreCode: string;
        Error: {
            /** @enum {unknown} */
            code: "malformed" | "wrong-key" | "unknown" | "number-known" | "not-valid" | "switched-off" | "too-fast";
            /** @description In English, without anything personal */
            message: string;
        };
        Handover: {
            centreCode: components["schemas"]["CentreCode"];
            /** Format: date-time */
            comeBefore: string;
            /** @example doclr */
            system: string;
        };
        Invitation: {
            /** Format: uuid */
            externalId: string;
            registrationId: string;
            /**
             * Format: date-time
             * @description When the message left; null while it has not
             */
            sentAt: string | null;
            /**
             * @description `queued`: the message has not left. `sent`: it has, and the window runs. `lapsed`: the window ended in silence, from which a late answer still leads to `yes` or `no`; or `knownBy` or `comeBefore` passed while the message was queued, which is then never sent.
             * @enum {unknown}
             */
            state: "queued" | "sent" | "yes" | "no" | "lapsed" | "revoked";
            /** Format: date-time */
            windowEndsAt: string | null;
        };
        /** @enum {unknown} */
        Language: "nl" | "fr" | "de" | "en";
        /**
         * @description Register number or BIS number, digits only
         * @example 50011599795
         */
        NationalNumber: string;
        NewInvitation: {
            centreCode: components["schemas"]["CentreCode"];
            /** Format: date-time */
            comeBefore: string;
            /** Format: uuid */
            externalId: string;
            /**
             * @description What the person is told. `hold`: the dose is theirs if they say yes within the window. `standby`: one may come free, and a yes makes them ready for it; they are told not to travel yet.
             * @enum {unknown}
             */
            kind: "hold" | "standby";
            /**
             * Format: date-time
             * @description When a standby knows at the latest whether a dose came free; answers count until then
             */
            knownBy: string;
            /** @description One of the two */
            recipient: {
                nationalNumber?: components["schemas"]["NationalNumber"];
                registrationId?: string;
            };
            windowMinutes: number;
        };
        NewRegistration: {
            availability?: components["schemas"]["Availability"];
            /**
             * Format: email
             * @description Of the person or of whoever helps
             */
            email: string;
            familyName: string;
            givenName: string;
            language?: components["schemas"]["Language"];
            /** @description Of the person or of whoever helps, in international form */
            mobile: string;
            nationalNumber: components["schemas"]["NationalNumber"];
            postcode?: components["schemas"]["Postcode"];
            state: components["schemas"]["State"];
        };
        NumberKnown: components["schemas"]["Error"] & {
            registrationId: string;
        };
        Postcode: string;
        Registration: {
            availability?: components["schemas"]["Availability"];
            /** @description The centre that Qvax assigned by postcode; null where none was given */
            centreCode: components["schemas"]["CentreCode"] | null;
            /** @description Null for some whom the helpline registered, who then have a mobile */
            email: string | null;
            familyName: string;
            givenName: string;
            language?: components["schemas"]["Language"];
            /** @description Null for some whom the helpline registered, who then have an e-mail address */
            mobile: string | null;
            nationalNumber: components["schemas"]["NationalNumber"];
            postcode?: components["schemas"]["Postcode"];
            registrationId: string;
            state: components["schemas"]["State"];
            /** Format: date-time */
            updatedAt: string;
        };
        RegistrationPage: {
            /**
             * Format: date-time
             * @description When Qvax read this page, on its own clock
             */
            asOf: string;
            cursor: string;
            items: components["schemas"]["Registration"][];
            more: boolean;
            /** @description How many registrations there are, on all pages from the beginning */
            total: number;
        };
        /**
         * @description `on`: may be invited. `off`: not invited until switched on again; Qvax does this to whoever lets a `hold` pass in silence, at its `knownBy`, unless they answered anything or were written as `on` after its window. The silence of a `standby` costs nothing and switches nobody off, since nothing was kept for them. `closed`: withdrawn or vaccinated.
         * @enum {unknown}
         */
        State: "on" | "off" | "closed";
    };
    responses: {
        /** @description The request is not as this document says */
        Malformed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description Well formed, but not possible, such as a number whose check digits are wrong */
        NotValid: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description This number is registered already, closed registrations included; the body says as which */
        NumberKnown: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["NumberKnown"];
            };
        };
        /** @description More requests than were agreed */
        TooFast: {
            headers: {
                /** @description Seconds to wait */
                "Retry-After": number;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description Qvax knows no such registration or invitation */
        Unknown: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description No key, or one that Qvax did not give */
        WrongKey: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
    };
    parameters: {
        /** @description As the page before gave it; its text means nothing outside Qvax. Absent, from the beginning. */
        Cursor: string;
        InvitationId: string;
        Limit: number;
        RegistrationId: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listAnswers: {
        parameters: {
            query?: {
                /** @description As the page before gave it; its text means nothing outside Qvax. Absent, from the beginning. */
                cursor?: components["parameters"]["Cursor"];
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, empty where nobody answered since the cursor */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnswerPage"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["WrongKey"];
            429: components["responses"]["TooFast"];
        };
    };
    invite: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewInvitation"];
            };
        };
        responses: {
            /** @description Known already */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invitation"];
                };
            };
            /** @description Made; the message has left, or is in the queue */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invitation"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["WrongKey"];
            404: components["responses"]["Unknown"];
            /** @description The person is switched off or closed, and is not written to */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooFast"];
        };
    };
    readInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                externalId: components["parameters"]["InvitationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The invitation */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invitation"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["WrongKey"];
            404: components["responses"]["Unknown"];
            429: components["responses"]["TooFast"];
        };
    };
    revokeInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                externalId: components["parameters"]["InvitationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is not open any more */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["WrongKey"];
            404: components["responses"]["Unknown"];
            429: components["responses"]["TooFast"];
        };
    };
    listRegistrations: {
        parameters: {
            query?: {
                /** @description As the page before gave it; its text means nothing outside Qvax. Absent, from the beginning. */
                cursor?: components["parameters"]["Cursor"];
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, empty where nothing changed since the cursor */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegistrationPage"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["WrongKey"];
            429: components["responses"]["TooFast"];
        };
    };
    register: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewRegistration"];
            };
        };
        responses: {
            /** @description Registered */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Registration"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["WrongKey"];
            409: components["responses"]["NumberKnown"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooFast"];
        };
    };
    replaceRegistration: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                registrationId: components["parameters"]["RegistrationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewRegistration"];
            };
        };
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Registration"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["WrongKey"];
            404: components["responses"]["Unknown"];
            409: components["responses"]["NumberKnown"];
            422: components["responses"]["NotValid"];
            429: components["responses"]["TooFast"];
        };
    };
    closeRegistration: {
        parameters: {
            query: {
                reason: "withdrawn" | "vaccinated";
            };
            header?: never;
            path: {
                registrationId: components["parameters"]["RegistrationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Closed */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["WrongKey"];
            404: components["responses"]["Unknown"];
            429: components["responses"]["TooFast"];
        };
    };
}
