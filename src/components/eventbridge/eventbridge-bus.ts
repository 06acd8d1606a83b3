/** eventbridge.bus: see docs/components/eventbridge.bus.md. */

import { distribution } from '../../kernel/distributions/distribution.js';
import type { ComponentType } from '../component.js';
import type { ResourceView } from '../settings.js';
import type { CalledService } from '../settings/called.js';
import type { PushLink } from '../settings/push-link.js';
import { Bus } from './bus.js';
import { BUS_INBOX, BUS_OPERATIONS, busErrorOfStatus } from './bus-port.js';
import { Accounts } from './account-use.js';
import { checkBus } from './checks.js';
import { checkBusOperations } from './operation-checks.js';
import { busOptions } from './from-settings.js';
import { BUS_PAGE } from './page.js';
import { BUS_PRICES } from './prices.js';
import { BUS_QUOTAS } from './quotas.js';
import { busShape } from './settings.js';
import type { BusAssume, BusSettings } from './settings.js';

const CALLED: CalledService = {
  // An acknowledgement of PutEvents.
  time: ({ assume }) => {
    const time = distribution((assume as BusAssume).apiLatency);
    return { mean: time.mean, p99: time.quantile(0.99) };
  },
  isLimited: () => false,
};

export const eventbridgeBus: ComponentType<typeof busShape> = {
  type: 'eventbridge.bus',
  summary:
    'An Amazon EventBridge event bus with rules: each event goes to the targets of all rules whose pattern it ' +
    'matches, with retries for a day and a dead-letter queue for each target.',
  page: BUS_PAGE,
  shape: busShape,
  roles: ['inbox', 'bus'],
  inbox: BUS_INBOX,
  called: CALLED,
  operations: BUS_OPERATIONS,
  levels: [],
  metrics: {},
  quotas: BUS_QUOTAS,
  prices: BUS_PRICES,
  checks: checkBus,
  pushes: linksOf,
  schedule: scheduleOf,
  errorOfStatus: busErrorOfStatus,
  operationChecks: checkBusOperations,
  build: (world, id, spec) => new Bus(world, id, busOptions(world, spec)),
  replay: (world, id, from) => world.shared(Accounts).busOf(id).replays!.start(from),
};

/** In the order in which the bus adds them: rules in file order, their targets in file order. */
function linksOf({ settings, written }: ResourceView): PushLink[] {
  const { rules } = settings as BusSettings;
  const patterns = written['rules'] as
    | Readonly<Record<string, Readonly<Record<string, unknown>>>>
    | undefined;
  return Object.entries(rules).flatMap(([name, rule]) => {
    const { eventPattern } = patterns?.[name] ?? {};
    return Object.entries(rule.targets).map(([target, { deadLetterConfig, retryPolicy }]) => ({
      name: `${name}/${target}`,
      target,
      deadLetter: deadLetterConfig?.target,
      filter: eventPattern === undefined ? rule.scheduleExpression : JSON.stringify(eventPattern),
      retries: `${retryPolicy.maximumRetryAttempts} within ${retryPolicy.maximumEventAgeInSeconds / 1e6} s`,
    }));
  });
}

function scheduleOf({ name, settings }: ResourceView): string[] {
  const { rules } = settings as BusSettings;
  return Object.entries(rules).flatMap(([rule, { scheduleExpression, state, targets }]) => {
    if (scheduleExpression === undefined || state === 'DISABLED') return [];
    const whom = Object.keys(targets).join(', ');
    return [`${name} invokes ${whom} at ${scheduleExpression} (rule ${rule}, UTC)`];
  });
}
