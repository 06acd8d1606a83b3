/** What AWS accepts and regrets about programs: it takes a queue, its consumers and its traffic together to see it. */

import type { Path } from '../components/settings/problem.js';
import type { CallerClient, FleetOnQueue, StepSpec } from '../components/settings/program.js';
import type { ResourceSchema } from '../components/settings/resource.js';
import type { Plan } from '../components/settings/traffic.js';
import { writtenTime } from '../components/settings/units.js';
import type { Micros } from '../kernel/time.js';
import { MILLISECOND, SECOND } from '../kernel/time.js';
import type { CheckedResource, CheckedTraffic } from './checked.js';
import { groupWarnings } from './group-warnings.js';
import type { Polling, Warning } from './polling.js';
import { calledOf, figure, pollingsOf } from './polling.js';
import type { Span } from './times.js';

export function programWarnings(
  types: readonly ResourceSchema[],
  resources: ReadonlyMap<string, CheckedResource>,
  traffic: readonly CheckedTraffic[],
  span: Span | undefined,
): Warning[] {
  const pollings = pollingsOf(types, resources);
  const warnings = pollings.flatMap((polling) => [
    ...visibility(polling),
    ...shortPolling(polling),
    ...stop(polling, types),
    ...amplification(polling, types, resources),
  ]);
  warnings.push(...groupWarnings(pollings, resources, traffic));
  return span === undefined ? warnings : [...warnings, ...tooSmall(pollings, traffic, span)];
}

/** From the receive until the last message of a full batch is done, when one of them is slow. */
function batchTime({ options, time }: Polling): number {
  const waiting = options.inBatch === 'parallel' ? 0 : options.batchSize - 1;
  return waiting * time.mean + time.p99;
}

/** A computed time, rounded for reading. */
function about(micros: number): string {
  const unit = micros >= 10 * SECOND ? SECOND : MILLISECOND;
  return writtenTime(Math.max(1, Math.round(micros / unit)) * unit);
}

function visibility(polling: Polling): Warning[] {
  const { fleet, queue, options } = polling;
  const { heartbeat } = options;
  const timeout =
    options.visibilityTimeout ?? (queue.settings['visibilityTimeout'] as Micros | undefined);
  const needed = batchTime(polling);
  if (timeout === undefined || timeout >= needed || options.deletes === 'onReceipt') return [];
  const on = { on: queue.name, path: ['resources', fleet.name, 'consumes', queue.name] };
  if (heartbeat !== undefined) return lateBeat(polling, heartbeat, timeout, on);
  const batch =
    options.batchSize > 1 && options.inBatch === 'sequential'
      ? ` a batch of ${options.batchSize}, one after the other,`
      : ' a message';
  return [
    {
      code: 'visibility-below-handler',
      ...on,
      message:
        `messages come back after ${writtenTime(timeout)}, while ${fleet.name} may need ` +
        `${about(needed)} for${batch} (p99): they are handled twice`,
    },
  ];
}

/** A heartbeat keeps messages hidden for as long as it takes, if no beat comes after the time is over. */
function lateBeat(
  { fleet }: Polling,
  { every, visibilityTimeout }: NonNullable<FleetOnQueue['heartbeat']>,
  timeout: Micros,
  on: { readonly on: string; readonly path: Path },
): Warning[] {
  const { timeouts, isProgressive } = visibilityTimeout;
  if (isProgressive) return []; // each is asked for before the one before it ends
  const shortest = Math.min(timeout, ...timeouts);
  if (every < shortest) return [];
  return [
    {
      code: 'visibility-below-handler',
      ...on,
      message:
        `the heartbeat of ${fleet.name} comes every ${writtenTime(every)}, and messages come back after ` +
        `${writtenTime(shortest)}: they are handled twice`,
    },
  ];
}

/** Retries multiply: those of a call, and those of the queue. */
function amplification(
  { fleet, queue }: Polling,
  types: readonly ResourceSchema[],
  resources: ReadonlyMap<string, CheckedResource>,
): Warning[] {
  const policy = queue.settings['redrivePolicy'] as
    | { readonly maxReceiveCount: number }
    | undefined;
  const receives = policy?.maxReceiveCount ?? Infinity;
  const steps = (fleet.programs['handler'] ?? []) as readonly StepSpec[];
  const own = fleet.programs['client'] as CallerClient | undefined;
  return steps.flatMap((step, i): Warning[] => {
    if (step.verb !== 'call' || step.onError === 'ignore' || receives === 1) return [];
    const self = resources.get(step.target);
    const isLimited = self !== undefined && calledOf(types, self)?.isLimited(self) === true;
    const retry = step.client.retry ?? own?.retry ?? 'none';
    // What the SDK does has a quota of its own.
    if (!isLimited || typeof retry === 'string' || retry.budget !== undefined) return [];
    if (retry.maxAttempts === 1) return [];
    const times = receives === Infinity ? 'as often as it comes back' : `up to ${receives} times`;
    const most = receives === Infinity ? '' : `, ${receives * retry.maxAttempts} calls in all`;
    return [
      {
        code: 'retry-amplification',
        on: fleet.name,
        path: ['resources', fleet.name, 'handler', i],
        message:
          `while ${step.target} refuses, a message asks it ${retry.maxAttempts} times, and ` +
          `${queue.name} hands it out ${times}${most}; a budget, or retries on one side only, does not make it worse`,
      },
    ];
  });
}

function shortPolling({ fleet, queue, options }: Polling): Warning[] {
  const wait = options.waitTimeSeconds ?? queue.settings['receiveMessageWaitTimeSeconds'];
  if (wait !== 0) return [];
  return [
    {
      code: 'short-polling',
      on: queue.name,
      path: ['resources', fleet.name, 'consumes', queue.name],
      message:
        `${fleet.name} asks ${queue.name} by short polls: each is billed, also when it is empty, ` +
        'and sees only part of the queue; waitTimeSeconds: 20s waits for messages',
    },
  ];
}

function stop(polling: Polling, types: readonly ResourceSchema[]): Warning[] {
  const { fleet } = polling;
  const time = types.find(({ type }) => type === fleet.type)?.graceOf?.(fleet);
  const needed = batchTime(polling);
  if (time === undefined || time >= needed) return [];
  return [
    {
      code: 'stop-kills-work',
      on: fleet.name,
      path: ['resources', fleet.name],
      message:
        `a stopping instance has ${writtenTime(time)} to finish, and may need ` +
        `${about(needed)} (p99): what it holds is handled again`,
    },
  ];
}

/** Messages that a plan makes until `duration`, on average. */
function arrivals(plan: Plan, duration: Micros): number {
  if (plan.kind === 'rate') return (plan.rate * duration) / SECOND;
  if (plan.kind === 'replay') return plan.counts.reduce((sum, count) => sum + count, 0);
  return plan.phases.reduce((sum, phase) => {
    return (
      sum +
      (phase.kind === 'burst' ? phase.count : ((phase.from + phase.to) / 2) * (phase.for / SECOND))
    );
  }, 0);
}

/** All that is sent to a queue is more than its fleets can do until the run ends at the latest. */
function tooSmall(
  pollings: readonly Polling[],
  traffic: readonly CheckedTraffic[],
  { duration, drain }: Span,
): Warning[] {
  return [...new Set(pollings.map(({ queue }) => queue))].flatMap((queue) => {
    const own = pollings.filter((polling) => polling.queue === queue);
    const sent = traffic
      .filter(({ target }) => target === queue.name)
      .reduce((sum, { plan }) => sum + arrivals(plan, duration), 0);
    const perMicro = own.reduce((sum, polling) => sum + throughput(polling), 0);
    const first = own[0];
    if (sent === 0 || sent <= perMicro * (duration + drain)) return [];
    const can = `${figure(perMicro * SECOND)}/s`;
    return [
      {
        code: 'fleet-too-small' as const,
        on: first.fleet.name,
        path: ['resources', first.fleet.name],
        message:
          `about ${Math.round(sent)} messages come to ${queue.name}; at its largest the fleet does ` +
          `${can}, too few to be through ${writtenTime(drain)} after the traffic`,
      },
    ];
  });
}

function throughput({ fleet, options, time }: Polling): number {
  const instances = fleet.settings['maxSize'];
  if (typeof instances !== 'number' || time.mean <= 0) return Infinity;
  const atOnce = options.concurrency * (options.inBatch === 'parallel' ? options.batchSize : 1);
  return (instances * atOnce) / time.mean;
}
