// Written by adapters/kit/generate.ts from local-list.openapi.yaml; change that file, not this one.

export interface paths {
    "/lists": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The centres that have a list here */
        get: operations["listLists"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/lists/{centre}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The centre's name as the gateway writes it */
                centre: string;
            };
            cookie?: never;
        };
        /** One list, as it was last saved */
        get: operations["readList"];
        /**
         * Save a list
         * @description In place of the version that the writer saw (If-Match), or as the first (If-None-Match with "*"). Without either the share refuses: it keeps no older versions.
         */
        put: operations["saveList"];
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
        Directory: {
            lists: {
                centre: string;
            }[];
        };
        /**
         * Format: binary
         * @description Bytes; the encoding of a CSV is whatever the centre's program wrote
         */
        File: string;
        Refusal: {
            /** @enum {string} */
            error: "wrong-token" | "no-such-list" | "changed-meanwhile" | "not-a-list" | "no-condition";
        };
    };
    responses: {
        /** @description The token is missing or not the share's */
        WrongToken: {
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
    headers: {
        /** @description A strong validator, in quotation marks */
        ETag: string;
        /** @description When the list was last saved, as an HTTP date */
        LastModified: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listLists: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every list, in no particular order */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Directory"];
                };
            };
            401: components["responses"]["WrongToken"];
        };
    };
    readList: {
        parameters: {
            query?: never;
            header?: {
                /** @description An ETag from before; an unchanged list is then not sent again */
                "If-None-Match"?: string;
            };
            path: {
                /** @description The centre's name as the gateway writes it */
                centre: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Last-Modified": components["headers"]["LastModified"];
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": components["schemas"]["File"];
                    "text/csv": components["schemas"]["File"];
                };
            };
            /** @description Not changed since */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["WrongToken"];
            /** @description This centre has no list here */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    saveList: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the version that this one is made from */
                "If-Match"?: string;
                /** @description For a list that is not there yet */
                "If-None-Match"?: "*";
            };
            path: {
                /** @description The centre's name as the gateway writes it */
                centre: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": components["schemas"]["File"];
                "text/csv": components["schemas"]["File"];
            };
        };
        responses: {
            /** @description Saved as the first version */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Saved */
            204: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["WrongToken"];
            /** @description Somebody else saved in the meantime; read again and repeat the change */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Neither CSV nor XLSX */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            /** @description Neither If-Match nor If-None-Match was given */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
}
