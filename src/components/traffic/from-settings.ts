/** A checked traffic → what its source is built from. */

import { distribution } from '../../kernel/distributions/distribution.js';
import type { Micros } from '../../kernel/time.js';
import { retryOptions } from '../client/retry.js';
import { operationOf } from '../database-port.js';
import { Buckets, ObjectNames } from '../object-names.js';
import { QUEUE_DEFAULT } from '../queue-port.js';
import { objectOperationOf } from '../s3-port.js';
import { isFifoName } from '../settings/resource.js';
import type { Phase, TrafficSpec } from '../settings/traffic.js';
import type { World } from '../world.js';
import type { Burst, RatePlan, RateSegment, TrafficOptions, TrafficPlan } from './options.js';
import { declareNames } from './values.js';

/** `end`: when traffic ends; a plan may end before. */
export function trafficOptions(
  world: World,
  name: string,
  spec: TrafficSpec,
  end: Micros,
): TrafficOptions {
  const { client, verb } = spec;
  const isFifo = isFifoName(spec.target);
  const target = world.idOf(spec.target);
  const isBucket = world.shared(Buckets).has(target);
  return {
    name,
    target,
    statement: verb === 'send' ? null : isBucket ? objectOperationOf(verb) : operationOf(verb),
    ...(isBucket ? { naming: namingOf(world, spec) } : {}),
    end,
    arrivals: spec.arrivals,
    plan: planOf(spec.plan, end),
    size: distribution(spec.size),
    key: spec.key,
    attributes: spec.attributes,
    body: spec.body,
    source: spec.source ?? name,
    detailType: spec.detailType ?? name,
    messageGroupId: spec.messageGroupId ?? (isFifo ? 'key' : null),
    messageDeduplicationId: spec.messageDeduplicationId ?? (isFifo ? 'message' : null),
    delay: isFifo ? QUEUE_DEFAULT : (spec.delaySeconds ?? QUEUE_DEFAULT),
    client: {
      timeout: client.timeout ?? null,
      retry: retryOptions(client.retry ?? (verb === 'send' || isBucket ? 'standard' : 'none')),
      senders: client.senders,
      batch: client.batch ?? null,
    },
    largePayloads:
      client.largePayloads === undefined
        ? null
        : {
            bucket: world.idOf(client.largePayloads.bucket),
            above: client.largePayloads.above,
          },
  };
}

function namingOf(world: World, { prefix, suffix }: TrafficSpec): number {
  return world.shared(ObjectNames).add(prefix ?? '', suffix ?? '');
}

/**
 * While building, before anything else asks for a label: the names that keys, attributes and bodies of all traffic can
 * be. `user-7` is then the same wherever it is said.
 */
export function declareTraffic(world: World, specs: readonly TrafficSpec[]): void {
  for (const { key, attributes, body } of specs) {
    const values = [key, ...Object.values(attributes), ...Object.values(body)];
    for (const value of values) declareNames(world.labels, value);
  }
}

function planOf(plan: TrafficSpec['plan'], end: Micros): TrafficPlan {
  switch (plan.kind) {
    case 'replay':
      return { kind: 'counts', every: plan.every, counts: plan.counts };
    case 'rate':
      return {
        kind: 'rates',
        segments: [{ start: 0, end, fromPerSecond: plan.rate, toPerSecond: plan.rate }],
        bursts: [],
      };
    case 'phases':
      return phasesOf(plan.phases);
  }
}

/** When the last burst of a plan comes, µs; -1 without one. */
export function lastBurstAt(plan: TrafficSpec['plan']): Micros {
  if (plan.kind !== 'phases') return -1;
  return phasesOf(plan.phases).bursts.reduce((last, { at }) => Math.max(last, at), -1);
}

/** Phases follow each other from the start; a burst takes no time. */
function phasesOf(phases: readonly Phase[]): RatePlan {
  const segments: RateSegment[] = [];
  const bursts: Burst[] = [];
  let start = 0;
  for (const phase of phases) {
    if (phase.kind === 'burst') {
      bursts.push({ at: start, count: phase.count });
    } else {
      segments.push({
        start,
        end: start + phase.for,
        fromPerSecond: phase.from,
        toPerSecond: phase.to,
      });
      start += phase.for;
    }
  }
  return { kind: 'rates', segments, bursts };
}
