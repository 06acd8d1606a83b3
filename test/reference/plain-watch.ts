// The observers once more, without tricks: every fact becomes an object with all that it says and the time, and a loop
// hands it to a list of observers that keep objects in maps. src/observe must give the same results.

import type { Facts, RunEnd } from '../../src/components/facts.js';
import { CopyStage, Outcome } from '../../src/components/facts.js';
import type { Messages } from '../../src/components/messages.js';
import type {
  Fact,
  PlainCopy,
  PlainHandOut,
  PlainMessage,
  PlainObligation,
  PlainObserver,
  Stretch,
} from './plain-facts.js';

/** Makes objects of facts. Rows become objects when they are first told of. */
export class PlainWatch implements Facts {
  readonly facts: Fact[] = [];
  private readonly messages = new Map<number, PlainMessage>();
  private readonly obligations = new Map<number, PlainObligation>();
  private readonly copies = new Map<number, PlainCopy>();
  private readonly handOuts = new Map<number, PlainHandOut>();
  /** Pasts of messages that are between two stores. */
  private readonly moving = new Map<PlainMessage, Stretch[]>();
  private lastTaken: PlainHandOut | null = null;

  constructor(
    private readonly clock: { readonly now: number },
    private readonly tables: () => Messages,
    private readonly delays: Float64Array,
    private readonly observers: readonly PlainObserver[],
  ) {}

  // --- producers ---

  born(source: number, row: number): void {
    const { size } = this.tables().messages;
    const message = {
      bornAt: this.clock.now,
      source,
      size: size[row],
      buffered: 0,
      obligations: [],
    };
    this.messages.set(row, message);
    this.tell('born', [source], { message });
  }

  answered(source: number, row: number): void {
    this.tell('answered', [source], { message: this.messageAt(row) });
  }

  gaveUp(source: number, row: number): void {
    this.tell('gaveUp', [source], { message: this.messageAt(row) });
  }

  attempted(source: number, messages: number): void {
    this.tell('attempted', [source, messages], {});
  }

  request(resource: number, operation: number, bytes: number): void {
    this.tell('request', [resource, operation, bytes], {});
  }

  throttled(resource: number, operation: number): void {
    this.tell('throttled', [resource, operation], {});
  }

  // --- copies ---

  owed(consumer: number, row: number): void {
    const message = this.messageAt(this.tables().obligations.message[row]);
    const obligation: PlainObligation = {
      message,
      consumer,
      copies: [],
      okRuns: 0,
      begunRuns: 0,
      failedLast: false,
      lastCause: 0,
      end: Outcome.Unfinished,
    };
    message.obligations.push(obligation);
    this.obligations.set(row, obligation);
    this.tell('owed', [consumer], { obligation, message });
  }

  stored(resource: number, row: number, stage: CopyStage): void {
    const obligation = this.obligationAt(this.tables().copies.obligation[row]);
    const { message } = obligation;
    const now = this.clock.now;
    const copy: PlainCopy = {
      obligation,
      store: resource,
      past: [],
      storedAt: now,
      availableAt: now,
    };
    const moved = this.moving.get(message);
    if (moved !== undefined) {
      copy.past = moved;
      this.moving.delete(message);
    } else if (obligation.copies.length > 0) {
      copy.past =
        this.lastTaken?.obligation === obligation
          ? this.pastOf(this.lastTaken)
          : this.appearing(message);
    } else copy.past = this.sending(message);
    obligation.copies.push(copy);
    this.copies.set(row, copy);
    this.tell('stored', [resource, stage], { copy, obligation, message });
  }

  visible(resource: number, row: number): void {
    const copy = this.copyAt(row);
    const now = this.clock.now;
    const delayEnds = copy.storedAt + Math.min(now - copy.storedAt, this.delays[resource]);
    copy.past = [...copy.past, ['delay', copy.storedAt, delayEnds], ['delivery', delayEnds, now]];
    copy.availableAt = now;
    this.tell('visible', [resource], {
      copy,
      obligation: copy.obligation,
      message: copy.obligation.message,
    });
  }

  taken(resource: number, row: number): void {
    const { copy: copyRow, consumer } = this.tables().deliveries;
    const copy = this.copyAt(copyRow[row]);
    copy.obligation.consumer = consumer[row];
    const past: Stretch[] = [...copy.past, [`wait@${resource}`, copy.availableAt, this.clock.now]];
    const handOut: PlainHandOut = {
      copy,
      obligation: copy.obligation,
      consumer: consumer[row],
      past,
      takenAt: this.clock.now,
      arrivedAt: null,
      runBeganAt: null,
      runEndedAt: null,
    };
    this.handOuts.set(row, handOut);
    this.lastTaken = handOut;
    this.tell('taken', [resource, consumer[row]], this.partsOf(handOut));
  }

  returned(resource: number, row: number): void {
    const handOut = this.handOutAt(row);
    handOut.copy.past = this.pastOf(handOut);
    handOut.copy.availableAt = this.clock.now;
    this.tell('returned', [resource], this.partsOf(handOut));
  }

  deleted(resource: number, row: number, stage: CopyStage): void {
    this.gone('deleted', resource, row, stage);
  }

  expired(resource: number, row: number, stage: CopyStage): void {
    this.gone('expired', resource, row, stage);
  }

  purged(resource: number, row: number, stage: CopyStage): void {
    this.gone('purged', resource, row, stage);
  }

  deadLettered(resource: number, row: number, target: number): void {
    const copy = this.copyAt(row);
    const wait: Stretch = [`wait@${resource}`, copy.availableAt, this.clock.now];
    this.moving.set(copy.obligation.message, [...copy.past, wait]);
    this.gone('deadLettered', resource, row, CopyStage.Visible, target);
  }

  pollOpened(resource: number, consumer: number, operation: number): void {
    this.tell('pollOpened', [resource, consumer, operation], {});
  }

  pollClosed(resource: number, consumer: number, messages: number, bytes: number): void {
    this.tell('pollClosed', [resource, consumer, messages, bytes], {});
  }

  // --- consumers ---

  loopFree(consumer: number, resource: number, worker: number): void {
    this.tell('loopFree', [consumer, resource, worker], {});
  }

  loopTaken(consumer: number, resource: number, worker: number): void {
    this.tell('loopTaken', [consumer, resource, worker], {});
  }

  arrived(consumer: number, resource: number, worker: number, first: number): void {
    const { next } = this.tables().deliveries;
    for (let row = first; row >= 0; row = next[row]) this.handOutAt(row).arrivedAt = this.clock.now;
    this.tell('arrived', [consumer, resource, worker], this.partsOf(this.handOutAt(first)));
  }

  runBegan(consumer: number, row: number, worker: number): void {
    const handOut = this.handOutAt(row);
    handOut.runBeganAt = this.clock.now;
    this.tell(
      'runBegan',
      [consumer, worker, this.tables().deliveries.cause[row]],
      this.partsOf(handOut),
    );
  }

  runEnded(consumer: number, row: number, worker: number, end: RunEnd): void {
    const handOut = this.handOutAt(row);
    handOut.runEndedAt = this.clock.now;
    this.tell(
      'runEnded',
      [consumer, worker, end, this.tables().deliveries.cause[row]],
      this.partsOf(handOut),
    );
  }

  settled(consumer: number, row: number, outcome: Outcome): void {
    const obligation = this.obligationAt(row);
    obligation.end = outcome;
    this.tell('settled', [consumer, outcome], { obligation, message: obligation.message });
  }

  // --- fleets ---

  instance(group: number, worker: number, state: number): void {
    this.tell('instance', [group, worker, state], {});
  }

  desired(group: number, capacity: number): void {
    this.tell('desired', [group, capacity], {});
  }

  alarm(owner: number, alarm: number, state: number): void {
    this.tell('alarm', [owner, alarm, state], {});
  }

  fault(resource: number, fault: number, on: number): void {
    this.tell('fault', [resource, fault, on], {});
  }

  // --- inside ---

  private tell(
    kind: string,
    args: readonly number[],
    of: Omit<Fact, 'kind' | 'time' | 'args'>,
  ): void {
    const fact: Fact = { kind, time: this.clock.now, args, ...of };
    this.facts.push(fact);
    for (const observer of this.observers) observer.on(fact);
  }

  private gone(kind: string, resource: number, row: number, stage: number, target = -1): void {
    const copy = this.copyAt(row);
    this.tell(kind, [resource, stage, target], {
      copy,
      obligation: copy.obligation,
      message: copy.obligation.message,
    });
  }

  /** From birth to the store. The buffer's time is known by then. */
  private sending(message: PlainMessage): Stretch[] {
    const sentAt = message.bornAt + message.buffered;
    return [
      ['batching', message.bornAt, sentAt],
      ['network', sentAt, this.clock.now],
    ];
  }

  private appearing(message: PlainMessage): Stretch[] {
    const sentAt = message.bornAt + message.buffered;
    return [
      ['batching', message.bornAt, sentAt],
      ['delivery', sentAt, this.clock.now],
    ];
  }

  /** A hand-out that did not do what was to be done, and all before it. */
  private pastOf(handOut: PlainHandOut): Stretch[] {
    const past = [...handOut.past];
    let until = handOut.takenAt;
    if (handOut.arrivedAt !== null) {
      past.push(['network', until, handOut.arrivedAt]);
      until = handOut.arrivedAt;
    }
    if (handOut.runEndedAt !== null && handOut.runBeganAt !== null) {
      past.push(
        ['batching', until, handOut.runBeganAt],
        ['handler', handOut.runBeganAt, handOut.runEndedAt],
      );
      until = handOut.runEndedAt;
    }
    past.push(['visibilityWait', until, this.clock.now]);
    return past;
  }

  private partsOf(handOut: PlainHandOut): Omit<Fact, 'kind' | 'time' | 'args'> {
    const { copy, obligation } = handOut;
    return { handOut, copy, obligation, message: obligation.message };
  }

  private messageAt(row: number): PlainMessage {
    const message = this.messages.get(row)!;
    message.buffered = this.tables().messages.buffered[row];
    return message;
  }

  private obligationAt(row: number): PlainObligation {
    return this.obligations.get(row)!;
  }

  private copyAt(row: number): PlainCopy {
    return this.copies.get(row)!;
  }

  private handOutAt(row: number): PlainHandOut {
    return this.handOuts.get(row)!;
  }
}
