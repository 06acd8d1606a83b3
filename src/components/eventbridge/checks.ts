/** What no single setting of a bus can tell: AWS's limits and rules, and whether anybody sends. */

import type { CheckContext, ResourceView } from '../settings.js';
import { EVENTS_LIMITS } from './limits.js';
import { INVALID } from './page.js';
import { readSchedule } from './schedule-times.js';
import type { BusSettings, RuleSettings } from './settings.js';
import { isDefaultBus } from './settings.js';
import { checkSenders } from './sender-checks.js';
import { checkTarget } from './target-checks.js';

export function checkBus(context: CheckContext): void {
  const { rules } = context.self.settings as BusSettings;
  const names = Object.keys(rules);
  if (names.length > EVENTS_LIMITS.rulesPerBus) {
    refuseTooMany(
      context,
      ['rules'],
      `${names.length} rules`,
      `${EVENTS_LIMITS.rulesPerBus} a bus`,
    );
  }
  for (const [name, rule] of Object.entries(rules)) checkRule(context, name, rule);
  checkWildcards(context, rules);
  checkOnlyDefault(context);
  checkSenders(context);
}

function refuseTooMany(context: CheckContext, path: string[], found: string, most: string): void {
  context.refuse({
    code: 'aws-refuses',
    found,
    allowed: `at most ${most}`,
    awsError: 'LimitExceededException',
    path,
    onKey: true,
  });
}

function checkRule(context: CheckContext, name: string, rule: RuleSettings): void {
  const { self, resources } = context;
  const path = ['rules', name];
  const targets = Object.entries(rule.targets);
  if (targets.length > EVENTS_LIMITS.targetsPerRule) {
    const most = `${EVENTS_LIMITS.targetsPerRule} a rule; a second rule with the same pattern takes more`;
    refuseTooMany(context, [...path, 'targets'], `${targets.length} targets`, most);
  }
  if (rule.scheduleExpression !== undefined)
    checkSchedule(context, [...path, 'scheduleExpression'], rule.scheduleExpression);
  for (const [target, settings] of targets) {
    const view = resources.get(target);
    const at = [...path, 'targets', target];
    if (target === self.name) refuseItself(context, at);
    else if (view !== undefined)
      checkTarget({ context, target: view, path: at, morePath: at }, settings);
  }
}

/** A loop of one: AWS lets it be made and the events loop until it throttles; nothing in it can be meant. */
function refuseItself(context: CheckContext, path: string[]): void {
  context.refuse({
    code: 'circular',
    found: context.self.name,
    message: 'a bus is no target of its own rules',
    allowed: 'another bus',
    path,
    onKey: true,
  });
}

function checkSchedule(context: CheckContext, path: string[], expression: string): void {
  if (!isDefaultBus(context.self.name)) {
    context.refuse({
      code: 'aws-refuses',
      found: expression,
      message: 'ScheduleExpression is supported only on the default event bus',
      allowed: 'a bus called default or default-…; or an eventbridge.schedule',
      awsError: INVALID,
      path,
    });
  }
  refuseSchedule(context, path, expression, false);
}

/** Refuses an expression that cannot be read. */
export function refuseSchedule(
  context: CheckContext,
  path: string[],
  expression: string,
  takesAt: boolean,
): void {
  const read = readSchedule(expression, takesAt);
  if (typeof read !== 'string') return;
  const at = takesAt ? ', at(2026-01-01T08:00:00)' : '';
  context.refuse({
    code: 'aws-refuses',
    found: expression,
    message: `Parameter ScheduleExpression is not valid: ${read}`,
    allowed: `rate(5 minutes), cron(0 18 ? * MON-FRI *)${at}`,
    awsError: INVALID,
    path,
  });
}

function checkWildcards(context: CheckContext, rules: BusSettings['rules']): void {
  const wild = Object.values(rules).filter(({ eventPattern }) =>
    (eventPattern?.alternatives ?? []).some((fields) =>
      fields.some(({ tests }) => tests.some(({ kind }) => kind === 'wildcard')),
    ),
  );
  const most = EVENTS_LIMITS.wildcardRulesPerBus;
  if (wild.length > most)
    refuseTooMany(context, ['rules'], `${wild.length} rules with wildcards`, `${most} a bus`);
}

/** One default bus in each region of an account. */
function checkOnlyDefault(context: CheckContext): void {
  const { self, resources } = context;
  if (!isDefaultBus(self.name)) return;
  const isTwin = (other: ResourceView): boolean =>
    other.type === self.type &&
    isDefaultBus(other.name) &&
    other.region === self.region &&
    other.account === self.account;
  const [first] = [...resources.values()].filter(isTwin);
  if (first === undefined || first.name === self.name) return;
  context.refuse({
    code: 'aws-refuses',
    found: self.name,
    message: `${first.name} is the default bus of ${self.region} already`,
    allowed: 'one default bus in each region of an account; another name is a custom bus',
    awsError: 'ResourceAlreadyExistsException',
  });
}
