/** Plain counts: of traffic, of API requests, of what became of copies in their stores, of connections. */

/** How many operations a type may have. */
const OPERATIONS_MAX = 64;

export interface TrafficCounts {
  /** Messages made, and their bytes. */
  readonly sent: number;
  readonly bytes: number;
  /** Messages whose acceptance the producer learnt of, and those it gave up. */
  readonly accepted: number;
  readonly failed: number;
  /** Messages sent, each as often as it was tried. */
  readonly attempts: number;
  /** Its calls that were refused because of a rate. */
  readonly throttled: number;
}

export class TrafficCounter {
  readonly sent: Float64Array;
  private readonly bytes: Float64Array;
  readonly accepted: Float64Array;
  readonly failed: Float64Array;
  private readonly retries: Float64Array;
  private readonly refused: Float64Array;

  constructor(names: number) {
    this.sent = new Float64Array(names);
    this.bytes = new Float64Array(names);
    this.accepted = new Float64Array(names);
    this.failed = new Float64Array(names);
    this.retries = new Float64Array(names);
    this.refused = new Float64Array(names);
  }

  born(source: number, size: number): void {
    this.sent[source]++;
    this.bytes[source] += size;
  }

  answered(source: number): void {
    this.accepted[source]++;
  }

  gaveUp(source: number): void {
    this.failed[source]++;
  }

  retried(source: number): void {
    this.retries[source]++;
  }

  /** A call of `client` was refused because of a rate. */
  throttled(client: number): void {
    this.refused[client]++;
  }

  /** Attempts beyond the first. */
  retriesOf(source: number): number {
    return this.retries[source];
  }

  throttledOf(client: number): number {
    return this.refused[client];
  }

  of(source: number): TrafficCounts {
    return {
      sent: this.sent[source],
      bytes: this.bytes[source],
      accepted: this.accepted[source],
      failed: this.failed[source],
      attempts: this.sent[source] + this.retries[source],
      throttled: this.refused[source],
    };
  }
}

export class RequestCounter {
  /** By resource · 64 + operation. */
  private readonly requests: Float64Array;
  private readonly refused: Float64Array;

  constructor(names: number) {
    this.requests = new Float64Array(names * OPERATIONS_MAX);
    this.refused = new Float64Array(names * OPERATIONS_MAX);
  }

  request(resource: number, operation: number): void {
    this.requests[resource * OPERATIONS_MAX + operation]++;
  }

  throttled(resource: number, operation: number): void {
    this.refused[resource * OPERATIONS_MAX + operation]++;
  }

  /** API calls of one operation. */
  count(resource: number, operation: number): number {
    return this.requests[resource * OPERATIONS_MAX + operation];
  }

  /** Calls of any operation that were refused because of a rate. */
  throttledCalls(resource: number): number {
    const at = resource * OPERATIONS_MAX;
    return this.refused.subarray(at, at + OPERATIONS_MAX).reduce((sum, n) => sum + n, 0);
  }
}

export interface StoreCounts {
  readonly stored: number;
  readonly deleted: number;
  readonly expired: number;
  readonly purged: number;
  /** Copies that left for the dead-letter queue, and those that left one for where they came from. */
  readonly deadLettered: number;
  readonly redriven: number;
  /** Sends that stored nothing, since their deduplication id had been sent before. */
  readonly deduplicated: number;
  /** Polls that were answered with nothing, and all that were answered. */
  readonly emptyReceives: number;
  readonly receives: number;
}

export class StoreCounter {
  readonly stored: Float64Array;
  readonly deleted: Float64Array;
  readonly expired: Float64Array;
  readonly purged: Float64Array;
  readonly deadLettered: Float64Array;
  readonly redriven: Float64Array;
  readonly deduplicated: Float64Array;
  readonly receives: Float64Array;
  readonly emptyReceives: Float64Array;

  constructor(names: number) {
    this.stored = new Float64Array(names);
    this.deleted = new Float64Array(names);
    this.expired = new Float64Array(names);
    this.purged = new Float64Array(names);
    this.deadLettered = new Float64Array(names);
    this.redriven = new Float64Array(names);
    this.deduplicated = new Float64Array(names);
    this.receives = new Float64Array(names);
    this.emptyReceives = new Float64Array(names);
  }

  pollClosed(resource: number, messages: number): void {
    this.receives[resource]++;
    if (messages === 0) this.emptyReceives[resource]++;
  }

  of(resource: number): StoreCounts {
    return {
      stored: this.stored[resource],
      deleted: this.deleted[resource],
      expired: this.expired[resource],
      purged: this.purged[resource],
      deadLettered: this.deadLettered[resource],
      redriven: this.redriven[resource],
      deduplicated: this.deduplicated[resource],
      emptyReceives: this.emptyReceives[resource],
      receives: this.receives[resource],
    };
  }

  /** Copies that should be in any store now. */
  allPresent(): number {
    return this.stored.reduce((sum, _, resource) => sum + this.present(resource), 0);
  }

  /** Copies that should be in the store now. */
  present(resource: number): number {
    const gone =
      this.deleted[resource] +
      this.expired[resource] +
      this.purged[resource] +
      this.deadLettered[resource] +
      this.redriven[resource];
    return this.stored[resource] - gone;
  }
}

export class DatabaseCounter {
  /** Connections that were open at a time, at most. */
  readonly mostOpen: Float64Array;
  /** Statements that got no connection. */
  readonly refused: Float64Array;

  constructor(names: number) {
    this.mostOpen = new Float64Array(names);
    this.refused = new Float64Array(names);
  }

  connections(resource: number, open: number): void {
    if (open > this.mostOpen[resource]) this.mostOpen[resource] = open;
  }
}

export class FunctionCounter {
  /** Requests that environments took up, and those that one was started for. */
  readonly invocations: Float64Array;
  readonly coldStarts: Float64Array;

  constructor(names: number) {
    this.invocations = new Float64Array(names);
    this.coldStarts = new Float64Array(names);
  }

  invoked(fn: number, isCold: 0 | 1): void {
    this.invocations[fn]++;
    this.coldStarts[fn] += isCold;
  }
}
