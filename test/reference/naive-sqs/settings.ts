/** The settings of a slow queue, times in µs, from attributes as a user says them, times in seconds. */

import { demand } from './refusal.js';

export interface NaiveAttributes {
  readonly visibilityTimeout?: number;
  readonly delaySeconds?: number;
  readonly messageRetentionPeriod?: number;
  readonly receiveMessageWaitTimeSeconds?: number;
  readonly maximumMessageSize?: number;
  readonly redrivePolicy?: {
    readonly deadLetterTarget: string;
    readonly maxReceiveCount: number;
  } | null;
  readonly contentBasedDeduplication?: boolean;
  readonly deduplicationScope?: 'queue' | 'messageGroup';
}

export interface NaiveSettings {
  visibilityTimeout: number;
  delay: number;
  retention: number;
  wait: number;
  maximumMessageSize: number;
  redrive: { readonly target: string; readonly maxReceiveCount: number } | null;
  contentBasedDeduplication: boolean;
  deduplicationScope: 'queue' | 'messageGroup';
}

export const SECOND = 1_000_000;
export const micros = (seconds: number): number => Math.round(seconds * SECOND);

/** AWS's defaults: the API reference of CreateQueue. */
export const DEFAULTS: NaiveSettings = {
  visibilityTimeout: 30 * SECOND,
  delay: 0,
  retention: 345_600 * SECOND,
  wait: 0,
  maximumMessageSize: 1_048_576,
  redrive: null,
  contentBasedDeduplication: false,
  deduplicationScope: 'queue',
};

/** [least, most]: the API reference of CreateQueue. */
const RANGES = {
  visibilityTimeout: [0, 43_200],
  delaySeconds: [0, 900],
  messageRetentionPeriod: [60, 1_209_600],
  receiveMessageWaitTimeSeconds: [0, 20],
  maximumMessageSize: [1_024, 1_048_576],
} as const;

/** `before` with what `attributes` says changed. */
export function changed(before: NaiveSettings, attributes: NaiveAttributes): NaiveSettings {
  for (const [name, [least, most]] of Object.entries(RANGES)) {
    const value = attributes[name as keyof typeof RANGES];
    const fits =
      value === undefined || (Number.isInteger(value) && value >= least && value <= most);
    demand(fits, 'InvalidAttributeValue', name);
  }
  const { redrivePolicy: redrive } = attributes;
  const micro = (seconds: number | undefined, else_: number): number =>
    seconds === undefined ? else_ : micros(seconds);
  return {
    visibilityTimeout: micro(attributes.visibilityTimeout, before.visibilityTimeout),
    delay: micro(attributes.delaySeconds, before.delay),
    retention: micro(attributes.messageRetentionPeriod, before.retention),
    wait: micro(attributes.receiveMessageWaitTimeSeconds, before.wait),
    maximumMessageSize: attributes.maximumMessageSize ?? before.maximumMessageSize,
    redrive:
      redrive === undefined
        ? before.redrive
        : redrive && { target: redrive.deadLetterTarget, maxReceiveCount: redrive.maxReceiveCount },
    contentBasedDeduplication:
      attributes.contentBasedDeduplication ?? before.contentBasedDeduplication,
    deduplicationScope: attributes.deduplicationScope ?? before.deduplicationScope,
  };
}
