/**
 * Endpoints: where pushed messages end or are taken over, each with what a service that pushes must know of it: its
 * protocol, how it takes a push, how many subscribers it stands for, and who else shares its rate. A type says it once
 * (`endpoint` of its schema); its component tells the world when it is built.
 */

/** As SNS names its protocols; `application` is mobile push. */
export const ENDPOINT_PROTOCOLS = [
  'sqs',
  'lambda',
  'firehose',
  'http',
  'email',
  'sms',
  'application',
] as const;
export type EndpointProtocol = (typeof ENDPOINT_PROTOCOLS)[number];

/** A rate that all endpoints of a kind share, in an account and region: messages a second. */
export interface EndpointRate {
  /** Endpoints with one name share one rate. */
  readonly name: string;
  readonly perSecond: number;
}

/** What one message costs that AWS's price list has no price for: an assumption of the scenario. */
export interface AssumedPrice {
  /** USD per part, a decimal string. */
  readonly usd: string;
  readonly partBytes: number;
  /** What is counted: `message parts`. */
  readonly unit: string;
  /** Where the figure stands: `resources.texts.assume.partPrice`. */
  readonly source: string;
}

export interface Endpoint {
  readonly protocol: EndpointProtocol;
  /** Which retry policy holds: AWS's for what AWS manages, for what customers manage, or HTTP's own. */
  readonly retries: 'awsManaged' | 'customerManaged' | 'http';
  /** How it takes a push (delivery/options.ts). */
  readonly takes: { readonly style: 'inbox' | 'call'; readonly operation: number };
  /** So many subscribers are one resource: each push counts, weighs and costs as many times. */
  readonly subscribers: number;
  readonly rate: EndpointRate | null;
  /** null: AWS's price list has the price of its protocol. */
  readonly price: AssumedPrice | null;
}

/** What of a resource an endpoint is made of: a checked one, or one that checks look at. */
export interface EndpointSource {
  readonly name: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly assume: Readonly<Record<string, unknown>>;
}

/** All endpoints of a world; one `world.shared(Endpoints)`. */
export class Endpoints {
  private readonly all = new Map<number, Endpoint>();

  /** While building. */
  set(id: number, endpoint: Endpoint): void {
    this.all.set(id, endpoint);
  }

  /** undefined: it is none. From `connect` on, all are known. */
  of(id: number): Endpoint | undefined {
    return this.all.get(id);
  }
}
