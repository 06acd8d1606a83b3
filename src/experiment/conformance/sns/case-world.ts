/** The world of one SNS case: its topics, queues and subscriptions under their real names. */

import { isMap } from '../../../components/settings/problem.js';
import type { Call } from '../../operations/call.js';
import type { Plain } from '../case-file.js';
import { NotExpressible } from '../result.js';
import { CaseWorld } from '../sqs/case-world.js';
import { queueNames } from '../sqs/queue-words.js';
import { inOurWords, mapOf, textOf } from '../sqs/words.js';
import { readRedrive } from './redrive.js';
import {
  inSnsSpelling,
  isFifoType,
  split,
  SUBSCRIPTION_ATTRIBUTES,
  SUBSCRIPTION_WORDS,
  TOPIC_ATTRIBUTES,
  TOPIC_WORDS,
} from './words.js';

export interface GivenSystem {
  readonly topics: Plain;
  readonly queues: Plain;
  readonly subscriptions: readonly Plain[];
}

export class SnsCaseWorld {
  /** Queues, and what steps have named. */
  readonly sqs: CaseWorld;
  private readonly topicNames: Map<string, string>;
  /** Names of subscriptions by those of the case. */
  private readonly subscriptions = new Map<string, string>();

  constructor(private readonly given: GivenSystem) {
    this.sqs = new CaseWorld(given.queues);
    this.topicNames = queueNames(given.topics);
  }

  get operations() {
    return this.sqs.world.sns;
  }

  /** `t` of type fifo stands for `t.fifo`; a step that names none means the only one. */
  topic(said: unknown, where: string): string {
    if (said !== undefined) return this.topicNames.get(textOf(said)) ?? textOf(said);
    const [first, second] = this.topicNames.values();
    if (first === undefined || second !== undefined)
      throw new NotExpressible(`${where}: no topic is named`);
    return first;
  }

  subscription(said: unknown): string {
    const text = textOf(said);
    const isName = /^[\w.-]+$/.test(text);
    return this.subscriptions.get(text) ?? (isName ? `unknown:${text}` : text);
  }

  /** Makes what is given. Returns what was refused, or null. */
  build(): { readonly code: string; readonly of: string } | null {
    const refused = this.sqs.build();
    if (refused !== null) return { code: refused.code, of: refused.queue };
    for (const [topic, spec] of Object.entries(this.given.topics)) {
      const { error } = this.createTopic({ topic, ...mapOf(spec, topic) }, `topic ${topic}`);
      if (error !== null) return { code: error.code, of: topic };
    }
    for (const spec of this.given.subscriptions) {
      const { error } = this.subscribe(spec, 'given.subscriptions');
      if (error !== null) return { code: error.code, of: textOf(spec['id'] ?? spec) };
    }
    return null;
  }

  createTopic(said: Plain, where: string): Call<unknown> {
    const words = { topic: [], ...TOPIC_WORDS, ...TOPIC_ATTRIBUTES };
    const read = inOurWords(words, said, where);
    const [attributes, { topic, name, type, attributes: more }] = split(read, TOPIC_ATTRIBUTES);
    const isFifo = isFifoType(type, where);
    const own = textOf(name ?? topic);
    const real = isFifo && !own.endsWith('.fifo') ? `${own}.fifo` : own;
    if (topic !== undefined) this.topicNames.set(textOf(topic), real);
    const all = { ...inSnsSpelling(attributes), ...(isMap(more) ? more : {}) };
    return this.operations.createTopic({ topic: real, attributes: all });
  }

  /** `said` under the case's words. */
  subscribe(said: Plain, where: string): Call<unknown> {
    const words = { ...SUBSCRIPTION_WORDS, ...SUBSCRIPTION_ATTRIBUTES };
    const read = inOurWords(words, said, where);
    const [attributes, rest] = split(read, SUBSCRIPTION_ATTRIBUTES);
    const { id, topic, queue, protocol, endpoint, attributes: more } = rest;
    const named = queue ?? endpoint;
    const call = this.operations.subscribe({
      topic: this.topic(topic, where),
      protocol: protocol === undefined ? 'sqs' : textOf(protocol),
      endpoint: named === undefined ? '' : this.sqs.name(named),
      attributes: this.attributes(attributes, more, where),
    });
    if (call.value !== null) this.subscriptions.set(textOf(id ?? named), call.value.subscription);
    return call;
  }

  /** Attributes of a subscription for the operations; `more` are AWS's own. */
  attributes(said: Plain, more: unknown, where: string): Plain {
    const all: Record<string, unknown> = { ...said, ...(isMap(more) ? more : {}) };
    const name = (queue: unknown): string => this.sqs.name(queue);
    if ('redrivePolicy' in all)
      all['redrivePolicy'] = readRedrive(all['redrivePolicy'], where, name);
    return all;
  }
}
