/** Operations (docs/scenario.md): what somebody does during the run. */

import { z } from 'zod';
import { block } from '../components/settings/block.js';
import { count } from '../components/settings/numbers.js';
import { duration } from '../components/settings/scaled.js';
import type { Micros } from '../kernel/time.js';
import type { Amount } from './fault-amounts.js';
import { amount } from './fault-amounts.js';
import type { Problem, Read } from '../components/settings/problem.js';
import { isMap, show } from '../components/settings/problem.js';
import { setting } from '../components/settings/setting.js';
import { choice, reference } from '../components/settings/words.js';
import type { Moments } from './moments.js';
import { moments, momentsOf } from './moments.js';
import { ALL_OPERATIONS, BUILT_FAULTS } from './verbs.js';

type Plain = Readonly<Record<string, unknown>>;

/** What is done. `settings` of a `set` are in base units once it has been held against its type. */
export type OperationAct =
  | { readonly verb: 'purge' }
  | {
      readonly verb: 'redrive';
      /** A queue; undefined: each message goes back to where it came from. */
      readonly to: string | undefined;
      /** Messages a second; undefined: AWS's own pace. */
      readonly perSecond: number | undefined;
    }
  | {
      readonly verb: 'deploy';
      /** So many instances at a time, or a share of those wanted. */
      readonly batch: Amount;
      /** From the last new instance of a batch being in service to the next batch. */
      readonly wait: Micros;
    }
  | {
      readonly verb: 'replay';
      /** What came before is not replayed, µs of the run; 0: all that is kept. */
      readonly from: Micros;
    }
  | {
      readonly verb: 'set';
      readonly settings: Plain;
      /** As the author wrote it. */
      readonly written: Plain;
    };

/** One operation, checked. */
export type OperationSpec = Moments & { readonly on: string } & OperationAct;

const redrive = block(
  {
    name: 'redrive',
    doc: 'StartMessageMoveTask: the messages of a dead-letter queue go back; {} is all defaults.',
    words: {
      rate: 'maxNumberOfMessagesPerSecond',
      maxMessagesPerSecond: 'maxNumberOfMessagesPerSecond',
      destination: 'to',
      target: 'to',
    },
  },
  {
    maxNumberOfMessagesPerSecond: count({
      min: 1,
      max: 500,
      awsError: 'InvalidParameterValue',
      source: 'botocore sqs StartMessageMoveTask, Aug 2026',
      doc: "How fast; default AWS's own pace (assume.redriveRate).",
    }).optional(),
    to: reference({
      roles: ['queue'],
      doc: 'Where to; default each message to the queue it came from.',
    }).optional(),
  },
);

const DEFAULT_BATCH: Amount = { kind: 'share', share: 0.25 };

const deploy = block(
  {
    name: 'deploy',
    doc: 'A rolling deployment: instances are replaced batch by batch; {} is all defaults.',
    words: { size: 'batch', share: 'batch', batchSize: 'batch', pause: 'wait', interval: 'wait' },
  },
  {
    batch: amount(
      'How many instances at a time, or which share of those wanted; default 25%.',
    ).optional(),
    wait: duration({
      default: '0s',
      doc: 'How long the next batch waits after the last one is in service.',
    }),
  },
);

const replay = block(
  {
    name: 'replay of an archive',
    doc: 'What an archive holds is sent on once more.',
    words: { from: 'startingPositionTimestamp', eventStartTime: 'startingPositionTimestamp' },
  },
  {
    startingPosition: choice(['TRIM_HORIZON', 'AT_TIMESTAMP'], {
      default: 'TRIM_HORIZON',
      doc: 'All that it holds, or what came at startingPositionTimestamp and later.',
    }),
    startingPositionTimestamp: duration({ doc: 'Time since `start`.' }).optional(),
  },
);

const readTrue: Read<true> = (written, refuse) => {
  return written === true
    ? true
    : refuse({ code: 'wrong-kind', found: show(written), allowed: 'true' });
};

/** The keys depend on the type of the resource; they are read against it later. */
const readSet: Read<Plain> = (written, refuse) => {
  const allowed = 'a map of settings, such as { visibilityTimeout: 5m }';
  if (!isMap(written)) return refuse({ code: 'wrong-kind', found: show(written), allowed });
  if (Object.keys(written).length > 0) return written;
  return refuse({ code: 'missing', message: 'nothing is set', allowed });
};

const operationBlock = block(
  {
    name: 'operation',
    doc: 'What somebody does during the run: when, on what, and exactly one verb.',
    exactlyOne: [ALL_OPERATIONS],
    elsewhere: Object.fromEntries(
      BUILT_FAULTS.map((verb) => [verb, 'a fault: it stands under faults']),
    ),
    words: {
      target: 'on',
      resource: 'on',
      queue: 'on',
      start: 'at',
      time: 'at',
      repeat: 'every',
      update: 'set',
      change: 'set',
      drain: 'purge',
      empty: 'purge',
      move: 'redrive',
      startMessageMoveTask: 'redrive',
      rollout: 'deploy',
      instanceRefresh: 'deploy',
      startInstanceRefresh: 'deploy',
      release: 'deploy',
    },
  },
  {
    ...moments,
    set: setting(
      readSet,
      { type: 'object', 'x-form': 'a map of settings' },
      { doc: 'Settings change, merged into those in force; null removes one.' },
    ).optional(),
    redrive: redrive.optional(),
    deploy: deploy.optional(),
    replay: replay.optional(),
    purge: setting(
      readTrue,
      { type: 'boolean', const: true },
      { doc: 'All messages of the queue are deleted.' },
    ).optional(),
  },
);

export const operation = operationBlock.transform((written, context): OperationSpec => {
  const report = (problem: Problem): void => {
    context.addIssue({ code: 'custom', params: { problem }, path: [...(problem.path ?? [])] });
  };
  const base = { ...momentsOf(written, report), on: written.on };
  if (written.set !== undefined)
    return { ...base, verb: 'set', settings: written.set, written: written.set };
  if (written.deploy !== undefined) {
    const { batch, wait } = written.deploy;
    if (batch?.kind === 'share' && batch.share === 0) {
      const allowed = 'a number of instances, or a share above 0%';
      report({ code: 'out-of-range', found: '0%', allowed, path: ['deploy', 'batch'] });
    }
    return { ...base, verb: 'deploy', batch: batch ?? DEFAULT_BATCH, wait };
  }
  if (written.replay !== undefined) {
    const { startingPosition, startingPositionTimestamp: from } = written.replay;
    if ((startingPosition === 'AT_TIMESTAMP') !== (from !== undefined)) {
      report({
        code: 'choice',
        found: startingPosition,
        message: `${startingPosition} ${from === undefined ? 'without' : 'with'} startingPositionTimestamp`,
        allowed:
          '{ startingPosition: AT_TIMESTAMP, startingPositionTimestamp: 10m } or TRIM_HORIZON alone',
        path: ['replay'],
      });
    }
    return { ...base, verb: 'replay', from: from ?? 0 };
  }
  if (written.redrive === undefined) return { ...base, verb: 'purge' };
  const { to, maxNumberOfMessagesPerSecond } = written.redrive;
  return { ...base, verb: 'redrive', to, perSecond: maxNumberOfMessagesPerSecond };
});

export const operations = z.array(operation);
