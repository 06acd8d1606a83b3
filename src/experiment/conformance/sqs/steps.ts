/** One step of a case, done: its words become the request of an operation. */

import { isMap } from '../../../components/settings/problem.js';
import type { Call } from '../../operations/call.js';
import type { ReceiveResult } from '../../operations/receives.js';
import type { SaidAttributes } from '../../operations/message-attributes.js';
import type { SendEntry } from '../../operations/sends.js';
import type { Plain } from '../case-file.js';
import { NotExpressible } from '../result.js';
import { NothingThere } from '../story.js';
import type { CaseWorld } from './case-world.js';
import { ENTRY_COUNT } from './phrases.js';
import { camelCased, readAttributes, readQueue, readRedrive } from './queue-words.js';
import type { Operation, Words } from './words.js';
import { ENTRIES, inOurWords, mapOf, OPERATIONS, textOf } from './words.js';

/** An operation with its arguments under our words. */
export interface Action {
  readonly operation: Operation;
  readonly said: Record<string, unknown>;
  /** `step 3`. */
  readonly where: string;
}

/** Reads the arguments of an operation; throws NotExpressible for what it has no word for. */
export function readAction(operation: Operation, said: Plain, where: string): Action {
  const read = inOurWords(OPERATIONS[operation], said, where);
  const words = (ENTRIES as Readonly<Record<string, Words>>)[operation];
  if (words === undefined) return { operation, said: read, where };
  return { operation, said: { ...read, entries: entriesOf(read['entries'], words, where) }, where };
}

/** Entries as maps under our words; a bare receipt is an entry whose id is its place. */
export function entriesOf(said: unknown, words: Words, where: string): unknown {
  const count = typeof said === 'string' ? ENTRY_COUNT.exec(said)?.[1] : said;
  const isCount = typeof count === 'number' || typeof count === 'string';
  const list = isCount ? Array.from({ length: Number(count) }, () => ({})) : (said ?? []);
  if (!Array.isArray(list))
    throw new NotExpressible(`${where}: no phrase for the entries ${JSON.stringify(said)}`);
  return list.map((entry: unknown, i) => {
    const own = typeof entry === 'string' ? { receipt: entry } : mapOf(entry, where);
    return { id: `${i + 1}`, ...inOurWords(words, own, where) };
  });
}

/** Does it now. */
export function act(world: CaseWorld, action: Action): Call<unknown> {
  const { said } = action;
  const run: (world: CaseWorld, action: Action) => Call<unknown> = RUNS[action.operation];
  const { as } = said;
  const call = run(world, action);
  if (as !== undefined) nameResult(world, action, textOf(as), call);
  return call;
}

function nameResult(world: CaseWorld, action: Action, as: string, call: Call<unknown>): void {
  if (action.operation === 'receive')
    world.receives.set(as, { queue: queueOf(world, action), call: call as Call<ReceiveResult> });
  else if (action.operation === 'startMove') {
    const { taskHandle } = (call.value ?? {}) as { taskHandle?: string };
    if (taskHandle !== undefined) world.tasks.set(as, taskHandle);
  } else world.sends.set(as, () => sentIds(call.value));
}

export function sentIds(value: unknown): readonly string[] {
  const sent = (value ?? {}) as { messageId?: string; successful?: { messageId: string }[] };
  if (sent.messageId !== undefined) return [sent.messageId];
  return (sent.successful ?? []).map(({ messageId }) => messageId);
}

// --- operations --------------------------------------------------------------------------------------

const RUNS: Readonly<Record<Operation, (world: CaseWorld, action: Action) => Call<unknown>>> = {
  send: (world, action) => {
    const { as: _, ...request } = message(action.said);
    return world.world.sqs.sendMessage({ ...request, queue: queueOf(world, action) });
  },
  sendBatch: (world, action) =>
    world.world.sqs.sendMessageBatch({
      queue: queueOf(world, action),
      entries: (action.said['entries'] as Plain[]).map(
        (entry): SendEntry => message(entry) as never,
      ),
    }),
  receive: (world, action) => {
    // which attributes are asked for changes nothing: all are shown
    const { as: _, attributeNames: _names, ...request } = action.said;
    return world.world.sqs.receiveMessage({ ...request, queue: queueOf(world, action) });
  },
  delete: (world, { said, where }) => world.world.sqs.deleteMessage(byReceipt(world, said, where)),
  deleteBatch: (world, action) => {
    const { queue, entries } = batchByReceipt(world, action);
    return world.world.sqs.deleteMessageBatch({ queue, entries: entries as never });
  },
  changeVisibility: (world, { said, where }) =>
    world.world.sqs.changeMessageVisibility({
      ...byReceipt(world, said, where),
      visibilityTimeout: said['visibilityTimeout'] as number,
    }),
  changeVisibilityBatch: (world, action) => {
    const { queue, entries } = batchByReceipt(world, action);
    const timeout = action.said['visibilityTimeout'];
    const timed = entries.map((entry) => ({ visibilityTimeout: timeout, ...entry }));
    return world.world.sqs.changeMessageVisibilityBatch({ queue, entries: timed as never });
  },
  purge: (world, action) => world.world.sqs.purgeQueue({ queue: queueOf(world, action) }),
  counts: (world, action) => world.world.sqs.getQueueAttributes({ queue: queueOf(world, action) }),
  createQueue: (world, { said, where }) => {
    const { queue, ...spec } = said;
    const read = readQueue(spec, where, (name) => world.name(name));
    const name = world.nameOfNew(read.name ?? queue, read.isFifo);
    return world.world.sqs.createQueue({ queue: name, attributes: read.attributes });
  },
  deleteQueue: (world, action) => world.world.sqs.deleteQueue({ queue: queueOf(world, action) }),
  setAttributes: (world, action) => {
    const { queue: _, attributes: raw, ...said } = action.said;
    const attributes = readAttributes(said, raw, action.where, (name) => world.name(name));
    return world.world.sqs.setQueueAttributes({ queue: queueOf(world, action), attributes });
  },
  getAttributes: (world, action) => {
    const names = action.said['attributeNames'] as string[] | undefined;
    const attributeNames = names?.map((name) => Object.keys(camelCased({ [name]: 0 }))[0]);
    return world.world.sqs.getQueueAttributes({
      queue: queueOf(world, action),
      ...(attributeNames === undefined ? {} : { attributeNames }),
    });
  },
  setRedrive: (world, action) => {
    const { queue: _, redrivePolicy: whole, ...parts } = action.said;
    const said = whole === undefined && Object.keys(parts).length > 0 ? parts : (whole ?? null);
    const redrivePolicy = readRedrive(said, action.where, (name) => world.name(name));
    const attributes = { redrivePolicy };
    return world.world.sqs.setQueueAttributes({ queue: queueOf(world, action), attributes });
  },
  startMove: (world, { said }) => {
    const { source, destination, maxNumberOfMessagesPerSecond: rate } = said;
    const from = source === undefined ? (world.onlyQueue() ?? '') : world.name(source);
    const call = world.world.sqs.startMessageMoveTask({
      source: from,
      ...(destination === undefined ? {} : { destination: world.name(destination) }),
      ...(rate === undefined ? {} : { maxNumberOfMessagesPerSecond: rate as number }),
    });
    if (call.value !== null) world.tasks.set(from, call.value.taskHandle);
    return call;
  },
  cancelMove: (world, { said }) =>
    world.world.sqs.cancelMessageMoveTask({ taskHandle: taskHandleOf(world, said) }),
  listMoves: (world, { said }) =>
    world.world.sqs.listMessageMoveTasks({
      source: world.name(said['source']),
      maxResults: (said['maxResults'] ?? 10) as number,
    }),
};

/** Of a task that was named, of the last one of a source, of the last one at all; else what is said. */
function taskHandleOf(world: CaseWorld, { source, taskHandle }: Plain): string {
  if (taskHandle !== undefined) return world.tasks.get(textOf(taskHandle)) ?? textOf(taskHandle);
  if (source !== undefined) return world.tasks.get(world.name(source)) ?? world.name(source);
  return [...world.tasks.values()].at(-1) ?? '';
}

// --- arguments ---------------------------------------------------------------------------------------

function queueOf(world: CaseWorld, { said, where }: Action): string {
  const { queue } = said;
  if (queue !== undefined) return world.name(queue);
  const only = world.onlyQueue();
  if (only === undefined) throw new NotExpressible(`${where}: no queue is named`);
  return only;
}

/** Bodies that are no texts are sent as JSON; with a size, the body only stands for one. */
function message(said: Plain): Record<string, unknown> {
  const { messageBody, messageAttributes, ...others } = said;
  return {
    ...others,
    ...(messageBody === undefined ? {} : { messageBody: textOf(messageBody) }),
    ...(messageAttributes === undefined
      ? {}
      : { messageAttributes: attributesOf(messageAttributes) }),
  };
}

/** AWS's long form in either spelling, short values, or how many. */
export function attributesOf(said: unknown): SaidAttributes {
  if (typeof said === 'number')
    return Object.fromEntries(Array.from({ length: said }, (_, i) => [`a${i}`, 'x']));
  const entries = Object.entries(said as Plain).map(([name, value]) => [
    name,
    isMap(value) ? camelCased(value) : value,
  ]);
  return Object.fromEntries(entries) as SaidAttributes;
}

function byReceipt(
  world: CaseWorld,
  said: Plain,
  where: string,
): { readonly queue: string; readonly receiptHandle: string } {
  const { receiptHandle } = said;
  if (receiptHandle === undefined) throw new NotExpressible(`${where}: no receipt is named`);
  const { queue, handle } = world.receipt(receiptHandle);
  const own = said['queue'] === undefined ? queue : world.name(said['queue']);
  if (own === undefined) throw new NotExpressible(`${where}: no queue is named`);
  if (handle === undefined) throw new NothingThere({ receipt: receiptHandle });
  return { queue: own, receiptHandle: handle };
}

function batchByReceipt(
  world: CaseWorld,
  action: Action,
): { readonly queue: string; readonly entries: readonly Plain[] } {
  const entries = action.said['entries'] as readonly Plain[];
  let queue = action.said['queue'] === undefined ? undefined : world.name(action.said['queue']);
  const read = entries.map((entry) => {
    const { receiptHandle, ...others } = entry;
    if (receiptHandle === undefined) return others;
    const receipt = world.receipt(receiptHandle);
    queue ??= receipt.queue;
    if (receipt.handle === undefined) throw new NothingThere({ receipt: receiptHandle });
    return { ...others, receiptHandle: receipt.handle };
  });
  queue ??= world.onlyQueue();
  if (queue === undefined) throw new NotExpressible(`${action.where}: no queue is named`);
  return { queue, entries: read };
}
