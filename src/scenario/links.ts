/**
 * Links: who calls whom, as a scenario's parts say. `a -> b` follows the messages; on the link from a queue to
 * its consumer it is the consumer that calls.
 */

import { OBJECT_OPERATIONS } from '../components/s3-port.js';
import type { FleetOnQueue, StepSpec } from '../components/settings/program.js';
import type { ResourceSchema, ResourceView } from '../components/settings/resource.js';
import type { LinkName } from '../components/settings/words.js';
import { linkOf } from '../components/settings/words.js';
import type { CheckedTraffic } from './checked.js';
import { Pushes } from './pushes.js';

export interface Link {
  readonly from: string;
  readonly to: string;
  /** Who calls, and who is called. */
  readonly client: string;
  readonly target: string;
  /** The operations of the target that the client may call. */
  readonly operations: readonly string[];
}

/** The operations by which a verb asks a target. */
type Asked = (target: string, verb: 'send' | 'write' | 'read') => readonly string[];

/** All links, in file order of their callers. */
export function linksOf(
  traffic: readonly CheckedTraffic[],
  resources: ReadonlyMap<string, ResourceView>,
  types: readonly ResourceSchema[],
): Link[] {
  const links: Link[] = [];
  const operationsOf = (name: string): readonly string[] =>
    types.find(({ type }) => type === resources.get(name)?.type)?.operations ?? [];
  const add = (client: string, target: string, operations: readonly string[]): void => {
    if (target === '' || links.some((one) => one.client === client && one.to === target)) return;
    links.push({ from: client, to: target, client, target, operations });
  };
  const sendsTo = (name: string): readonly string[] => {
    const inbox = types.find(({ type }) => type === resources.get(name)?.type)?.inbox;
    const places = inbox === undefined ? [] : [inbox.one, inbox.batch ?? inbox.one];
    return [...new Set(places)].map((place) => operationsOf(name)[place]);
  };
  // One message at a time; who has no inbox is called.
  const pushedBy = (name: string): readonly string[] =>
    sendsTo(name).length === 0 ? operationsOf(name) : sendsTo(name).slice(0, 1);
  const pushes = new Pushes([...resources.values()], types);
  const asked: Asked = (target, verb) => {
    if (verb === 'send') return sendsTo(target);
    const operations = operationsOf(target);
    return operations.filter((one) => one === verb || one === OBJECT_OPERATIONS[verb]);
  };
  for (const { name, verb, target, client } of traffic) {
    add(name, target, asked(target, verb));
    const bucket = client.largePayloads?.bucket;
    if (bucket === undefined) continue;
    add(name, bucket, ['PutObject']);
    for (const reader of readersOf(target, resources)) add(reader, bucket, ['GetObject']);
  }
  for (const resource of resources.values()) {
    const { name, programs, type } = resource;
    for (const [queue, options] of Object.entries(consumesOf(programs)))
      links.push({
        from: queue,
        to: name,
        client: name,
        target: queue,
        operations: pollsOf(options),
      });
    const schema = types.find((candidate) => candidate.type === type);
    for (const bucket of schema?.storesIn?.(resource) ?? []) add(name, bucket, ['PutObject']);
    for (const [target, operations] of calledBy(programs, asked))
      add(name, target, operations ?? operationsOf(target));
    for (const { target, deadLetter } of pushes.linksOf(name) ?? []) {
      add(name, target, pushedBy(target));
      if (deadLetter !== undefined) add(name, deadLetter, pushedBy(deadLetter));
    }
  }
  return links;
}

type Programs = Readonly<Record<string, unknown>>;

function consumesOf(programs: Programs): Readonly<Record<string, FleetOnQueue>> {
  return (programs['consumes'] ?? {}) as Readonly<Record<string, FleetOnQueue>>;
}

/** Who receives what is sent to a queue, or to its dead-letter queues. */
function readersOf(queue: string, resources: ReadonlyMap<string, ResourceView>): string[] {
  const seen = new Set<string>();
  let next: string | undefined = queue;
  while (next !== undefined && !seen.has(next)) {
    seen.add(next);
    next = deadLettersOf(resources.get(next));
  }
  return [...resources.values()]
    .filter(({ programs }) => Object.keys(consumesOf(programs)).some((name) => seen.has(name)))
    .map(({ name }) => name);
}

function deadLettersOf(queue: ResourceView | undefined): string | undefined {
  const policy = queue?.settings['redrivePolicy'];
  return (policy as { readonly deadLetterTarget: string } | undefined)?.deadLetterTarget;
}

/** What a poll loop calls its queue by. */
function pollsOf({ deletes, heartbeat, onFailure }: FleetOnQueue): string[] {
  const deleting = deletes === 'afterEach' ? 'DeleteMessage' : 'DeleteMessageBatch';
  const hides = heartbeat !== undefined || onFailure.visibilityTimeout !== undefined;
  return ['ReceiveMessage', deleting, ...(hides ? ['ChangeMessageVisibility'] : [])];
}

/** What the steps of a handler call, and by which operations; undefined: by all that it has. */
function calledBy(programs: Programs, asked: Asked): Map<string, string[] | undefined> {
  const called = new Map<string, string[] | undefined>();
  for (const step of (programs['handler'] ?? []) as readonly StepSpec[]) {
    if (step.verb === 'call') called.set(step.target, undefined);
    if (step.verb !== 'send' && step.verb !== 'write' && step.verb !== 'read') continue;
    const operations = [...(called.get(step.target) ?? []), ...asked(step.target, step.verb)];
    called.set(step.target, [...new Set(operations)]);
  }
  return called;
}

/** The link that `a -> b` names; undefined when nobody calls anybody there, or the text is a name. */
export function linkNamed(links: readonly Link[], on: string): Link | undefined {
  const ends: LinkName | undefined = linkOf(on);
  return links.find(({ from, to }) => from === ends?.from && to === ends.to);
}
