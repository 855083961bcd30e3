// Written by adapters/kit/generate.ts from doctena.openapi.yaml; change that file, not this one.

export interface paths {
    "/oauth/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A bearer token for this client */
        post: operations["createToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/agendas": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The agendas of those practices, by id */
        get: operations["listAgendas"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/appointments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The appointments that were ever made under a reference, by id */
        get: operations["findAppointments"];
        put?: never;
        /**
         * Holds a place in a slot for ten minutes
         * @description The reference is unique among this client's appointments that are held or confirmed. Where one exists, it
         *     is returned as it is (200) and nothing else in the request is looked at. A reference whose appointment
         *     has expired or was cancelled may be used again.
         */
        post: operations["holdAppointment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/appointments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Gives the place back, held or confirmed; one already given back stays so */
        delete: operations["cancelAppointment"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/appointments/{id}/confirmation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Makes an appointment of what is held; a repeat changes nothing */
        put: operations["confirmAppointment"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/appointments/{id}/patient": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Erases the patient of an appointment that is cancelled or past; its hour stays. A repeat changes nothing */
        delete: operations["erasePatient"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/practices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The practices that this client may see, by id */
        get: operations["listPractices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/practices/{id}/appointments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This client's appointments at a practice that are held or confirmed and start in [from, to), by id */
        get: operations["listAppointments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/slots": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The slots of some agendas that start in [from, to), by start, then id
         * @description A slot that is full is listed too, with `free` 0, so that pages do not move. None that is over.
         */
        get: operations["listSlots"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/waiting-list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The entries changed at or after an instant, or all, by id
         * @description Ids grow and are never given twice. An entry that was removed stays listed for ninety days, then it is
         *     erased, and whatever lies behind it moves up.
         */
        get: operations["listWaiting"];
        put?: never;
        /**
         * Enters a person under the client's reference, or replaces what stands under it
         * @description Someone whom the list has under another reference or none (the same national number; without one, the
         *     same names, year of birth and e-mail address or mobile number) keeps that entry, which takes this
         *     reference.
         */
        post: operations["putWaiting"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/waiting-list/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Replaces an entry */
        put: operations["replaceWaiting"];
        post?: never;
        /**
         * Takes someone off the list; one already taken off stays so
         * @description With the reason "erasure" the entry is erased at once, as after ninety days.
         */
        delete: operations["removeWaiting"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface webhooks {
    event: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["receiveEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface components {
    schemas: {
        Agenda: {
            id: components["schemas"]["Id"];
            /** @description For staff; often the brand that is given there */
            name: string;
            practiceId: components["schemas"]["Id"];
            products: components["schemas"]["Product"][];
        };
        AgendaPage: {
            items: components["schemas"]["Agenda"][];
            page: number;
            size: number;
            total: components["schemas"]["Total"];
        };
        Appointment: {
            /** @description While it is held */
            expiresAt?: components["schemas"]["Instant"];
            id: components["schemas"]["Id"];
            practiceId: components["schemas"]["Id"];
            reference: components["schemas"]["Reference"];
            slotId: components["schemas"]["Id"];
            start: components["schemas"]["LocalTime"];
            /** @enum {string} */
            state: "held" | "confirmed" | "expired" | "cancelled";
        };
        AppointmentCancelled: {
            appointmentId: components["schemas"]["Id"];
            at: components["schemas"]["Instant"];
            /** Format: uuid */
            delivery: string;
            reference: components["schemas"]["Reference"];
            /** @constant */
            type: "appointment.cancelled";
        };
        AppointmentList: {
            items: components["schemas"]["Appointment"][];
        };
        AppointmentPage: {
            items: components["schemas"]["Appointment"][];
            page: number;
            size: number;
            total: components["schemas"]["Total"];
        };
        AppointmentRequest: {
            patient: components["schemas"]["Patient"];
            product: components["schemas"]["Product"];
            reference: components["schemas"]["Reference"];
            slotId: components["schemas"]["Id"];
        };
        Email: string;
        Id: number;
        /**
         * Format: date-time
         * @example 2021-04-06T16:30:00.000Z
         */
        Instant: string;
        /** @enum {string} */
        Language: "fr" | "nl" | "de" | "en";
        /**
         * @description On the wall clock in Brussels, whole minutes, without an offset
         * @example 2021-04-06T18:30:00
         */
        LocalTime: string;
        Mobile: string;
        NationalNumber: string;
        Patient: {
            /** Format: date */
            birthDate: string;
            email?: components["schemas"]["Email"];
            firstName: string;
            language: components["schemas"]["Language"];
            lastName: string;
            mobile?: components["schemas"]["Mobile"];
            nationalNumber?: components["schemas"]["NationalNumber"];
            postcode?: components["schemas"]["PostCode"];
        };
        PostCode: string;
        Practice: {
            id: components["schemas"]["Id"];
            name: string;
            reference: components["schemas"]["Reference"];
        };
        PracticePage: {
            items: components["schemas"]["Practice"][];
            page: number;
            size: number;
            total: components["schemas"]["Total"];
        };
        /** @enum {string} */
        Product: "comirnaty" | "spikevax" | "vaxzevria" | "janssen";
        /** @description A client's own name for something; nothing about a person can be read from it */
        Reference: string;
        Refusal: {
            /** @enum {string} */
            code: "invalid_request" | "invalid_token" | "not_found" | "slot_gone" | "slot_full" | "hold_expired" | "already_booked" | "already_vaccinated" | "not_accepted" | "still_expected";
            message: string;
        };
        Slot: {
            agendaId: components["schemas"]["Id"];
            free: number;
            id: components["schemas"]["Id"];
            minutes: number;
            start: components["schemas"]["LocalTime"];
        };
        SlotPage: {
            items: components["schemas"]["Slot"][];
            page: number;
            size: number;
            total: components["schemas"]["Total"];
        };
        Token: {
            access_token: string;
            expires_in: number;
            /** @constant */
            token_type: "Bearer";
        };
        TokenRefusal: {
            /** @enum {string} */
            error: "invalid_request" | "invalid_client" | "unsupported_grant_type";
        };
        TokenRequest: {
            client_id: string;
            client_secret: string;
            /** @constant */
            grant_type: "client_credentials";
        };
        /** @description How many there are on all pages together */
        Total: number;
        WaitingChanged: {
            at: components["schemas"]["Instant"];
            /** Format: uuid */
            delivery: string;
            entry: components["schemas"]["WaitingEntry"];
            /** @constant */
            type: "waiting-list.changed";
        };
        WaitingEntry: {
            changedAt: components["schemas"]["Instant"];
            email?: components["schemas"]["Email"];
            firstName: string;
            id: components["schemas"]["Id"];
            language?: components["schemas"]["Language"];
            lastName: string;
            mobile?: components["schemas"]["Mobile"];
            nationalNumber?: components["schemas"]["NationalNumber"];
            postcode?: components["schemas"]["PostCode"];
            practices: components["schemas"]["Practice"][];
            reference?: components["schemas"]["Reference"];
            state: components["schemas"]["WaitingState"];
            yearOfBirth: number;
        };
        WaitingPage: {
            /** @description Of the page; what changes later has this or a later `changedAt` */
            asOf: components["schemas"]["Instant"];
            items: components["schemas"]["WaitingEntry"][];
            page: number;
            size: number;
            total: components["schemas"]["Total"];
        };
        /** @description An e-mail address or a mobile number is needed, or both. */
        WaitingPerson: {
            email?: components["schemas"]["Email"];
            firstName: string;
            language?: components["schemas"]["Language"];
            lastName: string;
            mobile?: components["schemas"]["Mobile"];
            nationalNumber?: components["schemas"]["NationalNumber"];
            postcode?: components["schemas"]["PostCode"];
            /** @description Where the person would go; none means anywhere */
            practiceIds: components["schemas"]["Id"][];
            reference: components["schemas"]["Reference"];
            state: components["schemas"]["WaitingState"];
            yearOfBirth: number;
        };
        /** @enum {string} */
        WaitingState: "waiting" | "paused" | "removed";
        WaitingVaccinated: {
            at: components["schemas"]["Instant"];
            /** Format: uuid */
            delivery: string;
            entryId: components["schemas"]["Id"];
            /** @constant */
            type: "waiting-list.vaccinated";
        };
        WebhookEvent: components["schemas"]["WaitingChanged"] | components["schemas"]["WaitingVaccinated"] | components["schemas"]["AppointmentCancelled"];
    };
    responses: {
        /** @description Why not */
        Refused: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Refusal"];
            };
        };
        /** @description As RFC 6749, section 5.2 */
        TokenRefused: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["TokenRefusal"];
            };
        };
    };
    parameters: {
        id: components["schemas"]["Id"];
        page: number;
        size: number;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    createToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": components["schemas"]["TokenRequest"];
            };
        };
        responses: {
            /** @description The token, and for how long it is good */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Token"];
                };
            };
            400: components["responses"]["TokenRefused"];
            401: components["responses"]["TokenRefused"];
        };
    };
    listAgendas: {
        parameters: {
            query?: {
                page?: components["parameters"]["page"];
                size?: components["parameters"]["size"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of agendas */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgendaPage"];
                };
            };
            400: components["responses"]["Refused"];
            401: components["responses"]["Refused"];
        };
    };
    findAppointments: {
        parameters: {
            query: {
                reference: components["schemas"]["Reference"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description At most one of them is held or confirmed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AppointmentList"];
                };
            };
            400: components["responses"]["Refused"];
            401: components["responses"]["Refused"];
        };
    };
    holdAppointment: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AppointmentRequest"];
            };
        };
        responses: {
            /** @description Held or confirmed before */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Appointment"];
                };
            };
            /** @description Held now */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Appointment"];
                };
            };
            400: components["responses"]["Refused"];
            401: components["responses"]["Refused"];
            409: components["responses"]["Refused"];
        };
    };
    cancelAppointment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The place is free */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Refused"];
            404: components["responses"]["Refused"];
        };
    };
    confirmAppointment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Confirmed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Appointment"];
                };
            };
            401: components["responses"]["Refused"];
            404: components["responses"]["Refused"];
            409: components["responses"]["Refused"];
        };
    };
    erasePatient: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Nobody knows any more whose it was */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Refused"];
            404: components["responses"]["Refused"];
            409: components["responses"]["Refused"];
        };
    };
    listPractices: {
        parameters: {
            query?: {
                page?: components["parameters"]["page"];
                size?: components["parameters"]["size"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of practices */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PracticePage"];
                };
            };
            400: components["responses"]["Refused"];
            401: components["responses"]["Refused"];
        };
    };
    listAppointments: {
        parameters: {
            query: {
                from: components["schemas"]["LocalTime"];
                page?: components["parameters"]["page"];
                size?: components["parameters"]["size"];
                to: components["schemas"]["LocalTime"];
            };
            header?: never;
            path: {
                id: components["parameters"]["id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of appointments */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AppointmentPage"];
                };
            };
            400: components["responses"]["Refused"];
            401: components["responses"]["Refused"];
        };
    };
    listSlots: {
        parameters: {
            query: {
                /** @description Agenda ids, separated by commas. An id that no agenda has is ignored. */
                agendaIds: string;
                from: components["schemas"]["LocalTime"];
                page?: components["parameters"]["page"];
                size?: components["parameters"]["size"];
                to: components["schemas"]["LocalTime"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of slots */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SlotPage"];
                };
            };
            400: components["responses"]["Refused"];
            401: components["responses"]["Refused"];
        };
    };
    listWaiting: {
        parameters: {
            query?: {
                changedSince?: components["schemas"]["Instant"];
                page?: components["parameters"]["page"];
                size?: components["parameters"]["size"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of entries */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WaitingPage"];
                };
            };
            400: components["responses"]["Refused"];
            401: components["responses"]["Refused"];
        };
    };
    putWaiting: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WaitingPerson"];
            };
        };
        responses: {
            /** @description Replaced */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WaitingEntry"];
                };
            };
            /** @description Entered */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WaitingEntry"];
                };
            };
            400: components["responses"]["Refused"];
            401: components["responses"]["Refused"];
        };
    };
    replaceWaiting: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WaitingPerson"];
            };
        };
        responses: {
            /** @description Replaced */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WaitingEntry"];
                };
            };
            400: components["responses"]["Refused"];
            401: components["responses"]["Refused"];
            404: components["responses"]["Refused"];
        };
    };
    removeWaiting: {
        parameters: {
            query: {
                reason: "withdrawn" | "vaccinated" | "erasure";
            };
            header?: never;
            path: {
                id: components["parameters"]["id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Off the list */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Refused"];
            401: components["responses"]["Refused"];
            404: components["responses"]["Refused"];
        };
    };
    receiveEvent: {
        parameters: {
            query?: never;
            header: {
                "doctena-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookEvent"];
            };
        };
        responses: {
            /** @description Taken */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
