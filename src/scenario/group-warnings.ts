/**
 * What SQS and SNS accept and people regret about groups: a FIFO queue or topic whose messages have no key to keep an
 * order for, and a group that gets more than one after the other can be done.
 */

import type { Path } from '../components/settings/problem.js';
import { isFifoName } from '../components/settings/resource.js';
import type { Plan } from '../components/settings/traffic.js';
import type { ValueSpec } from '../components/settings/value.js';
import { ZipfRanks } from '../components/traffic/zipf.js';
import { MINUTE, SECOND } from '../kernel/time.js';
import type { CheckedResource, CheckedTraffic } from './checked.js';
import type { Polling, Warning } from './polling.js';
import { figure } from './polling.js';

export function groupWarnings(
  pollings: readonly Polling[],
  resources: ReadonlyMap<string, CheckedResource>,
  traffic: readonly CheckedTraffic[],
): Warning[] {
  return traffic.flatMap((source) => {
    const queue = resources.get(source.target);
    if (queue === undefined || !isFifoName(queue.name)) return [];
    if (!queue.roles.includes('queue') && !queue.roles.includes('topic')) return [];
    const group = groupOf(source);
    if (group === undefined) return [];
    const path = ['traffic', source.name, ...group.path];
    if (group.spec.kind === 'unique') return [withoutKey(queue.name, source.name, path)];
    if (!queue.roles.includes('queue')) return [];
    const own = pollings.filter((polling) => polling.queue === queue);
    return hotKey(source, hottest(group.spec), own, queue, path);
  });
}

/** What decides the group of a message, and where it is written. */
interface GroupSource {
  readonly spec: ValueSpec;
  readonly path: Path;
}

const UNIQUE: ValueSpec = { kind: 'unique' };

/** undefined: nothing can be said of it. */
function groupOf({ messageGroupId, key, attributes }: CheckedTraffic): GroupSource | undefined {
  if (messageGroupId === undefined) return { spec: key, path: ['key'] };
  const path = ['messageGroupId'];
  const attribute = Object.hasOwn(attributes, messageGroupId)
    ? attributes[messageGroupId]
    : undefined;
  if (attribute !== undefined)
    return attribute.kind === 'texts' ? undefined : { spec: attribute, path };
  return { spec: messageGroupId === 'key' ? key : UNIQUE, path };
}

function withoutKey(queue: string, source: string, path: Path): Warning {
  return {
    code: 'fifo-without-key',
    on: queue,
    path,
    message:
      `every message of ${source} is a group of its own, so that ${queue} keeps no order among them: ` +
      'a key says what belongs together',
  };
}

// --- hot keys ----------------------------------------------------------------------------------------

/** A value and the share of the messages that have it. */
interface Hottest {
  readonly name: string;
  /** 0..1. */
  readonly share: number;
}

const NOBODY: Hottest = { name: '', share: 0 };

function hottest(spec: ValueSpec): Hottest {
  if (spec.kind === 'constant') return { name: String(spec.value), share: 1 };
  if (spec.kind === 'oneOf')
    return most(spec.options.map(({ value, share }) => ({ name: value, share })));
  if (spec.kind !== 'names') return NOBODY;
  const { of, prefix, zipf, hot } = spec;
  const rest = 1 - hot.reduce((sum, { share }) => sum + share, 0);
  const first = { name: `${prefix}0`, share: rest * new ZipfRanks(of, zipf).probability(1) };
  return most([...hot, first]);
}

function most(all: readonly Hottest[]): Hottest {
  return all.reduce((best, one) => (one.share > best.share ? one : best), NOBODY);
}

/** Rates that last for less are waited out. */
const LASTING = MINUTE;

/** The highest rate that lasts, per µs. */
function peakOf(plan: Plan): number {
  if (plan.kind === 'rate') return plan.rate / SECOND;
  if (plan.kind === 'replay') {
    const length = plan.counts.length * plan.every;
    return length === 0 ? 0 : plan.counts.reduce((sum, count) => sum + count, 0) / length;
  }
  return plan.phases.reduce((peak, phase) => {
    if (phase.kind !== 'rate' || phase.for < LASTING) return peak;
    return Math.max(peak, (phase.from + phase.to) / 2 / SECOND);
  }, 0);
}

/** Messages of one group that the consumers do per µs: one batch of it is in hand at a time. */
function groupThroughput(pollings: readonly Polling[]): number {
  return pollings.reduce((best, { options, time }) => {
    if (time.mean <= 0) return Infinity;
    const atOnce = options.inBatch === 'parallel' ? options.batchSize : 1;
    return Math.max(best, atOnce / time.mean);
  }, 0);
}

function hotKey(
  source: CheckedTraffic,
  { name, share }: Hottest,
  pollings: readonly Polling[],
  queue: CheckedResource,
  path: Path,
): Warning[] {
  const arriving = share * peakOf(source.plan);
  const done = groupThroughput(pollings);
  if (pollings.length === 0 || arriving <= done) return [];
  return [
    {
      code: 'hot-key',
      on: queue.name,
      path,
      message:
        `the group ${name} gets ${figure(arriving * SECOND)}/s of ${source.name}, and the messages of a group are ` +
        `handled one after the other, about ${figure(done * SECOND)}/s: they pile up, however large the fleet is`,
    },
  ];
}
