/**
 * The model behind the operations: a world whose resources are read like those of a scenario, to which
 * queues can be added while it runs, and a client in it that makes calls one by one.
 */

import type { Component } from '../../components/component.js';
import { Envelopes } from '../../components/envelopes.js';
import { buildSystems } from '../../components/registry.js';
import { declareHandler } from '../../components/program/from-settings.js';
import type { Profile } from '../../components/settings.js';
import { isFifoName } from '../../components/settings.js';
import type { TopicSettings } from '../../components/sns/settings.js';
import { snsTopic } from '../../components/sns/sns-topic.js';
import type { QueueSettings } from '../../components/sqs/settings.js';
import { sqsQueue } from '../../components/sqs/sqs-queue.js';
import type { QueueControl } from '../../components/queue-port.js';
import { World } from '../../components/world.js';
import { check } from '../../kernel/check.js';
import type { Handler } from '../../kernel/kernel.js';
import { Kernel } from '../../kernel/kernel.js';
import type { MarkKey } from '../../kernel/random/marks.js';
import { Streams } from '../../kernel/random/streams.js';
import type { CheckedResource, Scenario } from '../../scenario/checked.js';
import { loadScenario } from '../../scenario/load.js';
import { Cast } from '../../scenario/wire.js';
import { ClientMake } from './client-make.js';
import { MessageBook } from './message-book.js';
import type { Facts } from '../../components/facts.js';
import { SeveralFacts } from '../../observe/several-facts.js';

/** A queue as it is built. */
export interface QueueSpec extends CheckedResource {
  readonly settings: QueueSettings;
}

/** A topic as it is built. */
export interface TopicSpec extends CheckedResource {
  readonly settings: TopicSettings;
}

type BuildQueue = Parameters<typeof sqsQueue.build>[2];
type BuildTopic = Parameters<typeof snsTopic.build>[2];

export interface OperatedOptions {
  readonly resources: Readonly<Record<string, unknown>>;
  readonly profile: Profile;
  readonly seed: string;
  readonly observer: Facts | null;
}

/** Who makes the calls; no name of a scenario looks so. */
const CLIENT = '(client)';
/** From these, queues and topics of either kind are made that come later. */
const TEMPLATES = {
  queue: { type: 'sqs.queue' },
  'queue.fifo': { type: 'sqs.queue' },
  topic: { type: 'sns.topic' },
  'topic.fifo': { type: 'sns.topic' },
};

export class OperatedWorld {
  readonly kernel = new Kernel();
  readonly streams: Streams;
  readonly world: World;
  readonly book: MessageBook;
  /** The client's number in World.names. */
  readonly client: number;
  /** Queues among the resources, by number. */
  readonly queuesAtFirst: ReadonlyMap<number, QueueSpec>;
  /** Topics among the resources, by number. */
  readonly topicsAtFirst: ReadonlyMap<number, TopicSpec>;
  private readonly templates: readonly CheckedResource[];
  private readonly firstNumbers: ReadonlyMap<string, number>;
  private readonly accounts: string[];
  private readonly marks: MarkKey;
  /** The client's own mark: what its n-th call draws hangs on it. */
  private readonly mark: readonly [number, number];
  private readonly onAnswer: Handler;
  private readonly waiting = new Map<number, (call: number) => void>();
  private sent = 0;
  private called = 0;

  constructor({ resources, profile, seed, observer }: OperatedOptions) {
    const templates = read(TEMPLATES, profile, seed);
    const isEmpty = Object.keys(resources).length === 0;
    const scenario = isEmpty ? { ...templates, resources: [] } : read(resources, profile, seed);
    const cast = new Cast(scenario);
    this.templates = templates.resources;
    this.streams = new Streams(seed, 0);
    this.book = new MessageBook(this.streams, CLIENT);
    const facts = observer === null ? this.book : new SeveralFacts([this.book, observer]);
    this.client = cast.names.length;
    this.firstNumbers = new Map(scenario.resources.map(({ name }, id) => [name, id]));
    this.accounts = [...scenario.resources, templates.resources[0]].map(({ account }) => account);
    const names = [...cast.names, CLIENT];
    this.world = new World(this.kernel, this.streams, facts, names, {
      consumers: cast.consumersOf,
      accounts: this.accounts,
    });
    this.book.attach(this.world, this.client);
    this.marks = this.streams.key(CLIENT, 'marks');
    const own = this.streams.key(CLIENT, 'calls');
    own.birth(0);
    this.mark = [own.h0, own.h1];
    this.onAnswer = this.kernel.handler(`${CLIENT}/answer`, (call) => this.takeAnswer(call));
    this.queuesAtFirst = ofType<QueueSpec>(scenario, sqsQueue.type);
    this.topicsAtFirst = ofType<TopicSpec>(scenario, snsTopic.type);
    this.build(cast);
  }

  /** Builds, connects and starts everything, in file order. */
  private build(cast: Cast): void {
    const { world } = this;
    world.shared(Envelopes); // queues look for it when they are made, and topics may come later
    world.makes.set(this.client, new ClientMake(world, this.book));
    const { resources, systems } = cast.scenario;
    resources.forEach(({ programs }, id) => {
      declareHandler(world, programs);
      const inbox = cast.typeOf(id)!.inbox;
      if (inbox !== undefined) world.addInbox(id, inbox);
    });
    const components = resources.map((resource, id) => cast.typeOf(id)!.build(world, id, resource));
    for (const component of components) component.connect?.();
    const running = buildSystems(world, systems);
    for (const component of components) component.start?.();
    for (const system of running) system.start();
  }

  /** Settings and assumptions that hold for a queue of which nothing is said. */
  templateOf(name: string): QueueSpec {
    return this.templates[isFifoName(name) ? 1 : 0] as QueueSpec;
  }

  topicTemplateOf(name: string): TopicSpec {
    return this.templates[isFifoName(name) ? 3 : 2] as TopicSpec;
  }

  /** A further queue, from now on. Returns its number. */
  addQueue(spec: QueueSpec): number {
    const id = this.addName(spec.name, spec);
    const built = this.built(spec) as unknown as BuildQueue;
    start(sqsQueue.build(this.world, id, built));
    return id;
  }

  /** A further topic, from now on; `worldName` is what facts call it. Returns its number. */
  addTopic(spec: TopicSpec, worldName: string): number {
    const id = this.addName(worldName, spec);
    const built = this.built({ ...spec, name: worldName }) as unknown as BuildTopic;
    this.world.addInbox(id, snsTopic.inbox!);
    start(snsTopic.build(this.world, id, built));
    return id;
  }

  /** A resource that had the name before has its random streams under it. */
  private built(spec: CheckedResource): CheckedResource {
    const before = this.world.names.filter((name) => name === spec.name).length - 1;
    return before === 0 ? spec : { ...spec, name: `${before + 1}/${spec.name}` };
  }

  private addName(name: string, { account }: CheckedResource): number {
    const id = this.world.addName(name);
    this.accounts[id] = account;
    return id;
  }

  /** The number of a resource that was there at first; undefined: there is none of this name. */
  resourceNamed(name: string): number | undefined {
    return this.firstNumbers.get(name);
  }

  control(queue: number): QueueControl {
    const control = this.world.queue(queue);
    check(control !== undefined, 'a queue can be controlled');
    return control;
  }

  /** A message of the client, born now and held until `release`. */
  born(size: number): number {
    const { messages, facts } = this.world;
    this.marks.birth(this.sent++);
    const { h0, h1 } = this.marks;
    const message = messages.born(this.client, this.kernel.now, h0, h1, size);
    facts.born(this.client, message);
    return message;
  }

  /** The client knows what became of its message. */
  release(message: number, isAccepted: boolean): void {
    const { messages, facts } = this.world;
    if (isAccepted) facts.answered(this.client, message);
    else facts.gaveUp(this.client, message);
    messages.release(message);
  }

  /** A row of a call of the client to a resource; `go` sends it. */
  begin(target: number, operation: number): number {
    return this.world.calls.begin(this.client, target, operation, this.onAnswer, this.called);
  }

  /** Sends the call; `answered` reads its row, which is freed then. */
  go(call: number, answered: (call: number) => void): void {
    this.waiting.set(this.called, answered);
    this.world.calls.go(call, this.mark[0], this.mark[1], this.called++);
  }

  /** Everything that is due by now happens. */
  settle(): void {
    this.kernel.advance(this.kernel.now);
  }

  private takeAnswer(call: number): void {
    const { calls } = this.world;
    const context = calls.context[call];
    const answered = this.waiting.get(context)!;
    this.waiting.delete(context);
    answered(call);
    calls.free(call);
  }
}

function start(component: Component): void {
  component.connect?.();
  component.start?.();
}

/** Reads resources as a scenario's; throws a ScenarioError with all that is wrong with them. */
function read(resources: object, profile: Profile, seed: string): Scenario {
  const frame = { name: 'operations', duration: '1s', traffic: {}, resources };
  const text = JSON.stringify(frame, null, 2);
  return loadScenario('resources', { read: () => text, profile, seed });
}

function ofType<Spec extends CheckedResource>(
  { resources }: Scenario,
  type: string,
): Map<number, Spec> {
  const found = resources.flatMap((resource, id) =>
    resource.type === type ? [[id, resource as Spec] as const] : [],
  );
  return new Map(found);
}
