/** Times that must fit each other: duration, phases, replays, faults, warm-up. */

import type { Plan } from '../components/settings/traffic.js';
import { writtenTime } from '../components/settings/units.js';
import type { Micros } from '../kernel/time.js';
import type { CheckedTraffic } from './checked.js';
import type { Examiner } from './examine.js';
import type { FaultSpec } from './faults.js';
import type { OperationSpec } from './operations.js';

/** How long a plan lasts; undefined: as long as the traffic. */
export function lengthOf(plan: Plan): Micros | undefined {
  if (plan.kind === 'rate') return undefined;
  if (plan.kind === 'replay') return plan.counts.length * plan.every;
  return plan.phases.reduce((sum, phase) => sum + (phase.kind === 'rate' ? phase.for : 0), 0);
}

/** Beyond this, integer microseconds are not exact: 285 years. */
const LONGEST_RUN = Number.MAX_SAFE_INTEGER;

export interface Span {
  readonly duration: Micros;
  readonly drain: Micros;
}

/** When traffic ends: as written, or where the longest phases end. undefined when nothing tells. */
export function durationOf(
  examiner: Examiner,
  written: Micros | undefined,
  known: readonly CheckedTraffic[],
  isAll: boolean,
): Micros | undefined {
  if (written !== undefined) return written;
  const lengths = known.map((one) => lengthOf(one.plan)).filter((length) => length !== undefined);
  const longest = Math.max(...lengths, 0);
  if (longest > LONGEST_RUN) {
    examiner.refuse(['traffic'], {
      code: 'out-of-range',
      message: 'the phases are too long together',
      allowed: `at most ${writtenTime(LONGEST_RUN)}`,
      onKey: true,
    });
    return undefined;
  }
  if (lengths.length > 0) return longest;
  // A traffic with errors of its own may have had phases.
  if (!isAll) return undefined;
  const message =
    known.length === 0
      ? 'without traffic, duration must be said'
      : 'no traffic has phases or a replay, so duration must be said';
  examiner.refuse([], { code: 'missing', message, allowed: 'duration: 30m', path: ['duration'] });
  return undefined;
}

/** Phases and replays may end before `duration`, not after it; what falls on the end of the run does not happen. */
export function checkPlans(
  examiner: Examiner,
  span: Span,
  traffic: readonly CheckedTraffic[],
): void {
  for (const { name, plan } of traffic) {
    const path = ['traffic', name, plan.kind];
    if (plan.kind === 'phases') checkPhases(examiner, span, plan, path);
    else if (plan.kind === 'replay') {
      const length = plan.counts.length * plan.every;
      if (length > span.duration) {
        const allowed = `at most duration (${writtenTime(span.duration)})`;
        examiner.refuse(path.slice(0, -1), {
          code: 'never-happens',
          message: `the replay lasts ${writtenTime(length)}`,
          allowed,
          path: ['replay'],
          onKey: true,
        });
      }
    } else if (plan.rate > 0 && span.duration === 0) {
      examiner.refuse(path.slice(0, -1), {
        code: 'never-happens',
        message: 'traffic that ends at its beginning',
        allowed: 'a duration above 0s',
        path: ['rate'],
        onKey: true,
      });
    }
  }
}

function checkPhases(
  examiner: Examiner,
  span: Span,
  plan: Plan & { kind: 'phases' },
  path: readonly string[],
): void {
  let at = 0;
  const end = span.duration + span.drain;
  for (let i = 0; i < plan.phases.length; i++) {
    const phase = plan.phases[i];
    const until = phase.kind === 'rate' ? at + phase.for : at;
    const isLate = until > span.duration || (phase.kind === 'burst' && at >= end);
    if (isLate) {
      const message =
        phase.kind === 'rate'
          ? `phase ${i + 1} ends at ${writtenTime(until)}`
          : `the burst falls on ${writtenTime(at)}`;
      const allowed = `up to duration (${writtenTime(span.duration)})`;
      examiner.refuse(path, { code: 'never-happens', message, allowed, path: [i] });
      return;
    }
    at = until;
  }
}

/** What is written with a time of its own. */
interface Timed {
  readonly faults: readonly (FaultSpec | undefined)[];
  readonly operations: readonly (OperationSpec | undefined)[];
  readonly warmUp: Micros | undefined;
}

/** Faults and operations that begin when the run is over at the latest, and a warm-up that skips everything. */
export function checkLate(examiner: Examiner, span: Span, timed: Timed): void {
  const { warmUp } = timed;
  const end = span.duration + span.drain;
  const allowed = `before the run ends at the latest (${writtenTime(end)})`;
  for (const list of ['faults', 'operations'] as const) {
    timed[list].forEach((one, i) => {
      if (one === undefined || one.at < end) return;
      const found = writtenTime(one.at);
      const key = one.every === one.at ? 'every' : 'at';
      examiner.refuse([list, i], { code: 'never-happens', found, allowed, path: [key] });
    });
  }
  if (warmUp !== undefined && warmUp > 0 && warmUp >= end) {
    examiner.refuse([], {
      code: 'never-happens',
      message: `statistics would skip everything up to ${writtenTime(warmUp)}`,
      allowed,
      path: ['warmUp'],
    });
  }
}
