/** The ids that the messages of a step `send` are sent with: of what they are about, or of the message itself. */

import type { Id, Ids } from '../client/options.js';
import { NO_LABEL } from '../queue-port.js';
import type { World } from '../world.js';

/** Where ids come from: `key`, `message`, `attempt` or the name of an attribute; null: there is none. */
export interface IdOptions {
  readonly messageGroupId: string | null;
  readonly messageDeduplicationId: string | null;
}

/** null: messages are sent without a group and without a deduplication id. */
export function idsOf(
  world: World,
  name: string,
  { messageGroupId, messageDeduplicationId }: IdOptions,
): Ids | null {
  if (messageGroupId === null && messageDeduplicationId === null) return null;
  const numbers = [messageGroupId, messageDeduplicationId].includes('message')
    ? world.labels.seriesOf(`${name}.message`)
    : 0;
  const id = (from: string | null): Id => {
    if (from === null) return { label: () => NO_LABEL };
    if (from === 'attempt') return { label: () => world.labels.fresh() };
    if (from === 'message')
      return { label: (_0, _1, message) => numbers + numberOf(world, message) };
    if (from === 'key') return { label: (_0, _1, message) => keyOf(world, message) };
    return { label: (_0, _1, message) => attributeOf(world, message, from) };
  };
  return {
    group: id(messageGroupId),
    id: id(messageDeduplicationId),
    changesByAttempt: messageDeduplicationId === 'attempt',
  };
}

function numberOf({ messages }: World, message: number): number {
  return messages.lineage!.number[message];
}

function keyOf({ makes, messages }: World, message: number): number {
  const { source, mark0, mark1 } = messages.about(message);
  return makes.of(source)?.key(mark0, mark1) ?? NO_LABEL;
}

/** As traffic has it: numbers are whole where they serve as an id. */
function attributeOf({ labels, makes, messages }: World, message: number, name: string): number {
  const { source, mark0, mark1 } = messages.about(message);
  const value = makes.of(source)?.attribute(name, mark0, mark1);
  if (value === undefined || value === null) return NO_LABEL;
  if (typeof value === 'number') return labels.of(String(Math.max(0, Math.round(value))));
  return labels.of(typeof value === 'object' && value !== null ? value.join() : String(value));
}
