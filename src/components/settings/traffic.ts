/**
 * Traffic (docs/scenario.md): the outside world sends messages of a given make at given times. What the
 * language has and this release refuses is listed in src/scenario/not-modelled.ts.
 */

import { z } from 'zod';
import type { DistributionSpec } from '../../kernel/distributions/distribution.js';
import type { Micros } from '../../kernel/time.js';
import { block } from './block.js';
import type { BodySpec } from './body.js';
import { columnOf } from './csv.js';
import type { TrafficClient } from './client.js';
import { NO_CLIENT, trafficClient } from './client.js';
import { distribution } from './distribution.js';
import type { Attributes } from './message.js';
import { checkMessage, checkSize, eventFields, messageFields, objectFields } from './message.js';
import type { Problem, Refuse } from './problem.js';
import { AttachedFile, show } from './problem.js';
import { count } from './numbers.js';
import { rate } from './rates.js';
import { INTERNET, originOfTraffic } from './regions.js';
import { duration } from './scaled.js';
import { setting } from './setting.js';
import type { ValueSpec } from './value.js';
import { choice, reference, text } from './words.js';

/** One phase, checked. Rates are per second; a burst takes no time. */
export type Phase =
  | { readonly kind: 'rate'; readonly for: Micros; readonly from: number; readonly to: number }
  | { readonly kind: 'burst'; readonly count: number };

/** How many, and when. */
export type Plan =
  | { readonly kind: 'rate'; readonly rate: number }
  | { readonly kind: 'phases'; readonly phases: readonly Phase[] }
  /** So many arrivals in each interval of `every`. */
  | { readonly kind: 'replay'; readonly every: Micros; readonly counts: readonly number[] };

/** One traffic, checked: the settings of a source in base units. */
export interface TrafficSpec {
  readonly verb: TrafficVerb;
  /** What it sends to, writes to, reads from. */
  readonly target: string;
  readonly arrivals: 'poisson' | 'constant';
  readonly plan: Plan;
  readonly size: DistributionSpec;
  readonly key: ValueSpec;
  readonly attributes: Attributes;
  /** Fields of a JSON body by their paths; empty: nothing is known of it. */
  readonly body: BodySpec;
  /** Around the detail of an event; undefined: the sender's name. */
  readonly source: string | undefined;
  readonly detailType: string | undefined;
  /** Where ids come from: `key`, `message`, `attempt`, or the name of an attribute. */
  readonly messageGroupId: string | undefined;
  readonly messageDeduplicationId: string | undefined;
  /** Each message's own delay; standard queues only. */
  readonly delaySeconds: Micros | undefined;
  /** Text around the key of an object that is written or read. */
  readonly prefix: string | undefined;
  readonly suffix: string | undefined;
  readonly client: TrafficClient;
  readonly batch: { readonly size: number; readonly wait: Micros } | undefined;
  /** A region, or INTERNET; undefined: as the verb has it (originOf). */
  readonly from: string | undefined;
}

/** Users' calls come over the internet; who sends to a queue is near it. */
const FROM_INTERNET: readonly string[] = ['call', 'steps'];

/** Where a traffic comes from that goes to something in `region`. */
export function originOf({ verb, from }: TrafficSpec, region: string): string {
  return from ?? (FROM_INTERNET.includes(verb) ? INTERNET : region);
}

const PHASE_KINDS = ['rate', 'burst', 'daily', 'users'];

const phaseBlock = block(
  {
    name: 'phase',
    doc: 'One phase: { for, rate, rampTo? } or { burst }.',
    exactlyOne: [PHASE_KINDS],
    words: {
      duration: 'for',
      length: 'for',
      lasts: 'for',
      ramp: 'rampTo',
      to: 'rampTo',
      from: 'rate',
    },
  },
  {
    for: duration({ min: '1us', doc: 'How long it lasts.' }).optional(),
    rate: rate({ doc: 'Arrivals; the rate at its beginning when it ramps.' }).optional(),
    rampTo: rate({ doc: 'The rate at its end, reached in a straight line.' }).optional(),
    burst: count({ min: 1, max: 1_000_000_000, doc: 'So many at once; takes no time.' }).optional(),
  },
);

type Report = (problem: Problem) => void;

const phase = phaseBlock.transform((written, context): Phase => {
  const report: Report = (problem) => {
    context.addIssue({ code: 'custom', params: { problem }, path: [...(problem.path ?? [])] });
  };
  if (written.burst !== undefined) {
    for (const key of ['for', 'rampTo'] as const) {
      if (written[key] === undefined) continue;
      report({
        code: 'choice',
        message: `${key} beside burst`,
        allowed: 'a burst takes no time: { burst }',
        path: [key],
        onKey: true,
      });
    }
    return { kind: 'burst', count: written.burst };
  }
  if (written.for === undefined)
    report({ code: 'missing', message: 'the phase does not say how long: for is missing' });
  const from = written.rate ?? 0;
  return { kind: 'rate', for: written.for ?? 0, from, to: written.rampTo ?? from };
});

/** A file's name, replaced by its text when the scenario is loaded. */
const file = setting<AttachedFile>(
  (written, refuse) => {
    if (!(written instanceof AttachedFile))
      return refuse({
        code: 'wrong-kind',
        found: show(written),
        allowed: 'the name of a CSV file',
      });
    if (written.problem === undefined) return written;
    return refuse({
      code: 'file',
      found: written.name,
      message: `${written.name}: ${written.problem}`,
      allowed: 'a readable file, relative to this one',
    });
  },
  { type: 'string' },
  { doc: 'A CSV file, relative to this one; lines starting with # are skipped.' },
);

const replayBlock = block(
  {
    name: 'replay',
    doc: 'Arrivals as they were counted: one row of the file per interval.',
    words: {
      interval: 'every',
      period: 'every',
      column: 'count',
      counts: 'count',
      path: 'file',
      csv: 'file',
    },
  },
  {
    file,
    every: duration({ min: '1ms', default: '1s', doc: 'The interval that one row stands for.' }),
    count: text({ doc: 'The column that holds the arrivals of each interval.' }),
  },
);

const MOST_ARRIVALS = 1_000_000_000;

const replay = replayBlock.transform((written, context): Plan => {
  const refuse = (problem: Problem): undefined => {
    context.addIssue({ code: 'custom', params: { problem }, path: [...(problem.path ?? [])] });
    return undefined;
  };
  const missing = (problem: Problem): undefined => {
    return refuse(problem.path?.[0] === 'column' ? { ...problem, path: ['count'] } : problem);
  };
  const counts: number[] = [];
  for (const cell of columnOf(written.file, written.count, missing) ?? []) {
    const arrivals = Number(cell.text);
    if (!/^\d+$/.test(cell.text) || arrivals > MOST_ARRIVALS) {
      refuse({
        code: 'file',
        found: show(cell.text),
        message: `${written.count} is ${show(cell.text)}`,
        allowed: 'a whole number',
        at: cell.place,
      });
      break;
    }
    counts.push(arrivals);
  }
  return { kind: 'replay', every: written.every, counts };
});

/** The verbs that are built, and all of the language. */
const BUILT_VERBS = ['send', 'write', 'read'] as const;
export type TrafficVerb = (typeof BUILT_VERBS)[number];
export const TRAFFIC_VERBS = ['send', 'call', 'write', 'read', 'steps'];
export const TRAFFIC_PLANS = ['rate', 'phases', 'users', 'replay'];

const trafficBlock = block(
  {
    name: 'traffic',
    doc: 'Traffic from outside: one step done at given times, with messages of a given make.',
    exactlyOne: [TRAFFIC_VERBS, TRAFFIC_PLANS],
    words: {
      publish: 'send',
      put: 'send',
      produce: 'send',
      produces: 'send',
      sends: 'send',
      to: 'send',
      target: 'send',
      queue: 'send',
      queueUrl: 'send',
      topic: 'send',
      topicArn: 'send',
      stream: 'send',
      invoke: 'call',
      request: 'call',
      rps: 'rate',
      tps: 'rate',
      messageSize: 'size',
      messageGroup: 'messageGroupId',
      groupId: 'messageGroupId',
      deduplicationId: 'messageDeduplicationId',
      messageAttributes: 'attributes',
      delay: 'delaySeconds',
      distribution: 'arrivals',
      process: 'arrivals',
      trace: 'replay',
      burst: 'phases',
      stages: 'phases',
    },
  },
  {
    send: reference({ roles: ['inbox'], doc: 'What it sends messages to.' }).optional(),
    write: reference({
      roles: ['database', 'bucket'],
      doc: 'The database, or the bucket, that it writes to without anything in between.',
    }).optional(),
    read: reference({
      roles: ['database', 'bucket'],
      doc: 'The database, or the bucket, that it reads from.',
    }).optional(),
    rate: rate({ doc: 'Arrivals, the same throughout.' }).optional(),
    phases: z
      .array(phase)
      .min(1)
      .meta({ description: 'In turn, from the start; they may end before `duration`.' })
      .optional(),
    replay: replay.optional(),
    arrivals: choice(['poisson', 'constant'], {
      default: 'poisson',
      doc: 'Random arrivals, or evenly spaced ones.',
    }),
    size: distribution('size', {
      default: '1KiB',
      max: '5GiB',
      doc:
        'All that AWS counts: body and attributes; above 1MiB only with client.largePayloads. Of an object: its ' +
        'bytes.',
    }),
    ...messageFields,
    ...objectFields('The key'),
    from: originOfTraffic(),
    ...eventFields,
    client: trafficClient.optional(),
  },
);

export const traffic = trafficBlock.transform((written, context): TrafficSpec => {
  const message = {
    key: written.key,
    attributes: written.attributes ?? {},
    messageGroupId: written.messageGroupId,
    messageDeduplicationId: written.messageDeduplicationId,
    delaySeconds: written.delaySeconds,
  };
  const verb = BUILT_VERBS.find((candidate) => written[candidate] !== undefined) ?? 'send';
  const target = written[verb] ?? '';
  const client = written.client ?? NO_CLIENT;
  const refuse: Refuse = (problem) => {
    context.addIssue({ code: 'custom', params: { problem }, path: [...(problem.path ?? [])] });
    return undefined;
  };
  checkMessage(verb === 'send' ? target : '', message, refuse);
  if (verb !== 'send') checkStatement(verb, written, refuse);
  else checkSent(written, refuse);
  if (verb === 'send' && client.largePayloads === undefined)
    checkSize(written.size, 'client.largePayloads does not say where it goes', refuse);
  return {
    ...message,
    verb,
    target,
    arrivals: written.arrivals,
    plan: planOf(written),
    size: written.size,
    prefix: written.prefix,
    suffix: written.suffix,
    body: written.body ?? {},
    source: written.source,
    detailType: written.detailType,
    client,
    batch: client.batch,
    from: written.from,
  };
});

/** What only a queue feels. */
function checkStatement(
  verb: TrafficVerb,
  written: z.output<typeof trafficBlock>,
  refuse: Refuse,
): void {
  const said = {
    messageGroupId: [written.messageGroupId],
    messageDeduplicationId: [written.messageDeduplicationId],
    delaySeconds: [written.delaySeconds],
    batch: [written.client?.batch, 'client'],
    largePayloads: [written.client?.largePayloads, 'client'],
  } as const;
  for (const [key, [value, block]] of Object.entries(said)) {
    if (value === undefined) continue;
    refuse({
      code: 'no-effect',
      message: `${key} would have no effect: ${verb} is a statement, or an object, and no message`,
      allowed: 'only with send',
      path: block === undefined ? [key] : [block, key],
      onKey: true,
    });
  }
}

/** What only an object has. */
function checkSent({ prefix, suffix }: z.output<typeof trafficBlock>, refuse: Refuse): void {
  for (const [key, value] of Object.entries({ prefix, suffix })) {
    if (value === undefined) continue;
    refuse({
      code: 'no-effect',
      message: `${key} would have no effect: a message has no name`,
      allowed: 'only with write and read, of a bucket',
      path: [key],
      onKey: true,
    });
  }
}

function planOf(written: z.output<typeof trafficBlock>): Plan {
  if (written.replay !== undefined) return written.replay;
  if (written.phases !== undefined) return { kind: 'phases', phases: written.phases };
  return { kind: 'rate', rate: written.rate ?? 0 };
}
