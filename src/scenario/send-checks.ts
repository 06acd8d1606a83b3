/** What a sender says of its messages that what it sends to, or what it sends them about, cannot bear out. */

import type { SaidOfMessage } from '../components/inbox-port.js';
import { sendsOf } from '../components/program/sends-of.js';
import { nearestOf } from '../components/settings/nearest.js';
import type { Path } from '../components/settings/problem.js';
import type { CallerClient } from '../components/settings/program.js';
import { ID_SOURCES } from '../components/settings/message.js';
import type { ResourceSchema } from '../components/settings/resource.js';
import type { CheckedResource, CheckedTraffic } from './checked.js';
import type { Examiner } from './examine.js';

type Said = Readonly<Partial<Record<SaidOfMessage, unknown>>>;

interface Senders {
  readonly traffic: readonly CheckedTraffic[];
  readonly resources: ReadonlyMap<string, CheckedResource>;
  readonly types: readonly ResourceSchema[];
  /** Some names were refused: what they say is not known. */
  readonly isIncomplete: boolean;
}

export function checkSenders(examiner: Examiner, senders: Senders): void {
  const { traffic, resources } = senders;
  const batchOf = (target: string, size: number | undefined, path: Path): void => {
    if (size !== undefined) checkBatch(examiner, senders, { target, size, path });
  };
  for (const source of traffic) {
    const { name, target, client } = source;
    batchOf(target, client.batch?.size, ['traffic', name, 'client']);
    checkIgnored(examiner, senders, { target, said: source, path: ['traffic', name] });
  }
  const known = attributesOf(senders);
  for (const { name, programs } of resources.values()) {
    const own = programs['client'] as CallerClient | undefined;
    const handler = (programs['handler'] ?? []) as readonly unknown[];
    for (const step of sendsOf(programs)) {
      const path = ['resources', name, 'handler', handler.indexOf(step)];
      const isOwn = step.client.batch !== undefined;
      const size = (step.client.batch ?? own?.batch)?.size;
      batchOf(step.target, size, isOwn ? [...path, 'client'] : ['resources', name, 'client']);
      checkIgnored(examiner, senders, { target: step.target, said: step, path });
      for (const field of ['messageGroupId', 'messageDeduplicationId'] as const) {
        const from = step[field];
        const isKnown = from === undefined || known.has(from) || from in step.attributes;
        if (isKnown || senders.isIncomplete) continue;
        const near = nearestOf(from, [...known]);
        examiner.refuse(path, {
          code: 'unknown-name',
          found: from,
          message: `no message of this scenario has an attribute ${from}`,
          allowed: [...known].join(', '),
          ...(near === undefined ? {} : { nearest: near }),
          path: [field],
        });
      }
    }
  }
}

/** Where an id may come from: what any message has. */
function attributesOf({ traffic, resources }: Senders): Set<string> {
  const known = new Set<string>(ID_SOURCES);
  for (const { attributes } of traffic) for (const one of Object.keys(attributes)) known.add(one);
  for (const { programs } of resources.values())
    for (const { attributes } of sendsOf(programs))
      for (const one of Object.keys(attributes)) known.add(one);
  return known;
}

/** What is said of messages and means nothing to whoever takes them. */
function checkIgnored(
  examiner: Examiner,
  { resources, types }: Senders,
  { target, said, path }: { readonly target: string; readonly said: Said; readonly path: Path },
): void {
  const taker = resources.get(target);
  const inbox = types.find(({ type }) => type === taker?.type)?.inbox;
  for (const field of inbox?.ignores ?? []) {
    if (said[field] === undefined) continue;
    examiner.refuse(path, {
      code: 'no-effect',
      message: `${field} would have no effect: ${target} is a ${taker!.type}`,
      allowed: 'no such key',
      path: [field],
      onKey: true,
    });
  }
}

function checkBatch(
  examiner: Examiner,
  { resources, types }: Senders,
  { target, size, path }: { readonly target: string; readonly size: number; readonly path: Path },
): void {
  const taker = resources.get(target);
  const inbox = types.find(({ type }) => type === taker?.type)?.inbox;
  if (taker === undefined || inbox === undefined) return;
  if (inbox.batch === null)
    examiner.refuse(path, {
      code: 'choice',
      message: `${target} takes messages one by one: there is no batch call of ${taker.type}`,
      allowed: 'no batch',
      path: ['batch'],
      onKey: true,
    });
  else if (size > inbox.batchMax)
    examiner.refuse(path, {
      code: 'out-of-range',
      found: String(size),
      allowed: `1..${inbox.batchMax} entries in a batch to ${target}`,
      awsError: 'TooManyEntriesInBatchRequest',
      path: ['batch', 'size'],
    });
}
