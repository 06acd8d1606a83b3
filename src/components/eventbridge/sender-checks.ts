/** Who sends to a bus: nobody, or AWS's own services where they do not; and rules that nothing sent can match. */

import { FieldTests } from '../patterns/field-tests.js';
import { neverMatches } from '../patterns/never.js';
import type { Sent } from '../patterns/never.js';
import type { PatternSpec } from '../patterns/pattern.js';
import { knownSenders } from '../patterns/senders.js';
import { sendsOf } from '../program/sends-of.js';
import type { CheckContext } from '../settings.js';
import type { TrafficSpec } from '../settings/traffic.js';
import { SERVICE_PREFIX, serviceEventsOf } from './service-events.js';
import type { BusSettings } from './settings.js';
import { isDefaultBus } from './settings.js';

export function checkSenders(context: CheckContext): void {
  const { self } = context;
  for (const { name, source } of sendersOf(context)) checkSource(context, name, source);
  const rules = Object.values((self.settings as BusSettings).rules);
  const hasSchedule = rules.some(({ scheduleExpression }) => scheduleExpression !== undefined);
  if (!context.isSentTo(self.name) && !hasSchedule)
    context.warn('nobody-sends', 'nobody sends or delivers here');
  const sent = knownSenders(context);
  if (sent !== undefined) checkMatches(context, sent);
}

/** Traffic and programs that send here, with the source that their events have. */
function sendersOf({ self, traffic, resources }: CheckContext) {
  const ofTraffic = [...traffic.values()]
    .filter(({ target }) => target === self.name)
    .map(({ name, spec }) => ({ name, source: (spec as TrafficSpec).source ?? name }));
  const ofSteps = [...resources.values()].flatMap(({ name, programs }) =>
    sendsOf(programs)
      .filter(({ target }) => target === self.name)
      .map(({ source = name }) => ({ name, source })),
  );
  return [...ofTraffic, ...ofSteps];
}

/** AWS's own services publish to the default bus only, and nobody else under their names. */
function checkSource(context: CheckContext, sender: string, source: string): void {
  if (!source.startsWith(SERVICE_PREFIX) || isDefaultBus(context.self.name)) return;
  context.refuse({
    code: 'aws-refuses',
    found: `${sender} with source ${source}`,
    message: `${source}: AWS's own services publish to the default bus only, and nobody else may use their names`,
    allowed: 'a bus called default or default-…; a rule there can forward to this one',
    awsError: 'NotAuthorizedForSourceException',
  });
}

// --- rules that never match ------------------------------------------------------------------------

function checkMatches(context: CheckContext, sent: readonly Sent[]): void {
  const { self } = context;
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
