/**
 * Random stories. What is drawn says "a recent receipt", "the next due time"; it becomes a step when it is
 * played, since only then it is known which receipts there are.
 */

import fc from 'fast-check';
import { contentId } from '../../reference/naive-sqs/fifo.js';
import type { NaiveAttributes } from '../../reference/naive-sqs/settings.js';
import type { KnownReceipt, Scene } from './scene.js';
import type { Sent, Setting, Step } from './step.js';

/** Any of these, the first when shrunk. */
const oneOf = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
/** Half the time left out. */
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined, freq: 2 });
/** Once in so many times. */
const onceIn = <T>(times: number, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: times - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
/** Without what is undefined. */
function said<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}

const DAY = 86_400;
const seconds = oneOf(1, 2, 0, 3, 5, 30);

const attributes = (isFifo: boolean): fc.Arbitrary<NaiveAttributes> =>
  fc
    .record({
      visibilityTimeout: oneOf(1, undefined, 2, 1, 3, 0, 5, 1, 2, 3, 43_200),
      delaySeconds: maybe(oneOf(0, 1, 0, 2, 5)),
      messageRetentionPeriod: maybe(oneOf(4 * DAY, 60, 61, 14 * DAY, 65)),
      receiveMessageWaitTimeSeconds: maybe(oneOf(0, 1, 0, 5)),
      maximumMessageSize: onceIn(6, oneOf(1_024, 300_000)),
      ...(isFifo && {
        contentBasedDeduplication: maybe(fc.boolean()),
        deduplicationScope: maybe(oneOf<'queue' | 'messageGroup'>('queue', 'messageGroup')),
      }),
    })
    .map((fields) => said(fields) as NaiveAttributes);

const maxReceiveCount = oneOf(1, 2, 1, 2, 3, 4);

/** One queue; or two with one dead-letter queue, that may have one as well. */
export const setting = (isFifo: boolean): fc.Arbitrary<Setting> => {
  const suffix = isFifo ? '.fifo' : '';
  const one = attributes(isFifo);
  const redrive = (target: string): fc.Arbitrary<NaiveAttributes> =>
    fc.tuple(one, maxReceiveCount).map(([fields, count]) => ({
      ...fields,
      redrivePolicy: { deadLetterTarget: `${target}${suffix}`, maxReceiveCount: count },
    }));
  const named = (map: Readonly<Record<string, fc.Arbitrary<NaiveAttributes>>>) =>
    fc.record(
      Object.fromEntries(Object.entries(map).map(([name, of]) => [`${name}${suffix}`, of])),
    );
  const queues = fc.oneof(
    { withCrossShrink: true },
    named({ jobs: one }),
    named({ dead: one, jobs: redrive('dead') }),
    named({ end: one, dead: redrive('end'), jobs: redrive('dead'), mail: redrive('dead') }),
  );
  return fc
    .record({
      queues,
      inFlight: maybe(oneOf(120_000, 3, 1, 2, 10)),
      scanWindow: isFifo ? onceIn(4, oneOf(120_000, 5, 3, 1)) : fc.constant(undefined),
      staleDelete: isFifo
        ? fc.constant(undefined)
        : maybe(oneOf<'ignored' | 'deletes'>('ignored', 'deletes')),
    })
    .map((fields) => said(fields) as Setting);
};

/** A step to be, once it is known what there is. null: there is nothing to do it with. */
export type Draw = (scene: Scene) => Step | null;

const queue: fc.Arbitrary<(scene: Scene) => string> = fc
  .oneof({ weight: 2, arbitrary: fc.constant(-1) }, { weight: 1, arbitrary: fc.nat(3) })
  .map(
    (n) =>
      ({ queues }) =>
        queues.at(n % queues.length) ?? '',
  );

/** Receipts are mostly recent ones. */
const receipt: fc.Arbitrary<(scene: Scene) => KnownReceipt | null> = fc
  .oneof({ weight: 6, arbitrary: fc.nat(3) }, { weight: 2, arbitrary: fc.nat(30) })
  .map(
    (back) =>
      ({ receipts }) =>
        receipts.at(-1 - (back % Math.max(1, receipts.length))) ?? null,
  );

const timeout = fc.oneof(
  { weight: 12, arbitrary: seconds },
  { weight: 1, arbitrary: oneOf(43_200, 43_195, 43_201, 43_198) },
);

const sent: fc.Arbitrary<(scene: Scene) => Sent> = fc
  .record({
    // '' stands for a body, a group or an id of its own.
    body: fc.oneof({ weight: 4, arbitrary: fc.constant('') }, oneOf('x', 'y')),
    size: onceIn(25, oneOf(1_024, 1_025, 300_000, 1_048_576, 1_048_577)),
    isEmpty: fc.integer({ min: 0, max: 40 }).map((n) => n === 40),
    group: oneOf('a', 'b', 'c'),
    hasNoGroup: fc.integer({ min: 0, max: 40 }).map((n) => n === 40),
    dedup: fc.oneof(
      { weight: 8, arbitrary: fc.constant('') },
      { weight: 3, arbitrary: oneOf('d1', 'd2', contentId('x')) },
      { weight: 1, arbitrary: fc.constant(undefined) },
    ),
    delay: onceIn(3, oneOf(0, 1, 2, 5, 1, 2, 5, 900, 901)),
    delayFifo: onceIn(25, oneOf(0, 1)),
  })
  .map((drawn) => (scene) => {
    const isFifo = scene.queues[0].endsWith('.fifo');
    const name = `m${scene.sends++}`;
    const delay = isFifo ? drawn.delayFifo : drawn.delay;
    const body = drawn.isEmpty ? '' : drawn.body === '' ? name : drawn.body;
    return said({
      body: drawn.size === undefined ? body : undefined,
      size: drawn.size,
      group: isFifo && !drawn.hasNoGroup ? drawn.group : undefined,
      dedup: isFifo ? (drawn.dedup === '' ? name : drawn.dedup) : undefined,
      delay,
    });
  });

const send: fc.Arbitrary<Draw> = fc.tuple(queue, sent).map(([to, what]) => (scene) => ({
  op: 'send',
  queue: to(scene),
  ...what(scene),
}));

const sendBatch: fc.Arbitrary<Draw> = fc
  .tuple(queue, fc.array(sent, { minLength: 0, maxLength: 5 }))
  .map(([to, entries]) => (scene) => ({
    op: 'sendBatch',
    queue: to(scene),
    entries: entries.map((one) => one(scene)),
  }));

const receive: fc.Arbitrary<Draw> = fc
  .record({
    from: queue,
    max: maybe(oneOf(10, 2, 3, 1, 5, 10, 2, 3, 1, 5, 10, 11)),
    wait: maybe(oneOf(0, 1, 2, 5, 20, 0, 1, 2, 5, 20, 21)),
    visibility: maybe(timeout),
    attempt: onceIn(4, oneOf('t1', 't2')),
  })
  .map(({ from, max, wait, visibility, attempt }) => (scene) => {
    const name = from(scene);
    const fields = {
      max,
      wait,
      visibility,
      attempt: name.endsWith('.fifo') ? attempt : undefined,
    };
    return { op: 'receive', queue: name, as: `r${++scene.receives}`, ...(said(fields) as object) };
  });

const deleteOne: fc.Arbitrary<Draw> = fc
  .tuple(receipt, fc.integer({ min: 0, max: 30 }))
  .map(([pick, odd]) => (scene) => {
    const known = pick(scene);
    if (odd === 30) return { op: 'delete', queue: scene.queues[0], receipt: 'no receipt' };
    if (odd === 29 && known) return { op: 'delete', queue: scene.queues[0], receipt: known.name };
    return known && { op: 'delete', queue: known.queue, receipt: known.name };
  });

const deleteBatch: fc.Arbitrary<Draw> = fc
  .array(receipt, { minLength: 1, maxLength: 4 })
  .map((picks) => (scene) => {
    const known = picks.flatMap((pick) => pick(scene) ?? []);
    if (known.length === 0) return null;
    const [{ queue: name }] = known;
    const byHandle = new Map(known.map((one) => [one.handle, one]));
    const receipts = [...byHandle.values()].filter((one) => one.queue === name);
    return { op: 'deleteBatch', queue: name, receipts: receipts.map((one) => one.name) };
  });

const change: fc.Arbitrary<Draw> = fc.tuple(receipt, timeout).map(([pick, to]) => (scene) => {
  const known = pick(scene);
  return known && { op: 'change', queue: known.queue, receipt: known.name, timeout: to };
});

const changeBatch: fc.Arbitrary<Draw> = fc
  .array(fc.tuple(receipt, timeout), { minLength: 1, maxLength: 4 })
  .map((picks) => (scene) => {
    const known = picks.flatMap(([pick, to]) => {
      const one = pick(scene);
      return one === null ? [] : [{ ...one, to }];
    });
    if (known.length === 0) return null;
    const [{ queue: name }] = known;
    const entries = known
      .filter((one) => one.queue === name)
      .map((one) => ({ receipt: one.name, timeout: one.to }));
    return { op: 'changeBatch', queue: name, entries };
  });

const purge: fc.Arbitrary<Draw> = fc.tuple(queue, fc.nat(3)).map(
  ([of, n]) =>
    (scene) =>
      n > 1 ? null : { op: 'purge', queue: of(scene) },
);

const startMove: fc.Arbitrary<Draw> = fc
  .record({
    source: fc.nat(2),
    destination: maybe(queue),
    rate: fc.option(oneOf(1, 1, 2, 10, 500, 501), { freq: 4, nil: undefined }),
  })
  .map(({ source, destination, rate }) => (scene) => {
    const fields = { destination: destination?.(scene), rate };
    // Those that others dead-letter to stand in front.
    const name = scene.queues[source % Math.max(1, scene.queues.length - 1)];
    if (fields.destination === name) return null;
    const as = `t${scene.tasks.length + 1}`;
    return { op: 'startMove', source: name, as, ...(said(fields) as object) };
  });

const cancelMove: fc.Arbitrary<Draw> = fc.constant(({ tasks }: Scene) => {
  const task = tasks.at(-1);
  return task === undefined ? null : { op: 'cancelMove', task };
});

const set: fc.Arbitrary<Draw> = fc
  .tuple(queue, attributes(false), fc.oneof(fc.constant(0), maxReceiveCount), fc.nat(3))
  .map(([of, fields, count, nth]) => (scene) => {
    const { queues } = scene;
    const name = of(scene);
    // Targets stand in front of those that dead-letter to them.
    const targets = queues.slice(0, queues.indexOf(name));
    const target = targets[nth % Math.max(1, targets.length)];
    const policy =
      target === undefined ? null : { deadLetterTarget: target, maxReceiveCount: count };
    const redrive = count === 0 ? {} : { redrivePolicy: nth === 3 ? null : policy };
    const all = { ...fields, ...redrive };
    if (Object.keys(all).length === 0) return null;
    return { op: 'set', queue: name, attributes: all };
  });

const deleteQueue: fc.Arbitrary<Draw> = fc.tuple(queue, fc.nat(12)).map(([of, n]) => (scene) => {
  return n === 12 && scene.queues.length > 1 ? { op: 'deleteQueue', queue: of(scene) } : null;
});

const MICRO = 1e-6;
/** A due time, mostly a near one, one µs before or after it, or some seconds on. */
const advance: fc.Arbitrary<Draw> = fc
  .oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        nth: oneOf(0, 0, 1, 2),
        off: oneOf(0, 0, 0, MICRO, -MICRO),
        within: oneOf(10, 40, 10, 40, 400, Infinity),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ by: oneOf(1, 0.5, 2, 5, 1, 2, 30, 60, 299.5, 300, 43_200) }),
    },
  )
  .map((drawn) => ({ now, dueTimes }) => {
    if ('by' in drawn) return { op: 'advance', to: inMicros(now + drawn.by) };
    const soon = dueTimes.filter((at) => at > now && at <= now + drawn.within);
    const next = soon[drawn.nth] ?? soon[0];
    if (next === undefined) return null;
    return { op: 'advance', to: Math.max(now, inMicros(next + drawn.off)) };
  });

const inMicros = (at: number): number => Math.round(at / MICRO) / 1_000_000;

/** How often each kind of step is drawn. */
export const DRAWS: Readonly<Record<Step['op'], readonly [number, fc.Arbitrary<Draw>]>> = {
  advance: [10, advance],
  send: [6, send],
  sendBatch: [3, sendBatch],
  receive: [12, receive],
  delete: [4, deleteOne],
  deleteBatch: [1, deleteBatch],
  change: [3, change],
  changeBatch: [1, changeBatch],
  purge: [1, purge],
  startMove: [2, startMove],
  cancelMove: [2, cancelMove],
  set: [1, set],
  deleteQueue: [1, deleteQueue],
};
