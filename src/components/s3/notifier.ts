/**
 * Event notifications: for each object that a bucket has stored, and that a rule is about, an event: a message of the
 * bucket's own, a child of the write. It is delivered at least once, in no order, by the shared engine of pushes
 * (components/delivery).
 */

import type { Distribution } from '../../kernel/distributions/distribution.js';
import type { MarkKey } from '../../kernel/random/marks.js';
import type { Micros } from '../../kernel/time.js';
import { ANSWER_PATIENCE, AWS_MANAGED } from '../delivery/limits.js';
import { PLAIN_LINK } from '../delivery/options.js';
import { Pusher } from '../delivery/pusher.js';
import type { Lineage } from '../lineage.js';
import { ObjectNames } from '../object-names.js';
import { NO_LABEL } from '../queue-port.js';
import type { World } from '../world.js';
import { EventMakes } from './event-make.js';
import { RecentWrites } from './recent-writes.js';

export interface NotifierOptions {
  readonly rules: readonly NotificationRule[];
  /** From stored to the first attempt; null: none. */
  readonly delay: Distribution | null;
  /** How often an event is delivered twice, 0..1. */
  readonly duplicates: number;
  /** Of the delays between attempts. */
  readonly jitter: Distribution;
  /** Writes of one key so close to each other give one event, µs. */
  readonly coalescing: Micros;
  readonly eventBytes: number;
}

export interface NotificationRule {
  readonly name: string;
  /** The resource number of the destination. */
  readonly target: number;
  readonly prefix: string;
  readonly suffix: string;
  readonly ofPuts: boolean;
  readonly ofParts: boolean;
}

/** What a way of naming objects tells of a rule: it is about none of them, about all, or each has to be looked at. */
const About = { None: 1, All: 2, Some: 3 } as const;

export class Notifier {
  private readonly names: ObjectNames;
  private readonly lineage: Lineage;
  private readonly makes: EventMakes;
  private readonly pusher: Pusher;
  private readonly births: MarkKey;
  private readonly recent: RecentWrites | null;
  /** By naming · rules + rule; 0 is not known yet. */
  private readonly abouts: number[] = [];

  constructor(
    private readonly world: World,
    private readonly id: number,
    name: string,
    private readonly options: NotifierOptions,
  ) {
    this.names = world.shared(ObjectNames);
    this.lineage = world.messages.keepLineage();
    this.makes = new EventMakes(world.makes, this.names, name);
    this.births = world.streams.key(name, 'event');
    this.recent = options.coalescing === 0 ? null : new RecentWrites(options.coalescing);
    this.pusher = new Pusher(world, id, name);
    for (const rule of options.rules) this.addLink(rule);
  }

  private addLink({ name, target }: NotificationRule): void {
    const { delay, duplicates, jitter } = this.options;
    this.pusher.addLink({
      ...PLAIN_LINK,
      name,
      target,
      takes: { style: 'inbox', operation: this.world.inboxOf(target)!.one },
      schedule: AWS_MANAGED,
      jitter,
      latency: delay,
      takesApiLatency: false,
      timeout: ANSWER_PATIENCE,
      duplicates,
    });
  }

  /** An object is stored that was written for `message`, by try number `n` of its writer. */
  stored(message: number, naming: number, n: number): void {
    const { rules } = this.options;
    let event = -1;
    for (let rule = 0; rule < rules.length; rule++) {
      if (!this.isAbout(rule, naming, message)) continue;
      if (event < 0) {
        if (!this.isNews(naming, message)) return;
        event = this.eventOf(message, naming, n);
      }
      this.pusher.dispatch(rule, event, NO_LABEL, NO_LABEL);
    }
    if (event < 0) return;
    this.world.facts.answered(this.id, event);
    this.world.messages.release(event);
  }

  /** Makes the event: a child of the write. */
  private eventOf(write: number, naming: number, n: number): number {
    const { births, lineage, world } = this;
    const { messages, kernel } = world;
    const { mark0, mark1 } = messages.messages;
    births.hash(mark0[write], mark1[write], n);
    const { h0, h1 } = births;
    const event = messages.born(this.id, kernel.now, h0, h1, this.options.eventBytes);
    lineage.descends(event, write);
    const { source, mark0: about0, mark1: about1 } = messages.about(event);
    world.makes.of(source)?.leases?.hold(about0);
    lineage.says(event, this.makes.of(source, naming), about0, about1);
    world.facts.born(this.id, event);
    return event;
  }

  /** Keys that no two writes share are not looked at. */
  private isNews(naming: number, message: number): boolean {
    if (this.recent === null) return true;
    const { source, mark0, mark1 } = this.world.messages.about(message);
    const make = this.world.makes.of(source);
    if (make?.isKeyed !== true) return true;
    return this.recent.isNews(naming, make.key(mark0, mark1), this.world.kernel.now);
  }

  // --- rules -----------------------------------------------------------------------------------------

  private isAbout(rule: number, naming: number, message: number): boolean {
    const place = naming * this.options.rules.length + rule;
    const about = (this.abouts[place] ??= this.aboutOf(this.options.rules[rule], naming));
    return about === About.All || (about === About.Some && this.isMeant(rule, naming, message));
  }

  /** What the text around keys tells. */
  private aboutOf(rule: NotificationRule, naming: number): number {
    const { prefix, suffix, isInParts } = this.names.of(naming);
    if (!(isInParts ? rule.ofParts : rule.ofPuts)) return About.None;
    const begins = prefix.startsWith(rule.prefix);
    const ends = suffix.endsWith(rule.suffix);
    const mayBegin = begins || rule.prefix.startsWith(prefix);
    const mayEnd = ends || rule.suffix.endsWith(suffix);
    if (!mayBegin || !mayEnd) return About.None;
    return begins && ends ? About.All : About.Some;
  }

  /** Whether the object's whole key is as the rule says. */
  private isMeant(rule: number, naming: number, message: number): boolean {
    const { source, mark0, mark1 } = this.world.messages.about(message);
    const make = this.world.makes.of(source);
    if (make === undefined) return false;
    const text = this.names.textOf(naming, make.key(mark0, mark1));
    const { prefix, suffix } = this.options.rules[rule];
    return text.startsWith(prefix) && text.endsWith(suffix);
  }
}
