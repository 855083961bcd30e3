// Written by adapters/kit/generate.ts from smart-scheduling-links.openapi.yaml; change that file, not this one.

export interface paths {
    "/$bulk-publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which files there are */
        get: operations["readManifest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/locations.ndjson": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Places where appointments are, one on each line */
        get: operations["readLocations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/schedules.ndjson": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Calendars of services at those places, one on each line */
        get: operations["readSchedules"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/slots/{day}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                day: string;
            };
            cookie?: never;
        };
        /** Slots that begin on one day on the publisher's clock, one on each line */
        get: operations["readSlots"];
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
        Extension: {
            /** Format: uri */
            url: string;
            valueCoding?: {
                [key: string]: unknown;
            };
            /** @description Text is a known fault */
            valueInteger?: number | string;
            valueString?: string;
            valueUrl?: string;
        };
        Id: string;
        Location: {
            address: {
                city?: string;
                line?: string[];
                postalCode?: string;
                state?: string;
            };
            id: components["schemas"]["Id"];
            /** @description The place's names in other systems */
            identifier?: {
                system: string;
                value: string;
            }[];
            name: string;
            /** @constant */
            resourceType: "Location";
            telecom?: {
                /** @enum {string} */
                system: "phone" | "url";
                value: string;
            }[];
        };
        Manifest: {
            error?: unknown[];
            output: components["schemas"]["Output"][];
            /**
             * Format: uri
             * @description The manifest's own address
             */
            request: string;
            /**
             * Format: date-time
             * @description When all this was published
             */
            transactionTime: string;
        };
        Output: {
            extension?: {
                state?: string[];
            } | null;
            /** @description Location, Schedule or Slot; others are for others */
            type: string;
            /** Format: uri */
            url: string;
        };
        Reference: {
            /** @example Location/123 */
            reference: string;
        };
        Schedule: {
            actor: components["schemas"]["Reference"][];
            /** @description Which vaccine and which dose, where the publisher tells */
            extension?: components["schemas"]["Extension"][] | null;
            id: components["schemas"]["Id"];
            /** @constant */
            resourceType: "Schedule";
            serviceType: {
                [key: string]: unknown;
            }[];
        };
        Slot: {
            /** Format: date-time */
            end: string;
            /** @description A link and a telephone number to book by, and for how many people there is room (one, if not said) */
            extension?: components["schemas"]["Extension"][] | null;
            id: components["schemas"]["Id"];
            /** @constant */
            resourceType: "Slot";
            schedule: components["schemas"]["Reference"];
            /** Format: date-time */
            start: string;
            /** @enum {string} */
            status: "free" | "busy";
        };
    };
    responses: {
        /** @description It is what the client has */
        NotChanged: {
            headers: {
                [name: string]: unknown;
            };
            content?: never;
        };
    };
    parameters: {
        /** @description The ETag of what the client has */
        IfNoneMatch: string;
    };
    requestBodies: never;
    headers: {
        /** @description How long the publisher means to leave it so */
        CacheControl: string;
        /** @description Another one for any other content */
        ETag: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    readManifest: {
        parameters: {
            query?: {
                /** @description Only what changed since then, where the publisher can */
                _since?: string;
            };
            header?: {
                /** @description The ETag of what the client has */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The manifest */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Manifest"];
                };
            };
            304: components["responses"]["NotChanged"];
        };
    };
    readLocations: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of what the client has */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Locations */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/fhir+ndjson": components["schemas"]["Location"];
                };
            };
            304: components["responses"]["NotChanged"];
        };
    };
    readSchedules: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of what the client has */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Schedules */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/fhir+ndjson": components["schemas"]["Schedule"];
                };
            };
            304: components["responses"]["NotChanged"];
        };
    };
    readSlots: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of what the client has */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                day: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Slots, free ones and perhaps busy ones */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/fhir+ndjson": components["schemas"]["Slot"];
                };
            };
            304: components["responses"]["NotChanged"];
            /** @description The publisher has no such file */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": unknown;
                };
            };
        };
    };
}
