/**
 * What a message is about, and which ids it is sent with (docs/scenario.md): `key`, `attributes`, `body`, and at the
 * send `messageGroupId`, `messageDeduplicationId` and `delaySeconds`, with what AWS refuses of them; what stands around
 * the detail of an event.
 */

import { z } from 'zod';
import { body } from './body.js';
import type { DistributionSpec } from '../../kernel/distributions/distribution.js';
import { distribution as distributionOf } from '../../kernel/distributions/distribution.js';
import type { Problem, Read, Refuse } from './problem.js';
import { show } from './problem.js';
import { isFifoName } from './resource.js';
import { duration } from './scaled.js';
import type { Docs } from './setting.js';
import { setting } from './setting.js';
import type { ValueSpec } from './value.js';
import { readValue, value } from './value.js';
import { nearestOf } from './nearest.js';
import { text } from './words.js';

/** The value of an attribute: as of a key, or a list of texts. */
export type AttributeSpec =
  | ValueSpec
  | { readonly kind: 'texts'; readonly texts: readonly string[] };

export type Attributes = Readonly<Record<string, AttributeSpec>>;

const readAttribute: Read<AttributeSpec> = (written, refuse) => {
  if (!Array.isArray(written)) return readValue(written, refuse);
  const odd = written.findIndex((item: unknown) => typeof item !== 'string');
  if (written.length > 0 && odd < 0) return { kind: 'texts', texts: written as string[] };
  return refuse({
    code: 'wrong-kind',
    found: written.length === 0 ? 'an empty list' : show(written[odd]),
    allowed: 'a list of texts',
    path: odd < 0 ? [] : [odd],
  });
};

function attributeValue(docs: Docs) {
  const shape = {
    anyOf: [{ type: ['string', 'number'] }, { type: 'object' }, { type: 'array' }],
    'x-form': 'a value, or a list of texts',
  };
  return setting(readAttribute, shape, docs);
}

/** Where an id may come from besides an attribute. */
export const ID_SOURCES = ['key', 'message', 'attempt'] as const;

function id(doc: string) {
  const allowed = `${ID_SOURCES.join(' | ')}, or the name of an attribute`;
  const read: Read<string> = (written, refuse) => {
    if (typeof written === 'string' && written !== '') return written;
    return refuse({ code: 'wrong-kind', found: show(written), allowed });
  };
  return setting(read, { type: 'string', 'x-form': allowed }, { doc });
}

/** AWS's range of a message's own delay. */
const DELAY_SOURCE = 'botocore sqs service-2.json, Aug 2026: DelaySeconds 0..900';

const attributes = z.record(z.string(), attributeValue({}));

/** The ids of a message, and its delay. */
const idFields = {
  messageGroupId: id(
    "Where a message's group comes from: key | message | attempt, or an attribute. FIFO: key; " +
      'standard queues: none, and giving one turns on fair queueing.',
  ).optional(),
  messageDeduplicationId: id(
    'Where the deduplication id comes from: message (one per message, kept by its retries) | attempt (a new ' +
      'one per try: a common bug) | key, or an attribute. FIFO: message.',
  ).optional(),
  delaySeconds: duration({
    min: '0s',
    max: '15m',
    bare: 's',
    awsError: 'InvalidParameterValue',
    source: DELAY_SOURCE,
    doc: "Each message's own delay, instead of the queue's; standard queues only.",
  }).optional(),
} as const;

/** The keys of an event in traffic and in a step: what stands around its detail, which is the body. */
export const eventFields = {
  source: text({
    longest: 256,
    doc: "The event's source; only to a bus. Default: the sender's name.",
  }).optional(),
  detailType: text({
    longest: 128,
    doc: "The event's detail-type; only to a bus. Default: the sender's name.",
  }).optional(),
} as const;

/** The keys of a message in traffic. */
export const messageFields = {
  key: value({ default: 'unique', doc: 'Whom or what a message is about.' }),
  attributes: attributes
    .meta({ description: 'Message attributes: texts, numbers, lists of texts; `when` reads them.' })
    .optional(),
  body: body({
    doc: 'Fields of a JSON body; only for filters, event patterns and `when`. What nobody reads costs nothing.',
  }).optional(),
  ...idFields,
} as const;

/** Those of a message that a step sends: what is not said is that of the message in hand. */
export const childFields = {
  key: value({
    doc: 'Of send: whom or what the message is about; default: as the one in hand.',
  }).optional(),
  attributes: attributes
    .meta({
      description: 'Of send: its attributes; those not said are those of the message in hand.',
    })
    .optional(),
  body: body({
    doc: 'Of send: the fields of its JSON body, all of them; default: as the one in hand.',
  }).optional(),
  ...idFields,
} as const;

/** The longest key of an object, bytes. Source: S3 User Guide, "Naming Amazon S3 objects", 2026. */
const OBJECT_KEY_MAX = 1024;

/** What stands around the key of an object. */
export function objectFields(whose: string) {
  return {
    prefix: text({
      longest: OBJECT_KEY_MAX,
      doc: `Of an object in a bucket: what stands before its key. ${whose} is the message's.`,
    }).optional(),
    suffix: text({
      longest: OBJECT_KEY_MAX,
      doc: 'Of an object in a bucket: what stands behind its key.',
    }).optional(),
  } as const;
}

/** SQS takes ten. */
const ATTRIBUTES_MAX = 10;

/** What is wrong with a message that is sent to this queue, besides each value's own mistakes. */
export interface MessageSpec {
  /** undefined, and `inherits`: that of the message in hand. */
  readonly key: ValueSpec | undefined;
  readonly attributes: Attributes;
  readonly messageGroupId: string | undefined;
  readonly messageDeduplicationId: string | undefined;
  readonly delaySeconds: number | undefined;
  /** It has the attributes of another message, too. */
  readonly inherits?: true;
}

export function checkMessage(target: string, message: MessageSpec, refuse: Refuse): void {
  const names = Object.keys(message.attributes);
  if (names.length > ATTRIBUTES_MAX)
    refuse({
      code: 'aws-refuses',
      found: `${names.length} attributes`,
      allowed: `at most ${ATTRIBUTES_MAX}`,
      awsError: 'InvalidParameterValue',
      path: ['attributes'],
    });
  for (const name of names) checkName(name, refuse);
  const isFifo = isFifoName(target);
  checkId(
    'messageGroupId',
    message.messageGroupId ?? (isFifo ? 'key' : undefined),
    message,
    refuse,
  );
  checkId('messageDeduplicationId', message.messageDeduplicationId, message, refuse);
  if (isFifo) checkForFifo(message, refuse);
  else if (target !== '' && message.messageDeduplicationId !== undefined)
    refuse(wrongQueueType('messageDeduplicationId', 'a FIFO queue'));
}

function checkForFifo({ delaySeconds }: MessageSpec, refuse: Refuse): void {
  // AWS accepts an explicit 0, and means the queue's own delay by it.
  if (delaySeconds !== undefined && delaySeconds > 0)
    refuse(wrongQueueType('delaySeconds', "a standard queue; a FIFO queue's delay is its own"));
}

function wrongQueueType(key: string, allowed: string): Problem {
  return {
    code: 'aws-refuses',
    found: key,
    message: `${key} is not valid for this queue type`,
    allowed,
    awsError: 'InvalidParameterValue',
    path: [key],
    onKey: true,
  };
}

/** What `when` calls by these names is no attribute. */
const RESERVED = ['key', 'source'];
/** Source: SQS Developer Guide, "Message attributes", 2026. */
const NAME_SHAPE = /^[A-Za-z0-9_.-]{1,256}$/;

function checkName(name: string, refuse: Refuse): void {
  const at = { found: show(name), path: ['attributes', name], onKey: true };
  if (RESERVED.includes(name))
    refuse({
      ...at,
      code: 'choice',
      message: `${name} is a word of its own`,
      allowed: 'another name',
    });
  else if (!NAME_SHAPE.test(name))
    refuse({
      ...at,
      code: 'aws-refuses',
      allowed: '1 to 256 letters, digits, hyphens, underscores and periods',
      awsError: 'InvalidParameterValue',
    });
}

function checkId(
  field: 'messageGroupId' | 'messageDeduplicationId',
  from: string | undefined,
  { key, attributes, inherits }: MessageSpec,
  refuse: Refuse,
): void {
  if (from === undefined || from === 'message' || from === 'attempt') return;
  if (from === 'key') {
    if (key !== undefined) checkText(['key'], key, refuse);
  } else if (!Object.hasOwn(attributes, from)) {
    if (inherits) return;
    const known = [...ID_SOURCES, ...Object.keys(attributes)];
    const near = nearestOf(from, known);
    refuse({
      code: 'unknown-name',
      found: from,
      allowed: known.join(', '),
      ...(near === undefined ? {} : { nearest: near }),
      path: [field],
    });
  } else if (attributes[from].kind === 'texts') {
    refuse({
      code: 'wrong-kind',
      found: from,
      message: `${from} is a list of texts`,
      allowed: 'an attribute with one value',
      path: [field],
    });
  } else checkText(['attributes', from], attributes[from], refuse);
}

/** Ids have 1 to 128 characters and no spaces (botocore sqs service-2.json, Aug 2026). */
const ID_SHAPE = /^[!-~]{1,128}$/;

function checkText(path: readonly string[], spec: AttributeSpec, refuse: Refuse): void {
  const bad = textsOf(spec).find((text) => !ID_SHAPE.test(text));
  if (bad === undefined) return;
  refuse({
    code: 'aws-refuses',
    found: show(bad),
    message: `an id would be ${show(bad)}`,
    allowed: '1 to 128 letters, digits and punctuation marks, no spaces',
    awsError: 'InvalidParameterValue',
    path,
  });
}

/** Examples of the texts that a value can be. */
function textsOf(spec: AttributeSpec): readonly string[] {
  switch (spec.kind) {
    case 'constant':
      return [String(spec.value)];
    case 'oneOf':
      return spec.options.map((option) => option.value);
    case 'names':
      return [`${spec.prefix}${spec.of - 1}`, ...spec.hot.map(({ name }) => name)];
    case 'texts':
      return spec.texts;
    case 'number':
    case 'unique':
      return [];
  }
}

/** No message of SQS is larger. */
const LARGEST_MESSAGE = 1_048_576;

/** Without a claim check the largest size that is written must fit. */
export function checkSize(size: DistributionSpec, why: string, refuse: Refuse): void {
  const largest =
    size.kind === 'constant' ? size.value : 'p50' in size ? size.p99 : distributionOf(size).min;
  if (largest <= LARGEST_MESSAGE) return;
  refuse({
    code: 'out-of-range',
    message: `larger than SQS takes, and ${why}`,
    found: `${largest} bytes`,
    allowed: '1B..1MiB',
    awsError: 'InvalidParameterValue',
    path: ['size'],
  });
}
