/** A checked traffic → what its source is built from. */

import { distribution } from '../../kernel/distributions/distribution.js';
import type { Micros } from '../../kernel/time.js';
import type { Phase, TrafficSpec } from '../settings/traffic.js';
import type { World } from '../world.js';
import type { Burst, RatePlan, RateSegment, TrafficOptions, TrafficPlan } from './options.js';

/** `end`: when traffic ends; a plan may end before. */
export function trafficOptions(
  world: World,
  name: string,
  spec: TrafficSpec,
  end: Micros,
): TrafficOptions {
  return {
    name,
    target: world.idOf(spec.send),
    end,
    arrivals: spec.arrivals,
    plan: planOf(spec.plan, end),
    size: distribution(spec.size),
    batch: spec.batch ?? null,
  };
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
