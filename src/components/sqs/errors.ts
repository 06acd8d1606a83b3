/**
 * Why SQS refuses a call; `Calls.error` carries the place in this list, 0 is success.
 * Source: botocore sqs service-2.json, Aug 2026.
 */
export const QUEUE_ERRORS = [
  '',
  'InvalidParameterValue',
  'BatchRequestTooLong',
  'OverLimit',
  'ReceiptHandleIsInvalid',
  'QueueDoesNotExist',
] as const;

export const QueueError = {
  None: 0,
  InvalidParameterValue: 1,
  BatchRequestTooLong: 2,
  OverLimit: 3,
  ReceiptHandleIsInvalid: 4,
  QueueDoesNotExist: 5,
} as const;
