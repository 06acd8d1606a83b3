/**
 * The make of a source's messages: their size, key, attributes and body, and the ids that they are sent with, all
 * drawn from the message's mark (docs/scenario.md, "Traffic").
 */

import type { Distribution } from '../../kernel/distributions/distribution.js';
import type { MarkKey } from '../../kernel/random/marks.js';
import type { Ids } from '../client/options.js';
import type { Labels } from '../labels.js';
import type { Make, Payloads } from '../makes.js';
import { NO_LABEL } from '../queue-port.js';
import type { FieldValue } from '../patterns/pattern.js';
import type { BodySpec } from '../settings/body.js';
import type { Attributes } from '../settings/message.js';
import type { ValueSpec } from '../settings/value.js';
import type { World } from '../world.js';
import type { DrawnValue } from './values.js';
import { drawnValue } from './values.js';

/** Sizes are kept in 32 bits; far beyond what any service accepts. */
const SIZE_MAX = 0xffff_ffff;

function wholeSize(bytes: number): number {
  return Math.min(SIZE_MAX, Math.max(1, Math.round(bytes)));
}

/** Where an id comes from: `key`, `message`, `attempt` or the name of an attribute; null: there is none. */
export type IdSource = string | null;

export interface MakeOptions {
  readonly name: string;
  /** Bytes of one message, as AWS counts them. */
  readonly size: Distribution;
  readonly key: ValueSpec;
  readonly attributes: Attributes;
  /** Fields of a JSON body by their paths. */
  readonly body: BodySpec;
  /** Around the detail of an event. */
  readonly source: string;
  readonly detailType: string;
  readonly messageGroupId: IdSource;
  readonly messageDeduplicationId: IdSource;
  /** Payloads larger than `above` bytes lie in a bucket, by its resource number. */
  readonly largePayloads: { readonly bucket: number; readonly above: number } | null;
}

export class TrafficMake implements Make, Payloads {
  readonly isKeyed: boolean;
  readonly payloads: Payloads | null;
  readonly bucket: number;
  /** null: messages are sent without a group and without a deduplication id. */
  readonly ids: DrawnIds | null;
  private readonly birth: MarkKey;
  private readonly sizeKey: MarkKey;
  /** Bytes of every message, or 0 when sizes are drawn. */
  private readonly fixedSizeBytes: number;
  private readonly size: Distribution;
  private readonly above: number;
  private readonly keyValue: DrawnValue;
  private readonly attributes = new Map<string, DrawnValue>();
  private readonly body = new Map<string, DrawnValue>();
  private readonly source: string;
  private readonly detailType: string;

  constructor(world: World, options: MakeOptions) {
    const { labels, streams } = world;
    const { name, size, key, largePayloads } = options;
    this.birth = streams.key(name, 'mark');
    this.sizeKey = streams.key(name, 'size');
    this.size = size;
    this.fixedSizeBytes = size.min === size.max ? wholeSize(size.min) : 0;
    this.isKeyed = key.kind !== 'unique';
    this.above = largePayloads === null ? Infinity : largePayloads.above;
    this.bucket = largePayloads === null ? -1 : largePayloads.bucket;
    this.payloads = largePayloads === null ? null : this;
    const drawn = { labels, birth: this.birth };
    this.keyValue = drawnValue({ ...drawn, key: streams.key(name, 'key'), name }, key);
    for (const [attribute, spec] of Object.entries(options.attributes)) {
      const context = {
        ...drawn,
        key: streams.key(name, `attribute/${attribute}`),
        name: `${name}.${attribute}`,
      };
      this.attributes.set(attribute, drawnValue(context, spec));
    }
    for (const [path, spec] of Object.entries(options.body)) {
      const context = {
        ...drawn,
        key: streams.key(name, `body/${path}`),
        name: `${name}.body.${path}`,
      };
      this.body.set(path, drawnValue(context, spec));
    }
    this.source = options.source;
    this.detailType = options.detailType;
    this.ids = this.idsOf(labels, options);
  }

  /** The mark of message number `ordinal`, into the halves `h0` and `h1` of the key that is returned. */
  markOf(ordinal: number): MarkKey {
    this.birth.birth(ordinal);
    return this.birth;
  }

  /** All that the message is about, wherever it lies. */
  sizeBytes(mark0: number, mark1: number): number {
    if (this.fixedSizeBytes !== 0) return this.fixedSizeBytes;
    return wholeSize(this.size.quantile(this.sizeKey.u53(mark0, mark1, 0)));
  }

  // --- Make, Payloads ------------------------------------------------------------------------------

  key(mark0: number, mark1: number): number {
    return this.keyValue.label(mark0, mark1);
  }

  attribute(name: string, mark0: number, mark1: number): FieldValue {
    return this.attributes.get(name)?.value(mark0, mark1);
  }

  hasAttributes(): boolean {
    return this.attributes.size > 0;
  }

  get hasBody(): boolean {
    return this.body.size > 0;
  }

  bodyField(path: string, mark0: number, mark1: number): FieldValue {
    return this.body.get(path)?.value(mark0, mark1);
  }

  eventField(name: string): FieldValue {
    if (name === 'source') return this.source;
    return name === 'detail-type' ? this.detailType : undefined;
  }

  bytesInBucket(mark0: number, mark1: number): number {
    const bytes = this.sizeBytes(mark0, mark1);
    return bytes > this.above ? bytes : 0;
  }

  // --- ids -----------------------------------------------------------------------------------------

  private idsOf(labels: Labels, options: MakeOptions): DrawnIds | null {
    const { name, messageGroupId, messageDeduplicationId } = options;
    if (messageGroupId === null && messageDeduplicationId === null) return null;
    const messages = [messageGroupId, messageDeduplicationId].includes('message')
      ? labels.seriesOf(`${name}.message`)
      : 0;
    const draw = (source: IdSource): DrawnId => {
      if (source === null) return NO_ID;
      if (source === 'key') return this.keyValue;
      if (source === 'attempt') return new AttemptId(labels);
      if (source === 'message') return new MessageId(messages, this.birth);
      return this.attributes.get(source)!;
    };
    const group = draw(messageGroupId);
    const id = draw(messageDeduplicationId);
    return { group, id, changesByAttempt: messageDeduplicationId === 'attempt' };
  }
}

interface DrawnId {
  label(mark0: number, mark1: number): number;
}

/** Ids that marks tell. */
interface DrawnIds extends Ids {
  readonly group: DrawnId;
  readonly id: DrawnId;
}

const NO_ID: DrawnId = { label: () => NO_LABEL };

/** One id per message, kept by its retries. */
class MessageId implements DrawnId {
  constructor(
    private readonly first: number,
    private readonly birth: MarkKey,
  ) {}

  label(mark0: number, mark1: number): number {
    return this.first + this.birth.ordinalOf(mark0, mark1);
  }
}

/** A new id each time it is asked for. */
class AttemptId implements DrawnId {
  constructor(private readonly labels: Labels) {}

  label(): number {
    return this.labels.fresh();
  }
}
