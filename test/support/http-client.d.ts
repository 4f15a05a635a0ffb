/** The password of every sandbox account, and of those the tests make. */
export declare const sandboxPassword = "tranche-sandbox";
export type Json = Record<string, unknown>;
export type Reply<T = Json> = {
    readonly status: number;
    readonly body: T & Json;
    readonly headers: Headers;
    readonly bytes: Buffer;
};
export type Request = {
    /** who asks: the name of an account; nobody when absent */
    readonly as?: string;
    readonly body?: unknown;
    /** sent as it is, instead of `body` */
    readonly raw?: string | FormData;
    /** a fresh one when absent */
    readonly key?: string;
    /** which of the api processes; they take turns when absent */
    readonly api?: number;
};
/** Speaks to the running api processes as any other program could: HTTP, a bearer token, an Idempotency-Key on every write. */
export declare class HttpClient {
    private readonly addresses;
    private readonly tokens;
    private turn;
    constructor(addresses: readonly string[]);
    /** One request below /api/v1; the answer may be a problem document. */
    ask<T = Json>(method: string, path: string, { as, body, raw, key, api }?: Request): Promise<Reply<T>>;
    get<T = Json>(as: string, path: string): Promise<T>;
    post<T = Json>(as: string, path: string, body?: unknown): Promise<T>;
    /** Sends one file as a form does; the answer may be a problem document. */
    upload(as: string, path: string, fileName: string, content: string | Buffer, request?: Omit<Request, 'raw' | 'body'>): Promise<Reply>;
    /** Signs in once per account. */
    private token;
    private signIn;
}
/** The body of an answer that must be a yes. */
export declare function done<T>(what: string, { status, body }: Reply<T>): T;
/** A refusal in short: status and stable code. */
export declare const told: ({ status, body }: Reply) => [number, unknown];
/** Asks again and again until there is an answer; throws with what was being waited for when the time is over. */
export declare function waitFor<T>(what: string, ask: () => Promise<T | null | undefined | false>, withinMs?: number): Promise<T>;
