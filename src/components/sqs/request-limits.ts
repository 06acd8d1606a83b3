/**
 * What a single request to SQS may say. Ranges that are also a setting of the queue (timeouts, delays,
 * waits) stand in settings.ts. Source: botocore sqs service-2.json, Aug 2026, unless a line says otherwise.
 */

export const REQUEST_LIMITS = {
  maxNumberOfMessages: { min: 1, max: 10, byDefault: 1 },
  /** Entries of a batch; there is no smaller limit than one. */
  batchEntriesMax: 10,
  /** Characters of a batch entry's id: letters, digits, hyphens and underscores. */
  entryIdMax: 80,
  /** Characters of a queue's name, `.fifo` included: "quotas-queues". */
  queueNameMax: 80,
  /** Characters of MessageGroupId, MessageDeduplicationId and ReceiveRequestAttemptId. */
  idMax: 128,
  /** "quotas-messages". */
  messageAttributesMax: 10,
  /** Characters of a message attribute's name, and of its type. */
  attributeNameMax: 256,
  /** StartMessageMoveTask, messages a second. */
  moveRate: { min: 1, max: 500 },
  /** ListMessageMoveTasks. */
  moveTasksListed: { min: 1, max: 10, byDefault: 1 },
  /** Seconds after DeleteQueue in which its name is not free. */
  recreateAfterSeconds: 60,
} as const;
