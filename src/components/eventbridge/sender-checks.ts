/** Who sends to a bus: nobody, or AWS's own services where they do not; and rules that nothing sent can match. */

import { FieldTests } from '../patterns/field-tests.js';
import { neverMatches } from '../patterns/never.js';
import type { Sent } from '../patterns/never.js';
import type { PatternSpec } from '../patterns/pattern.js';
import type { CheckContext } from '../settings.js';
import type { TrafficView } from '../settings/resource.js';
import type { TrafficSpec } from '../settings/traffic.js';
import { SERVICE_PREFIX, serviceEventsOf } from './service-events.js';
import type { BusSettings } from './settings.js';
import { isDefaultBus } from './settings.js';

export function checkSenders(context: CheckContext): void {
  const { self, traffic } = context;
  const senders = [...traffic.values()].filter(({ target }) => target === self.name);
  for (const sender of senders) checkSource(context, sender);
  const rules = Object.values((self.settings as BusSettings).rules);
  const hasSchedule = rules.some(({ scheduleExpression }) => scheduleExpression !== undefined);
  if (!context.isSentTo(self.name) && !hasSchedule)
    context.warn('nobody-sends', 'nobody sends or delivers here');
  // What else sends may send anything.
  if (senders.length > 0 && !isNamedElsewhere(context, [self.name])) checkMatches(context, senders);
}

function sourceOf({ name, spec }: TrafficView): string {
  return (spec as TrafficSpec).source ?? name;
}

/** AWS's own services publish to the default bus only, and nobody else under their names. */
function checkSource(context: CheckContext, sender: TrafficView): void {
  const source = sourceOf(sender);
  if (!source.startsWith(SERVICE_PREFIX) || isDefaultBus(context.self.name)) return;
  context.refuse({
    code: 'aws-refuses',
    found: `${sender.name} with source ${source}`,
    message: `${source}: AWS's own services publish to the default bus only, and nobody else may use their names`,
    allowed: 'a bus called default or default-…; a rule there can forward to this one',
    awsError: 'NotAuthorizedForSourceException',
  });
}

// --- rules that never match ------------------------------------------------------------------------

function checkMatches(context: CheckContext, senders: readonly TrafficView[]): void {
  const { self } = context;
  const sent = senders.map(({ name, spec }): Sent => ({ ...(spec as TrafficSpec), name }));
  for (const [name, { eventPattern, state }] of Object.entries(
    (self.settings as BusSettings).rules,
  )) {
    if (eventPattern === undefined || state === 'DISABLED') continue;
    if (!neverMatches(eventPattern, sent) && isOfHere(eventPattern, self)) continue;
    const why = `rule ${name} matches no event that is sent here${hintFor(eventPattern)}`;
    context.warn('filter-never-matches', why, ['rules', name, 'eventPattern']);
    return;
  }
}

/** Whether it takes events of this region and account. */
function isOfHere(
  { alternatives }: PatternSpec,
  { region, account }: CheckContext['self'],
): boolean {
  const known: Readonly<Record<string, string>> = { region, account };
  return alternatives.some((fields) =>
    fields.every(({ path, tests }) => {
      return !Object.hasOwn(known, path) || new FieldTests(tests).match(known[path]);
    }),
  );
}

/** A detail type that AWS's service does not have is told beside it. */
function hintFor({ alternatives }: PatternSpec): string {
  for (const { path, tests } of alternatives.flat()) {
    if (path !== 'source') continue;
    for (const test of tests) {
      const events = test.kind === 'is' ? serviceEventsOf(String(test.value)) : undefined;
      if (events !== undefined)
        return ` (${events.service} sends ${events.detailTypes.join(', ')})`;
    }
  }
  return '';
}

/**
 * Whether a rule, a schedule, a notification or a step names the first of `names`: any resource that says it, besides
 * these.
 */
export function isNamedElsewhere(
  { resources }: CheckContext,
  names: readonly [string, ...string[]],
): boolean {
  return [...resources.values()].some(
    (other) => !names.includes(other.name) && saysName(other.written, names[0]),
  );
}

function saysName(written: unknown, name: string): boolean {
  if (written === name) return true;
  if (Array.isArray(written)) return written.some((item: unknown) => saysName(item, name));
  if (typeof written !== 'object' || written === null) return false;
  return Object.entries(written).some(([key, value]) => key === name || saysName(value, name));
}
