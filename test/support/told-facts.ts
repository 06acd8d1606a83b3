// A listener that writes every fact down in words that do not depend on rows or on the numbers of names: who, about
// which message, what else. Two runs of which one has more resources can be held against each other by it.

import type { Facts } from '../../src/components/facts.js';
import { NOBODY } from '../../src/components/facts.js';
import { Topics } from '../../src/components/topic-port.js';
import type { Model } from '../../src/scenario/wire.js';

/** What the second argument of a fact is. */
type About = 'message' | 'obligation' | 'copy' | 'delivery';
const ABOUT: Readonly<Partial<Record<keyof Facts, About>>> = {
  ...kinds('message', 'born answered gaveUp retried deduplicated filtered unclaimed'),
  ...kinds(
    'obligation',
    'owed settled dispatched pushed pushFailed delivered diverted dropped passedOn',
  ),
  ...kinds('copy', 'stored delayed visible deleted expired purged deadLettered redriven'),
  ...kinds('delivery', 'taken ofGroup returned hidden runBegan runEnded received'),
};
/** Of which facts the last argument names a resource, and of which the third one is a link of the first. */
const NAMES_LAST: readonly string[] = [
  'diverted',
  'deadLettered',
  'redriven',
  'throttled',
  'keyCalled',
];
const HAS_LINK: readonly string[] =
  'filtered dispatched pushed pushFailed delivered diverted dropped'.split(' ');

function kinds(about: About, names: string): Partial<Record<keyof Facts, About>> {
  return Object.fromEntries(names.split(' ').map((name) => [name, about]));
}

export interface Told {
  readonly at: number;
  readonly kind: keyof Facts;
  readonly who: string;
  /** The message: its source and its mark; empty where the fact is about none. */
  readonly message: string;
  /** Of a pusher's fact: the target of the link; else empty. */
  readonly link: string;
  readonly rest: readonly (number | string)[];
}

export class ToldFacts {
  readonly list: Told[] = [];
  readonly facts: Facts;
  /** Set when the model is wired. */
  model: Model | null = null;
  /** Names of links that were there once. */
  private readonly links = new Map<string, string>();

  constructor() {
    this.facts = new Proxy({} as Facts, {
      get:
        (_, kind) =>
        (...args: number[]) => {
          if (this.model !== null) this.list.push(this.told(kind as keyof Facts, args));
        },
    });
  }

  of(kind: keyof Facts, who?: string): Told[] {
    return this.list.filter((one) => {
      return one.kind === kind && (who === undefined || one.who === who || one.link === who);
    });
  }

  count(kind: keyof Facts, who?: string): number {
    return this.of(kind, who).length;
  }

  /** When facts of a kind were told, s. */
  seconds(kind: keyof Facts, who?: string): number[] {
    return this.of(kind, who).map(({ at }) => at / 1_000_000);
  }

  private told(kind: keyof Facts, [first, ...others]: readonly number[]): Told {
    const { kernel } = this.model!;
    const rest: (number | string)[] = [...others];
    const about = ABOUT[kind];
    const message = about === undefined ? '' : this.messageOf(about, rest.shift() as number);
    const link = HAS_LINK.includes(kind) ? this.targetOf(first, rest.shift() as number) : '';
    if (NAMES_LAST.includes(kind)) rest.push(this.nameOf(rest.pop() as number));
    if (kind === 'pollOpened' || kind === 'pollClosed') rest[0] = this.nameOf(rest[0] as number);
    if (kind === 'loopFree' || kind === 'loopTaken') rest[0] = this.nameOf(rest[0] as number);
    if (kind === 'arrived') rest.splice(0, 3, this.nameOf(rest[0] as number), rest[1]);
    return { at: kernel.now, kind, who: this.nameOf(first), message, link, rest };
  }

  private nameOf(id: number): string {
    return id === NOBODY ? 'nobody' : this.model!.world.names[id];
  }

  private messageOf(about: About, row: number): string {
    const { messages, obligations, copies, deliveries } = this.model!.world.messages;
    const message =
      about === 'message'
        ? row
        : obligations.message[
            about === 'obligation'
              ? row
              : about === 'copy'
                ? copies.obligation[row]
                : deliveries.obligation[row]
          ];
    const { source, mark0, mark1 } = messages;
    return `${this.nameOf(source[message])}/${mark0[message]}/${mark1[message]}`;
  }

  /** The name of a link: that of a subscription, or what its pusher calls it. */
  private targetOf(pusher: number, link: number): string {
    const { world, cast } = this.model!;
    const topic = world.shared(Topics).of(pusher);
    if (topic === undefined) return cast.pushLinks[pusher][link].name;
    for (const { name, number } of topic.subscribed) this.links.set(`${pusher}/${number}`, name);
    return this.links.get(`${pusher}/${link}`)!;
  }
}
