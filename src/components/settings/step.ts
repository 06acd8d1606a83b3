/**
 * Handler steps (docs/scenario.md): one verb each, its options beside it. What the language has and this release
 * refuses is listed in src/scenario/not-modelled.ts, under the name of the block.
 */

import { z } from 'zod';
import type { DistributionSpec } from '../../kernel/distributions/distribution.js';
import type { Micros } from '../../kernel/time.js';
import { block } from './block.js';
import type { BodySpec } from './body.js';
import type { CallerClient } from './caller.js';
import { callerClient } from './caller.js';
import { distribution } from './distribution.js';
import { count } from './numbers.js';
import type { Attributes } from './message.js';
import { checkMessage, checkSize, childFields, eventFields, objectFields } from './message.js';
import type { Problem, Read, Refuse } from './problem.js';
import { show } from './problem.js';
import { share } from './rates.js';
import { duration } from './scaled.js';
import { setting } from './setting.js';
import type { ValueSpec } from './value.js';
import type { WhenSpec } from './when.js';
import { when } from './when.js';
import { choice, reference, text } from './words.js';

/** The verbs of steps that are built. */
export const STEP_VERBS = [
  'work',
  'send',
  'fail',
  'crash',
  'call',
  'write',
  'read',
  'once',
] as const;
type StepVerb = (typeof STEP_VERBS)[number];
/** The verbs that are not built yet. */
export const LATER_STEP_VERBS = ['await', 'parallel', 'steps', 'perBatch'] as const;
/** All verbs of the language, of which a step has exactly one. */
export const ALL_STEP_VERBS = [...STEP_VERBS, ...LATER_STEP_VERBS] as const;

/** One step of a handler, checked: verb by verb, in base units. */
export type StepSpec = {
  /** In which share of the runs the step happens at all. */
  readonly chance: number;
  /** `message`: drawn once for all runs of a message. */
  readonly per: 'attempt' | 'message';
  /** Which messages it is for; undefined: all. */
  readonly when: WhenSpec | undefined;
} & (
  | { readonly verb: 'work'; readonly time: DistributionSpec }
  | ({
      /** A child of the message in hand. */
      readonly verb: 'send';
      readonly target: string;
      readonly count: number;
      readonly client: CallerClient;
      readonly onError: 'fail' | 'ignore';
    } & ChildSpec)
  | { readonly verb: 'fail'; readonly share: number; readonly status: number | undefined }
  | { readonly verb: 'crash'; readonly share: number }
  | {
      /** A call of a service, a statement to a database, or an object of a bucket. */
      readonly verb: 'call' | 'write' | 'read';
      readonly target: string;
      readonly count: number;
      readonly client: CallerClient;
      readonly onError: 'fail' | 'ignore';
      /** Of `write` and `read`. */
      readonly object?: ObjectSpec;
    }
  | {
      readonly verb: 'once';
      /** `message`, `key`, or the name of an attribute. */
      readonly by: string;
      readonly for: Micros | undefined;
      readonly atMost: number;
    }
);

/** What a step says of the message that it sends; undefined: as the message in hand. */
export interface ChildSpec {
  readonly size: DistributionSpec | undefined;
  readonly key: ValueSpec | undefined;
  readonly attributes: Attributes;
  /** All fields of its body. */
  readonly body: BodySpec | undefined;
  /** Around the detail of an event; undefined: the sender's name. */
  readonly source: string | undefined;
  readonly detailType: string | undefined;
  readonly messageGroupId: string | undefined;
  readonly messageDeduplicationId: string | undefined;
  readonly delaySeconds: Micros | undefined;
}

/** What a step says of an object; undefined: bytes as the message in hand, nothing around its key. */
export interface ObjectSpec {
  readonly size: DistributionSpec | undefined;
  readonly prefix: string | undefined;
  readonly suffix: string | undefined;
}

/** Of `write` and `read`: only a bucket has them. */
export const OBJECT_OPTIONS = ['size', 'prefix', 'suffix'] as const;

/** Which options belong to which verb, besides chance, per and when. */
const OPTIONS: Readonly<Record<StepVerb, readonly string[]>> = {
  work: [],
  send: ['count', 'client', 'onError', 'size', ...Object.keys({ ...childFields, ...eventFields })],
  fail: ['status'],
  crash: [],
  call: ['count', 'client', 'onError'],
  write: ['count', 'client', 'onError', ...OBJECT_OPTIONS],
  read: ['count', 'client', 'onError', ...OBJECT_OPTIONS],
  once: ['by', 'for', 'atMost'],
};
const ALL_OPTIONS = [...new Set(Object.values(OPTIONS).flat())];

/** Ids that one process remembers unless more is said: our default. */
const REMEMBERED = 100_000;

const readMemory: Read<'memory'> = (written, refuse) => {
  if (written === 'memory') return 'memory';
  const found = show(written);
  if (typeof written !== 'string') return refuse({ code: 'wrong-kind', found, allowed: 'memory' });
  const message = `once: ${found}: a table that remembers is not modelled yet`;
  return refuse({ code: 'not-modelled', found, message, allowed: 'memory' });
};

const WORDS = {
  publish: 'send',
  put: 'send',
  produce: 'send',
  enqueue: 'send',
  invoke: 'call',
  request: 'call',
  store: 'write',
  insert: 'write',
  update: 'write',
  save: 'write',
  get: 'read',
  query: 'read',
  select: 'read',
  error: 'fail',
  sleep: 'work',
  process: 'work',
  compute: 'work',
  duration: 'work',
  time: 'work',
  die: 'crash',
  kill: 'crash',
  probability: 'chance',
  share: 'chance',
  on: 'when',
  if: 'when',
  dedupe: 'once',
  idempotent: 'once',
  statusCode: 'status',
  code: 'status',
  times: 'count',
  repeat: 'count',
  retry: 'client',
  messageGroup: 'messageGroupId',
  groupId: 'messageGroupId',
  deduplicationId: 'messageDeduplicationId',
  messageAttributes: 'attributes',
  messageSize: 'size',
  delay: 'delaySeconds',
  catch: 'onError',
  ttl: 'for',
  max: 'atMost',
  limit: 'atMost',
};

const writtenStep = block(
  {
    name: 'step',
    doc: 'One step of a handler: exactly one verb, its options beside it.',
    exactlyOne: [ALL_STEP_VERBS],
    words: WORDS,
  },
  {
    work: distribution('duration', { doc: 'Keeps the worker busy for so long.' }).optional(),
    send: reference({
      roles: ['inbox'],
      doc: 'A message, made from the one in hand; waits until AWS has acknowledged it.',
    }).optional(),
    fail: share({ doc: 'In this share of the runs the handler ends in failure here.' }).optional(),
    crash: share({
      doc: 'In this share of the runs the process dies here, with all that it holds.',
    }).optional(),
    call: reference({
      roles: ['callable'],
      doc: "Waits for another's answer. Status 429, 5xx, or none in time: tried again as `client` says.",
    }).optional(),
    write: reference({
      roles: ['database', 'bucket'],
      doc: 'A statement that writes to a database, or a PutObject; waits until it is done.',
    }).optional(),
    read: reference({
      roles: ['database', 'bucket'],
      doc: 'A statement that reads from a database, or a GetObject; waits for its answer.',
    }).optional(),
    once: setting(
      readMemory,
      { type: 'string', enum: ['memory'] },
      { doc: 'Skips the rest if it was seen; remembered when the handler ends well.' },
    ).optional(),
    chance: share({ default: '100%', doc: 'In which share of the runs the step happens at all.' }),
    per: choice(['attempt', 'message'], {
      default: 'attempt',
      doc: "Whether chance and share are drawn anew on each try, or are the message's fate.",
    }),
    when: when({
      doc: 'Which messages the step is for: attributes, key, source; default all.',
    }).optional(),
    status: count({
      min: 400,
      max: 599,
      doc: 'Of fail: what a caller gets, default 500; 4xx other than 429 is not tried again.',
    }).optional(),
    count: count({
      min: 1,
      max: 1000,
      doc: 'Of send, call, write, read: so many, one after the other; default 1.',
    }).optional(),
    client: callerClient.optional(),
    size: distribution('size', {
      max: '5GiB',
      doc:
        'Of send: body and attributes; of write and read, with a bucket: the bytes of the object. Default: as the ' +
        'message in hand.',
    }).optional(),
    ...childFields,
    ...eventFields,
    ...objectFields('The key'),
    onError: choice(['fail', 'ignore'], {
      doc:
        'Of send, call, write, read: whether one that fails for good fails the run (default), or is ' +
        'ignored.',
    }).optional(),
    by: text({
      longest: 256,
      doc: 'Of once: message (default), key, or the name of an attribute.',
    }).optional(),
    for: duration({
      min: '1us',
      doc: 'Of once: what is older is forgotten; default: nothing is.',
    }).optional(),
    atMost: count({
      min: 1,
      max: 10_000_000,
      doc: 'Of once: ids that each process remembers, default 100000; beyond, the oldest is forgotten.',
    }).optional(),
  },
);

type Written = z.output<typeof writtenStep>;

/** A step without a verb has been refused already: what stands beside nothing is not looked at. */
export const step = writtenStep.transform((written, context): StepSpec => {
  const verb = STEP_VERBS.find((candidate) => written[candidate] !== undefined);
  const { chance, per } = written;
  const common = { chance, per, when: written.when };
  if (verb === undefined) return { ...common, verb: 'crash', share: 0 };
  for (const key of strayOptions(written, verb)) {
    const problem: Problem = isLater(key, verb)
      ? later(key, verb)
      : {
          code: 'choice',
          message: `${key} beside ${verb}`,
          allowed: ['chance', 'per', 'when', ...OPTIONS[verb]].join(', '),
          path: [key],
          onKey: true,
        };
    context.addIssue({ code: 'custom', params: { problem }, path: [key] });
  }
  checkOptions(written, verb, (problem) => {
    context.addIssue({ code: 'custom', params: { problem }, path: [...(problem.path ?? [])] });
    return undefined;
  });
  return { ...common, ...actOf(written, verb) };
});

/** What a message, or a call, cannot say. */
function checkOptions(written: Written, verb: StepVerb, refuse: Refuse): void {
  if (verb === 'send') {
    checkMessage(written.send!, { ...childOf(written), inherits: true }, refuse);
    if (written.size !== undefined) checkSize(written.size, 'a step has no claim check', refuse);
  } else if (written.client?.batch !== undefined)
    refuse({
      code: 'no-effect',
      message: `batch would have no effect: ${verb} sends no messages`,
      allowed: 'only with send',
      path: ['client', 'batch'],
      onKey: true,
    });
}

function childOf(written: Written): ChildSpec {
  const { size, key, messageGroupId, messageDeduplicationId, delaySeconds } = written;
  const attributes = written.attributes ?? {};
  const { body, source, detailType } = written;
  const ids = { messageGroupId, messageDeduplicationId, delaySeconds };
  return { size, key, attributes, body, source, detailType, ...ids };
}

/** What calls and statements say of themselves one day. */
function isLater(key: string, verb: StepVerb): boolean {
  const isMessage = key === 'size' || key === 'key' || key === 'attributes';
  return isMessage && ['call', 'write', 'read'].includes(verb);
}

function later(key: string, verb: StepVerb): Problem {
  return {
    code: 'not-modelled',
    message: `${key} is not modelled yet beside ${verb}`,
    allowed: ['chance', 'per', 'when', ...OPTIONS[verb]].join(', '),
    path: [key],
    onKey: true,
  };
}

function strayOptions(written: Written, verb: StepVerb): string[] {
  const said = written as Readonly<Record<string, unknown>>;
  return ALL_OPTIONS.filter((key) => said[key] !== undefined && !OPTIONS[verb].includes(key));
}

function actOf(written: Written, verb: StepVerb) {
  switch (verb) {
    case 'work':
      return { verb, time: written.work! };
    case 'fail':
      return { verb, share: written.fail!, status: written.status };
    case 'crash':
      return { verb, share: written.crash! };
    case 'send':
      return { verb, ...askedOf(written, verb), ...childOf(written) };
    case 'call':
    case 'write':
    case 'read':
      return { verb, ...askedOf(written, verb), object: objectOf(written) };
    case 'once':
      return {
        verb,
        by: written.by ?? 'message',
        for: written.for,
        atMost: written.atMost ?? REMEMBERED,
      };
  }
}

function askedOf(written: Written, verb: 'send' | 'call' | 'write' | 'read') {
  return {
    target: written[verb]!,
    count: written.count ?? 1,
    client: written.client ?? {},
    onError: written.onError ?? 'fail',
  };
}

function objectOf({ size, prefix, suffix }: Written): ObjectSpec {
  return { size, prefix, suffix };
}

/** `handler`: what one message costs, step by step; `[]` is instant. */
export const handler = z
  .array(step)
  .superRefine((steps, context) => {
    const second = steps.findIndex(
      (one, i) => one.verb === 'once' && steps.findIndex(({ verb }) => verb === 'once') < i,
    );
    if (second < 0) return;
    const problem: Problem = {
      code: 'not-modelled',
      message: 'a second once in one handler is not modelled yet',
      allowed: 'one step once',
      path: [second, 'once'],
      onKey: true,
    };
    context.addIssue({ code: 'custom', params: { problem }, path: [second, 'once'] });
  })
  .meta({ description: 'What one message or one call costs, step by step.' });
