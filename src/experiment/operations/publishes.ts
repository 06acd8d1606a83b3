/** Publish and PublishBatch. */

import { QUEUE_DEFAULT, NO_LABEL } from '../../components/queue-port.js';
import { SNS_LIMITS } from '../../components/sns/limits.js';
import { TOPIC_ERRORS, TopicOperation } from '../../components/topic-port.js';
import { Refusal } from './aws-errors.js';
import type { BatchResult } from './batch-requests.js';
import { checkEntries, Outcomes } from './batch-requests.js';
import type { Call, LiveCall } from './call.js';
import type { Client } from './client.js';
import { errorOf } from './client.js';
import { entryRows, freeEntries } from './entry-rows.js';
import type { Publication } from './publications.js';
import type { PublicationDraft, PublicationRequest } from './publish-requests.js';
import { bytesOfEntry, checkWhole, PUBLICATION_KEYS, readPublication } from './publish-requests.js';
import { TOPIC_TEXTS } from './sns-errors.js';
import type { LiveTopic, LiveTopics } from './topics.js';

export interface PublishRequest extends PublicationRequest {
  readonly topic: string;
}
export interface PublishResult {
  readonly messageId: string;
  /** FIFO topics only; null on a standard topic. */
  readonly sequenceNumber: string | null;
}

export interface PublishEntry extends PublicationRequest {
  readonly id: string;
}
export interface PublishBatchRequest {
  readonly topic: string;
  readonly entries: readonly PublishEntry[];
}
export interface PublishedEntry {
  readonly id: string;
  readonly messageId: string;
  /** FIFO topics only. */
  readonly sequenceNumber?: string;
}

/** A message on its way. */
interface Outgoing {
  /** Its row, the client's until it has its answer. */
  readonly row: number;
  readonly publication: Publication;
  readonly topic: LiveTopic;
  /** Labels. */
  readonly group: number;
  readonly id: number;
  readonly delay: number;
}

const textOf = (code: string): string | undefined => TOPIC_TEXTS[code];

export class Publishes {
  /** By topic, scope and deduplication id: the message that was accepted last. */
  private readonly accepted = new Map<string, PublishResult>();

  constructor(
    private readonly client: Client,
    private readonly topics: LiveTopics,
  ) {}

  publish(request: PublishRequest): Call<PublishResult> {
    return this.client.act('publish', request, ['topic', ...PUBLICATION_KEYS], (live) => {
      const topic = this.topics.of(request.topic);
      this.send(topic, readPublication(topic, request), live);
    });
  }

  publishBatch(request: PublishBatchRequest): Call<BatchResult<PublishedEntry>> {
    return this.client.act('publishBatch', request, ['topic', 'entries'], (live) => {
      const topic = this.topics.of(request.topic);
      const entries = checkEntries<PublishEntry>('PublishBatch', request.entries);
      for (const entry of entries) checkWhole(topic, entry);
      checkBytes(entries);
      this.sendBatch(topic, entries, live);
    });
  }

  private send(topic: LiveTopic, draft: PublicationDraft, live: LiveCall<PublishResult>): void {
    const { operated } = this.client;
    const { calls } = operated.world;
    const message = this.write(topic, draft);
    const row = operated.begin(topic.id, TopicOperation.Publish);
    calls.first[row] = message.row;
    calls.carries[row] = 0;
    calls.a[row] = message.group;
    calls.b[row] = message.id;
    calls.c[row] = message.delay;
    operated.go(row, (answered) => {
      const code = TOPIC_ERRORS[calls.error[answered]];
      if (code === '') live.succeed(this.client.now, this.resultOf(message));
      else live.fail(this.client.now, errorOf(code, textOf));
      operated.release(message.row, code === '');
    });
  }

  private sendBatch(
    topic: LiveTopic,
    entries: readonly PublishEntry[],
    live: LiveCall<BatchResult<PublishedEntry>>,
  ): void {
    const { operated } = this.client;
    const { calls } = operated.world;
    const outcomes = new Outcomes<PublishedEntry>(entries);
    const drafts = entries.flatMap(({ id, ...request }) => {
      const draft = outcomes.attempt(id, () => readPublication(topic, request));
      return draft === undefined ? [] : [{ id, draft }];
    });
    if (drafts.length === 0) {
      live.succeed(this.client.now, outcomes.result());
      return;
    }
    const outgoing = drafts.map(({ id, draft }) => ({ id, message: this.write(topic, draft) }));
    const row = operated.begin(topic.id, TopicOperation.PublishBatch);
    const rows = entryRows(
      operated.world,
      outgoing.map(({ message }) => message),
    );
    calls.first[row] = rows[0];
    calls.carries[row] = rows.length;
    operated.go(row, (answered) => {
      const code = TOPIC_ERRORS[calls.error[answered]];
      const errors = freeEntries(operated.world, rows);
      outgoing.forEach(({ id, message }, i) => {
        const own = code === '' ? TOPIC_ERRORS[errors[i]] : code;
        if (own === '') outcomes.succeed(publishedEntry(id, this.resultOf(message)));
        else outcomes.fail(id, errorOf(own, textOf));
        operated.release(message.row, own === '');
      });
      if (code === '') live.succeed(this.client.now, outcomes.result());
      else live.fail(this.client.now, errorOf(code, textOf));
    });
  }

  private write(topic: LiveTopic, { said, sizeBytes }: PublicationDraft): Outgoing {
    const { operated } = this.client;
    const { labels } = operated.world;
    const row = operated.born(sizeBytes);
    const { group, deduplicationId } = said;
    const unlike = topic.isFifo ? labels.fresh() : NO_LABEL;
    return {
      row,
      publication: operated.book.publish(row, said),
      topic,
      group: group === null ? NO_LABEL : labels.of(group),
      id: deduplicationId === null ? unlike : labels.of(deduplicationId),
      delay: QUEUE_DEFAULT,
    };
  }

  /** The message that stands there now: this one, or the one that it repeats. */
  private resultOf({ row, publication, topic, group, id }: Outgoing): PublishResult {
    const { messageId, sequenceNumber } = publication;
    const own = { messageId, sequenceNumber };
    if (!topic.isFifo) return own;
    const scope = topic.settings.fifoThroughputScope === 'Topic' ? '' : group;
    const key = `${topic.id}/${scope}/${id}`;
    if (this.client.operated.book.wasRepeated(topic.id, row)) return this.accepted.get(key) ?? own;
    this.accepted.set(key, own);
    return own;
  }
}

function publishedEntry(id: string, { messageId, sequenceNumber }: PublishResult): PublishedEntry {
  return sequenceNumber === null ? { id, messageId } : { id, messageId, sequenceNumber };
}

/** All entries count, also those that would be refused for themselves. */
function checkBytes(entries: readonly PublishEntry[]): void {
  const bytes = entries.reduce((sum, entry) => sum + bytesOfEntry(entry), 0);
  if (bytes > SNS_LIMITS.messageBytesMax)
    throw new Refusal('BatchRequestTooLong', TOPIC_TEXTS['BatchRequestTooLong']);
}
