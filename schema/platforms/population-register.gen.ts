// Written by adapters/kit/generate.ts from population-register.openapi.yaml; change that file, not this one.

export interface paths {
    "/checks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Whether what somebody declared is so
         * @description Looks somebody up by number, or by name and birth date where no number was declared. Nothing is written, so it may be asked again.
         */
        post: operations["check"];
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
        /** @enum {string} */
        Finding: "match" | "mismatch" | "withheld";
        Findings: {
            birthDate?: components["schemas"]["Finding"];
            found: boolean;
            postcode?: components["schemas"]["Finding"];
        };
        Question: {
            /** Format: date */
            birthDate: string;
            familyName: string;
            givenName: string;
            nationalNumber?: string;
            postcode?: string;
        };
        Refusal: {
            /** @enum {string} */
            error: "MALFORMED" | "WRONG_KEY";
        };
    };
    responses: {
        /** @description Not a question that this document knows */
        Malformed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Refusal"];
            };
        };
        /** @description No such service key */
        WrongKey: {
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
    check: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Question"];
            };
        };
        responses: {
            /** @description What was found */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Findings"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["WrongKey"];
        };
    };
}
