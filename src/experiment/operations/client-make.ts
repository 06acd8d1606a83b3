/** What the client's messages are about, for filters and handlers: their real bodies and attributes. */

import type { Make } from '../../components/makes.js';
import { attributeValue } from '../../components/patterns/attributes.js';
import type { FieldValue } from '../../components/patterns/pattern.js';
import type { World } from '../../components/world.js';
import type { MessageAttribute } from './message-attributes.js';
import type { Content, MessageBook } from './message-book.js';

export class ClientMake implements Make {
  readonly isKeyed = false;

  constructor(
    private readonly world: World,
    private readonly book: MessageBook,
  ) {}

  /** Its message group; a message without one is about itself. */
  key(mark0: number, mark1: number): number {
    const { group, messageId } = this.of(mark0, mark1);
    return this.world.labels.of(group ?? messageId);
  }

  attribute(name: string, mark0: number, mark1: number): FieldValue {
    const { messageAttributes } = this.of(mark0, mark1);
    return Object.hasOwn(messageAttributes, name) ? valueOf(messageAttributes[name]) : undefined;
  }

  hasAttributes(mark0: number, mark1: number): boolean {
    return this.attributeCount(mark0, mark1) > 0;
  }

  attributeCount(mark0: number, mark1: number): number {
    return Object.keys(this.of(mark0, mark1).messageAttributes).length;
  }

  hasValidAttributes(mark0: number, mark1: number): boolean {
    const attributes = Object.values(this.of(mark0, mark1).messageAttributes);
    return attributes.every((one) => one.binaryValue !== undefined || valueOf(one) !== undefined);
  }

  document(mark0: number, mark1: number): unknown {
    const { body } = this.of(mark0, mark1);
    try {
      return body === null ? undefined : (JSON.parse(body) as unknown);
    } catch {
      return undefined;
    }
  }

  private of(mark0: number, mark1: number): Content {
    return this.book.contentOf(mark0, mark1);
  }
}

function valueOf({ dataType, stringValue }: MessageAttribute): FieldValue {
  return stringValue === undefined
    ? undefined
    : attributeValue({ DataType: dataType, StringValue: stringValue });
}
