// Written by adapters/kit/generate.ts from doclr.openapi.yaml; change that file, not this one.

export interface paths {
    "/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Invite a person, who gets a code */
        post: operations["createInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invitations/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What happened to official invitations, in the order in which it happened */
        get: operations["listChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invitations/reinstatement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make valid again what a supersession ended, and nothing else */
        post: operations["reinstate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invitations/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The codes of one person, by national number, or else by exact name and birth date */
        post: operations["searchInvitations"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invitations/supersession": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End a person's invitations, since they accepted a dose of a reserve list or were given one
         * @description A code that is open takes no more reservations. What the person reserved after `acceptedAt` is given back, with
         *     VACCINATED whatever they reserved; an earlier reservation stands, and one made by a partner does.
         */
        post: operations["supersede"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{job}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far a job is */
        get: operations["readJob"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reservations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The reservations of one centre on one day, cancelled ones included */
        get: operations["listReservations"];
        put?: never;
        /** Reserve a place in a slot */
        post: operations["reserve"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reservations/{reservation}/cancellation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a place back; the invitation can reserve again */
        post: operations["cancelReservation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/slots": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Slots with room on the days asked for, both included */
        get: operations["listSlots"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Centre: string;
        Change: {
            /** Format: date-time */
            at: string;
            /** @description Counts upwards without a gap */
            change: number;
            email?: string;
            /** @description A name of the invitation that is not its code and opens nothing */
            invitation: string;
            /**
             * @description INVITED, also once more after a reinstatement; RESERVED and RELEASED, a reservation made and given back;
             *     DECLINED by the person, WITHDRAWN by the authority or by a supersession; VACCINATED, DECEASED by a register.
             * @enum {string}
             */
            kind: "INVITED" | "RESERVED" | "RELEASED" | "DECLINED" | "WITHDRAWN" | "VACCINATED" | "DECEASED";
            mobile?: string;
            /** @description The partner's user that reserved or gave back; absent where it was anybody else */
            partner?: string;
            person: components["schemas"]["Person"];
        };
        Changes: {
            changes: components["schemas"]["Change"][];
            /** @description To be given as `after` */
            last: number;
            /** @description Whether another page follows now */
            more: boolean;
        };
        Code: string;
        /** @example 18/05/2021 */
        Date: string;
        Invitation: {
            code: components["schemas"]["Code"];
            /**
             * @description VACCINATED is what Vaccinnet says, and ends the invitation, as DECLINED and WITHDRAWN do
             * @enum {string}
             */
            state: "OPEN" | "RESERVED" | "VACCINATED" | "DECLINED" | "WITHDRAWN";
        };
        Job: {
            job: string;
            /**
             * @description Of a job that failed
             * @enum {string}
             */
            reason?: "SLOT_FULL" | "SLOT_UNKNOWN" | "CODE_UNKNOWN" | "CODE_ENDED" | "CODE_RESERVED" | "ALREADY_VACCINATED" | "RESERVATION_CANCELLED";
            /** @description Of a job that is done */
            reservation?: components["schemas"]["Reservation"];
            /** @enum {string} */
            state: "queued" | "running" | "done" | "failed";
        };
        NewInvitation: {
            email?: string;
            /** @enum {string} */
            language: "fr" | "nl" | "de" | "en";
            mobile?: string;
            person: components["schemas"]["Person"];
            postcode?: string;
        };
        NewReservation: {
            code: components["schemas"]["Code"];
            slot: string;
            /** @description Where the centre gives another than the slot's */
            vaccine?: components["schemas"]["VaccineLetter"];
        };
        Person: {
            birthDate: components["schemas"]["Date"];
            familyName: string;
            givenName: string;
            nationalNumber?: string;
        };
        Refusal: {
            /** @enum {string} */
            error: "MALFORMED" | "NO_ACCESS" | "UNKNOWN" | "PERSON_HAS_CODE" | "ALREADY_VACCINATED";
        };
        Reservation: {
            centre: components["schemas"]["Centre"];
            code: components["schemas"]["Code"];
            date: components["schemas"]["Date"];
            id: string;
            /** @description The partner's user that reserved; absent where the person did so on Doclr's own pages */
            partner?: string;
            /** @enum {string} */
            state: "ACTIVE" | "CANCELLED";
            time: components["schemas"]["Time"];
            vaccine: components["schemas"]["VaccineLetter"];
        };
        Slot: {
            centre: components["schemas"]["Centre"];
            date: components["schemas"]["Date"];
            free: number;
            id: string;
            minutes: number;
            time: components["schemas"]["Time"];
            vaccine: components["schemas"]["VaccineLetter"];
        };
        Supersession: {
            /** Format: date-time */
            acceptedAt: string;
            person: components["schemas"]["Person"];
            /** @enum {string} */
            reason: "RESERVE_LIST" | "VACCINATED";
        };
        /** @example 18:15 */
        Time: string;
        /** @enum {string} */
        VaccineLetter: "P" | "M" | "A" | "J";
    };
    responses: {
        /** @description The person's invitations as they are now; none where nobody is known */
        Invitations: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    invitations: components["schemas"]["Invitation"][];
                };
            };
        };
        /** @description Queued; Location is the address of the job */
        Queued: {
            headers: {
                Location: string;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Job"];
            };
        };
        /** @description Not carried out */
        Refused: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Refusal"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    createInvitation: {
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
            /** @description Invited */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invitation"];
                };
            };
            400: components["responses"]["Refused"];
            401: components["responses"]["Refused"];
            /** @description The person has a code already (PERSON_HAS_CODE), or has had their doses (ALREADY_VACCINATED) */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    listChanges: {
        parameters: {
            query?: {
                /** @description The number of the last change that is known; from the first one without it */
                after?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description At most a hundred changes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Changes"];
                };
            };
            400: components["responses"]["Refused"];
            401: components["responses"]["Refused"];
        };
    };
    reinstate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Person"];
            };
        };
        responses: {
            200: components["responses"]["Invitations"];
            400: components["responses"]["Refused"];
            401: components["responses"]["Refused"];
        };
    };
    searchInvitations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Person"];
            };
        };
        responses: {
            /** @description None, one, or several where somebody was entered twice */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        invitations: components["schemas"]["Invitation"][];
                    };
                };
            };
            400: components["responses"]["Refused"];
            401: components["responses"]["Refused"];
        };
    };
    supersede: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Supersession"];
            };
        };
        responses: {
            200: components["responses"]["Invitations"];
            400: components["responses"]["Refused"];
            401: components["responses"]["Refused"];
        };
    };
    readJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            401: components["responses"]["Refused"];
            404: components["responses"]["Refused"];
        };
    };
    listReservations: {
        parameters: {
            query: {
                centre: components["schemas"]["Centre"];
                date: components["schemas"]["Date"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description In the order in which they were made */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        reservations: components["schemas"]["Reservation"][];
                    };
                };
            };
            400: components["responses"]["Refused"];
            401: components["responses"]["Refused"];
        };
    };
    reserve: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewReservation"];
            };
        };
        responses: {
            202: components["responses"]["Queued"];
            400: components["responses"]["Refused"];
            401: components["responses"]["Refused"];
        };
    };
    cancelReservation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                reservation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: components["responses"]["Queued"];
            401: components["responses"]["Refused"];
            404: components["responses"]["Refused"];
        };
    };
    listSlots: {
        parameters: {
            query: {
                /** @description One that is not known has no slots */
                centre: components["schemas"]["Centre"][];
                from: components["schemas"]["Date"];
                until: components["schemas"]["Date"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description In order of centre and time */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        slots: components["schemas"]["Slot"][];
                    };
                };
            };
            400: components["responses"]["Refused"];
            401: components["responses"]["Refused"];
        };
    };
}
