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
        Code: string;
        /** @example 18/05/2021 */
        Date: string;
        Invitation: {
            code: components["schemas"]["Code"];
            /**
             * @description VACCINATED is what Vaccinnet says, and ends the invitation
             * @enum {string}
             */
            state: "OPEN" | "RESERVED" | "VACCINATED";
        };
        Job: {
            job: string;
            /**
             * @description Of a job that failed
             * @enum {string}
             */
            reason?: "SLOT_FULL" | "SLOT_UNKNOWN" | "CODE_UNKNOWN" | "CODE_RESERVED" | "ALREADY_VACCINATED" | "RESERVATION_CANCELLED";
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
        /** @example 18:15 */
        Time: string;
        /** @enum {string} */
        VaccineLetter: "P" | "M" | "A" | "J";
    };
    responses: {
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
