/**
 * What a scenario may say about a bus: CloudFormation's AWS::Events::EventBus, Rule and Archive in camelCase. What AWS
 * does not publish stands in assume.ts.
 */

import { z } from 'zod';
import type { AssumeOf, SettingsOf, SettingsShape } from '../settings.js';
import { block, choice, duration, eventPattern, mapByName, reference, text } from '../settings.js';
import { busAssume } from './assume.js';
import { API, BUS_PAGE, INVALID } from './page.js';
import {
  deadLetterConfig,
  laterParameters,
  NO_EFFECT_ON_TARGETS,
  retryPolicy,
  sqsParameters,
} from './target-settings.js';

const target = block(
  {
    name: 'target',
    doc: 'A target of a rule: what happens when an invocation fails.',
    notModelled: laterParameters(BUS_PAGE),
    noEffect: NO_EFFECT_ON_TARGETS,
    words: { dlq: 'deadLetterConfig', redrivePolicy: 'deadLetterConfig', retry: 'retryPolicy' },
  },
  {
    retryPolicy: retryPolicy(API).prefault({} as never),
    deadLetterConfig: deadLetterConfig.optional(),
    sqsParameters: sqsParameters.optional(),
  },
);

const rule = block(
  {
    name: 'rule',
    doc: 'Which events go to which targets.',
    exactlyOne: [['eventPattern', 'scheduleExpression']],
    noEffect: {
      eventBusName: 'the rule stands inside its bus',
      roleArn: 'whoever is named may be invoked, unless its own policy says otherwise',
    },
    words: { pattern: 'eventPattern', filter: 'eventPattern', schedule: 'scheduleExpression' },
  },
  {
    eventPattern: eventPattern({ doc: 'Which events: a pattern over the event.' }).optional(),
    scheduleExpression: text({
      longest: 256,
      source: API,
      doc: 'On the default bus: rate(5 minutes), or cron(0 18 ? * MON-FRI *) in UTC.',
    }).optional(),
    state: choice(['ENABLED', 'DISABLED'], {
      default: 'ENABLED',
      awsError: INVALID,
      notModelled: { ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS: BUS_PAGE },
      doc: 'A disabled rule gets nothing.',
    }),
    targets: z
      .record(reference({ roles: ['inbox', 'callable'] }), target)
      .meta({ description: 'Whom it invokes, by name: up to 5.' }),
  },
);

const archive = block(
  {
    name: 'archive',
    doc: 'Keeps events of the bus, so that they can be replayed.',
    noEffect: {
      archiveName: 'an archive goes by the name of its bus',
      sourceArn: 'the archive stands inside its bus',
    },
    words: { retention: 'retentionDays', pattern: 'eventPattern' },
  },
  {
    retentionDays: duration({
      default: '0d',
      min: '0d',
      max: '36500d',
      bare: 'd',
      source: API,
      awsError: INVALID,
      doc: 'How long it keeps an event; 0: for good.',
    }),
    eventPattern: eventPattern({ doc: 'Which events it keeps; default all.' }).optional(),
  },
);

export const busShape = {
  settings: {
    rules: mapByName(rule, 'Rules by name: up to 300.').prefault({}),
    archive: archive.optional(),
  },
  assume: busAssume,
  notModelled: {
    policy: BUS_PAGE,
    eventSourceName: BUS_PAGE,
    kmsKeyIdentifier: BUS_PAGE,
    deadLetterConfig: BUS_PAGE,
  },
  noEffect: {
    name: 'the name in the map is the name',
    logConfig: 'logs change no behaviour',
  },
} satisfies SettingsShape;

export type BusSettings = SettingsOf<typeof busShape>;
export type BusAssume = AssumeOf<typeof busShape>;
export type RuleSettings = BusSettings['rules'][string];
export type TargetSettings = RuleSettings['targets'][string];

/**
 * Names are unique in a scenario, and each region of an account has a bus that AWS calls `default`: `default` itself,
 * and any name that begins with `default-`.
 */
export function isDefaultBus(name: string): boolean {
  return name === 'default' || name.startsWith('default-');
}
