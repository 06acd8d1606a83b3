/** The topics that a script sees: by name, with their settings in force and their subscriptions. */

import { isFifoName } from '../../components/settings.js';
import { SNS_LIMITS } from '../../components/sns/limits.js';
import type { TopicSettings } from '../../components/sns/settings.js';
import type { TopicControl } from '../../components/topic-port.js';
import { Topics as TopicControls } from '../../components/topic-port.js';
import { Refusal } from './aws-errors.js';
import { ourName } from './aws-names.js';
import type { OperatedWorld, TopicSpec } from './operated-world.js';
import { invalidTopicParameter, noSuchTopic } from './sns-errors.js';
import type { ReadTopic, SaidSettings } from './topic-attributes.js';
import { readTopicAttributes } from './topic-attributes.js';

export interface LiveTopic {
  /** Its number in World.names. */
  readonly id: number;
  readonly name: string;
  readonly arn: string;
  readonly isFifo: boolean;
  readonly spec: TopicSpec;
  settings: TopicSettings;
  signatureVersion: string;
}

const NAME = /^[A-Za-z0-9_-]+$/;
const NAME_OR_FIFO = /^[A-Za-z0-9_-]+(\.fifo)?$/;
const FIFO_NAME =
  'Fifo Topic names must end with .fifo and must be made up of only uppercase and lowercase ASCII letters, numbers, ' +
  `underscores, and hyphens, and must be between 1 and ${SNS_LIMITS.nameMax} characters long.`;

export class LiveTopics {
  private readonly live = new Map<string, LiveTopic>();
  private readonly byId = new Map<number, LiveTopic>();

  constructor(private readonly operated: OperatedWorld) {
    for (const [id, spec] of operated.topicsAtFirst) this.add(id, spec, {});
  }

  get all(): readonly LiveTopic[] {
    return [...this.live.values()];
  }

  /** The topic of a request: its name, or an ARN. */
  of(said: unknown): LiveTopic {
    const name = typeof said === 'string' ? plainName(said) : '';
    if (!NAME_OR_FIFO.test(name)) throw invalidTopicParameter('TopicArn Reason: it is no ARN');
    const topic = this.live.get(name);
    if (topic === undefined) throw noSuchTopic();
    return topic;
  }

  find(name: string): LiveTopic | undefined {
    return this.live.get(name);
  }

  /** By its number; deleted ones, too. */
  numbered(id: number): LiveTopic | undefined {
    return this.byId.get(id);
  }

  control({ id }: LiveTopic): TopicControl {
    return this.operated.world.shared(TopicControls).of(id)!;
  }

  /** `isNameTaken`: facts tell of something else under this name. */
  create(said: unknown, attributes: SaidSettings, isNameTaken: boolean): LiveTopic {
    const name = checkedName(said, attributes);
    const isFifo = isFifoName(name);
    const read = readTopicAttributes(attributes, isFifo, true, 'Attributes Reason: ');
    const existing = this.live.get(name);
    if (existing !== undefined) return sameTopic(existing, read);
    this.checkCount(isFifo);
    const template = this.operated.topicTemplateOf(name);
    const { signatureVersion: _, ...own } = read;
    const spec = { ...template, name, settings: { ...template.settings, ...own } };
    const id = this.operated.addTopic(spec, isNameTaken ? `topic/${name}` : name);
    return this.add(id, spec, read);
  }

  private checkCount(isFifo: boolean): void {
    const { topicsMax, fifoTopicsMax } = SNS_LIMITS;
    const count = this.all.filter((topic) => topic.isFifo === isFifo).length;
    if (count < (isFifo ? fifoTopicsMax : topicsMax)) return;
    throw new Refusal('TopicLimitExceeded', 'The number of topics has reached its limit');
  }

  change(topic: LiveTopic, said: SaidSettings): void {
    const { signatureVersion, ...read } = readTopicAttributes(said, topic.isFifo, false, '');
    const { contentBasedDeduplication, fifoThroughputScope } = read;
    const before = topic.settings.fifoThroughputScope;
    if (fifoThroughputScope === 'Topic' && before === 'MessageGroup')
      throw invalidTopicParameter('FifoThroughputScope Reason: MessageGroup cannot be taken back');
    const control = this.control(topic);
    if (contentBasedDeduplication !== undefined)
      control.setContentBasedDeduplication(contentBasedDeduplication);
    if (fifoThroughputScope === 'MessageGroup' && before === 'Topic') control.countByGroup();
    topic.settings = { ...topic.settings, ...read };
    topic.signatureVersion = signatureVersion ?? topic.signatureVersion;
  }

  delete(topic: LiveTopic): void {
    this.live.delete(topic.name);
    this.control(topic).deleteTopic();
  }

  private add(id: number, spec: TopicSpec, { signatureVersion = '1' }: ReadTopic): LiveTopic {
    const { name, region, account, settings } = spec;
    const arn = `arn:aws:sns:${region}:${account}:${name}`;
    const topic = { id, name, arn, isFifo: isFifoName(name), spec, settings, signatureVersion };
    this.live.set(name, topic);
    this.byId.set(id, topic);
    return topic;
  }
}

/** `arn:aws:sns:us-east-1:123456789012:orders` is `orders`. */
export function plainName(said: string): string {
  return said.slice(said.lastIndexOf(':') + 1);
}

/** `.fifo` tells a FIFO topic; fifoTopic may be said, but not against the name. */
function checkedName(said: unknown, attributes: SaidSettings): string {
  const name = typeof said === 'string' ? said : '';
  const fifo = Object.entries(attributes).find(([key]) => ourName(key) === 'fifoTopic')?.[1];
  const isFifo = fifo === undefined ? isFifoName(name) : fifo === true || fifo === 'true';
  const own = isFifo && isFifoName(name) ? name.slice(0, -'.fifo'.length) : name;
  const isRight = isFifo === isFifoName(name) && NAME.test(own);
  if (isRight && name.length <= SNS_LIMITS.nameMax) return name;
  throw invalidTopicParameter(isFifo ? FIFO_NAME : 'Topic Name');
}

/** CreateTopic of a topic that is there already: fine when nothing is said against it. */
function sameTopic(topic: LiveTopic, { signatureVersion, ...read }: ReadTopic): LiveTopic {
  const isOther = Object.entries(read).some(([key, value]) => {
    return key !== 'fifoTopic' && topic.settings[key as keyof typeof read] !== value;
  });
  if (!isOther && (signatureVersion ?? topic.signatureVersion) === topic.signatureVersion)
    return topic;
  throw invalidTopicParameter('Attributes Reason: Topic already exists with different attributes');
}
