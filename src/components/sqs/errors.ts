/**
 * Why SQS refuses a call: `Calls.error` carries one of these, 0 is success.
 * Source: botocore sqs service-2.json, Aug 2026.
 */
export const QueueError = {
  InvalidParameterValue: 1,
  BatchRequestTooLong: 2,
  OverLimit: 3,
} as const;
