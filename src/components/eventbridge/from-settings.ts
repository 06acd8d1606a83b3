/** Checked settings → what buses and schedules are built from. */

import type { DistributionSpec } from '../../kernel/distributions/distribution.js';
import { distribution } from '../../kernel/distributions/distribution.js';
import { check } from '../../kernel/check.js';
import { CallOperation } from '../call-port.js';
import type { ResourceSpec } from '../component.js';
import { PLAIN_LINK } from '../delivery/options.js';
import type { LinkOptions, Takes } from '../delivery/options.js';
import { DoublingSchedule } from '../delivery/schedules.js';
import { NO_LABEL } from '../queue-port.js';
import { isConstantZero, isFifoName, quotaOf } from '../settings.js';
import type { World } from '../world.js';
import { Counter } from './counters.js';
import { envelopeBytes } from './envelope.js';
import { EVENTS_LIMITS } from './limits.js';
import type { ArchiveOptions, BusOptions, RuleOptions, TargetOptions } from './options.js';
import { INVOCATIONS, PUT_EVENTS } from './quotas.js';
import type { ScheduleTimes } from './schedule-times.js';
import { readSchedule } from './schedule-times.js';
import type { BusAssume, busShape, BusSettings, RuleSettings, TargetSettings } from './settings.js';
import { isDefaultBus } from './settings.js';

type BusSpec = ResourceSpec<typeof busShape>;

export function busOptions(world: World, spec: BusSpec): BusOptions {
  const { name, region, account, settings, assume } = spec;
  return {
    name,
    region,
    account,
    isDefault: isDefaultBus(name),
    rules: Object.entries(settings.rules).map(([rule, own]) => ruleOf(world, spec, rule, own)),
    archive: archiveOf(settings.archive, assume),
    putEventsPerSecond: quotaOf(PUT_EVENTS, spec),
    invocationsPerSecond: quotaOf(INVOCATIONS, spec),
    apiLatency: unlessZero(assume.apiLatency),
    entriesBytesMax: assume.entriesSizeMax,
    scheduleDelay: unlessZero(assume.scheduleDelay),
  };
}

function ruleOf(world: World, spec: BusSpec, name: string, rule: RuleSettings): RuleOptions {
  const { eventPattern, scheduleExpression, state, targets } = rule;
  return {
    name,
    isEnabled: state === 'ENABLED',
    pattern: eventPattern ?? null,
    schedule: scheduleExpression === undefined ? null : timesOf(scheduleExpression, false),
    targets: Object.entries(targets).map(([target, own]) =>
      targetOf(world, spec, `${name}/${target}`, target, own),
    ),
  };
}

/** The checks have read the expression before. */
export function timesOf(expression: string, takesAt: boolean): ScheduleTimes {
  const times = readSchedule(expression, takesAt);
  check(typeof times !== 'string', 'a schedule was checked when the scenario was loaded');
  return times;
}

function targetOf(
  world: World,
  { region, assume }: BusSpec,
  name: string,
  target: string,
  settings: TargetSettings,
): TargetOptions {
  const id = world.idOf(target);
  const takes = takesOf(world, id);
  const isCalled = takes.style === 'call';
  const link: LinkOptions = {
    ...PLAIN_LINK,
    name,
    target: id,
    takes,
    ...retriesOf(world, settings),
    jitter: unlessOne(assume.retryJitter),
    latency: unlessZero(assume.latency),
    // The latency ends at the target; only a call over the internet takes a way of its own.
    takesApiLatency: isCalled,
    timeout: isCalled ? EVENTS_LIMITS.apiDestinationTimeout : Infinity,
    envelope: envelopeBytes(region),
    duplicates: assume.duplicateInvocation,
    passesGroup: true,
    passesId: true,
    ...(isCalled
      ? { billed: { counter: Counter.ApiDestinations, chunkBytes: EVENTS_LIMITS.chunkBytes } }
      : {}),
  };
  const perSecond = isCalled ? EVENTS_LIMITS.apiDestinationPerSecond : null;
  return { link, perSecond, group: groupOf(world, target, settings.sqsParameters) };
}

/** What takes messages gets them so; anything else is an API destination. */
export function takesOf(world: World, target: number): Takes {
  const inbox = world.inboxOf(target);
  return inbox === undefined
    ? { style: 'call', operation: CallOperation.Call }
    : { style: 'inbox', operation: inbox.one };
}

export function groupOf(
  world: World,
  target: string,
  parameters: { readonly messageGroupId: string } | undefined,
): number {
  return isFifoName(target) && parameters !== undefined
    ? world.labels.of(parameters.messageGroupId)
    : NO_LABEL;
}

interface Retries {
  readonly retryPolicy: {
    readonly maximumRetryAttempts: number;
    readonly maximumEventAgeInSeconds: number;
  };
  readonly deadLetterConfig?: { readonly target: string } | undefined;
}

/** How long and how often; where to after that. */
export function retriesOf(
  world: World,
  { retryPolicy, deadLetterConfig }: Retries,
): Pick<LinkOptions, 'schedule' | 'ageMax' | 'heldMax' | 'deadLetter'> {
  const { maximumRetryAttempts, maximumEventAgeInSeconds } = retryPolicy;
  return {
    schedule: new DoublingSchedule(maximumRetryAttempts),
    ageMax: maximumEventAgeInSeconds,
    heldMax: maximumEventAgeInSeconds,
    deadLetter: deadLetterConfig === undefined ? null : world.idOf(deadLetterConfig.target),
  };
}

function archiveOf(archive: BusSettings['archive'], assume: BusAssume): ArchiveOptions | null {
  if (archive === undefined) return null;
  const { retentionDays, eventPattern } = archive;
  return {
    pattern: eventPattern ?? null,
    retention: retentionDays === 0 ? Infinity : retentionDays,
    delay: unlessZero(assume.archiveDelay),
    replaysPerSecond: assume.replayRate,
  };
}

/** null for "takes no time", so that nothing is drawn and no delay is scheduled. */
export function unlessZero(spec: DistributionSpec) {
  return isConstantZero(spec) ? null : distribution(spec);
}

/** null for a factor that changes nothing. */
export function unlessOne(spec: DistributionSpec) {
  return spec.kind === 'constant' && spec.value === 1 ? null : distribution(spec);
}
