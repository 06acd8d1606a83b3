/**
 * The scopes that latencies are kept for: traffic, its response, consumers.
 *
 * Nearly all messages are owed to one consumer; such a latency counts for its traffic and for its
 * consumer alike. It is recorded once, for the pair, and the two scopes are put together at the end:
 * breakdowns add up exactly.
 */
import { Breakdown } from './breakdown.js';
import type { LatencySummary } from './summary.js';
import { summaryOf } from './summary.js';

type Row = (Breakdown | undefined)[];

/** A distribution, and how many were never done. */
export interface Times {
  readonly all: Breakdown;
  readonly unfinished: number;
}

export class Scopes {
  /** Messages born, those answered at once, and those owed to nobody, by source. */
  readonly born: Float64Array;
  readonly answeredAtOnce: Float64Array;
  readonly toNobody: Float64Array;
  /** Obligations never done, by consumer. */
  readonly undone: Float64Array;
  private readonly responses: Row = [];
  /** Of messages owed to one consumer: by consumer, then by source. */
  private readonly singles: Row[] = [];
  /** Of messages owed to several: each obligation, and the last one done. */
  private readonly consumers: Row = [];
  private readonly sources: Row = [];

  /** `askers`: sources whose messages are done when they are answered. */
  constructor(
    names: number,
    private readonly askers: readonly number[] = [],
  ) {
    this.born = new Float64Array(names);
    this.answeredAtOnce = new Float64Array(names);
    this.toNobody = new Float64Array(names);
    this.undone = new Float64Array(names);
    for (let i = 0; i < names; i++) this.singles.push([]);
  }

  response(source: number): Breakdown {
    return (this.responses[source] ??= new Breakdown());
  }

  single(source: number, consumer: number): Breakdown {
    return (this.singles[consumer][source] ??= new Breakdown());
  }

  consumer(consumer: number): Breakdown {
    return (this.consumers[consumer] ??= new Breakdown());
  }

  source(source: number): Breakdown {
    return (this.sources[source] ??= new Breakdown());
  }

  // --- results -------------------------------------------------------------------------------

  /** Until the producer knew that its message was accepted. */
  responseTimes(source: number): Times {
    const all = new Breakdown();
    mergeInto(all, this.responses[source]);
    all.recordNothing(this.answeredAtOnce[source]);
    return { all, unfinished: this.born[source] - all.count };
  }

  /** From the send until all that came of the message was done. */
  trafficTimes(source: number): Times {
    if (this.askers.includes(source)) return this.responseTimes(source);
    const all = new Breakdown();
    for (const row of this.singles) mergeInto(all, row[source]);
    mergeInto(all, this.sources[source]);
    return { all, unfinished: this.born[source] - this.toNobody[source] - all.count };
  }

  /** From the message's own send until done at `consumer`. */
  consumerTimes(consumer: number): Times {
    const all = new Breakdown();
    for (const one of this.singles[consumer]) mergeInto(all, one);
    mergeInto(all, this.consumers[consumer]);
    return { all, unfinished: this.undone[consumer] };
  }

  responseSummary(source: number): LatencySummary {
    return summarized(this.responseTimes(source));
  }

  trafficSummary(source: number): LatencySummary {
    return summarized(this.trafficTimes(source));
  }

  consumerSummary(consumer: number): LatencySummary {
    return summarized(this.consumerTimes(consumer));
  }
}

function summarized({ all, unfinished }: Times): LatencySummary {
  return summaryOf(all, unfinished);
}

function mergeInto(all: Breakdown, one: Breakdown | undefined): void {
  if (one !== undefined) all.merge(one);
}
