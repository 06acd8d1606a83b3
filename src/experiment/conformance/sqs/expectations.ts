/** What a case expects of a step, held against what came. */

import { isMap } from '../../../components/settings/problem.js';
import type { Call } from '../../operations/call.js';
import type { ReceivedMessage } from '../../operations/receives.js';
import type { Plain } from '../case-file.js';
import { NotExpressible } from '../result.js';
import type { Difference } from '../story.js';
import type { CaseWorld } from './case-world.js';
import { camelCased } from './queue-words.js';
import type { Expectation, Operation } from './words.js';
import { ATTRIBUTES, EXPECTATIONS, inOurWords, mapOf, textOf, wordOf } from './words.js';

/** A step that has been done; `expect` is under our words. */
export interface DoneStep {
  readonly operation: Operation;
  readonly call: Call<unknown>;
  readonly expect: Readonly<Partial<Record<Expectation, unknown>>>;
}

/** One word: what came, and whether that is what was expected. */
interface Seen {
  readonly got: unknown;
  readonly isMet: boolean;
}

/** Which operations a word can be said of; words that are not here can be said of every one. */
const OF: Readonly<Partial<Record<Expectation, readonly Operation[]>>> = {
  ...Object.fromEntries(
    [
      'bodies set anyOf count countBetween receiveCounts sameMessageAs notSameMessageAs',
      'dedupIdIsMessageId groups dedupIds deadLetterSource',
    ]
      .join(' ')
      .split(' ')
      .map((word) => [word, ['receive']]),
  ),
  sameIdAs: ['send'],
  differentIdFrom: ['send'],
  successful: ['sendBatch', 'deleteBatch', 'changeVisibilityBatch'],
  failed: ['sendBatch', 'deleteBatch', 'changeVisibilityBatch'],
  visible: ['counts', 'getAttributes'],
  inflight: ['counts', 'getAttributes'],
  delayed: ['counts', 'getAttributes'],
  attributes: ['getAttributes', 'counts'],
  status: ['listMoves'],
  tasks: ['listMoves'],
  toMove: ['listMoves'],
  moved: ['listMoves', 'cancelMove'],
};

/** The expectation of a step under our words; NotExpressible for what has no word, or not for this step. */
export function readExpectation(
  said: unknown,
  operation: Operation,
  where: string,
): DoneStep['expect'] {
  const expect = inOurWords(EXPECTATIONS, mapOf(said ?? {}, where), `${where}, expect`);
  for (const word of Object.keys(expect) as Expectation[]) {
    if (OF[word]?.includes(operation) === false)
      throw new NotExpressible(`${where}: no phrase for ${word} of ${operation}`);
  }
  return expect;
}

/** null when all is as expected. */
export function differenceOf(world: CaseWorld, step: DoneStep): Difference | null {
  const { call, expect } = step;
  const refused = errorDifference(call, expect.error);
  if (refused !== undefined) return refused;
  const expected: Record<string, unknown> = {};
  const got: Record<string, unknown> = {};
  for (const [word, value] of Object.entries(expect) as [Expectation, unknown][]) {
    if (word === 'error') continue;
    if (!call.done) return { expected: { ...expect }, got: { answered: false } };
    const seen = SEEN[word](value, step, world);
    if (seen.isMet) continue;
    expected[word] = value;
    got[word] = seen.got;
  }
  return Object.keys(expected).length === 0 ? null : { expected, got };
}

// --- errors ------------------------------------------------------------------------------------------

/** undefined: the call was answered as it should; null: refused as it should; else what is wrong. */
function errorDifference(call: Call<unknown>, said: unknown): Difference | null | undefined {
  const code = call.error?.code ?? null;
  if (said === undefined || said === null || said === false)
    return code === null ? undefined : { expected: { error: null }, got: { error: code } };
  if (code !== null && alternatives(said).some((one) => isSameCode(one, code))) return null;
  return { expected: { error: said }, got: { error: code } };
}

/** `A|B` means either; `true` any. */
function alternatives(said: unknown): readonly string[] {
  if (said === true) return ['*'];
  const list = Array.isArray(said) ? said.map(String) : String(said).split('|');
  return list.map((one) => one.trim());
}

/** Codes have two spellings on AWS: of the API reference, and of the query protocol. */
const SAME: readonly (readonly string[])[] = [
  ['QueueDoesNotExist', 'NonExistentQueue'],
  ['QueueNameExists', 'QueueAlreadyExists'],
  ['ReceiptHandleIsInvalid', 'InvalidReceiptHandle'],
  ['ThrottlingException', 'Throttling', 'RequestThrottled', 'Throttled'],
  ['ParameterValueInvalid', 'InvalidParameterValue'],
  ['NotFound', 'ResourceNotFound'],
  ['ValidationError', 'Validation'],
];

export function isSameCode(expected: string, code: string): boolean {
  const one = bare(expected);
  const other = bare(code);
  return (
    one === '*' || one === other || SAME.some((set) => set.includes(one) && set.includes(other))
  );
}

function bare(code: string): string {
  const name = code.replace(/^AWS\.SimpleQueueService\./, '');
  return name === 'ThrottlingException' ? name : name.replace(/Exception$/, '');
}

// --- words -------------------------------------------------------------------------------------------

type See = (expected: unknown, step: DoneStep, world: CaseWorld) => Seen;

const SEEN: Readonly<Record<Exclude<Expectation, 'error'>, See>> = {
  bodies: (expected, step) => sameList(expected, bodiesOf(step)),
  set: (expected, step) => sameSet(expected, bodiesOf(step)),
  anyOf: (expected, step) => {
    const got = bodiesOf(step);
    return { got, isMet: listOf(expected).some((one) => sameList(one, got).isMet) };
  },
  count: (expected, step) => exact(expected, messagesOf(step).length),
  countBetween: (expected, step) => {
    const got = messagesOf(step).length;
    const [least, most] = listOf(expected).map(Number);
    return { got, isMet: got >= least && got <= most };
  },
  receiveCounts: (expected, step) => {
    const got = messagesOf(step).map(({ attributes }) => attributes.approximateReceiveCount);
    const hasOrder = step.expect.set === undefined && step.expect.anyOf === undefined;
    return hasOrder ? sameList(expected, got) : sameSet(expected, got);
  },
  sameMessageAs: (expected, step, world) => messageIds(expected, step, world, true),
  notSameMessageAs: (expected, step, world) => messageIds(expected, step, world, false),
  returnsAt: (expected, { call }) => sameTime(expected, call.answeredAt),
  successful: (expected, { call }) => entries(expected, batchOf(call).successful),
  failed: (expected, { call }) => entries(expected, batchOf(call).failed),
  sameIdAs: (expected, step, world) => sentId(expected, step, world, true),
  differentIdFrom: (expected, step, world) => sentId(expected, step, world, false),
  dedupIdIsMessageId: (expected, step) => {
    const messages = messagesOf(step);
    const got =
      messages.length > 0 &&
      messages.every(
        ({ messageId, attributes }) => attributes.messageDeduplicationId === messageId,
      );
    return exact(expected, got);
  },
  groups: (expected, step) =>
    sameList(
      expected,
      messagesOf(step).map(({ attributes }) => attributes.messageGroupId ?? null),
    ),
  dedupIds: (expected, step) =>
    sameList(
      expected,
      messagesOf(step).map(({ attributes }) => attributes.messageDeduplicationId ?? null),
    ),
  deadLetterSource: (expected, step, world) => {
    const got = messagesOf(step).map(({ attributes }) => attributes.deadLetterQueueSource ?? null);
    const names = listOf(expected).map((name) => (name === null ? null : world.name(name)));
    const isEach = Array.isArray(expected) ? sameList(names, got).isMet : undefined;
    return { got, isMet: isEach ?? (got.length > 0 && got.every((one) => one === names[0])) };
  },
  visible: (expected, { call }) => attribute(expected, call, 'approximateNumberOfMessages'),
  inflight: (expected, { call }) =>
    attribute(expected, call, 'approximateNumberOfMessagesNotVisible'),
  delayed: (expected, { call }) => attribute(expected, call, 'approximateNumberOfMessagesDelayed'),
  attributes: (expected, { call }) => attributesDiffer(expected, call),
  status: (expected, { call }) => exact(expected, latestTask(call)?.['status'] ?? null),
  toMove: (expected, { call }) =>
    exact(expected, latestTask(call)?.['approximateNumberOfMessagesToMove'] ?? null),
  moved: (expected, { call }) => {
    const task = latestTask(call) ?? (call.value as Plain);
    return exact(expected, task['approximateNumberOfMessagesMoved'] ?? null);
  },
  tasks: (expected, { call }) => {
    const got = resultsOf(call).map((task) => task['status']);
    return typeof expected === 'number' ? exact(expected, got.length) : sameList(expected, got);
  },
};

function messagesOf({ call }: DoneStep): readonly ReceivedMessage[] {
  return (call.value as { messages: readonly ReceivedMessage[] }).messages;
}

function bodiesOf(step: DoneStep): readonly unknown[] {
  return messagesOf(step).map(({ body }) => body);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function exact(expected: unknown, got: unknown): Seen {
  return { got, isMet: JSON.stringify(expected) === JSON.stringify(got) };
}

/** Times may come out of a sum in the file: a tenth of a microsecond does not count. */
function sameTime(expected: unknown, got: number | null): Seen {
  return { got, isMet: got !== null && Math.abs(Number(expected) - got) < 1e-7 };
}

function sameList(expected: unknown, got: readonly unknown[]): Seen {
  const texts = listOf(expected).map(textOf);
  return {
    got,
    isMet: texts.length === got.length && got.every((one, i) => textOf(one) === texts[i]),
  };
}

function sameSet(expected: unknown, got: readonly unknown[]): Seen {
  const sorted = (list: readonly unknown[]) => list.map(textOf).sort();
  return { got, isMet: sameList(sorted(listOf(expected)), sorted(got)).isMet };
}

/** Every message is (or none is) the one that the named send was answered with; a list says one each. */
function messageIds(expected: unknown, step: DoneStep, world: CaseWorld, isSame: boolean): Seen {
  const ids = messagesOf(step).map(({ messageId }) => messageId);
  const got = ids.map((id) => world.called(id));
  const wanted = listOf(expected).map((name) => world.messageId(name));
  if (!isSame) return { got, isMet: ids.length > 0 && !ids.some((id) => wanted.includes(id)) };
  const isEach = Array.isArray(expected) ? sameSet(wanted, ids).isMet : undefined;
  return { got, isMet: isEach ?? (ids.length > 0 && ids.every((id) => id === wanted[0])) };
}

function sentId(expected: unknown, { call }: DoneStep, world: CaseWorld, isSame: boolean): Seen {
  const { messageId } = call.value as { messageId: string };
  const wanted = listOf(expected).map((name) => world.messageId(name));
  return { got: world.called(messageId), isMet: wanted.includes(messageId) === isSame };
}

interface Batch {
  readonly successful: readonly { readonly id: string }[];
  readonly failed: readonly { readonly id: string; readonly code: string }[];
}

function batchOf(call: Call<unknown>): Batch {
  return call.value as Batch;
}

/** Ids in any order, how many, or a map of ids to codes. */
function entries(
  expected: unknown,
  answered: readonly { readonly id: string; readonly code?: string }[],
): Seen {
  const ids = answered.map(({ id }) => id);
  if (typeof expected === 'number') return exact(expected, ids.length);
  const codes = answered.map(({ id, code }) => ({ id, code }));
  const wanted = isMap(expected)
    ? Object.entries(expected).map(([id, code]) => ({ id, code }))
    : listOf(expected);
  if (!wanted.some(isMap)) return sameSet(wanted.map(String), ids);
  const isMet =
    wanted.length === codes.length &&
    (wanted as Plain[]).every(({ id, code }) =>
      codes.some((own) => own.id === String(id) && isSameCode(String(code), own.code ?? '')),
    );
  return { got: codes, isMet };
}

function shownOf(call: Call<unknown>): Plain {
  return (call.value as { attributes: Plain }).attributes;
}

function attribute(expected: unknown, call: Call<unknown>, name: string): Seen {
  return exact(expected, shownOf(call)[name] ?? null);
}

function attributesDiffer(expected: unknown, call: Call<unknown>): Seen {
  const shown = shownOf(call);
  const asked = Object.entries(camelCased(expected as Plain)).map(
    ([word, value]) => [word, wordOf(ATTRIBUTES, word) ?? word, value] as const,
  );
  const got = Object.fromEntries(asked.map(([word, name]) => [word, shown[name] ?? null]));
  return { got, isMet: asked.every(([, name, value]) => textOf(shown[name]) === textOf(value)) };
}

function resultsOf(call: Call<unknown>): readonly Plain[] {
  return (call.value as { results?: readonly Plain[] }).results ?? [];
}

function latestTask(call: Call<unknown>): Plain | undefined {
  return resultsOf(call).at(0);
}
