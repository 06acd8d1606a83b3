/**
 * Facts: what components tell about themselves, one method per kind.
 *
 * A fact is a call with integers only: who (a resource number), which row, at most two numbers.
 * It carries no time (whoever listens reads the kernel's clock) and no text. Components do not know
 * who listens: measurements, money, invariants, traces and the fingerprint are all made of these
 * facts (observe/watch.ts), and listeners only read.
 *
 * Order matters: a fact is told after the state it speaks of has changed, and before the row it
 * names is freed. A new kind of fact is one method here.
 */

/** How a run of a handler ended. Skipped: well, since a step `once` had seen the message before. */
export const RunEnd = { Ok: 0, Failed: 1, Crashed: 2, Killed: 3, Skipped: 4 } as const;
export type RunEnd = (typeof RunEnd)[keyof typeof RunEnd];

/** Why a message was handled once more than needed (docs/scenario.md); 0 is "no cause known". */
export const CAUSES = [
  'visibilityTimeout',
  'crash',
  'scaleIn',
  'lostDelete',
  'lostReceive',
  'spontaneousCopy',
  'partialBatch',
  'producerRetry',
  'deliveryRetry',
  'asyncRetry',
  'leaseHandover',
  'redrive',
  'replay',
] as const;
export type CauseName = (typeof CAUSES)[number];
/** The number of a cause: its place in CAUSES, from 1. */
export const Cause = {
  None: 0,
  VisibilityTimeout: 1,
  Crash: 2,
  ScaleIn: 3,
  LostDelete: 4,
  LostReceive: 5,
  SpontaneousCopy: 6,
  PartialBatch: 7,
  ProducerRetry: 8,
  DeliveryRetry: 9,
  AsyncRetry: 10,
  LeaseHandover: 11,
  Redrive: 12,
  Replay: 13,
} as const;
export type Cause = (typeof Cause)[keyof typeof Cause];

/** Why an obligation was lost (OUTPUTS: causes of `lost`). */
export const LOSSES = [
  'deliveryExhausted',
  'deliveryRefused',
  'deletedOnReceipt',
  'purge',
  'resourceDeleted',
  'bufferLost',
  'asyncExhausted',
] as const;
export type LossName = (typeof LOSSES)[number];

/** Where an obligation ended. From `LostFirst` on: lost, by the cause LOSSES[outcome - LostFirst]. */
export const Outcome = {
  Unfinished: 0,
  Processed: 1,
  DeadLettered: 2,
  Expired: 3,
  LostFirst: 4,
  DeliveryExhausted: 4,
  DeliveryRefused: 5,
  DeletedOnReceipt: 6,
  Purged: 7,
  ResourceDeleted: 8,
  BufferLost: 9,
  AsyncExhausted: 10,
} as const;
export type Outcome = (typeof Outcome)[keyof typeof Outcome];

/**
 * Life of one instance of a fleet. Billed from Running on, until Stopped or its end; polls and serves from
 * InService on. Stopped: it waits in a warm pool, and may be Pending again.
 */
export const InstanceState = {
  Pending: 0,
  Running: 1,
  InService: 2,
  Terminating: 3,
  Terminated: 4,
  Failed: 5,
  Stopped: 6,
} as const;
export type InstanceState = (typeof InstanceState)[keyof typeof InstanceState];

/** What an alarm says. */
export const AlarmState = { InsufficientData: 0, Ok: 1, Alarm: 2 } as const;
export type AlarmState = (typeof AlarmState)[keyof typeof AlarmState];

/**
 * `resource`, `source`, `consumer`, `group`, `target`: numbers of World.names. `message`, `copy`,
 * `obligation`, `delivery`: rows of the tables in messages.ts. `worker`: the number of an instance
 * within its fleet, from 0, never reused.
 */
export interface Facts {
  // --- producers -----------------------------------------------------------------------------
  /** A producer made a message; its first attempt starts, or it enters the producer's buffer. */
  born(source: number, message: number): void;
  /** The producer learnt that its message was accepted. */
  answered(source: number, message: number): void;
  /** The producer will not try again; the message was not accepted as far as it knows. */
  gaveUp(source: number, message: number): void;
  /**
   * A producer tries again to send this message: a further attempt starts now; the first is told by
   * `born`. `isThrottled`: the last attempt was refused because of a rate.
   */
  retried(source: number, message: number, isThrottled: 0 | 1): void;

  // --- API calls -----------------------------------------------------------------------------
  /** A call reached a service: a request of `operation` (its place in the type's list), `bytes` of payload. */
  request(resource: number, operation: number, bytes: number): void;
  /** A call of `client` was refused because of a rate. */
  throttled(resource: number, operation: number, client: number): void;
  /** A service did so much of something that is billed: `counter` is a number of its type's own (prices.ts). */
  metered(resource: number, counter: number, quantity: number): void;
  /** A service called KMS for a data key: GenerateDataKey (0) or Decrypt (1), on behalf of `client`. */
  keyCalled(resource: number, operation: 0 | 1, client: number): void;

  /** Payload of `bytes` crossed from the region of `from` to another, that of `to`. */
  crossed(from: number, to: number, bytes: number): void;

  /** A database has so many connections open from now on, idle ones included. */
  connections(resource: number, open: number): void;
  /** A statement of `client` was refused, since a database had all its connections open. */
  connectionRefused(resource: number, client: number): void;

  // --- copies in a store (queue, stream, …) ----------------------------------------------------
  /** A copy was stored: available at once (stage Visible), or Delayed until it is told `visible`. */
  stored(resource: number, copy: number, stage: CopyStage): void;
  /**
   * Told right before `visible`: the delay asked for of this copy was `delay` µs. Only where that is not the
   * delay its store was built with (a delay of its own, or a changed setting).
   */
  delayed(resource: number, copy: number, delay: number): void;
  /** A delayed copy became available for the first time. */
  visible(resource: number, copy: number): void;
  /** A send was accepted and stored nothing: its deduplication id was sent before. */
  deduplicated(resource: number, message: number): void;
  /** A visible copy was handed out: in flight from now on. */
  taken(resource: number, delivery: number): void;
  /**
   * Told right after `taken` by a queue that keeps order: the hand-out is the next of its `group` (a
   * label of World.labels). `blocked`: µs that it was available while its group was not.
   */
  ofGroup(resource: number, delivery: number, group: number, blocked: number): void;
  /** A copy in flight became visible again; `delivery` is the one that hid it. */
  returned(resource: number, delivery: number): void;
  /** A copy that was visible again is hidden once more for `delivery`, the last that had it. */
  hidden(resource: number, delivery: number): void;
  /** A copy left its store by a delete; `stage` says where it was. */
  deleted(resource: number, copy: number, stage: CopyStage): void;
  /** A copy left its store because its retention ended. */
  expired(resource: number, copy: number, stage: CopyStage): void;
  /** A copy left its store because the store was purged. */
  purged(resource: number, copy: number, stage: CopyStage): void;
  /** A visible copy left for its dead-letter queue `target`, which then tells `stored` of its own copy. */
  deadLettered(resource: number, copy: number, target: number): void;
  /**
   * A visible copy was redriven from this dead-letter queue to `target`, which then tells `stored` of it:
   * a new message for SQS, the same message and obligation for those who wait for it.
   */
  redriven(resource: number, copy: number, target: number): void;
  /** A poll of `consumer` reached the store: one request of `operation`. */
  pollOpened(resource: number, consumer: number, operation: number): void;
  /** A poll was answered with `messages` messages of `bytes` together; 0 is an empty receive. */
  pollClosed(resource: number, consumer: number, messages: number, bytes: number): void;

  // --- consumers -----------------------------------------------------------------------------
  /** A poll loop of the consumer has nothing in hand (it polls, pauses, or its request is on the way). */
  loopFree(consumer: number, resource: number, worker: number): void;
  /** A free poll loop is gone, or must not poll for now. */
  loopTaken(consumer: number, resource: number, worker: number): void;
  /** A batch reached a poll loop, which was free and is not any more: the deliveries from `first` on. */
  arrived(consumer: number, resource: number, worker: number, first: number): void;
  /** A run of the handler began. */
  runBegan(consumer: number, delivery: number, worker: number): void;
  /** A run of the handler ended. */
  runEnded(consumer: number, delivery: number, worker: number, end: RunEnd): void;

  // --- pushes: topics, buses, notifications, schedules ------------------------------------------
  // `pusher`: a resource; `link`: which of its links (its subscriptions, targets, … in file order).

  /** A message is not for this link, as its filter says. */
  filtered(pusher: number, message: number, link: number): void;
  /** The pusher has accepted a message that is for this link, and owes it from now on (after `owed`). */
  dispatched(pusher: number, obligation: number, link: number): void;
  /** An attempt to push it sets out; `attempt` counts from 0. */
  pushed(pusher: number, obligation: number, link: number, attempt: number): void;
  /** The attempt failed; `error` is a place in the target's list of errors. */
  pushFailed(pusher: number, obligation: number, link: number, error: number): void;
  /** The target has taken it: the pusher is through. */
  delivered(pusher: number, obligation: number, link: number): void;
  /** The link's dead-letter queue `target` has taken it: the pusher is through. */
  diverted(pusher: number, obligation: number, link: number, target: number): void;
  /** Given up, and lost: an outcome from LostFirst on. */
  dropped(pusher: number, obligation: number, link: number, outcome: Outcome): void;
  /** The pusher has accepted a message that none of its links is for. */
  unclaimed(pusher: number, message: number): void;
  /** A resource to which it was pushed has taken it, and passes it on: what is owed to that resource is done. */
  passedOn(resource: number, obligation: number): void;
  /** An attempt has reached a consumer that stores nothing and begins to work: right before `runBegan`. */
  received(consumer: number, delivery: number): void;

  // --- functions -----------------------------------------------------------------------------
  // `worker`: the number of an environment within its function, from 0, never reused.

  /** An environment takes up a request. `isCold`: it is started for it. */
  invoked(fn: number, worker: number, isCold: 0 | 1): void;
  /** It is through with the request. */
  invocationEnded(fn: number, worker: number): void;
  /** Told right after `taken`: for so much of its wait, µs, the copy stood back after a try in vain. */
  heldBack(resource: number, delivery: number, time: number): void;
  /** The environment that has this delivery can run it; so much of the time since `taken`, µs, was its start. */
  environmentReady(fn: number, delivery: number, coldStart: number): void;

  // --- obligations ---------------------------------------------------------------------------
  /** `message` is owed to `consumer` (NOBODY: stored where nobody consumes). */
  owed(consumer: number, obligation: number): void;
  /** An obligation is over; told once, when its row is about to be freed. */
  settled(consumer: number, obligation: number, outcome: Outcome): void;

  // --- fleets and control loops ----------------------------------------------------------------
  /** Told before the first state of an instance: it is a Spot Instance. */
  spot(group: number, worker: number): void;
  instance(group: number, worker: number, state: InstanceState): void;
  /** The group wants `capacity` instances from now on. */
  desired(group: number, capacity: number): void;
  /**
   * A decider of the group acted: it asked for `wanted` instances, and the group wants `desired` since (told after
   * that fact). Both are equal to what was when nothing changes; they differ where bounds, a cooldown, a warm-up
   * or other policies hold it back. `decider`: its policies in file order, then its scheduled actions.
   */
  scaled(group: number, decider: number, wanted: number, desired: number): void;
  /** An alarm of `owner` changed its state; `alarm` counts the alarms of the owner in file order. */
  alarm(owner: number, alarm: number, state: AlarmState): void;
  /** A fault began (on = 1) or ended (0) on a resource; `fault` is its place in the scenario's list. */
  fault(resource: number, fault: number, on: 0 | 1): void;
}

/** Where a copy stands in its store. */
export const CopyStage = { Delayed: 0, Visible: 1, InFlight: 2 } as const;
export type CopyStage = (typeof CopyStage)[keyof typeof CopyStage];

/** The consumer of what nobody consumes. */
export const NOBODY = 0xffff;
