/**
 * Figures of EventBridge that are nobody's setting. Source: EventBridge User Guide "Amazon EventBridge quotas" as of
 * November 2026, unless a line says otherwise.
 */

import { MINUTE, SECOND } from '../../kernel/time.js';

export const EVENTS_LIMITS = {
  /** Entries of one PutEvents: botocore events service-2.json, 2026. */
  entriesMax: 10,
  rulesPerBus: 300,
  /** Targets of one rule; cannot be raised. */
  targetsPerRule: 5,
  /** Rules of one bus whose pattern has a wildcard. */
  wildcardRulesPerBus: 30,
  /** Calls of one API destination a second; more wait. */
  apiDestinationPerSecond: 300,
  /** An API destination answers within so long ("eb-api-destinations"). */
  apiDestinationTimeout: 5 * SECOND,
  /** Events are billed by chunks of so many bytes (EventBridge pricing page). */
  chunkBytes: 65_536,
  /** A replay hands out events by their time in slices of so long ("eb-replay-archived-event"). */
  replaySlice: MINUTE,
  /** Replays of an account in a region at a time. */
  replaysMax: 10,
} as const;

/**
 * Figures of EventBridge Pipes. Source: EventBridge User Guide "eb-pipes-batching-concurrency", "eb-quota", "eb-pipes",
 * 2026, unless a line says otherwise.
 */
export const PIPES_LIMITS = {
  /** Of a pipe whose source is a queue: botocore pipes service-2.json, 2026. */
  batchSizeMax: 10_000,
  /** Messages of one receive, and executions of more need a window. */
  receiveMax: 10,
  /** Patterns of a pipe: botocore pipes service-2.json, 2026. */
  filtersMax: 5,
  /** Executions at a time of a pipe whose source is a queue. */
  executionsMax: 1250,
  /** An execution takes no longer. */
  executionTime: 5 * MINUTE,
} as const;

/** Executions of an account at a time, all its pipes together. */
const PIPE_EXECUTIONS: ByRegion = {
  regions: { 'us-east-1': 3000, 'us-west-2': 3000, 'eu-west-1': 3000 },
  elsewhere: 1000,
};

export function pipeExecutions(region: string): number {
  return inRegion(PIPE_EXECUTIONS, region);
}

/** A figure for some regions, and one for all others. */
interface ByRegion {
  readonly regions: Readonly<Record<string, number>>;
  readonly elsewhere: number;
}

const TIERS = [
  'us-east-1 us-west-2 eu-west-1',
  'us-east-2 eu-central-1 eu-south-2',
  'us-west-1 ap-northeast-1 ap-southeast-1 ap-southeast-2 eu-west-2',
  'ap-east-1 ap-northeast-2 ap-south-1 ca-central-1 eu-north-1 eu-west-3 sa-east-1',
] as const;

function byTier(...figures: readonly [number, number, number, number, number]): ByRegion {
  const entries = TIERS.flatMap((names, tier) =>
    names.split(' ').map((name) => [name, figures[tier]] as const),
  );
  return { regions: Object.fromEntries(entries), elsewhere: figures[4] };
}

function inRegion({ regions, elsewhere }: ByRegion, region: string): number {
  return Object.hasOwn(regions, region) ? regions[region] : elsewhere;
}

/** Calls of PutEvents a second, account and region; more are refused. */
const PUT_EVENTS = byTier(10_000, 2_400, 1_200, 600, 400);

/** Invocations a second, account and region: an event for a target of a rule is one; more are delayed. */
const INVOCATIONS = byTier(18_750, 4_500, 2_250, 1_100, 750);

export function putEventsPerSecond(region: string): number {
  return inRegion(PUT_EVENTS, region);
}

export function invocationsPerSecond(region: string): number {
  return inRegion(INVOCATIONS, region);
}
